package refresh_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 9, 0, 0, 0, time.UTC) }

func TestARepositoryLoadsWithBranchesPushesAndCommits(t *testing.T) {
	s := newTestSource(t)
	s.cap = 100 // of the 1,000 rows that are asked for
	web := s.repo("web")
	web.line("main", day(2025, 1, 1), 250)
	web.push(day(2025, 12, 1), "old", web.refs["refs/heads/main"])
	web.line("old", day(2025, 12, 2), 2)
	web.commits[web.refs["refs/heads/main"]].parents = append(web.commits[web.refs["refs/heads/main"]].parents, web.commit(day(2023, 1, 1))) // before the window
	d := watch(t)
	sum, err := s.load(t, d, sourceToday)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Counts[devops.Commits] != 252 || sum.Counts[devops.Pushes] != 3 || sum.Counts[devops.Repositories] != 1 {
		t.Errorf("counts %v", sum.Counts)
	}
	heads, err := d.BranchHeads(t.Context(), web.id)
	if err != nil || len(heads) != 2 || heads["refs/heads/main"] != web.refs["refs/heads/main"] || heads["refs/heads/old"] != web.refs["refs/heads/old"] {
		t.Errorf("heads %v, %v", heads, err)
	}
	c := d.commits()[0]
	if c.RepositoryID != web.id || c.Author.Name != "Ann" || c.Committer.Address != "bob@home" || c.Committer.At.Sub(c.Author.At) != time.Hour || *c.Adds != 0 || *c.Edits != 3 || *c.Deletes != 1 {
		t.Errorf("commit %s", asText(c))
	}
	p := came(d, func(b *devops.Batch) []devops.Push { return b.Pushes })
	if u := p[len(p)-1].Updates[0]; u.Old != "" || len(u.New) != 40 || p[0].By.ID != annID {
		t.Errorf("the first push %s", asText(p[len(p)-1]))
	}
	// Three pages of main that hold rows, and one that shows the end; one of old, whose own commits are new and
	// stand on a stretch of known ones.
	if n := s.org.asked("/commits?"); n != 3+1 {
		t.Errorf("%d pages of commits", n)
	}
}

