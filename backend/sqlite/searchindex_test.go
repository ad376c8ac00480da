package sqlite_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/sqlite"

	zs "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// indexed checks that nothing waits and that text_search, asked by somebody else, has the words of every text and no
// other: what it finds is what a scan finds, of deleted work items too.
func indexed(t *testing.T, path string) {
	t.Helper()
	db := foreign(t, path)
	if _, lines := query(t, db, "SELECT count(*) FROM search_queue"); !slices.Equal(lines, []string{"0"}) {
		t.Fatalf("%v commits wait to be indexed", lines)
	}
	_, texts := query(t, db, `SELECT w.id, d.title FROM fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail
		UNION ALL SELECT (1 << 48) + id, title FROM fact_pull_request UNION ALL SELECT (2 << 48) + id, comment FROM fact_commit_comment
		UNION ALL SELECT (3 << 48) + id, comment FROM fact_changeset`)
	finds := 0
	for _, words := range []string{"renamed", "item", "grusse", "chan", "mend", "quoted", "title", "world"} {
		var want []string
		for _, line := range texts {
			number, text, _ := strings.Cut(line, "|")
			if scanned(words, text) {
				want = append(want, number)
			}
		}
		_, got := query(t, db, fmt.Sprintf("SELECT rowid FROM text_search WHERE text_search MATCH '%s*'", words))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("%q is indexed for %d texts, a scan finds it in %d", words, len(got), len(want))
		}
		finds += len(got)
	}
	if finds == 0 {
		t.Fatal("nothing was compared")
	}
	checkIndex(t, path)
}

// checkIndex lets FTS5 check its own structure.
func checkIndex(t *testing.T, path string) {
	t.Helper()
	c, err := zs.OpenConn(path, zs.OpenReadWrite)
	must(t, err)
	defer c.Close()
	must(t, sqlitex.ExecuteTransient(c, "INSERT INTO text_search (text_search) VALUES ('integrity-check')", nil))
}

func waiting(t *testing.T, path string) string {
	t.Helper()
	_, lines := query(t, foreign(t, path), "SELECT count(*) FROM search_queue")
	return lines[0]
}

func TestTextsAreIndexedWhenTheLoadIsDone(t *testing.T) {
	for name, done := range map[string]func(*testing.T, *sqlite.Dataset){
		"refreshed": func(t *testing.T, d *sqlite.Dataset) { must(t, d.Refreshed(ctx, epoch)) },
		"closed":    func(t *testing.T, d *sqlite.Dataset) { must(t, d.Close()) },
		"paused": func(t *testing.T, d *sqlite.Dataset) {
			d.IndexAfter(time.Millisecond)
			commit(t, d, revisions(revision(1, 8000, nil)))
			for end := time.Now().Add(20 * time.Second); waiting(t, d.Path()) != "0"; time.Sleep(5 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal("it waits for ever")
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := openNew(t)
			commit(t, d, mixedWorld(5, 300, 30, 100)...)
			if waiting(t, d.Path()) == "0" {
				t.Fatal("it was indexed while it was loaded")
			}
			facts := dump(t, d)
			generation := read(t, d).Generation()
			done(t, d)
			indexed(t, d.Path())
			if name == "refreshed" && (dump(t, d) != facts || read(t, d).Generation() != generation) {
				t.Error("indexing changed facts")
			}
		})
	}
}

// TestManyTextsAreIndexedOnce commits more texts than are indexed in one transaction, each of them in several commits.
func TestManyTextsAreIndexedOnce(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch())
	many := 25_000
	if raceEnabled {
		many = 11_000
	}
	for rev := 1; rev <= 3; rev++ {
		all := make([]devops.Revision, many)
		for i := range all {
			all[i] = revision(i+1, rev, func(r *devops.Revision) { r.Title = fmt.Sprint("part", rev, " number", i) })
		}
		commit(t, d, revisions(all...))
	}
	search := func() {
		t.Helper()
		for text, want := range map[string][]string{fmt.Sprint("part3 number", many-1): {fmt.Sprint("Work items ", many)}, "part2": nil, "number7": {"Work items 8"}} {
			if got := found(t, d, dataset.SearchQuery{Text: text, Limit: 200}); len(want) == 0 && len(got) > 0 || len(want) > 0 && !slices.Contains(got, want[0]) && len(got) < 200 {
				t.Errorf("%q finds %d rows: %.200q", text, len(got), got)
			}
		}
	}
	search()
	must(t, d.Refreshed(ctx, epoch))
	search()
	_, lines := query(t, foreign(t, d.Path()), "SELECT (SELECT count(*) FROM text_search_docsize), (SELECT count(*) FROM search_queue), (SELECT count(*) FROM text_search WHERE text_search MATCH 'part3')")
	if want := fmt.Sprintf("%d|0|%d", many, many); lines[0] != want {
		t.Errorf("got %s, want %s", lines[0], want)
	}
	checkIndex(t, d.Path())
}

