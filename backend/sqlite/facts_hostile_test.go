package sqlite_test

import (
	"encoding/json"
	"math"
	"path/filepath"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/sqlite"
)

// TestFactsOfAFileThatSomebodyChangedAreHarmless puts what cannot be into every column that facts are read from.
func TestFactsOfAFileThatSomebodyChangedAreHarmless(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.sightline")
	d := open(t, path)
	commit(t, d, mixedWorld(3, 200, 50, 300)...)
	must(t, d.Close())
	raw(t, path, `
		UPDATE fact_commit SET author = 9223372036854775807, committer = 'x', authored = 9223372036854775807, adds = 9e999, edits = 'many';
		UPDATE fact_commit SET repository = id + 4294967296;
		UPDATE fact_pull_request SET project = -1, repository = 1e300, status = 2147483647, source = -5, labels = 99999999, created = -9223372036854775808,
			reviewers = CASE id % 6 WHEN 0 THEN '[[[[' WHEN 1 THEN '[[9999999999999999999999,10,0]]' WHEN 2 THEN '[[1,77,1],[2,3' WHEN 3 THEN '[[4294967297,10,0]]' WHEN 4 THEN x'ff00' ELSE '[[null,1,1]]' END;
		UPDATE fact_review SET comments = 9e999, first_review = 'soon';
		UPDATE fact_build SET definition = 99999999, source = -7, result = 1 << 40, tags = -1, branch = 'refs/heads/x', queued = 9e18, gone = 'yes';
		UPDATE fact_timeline_record SET parent = CASE rk % 3 WHEN 0 THEN rk & 65535 WHEN 1 THEN 65535 ELSE -1 END, started = 1e300, name = 1 << 50;
		UPDATE fact_test_run SET total = 9e999, passed = x'00', outcomes = CASE id % 3 WHEN 0 THEN '{"NotImpacted": "many"}' WHEN 1 THEN '{{{' ELSE '[1]' END, state = -1, build = 'x';
		UPDATE fact_deployment SET environment = 99999999, build = -1, completed = -1e300;
		UPDATE dim_environment SET definition = 1 << 40;
		UPDATE fact_changed_file SET flags = CASE file % 3 WHEN 0 THEN -1 WHEN 1 THEN 9223372036854775807 ELSE 'edit' END;
		UPDATE dim_file SET folder = (1 << 40) + id, name = x'ff2eff' WHERE id % 2 = 0;
		UPDATE dim_tfvc_branch SET parent = path;
		UPDATE dim_definition SET project = (1 << 40) + id;
		UPDATE dim_repository SET project = -3;
		UPDATE dim_team_board SET columns = '[[', lanes = '{"name": 5}';
		UPDATE dim_board SET done = 'maybe';
		UPDATE fact_revision SET board = 1 << 40, detail = CASE rk % 2 WHEN 0 THEN detail ELSE 1048575 END;
		UPDATE fact_detail SET business_value = -9e999, start = 9223372036854775807, other = CASE dk % 8 WHEN 0 THEN '{"1":' WHEN 1 THEN '{"99999999":1}' WHEN 2 THEN '{"1":{"p":99999999}}'
			WHEN 3 THEN '{"1":"\u00zz"}' WHEN 4 THEN '{"2":{"t":9999999999999999999}}' WHEN 5 THEN '{"-1":true,"2":{"q":1}}' WHEN 6 THEN x'7b22' ELSE '{"1":[1,{"2":3}]}' END;`)
	d = open(t, path)
	r := read(t, d)
	texts, tags, people := map[int64]bool{0: true}, map[int64]bool{0: true}, map[int64]bool{0: true}
	for _, x := range r.TagSets() {
		tags[int64(x.ID)] = true
	}
	for _, x := range r.People() {
		people[int64(x.ID)] = true
	}
	most := int64(0)
	for _, x := range r.Texts() {
		texts[int64(x.ID)] = true
		most = max(most, int64(x.ID))
	}
	check := func(table string, kind dataset.FactKind, v int64) {
		ok := true
		switch kind {
		case dataset.FactText:
			ok = v >= 0 && v <= most
		case dataset.FactTags:
			ok = tags[v]
		case dataset.FactPerson:
			ok = people[v]
		case dataset.FactProject, dataset.FactRepository, dataset.FactPipeline:
			ok = v >= 0 && v < 100
		case dataset.FactInstant:
			year := time.UnixMilli(v).UTC().Year()
			ok = year >= 1900 && year <= 2200
		case dataset.FactNumber:
			ok = !math.IsInf(math.Float64frombits(uint64(v)), 0)
		case dataset.FactFlag:
			ok = v >= 0 && v <= 2
		}
		if !ok {
			t.Errorf("%s hands out %d as a value of kind %d", table, v, kind)
		}
	}
	for _, table := range r.FactTables() {
		rows := 0
		if err := r.Facts(table.Table, func(row *dataset.FactRow) error {
			rows++
			for i, c := range table.Columns {
				check(table.Table, c.Kind, row.Values[i])
			}
			return nil
		}); err != nil {
			t.Errorf("%s: %v", table.Table, err)
		}
		if rows == 0 && table.Table != dataset.Reviews && table.Table != dataset.PipelineTasks {
			t.Errorf("%s has no rows", table.Table)
		}
	}
	fields := r.Fields()
	if err := r.Items(func(x *dataset.ItemRow) error {
		for i, f := range fields {
			check(f.Name, f.Kind, x.Fields[i])
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if err := r.Revisions(func(x *dataset.RevisionRow) error {
		if x.Board < 0 || int(x.Board) > len(r.Boards()) {
			t.Errorf("revision %d stands at place %d", x.Rev, x.Board)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	for _, table := range r.FactTables() {
		listHostile(t, d, table.Table)
	}
	listHostile(t, d, dataset.WorkItems)
	if _, err := d.Search(ctx, dataset.SearchQuery{Text: "item"}); err != nil {
		t.Error(err)
	}
}

// listHostile lists a table by each of its columns.
func listHostile(t *testing.T, d *sqlite.Dataset, table string) {
	t.Helper()
	columns, err := d.ListColumns(ctx, table)
	if err != nil {
		t.Fatal(err)
	}
	for _, col := range columns {
		for list := (dataset.List{Next: ""}); ; {
			if list, err = d.List(ctx, dataset.ListQuery{Table: table, OrderBy: col.Name, Limit: 50, After: list.Next}); err != nil {
				t.Errorf("%s by %s: %v", table, col.Name, err)
			}
			if _, err := json.Marshal(list); err != nil {
				t.Errorf("%s by %s: %v", table, col.Name, err)
			}
			if err != nil || list.Next == "" || col.Name != columns[0].Name {
				break
			}
		}
	}
}

func TestTextsFarApartAreRefused(t *testing.T) {
	path, _ := closedDataset(t)
	raw(t, path, "INSERT INTO dim_text VALUES (2000000000, 'far away')")
	_, err := open(t, path).Read(ctx)
	wantFault(t, err, fault.Corrupt)
}

func TestReadingFactsMakesNoGarbage(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(5, 100, 50, 1500)...)
	r := read(t, d)
	visit := func(*dataset.FactRow) error { return nil }
	for _, table := range r.FactTables() {
		rows := 0
		if err := r.Facts(table.Table, func(*dataset.FactRow) error { rows++; return nil }); err != nil {
			t.Fatal(err)
		}
		allocations := testing.AllocsPerRun(3, func() {
			if err := r.Facts(table.Table, visit); err != nil {
				t.Fatal(err)
			}
		})
		// TFVC branches are few, and read with their texts.
		if table.Table != dataset.TFVCBranches && allocations > 60 {
			t.Errorf("%s: %v allocations for %d rows", table.Table, allocations, rows)
		}
	}
}
