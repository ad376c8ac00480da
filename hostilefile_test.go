package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/fault"
	"sightline/backend/sqlite"

	zs "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// TestAFileFromSomebodyElseAnswersOrSaysWhyNot puts a dataset file that was changed with plain SQLite in the place
// of a loaded one and asks it as a person would: the columns, a page of the report, the size.
func TestAFileFromSomebodyElseAnswersOrSaysWhyNot(t *testing.T) {
	dir := t.TempDir()
	command(t, dir)
	server := sample(t)
	made := answer[struct{ DatasetID, Name string }](t, runVerb(context.Background(), strings.NewReader(server.PersonalAccessToken), "connect", "--url", server.OrganizationURL, "--project", "Lumen Web", "--name", "D", "--token-stdin"))
	files, err := filepath.Glob(filepath.Join(dir, "datasets", "*.sqlite"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	t.Run("values that are not what they should be", func(t *testing.T) {
		changeFile(t, files[0], `
			UPDATE fact_revision SET changed = CASE rk % 5 WHEN 0 THEN 9223372036854775807 WHEN 1 THEN -9223372036854775808 ELSE changed END,
				priority = 9e999, story_points = 1e308, effort = -9e999, area = 2147483647, iteration = -7, assigned_to = 'nobody', tag_set = 1e300;
			UPDATE fact_detail SET title = cast(x'fffe00c328' AS TEXT), created = -9223372036854775808, target = 9223372036854775807;
			UPDATE dim_node SET parent = id, start = 9223372036854775807, finish = -9223372036854775808;
			UPDATE dim_person SET name = '', address = '';
			UPDATE meta SET value = '-3' WHERE name = 'week_start';`)
		began := time.Now()
		page := runVerb(context.Background(), nil, "page", made.Name, "Open Bug Status")
		if page.status != 0 || !json.Valid([]byte(page.out.String())) {
			t.Errorf("the page ended with %d: %s", page.status, page.diag)
		}
		query := `{"values":["Work items",{"field":"Work items[Story points]","aggregate":"sum"},{"field":"Work items[Age in days]","aggregate":"max"}],"rows":[{"field":"Dates[Date]","grain":"year"}]}`
		asked := runVerb(context.Background(), strings.NewReader(query), "query", made.Name)
		if asked.status != 0 || !json.Valid([]byte(asked.out.String())) {
			t.Errorf("the query ended with %d: %s", asked.status, asked.diag)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("it took %v", took)
		}
	})
	t.Run("a trigger", func(t *testing.T) {
		changeFile(t, files[0], `CREATE TRIGGER evil AFTER INSERT ON meta BEGIN DELETE FROM fact_revision; END`)
		for _, args := range [][]string{{"page", made.Name, "Open Bug Status"}, {"refresh", made.Name}} {
			v := runVerb(context.Background(), nil, args...)
			if v.status == 0 || !strings.Contains(v.diag.String(), "a trigger called evil, which Sightline never writes") {
				t.Errorf("%s ended with %d: %s", args[0], v.status, v.diag)
			}
		}
		file, err := sqlite.OpenDataset(context.Background(), files[0], sqlite.DatasetOptions{ReadOnly: true})
		if err == nil {
			_, err = columns.Open(context.Background(), file, columns.Options{})
		}
		if !fault.Is(err, fault.Corrupt) {
			t.Errorf("opened directly: %v", err)
		}
	})
}

// changeFile changes a dataset as anybody can with a tool for SQLite.
func changeFile(t *testing.T, path, script string) {
	t.Helper()
	c, err := zs.OpenConn(path, zs.OpenReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := sqlitex.ExecuteScript(c, script, nil); err != nil {
		t.Fatal(err)
	}
}
