package refresh_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/sqlite"
)

// factRows counts the rows of each fact table in the documented views, whose numbers the proof of load compares with
// what the server says.
var factRows = map[string]string{
	dataset.Commits:       "SELECT count(*) FROM git_commit",
	dataset.PullRequests:  "SELECT count(*) FROM pull_request",
	dataset.Reviews:       "SELECT count(*) FROM pull_request_reviewer",
	dataset.PipelineRuns:  "SELECT count(*) FROM build",
	dataset.PipelineTasks: "SELECT count(*) FROM build_timeline_record WHERE kind = 'Task' AND started IS NOT NULL",
	dataset.TestRuns:      "SELECT count(*) FROM test_run",
	dataset.Deployments:   "SELECT count(*) FROM deployment",
	dataset.Changesets:    "SELECT count(*) FROM changeset",
	dataset.FileChanges:   "SELECT count(*) FROM changed_file",
	dataset.TFVCBranches:  "SELECT count(*) FROM tfvc_branch WHERE NOT deleted AND NOT gone",
}

// mayBeBlank are the columns that are blank in some row of a sound load; all others never are.
var mayBeBlank = map[string]bool{
	"Pull requests.Closed": true, "Pull requests.First review": true, "Pull requests.Label": true, "Pull requests.Comments": true,
	"Pipeline runs.Repository": true, "Pipeline runs.Result": true, "Pipeline runs.Pool": true, "Pipeline runs.Tag": true, "Pipeline runs.Started": true, "Pipeline runs.Finished": true,
	"Pipeline tasks.Stage": true, "Pipeline tasks.Result": true, "Pipeline tasks.Finished": true, "Test runs.Run": true, "Test runs.Stage": true, "Test runs.Completed": true, "Test runs.Not impacted": true,
	"Deployments.Run": true, "Deployments.Started": true, "Deployments.Completed": true, "Changesets.Branch": true,
	"File changes.Extension": true, "TFVC branches.Parent branch": true,
}

// everyFactIsHandedOut compares what a reading hands out of a load of everything with the views.
func everyFactIsHandedOut(t *testing.T, d *sqlite.Dataset) {
	t.Helper()
	r, err := d.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if listed := r.FactTables(); len(listed) != len(factRows) {
		t.Errorf("%d fact tables", len(listed))
	}
	blankNumber := int64(0x7FF8000000000001)
	for table, query := range factRows {
		layout, rows, blank := dataset.FactTableOf(table), 0, map[string]int{}
		err := r.Facts(table, func(row *dataset.FactRow) error {
			rows++
			for i, c := range layout.Columns {
				if v := row.Values[i]; c.Kind == dataset.FactNumber && v == blankNumber || c.Kind != dataset.FactNumber && c.Kind != dataset.FactTitle && v == 0 {
					blank[c.Name]++
				}
			}
			return nil
		})
		want, _ := strconv.Atoi(rowsOf(t, d, query)[0])
		if err != nil || rows != want || rows == 0 {
			t.Errorf("%s: %d rows, the views have %d, %v", table, rows, want, err)
		}
		for column, n := range blank {
			if n == rows || !mayBeBlank[table+"."+column] {
				t.Errorf("%s.%s is blank in %d of %d rows", table, column, n, rows)
			}
		}
	}
	custom := 0
	for _, f := range r.Fields() {
		if f.Custom {
			custom++
		}
	}
	if custom < 4 || len(r.TeamBoards()) == 0 || len(r.Repositories()) == 0 || len(r.Pipelines()) == 0 {
		t.Errorf("%d custom fields, %d boards, %d repositories, %d pipelines", custom, len(r.TeamBoards()), len(r.Repositories()), len(r.Pipelines()))
	}
}

// theDocumentedQueriesAnswer runs the queries to try of docs/data.md, with a custom field and a day of the sample.
func theDocumentedQueriesAnswer(t *testing.T, d *sqlite.Dataset) {
	t.Helper()
	if err := d.Refreshed(t.Context(), sampleToday); err != nil { // from then on the words of titles are indexed
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../docs/data.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range regexp.MustCompile("(?s)```sql\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		if rows := rowsOf(t, d, strings.NewReplacer("Custom.Risk", "Custom.CustomerSegment", "2024-02-01", sampleToday.Format(time.DateOnly)).Replace(q[1])); len(rows) == 0 {
			t.Errorf("no rows from %s", q[1])
		}
	}
}