func TestARefreshOfUnchangedSourceControlAsksLittle(t *testing.T) {
	s := newTestSource(t)
	s.repo("web").line("main", day(2025, 1, 1), 5)
	s.repo("api").line("main", day(2025, 1, 1), 5)
	s.repo("off").disabled = true
	s.pull(1, s.repos[0], day(2026, 2, 1)).close(day(2026, 2, 2), "completed")
	s.pull(2, s.repos[0], day(2026, 2, 3))
	s.changesets = []*testChangeset{{id: 3, at: day(2026, 1, 1), files: [][2]string{{"$/P/a", "add"}}}}
	d := watch(t)
	if _, err := s.load(t, d, sourceToday); err != nil {
		t.Fatal(err)
	}
	s.org.forget()
	d.forget()
	before := dump(t, d.Dataset)
	sum, err := s.load(t, d, sourceToday.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	// Git: the list and two enabled repositories. Pull requests: three lists. TFVC: one. Beside them come
	// ResourceAreas, connectionData and the projects.
	if git, pulls, tfvc := s.org.asked("/git/repositories"), s.org.asked("/git/pullrequests"), s.org.asked("/tfvc/"); git != 3 || pulls != 3 || tfvc != 1 || sum.Requests != 3+7 {
		t.Errorf("%d for Git, %d for pull requests, %d for TFVC of %d: %q", git, pulls, tfvc, sum.Requests, s.org.requests)
	}
	if len(sum.Changes) != 0 {
		t.Errorf("changes %v", sum.Changes)
	}
	if after := dump(t, d.Dataset); after != before {
		t.Errorf("the rows changed: %s", firstDifference(after, before))
	}
}

func TestDisabledAndEmptyRepositoriesAreNamedAndHarmless(t *testing.T) {
	s := newTestSource(t)
	s.repo("off").disabled = true
	s.repo("moving").maintained = true
	s.repo("new")
	s.repo("web").line("main", day(2025, 1, 1), 3)
	d := watch(t)
	said := ""
	sum, err := s.load(t, d, sourceToday)
	if err != nil {
		t.Fatal(err)
	}
	for _, skipped := range sum.Skipped {
		said += skipped.Project + ": " + skipped.What + ": " + skipped.Why + "\n"
	}
	if !strings.Contains(said, "Harbor & Co: the Git repository off: The repository off is disabled") || !strings.Contains(said, "moving is in maintenance") || strings.Contains(said, "repository new") {
		t.Errorf("skipped:\n%s", said)
	}
	if sum.Counts[devops.Commits] != 3 || sum.Counts[devops.Repositories] != 4 {
		t.Errorf("counts %v", sum.Counts)
	}
}

func TestARepositoryThatRefusesDoesNotStopTheOthers(t *testing.T) {
	s := newTestSource(t)
	secret := s.repo("secret")
	s.repo("broken").line("main", day(2025, 1, 1), 3)
	s.repo("web").line("main", day(2025, 1, 1), 3)
	s.org.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, secret.id+"/refs") {
			s.org.refuse(w, 403, "GitNeedsPermissionException", "TF401027: You need the Git 'GenericRead' permission to perform this action.")
			return true
		}
		if strings.Contains(r.URL.Path, s.repos[1].id+"/commits") {
			s.org.refuse(w, 400, "X", "nobody knows why")
			return true
		}
		return s.serve(w, r)
	}
	sum, err := s.load(t, openStore(t), sourceToday)
	if err == nil || sum.Counts[devops.Commits] != 3 || len(sum.Skipped) != 1 || len(sum.Parked) != 1 || sum.Parked[0].What != "the Git repository broken" {
		t.Errorf("%v, skipped %+v, parked %+v, %v", sum.Counts, sum.Skipped, sum.Parked, err)
	}
}

