package rest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/world"
)

// commitJSON is a commit as a client reads it.
type commitJSON struct {
	CommitID         string
	Author           struct{ Name, Email, Date string }
	Committer        struct{ Name, Email, Date string }
	Comment          string
	CommentTruncated bool
	ChangeCounts     map[string]int
	Parents          []string
}

type commitsJSON struct {
	Count int
	Value []commitJSON
}

func TestRepositoriesAreListedTheDisabledAndTheEmptyToo(t *testing.T) {
	b := serve(t, Options{})
	type row struct {
		ID, Name      string
		DefaultBranch *string
		Size          int64
		IsDisabled    bool
		Project       struct{ ID string }
	}
	var all struct {
		Count int
		Value []row
	}
	a := b.get("/_apis/git/repositories?api-version=7.1", &all)
	if all.Count != len(b.world.Repositories()) || all.Count != len(all.Value) {
		t.Errorf("%d repositories", all.Count)
	}
	if !strings.HasPrefix(string(a.body), `{"value":[`) || !strings.HasSuffix(string(a.body), fmt.Sprintf(`],"count":%d}`, all.Count)) || a.header.Get("Content-Length") != "" {
		t.Error("a list of Git streams its values before the count, without a length")
	}
	disabled, empty := row{}, row{}
	for _, r := range all.Value {
		if r.IsDisabled {
			disabled = r
		}
		if r.DefaultBranch == nil {
			empty = r
		}
	}
	if disabled.Name != "legacy-shop" || disabled.DefaultBranch == nil || empty.Name != "Lumen Labs" || empty.Size != 0 {
		t.Errorf("disabled %+v, empty %+v", disabled, empty)
	}
	for _, path := range []string{"/refs", "/commits", "/pushes", "/pullrequests", "/stats/branches", "/pushes/1", "/commits/0000000000000000000000000000000000000000"} {
		for _, id := range []string{disabled.ID, "11111111-1111-4111-8111-111111111111", "no-such-name"} {
			a := b.ask(http.MethodGet, "/"+disabled.Project.ID+"/_apis/git/repositories/"+id+path, nil)
			if e := a.error(t); a.status != http.StatusNotFound || !strings.HasPrefix(e.Message, "TF401019: ") || e.TypeKey != "GitRepositoryNotFoundException" {
				t.Errorf("%s of %s: %d %+v", path, id, a.status, e)
			}
		}
	}
	var one row
	if b.get("/_apis/git/repositories/"+disabled.ID, &one); !one.IsDisabled {
		t.Error("a disabled repository can be looked at")
	}
	for _, path := range []string{"/refs", "/commits", "/pushes", "/pullrequests?searchCriteria.status=all"} {
		var none struct {
			Count int
			Value []any
		}
		if b.get("/Lumen%20Labs/_apis/git/repositories/Lumen%20Labs"+path, &none); none.Count != 0 || none.Value == nil {
			t.Errorf("%s of the empty repository: %+v", path, none)
		}
	}
	a = b.ask(http.MethodGet, "/Lumen%20Labs/_apis/git/repositories/Lumen%20Labs/commits?searchCriteria.itemVersion.version=main", nil)
	if e := a.error(t); a.status != http.StatusNotFound || !strings.HasPrefix(e.Message, "TF401175") {
		t.Errorf("a branch the empty repository does not have: %d %+v", a.status, e)
	}
}

