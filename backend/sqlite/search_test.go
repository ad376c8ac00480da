package sqlite_test

import (
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/sqlite"
)

func found(t testing.TB, d *sqlite.Dataset, q dataset.SearchQuery) (lines []string) {
	t.Helper()
	list, err := d.Search(ctx, q)
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	for _, f := range list {
		lines = append(lines, strings.TrimSpace(fmt.Sprint(f.Table, " ", f.ID, " ", f.Key)))
	}
	return lines
}

func TestSearchFindsTitlesAndComments(t *testing.T) {
	d := openNew(t)
	title := func(id int, text string) devops.Revision {
		return revision(id, 1, func(r *devops.Revision) { r.Title = text })
	}
	at := time.Date(2024, 3, 2, 1, 0, 0, 0, time.UTC)
	commit(t, d, schemaBatch(), revisions(title(1, "The cart forgets what is in it"), title(2, "Carton of Müsli"), title(3, "drill-through opens twice"), title(4, "Drill once, through wood")),
		devops.Batch{Repositories: []devops.Repository{{ID: guid("repository", 1), ProjectID: fabrikam, Name: "Web"}},
			PullRequests: []devops.PullRequest{{ID: 12, ProjectID: fabrikam, Title: "Keep the CART", Status: devops.ActivePullRequest, Created: at}},
			Commits:      []devops.Commit{{RepositoryID: guid("repository", 1), ID: sha(5), Comment: "Mend the cart\n\nRelated work items: #12", Author: devops.Signature{Name: "Ann"}}},
			Changesets:   []devops.Changeset{{ID: 900, ProjectID: contoso, Comment: "cart: tests"}}})
	commitKey := "Commits 0 " + sha(5)
	for text, want := range map[string][]string{
		"cart":          {"Work items 2", "Work items 1", "Pull requests 12", commitKey, "Changesets 900"},
		"CART forgets":  {"Work items 1"},
		"musli":         {"Work items 2"},
		"MÜS":           {"Work items 2"},
		"drill-through": {"Work items 3"},
		"through drill": {"Work items 4", "Work items 3"},
		"art":           nil, // the middle of a word
		"12":            {"Pull requests 12", commitKey},
		"#3":            {"Work items 3"},
		"":              nil,
		"   - !! ":      nil,
		"cart - forg":   {"Work items 1"},
	} {
		if got := found(t, d, dataset.SearchQuery{Text: text}); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
	if got, want := found(t, d, dataset.SearchQuery{Text: "cart", Tables: []string{dataset.Changesets, dataset.WorkItems}, Limit: 1}), []string{"Work items 2", "Changesets 900"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	list, err := d.Search(ctx, dataset.SearchQuery{Text: "cart"})
	if err != nil {
		t.Fatal(err)
	}
	want := []dataset.Found{{Table: dataset.WorkItems, ID: 1, Text: "The cart forgets what is in it", Project: "Fabrikam", Detail: "Bug · New"},
		{Table: dataset.PullRequests, ID: 12, Text: "Keep the CART", Project: "Fabrikam", Detail: "active"},
		{Table: dataset.Commits, Key: sha(5), Text: "Mend the cart\n\nRelated work items: #12", Project: "Fabrikam", Detail: "Ann"}}
	if !slices.Equal(list[1:4], want) {
		t.Errorf("got %+v", list[1:4])
	}
}

func TestSearchFollowsWhatChanges(t *testing.T) {
	t.Run("before it is indexed", func(t *testing.T) { searchFollows(t, func(*sqlite.Dataset) {}) })
	t.Run("when it is indexed", func(t *testing.T) {
		searchFollows(t, func(d *sqlite.Dataset) { must(t, d.Refreshed(ctx, epoch)) })
	})
}

func searchFollows(t *testing.T, settle func(*sqlite.Dataset)) {
	d := openNew(t)
	title := func(id, rev int, text string, deleted bool) devops.Revision {
		return revision(id, rev, func(r *devops.Revision) { r.Title, r.Deleted = text, deleted })
	}
	search := func(text string, want ...string) {
		t.Helper()
		settle(d)
		if got := found(t, d, dataset.SearchQuery{Text: text}); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
	commit(t, d, schemaBatch(), revisions(title(1, 1, "apple", false), title(2, 1, "apple pie", false), title(3, 1, "apple tree", false)))
	search("apple", "Work items 3", "Work items 2", "Work items 1")
	commit(t, d, revisions(title(1, 2, "banana", false), title(2, 2, "apple pie", true), title(3, 3, "cherry", false), title(3, 2, "banana", false)))
	search("apple")
	search("banana", "Work items 1")
	search("cherry", "Work items 3")
	commit(t, d, revisions(title(2, 3, "apple pie", false))) // restored
	search("apple", "Work items 2")
	commit(t, d, revisions(title(3, 3, "date", false))) // the same revision, told otherwise
	search("cherry")
	search("date", "Work items 3")
	commit(t, d, devops.Batch{Destroyed: []int{2}})
	search("apple")
	commit(t, d, revisions(title(2, 1, "apple pie", false))) // the sweep was wrong
	search("apple", "Work items 2")
	comment := func(text string) devops.Batch {
		return devops.Batch{Commits: []devops.Commit{{RepositoryID: guid("repository", 1), ID: sha(1), Comment: text}}, Changesets: []devops.Changeset{{ID: 5, Comment: text}},
			PullRequests: []devops.PullRequest{{ID: 6, Title: text}}}
	}
	commit(t, d, comment("elder"))
	search("elder", "Pull requests 6", "Commits 0 "+sha(1), "Changesets 5")
	commit(t, d, comment("fig"))
	search("elder")
	search("fig", "Pull requests 6", "Commits 0 "+sha(1), "Changesets 5")
	commit(t, d, comment(""))
	search("fig")
}

// TestSearchOfAWorldIsWhatAScanFinds searches while a world is committed: by the one who writes, whose index is behind by
// nothing, a little or all, and by another who reads the file.
func TestSearchOfAWorldIsWhatAScanFinds(t *testing.T) {
	for seed := uint64(1); seed <= seeds(3); seed++ {
		for name, every := range map[string]int{"never indexed": 1 << 30, "indexed now and then": 7, "always indexed": 1} {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				d := openNew(t)
				commit(t, d, schemaBatch())
				o := options
				o.ReadOnly = true
				reader, err := sqlite.OpenDataset(ctx, d.Path(), o)
				must(t, err)
				t.Cleanup(func() { must(t, reader.Close()) })
				db := foreign(t, d.Path())
				world := mixedWorld(seed, 400, 40, 200)
				for i, b := range world {
					commit(t, d, b)
					if i%every == every-1 {
						must(t, d.Refreshed(ctx, epoch))
					}
					if i%(len(world)/4) == 3 || i == len(world)-1 {
						searchesAsAScan(t, d, db)
						searchesAsAScan(t, reader, db)
					}
				}
			})
		}
	}
}

// searchesAsAScan compares the search with every text that the views of the file have.
func searchesAsAScan(t *testing.T, d *sqlite.Dataset, db *sql.DB) {
	t.Helper()
	_, texts := query(t, db, `SELECT 'Work items ' || work_item_id, title FROM work_item UNION ALL SELECT 'Pull requests ' || pull_request_id, title FROM pull_request
		UNION ALL SELECT 'Commits 0 ' || commit_id, comment FROM git_commit WHERE comment IS NOT NULL UNION ALL SELECT 'Changesets ' || changeset_id, comment FROM changeset WHERE comment IS NOT NULL`)
	for _, words := range []string{"renamed", "item world", "grüße", "GRUSSE", "chan", "mend it", "check-in", "renamed 1", "quoted"} {
		want, tables := []string{}, map[string]int{}
		for _, line := range texts {
			name, text, _ := strings.Cut(line, "|")
			if scanned(words, text) {
				want = append(want, name)
				tables[name[:4]]++
			}
		}
		if slices.Max(append(slices.Collect(maps.Values(tables)), 0)) > 200 {
			t.Fatalf("%q is in too many texts to find all: %v", words, tables)
		}
		got := found(t, d, dataset.SearchQuery{Text: words, Limit: 200})
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("%q finds %d rows, a scan %d: %.300q and %.300q", words, len(got), len(want), got, want)
		}
	}
}