func TestARenamedRepositoryKeepsItsIdentityAndAVanishedOneItsRows(t *testing.T) {
	s := newTestSource(t)
	web, api := s.repo("web"), s.repo("api")
	web.line("main", day(2025, 1, 1), 3)
	api.line("main", day(2025, 1, 1), 2)
	d := watch(t)
	if _, err := s.load(t, d, sourceToday); err != nil {
		t.Fatal(err)
	}
	d.forget()
	web.name, api.unseen = "web-shop", true
	// A web server before the service knows no repository at all, which proves nothing.
	s.org.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/_apis/git/repositories/"+api.id) {
			http.NotFound(w, r)
			return true
		}
		return s.serve(w, r)
	}
	if _, err := s.load(t, d, sourceToday.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if stored, _ := d.Repositories(t.Context(), s.project.id); stored[0].Gone || stored[1].Gone {
		t.Errorf("gone because of a web server: %+v", stored)
	}
	s.org.before = s.serve
	s.org.forget()
	if _, err := s.load(t, d, sourceToday.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	stored, err := d.Repositories(t.Context(), s.project.id)
	if err != nil || len(stored) != 2 {
		t.Fatalf("%v, %v", stored, err)
	}
	for _, r := range stored {
		if r.ID == web.id && (r.Name != "web-shop" || r.Gone) || r.ID == api.id && (!r.Gone || r.Name != "api") {
			t.Errorf("%+v", r)
		}
	}
	if len(d.commits()) != 0 || s.org.asked("/_apis/git/repositories/"+api.id) != 1 {
		t.Errorf("%d commits came again; the vanished one was asked for %d times", len(d.commits()), s.org.asked("/_apis/git/repositories/"+api.id))
	}
	api.unseen = false
	if _, err := s.load(t, d, sourceToday.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if stored, _ := d.Repositories(t.Context(), s.project.id); stored[0].Gone || stored[1].Gone {
		t.Errorf("it came back as %+v", stored)
	}
}

func TestALatePushOfOldCommitsIsSeen(t *testing.T) {
	s := newTestSource(t)
	s.cap = 100
	web := s.repo("web")
	web.line("main", day(2025, 6, 1), 200)
	d := watch(t)
	if _, err := s.load(t, d, sourceToday); err != nil {
		t.Fatal(err)
	}
	d.forget()
	// Three commits of last spring, kept on a laptop until today, and a merge of theirs that hides them far
	// below the newest commits of main.
	old := ""
	for i := range 3 {
		old = web.commit(day(2025, 4, 1+i), old)
	}
	web.push(sourceToday, "laptop", old)
	web.push(sourceToday, "main", web.commit(sourceToday, web.refs["refs/heads/main"], old))
	if _, err := s.load(t, d, sourceToday.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n := len(d.commits()); n != 4 {
		t.Errorf("%d of 4 commits came", n)
	}
	// Without a branch of their own: the merge alone, a week after main was last read to its end.
	d.forget()
	old = web.commit(day(2025, 4, 9), web.commit(day(2025, 4, 8)))
	web.push(sourceToday.AddDate(0, 0, 9), "main", web.commit(sourceToday.AddDate(0, 0, 9), web.refs["refs/heads/main"], old))
	if _, err := s.load(t, d, sourceToday.AddDate(0, 0, 10)); err != nil {
		t.Fatal(err)
	}
	if n := len(d.commits()); n != 3 {
		t.Errorf("%d of 3 commits came", n)
	}
}

func TestAForcePushBringsTheNewLineAndKeepsTheOld(t *testing.T) {
	s := newTestSource(t)
	web := s.repo("web")
	web.line("main", day(2025, 6, 1), 5)
	d := watch(t)
	if _, err := s.load(t, d, sourceToday); err != nil {
		t.Fatal(err)
	}
	d.forget()
	tip := web.commits[web.refs["refs/heads/main"]]
	web.push(sourceToday, "main", web.commit(sourceToday, tip.parents[0]))
	sum, err := s.load(t, d, sourceToday.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	heads, _ := d.BranchHeads(t.Context(), web.id)
	if len(d.commits()) != 1 || heads["refs/heads/main"] != web.refs["refs/heads/main"] || sum.Changes[devops.Commits].Deleted != 0 {
		t.Errorf("%d commits, heads %v, changes %v", len(d.commits()), heads, sum.Changes)
	}
	if known, err := d.KnownCommits(t.Context(), web.id, []string{tip.id}); err != nil || !known[tip.id] {
		t.Errorf("what was pushed over is gone: %v", err)
	}
	// And back again: known, so nobody asks.
	s.org.forget()
	web.push(sourceToday.Add(2*time.Hour), "main", tip.id)
	if _, err := s.load(t, d, sourceToday.Add(3*time.Hour)); err != nil || s.org.asked("/commits?") != 0 || s.org.asked("/pushes?") != 1 {
		t.Errorf("%v: %d pages of commits, %d of pushes", err, s.org.asked("/commits?"), s.org.asked("/pushes?"))
	}
	if heads, _ := d.BranchHeads(t.Context(), web.id); heads["refs/heads/main"] != tip.id {
		t.Errorf("heads %v", heads)
	}
}

// A server that ignores $skip would be asked for ever.
func TestListsThatGiveTheSamePageForEverAreParked(t *testing.T) {
	s := newTestSource(t)
	web := s.repo("web")
	for i := range 120 {
		web.line("main", day(2025, 1, 1+i), 1)
		s.pulls = append(s.pulls, &testPull{id: i + 1, repo: web, created: day(2025, 2, 1), status: "active"})
	}
	s.org.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/pushes") || strings.HasSuffix(strings.ToLower(r.URL.Path), "/pullrequests") {
			q := r.URL.Query()
			q.Del("$skip")
			r.URL.RawQuery = q.Encode()
		}
		return s.serve(w, r)
	}
	d := openStore(t)
	for at := range 2 {
		sum, err := s.load(t, d, sourceToday.Add(time.Duration(at)*time.Hour), devops.GitContent, devops.PullRequestsContent)
		if !fault.Is(err, fault.BadAnswer) || len(sum.Parked) != 2 {
			t.Errorf("%v, parked %+v", err, sum.Parked)
		}
	}
	if n := s.org.asked("/pushes"); n > 6 {
		t.Errorf("%d requests for pushes", n)
	}
}

func TestADeletedBranchIsGoneAndANewOneFromOldCommitsCostsNothing(t *testing.T) {
	s := newTestSource(t)
	web := s.repo("web")
	web.line("main", day(2025, 6, 1), 5)
	web.push(day(2025, 6, 7), "topic", web.refs["refs/heads/main"])
	web.line("topic", day(2025, 6, 8), 2)
	d := watch(t)
	if _, err := s.load(t, d, sourceToday); err != nil {
		t.Fatal(err)
	}
	s.org.forget()
	web.push(sourceToday, "topic", "")
	web.push(sourceToday, "release", web.commits[web.refs["refs/heads/main"]].parents[0])
	if _, err := s.load(t, d, sourceToday.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	heads, _ := d.BranchHeads(t.Context(), web.id)
	if _, there := heads["refs/heads/topic"]; there || len(heads) != 2 || s.org.asked("/commits?") != 0 {
		t.Errorf("heads %v after %d pages of commits", heads, s.org.asked("/commits?"))
	}
	// All at once is no proof while the repository still names its default branch.
	web.refs = map[string]string{}
	if _, err := s.load(t, d, sourceToday.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if heads, _ := d.BranchHeads(t.Context(), web.id); len(heads) != 2 {
		t.Errorf("heads %v", heads)
	}
}

func TestARepositoryWithoutADefaultBranchLoads(t *testing.T) {
	s := newTestSource(t)
	web := s.repo("web")
	web.line("develop", day(2025, 6, 1), 5)
	web.push(day(2025, 6, 7), "next", web.refs["refs/heads/develop"])
	web.line("next", day(2025, 6, 8), 2)
	d := watch(t)
	if _, err := s.load(t, d, sourceToday); err != nil || len(d.commits()) != 7 {
		t.Errorf("%d commits, %v", len(d.commits()), err)
	}
}

func TestAWiderWindowReadsWhatTheNarrowOneLeftOut(t *testing.T) {
	s := newTestSource(t)
	web := s.repo("web")
	web.line("main", day(2022, 1, 1), 50)
	web.line("main", day(2025, 1, 1), 20)
	s.pull(1, web, day(2022, 2, 1)).close(day(2022, 2, 2), "completed")
	s.pull(2, web, day(2025, 2, 1)).close(day(2025, 2, 2), "completed")
	s.changesets = []*testChangeset{{id: 3, at: day(2022, 1, 1)}, {id: 4, at: day(2025, 1, 1)}}
	d := openStore(t)
	if sum, err := s.load(t, d, sourceToday); err != nil || sum.Changes[devops.Commits].Added != 20 || sum.Changes[devops.PullRequests].Added != 1 || sum.Changes[devops.Changesets].Added != 1 {
		t.Fatalf("%v, %v", sum.Changes, err)
	}
	sum, err := load(t, s.org, d, everyYear)
	if err != nil || sum.Changes[devops.Commits].Added != 50 || sum.Changes[devops.PullRequests].Added != 1 || sum.Changes[devops.Changesets].Added != 1 || sum.Changes[devops.Pushes].Added != 1 {
		t.Errorf("%v, %v", sum.Changes, err)
	}
	whole := openStore(t)
	if _, err := load(t, s.org, whole, everyYear); err != nil {
		t.Fatal(err)
	}
	if got, want := dump(t, d), dump(t, whole); got != want {
		t.Error(firstDifference(got, want))
	}
}
