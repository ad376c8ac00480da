package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/sqlite"

	_ "modernc.org/sqlite"
)

// versionOne makes a file as it was before the views were added.
func versionOne(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("migrations/dataset/0001_tables.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.sightline")
	raw(t, path, string(script)+`
		PRAGMA user_version = 1; PRAGMA application_id = 0x534c4453;
		INSERT INTO meta VALUES ('name', 'Old'), ('time_zone', 'Europe/Paris'), ('generation', '41');
		INSERT INTO dim_severity VALUES (1, 'kept');`)
	return path
}

func TestAnOlderFileIsCopiedThenBroughtUpToDate(t *testing.T) {
	path := versionOne(t)
	_, err := sqlite.OpenDataset(ctx, path, sqlite.DatasetOptions{ReadOnly: true})
	wantFault(t, err, fault.ReadOnly)
	d := open(t, path)
	r := read(t, d)
	if r.Generation() != 41 || r.Info().Name != "Old" || r.Info().TimeZone != "Europe/Paris" || len(r.Severities()) != 1 {
		t.Errorf("%d %+v %v", r.Generation(), r.Info(), r.Severities())
	}
	commit(t, d, schemaBatch(), revisions(revision(1, 1, nil)))
	for file, want := range map[string]int{path: 8, path + ".version-1.backup": 1} {
		db, err := sql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		version, views := 0, 0
		if err := db.QueryRow("SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema WHERE type = 'view')").Scan(&version, &views); err != nil {
			t.Fatal(err)
		}
		db.Close()
		if version != want || (views > 0) != (want > 1) {
			t.Errorf("%s has version %d and %d views", filepath.Base(file), version, views)
		}
	}
}

// TestAFileOfTheFirstReleaseKeepsItsRowsAndTakesTheNewOnes opens a file as it was before source control was
// stored.
func TestAFileOfTheFirstReleaseKeepsItsRowsAndTakesTheNewOnes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.sightline")
	for _, name := range []string{"0001_tables.sql", "0002_views.sql"} {
		script, err := os.ReadFile("migrations/dataset/" + name)
		if err != nil {
			t.Fatal(err)
		}
		raw(t, path, string(script))
	}
	raw(t, path, `PRAGMA user_version = 2; PRAGMA application_id = 0x534c4453;
		INSERT INTO meta VALUES ('name', 'Old'), ('generation', '41');
		INSERT INTO sync_cursor VALUES ('revisions', '', '813;1', 1);
		INSERT INTO dim_project (id, key, guid, name, name_seen, listed) VALUES (1, 'p', 'P', 'Kept', 1, 1);
		INSERT INTO dim_person VALUES (1, 'a', 'A', 'Ann', 1, 'ann@x.com', 1, '', 0);
		INSERT INTO dim_situation VALUES (1, 1, 'Kept', 0, 0, '');
		INSERT INTO fact_item VALUES (7, 1, 1, 0);
		INSERT INTO fact_detail (dk, title, created_by, value_area, activity) VALUES (7 << 20, 'Old item', 1, '', '');
		INSERT INTO fact_revision (rk, changed_by, situation, area, iteration, assigned_to, severity, tag_set, deleted, detail, comments, parent, board, watermark)
			VALUES ((7 << 20) + 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 5);`)
	d := open(t, path)
	h, err := d.History(ctx, 7)
	if err != nil || len(h) != 1 || h[0].Title != "Old item" || h[0].AssignedTo.Name != "Ann" || h[0].ProjectID != "P" {
		t.Errorf("%+v %v", h, err)
	}
	if c, ok, err := d.Cursor(ctx, "revisions", ""); c.Token != "813;1" || !c.Done || !ok || err != nil {
		t.Errorf("%+v %v %v", c, ok, err)
	}
	commit(t, d, schemaBatch(), oneOfEach())
	if s, err := d.Stats(ctx); err != nil || s.Rows["commits"] != 1 || s.Rows["revisions"] != 1 {
		t.Errorf("%v %v", s.Rows, err)
	}
	if _, err := os.Stat(path + ".version-2.backup"); err != nil {
		t.Error(err)
	}
}

func TestAnUpgradeThatFailsChangesNothing(t *testing.T) {
	path := versionOne(t)
	raw(t, path, "CREATE TABLE work_item_tag (in_the_way)") // the second script makes a view of this name
	if _, err := sqlite.OpenDataset(ctx, path, options); err == nil {
		t.Fatal("opened")
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	version, views := 0, 0
	if err := db.QueryRow("SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema WHERE type = 'view')").Scan(&version, &views); err != nil {
		t.Fatal(err)
	}
	if version != 1 || views != 0 {
		t.Errorf("version %d with %d views", version, views)
	}
}

func TestTheFileHasTheSettingsItNeeds(t *testing.T) {
	path, _ := closedDataset(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var size, application int
	var mode, check string
	if err := db.QueryRow(`SELECT (SELECT page_size FROM pragma_page_size), (SELECT application_id FROM pragma_application_id),
		(SELECT journal_mode FROM pragma_journal_mode), (SELECT integrity_check FROM pragma_integrity_check)`).Scan(&size, &application, &mode, &check); err != nil {
		t.Fatal(err)
	}
	if size != 8192 || application != 0x534c4453 || mode != "wal" || check != "ok" {
		t.Errorf("page size %d, application %x, journal %s, check %s", size, application, mode, check)
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		t.Errorf("closing left %d bytes in the write-ahead log", info.Size())
	}
}

func TestFilesArePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("Windows keeps rights in another way")
		return
	}
	d := openNew(t)
	commit(t, d, schemaBatch())
	to := filepath.Join(t.TempDir(), "copy")
	must(t, d.Backup(ctx, to))
	workspace := filepath.Join(t.TempDir(), "workspace.db")
	openWorkspace(t, workspace)
	for _, path := range []string{d.Path(), d.Path() + "-wal", d.Path() + ".lock", to, workspace} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
	}
}

// createStatement is one statement of a script.
func createStatement(t *testing.T, file, begins string) string {
	t.Helper()
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(script), begins)
	statement, _, whole := strings.Cut(after, ";\n")
	if !ok || !whole {
		t.Fatalf("%s has no %s", file, begins)
	}
	return begins + statement + ";"
}