// scanned says whether every word begins a word of the text, one that holds a hyphen as both one after the other.
func scanned(words, text string) bool {
	plain := strings.NewReplacer("ü", "u", "Ü", "u", "\"", " ", ",", " ", "-", " ").Replace
	text = " " + strings.ToLower(plain(text))
	for _, w := range strings.Fields(words) {
		if !strings.Contains(text, " "+strings.ToLower(plain(w))) {
			return false
		}
	}
	return true
}

func TestHostileSearchesFindNothingAndBreakNothing(t *testing.T) {
	d := openNew(t)
	commit(t, d, makeWorld(2, 300, 100).batches...)
	for _, text := range []string{`"`, `""`, `"""`, `a" OR "b`, `text:renamed`, `NEAR(renamed item)`, `renamed AND`, `NOT renamed`, `renamed*`, `^renamed`, `{text} : x`, `-text`, "renamed\x00item", "\xff\xfe",
		`rowid:1`, `') --`, strings.Repeat("(", 5000), strings.Repeat("word ", 5000), strings.Repeat("x", 1<<20), "𞤀a𞤀", "中文字", "e\u0301", "\u0301", "१२३", "ⅷ", "a\u200bb", "++", "C#", "%", "_", `\`} {
		if _, err := d.Search(ctx, dataset.SearchQuery{Text: text}); err != nil {
			t.Errorf("%.40q: %v", text, err)
		}
	}
}

func TestAnOlderFileCanBeSearched(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(4, 200, 50, 100)...)
	want := found(t, d, dataset.SearchQuery{Text: "item", Limit: 200})
	if len(want) == 0 {
		t.Fatal("nothing to find")
	}
	path := filepath.Join(t.TempDir(), "old.sightline")
	must(t, d.Backup(ctx, path))
	// As it was before there was a search.
	raw(t, path, `DROP TABLE text_search; DROP VIEW work_item; DROP VIEW feed; DROP VIEW changeset_project; DROP TABLE search_queue; ALTER TABLE dim_field DROP COLUMN used; PRAGMA user_version = 4;
		PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'sqlite_sequence'`)
	raw(t, path, createStatement(t, "migrations/dataset/0002_views.sql", "CREATE VIEW work_item AS"))
	old := open(t, path)
	if got := found(t, old, dataset.SearchQuery{Text: "item", Limit: 200}); !slices.Equal(got, want) {
		t.Errorf("the older file finds %q, want %q", got, want)
	}
	if got, want := len(read(t, old).Fields()), len(read(t, d).Fields()); got != want || got < 6 {
		t.Errorf("the older file has %d fields, the new one %d", got, want)
	}
}

// TestOneFindBehindManyDeletedItemsIsFound looks for a single row when those before it were all deleted. Read one by one
// from the start they took minutes.
func TestOneFindBehindManyDeletedItemsIsFound(t *testing.T) {
	many := 30_000
	if raceEnabled {
		many = 3_000
	}
	path := filepath.Join(t.TempDir(), "d.sightline")
	d := open(t, path)
	all := make([]devops.Revision, many)
	for i := range all {
		all[i] = revision(i+1, 1, func(r *devops.Revision) { r.Title = fmt.Sprint("cart", i) })
	}
	commit(t, d, schemaBatch(), revisions(all...))
	must(t, d.Close())
	raw(t, path, "UPDATE fact_item SET deleted = 1 WHERE id > 1")
	d = open(t, path)
	if got := found(t, d, dataset.SearchQuery{Text: "c", Tables: []string{dataset.WorkItems}, Limit: 1}); !slices.Equal(got, []string{"Work items 1"}) {
		t.Errorf("got %q", got)
	}
}
