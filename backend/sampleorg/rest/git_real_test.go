package rest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sightline/backend/devops"
	"sightline/backend/sampleorg/world"
)

// request finds a pull request that fits, the latest first.
func request(t *testing.T, w *world.World, what string, fits func(*world.PullRequest) bool) *world.PullRequest {
	t.Helper()
	for _, q := range slices.Backward(w.PullRequests()) {
		if fits(q) {
			return q
		}
	}
	t.Fatalf("no pull request %s", what)
	return nil
}

func repositoryPath(r *world.Repository) string {
	return "/" + r.Project.ID + "/_apis/git/repositories/" + r.ID
}

func requestPath(q *world.PullRequest) string {
	return repositoryPath(q.Repository) + "/pullRequests/" + strconv.Itoa(q.ID)
}

// storefront is a repository with everything in it.
func storefront(w *world.World) *world.Repository {
	return w.RepositoriesOf(w.Project("Lumen Web"))[0]
}

func TestGitAnswersHaveTheFormOfRecordedOnes(t *testing.T) {
	dir := shared(t, "recordings")
	if dir == "" {
		return
	}
	b := serve(t, Options{})
	r := storefront(b.world)
	active := request(t, b.world, "stands", func(q *world.PullRequest) bool {
		return q.Status == devops.ActivePullRequest && q.Repository.Project == r.Project && !q.Conflicts && len(q.Reviewers) > 0
	})
	for _, c := range []struct{ fits, ours string }{
		{"*/_apis/git/repositories", "/Lumen%20Web/_apis/git/repositories"},
		{"*/_apis/git/repositories/*/refs", repositoryPath(r) + "/refs"},
		{"*/refs?filter=heads%2Fbranch*", repositoryPath(r) + "/refs?filter=heads%2Fmain"},
		{"*/_apis/git/repositories/*/pullRequests?searchCriteria*", repositoryPath(r) + "/pullRequests?searchCriteria.includeLinks=False"},
		{"*/pullRequests/57?includeCommits*", requestPath(active) + "?includeCommits=false&includeWorkItemRefs=true"},
		{"*/pullRequests/57/reviewers", requestPath(active) + "/reviewers"},
		{"_apis/git/pullRequests/57", fmt.Sprintf("/_apis/git/pullRequests/%d", active.ID)},
	} {
		real := recorded(t, dir, http.MethodGet, c.fits)
		if len(real) == 0 {
			t.Errorf("no recording fits %s", c.fits)
			continue
		}
		var form shape
		for _, rec := range real {
			v, err := parse([]byte(rec.Response.Body))
			if err != nil {
				t.Fatal(err)
			}
			form.learn(v)
		}
		a := b.ask(http.MethodGet, c.ours, nil)
		v, err := parse(a.body)
		if err != nil || a.status != http.StatusOK {
			t.Errorf("%s: %d %v %.200s", c.ours, a.status, err, a.body)
			continue
		}
		for _, wrong := range form.check(v, "$", nil) {
			t.Errorf("%s, after %d recordings: %s", c.ours, len(real), wrong)
		}
		first := strings.TrimPrefix(real[0].Response.Body, byteOrderMark)[:8]
		if first == `{"value"` != strings.HasPrefix(string(a.body), `{"value"`) {
			t.Errorf("%s begins with %.12s, recorded %s", c.ours, a.body, first)
		}
	}
}