func TestRefsArePagedByTheRulesOfTheService(t *testing.T) {
	b := serve(t, Options{})
	r := storefront(b.world)
	type refs struct {
		Count int
		Value []struct{ Name, ObjectID string }
	}
	at := repositoryPath(r) + "/refs"
	var all refs
	if a := b.get(at, &all); all.Count != len(r.Refs) || a.header.Get("x-ms-continuationtoken") != "" {
		t.Errorf("%d of %d refs without $top", all.Count, len(r.Refs))
	}
	var names []string
	token := ""
	for range 100 {
		var page refs
		a := b.get(at+"?filter=heads/&$top=3&continuationToken="+url.QueryEscape(token), &page)
		for _, ref := range page.Value {
			names = append(names, ref.Name)
			if r.Commits[r.Ref(ref.Name).Head].ID.String() != ref.ObjectID {
				t.Errorf("%s stands elsewhere", ref.Name)
			}
		}
		if token = a.header.Get("x-ms-continuationtoken"); token == "" {
			break
		}
	}
	want := 0
	for _, ref := range r.Refs {
		if strings.HasPrefix(ref.Name, "refs/heads/") {
			want++
		}
	}
	if len(names) != want || !slices.IsSorted(names) || len(slices.Compact(names)) != want || want < 3 {
		t.Errorf("%d of %d branches in pages", len(names), want)
	}
	var stats struct {
		Value []struct {
			Name                    string
			AheadCount, BehindCount int
			IsBaseVersion           bool
			Commit                  struct{ CommitID string }
		}
	}
	b.get(repositoryPath(r)+"/stats/branches", &stats)
	if len(stats.Value) != want {
		t.Errorf("%d branches have statistics", len(stats.Value))
	}
	ahead := 0
	for _, s := range stats.Value {
		if s.IsBaseVersion != (s.Name == "main") || s.IsBaseVersion && s.AheadCount+s.BehindCount != 0 {
			t.Errorf("%+v", s)
		}
		if s.AheadCount > 0 {
			ahead++
		}
	}
	if ahead == 0 {
		t.Error("no branch is ahead of main")
	}
}

func TestCommitsAreFilteredByCommitterDateAndPagedByHundreds(t *testing.T) {
	b := serve(t, Options{})
	r := storefront(b.world)
	at := repositoryPath(r) + "/commits"
	ask := func(query string) commitsJSON {
		var got commitsJSON
		b.get(at+"?"+query, &got)
		return got
	}
	if got := ask(""); got.Count != 100 {
		t.Errorf("a page without $top holds %d", got.Count)
	}
	all := ask("searchCriteria.$top=5000")
	if all.Count != len(r.Commits) {
		t.Errorf("%d of %d commits without a version", all.Count, len(r.Commits))
	}
	main := ask("searchCriteria.itemVersion.version=main&searchCriteria.itemVersion.versionType=branch&searchCriteria.$top=5000")
	if want := len(r.Reachable(r.Ref(world.DefaultBranch).Head)); main.Count != want || main.Count >= all.Count {
		t.Errorf("%d commits of main, want %d", main.Count, want)
	}
	var paged []string
	for skip := 0; ; skip += 70 {
		page := ask(fmt.Sprintf("searchCriteria.itemVersion.version=main&searchCriteria.$top=70&searchCriteria.$skip=%d", skip))
		for _, m := range page.Value {
			paged = append(paged, m.CommitID)
		}
		if page.Count < 70 {
			break
		}
	}
	for i, m := range main.Value {
		if paged[i] != m.CommitID || i > 0 && m.Committer.Date > main.Value[i-1].Committer.Date {
			t.Fatalf("commit %d is out of order", i)
		}
	}
	// Both ends are included, and it is the committer who counts.
	from, to := main.Value[40].Committer.Date, main.Value[10].Committer.Date
	between := ask("searchCriteria.itemVersion.version=main&searchCriteria.fromDate=" + from + "&searchCriteria.toDate=" + to)
	want := 0
	for _, m := range main.Value {
		if m.Committer.Date >= from && m.Committer.Date <= to {
			want++
		}
	}
	if between.Count != want || between.Value[0].Committer.Date != to || between.Value[between.Count-1].Committer.Date != from {
		t.Errorf("%d commits between two, want %d", between.Count, want)
	}
	late := 0
	for _, m := range all.Value {
		if m.Author.Date != m.Committer.Date {
			late++
		}
		if len(m.ChangeCounts) != 3 || m.CommitID == "" || strings.Contains(m.Comment, "\n") {
			t.Fatalf("%+v", m)
		}
		if strings.HasPrefix(m.Comment, "Merged PR ") && !m.CommentTruncated {
			t.Error("the comment of a merge has more lines")
		}
	}
	if late == 0 {
		t.Error("no commit was worked over")
	}
	if got := ask("searchCriteria.ids=" + all.Value[3].CommitID + "," + all.Value[9].CommitID); got.Count != 2 {
		t.Errorf("%d commits by id", got.Count)
	}
	for _, m := range ask("searchCriteria.author=" + url.QueryEscape("Becker") + "&searchCriteria.$top=5000").Value {
		if !strings.Contains(strings.ToLower(m.Author.Name+m.Author.Email), "becker") {
			t.Errorf("%+v", m.Author)
		}
	}
	tag := r.Refs[len(r.Refs)-1]
	if got := ask("searchCriteria.itemVersion.versionType=tag&searchCriteria.itemVersion.version=" + strings.TrimPrefix(tag.Name, "refs/tags/") + "&$top=5000"); got.Count != len(r.Reachable(tag.Head)) {
		t.Errorf("%d commits of %s", got.Count, tag.Name)
	}
	var one commitJSON
	b.get(at+"/"+main.Value[0].CommitID, &one)
	if p := r.Commits[r.Ref(world.DefaultBranch).Head].Parents[0]; len(one.Parents) == 0 || one.Parents[0] != r.Commits[p].ID.String() {
		t.Errorf("parents %v", one.Parents)
	}
	if a := b.ask(http.MethodGet, at+"/"+strings.Repeat("0", 40), nil); a.status != http.StatusNotFound || a.error(t).TypeKey != "GitCommitDoesNotExistException" {
		t.Errorf("a commit that is not there: %d", a.status)
	}
}

