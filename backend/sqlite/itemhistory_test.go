package sqlite_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

func stepLines(steps []dataset.HistoryStep) (lines []string) {
	for _, s := range steps {
		var changes []string
		for _, c := range s.Changes {
			changes = append(changes, fmt.Sprintf("%s: %s > %s", c.Field, c.Old, c.New))
		}
		lines = append(lines, fmt.Sprintf("%d %s %s", s.Rev, s.By, strings.Join(changes, ", ")))
	}
	return lines
}

func TestTheHistoryOfAnItemSaysWhatEachRevisionChanged(t *testing.T) {
	d := openNew(t)
	at := time.Date(2024, 3, 2, 1, 0, 0, 0, time.UTC)
	with := func(rev int, change func(*devops.Revision)) devops.Revision {
		return revision(7, rev, func(r *devops.Revision) {
			r.ProjectName, r.Type, r.State, r.Reason, r.Title, r.AreaPath, r.Iteration = "Fabrikam", "Bug", "New", "", "First", "", ""
			r.AreaID, r.IterationID = 0, 0
			r.ChangedBy = personNamed(1)
			if change != nil {
				change(r)
			}
		})
	}
	two := func(r *devops.Revision) {
		r.Title, r.AssignedTo, r.StoryPoints, r.Tags = "Second", personNamed(2), number(0), []string{"a", "b"}
		r.Other = map[string]any{"Custom.Risk": "High", "Custom.Reviewer": personNamed(1), "Custom.Due": at}
		r.ChangedBy = personNamed(2)
	}
	three := func(r *devops.Revision) {
		two(r)
		r.State, r.StoryPoints, r.Deleted = "Active", nil, true
		r.Other = map[string]any{"Custom.Risk": "Low", "Custom.Score": 2.5, "WEF_1_Kanban.Column": "Doing"}
	}
	commit(t, d, schemaBatch(), revisions(with(1, nil), with(2, two), with(5, three)))
	h, err := d.ItemHistory(ctx, 7, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"5 Person 2 State: New > Active, Story points: 0 > , Deleted:  > true, Custom.Due: 2024-03-02T01:00:00Z > , Reviewer: Person 1 > , Risk: High > Low, Custom.Score:  > 2.5",
		"2 Person 2 Title: First > Second, Assigned to:  > Person 2, Tags:  > a; b, Story points:  > 0, Custom.Due:  > 2024-03-02T01:00:00Z, Reviewer:  > Person 1, Risk:  > High",
		"1 Person 1 Title:  > First, Type:  > Bug, State:  > New, Project:  > Fabrikam",
	}
	if got := stepLines(h.Steps); !slices.Equal(got, want) || h.More || h.Title != "Second" || h.ID != 7 {
		t.Errorf("%d %q, more %v\n got %q\nwant %q", h.ID, h.Title, h.More, got, want)
	}
	if !h.Steps[2].At.Equal(epoch.Add(time.Hour)) || h.Steps[0].ByEmail != "person2@example.com" {
		t.Errorf("%+v", h.Steps)
	}
	_, err = d.ItemHistory(ctx, 8, 0, 0)
	wantFault(t, err, fault.NotFound)
}

func TestTheHistoryOfAnItemInPagesIsTheWhole(t *testing.T) {
	d := openNew(t)
	var b devops.Batch
	for rev := 1; rev <= 2500; rev++ {
		b.Revisions = append(b.Revisions, revision(7, rev, func(r *devops.Revision) { r.RemainingWork = number(float64(rev)) }))
	}
	commit(t, d, schemaBatch(), b, revisions(revision(8, 1, nil)))
	var got []string
	before := 0
	for pages := 1; ; pages++ {
		h, err := d.ItemHistory(ctx, 7, before, 400)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, stepLines(h.Steps)...)
		if !h.More {
			if pages != 7 {
				t.Errorf("%d pages", pages)
			}
			break
		}
		before = h.Steps[len(h.Steps)-1].Rev
	}
	for i, line := range got[:len(got)-1] {
		rev := 2500 - i
		if want := fmt.Sprintf("%d  Remaining work: %d > %d", rev, rev-1, rev); line != want {
			t.Fatalf("step %d is %q, want %q", i, line, want)
		}
	}
	if len(got) != 2500 || !strings.HasPrefix(got[2499], "1  Title:") {
		t.Errorf("%d steps, the first is %q", len(got), got[len(got)-1])
	}
}
