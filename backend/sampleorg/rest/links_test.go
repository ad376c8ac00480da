package rest

import (
	"net/http"
	"testing"

	"sightline/backend/sampleorg/world"
)

type linkPage struct {
	Values []struct {
		Rel                                                string
		SourceID, TargetID                                 int
		ChangedDate                                        string
		IsActive                                           bool
		ChangedOperation, SourceProjectID, TargetProjectID string
	}
	NextLink          string
	ContinuationToken string
	IsLastBatch       bool
}

func (b *bench) readLinks(path, query string) []linkPage {
	b.t.Helper()
	var pages []linkPage
	token := ""
	for {
		var p linkPage
		b.get(path+"/_apis/wit/reporting/workitemlinks?api-version=7.1&"+query+"&continuationToken="+token, &p)
		pages = append(pages, p)
		if p.IsLastBatch {
			return pages
		}
		if p.ContinuationToken == token || len(pages) > 500 {
			b.t.Fatal("the links feed does not end")
		}
		token = p.ContinuationToken
	}
}

func TestTheLinksFeedTellsEveryChangeOnceAndInOrder(t *testing.T) {
	b := serve(t, Options{})
	n, last := 0, ""
	for _, p := range b.readLinks("", "") {
		for _, v := range p.Values {
			l := b.world.Links[n]
			if v.Rel != world.LinkTypes[l.Kind] || v.SourceID != int(l.Source) || v.TargetID != int(l.Target) || v.IsActive != l.Active || v.ChangedDate != zuluTime(l.Changed) {
				t.Fatalf("link %d: %+v, want %+v", n, v, l)
			}
			if (v.ChangedOperation == "create") != v.IsActive {
				t.Fatalf("link %d: %s, active %v", n, v.ChangedOperation, v.IsActive)
			}
			n++
		}
		last = p.ContinuationToken
	}
	if n != len(b.world.Links) {
		t.Errorf("%d links, want %d", n, len(b.world.Links))
	}
	var again linkPage
	if b.get("/_apis/wit/reporting/workitemlinks?api-version=7.1&continuationToken="+last, &again); len(again.Values) != 0 || !again.IsLastBatch || again.ContinuationToken != last {
		t.Errorf("behind the last token: %+v", again)
	}
}

func TestAProjectsLinksHaveEitherEndInIt(t *testing.T) {
	b := serve(t, Options{})
	type key struct {
		rel            string
		source, target int
		at             string
	}
	times := map[key]int{}
	for _, p := range b.world.Projects {
		for _, page := range b.readLinks("/"+p.ID, "") {
			for _, v := range page.Values {
				if v.SourceProjectID != p.ID && v.TargetProjectID != p.ID {
					t.Fatalf("%+v has no end in %s", v, p.Name)
				}
				times[key{v.Rel, v.SourceID, v.TargetID, v.ChangedDate}]++
			}
		}
	}
	twice := 0
	for _, n := range times {
		if n > 2 {
			t.Fatal("a link came more than twice")
		}
		if n == 2 {
			twice++
		}
	}
	if twice == 0 {
		t.Error("no link leads from one project to another")
	}
}

func TestLinksAreFilteredByTheirType(t *testing.T) {
	b := serve(t, Options{})
	want := 0
	for _, l := range b.world.Links {
		if l.Kind == world.DependencyLink {
			want++
		}
	}
	n := 0
	for _, p := range b.readLinks("", "linkTypes=System.LinkTypes.Dependency") {
		n += len(p.Values)
	}
	if n != want || want == 0 {
		t.Errorf("%d dependencies, want %d", n, want)
	}
}

// TestTheNewestLinkPerChildIsItsParent rebuilds the hierarchy as a client must: the newest active row per
// child stands, because some re-parentings leave the old row active.
func TestTheNewestLinkPerChildIsItsParent(t *testing.T) {
	b := serve(t, Options{})
	parent, actives := map[int]int{}, map[int]map[int]bool{}
	for _, p := range b.readLinks("", "linkTypes=System.LinkTypes.Hierarchy") {
		for _, v := range p.Values {
			if actives[v.TargetID] == nil {
				actives[v.TargetID] = map[int]bool{}
			}
			actives[v.TargetID][v.SourceID] = v.IsActive
			if v.IsActive {
				parent[v.TargetID] = v.SourceID
			} else if parent[v.TargetID] == v.SourceID {
				delete(parent, v.TargetID)
			}
		}
	}
	both := 0
	for child := range actives {
		n := 0
		for _, on := range actives[child] {
			if on {
				n++
			}
		}
		if n > 1 {
			both++
		}
	}
	if both == 0 {
		t.Error("no child has two active parents")
	}
	for i := range b.world.Items {
		if b.world.Item(i+1) == nil {
			continue
		}
		if got, want := parent[i+1], int(b.world.Items[i].Parent); got != want {
			t.Fatalf("item %d: parent %d by the feed, %d in the world", i+1, got, want)
		}
	}
	if a := b.ask(http.MethodGet, "/_apis/wit/reporting/workitemlinks?continuationToken=1&startDateTime=2026-01-01", nil); a.status != http.StatusBadRequest {
		t.Errorf("token with date: %d", a.status)
	}
}
