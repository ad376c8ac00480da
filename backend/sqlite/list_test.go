package sqlite_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/sqlite"
)

// listLines are the rows of a list as texts; a blank is null.
func listLines(t testing.TB, d *sqlite.Dataset, q dataset.ListQuery) (lines []string, next string) {
	t.Helper()
	list, err := d.List(ctx, q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	for _, row := range list.Rows {
		texts := make([]string, len(row))
		for i, v := range row {
			if texts[i] = fmt.Sprint(v); v == nil {
				texts[i] = "null"
			}
		}
		lines = append(lines, strings.Join(texts, "|"))
	}
	return lines, list.Next
}

// everyPage follows a list to its end.
func everyPage(t testing.TB, d *sqlite.Dataset, q dataset.ListQuery) (lines []string) {
	t.Helper()
	for pages := 0; pages < 1000; pages++ {
		more, next := listLines(t, d, q)
		if lines = append(lines, more...); next == "" {
			return lines
		}
		q.After = next
	}
	t.Fatal("the list has no end")
	return nil
}

func TestEveryColumnOfEveryListOfOneRow(t *testing.T) {
	d := openNew(t)
	item := revision(1, 3, func(r *devops.Revision) {
		r.Title, r.State, r.AssignedTo, r.Tags = "A bug", "Active", personNamed(2), []string{"red", "blue"}
		r.AreaID, r.AreaPath, r.StoryPoints, r.Parent = 12, `Fabrikam\Web of old`, number(0), 9
		r.BoardColumn, r.BoardColumnDone = "Doing", truth(false)
		r.Other = map[string]any{"Custom.Risk": "High", "Custom.Reviewer": personNamed(1), "Custom.Score": 2.5}
	})
	commit(t, d, schemaBatch(), devops.Batch{People: []devops.Person{personNamed(3)}}, oneOfEach(), revisions(item))
	const at = "2024-03-02T01:00:00.5Z"
	for table, want := range map[string][]string{
		dataset.WorkItems: {"Id=1|Title=A bug|State=Active|State category=InProgress|Project=Fabrikam|Area path=Fabrikam\\Web|Assigned to=Person 2|Tags=red; blue|Story points=0|Parent id=9|Board column=Doing|Board done=false|Reviewer=Person 1|Risk=High|Score=2.5"},
		dataset.Commits:   {"Commit id=" + sha(1) + "|Project=Fabrikam|Repository=Web|Comment=First|Author=Ann|Author date=" + at + "|Committer=Bob|Commit date=2024-03-02T02:00:00.5Z|Files added=0|Files edited=2"},
		dataset.PullRequests: {"Id=12|Title=Mend|Status=completed|Is draft=true|Project=Fabrikam|Repository=Web|Source branch=topic|Target branch=main|Created by=Person 1|Created date=" + at +
			"|Closed date=2024-03-03T13:00:00.5Z|Closed by=Person 2|Hours to close=36|First review date=2024-03-02T02:30:00.5Z|Hours to first review=1.5|Comments=5|Label=risky; web"},
		dataset.Reviews: {"Pull request=12|Title=Mend|Reviewer=Person 2|Vote=Approved|Is required=true", "Pull request=12|Title=Mend|Reviewer=Person 3|Vote=No vote|Is required=false"},
		dataset.PipelineRuns: {"Id=50|Number=20240302.1|Project=Fabrikam|Pipeline=CI|Status=completed|Result=failed|Reason=schedule|Repository=Web|Branch=main|Pool=Default|Requested for=Person 1|Tag=nightly|Queued date=" +
			at + "|Started date=2024-03-02T01:00:30.5Z|Finished date=2024-03-02T01:05:00.5Z|Queue minutes=0.5|Run minutes=4.5|Total minutes=5|Gone on server=false",
			"Id=51|Number=2|Project=Fabrikam|Status=inProgress|Repository=$/|Gone on server=true"},
		dataset.PipelineTasks: {"Run=50|Number=20240302.1|Pipeline=CI|Task=Test|Job=Linux|Result=failed|Agent=agent|Started date=" + at + "|Finished date=2024-03-02T01:00:03Z|Task minutes=0.041666666666666664|Errors=3|Warnings=4"},
		dataset.TestRuns: {"Id=8|Name=VSTest|Project=Fabrikam|Run=50|Number=20240302.1|Pipeline=CI|State=Completed|Is automated=true|Workflow=Build|Stage=Test|Owner=Person 1|Started date=" + at + "|Completed date=" + at +
			"|Run minutes=0|Total=9|Passed=4|Failed=2|Not executed=1"},
		dataset.Deployments:  {"Id=4|Release=Release-9|Release pipeline=Ship|Environment=Production|Status=succeeded|Reason=manual|Project=Fabrikam|Requested for=Person 1|Run=50|Queued date=" + at + "|Started date=" + at + "|Completed date=" + at + "|Minutes=0"},
		dataset.Changesets:   {"Id=17|Comment=In|Project=Contoso|Author=Person 1|Checked in by=Person 2|Created date=" + at + "|Files=2", "Id=18|Project=Contoso"},
		dataset.FileChanges:  {"Changeset=17|Path=$/Contoso/src/a.cs|Change type=Edit; Merge|Extension=.cs|Is folder=false|Bytes=120", "Changeset=17|Path=$/Contoso|Change type=Rename|Is folder=true"},
		dataset.TFVCBranches: {"Branch=$/Contoso/main|Project=Contoso|Owner=Person 1|Created date=" + at},
	} {
		list, err := d.List(ctx, dataset.ListQuery{Table: table})
		if err != nil {
			t.Errorf("%s: %v", table, err)
			continue
		}
		var got []string
		for _, row := range list.Rows {
			var cells []string
			for i, v := range row {
				name := list.Columns[i].Name
				if v == nil || table == dataset.WorkItems && !strings.Contains(want[0], name+"=") {
					continue
				}
				cells = append(cells, fmt.Sprint(name, "=", v))
			}
			got = append(got, strings.Join(cells, "|"))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s\n got %q\nwant %q", table, got, want)
		}
		offered, err := d.ListColumns(ctx, table)
		if err != nil || !slices.Equal(offered, list.Columns) {
			t.Errorf("%s offers %v, %v", table, offered, err)
		}
	}
}

// TestPagesOfAListAreTheWholeInOrder follows lists of random worlds, small page by small page, by every column
// of every table, and compares them with the list in one page and with a sort of its own.
func TestPagesOfAListAreTheWholeInOrder(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(6, 150, 50, 260)...)
	tables := []string{dataset.WorkItems, dataset.Commits, dataset.PullRequests, dataset.Reviews, dataset.PipelineRuns, dataset.PipelineTasks, dataset.TestRuns,
		dataset.Deployments, dataset.Changesets, dataset.FileChanges, dataset.TFVCBranches}
	for _, table := range tables {
		columns, err := d.ListColumns(ctx, table)
		if err != nil {
			t.Fatal(err)
		}
		whole := everyPage(t, d, dataset.ListQuery{Table: table, Limit: 1000})
		if len(whole) < 3 {
			t.Errorf("%s has %d rows", table, len(whole))
		}
		slices.Sort(whole)
		for i, col := range columns {
			if table == dataset.WorkItems && i%3 != 0 {
				continue // it has many
			}
			for _, descending := range []bool{false, true} {
				q := dataset.ListQuery{Table: table, OrderBy: col.Name, Descending: descending, Limit: 7}
				got := everyPage(t, d, q)
				q.Limit, q.Columns = 1000, []string{col.Name}
				values := everyPage(t, d, q)
				if slices.Sort(got); !slices.Equal(got, whole) {
					t.Errorf("%s by %s: %d rows in pages, %d in one", table, col.Name, len(got), len(whole))
				}
				if blank := slices.Index(values, "null"); blank >= 0 && slices.ContainsFunc(values[blank:], func(v string) bool { return v != "null" }) {
					t.Errorf("%s by %s: blanks are not last", table, col.Name)
				}
				compare := func(a, b string) int {
					if a == "null" || b == "null" {
						return 0
					}
					if col.Type == dataset.DateTime {
						a, b = strings.TrimSuffix(a, "Z"), strings.TrimSuffix(b, "Z")
					}
					if descending {
						a, b = b, a
					}
					return strings.Compare(strings.ToLower(a), strings.ToLower(b))
				}
				// Of tags, flags and votes the order is that of what is stored.
				if kind := col.Type; kind == dataset.DateTime || kind == dataset.Text && !slices.Contains([]string{"Tags", "Tag", "Label", "Vote", "Change type", "Extension"}, col.Name) {
					if !slices.IsSortedFunc(values, compare) {
						t.Errorf("%s by %s (descending %v) is not in order: %.200q", table, col.Name, descending, values)
					}
				}
			}
		}
	}
}