// TestAFullDiskWhileIndexingFailsNoRefresh gives the index no room: what was stored stays, is found, and is indexed when
// there is room.
func TestAFullDiskWhileIndexingFailsNoRefresh(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(6, 200, 100, 100)...)
	words := make([]devops.Revision, 5000) // more of them than fit into the pages that are there
	for i := range words {
		words[i] = revision(10_000+i, 1, func(r *devops.Revision) { r.Title = sha(i) })
	}
	commit(t, d, revisions(words...))
	db := foreign(t, d.Path())
	facts := dump(t, d)
	must(t, d.LimitPages(1))
	at := epoch.Add(time.Hour)
	must(t, d.Refreshed(ctx, at))
	if waiting(t, d.Path()) == "0" {
		t.Fatal("the disk was not full")
	}
	if got := read(t, d).Info().LastRefresh; !got.Equal(at) {
		t.Errorf("the refresh is not noted: %v", got)
	}
	searchesAsAScan(t, d, db)
	if got := dump(t, d); got != facts {
		t.Error(firstDifference(got, facts))
	}
	must(t, d.LimitPages(math.MaxInt32-1))
	must(t, d.Refreshed(ctx, at))
	indexed(t, d.Path())
	searchesAsAScan(t, d, db)
}

// searchDamages are of what FTS5 keeps, as a bad disk makes them or somebody who means harm.
var searchDamages = map[string]string{
	"noise":                  `UPDATE text_search_data SET block = randomblob(length(block)) WHERE id > 10`,
	"noise in the structure": `UPDATE text_search_data SET block = randomblob(length(block)) WHERE id = 10`,
	"averages":               `UPDATE text_search_data SET block = x'ffffffffffffffffff' WHERE id = 1`,
	"cut off":                `UPDATE text_search_data SET block = substr(block, 1, length(block) / 2)`,
	"long numbers":           `UPDATE text_search_data SET block = CAST(substr(block, 1, 4) || x'ffffffffffffffff7fffffffffffffff7f' || substr(block, 5) AS BLOB) WHERE id > 10`,
	"nothing":                `DELETE FROM text_search_data`,
	"texts":                  `UPDATE text_search_data SET block = 'a text'`,
	"another index":          `UPDATE text_search_idx SET pgno = 9223372036854775807, term = randomblob(9)`,
	"rows far away":          `UPDATE text_search_docsize SET sz = randomblob(20), origin = 1 << 40`,
	"other settings":         `INSERT OR REPLACE INTO text_search_config VALUES ('version', 4), ('pgsz', 999999999), ('hashsize', -1), ('automerge', 99), ('rank', 'load_extension(1)')`,
	"another version":        `UPDATE text_search_config SET v = 99 WHERE k = 'version'`,
	"no version":             `DELETE FROM text_search_config`,
	"noise in the queue":     `INSERT INTO search_queue (texts) VALUES (x'ffffffffffffffffffffff'), ('text')`,
	"numbers of no table":    `INSERT INTO search_queue (texts) VALUES (x'ffffffffffffffff7f')`,
}

func TestADamagedSearchIndexIsMadeAnew(t *testing.T) {
	for name, script := range searchDamages {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "d.sightline")
			d := open(t, path)
			commit(t, d, mixedWorld(2, 200, 40, 60)...)
			must(t, d.Close())
			raw(t, path, script)
			d = open(t, path)
			commit(t, d, revisions(revision(1, 9000, func(r *devops.Revision) { r.Title = "another title" }), revision(9001, 1, nil)))
			if got := found(t, d, dataset.SearchQuery{Text: "another tit"}); !slices.Equal(got, []string{"Work items 1"}) {
				t.Errorf("got %q", got)
			}
			searchesAsAScan(t, d, foreign(t, path))
			must(t, d.Refreshed(ctx, epoch))
			indexed(t, path)
			searchesAsAScan(t, d, foreign(t, path))
		})
	}
}

// TestADamagedSearchIndexFailsNoReader opens the damaged file for reading only, where nothing can be mended.
func TestADamagedSearchIndexFailsNoReader(t *testing.T) {
	for name, script := range searchDamages {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "d.sightline")
			d := open(t, path)
			commit(t, d, mixedWorld(2, 200, 40, 60)...)
			must(t, d.Close())
			raw(t, path, script)
			before := content(t, path)
			o := options
			o.ReadOnly = true
			reader, err := sqlite.OpenDataset(ctx, path, o)
			must(t, err)
			defer func() { must(t, reader.Close()) }()
			searchesAsAScan(t, reader, foreign(t, path))
			if content(t, path) != before {
				t.Error("reading changed the file")
			}
		})
	}
}

// TestASearchIndexOnABrokenPageFailsNothing breaks a page of the file itself, which nobody but a full reload can mend.
func TestASearchIndexOnABrokenPageFailsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.sightline")
	d := open(t, path)
	world := mixedWorld(2, 200, 40, 60)
	commit(t, d, world...)
	must(t, d.Close())
	_, lines := query(t, foreign(t, path), "SELECT rootpage FROM sqlite_schema WHERE name = 'text_search_data'")
	root := 0
	if _, err := fmt.Sscan(lines[0], &root); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = f.WriteAt(make([]byte, 8192), int64(root-1)*8192)
	must(t, err)
	must(t, f.Close())
	d = open(t, path)
	db := foreign(t, path)
	for range 2 {
		searchesAsAScan(t, d, db)
		commit(t, d, revisions(revision(1, 9000, func(r *devops.Revision) { r.Title = "another title" })))
		if got := found(t, d, dataset.SearchQuery{Text: "another tit"}); !slices.Equal(got, []string{"Work items 1"}) {
			t.Errorf("got %q", got)
		}
		must(t, d.Refreshed(ctx, epoch))
	}
}
