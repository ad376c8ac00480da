package world

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestARenamedProjectKeepsItsIdentity(t *testing.T) {
	at := today.Add(-time.Hour)
	before := small(t, today)
	after := New(Options{Seed: 1, Now: today, Decisions: Decisions{Renamings: []Renaming{{Project: "Tooling", Name: "Developer Tools", At: at}, {Project: "Lumen Web", Name: "Not yet", At: today.Add(time.Hour)}}}})
	was, is := before.Project("Tooling"), after.Project("Developer Tools")
	if is == nil || after.Project("Tooling") != nil || is.ID != was.ID || is.Revision == was.Revision || is.LastUpdate != at.UnixMilli() || after.Project("Lumen Web") == nil {
		t.Fatalf("%+v", is)
	}
	if len(after.Order) != len(before.Order) || len(after.Builds(is)) != len(before.Builds(was)) || len(after.Builds(is)) == 0 || len(after.RepositoriesOf(is)) != len(before.RepositoriesOf(was)) {
		t.Error("the history is another one")
	}
	for i, n := range after.Nodes {
		if n.Project == is && (!strings.HasPrefix(n.Path, "Developer Tools") || n.GUID != before.Nodes[i].GUID || n.ID != before.Nodes[i].ID) {
			t.Fatalf("%+v", n)
		}
	}
	for i, r := range after.RepositoriesOf(is) {
		if r.ID != before.RepositoriesOf(was)[i].ID {
			t.Error("a repository has another id")
		}
	}
	if a, b := before.Builds(was)[0], after.Builds(is)[0]; a.ID != b.ID || a.Commit != b.Commit {
		t.Errorf("%+v %+v", a, b)
	}
}

func TestWhatIsDestroyedByDecisionIsGoneWithoutAWord(t *testing.T) {
	before := small(t, today)
	ids := []int{20, 21, 22}
	after := New(Options{Seed: 1, Now: today, Decisions: Decisions{Destructions: []Destruction{{Items: ids, At: today}}, KeptDays: 30}})
	for _, id := range ids {
		if len(before.Item(id)) == 0 || len(after.Item(id)) != 0 || !slices.Contains(after.Destroyed, id) {
			t.Errorf("item %d", id)
		}
	}
	for _, at := range after.Order {
		if slices.Contains(ids, int(after.Revisions[at].Item)) {
			t.Fatal("the feed still tells of it")
		}
	}
	p, q := before.Project("Lumen Web"), after.Project("Lumen Web")
	if n := len(after.Builds(q)); n == 0 || n > len(before.Builds(p))/4 {
		t.Errorf("%d builds kept for 30 days, %d for a year", n, len(before.Builds(p)))
	}
}
