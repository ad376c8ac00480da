package rest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/sampleorg/world"
)

type requestJSON struct {
	PullRequestID            int
	Status                   string
	CreationDate             time.Time
	ClosedDate               *time.Time
	Description, MergeStatus string
	IsDraft                  bool
	Repository               struct {
		ID      string
		Project struct{ State, Visibility, LastUpdateTime string }
	}
	LastMergeCommit *struct{ CommitID string }
	ClosedBy        *struct{ ID string }
	Reviewers       []struct {
		ID          string
		Vote        int
		IsContainer bool
		VotedFor    []struct{ ID string }
	}
}

type requestsJSON struct {
	Count int
	Value []requestJSON
}

func TestPullRequestsAreListedAHundredAndOneAtATime(t *testing.T) {
	b := serve(t, Options{})
	p := b.world.Project("Lumen Web")
	at := "/" + p.ID + "/_apis/git/pullrequests?api-version=7.1"
	ask := func(query string) requestsJSON {
		var got requestsJSON
		b.get(at+query, &got)
		return got
	}
	count := map[devops.PullRequestStatus]int{}
	total := 0
	for _, q := range b.world.PullRequests() {
		if q.Repository.Project == p {
			count[q.Status]++
			total++
		}
	}
	if total <= requestsPage {
		t.Fatalf("only %d pull requests", total)
	}
	for query, want := range map[string]int{
		"": count[devops.ActivePullRequest], "&searchCriteria.status=all": requestsPage, "&searchCriteria.status=4&$top=1000": total, "&searchCriteria.status=4&$top=5000": total, "&searchCriteria.status=all&$top=1000&$skip=20": total - 20,
		"&searchCriteria.status=abandoned": count[devops.AbandonedPullRequest], "&searchCriteria.status=2": count[devops.AbandonedPullRequest], "&searchCriteria.status=3&$top=1000": count[devops.CompletedPullRequest], "&searchCriteria.status=1": count[devops.ActivePullRequest],
	} {
		got := ask(query)
		if got.Count != want || len(got.Value) != want {
			t.Errorf("%s: %d, want %d", query, got.Count, want)
		}
		for i, q := range got.Value {
			if i > 0 && q.PullRequestID >= got.Value[i-1].PullRequestID {
				t.Fatalf("%s: not the newest first", query)
			}
		}
	}
	if a := b.ask(http.MethodGet, at+"&searchCriteria.status=nonsense", nil); a.status != http.StatusBadRequest {
		t.Errorf("a status that is none: %d", a.status)
	}
	cutShort := 0
	for _, q := range ask("&searchCriteria.status=all&$top=1000").Value {
		shadow := q.Repository.Project
		if shadow.State != "unchanged" || shadow.Visibility != "unchanged" || shadow.LastUpdateTime != "0001-01-01T00:00:00" {
			t.Fatalf("the project in a list: %+v", shadow)
		}
		if n := len([]rune(q.Description)); n > 400 {
			t.Fatalf("a description of %d letters in a list", n)
		} else if n == 400 {
			cutShort++
		}
		if q.Status == "abandoned" && (q.MergeStatus != "" || q.LastMergeCommit != nil) || (q.ClosedDate == nil) != (q.Status == "active") {
			t.Fatalf("%+v", q)
		}
	}
	if cutShort == 0 {
		t.Error("no description is longer than lists show")
	}
}

func TestPullRequestsCanBeAskedByDateSince71Only(t *testing.T) {
	edge := request(t, smallWorld(), "was closed and is neither new nor old", func(q *world.PullRequest) bool {
		return q.Closed != 0 && q.Repository.Project.Name == "Lumen Web" && smallWorld().Now-q.Closed > 60*86_400_000
	})
	count := func(in func(*world.PullRequest) bool) int {
		n := 0
		for _, q := range smallWorld().PullRequests() {
			if q.Repository.Project == edge.Repository.Project && in(q) {
				n++
			}
		}
		return n
	}
	all := count(func(*world.PullRequest) bool { return true })
	closed := count(func(q *world.PullRequest) bool { return q.Closed >= edge.Closed })
	created := count(func(q *world.PullRequest) bool { return q.Created >= edge.Created })
	closedSince := "&searchCriteria.queryTimeRangeType=closed&searchCriteria.minTime=" + fineTime(edge.Closed, -edge.ID)
	for _, c := range []struct {
		name, version, query string
		server               bool
		want                 int
	}{
		{"closed since", "7.1", closedSince, false, closed},
		{"closed since, by number", "7.1", "&searchCriteria.queryTimeRangeType=2&searchCriteria.minTime=" + fineTime(edge.Closed, -edge.ID), false, closed},
		{"closed before", "7.1", "&searchCriteria.queryTimeRangeType=closed&searchCriteria.maxTime=" + fineTime(edge.Closed-1, 0), false, count(func(q *world.PullRequest) bool { return q.Closed != 0 && q.Closed < edge.Closed })},
		{"created since, which is the default", "7.1", "&searchCriteria.minTime=" + fineTime(edge.Created, edge.ID), false, created},
		{"an older version takes no notice", "7.0", closedSince, false, all},
		{"nor does a Server", "7.0", closedSince, true, all},
	} {
		b := serve(t, Options{Server: c.server})
		var got requestsJSON
		b.get("/Lumen%20Web/_apis/git/pullrequests?searchCriteria.status=all&$top=1000&api-version="+c.version+c.query, &got)
		if got.Count != c.want {
			t.Errorf("%s: %d, want %d", c.name, got.Count, c.want)
		}
	}
	if closed == 0 || closed >= all || created >= all {
		t.Fatalf("%d closed and %d created of %d", closed, created, all)
	}
}

