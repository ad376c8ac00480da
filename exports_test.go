package main

import (
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/report"
)

// exported runs `sightline export` and reads the CSV file that it wrote.
func exported(t *testing.T, args ...string) [][]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "out.csv")
	answer[map[string]any](t, runVerb(t.Context(), stdin(""), append(append([]string{"export", "Tools", "Open Bug Status"}, args...), "--out", file)...))
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	return rows
}

// openBugs are the open bugs of the sample, read row by row from the file and judged by what each row says of itself.
func openBugs(t *testing.T, p *desktop.Program, id string) map[string]string {
	t.Helper()
	opened, err := p.Opened(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	q := dataset.ListQuery{Table: dataset.WorkItems, Columns: []string{"Id", "Type", "State category", "Priority", "Title"}, Limit: 1000}
	for {
		list, err := opened.Records().List(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list.Rows {
			category, _ := r[2].(string)
			if open := category == "Proposed" || category == "InProgress" || category == "Resolved"; open && r[1] == "Bug" {
				out[strconv.FormatInt(r[0].(int64), 10)] = r[4].(string)
			}
		}
		if q.After = list.Next; q.After == "" {
			return out
		}
	}
}

func TestTheVerbWritesTheRowsBehindANumber(t *testing.T) {
	dir, id := connected(t, sample(t), "--load", "workItems", "--project", "Lumen Web")
	p, _, done := open(t, dir, false)
	want := openBugs(t, p, id)
	done()
	if len(want) < 10 {
		t.Fatalf("%d open bugs", len(want))
	}
	rows := exported(t, "open", "--what", "underlying")
	if got := strings.Join(rows[0][:3], ","); got != "Id,Link,Title" {
		t.Errorf("head %s", got)
	}
	if len(rows)-1 != len(want) {
		t.Errorf("%d rows, %d open bugs", len(rows)-1, len(want))
	}
	for _, r := range rows[1:] {
		if title, ok := want[r[0]]; !ok || title != r[2] || !strings.HasSuffix(r[1], "/_workitems/edit/"+r[0]) {
			t.Errorf("%q, want the title %q", r[:3], title)
		}
	}
	sum := 0
	for _, r := range exported(t, "by-priority")[1:] {
		n, err := strconv.Atoi(r[1])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	if sum != len(want) {
		t.Errorf("the bars add up to %d, %d bugs are open", sum, len(want))
	}
	one := exported(t, "open", "--what", "underlying", "--slicer", "Priority=1", "--column", "Title", "--column", "Priority")
	if len(one) < 2 || len(one) == len(rows) {
		t.Errorf("%d rows of priority 1", len(one)-1)
	}
	for _, r := range one[1:] {
		if r[3] != "1" {
			t.Errorf("%q is not of priority 1", r)
		}
	}
}

func TestTheVerbSaysWhatItCannotWrite(t *testing.T) {
	connected(t, sample(t), "--load", "workItems")
	dir := t.TempDir()
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"no page", []string{"Tools", "Nowhere", "open", "--out", dir + "/a.csv"}, "no page Nowhere"},
		{"no visual", []string{"Tools", "Open Bug Status", "nothing", "--out", dir + "/a.csv"}, "no visual nothing"},
		{"no format", []string{"Tools", "Open Bug Status", "open", "--out", dir + "/a.txt"}, "csv or xlsx"},
		{"no place", []string{"Tools", "Open Bug Status", "open"}, "--out"},
		{"no folder", []string{"Tools", "Open Bug Status", "open", "--out", dir + "/none/a.csv"}, "none"},
		{"a slicer that the page has not", []string{"Tools", "Open Bug Status", "open", "--slicer", "Work items[Reason]=x", "--out", dir + "/a.csv"}, "no slicer"},
		{"a state that is none", []string{"Tools", "Open Bug Status", "open", "--state", "exports_test.go", "--out", dir + "/a.csv"}, "no state"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := runVerb(t.Context(), stdin(""), append([]string{"export"}, c.args...)...)
			if r.status == 0 || !strings.Contains(r.diag.String(), c.says) {
				t.Errorf("status %d: %s", r.status, r.diag)
			}
		})
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("files were left: %v, %v", left, err)
	}
}

// Under serve the page downloads what it was offered: once, under its name, and as a file in any case.
func TestThePageDownloadsWhatItWasOfferedOnce(t *testing.T) {
	p, d := board(t)
	save := func(format string) desktop.SaveResult {
		return answered[desktop.SaveResult](t)(p.Services().Exports.Save(desktop.ExportRequest{ReportID: d.ReportID, PageID: "open-bug-status", VisualID: "oldest", Format: format, What: "summarized", Mark: true}))
	}
	s := httptest.NewServer(p.API())
	defer s.Close()
	get := func(link string) (*http.Response, []byte) {
		r, err := http.Get(s.URL + link)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Body.Close() }()
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r, b
	}
	offered := save("csv")
	if !offered.Download || !strings.HasPrefix(offered.Link, "/api/exports/") {
		t.Fatalf("%+v", offered)
	}
	r, b := get(offered.Link)
	if r.Header.Get("Content-Disposition") != "attachment; filename*=UTF-8''Oldest%20open%20bugs.csv" || !bytes.HasPrefix(b, []byte("\xEF\xBB\xBFId,Title,State")) || bytes.Count(b, []byte("\r\n")) != 21 {
		t.Errorf("%v: %s", r.Header, b)
	}
	if r, _ := get(offered.Link); r.StatusCode != http.StatusNotFound {
		t.Errorf("a second time: %s", r.Status)
	}
	if r, b := get(save("xlsx").Link); !bytes.HasPrefix(b, []byte("PK\x03\x04")) || !strings.Contains(r.Header.Get("Content-Type"), "spreadsheetml") {
		t.Errorf("%v, %d bytes", r.Header, len(b))
	}
	_, err := p.Services().Exports.Plan(desktop.ExportRequest{ReportID: d.ReportID, PageID: "open-bug-status", VisualID: "open", Format: "pdf", What: "summarized", State: report.PageState{}})
	if code(err) != fault.Invalid {
		t.Errorf("a format that there is not: %v", err)
	}
}