func TestAListOfChosenRowsAndColumns(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), oneOfEach(), revisions(revision(1, 1, nil), revision(2, 1, nil), revision(3, 1, func(r *devops.Revision) { r.Deleted = true }), revision(4, 1, nil)))
	for _, c := range []struct {
		q    dataset.ListQuery
		want []string
	}{
		{dataset.ListQuery{Table: dataset.WorkItems, IDs: []int64{4, 2, 3, 99}, Columns: []string{"Id"}}, []string{"2", "4"}}, // 3 is deleted
		{dataset.ListQuery{Table: dataset.WorkItems, IDs: []int64{4, 2}, Columns: []string{"Id"}, Descending: true}, []string{"4", "2"}},
		{dataset.ListQuery{Table: dataset.WorkItems, IDs: []int64{}, Columns: []string{"Id"}}, nil},
		{dataset.ListQuery{Table: dataset.WorkItems, Columns: []string{"System.Id"}}, []string{"1", "2", "4"}},
		{dataset.ListQuery{Table: dataset.Reviews, IDs: []int64{12}, Columns: []string{"Reviewer", "Pull request"}}, []string{"Person 2|12", "Person 3|12"}},
		{dataset.ListQuery{Table: dataset.PipelineTasks, IDs: []int64{50}, Columns: []string{"Task"}}, []string{"Test"}},
		{dataset.ListQuery{Table: dataset.PipelineTasks, IDs: []int64{51}, Columns: []string{"Task"}}, nil},
		{dataset.ListQuery{Table: dataset.FileChanges, IDs: []int64{17}, Columns: []string{"Path"}, OrderBy: "Path"}, []string{"$/Contoso", "$/Contoso/src/a.cs"}},
		{dataset.ListQuery{Table: dataset.Commits, Keys: []string{sha(1), sha(9)}, Columns: []string{"Comment"}}, []string{"First"}},
		{dataset.ListQuery{Table: dataset.TFVCBranches, Keys: []string{"$/Contoso/main"}, Columns: []string{"Branch"}}, []string{"$/Contoso/main"}},
		{dataset.ListQuery{Table: dataset.TestRuns, IDs: []int64{8}, Columns: []string{"Name"}}, []string{"VSTest"}},
		{dataset.ListQuery{Table: dataset.Deployments, IDs: []int64{4}, Columns: []string{"Release"}}, []string{"Release-9"}},
	} {
		if c.q.Table == dataset.Reviews {
			commit(t, d, devops.Batch{People: []devops.Person{personNamed(3)}})
		}
		if got, _ := listLines(t, d, c.q); !slices.Equal(got, c.want) {
			t.Errorf("%+v: got %q, want %q", c.q, got, c.want)
		}
	}
}