func TestOnePullRequestIsWholeWhereverItIsAskedFor(t *testing.T) {
	b := serve(t, Options{})
	q := request(t, b.world, "was completed and has a long text", func(q *world.PullRequest) bool {
		return q.Status == devops.CompletedPullRequest && len(q.Description()) > 400 && len(q.Iterations) > 1 && q.Squashed
	})
	number := strconv.Itoa(q.ID)
	for _, path := range []string{"/_apis/git/pullrequests/" + number, "/" + q.Repository.Project.ID + "/_apis/git/pullrequests/" + number, requestPath(q)} {
		var got requestJSON
		b.get(path, &got)
		if got.PullRequestID != q.ID || got.Description != q.Description() || got.ClosedBy == nil || got.LastMergeCommit == nil || got.LastMergeCommit.CommitID != q.Repository.Commits[q.MergeCommit].ID.String() || got.Repository.Project.State != "wellFormed" {
			t.Errorf("%s: %+v", path, got)
		}
	}
	other := b.world.RepositoriesOf(b.world.Project("Tooling"))[0]
	for _, path := range []string{"/_apis/git/pullrequests/999999", "/Tooling/_apis/git/pullrequests/" + number, repositoryPath(other) + "/pullRequests/" + number} {
		if a := b.ask(http.MethodGet, path, nil); a.status != http.StatusNotFound || a.error(t).TypeKey != "GitPullRequestNotFoundException" {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	var iterations, items, commits struct {
		Count int
		Value []struct {
			ID              any
			CommitID        string
			SourceRefCommit struct{ CommitID string }
		}
	}
	b.get(requestPath(q)+"/iterations", &iterations)
	if iterations.Count != len(q.Iterations) || iterations.Value[iterations.Count-1].SourceRefCommit.CommitID != q.Repository.Commits[q.SourceCommit].ID.String() {
		t.Errorf("%+v", iterations)
	}
	b.get(requestPath(q)+"/workitems", &items)
	if items.Count != 1 || items.Value[0].ID != strconv.Itoa(int(q.Item)) {
		t.Errorf("%+v", items)
	}
	var paged []string
	token := ""
	for range 50 {
		a := b.get(requestPath(q)+"/commits?$top=1&continuationToken="+token, &commits)
		for _, m := range commits.Value {
			paged = append(paged, m.CommitID)
		}
		if token = a.header.Get("x-ms-continuationtoken"); token == "" {
			break
		}
	}
	if len(paged) < 2 || len(paged) != len(q.Work()) || paged[0] != q.Repository.Commits[q.SourceCommit].ID.String() {
		t.Errorf("commits %v", paged)
	}
}

type threadJSON struct {
	ID            int
	PublishedDate time.Time
	Status        string
	IsDeleted     bool
	Properties    map[string]struct {
		Value any `json:"$value"`
	}
	Identities map[string]struct{ ID string }
	Comments   []struct {
		ID, ParentCommentID  int
		Author               struct{ ID string }
		Content, CommentType string
		IsDeleted            bool
	}
}

// TestThreadsTellWhoVotedWhen reads the votes back from the threads, in the old form and the new, and compares
// the last of each person with the vote that stands.
func TestThreadsTellWhoVotedWhen(t *testing.T) {
	b := serve(t, Options{})
	kinds, forms := map[string]int{}, map[string]int{}
	deleted := 0
	for _, q := range b.world.PullRequests() {
		if q.ID%3 != 0 || q.Repository.IsDisabled() {
			continue
		}
		var got struct {
			Count int
			Value []threadJSON
		}
		b.get(requestPath(q)+"/threads", &got)
		last := map[string]int{}
		for i, th := range got.Value {
			if i > 0 && th.ID <= got.Value[i-1].ID {
				t.Fatalf("thread %d follows %d", th.ID, got.Value[i-1].ID)
			}
			kind, _ := th.Properties["CodeReviewThreadType"].Value.(string)
			kinds[kind]++
			if th.IsDeleted {
				deleted++
				if !th.Comments[0].IsDeleted || th.Comments[0].Content != "" {
					t.Errorf("a deleted comment still says %q", th.Comments[0].Content)
				}
			}
			if kind != "VoteUpdate" {
				continue
			}
			vote, err := strconv.Atoi(th.Properties["CodeReviewVoteResult"].Value.(string))
			if err != nil || th.Comments[0].CommentType != "system" {
				t.Fatalf("%+v", th)
			}
			if key, ok := th.Properties["CodeReviewVotedByIdentity"].Value.(string); ok {
				forms["new"]++
				last[th.Identities[key].ID] = vote
				if th.Comments[0].Author.ID != th.Identities[key].ID {
					t.Error("the voter is the author of the note")
				}
			} else {
				forms["old"]++
				last[th.Properties["CodeReviewVotedByTfId"].Value.(string)] = vote
			}
		}
		var one requestJSON
		b.get(requestPath(q), &one)
		for _, r := range one.Reviewers {
			if !r.IsContainer && last[r.ID] != r.Vote {
				t.Errorf("pull request %d: %s voted %d, the reviewer's vote is %d", q.ID, r.ID, last[r.ID], r.Vote)
			}
			if r.Vote != 0 && !r.IsContainer && len(r.VotedFor) == 0 && slices.ContainsFunc(q.Reviewers, func(rv world.Reviewer) bool { return rv.Team != nil }) {
				t.Errorf("pull request %d: a vote for the team is not told", q.ID)
			}
		}
	}
	for _, kind := range []string{"", "VoteUpdate", "ReviewersUpdate", "MergeAttempt", "RefUpdate", "StatusUpdate"} {
		if kinds[kind] == 0 {
			t.Errorf("no thread of type %q", kind)
		}
	}
	if forms["old"] == 0 || forms["new"] == 0 || deleted == 0 {
		t.Errorf("%v, %d deleted", forms, deleted)
	}
}

func TestHiddenProjectsHideTheirCodeToo(t *testing.T) {
	b := serve(t, Options{})
	hidden := map[string]bool{"Lumen Web": true, "Fleet Ops": true}
	q := request(t, b.world, "of a hidden project", func(q *world.PullRequest) bool { return hidden[q.Repository.Project.Name] })
	b.h.Hide("Lumen Web", "Fleet Ops")
	var list struct{ Value []json.RawMessage }
	repositories := 0
	for _, r := range b.world.Repositories() {
		if !hidden[r.Project.Name] {
			repositories++
		}
	}
	if b.get("/_apis/git/repositories", &list); len(list.Value) != repositories {
		t.Errorf("%d repositories are listed, want %d", len(list.Value), repositories)
	}
	var requests requestsJSON
	b.get("/_apis/git/pullrequests?searchCriteria.status=all&$top=1000&api-version=7.1", &requests)
	for _, got := range requests.Value {
		if hidden[b.world.PullRequest(got.PullRequestID).Repository.Project.Name] {
			t.Fatalf("pull request %d is listed", got.PullRequestID)
		}
	}
	if b.get("/_apis/tfvc/changesets", &list); len(list.Value) != 0 {
		t.Errorf("%d changesets are listed", len(list.Value))
	}
	if b.get("/_apis/tfvc/branches?includeDeleted=true", &list); len(list.Value) != 0 {
		t.Errorf("%d TFVC branches are listed", len(list.Value))
	}
	for _, path := range []string{"/_apis/git/repositories/" + q.Repository.ID, "/_apis/git/repositories/" + q.Repository.ID + "/commits", fmt.Sprintf("/_apis/git/pullrequests/%d", q.ID), requestPath(q) + "/threads", "/_apis/tfvc/changesets/5", "/_apis/tfvc/changesets/5/changes",
		"/_apis/tfvc/branches/$/Fleet%20Ops/Main", "/_apis/tfvc/items?scopePath=$/Fleet%20Ops/Main"} {
		if a := b.ask(http.MethodGet, path, nil); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}