// TestSourceAnswersHaveTheFormOfPublishedExamples names, with its reason, where an old example differs.
func TestSourceAnswersHaveTheFormOfPublishedExamples(t *testing.T) {
	dir := shared(t, "examples")
	if dir == "" {
		return
	}
	b := serve(t, Options{})
	r := storefront(b.world)
	at := repositoryPath(r)
	done := request(t, b.world, "was completed", func(q *world.PullRequest) bool {
		return q.Status == devops.CompletedPullRequest && q.Repository == r && len(q.Reviewers) > 0
	})
	merge := r.Commits[done.MergeCommit]
	push := r.Pushes[merge.Push]
	changeset := b.world.Changesets()[40]
	old := request(t, b.world, "has the old notes", func(q *world.PullRequest) bool { return q.Created < b.world.DayStart(60) && len(q.Threads) > 4 })
	git, tfvc := "git/", "tfvc/"
	for _, c := range []struct {
		example, ours string
		except        []string
	}{
		{git + "repositories/GET__git_repositories.json", "/_apis/git/repositories", nil},
		{git + "repositories/GET__git_repositories__repositoryId_.json", at, nil},
		{git + "refs/GET__git_repositories__repositoryId__refs.json", at + "/refs", nil},
		{git + "refs/GET__git_repositories__repositoryId__refs_heads.json", at + "/refs?filter=heads/", nil},
		{git + "commits/GET__git_repositories__repositoryId__commits.json", at + "/commits", nil},
		{git + "commits/GET__git_repositories__repositoryId__commits_branch.json", at + "/commits?searchCriteria.itemVersion.version=main", nil},
		{git + "commits/GET__git_repositories__repositoryId__commits_author-_author_.json", at + "/commits?searchCriteria.author=Sato", nil},
		{git + "commits/GET__git_repositories__repositoryId__commits__commitId_.json", at + "/commits/" + merge.ID.String(), nil},
		{git + "commits/GET__git_repositories__repositoryId__commits__commitId__changeCount-10.json", at + "/commits/" + merge.ID.String() + "?changeCount=10", nil},
		// The example is of a version that linked every row of a list.
		{git + "commits/GET__git_repositories__repositoryId__pushes__pushId__commits.json", fmt.Sprintf("%s/pushes/%d/commits", at, push.ID), []string{"_links is missing"}},
		{git + "pushes/GET__git_repositories__repositoryId__pushes.json", at + "/pushes", nil},
		{git + "pushes/GET__git_repositories__repositoryId__pushes__pushId_.json", fmt.Sprintf("%s/pushes/%d", at, push.ID), nil},
		{git + "pushes/GET__git_repositories__repositoryId__pushes_refName-_refName__includeRefUpdates-true.json", at + "/pushes?searchCriteria.refName=refs/heads/main&searchCriteria.includeRefUpdates=true", nil},
		{git + "pullRequests/GET__git_pullRequests.json", "/Lumen%20Web/_apis/git/pullrequests", nil},
		{git + "pullRequests/GET__git_repositories__repositoryId__pullRequests.json", at + "/pullrequests", nil},
		{git + "pullRequests/GET__git_repositories__repositoryId__pullRequests_status-completed.json", at + "/pullrequests?searchCriteria.status=completed", nil},
		{git + "pullRequests/GET__git_repositories__repositoryId__pullRequests__pullRequestId_.json", requestPath(done), nil},
		{git + "pullRequestThreads/GET__git_repositories__repositoryId__pullRequests__pullRequestId__threads.json", requestPath(old) + "/threads", nil},
		{tfvc + "changesets/GET__tfvc_changesets.json", "/Fleet%20Ops/_apis/tfvc/changesets", nil},
		{tfvc + "changesets/GET__tfvc_changesets__orderBy-_order_.json", "/Fleet%20Ops/_apis/tfvc/changesets?$orderby=id%20asc", nil},
		{tfvc + "changesets/GET__tfvc_changesets_maxCommentLength-_commentLength_.json", "/Fleet%20Ops/_apis/tfvc/changesets?maxCommentLength=10", nil},
		{tfvc + "changesets/GET__tfvc_changesets__id_.json", fmt.Sprintf("/_apis/tfvc/changesets/%d", changeset.ID), nil},
		{tfvc + "changesets/GET__tfvc_changesets__id__maxChangeCount.json", fmt.Sprintf("/_apis/tfvc/changesets/%d?maxChangeCount=100", changeset.ID), nil},
		{tfvc + "changesets/GET__tfvc_changesets__id__includeDetails-true.json", fmt.Sprintf("/_apis/tfvc/changesets/%d?includeDetails=true", changeset.ID), nil},
		{tfvc + "changesets/GET__tfvc_changesets__id__includeWorkItems-true.json", fmt.Sprintf("/_apis/tfvc/changesets/%d?includeWorkItems=true", changeset.ID), nil},
		{tfvc + "branches/GET__tfvc_branches.json", "/Fleet%20Ops/_apis/tfvc/branches", nil},
		{tfvc + "branches/GET__tfvc_branches_includeChildren-true.json", "/Fleet%20Ops/_apis/tfvc/branches?includeChildren=true", nil},
		{tfvc + "branches/GET__tfvc_branches_includeDeleted-true.json", "/Fleet%20Ops/_apis/tfvc/branches?includeDeleted=true", nil},
		{tfvc + "branches/GET__tfvc_branchRefs.json", "/_apis/tfvc/branches?scopePath=$/", nil},
		{tfvc + "branches/GET__tfvc_branches__path__includeParent-true.json", "/_apis/tfvc/branches/$/Fleet%20Ops/Dev?includeParent=true", nil},
	} {
		form := published(t, filepath.Join(dir, c.example))
		a := b.ask(http.MethodGet, c.ours, nil)
		v, err := parse(a.body)
		if err != nil || a.status != http.StatusOK {
			t.Errorf("%s: %d %v %.200s", c.ours, a.status, err, a.body)
			continue
		}
		for _, wrong := range form.check(v, "$", nil) {
			if !slices.ContainsFunc(c.except, func(e string) bool { return strings.Contains(wrong, e) }) {
				t.Errorf("%s: %s", c.ours, wrong)
			}
		}
	}
}

// published is the form of an example's answer.
func published(t *testing.T, file string) *shape {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var example struct {
		Responses map[string]struct{ Body any }
	}
	if err := json.Unmarshal(raw, &example); err != nil {
		t.Fatal(err)
	}
	var form shape
	form.learn(example.Responses["200"].Body)
	return &form
}
