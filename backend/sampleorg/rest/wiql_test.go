package rest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/world"
)

type wiqlAnswer struct {
	QueryType string
	AsOf      string
	Columns   []struct{ ReferenceName string }
	WorkItems []struct {
		ID  int
		URL string
	}
}

func (b *bench) query(path, query string) (wiqlAnswer, answer) {
	b.t.Helper()
	a := b.ask(http.MethodPost, path, obj{"query": query})
	var out wiqlAnswer
	if a.status == http.StatusOK {
		b.decode(a, query, &out)
	}
	return out, a
}

func (w wiqlAnswer) ids() []int {
	out := make([]int, 0, len(w.WorkItems))
	for _, i := range w.WorkItems {
		out = append(out, i.ID)
	}
	return out
}

// current lists the ids of items, not deleted, for which f holds: an answer found without the query language.
func current(w *world.World, f func(r *world.Revision) bool) []int {
	out := []int{}
	for i := range w.Items {
		if r := w.Latest(i + 1); r != nil && !r.Has(world.Deleted) && f(r) {
			out = append(out, i+1)
		}
	}
	return out
}

func TestQueriesFindWhatAPlainScanFinds(t *testing.T) {
	b := serve(t, Options{})
	w := b.world
	p := w.Project("Lumen Web")
	state := func(r *world.Revision) world.State { return w.Types[r.Type].States[r.State] }
	yesterday := today.AddDate(0, 0, -1).Truncate(24 * time.Hour).UnixMilli()
	for _, c := range []struct {
		where string
		f     func(r *world.Revision) bool
	}{
		{"[System.Id] > 4000", func(r *world.Revision) bool { return r.Item > 4000 }},
		{"[System.TeamProject] = 'lumen web' AND [System.Id] > 100", func(r *world.Revision) bool { return int(r.Project) == p.Index && r.Item > 100 }},
		{"[System.TeamProject] = @project AND [System.State] = 'Active'", func(r *world.Revision) bool { return int(r.Project) == p.Index && state(r).Name == "Active" }},
		{"[System.WorkItemType] IN ('Bug', 'Task') AND NOT ([System.State] = 'Closed' OR [System.State] = 'Done')", func(r *world.Revision) bool {
			k := w.Types[r.Type].Kind
			return (k == world.KindBug || k == world.KindTask) && state(r).Name != "Closed" && state(r).Name != "Done"
		}},
		{"[System.WorkItemType] IN GROUP 'Microsoft.BugCategory' AND [Microsoft.VSTS.Common.Priority] <= 1", func(r *world.Revision) bool { return w.Types[r.Type].Kind == world.KindBug && r.Priority == 1 }},
		{`[System.AreaPath] UNDER 'Lumen Web\Web'`, func(r *world.Revision) bool { return w.Nodes[r.Area].Path == `Lumen Web\Web` }},
		{`[System.AreaPath] UNDER 'Lumen Web\Storefront' AND [System.AreaPath] <> 'Lumen Web\Storefront'`, func(r *world.Revision) bool {
			return strings.HasPrefix(w.Nodes[r.Area].Path, `Lumen Web\Storefront\`)
		}},
		{"[System.AssignedTo] = @me", func(r *world.Revision) bool { return r.Assigned != 0 && w.People[r.Assigned] == w.Member() }},
		{"[System.AssignedTo] = ''", func(r *world.Revision) bool { return r.Assigned == 0 }},
		{"[System.Tags] CONTAINS 'launch-2.0'", func(r *world.Revision) bool { return slices.Contains(tagNames(r.Tags), "launch-2.0") }},
		{"[System.Title] CONTAINS 'midnight'", func(r *world.Revision) bool { return strings.Contains(w.Title(r), "midnight") }},
		{"[System.ChangedDate] >= @today - 1", func(r *world.Revision) bool { return r.Changed >= yesterday }},
		{"[System.ChangedDate] = @today - 1", func(r *world.Revision) bool { return r.Changed >= yesterday && r.Changed < yesterday+86_400_000 }},
		{"[Microsoft.VSTS.Scheduling.StoryPoints] >= 8", func(r *world.Revision) bool {
			t := w.Types[r.Type]
			return slices.Contains(t.Fields, "Microsoft.VSTS.Scheduling.StoryPoints") && r.Estimate >= 16
		}},
		{"[System.State] EVER 'Resolved' AND [System.WorkItemType] = 'Bug'", func(r *world.Revision) bool {
			return w.Types[r.Type].Kind == world.KindBug && slices.ContainsFunc(w.Item(int(r.Item)), func(o world.Revision) bool { return state(&o).Name == "Resolved" })
		}},
	} {
		got, a := b.query("/"+p.ID+"/_apis/wit/wiql?api-version=7.1", "SELECT [System.Id] FROM WorkItems WHERE "+c.where+" ORDER BY [System.Id]")
		if a.status != http.StatusOK {
			t.Errorf("%s: %d %.300s", c.where, a.status, a.body)
			continue
		}
		want := current(w, c.f)
		if len(want) == 0 {
			t.Errorf("%s: finds nothing, so it proves nothing", c.where)
		}
		if !slices.Equal(got.ids(), want) {
			t.Errorf("%s: %d found, want %d", c.where, len(got.WorkItems), len(want))
		}
	}
}

func tagNames(set uint32) []string {
	var out []string
	for i, name := range world.Tags {
		if set&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}

func TestTheIDSweepMeetsEveryItemOnce(t *testing.T) {
	b := serve(t, Options{})
	seen, last := map[int]bool{}, 0
	for {
		got, a := b.query("/_apis/wit/wiql?$top=1000&api-version=7.1", fmt.Sprintf("SELECT [System.Id] FROM WorkItems WHERE [System.Id] > %d ORDER BY [System.Id] ASC", last))
		if a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
		for _, id := range got.ids() {
			if seen[id] || id <= last {
				t.Fatalf("%d came out of turn", id)
			}
			seen[id], last = true, id
		}
		if len(got.WorkItems) < 1000 {
			break
		}
	}
	if want := current(b.world, func(*world.Revision) bool { return true }); len(seen) != len(want) {
		t.Errorf("%d items, want %d", len(seen), len(want))
	}
}

func TestTimesAreComparedByDayUnlessPreciseTimesAreAskedFor(t *testing.T) {
	b := serve(t, Options{})
	r := b.world.Revisions[b.world.Order[len(b.world.Order)-200]]
	at := time.UnixMilli(r.Changed).UTC()
	query := "SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > '" + at.Format(time.RFC3339Nano) + "'"
	byDay, _ := b.query("/_apis/wit/wiql?api-version=7.1", query)
	precise, _ := b.query("/_apis/wit/wiql?api-version=7.1&timePrecision=true", query)
	after := current(b.world, func(o *world.Revision) bool { return o.Changed > r.Changed })
	nextDay := current(b.world, func(o *world.Revision) bool { return o.Changed >= at.Truncate(24*time.Hour).UnixMilli()+86_400_000 })
	if len(precise.WorkItems) != len(after) || len(byDay.WorkItems) != len(nextDay) || len(after) == len(nextDay) {
		t.Errorf("precise %d, want %d; by day %d, want %d", len(precise.WorkItems), len(after), len(byDay.WorkItems), len(nextDay))
	}
}

func TestTooManyResultsAreRefused(t *testing.T) {
	b := serve(t, Options{QueryLimit: 500})
	const all = "SELECT [System.Id] FROM WorkItems"
	for path, want := range map[string]int{"/_apis/wit/wiql?api-version=7.1": 400, "/_apis/wit/wiql?api-version=7.1&$top=500": 400, "/_apis/wit/wiql?api-version=7.1&$top=499": 200} {
		got, a := b.query(path, all)
		if a.status != want {
			t.Errorf("%s: %d", path, a.status)
		}
		if want == 400 {
			if e := a.error(t); !strings.HasPrefix(e.Message, "VS402337") || e.TypeKey != "WorkItemTrackingQueryResultSizeLimitExceededException" || e.EventID != 3200 {
				t.Errorf("%s: %+v", path, e)
			}
		} else if len(got.WorkItems) != 499 {
			t.Errorf("%s: %d items", path, len(got.WorkItems))
		}
	}
}

func TestSortingAndAsOf(t *testing.T) {
	b := serve(t, Options{})
	got, a := b.query("/_apis/wit/wiql?api-version=7.1&$top=50", "SELECT [System.Id], [System.Title] FROM WorkItems WHERE [System.WorkItemType] = 'Bug' ORDER BY [Microsoft.VSTS.Common.Priority] DESC, [System.ChangedDate]")
	if a.status != http.StatusOK || len(got.Columns) != 2 {
		t.Fatalf("%d %+v", a.status, got.Columns)
	}
	for i := 1; i < len(got.WorkItems); i++ {
		x, y := b.world.Latest(got.WorkItems[i-1].ID), b.world.Latest(got.WorkItems[i].ID)
		if x.Priority < y.Priority || x.Priority == y.Priority && x.Changed > y.Changed {
			t.Fatalf("%d before %d", x.Item, y.Item)
		}
	}
	then := today.AddDate(0, -6, 0)
	old, a := b.query("/_apis/wit/wiql?api-version=7.1", "SELECT [System.Id] FROM WorkItems WHERE [System.State] = 'Active' ASOF '"+then.Format(time.RFC3339)+"'")
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	want := 0
	for i := range b.world.Items {
		all := b.world.Item(i + 1)
		for k := len(all) - 1; k >= 0; k-- {
			if all[k].Changed <= then.UnixMilli() {
				if ty := b.world.Types[all[k].Type]; ty.States[all[k].State].Name == "Active" && !all[k].Has(world.Deleted) {
					want++
				}
				break
			}
		}
	}
	if len(old.WorkItems) != want || want == 0 {
		t.Errorf("%d active then, want %d", len(old.WorkItems), want)
	}
}

func TestQueriesThatAreWrongAreRefusedInWords(t *testing.T) {
	b := serve(t, Options{})
	for query, part := range map[string]string{
		"": "TF51006", "SELECT": "TF51006", "SELECT [System.Id] FROM WorkItemLinks": "WorkItems only", "SELECT [Nope] FROM WorkItems": "TF51005",
		"SELECT [System.Id] FROM WorkItems WHERE": "TF51006", "SELECT [System.Id] FROM WorkItems WHERE [System.Id] > ": "TF51006", "SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 'x'": "number",
		"SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'open": "quotation", "SELECT [System.Id] FROM WorkItems WHERE ([System.Id] > 1": "bracket",
		"SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > 'soon'": "date", "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project": "TF51011", "SELECT [System.Id] FROM WorkItems nonsense": "TF51006",
	} {
		if _, a := b.query("/_apis/wit/wiql?api-version=7.1", query); a.status != http.StatusBadRequest || !strings.Contains(a.error(t).Message, part) {
			t.Errorf("%q: %d %.300s", query, a.status, a.body)
		}
	}
	// What stands between quotation marks is text, whatever it looks like.
	if got, a := b.query("/_apis/wit/wiql?api-version=7.1", "SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'it''s ] ORDER BY'"); a.status != http.StatusOK || len(got.WorkItems) != 0 {
		t.Errorf("%d %s", a.status, a.body)
	}
}
