package refresh_test

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sqlite"
)

// recorder keeps every batch that was committed.
type recorder struct {
	*sqlite.Dataset
	mu      sync.Mutex
	batches []devops.Batch
}

func (r *recorder) Commit(ctx context.Context, b devops.Batch) (devops.Changes, error) {
	r.mu.Lock()
	b.Revisions = slices.Clone(b.Revisions) // its memory is used again
	r.batches = append(r.batches, b)
	r.mu.Unlock()
	return r.Dataset.Commit(ctx, b)
}

// boardBatches are the batches that carry boards or capacities.
func (r *recorder) boardBatches() (found []devops.Batch) {
	for _, b := range r.batches {
		if len(b.BoardsOf)+len(b.CapacitiesOf) > 0 {
			found = append(found, b)
		}
	}
	return found
}

func TestBoardsComeWithColumnsLanesAndCapacities(t *testing.T) {
	for name, old := range map[string]bool{"as of 7.1": false, "a list, as of old": true} {
		t.Run(name, func(t *testing.T) {
			o := newTestOrg(t)
			p := o.add("Alpha", 2, 2)
			p.oldCapacities, p.sprints = old, []time.Time{time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)}
			d := &recorder{Dataset: openStore(t)}
			s, err := load(t, o, d, func(r *refresh.Options) { r.Clock = func() time.Time { return testBegin } })
			if err != nil || len(s.Skipped)+len(s.Parked) != 0 {
				t.Fatalf("%+v, %v", s, err)
			}
			got := d.boardBatches()
			if len(got) != 1 {
				t.Fatalf("%d batches", len(got))
			}
			b, team, sprint := got[0], p.team(), "sp-0"
			day := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
			ann := devops.Person{ID: annID, Name: "Ann Ab", UniqueName: "ann@contoso.com"}
			want := devops.Batch{
				BoardsOf: []string{team},
				Boards: []devops.Board{{TeamID: team, ID: "b0a4d000-0000-0000-0000-000000000001", Name: "Stories", BacklogID: "Microsoft.RequirementCategory",
					ColumnField: "WEF_1_Kanban.Column", DoneField: "WEF_1_Kanban.Column.Done", LaneField: "WEF_1_Kanban.Lane",
					Columns: []devops.BoardColumn{{ID: "c-1", Name: "To do", Kind: "incoming", States: map[string]string{"User Story": "New"}},
						{ID: "c-2", Name: "Doing", Kind: "inProgress", ItemLimit: 5, Split: true, Description: "tested", States: map[string]string{"User Story": "Active"}}},
					Lanes: []devops.BoardLane{{ID: "00000000-0000-0000-0000-000000000000"}, {ID: "l-1", Name: "Expedite"}}}},
				CapacitiesOf: []devops.TeamIteration{{TeamID: team, IterationID: sprint}},
				// Two rows of one activity are one with the sum.
				Capacities: []devops.Capacity{{TeamID: team, IterationID: sprint, Person: ann, Activity: "Development", PerDay: 4.5},
					{TeamID: team, IterationID: sprint, Person: ann, Activity: "Design", PerDay: 1.5}},
				DaysOff: []devops.DaysOff{{TeamID: team, IterationID: sprint, PersonID: annID, Start: day(7), End: day(8)}, {TeamID: team, IterationID: sprint, Start: day(6), End: day(6)}},
				Cursor:  &devops.Cursor{Feed: "boards", Scope: team, Token: "2026-01-05T08:00:00Z", Done: true},
			}
			if !reflect.DeepEqual(b, want) {
				t.Errorf("got  %+v\nwant %+v", b, want)
			}
		})
	}
}