func TestAListRefusesWhatTheTableHasNot(t *testing.T) {
	d := openNew(t)
	commit(t, d, schemaBatch(), oneOfEach())
	for name, q := range map[string]dataset.ListQuery{
		"table":          {Table: "sqlite_schema"},
		"column":         {Table: dataset.WorkItems, Columns: []string{"d.title"}},
		"order":          {Table: dataset.WorkItems, OrderBy: "Id; DROP TABLE meta"},
		"ids of commits": {Table: dataset.Commits, IDs: []int64{1}},
		"keys of items":  {Table: dataset.WorkItems, Keys: []string{"1"}},
		"page":           {Table: dataset.WorkItems, After: `{"v":[1],"k":2}`},
		"no page":        {Table: dataset.WorkItems, After: "'"},
		"page of no key": {Table: dataset.WorkItems, After: `{"v":1}`},
	} {
		if _, err := d.List(ctx, q); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNamedRowsAreFoundWithoutReadingTheTable(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(6, 150, 50, 260)...)
	for table, named := range map[string]dataset.ListQuery{dataset.WorkItems: {IDs: []int64{1}}, dataset.Commits: {Keys: []string{sha(1)}}, dataset.PullRequests: {IDs: []int64{1}},
		dataset.Reviews: {IDs: []int64{1}}, dataset.PipelineRuns: {IDs: []int64{1}}, dataset.PipelineTasks: {IDs: []int64{1}}, dataset.TestRuns: {IDs: []int64{1}},
		dataset.Deployments: {IDs: []int64{1}}, dataset.Changesets: {IDs: []int64{1}}, dataset.FileChanges: {IDs: []int64{1}}, dataset.TFVCBranches: {Keys: []string{"$/x"}}} {
		named.Table = table
		lines, err := d.ListPlan(ctx, named)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if strings.HasPrefix(line, "SCAN ") && !strings.Contains(line, "json_each") && !strings.Contains(line, "VIRTUAL TABLE") && !strings.Contains(line, "dim_project") && !strings.Contains(line, "dim_repository") {
				t.Errorf("%s: %q", table, lines)
				break
			}
		}
	}
}

// TestPagesGoOnPastTextsThatAreNotUTF8 follows a list by titles that another program spoiled: every row once.
func TestPagesGoOnPastTextsThatAreNotUTF8(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.sightline")
	d := open(t, path)
	var all []devops.Revision
	for id := 1; id <= 9; id++ {
		all = append(all, revision(id, 1, func(r *devops.Revision) { r.Title = fmt.Sprint("Title ", id) }))
	}
	commit(t, d, schemaBatch(), revisions(all...))
	must(t, d.Close())
	raw(t, path, `UPDATE fact_detail SET title = cast(CASE (dk >> 20) % 3 WHEN 0 THEN x'61ff62' WHEN 1 THEN x'ff' ELSE x'61efbfbd' END AS TEXT);`)
	d = open(t, path)
	for _, descending := range []bool{false, true} {
		q, seen := dataset.ListQuery{Table: dataset.WorkItems, Columns: []string{"Id"}, OrderBy: "Title", Descending: descending, Limit: 1}, map[any]int{}
		for pages := 0; pages < 20; pages++ {
			list, err := d.List(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range list.Rows {
				seen[row[0]]++
			}
			if q.After = list.Next; q.After == "" {
				break
			}
		}
		if len(seen) != 9 || q.After != "" {
			t.Errorf("descending %v: %v, then %q", descending, seen, q.After)
		}
	}
}