func TestPushesTellEveryCommitOnceAndEveryMove(t *testing.T) {
	b := serve(t, Options{})
	r := storefront(b.world)
	type pushes struct {
		Count int
		Value []struct {
			PushID     int
			Date       time.Time
			PushedBy   struct{ ID string }
			RefUpdates []struct{ Name, OldObjectID, NewObjectID string }
		}
	}
	at := repositoryPath(r) + "/pushes"
	var first pushes
	if b.get(at, &first); first.Count != 100 || first.Value[0].RefUpdates != nil {
		t.Errorf("%d pushes on a page unasked", first.Count)
	}
	heads, commits, total := map[string]string{}, map[string]bool{}, 0
	var all pushes
	for skip := 0; ; skip += 500 {
		var page pushes
		b.get(fmt.Sprintf("%s?searchCriteria.includeRefUpdates=true&$top=500&$skip=%d", at, skip), &page)
		all.Value = append(all.Value, page.Value...)
		if page.Count < 500 {
			break
		}
	}
	for _, p := range slices.Backward(all.Value) {
		for _, u := range p.RefUpdates {
			if was, ok := heads[u.Name]; ok && was != u.OldObjectID || !ok && u.OldObjectID != strings.Repeat("0", 40) {
				t.Fatalf("push %d moves %s from %s, it stood at %s", p.PushID, u.Name, u.OldObjectID, was)
			}
			if heads[u.Name] = u.NewObjectID; u.NewObjectID == strings.Repeat("0", 40) {
				delete(heads, u.Name)
			}
		}
		if p.PushID%9 == 0 {
			var got commitsJSON
			b.get(fmt.Sprintf("%s/commits?pushId=%d", repositoryPath(r), p.PushID), &got)
			for _, m := range got.Value {
				if commits[m.CommitID] {
					t.Fatalf("commit %s came twice", m.CommitID)
				}
				commits[m.CommitID] = true
				if date, err := time.Parse(time.RFC3339, m.Committer.Date); err != nil || date.After(p.Date) {
					t.Fatalf("commit %s of %s was pushed %s", m.CommitID, m.Committer.Date, p.Date)
				}
			}
			total += got.Count
		}
	}
	if len(heads) != len(r.Refs) || total == 0 {
		t.Errorf("the pushes leave %d refs of %d; %d commits", len(heads), len(r.Refs), total)
	}
	// The digits of a date below a millisecond matter: asked from exactly then, the push is there.
	edge := all.Value[20]
	var since pushes
	b.get(at+"?searchCriteria.fromDate="+edge.Date.Format(time.RFC3339Nano), &since)
	if since.Count != 21 || since.Value[20].PushID != edge.PushID {
		t.Errorf("%d pushes since the 21st", since.Count)
	}
	b.get(at+"?searchCriteria.toDate="+edge.Date.Format(time.RFC3339Nano)+"&searchCriteria.pusherId="+edge.PushedBy.ID, &since)
	if since.Value[0].PushID != edge.PushID {
		t.Errorf("push %d before the 21st of one person", since.Value[0].PushID)
	}
	var main pushes
	b.get(at+"?searchCriteria.refName=refs/heads/main&searchCriteria.includeRefUpdates=true", &main)
	for _, p := range main.Value {
		if p.RefUpdates[0].Name != "refs/heads/main" {
			t.Errorf("push %d moves %s", p.PushID, p.RefUpdates[0].Name)
		}
	}
}