// sprintsAsked lists the sprints whose capacity was asked for, in ascending order.
func (o *testOrg) sprintsAsked() (ids []int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, r := range o.requests {
		if before, ok := strings.CutSuffix(r, "/capacities"); ok {
			var n int
			if _, err := fmt.Sscanf(strings.ToLower(before[strings.LastIndexByte(before, '/')+1:]), "sp-%d", &n); err == nil {
				ids = append(ids, n)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

func TestCapacitiesAreAskedOnlyWhereTheyMayChange(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 2, 2)
	// Sprint 60 is the current one at testBegin; 0 began about 28 months before.
	for n := range 70 {
		p.sprints = append(p.sprints, time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 14*(n-60)))
	}
	d := openStore(t)
	now := testBegin
	refreshed := func(reread bool) []int {
		t.Helper()
		o.forget()
		if _, err := load(t, o, d, func(r *refresh.Options) { r.Clock, r.Reread = func() time.Time { return now }, reread }); err != nil {
			t.Fatal(err)
		}
		return o.sprintsAsked()
	}
	// Sprint n began 14·(60−n) days before 5 January 2026 and lasted 12: sprint 7 until 5 January 2024, the first
	// day of the window.
	var want []int
	for n := 7; n <= 63; n++ {
		want = append(want, n)
	}
	if got := refreshed(false); !slices.Equal(got, want) {
		t.Errorf("first load: %v", got)
	}
	if got := refreshed(false); got != nil || o.asked("/work/") != 0 {
		t.Errorf("an hour later: %v, %d requests for boards", got, o.asked("/work/"))
	}
	now = now.Add(21 * time.Hour)
	if got := refreshed(false); !slices.Equal(got, []int{58, 59, 60, 61, 62, 63}) {
		t.Errorf("a day later: %v", got)
	}
	now = now.Add(time.Minute)
	if got := refreshed(true); !slices.Equal(got, []int{58, 59, 60, 61, 62, 63}) {
		t.Errorf("read again: %v", got)
	}
	now = now.AddDate(0, 0, 8*7) // four sprints later; 58 and 59 were read after their end, 60 and 61 were not
	if got := refreshed(false); !slices.Equal(got, []int{58, 59, 60, 61, 62, 63, 64, 65, 66, 67}) {
		t.Errorf("two months later: %v", got)
	}
}

func TestBoardsOfOneTeamThatFailAreParkedAndOnlyThoseAskedAgain(t *testing.T) {
	o := newTestOrg(t)
	broken := o.add("Broken", 2, 2)
	o.add("Whole", 2, 2)
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, broken.id) && strings.HasSuffix(r.URL.Path, "/work/boards") {
			w.WriteHeader(500)
			return true
		}
		return false
	}
	d := &recorder{Dataset: openStore(t)}
	hasty := func(r *refresh.Options) { r.Client = hastyClient(t, o.server.URL, time.Minute) }
	s, err := load(t, o, d, hasty)
	if !fault.Is(err, fault.Offline) || len(s.Parked) != 1 || s.Parked[0].Project != "Broken" || s.Parked[0].What != "the boards and capacities of the team Team One" || s.Counts["revisions"] != 8 || len(d.boardBatches()) != 1 {
		t.Errorf("%v, parked %+v, %v", s.Counts, s.Parked, err)
	}
	o.mu.Lock()
	o.before = nil
	o.mu.Unlock()
	o.forget()
	if s, err := load(t, o, d, hasty); err != nil || len(s.Parked) != 0 || o.asked("/work/boards") != 2 || o.asked(broken.id) == 0 {
		t.Errorf("mended: %+v, %v: %q", s, err, o.requests)
	}
}

func TestBoardsThatMayNotBeReadAreListedAndTheStoredOnesStay(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 2, 2)
	d := &recorder{Dataset: openStore(t)}
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/work/boards") {
			o.refuse(w, 403, "AccessDeniedException", "no")
			return true
		}
		return false
	}
	s, err := load(t, o, d)
	if err != nil || len(s.Skipped) != 1 || s.Skipped[0].What != "the boards of the team Team One" || len(d.boardBatches()) != 0 {
		t.Errorf("%+v, %v", s.Skipped, err)
	}
}

func TestWithoutWorkItemsNoBoardsAreAskedFor(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 2, 2)
	s, err := load(t, o, openStore(t), func(r *refresh.Options) { r.Selection.Contents = []devops.Content{} })
	if err != nil || o.asked("/work/boards") != 0 || o.asked("reporting") != 0 || s.Counts["revisions"] != 0 || s.Counts["projects"] != 1 {
		t.Errorf("%v, %v", s.Counts, err)
	}
}
