package sqlite_test

import (
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/sqlite"

	zs "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// A dataset file from somebody else is refused with a sentence, or it is harmless. Each file here is a real
// one that was changed with plain SQLite.

func TestADeclarationThatSightlineDoesNotMakeIsRefused(t *testing.T) {
	for name, script := range map[string]string{
		"trigger": `CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM fact_revision; END`,
		"trigger that calls itself": `PRAGMA recursive_triggers = ON;
			CREATE TRIGGER t AFTER UPDATE ON meta BEGIN UPDATE meta SET value = value || value; END`,
		"view in the place of a table": `DROP TABLE dim_severity;
			CREATE VIEW dim_severity AS WITH RECURSIVE n(id, name) AS (VALUES (1, 'x') UNION ALL SELECT id + 1, name FROM n) SELECT * FROM n`,
		"another view":              `CREATE VIEW mine AS SELECT load_extension('./evil.so')`,
		"our view, other text":      `DROP VIEW work_item; CREATE VIEW work_item AS SELECT writefile('/tmp/x', 'y') AS id`,
		"virtual table":             `CREATE VIRTUAL TABLE search USING fts5(title)`,
		"another table":             `CREATE TABLE more (id INTEGER)`,
		"index over an expression":  `CREATE INDEX more ON dim_severity (hex(zeroblob(id)))`,
		"check that runs":           `DROP TABLE dim_severity; CREATE TABLE dim_severity (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (length(hex(zeroblob(id))) > 0))`,
		"generated column":          `DROP TABLE dim_severity; CREATE TABLE dim_severity (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, more TEXT AS (hex(zeroblob(9999999))))`,
		"table without its columns": `DROP TABLE fact_item; CREATE TABLE fact_item (id INTEGER PRIMARY KEY)`,
		"table that is missing":     `DROP TABLE fact_link`,
		"comment that hides a word": `DROP TABLE dim_severity; CREATE TABLE dim_severity (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE /*'*/ DEFAULT 'x' /*'*/)`,
	} {
		t.Run(name, func(t *testing.T) {
			path, _ := closedDataset(t)
			raw(t, path, script)
			before := content(t, path)
			for _, readOnly := range []bool{true, false} {
				o := options
				o.ReadOnly = readOnly
				_, err := sqlite.OpenDataset(ctx, path, o)
				wantFault(t, err, fault.Corrupt)
				if message := fault.ReportOf(err).Message; !strings.Contains(message, "which Sightline never writes") {
					t.Errorf("it says %q", message)
				}
			}
			if content(t, path) != before {
				t.Error("opening it changed the file")
			}
		})
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAnOldFileWithATriggerIsNotBroughtUpToDate(t *testing.T) {
	path := versionOne(t)
	raw(t, path, `CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM dim_severity; END`)
	_, err := sqlite.OpenDataset(ctx, path, options)
	wantFault(t, err, fault.Corrupt)
	if _, err := os.Stat(path + ".version-1.backup"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it was copied: %v", err)
	}
}

func TestStatisticsOfAnotherToolAreNoReasonToRefuse(t *testing.T) {
	path, facts := closedDataset(t)
	raw(t, path, "ANALYZE")
	if d := open(t, path); dump(t, d) != facts {
		t.Error("the rows are others")
	}
}

func TestNumbersThatWouldTakeAllMemoryAreRefused(t *testing.T) {
	for name, script := range map[string]string{
		"person far away":    `INSERT INTO dim_person VALUES (9223372036854775807, 'k', '', 'n', 0, '', 0, '', 0)`,
		"severity below one": `INSERT INTO dim_severity VALUES (-1, 'x')`,
		"place of a million levels": `INSERT INTO dim_place SELECT coalesce(max(id), 0) + 1, 0, 0, replace(hex(zeroblob(1000000)), '00', 'a\'), 0
			FROM dim_place`,
		"node of a million levels": `INSERT INTO dim_node VALUES (0, 77, '', 0, 0, 'n', replace(hex(zeroblob(1000000)), '00', 'a\'), 1, NULL, NULL, 0)`,
		"text longer than any":     `INSERT INTO dim_severity VALUES (1, cast(zeroblob(70000000) AS TEXT))`,
	} {
		t.Run(name, func(t *testing.T) {
			path, _ := closedDataset(t)
			raw(t, path, "DELETE FROM dim_severity;"+script)
			d := open(t, path)
			began := time.Now()
			r, err := d.Read(ctx)
			if err == nil {
				r.Close()
				t.Fatal("it was read")
			}
			if code := fault.CodeOf(err); code != fault.Corrupt && code != fault.Invalid {
				t.Errorf("fault %s: %v", code, err)
			}
			if report := fault.ReportOf(err); report.Hint == "" || time.Since(began) > 5*time.Second {
				t.Errorf("after %v: %+v", time.Since(began), report)
			}
		})
	}
}

func TestValuesThatAreNotWhatTheyShouldBeAreHarmless(t *testing.T) {
	path, _ := closedDataset(t)
	raw(t, path, `
		UPDATE fact_revision SET priority = 9e999, story_points = -9e999, effort = 'many', size = x'00ff', area = 9223372036854775807,
			iteration = -5, assigned_to = 'nobody', situation = -9223372036854775808, severity = 1e300;
		UPDATE fact_revision SET changed = CASE rk % 3 WHEN 0 THEN 9223372036854775807 WHEN 1 THEN -9223372036854775808 ELSE 'soon' END;
		UPDATE fact_detail SET title = cast(x'fffe00c328' AS TEXT), created = 9223372036854775806, target = -9223372036854775808;
		UPDATE meta SET value = '99' WHERE name = 'week_start';
		UPDATE meta SET value = 'not a number' WHERE name = 'generation';
		UPDATE dim_node SET parent = id, start = 9223372036854775807, finish = -9223372036854775808;
		UPDATE dim_tag_set SET tags = '[[[[' WHERE id = 1;
		INSERT INTO dim_node VALUES (0, 1000001, '', 0, 1000002, 'a', 'a', 1, NULL, NULL, 0), (0, 1000002, '', 0, 1000001, 'b', 'b', 1, NULL, NULL, 0);
		WITH RECURSIVE n(i) AS (VALUES (2000000) UNION ALL SELECT i + 1 FROM n WHERE i < 2100000)
			INSERT INTO dim_node SELECT 0, i + 1, '', 0, i, 'n', 'n', 1, NULL, NULL, 0 FROM n;`)
	d := open(t, path)
	r := read(t, d)
	if s := r.Info().WeekStart; s < time.Sunday || s > time.Saturday {
		t.Errorf("weeks begin on day %d", s)
	}
	deepest := int16(0)
	for _, node := range r.Areas() {
		deepest = max(deepest, node.Depth)
		if node.StartDay != dataset.NoDay && (node.StartDay < -40_000 || node.StartDay > 100_000) {
			t.Errorf("node %d begins on day %d", node.ID, node.StartDay)
		}
	}
	if deepest > 300 || len(r.Areas()) < 100_000 {
		t.Errorf("%d nodes, %d levels", len(r.Areas()), deepest)
	}
	items, year := 0, func(ms int64) int { return time.UnixMilli(ms).UTC().Year() }
	err := r.Items(func(x *dataset.ItemRow) error {
		items++
		for _, v := range []float64{x.Priority, x.StoryPoints, x.Effort, x.Size} {
			if math.IsInf(v, 0) {
				t.Errorf("item %d has an infinite number", x.ID)
			}
		}
		for _, at := range []int64{x.Created, x.Changed, x.Target} {
			if y := year(at); y < 1900 || y > 2200 {
				t.Errorf("item %d has the year %d", x.ID, y)
			}
		}
		return nil
	})
	if err != nil || items == 0 {
		t.Errorf("%d items, %v", items, err)
	}
	err = r.Revisions(func(x *dataset.RevisionRow) error {
		if y := year(x.From); y < 1900 || y > 2200 {
			t.Errorf("revision %d of %d has the year %d", x.Rev, x.ID, y)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestAJournalThatNamesAnotherFileDeletesNothing plants what SQLite calls a hot journal of several: rolling it
// back deletes the file that it names: lately only one with the name of such a list, before that any.
func TestAJournalThatNamesAnotherFileDeletesNothing(t *testing.T) {
	path, facts := closedDataset(t)
	leaveWAL(t, path)
	victim := filepath.Join(t.TempDir(), "letter-mj01234F9AB")
	if err := os.WriteFile(victim, []byte(path+"-journal\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"-journal", hotJournal(t, path, victim), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := sqlite.OpenDataset(ctx, path, options)
	wantFault(t, err, fault.Corrupt)
	if _, err := os.Stat(victim); err != nil {
		t.Fatalf("the file that the journal names is gone: %v", err)
	}
	// The control: SQLite by itself believes the journal.
	raw(t, path, "SELECT count(*) FROM meta")
	if _, err := os.Stat(victim); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the journal was harmless, so this test proves nothing: %v", err)
	}
	if d := open(t, path); dump(t, d) != facts {
		t.Error("the rows are others")
	}
}

// leaveWAL makes a file one that SQLite keeps with a rollback journal.
func leaveWAL(t *testing.T, path string) {
	t.Helper()
	c, err := zs.OpenConn(path, zs.OpenReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := sqlitex.ExecuteTransient(c, "PRAGMA journal_mode = DELETE", nil); err != nil {
		t.Fatal(err)
	}
}

// hotJournal is a rollback journal without pages for a database, with the name of the list of journals at its end.
func hotJournal(t *testing.T, database, list string) []byte {
	t.Helper()
	const sector = 512
	head := make([]byte, sector)
	copy(head, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
	info, err := os.Stat(database)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range []uint32{0, 1, uint32(info.Size() / 8192), sector, 8192} { // records, nonce, pages before, sector, page
		binary.BigEndian.PutUint32(head[8+4*i:], v)
	}
	tail := make([]byte, 4) // the page that holds locks, which is never a page of data
	binary.BigEndian.PutUint32(tail, 1<<30/8192+1)
	sum := uint32(0)
	for _, b := range []byte(list) {
		sum += uint32(b)
	}
	tail = append(tail, list...)
	tail = binary.BigEndian.AppendUint32(tail, uint32(len(list)))
	tail = binary.BigEndian.AppendUint32(tail, sum)
	return append(append(head, tail...), "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"...)
}

func TestLinksInThePlaceOfFilesAreRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a link needs rights there that a person seldom has")
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-journal", ".lock"} {
		t.Run("x"+suffix, func(t *testing.T) {
			path, _ := closedDataset(t)
			victim := filepath.Join(t.TempDir(), "victim")
			if suffix == "" {
				if err := os.Rename(path, victim); err != nil {
					t.Fatal(err)
				}
			}
			_ = os.Remove(path + suffix)
			if err := os.Symlink(victim, path+suffix); err != nil {
				t.Fatal(err)
			}
			for _, readOnly := range []bool{false, true} {
				o := options
				o.ReadOnly = readOnly
				_, err := sqlite.OpenDataset(ctx, path, o)
				wantFault(t, err, fault.Invalid)
			}
			if sqlite.InUse(path) {
				t.Error("it is said to be in use")
			}
			if _, err := os.Stat(victim); suffix != "" && !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the link was followed: %v", err)
			}
		})
	}
}
