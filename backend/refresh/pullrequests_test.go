package refresh_test

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
)

// everyYear refreshes source control without a window.
func everyYear(o *refresh.Options) {
	o.Selection = devops.Selection{HistoryMonths: -1, Contents: []devops.Content{devops.GitContent, devops.PullRequestsContent, devops.TFVCContent}}
	o.Clock = func() time.Time { return sourceToday.Add(time.Hour) }
}

// services are the kinds of servers that list pull requests differently.
var services = map[string]func(*testSource){
	"7.1":                         func(*testSource) {},
	"7.1 that ignores the filter": func(s *testSource) { s.noTimes = true },
	"Server 7.0":                  func(s *testSource) { s.version = "7.0" },
}

func TestACompletionMonthsLaterIsSeen(t *testing.T) {
	for name, change := range services {
		t.Run(name, func(t *testing.T) {
			s := newTestSource(t)
			change(s)
			web := s.repo("web")
			old := s.pull(1, web, day(2025, 6, 1))
			left := s.pull(2, web, day(2025, 6, 2))
			for id := 3; id < 200; id++ {
				s.pull(id, web, day(2025, 7, 1).Add(time.Duration(id)*time.Hour)).close(day(2025, 8, 1), "completed")
			}
			d := watch(t)
			if _, err := s.load(t, d, sourceToday); err != nil {
				t.Fatal(err)
			}
			d.forget()
			old.close(sourceToday.AddDate(0, 3, 0), "completed")
			left.close(sourceToday.AddDate(0, 3, 1), "abandoned")
			s.pull(200, web, sourceToday.AddDate(0, 3, 1)).close(sourceToday.AddDate(0, 3, 1).Add(time.Hour), "completed")
			s.pull(201, web, sourceToday.AddDate(0, 3, 1))
			if _, err := s.load(t, d, sourceToday.AddDate(0, 3, 2)); err != nil {
				t.Fatal(err)
			}
			got := d.pulls()
			if p := got[1]; p.Status != devops.CompletedPullRequest || !p.Closed.Equal(sourceToday.AddDate(0, 3, 0)) || p.ClosedBy.ID != bobID || p.MergeStatus != "succeeded" {
				t.Errorf("completed months later: %s", asText(p))
			}
			if p := got[2]; p.Status != devops.AbandonedPullRequest || p.Closed.IsZero() || p.ClosedBy != (devops.Person{}) || p.MergeStatus != "" {
				t.Errorf("abandoned without a word who and how: %s", asText(p))
			}
			if got[200].Status != devops.CompletedPullRequest || got[201].Status != devops.ActivePullRequest {
				t.Errorf("made since: %s, %s", asText(got[200]), asText(got[201]))
			}
			if active, err := d.ActivePullRequests(t.Context(), s.project.id); err != nil || len(active) != 1 || active[0].ID != 201 {
				t.Errorf("active here: %s, %v", asText(active), err)
			}
		})
	}
}

func TestEveryServiceGivesTheSamePullRequestsOfTheWindow(t *testing.T) {
	dumps := map[string]string{}
	for name, change := range services {
		s := newTestSource(t)
		change(s)
		s.cap = 101 // what comes when nobody asks for more
		web := s.repo("web")
		s.pull(1, web, day(2020, 1, 1)).close(day(2020, 1, 2), "completed") // before the window
		s.pull(2, web, day(2020, 1, 1)).close(day(2025, 1, 2), "abandoned") // closed in it
		s.pull(3, web, day(2020, 1, 1))                                     // still active
		for id := 4; id < 300; id++ {
			p := s.pull(id, web, day(2025, 1, 1).Add(time.Duration(id)*time.Hour))
			if id%50 != 0 {
				p.close(p.created.Add(30*time.Hour), "completed")
			}
		}
		d := openStore(t)
		if _, err := s.load(t, d, sourceToday, devops.PullRequestsContent); err != nil {
			t.Fatal(name, err)
		}
		held, _, err := d.Counts(t.Context(), s.project.id)
		if err != nil || held[devops.PullRequests] != 298 {
			t.Errorf("%s: %d pull requests of 298, %v", name, held[devops.PullRequests], err)
		}
		dumps[name] = dump(t, d)
	}
	for name, text := range dumps {
		if text != dumps["7.1"] {
			t.Errorf("%s: %s", name, firstDifference(text, dumps["7.1"]))
		}
	}
}

// votes are the threads of a pull request by Ann: her own remark, a vote of Bob's that he took back and cast
// again, in the three ways in which services name who voted, and a note of the service.
const votes = `{"id":1,"publishedDate":"2026-02-01T10:00:00.5Z","comments":[{"id":1,"author":{"id":"22157d54-1821-6536-a446-928b06348385","displayName":"Ann Ab"},"commentType":"text","publishedDate":"2026-02-01T10:00:00.5Z"}],"properties":null,"isDeleted":false},
{"id":2,"publishedDate":"2026-02-01T10:05:00Z","comments":[{"id":1,"author":{"id":"99999999-4320-4083-9150-925feb93fc22","displayName":"[C]\\Service","isContainer":true},"commentType":"system","publishedDate":"2026-02-01T10:05:00Z"}],"properties":{"CodeReviewThreadType":{"$type":"System.String","$value":"MergeAttempt"}}},
{"id":3,"publishedDate":"2026-02-01T11:00:00Z","comments":[{"id":1,"author":{"id":"99999999-4320-4083-9150-925feb93fc22","isContainer":true},"commentType":"system"}],"properties":{"CodeReviewThreadType":{"$type":"System.String","$value":"VoteUpdate"},"CodeReviewVotedByTfId":{"$value":"11111111182165 36a446928b06348385"},"CodeReviewVoteResult":{"$value":"-5"},"CodeReviewVotedByDisplayName":{"$value":"Bob"}}},
{"id":4,"publishedDate":"2026-02-01T12:00:00Z","comments":[{"id":1,"author":{"id":"11111111-1821-6536-a446-928b06348385","displayName":"Bob"},"commentType":"system"}],"properties":{"CodeReviewThreadType":{"$value":"VoteUpdate"},"CodeReviewVoteResult":{"$value":"0"}}},
{"id":5,"publishedDate":"2026-02-01T13:00:00Z","comments":[{"id":1,"author":{"id":"99999999-4320-4083-9150-925feb93fc22","isContainer":true},"commentType":"system"}],"properties":{"CodeReviewThreadType":{"$value":"VoteUpdate"},"CodeReviewVotedByIdentity":{"$value":"1"},"CodeReviewVoteResult":{"$value":"10"}},"identities":{"1":{"id":"11111111-1821-6536-a446-928b06348385","displayName":"Bob","uniqueName":"bob@contoso.com"}}},
{"id":6,"publishedDate":"2026-02-01T10:30:00Z","comments":[{"id":1,"author":{"id":"11111111-1821-6536-a446-928b06348385"},"commentType":"text","publishedDate":"2026-02-01T10:30:00Z"},{"id":2,"author":{"id":"22157d54-1821-6536-a446-928b06348385"},"commentType":1,"publishedDate":"2026-02-01T10:40:00Z"},{"id":3,"author":{"id":"22157d54-1821-6536-a446-928b06348385"},"commentType":"text","isDeleted":true}],"properties":{}},
{"id":7,"isDeleted":true,"publishedDate":"2026-02-01T10:01:00Z","comments":[{"id":1,"author":{"id":"11111111-1821-6536-a446-928b06348385"},"commentType":"text","publishedDate":"2026-02-01T10:01:00Z"}]},
{"id":8,"publishedDate":"2026-02-01T10:02:00Z","comments":[{"id":1,"author":{"id":"33333333-1821-6536-a446-928b06348385","displayName":"Build Service","descriptor":"svc.abc"},"commentType":"text","publishedDate":"2026-02-01T10:02:00Z"}]}`

func TestVotesHaveTheirTimesAndTheFirstReviewIsNotTheAuthors(t *testing.T) {
	s := newTestSource(t)
	p := s.pull(1, s.repo("web"), day(2026, 2, 1))
	p.threads = strings.Replace(votes, "182165 36", "18216536", 1)
	d := watch(t)
	if _, err := s.load(t, d, sourceToday, devops.PullRequestsContent); err != nil {
		t.Fatal(err)
	}
	reviews := came(d, func(b *devops.Batch) []devops.Review { return b.Reviews })
	if len(reviews) != 1 {
		t.Fatalf("%d reviews", len(reviews))
	}
	r := reviews[0]
	if r.Threads != 2 || r.Comments != 3 || !r.FirstReview.Equal(time.Date(2026, 2, 1, 10, 30, 0, 0, time.UTC)) || !r.Read.Equal(sourceToday) {
		t.Errorf("%s", asText(r))
	}
	if len(r.Votes) != 3 {
		t.Fatalf("votes %s", asText(r.Votes))
	}
	for i, want := range []int{-5, 0, 10} {
		v := r.Votes[i]
		if v.Vote != want || v.Person.ID != bobID || v.Person.Name != "Bob" || !v.At.Equal(time.Date(2026, 2, 1, 11+i, 0, 0, 0, time.UTC)) {
			t.Errorf("vote %d: %s", i, asText(v))
		}
	}
}

func TestThreadsAreReadOnceOnCloseOnceADayLaterAndDailyWhileActive(t *testing.T) {
	s := newTestSource(t)
	web := s.repo("web")
	closing := s.pull(1, web, day(2026, 2, 20))
	s.pull(2, web, day(2025, 1, 1)).close(day(2025, 1, 2), "completed")
	s.pull(3, s.repo("off"), day(2025, 1, 1)).close(day(2025, 1, 2), "completed")
	s.repos[1].disabled = true
	d := openStore(t)
	for _, step := range []struct {
		after time.Duration
		close bool
		want  int
		why   string
	}{
		{0, false, 2, "both that can be read, once"},
		{time.Hour, false, 0, "an active one is read daily"},
		{2 * time.Hour, true, 1, "it was closed"},
		{3 * time.Hour, false, 0, "it was read after it was closed"},
		{27 * time.Hour, false, 1, "a day later once more"},
		{28 * time.Hour, false, 0, "never again"},
		{80 * time.Hour, false, 0, "never again"},
	} {
		if step.close {
			closing.close(sourceToday.Add(step.after-time.Minute), "completed")
		}
		s.org.forget()
		if _, err := s.load(t, d, sourceToday.Add(step.after), devops.PullRequestsContent); err != nil {
			t.Fatal(err)
		}
		if n := s.org.asked("/threads"); n != step.want {
			t.Errorf("after %s: %d threads read, want %d: %s", step.after, n, step.want, step.why)
		}
	}
}

func TestThreadsThatMayNotBeReadAreAskedForOnceARepository(t *testing.T) {
	s := newTestSource(t)
	for i, name := range []string{"secret", "web"} {
		repo := s.repo(name)
		for id := range 30 {
			s.pull(100*i+id+1, repo, day(2025, 1, 1)).close(day(2025, 1, 2), "completed")
		}
	}
	s.org.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, s.repos[0].id) && strings.HasSuffix(r.URL.Path, "/threads") {
			s.org.refuse(w, 403, "GitNeedsPermissionException", "TF401027: You need the Git 'PullRequestContribute' permission to perform this action.")
			return true
		}
		return s.serve(w, r)
	}
	sum, err := s.load(t, openStore(t), sourceToday, devops.PullRequestsContent)
	if err != nil || sum.Counts[devops.Reviews] != 30 || len(sum.Skipped) != 1 || !strings.Contains(sum.Skipped[0].What, "in secret") {
		t.Errorf("%v, %+v, %v", sum.Counts, sum.Skipped, err)
	}
	// Those that were on their way at once may have been asked, too.
	if n := s.org.asked(s.repos[0].id + "/pullRequests/"); n > 4 {
		t.Errorf("the repository that refuses was asked %d times", n)
	}
}

func TestSourceControlStoppedAnywhereEndsWithTheSameRows(t *testing.T) {
	s := newTestSource(t)
	s.cap = 100
	for _, name := range []string{"web", "api"} {
		r := s.repo(name)
		r.line("main", day(2025, 1, 1), 220)
		r.push(day(2025, 12, 1), "topic", r.refs["refs/heads/main"])
		r.line("topic", day(2025, 12, 2), 3)
		for i := range 120 {
			r.push(day(2025, 12, 9).Add(time.Duration(i)*time.Hour), "topic", r.refs["refs/heads/topic"])
		}
	}
	for id := 1; id < 130; id++ {
		p := s.pull(id, s.repos[id%2], day(2025, 1, 1).Add(time.Duration(id)*time.Hour))
		if id%9 != 0 {
			p.close(p.created.Add(time.Hour), "completed")
		}
	}
	for id := 1; id < 110; id++ {
		s.changesets = append(s.changesets, &testChangeset{id: id, at: day(2025, 1, 1), files: [][2]string{{"$/P/a", "edit"}, {"$/P/b", "merge, edit"}}})
	}
	s.branches = `{"path":"$/P/main","createdDate":"2025-01-01T00:00:00Z"}`
	whole := openStore(t)
	if _, err := s.load(t, whole, sourceToday); err != nil {
		t.Fatal(err)
	}
	want := dump(t, whole)
	random := rand.New(rand.NewPCG(3, 3))
	for round := range 3 {
		d, stops := openStore(t), 0
		for {
			ctx, cancel := context.WithCancel(t.Context())
			left := random.IntN(80) + 12 + stops
			s.org.mu.Lock()
			s.org.before = func(w http.ResponseWriter, r *http.Request) bool {
				if left--; left == 0 {
					cancel()
				}
				return s.serve(w, r)
			}
			s.org.mu.Unlock()
			_, err := refresh.Run(ctx, refresh.Options{Client: s.org.client(t), Store: d, Patterns: everything, Clock: func() time.Time { return sourceToday },
				Selection: devops.Selection{Contents: []devops.Content{devops.GitContent, devops.PullRequestsContent, devops.TFVCContent}}})
			cancel()
			if err == nil {
				break
			}
			if !fault.Is(err, fault.Canceled) {
				t.Fatal(err)
			}
			stops++
		}
		if got := dump(t, d); got != want {
			t.Fatalf("round %d, after %d stops the rows differ: %s", round, stops, firstDifference(got, want))
		}
		t.Logf("round %d: %d stops", round, stops)
	}
}

// A broken discussion may cost all its attempts, so that a service which breaks many is not asked for all.
func TestOnlySoManyBrokenDiscussionsAndFilesAreAskedFor(t *testing.T) {
	s := newTestSource(t)
	web := s.repo("web")
	web.line("main", day(2025, 1, 1), 1)
	s.branches = `{"path":"$/Harbor/main"}`
	for i := range 60 {
		s.pulls = append(s.pulls, &testPull{id: i + 1, repo: web, created: day(2025, 2, 1), status: "active"})
		s.changesets = append(s.changesets, &testChangeset{id: i + 1, at: day(2025, 3, 1), files: [][2]string{{"$/Harbor/a", "add"}}})
	}
	var broken atomic.Int64
	s.org.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/threads") || strings.HasSuffix(r.URL.Path, "/changes") {
			broken.Add(1)
			s.org.refuse(w, 400, "X", "What is wrong with it?")
			return true
		}
		return s.serve(w, r)
	}
	d := openStore(t)
	sum, err := load(t, s.org, d, func(o *refresh.Options) {
		o.Client = hastyClient(t, s.org.server.URL, time.Minute)
		o.Selection.Contents = []devops.Content{devops.PullRequestsContent, devops.TFVCContent}
		o.Clock = func() time.Time { return sourceToday }
	})
	if !fault.Is(err, fault.Invalid) || len(sum.Parked) < 20 || len(sum.Parked) > 26 || broken.Load() > 26 {
		t.Errorf("%v, %d parked, %d requests", err, len(sum.Parked), broken.Load())
	}
	if sum.Counts[devops.PullRequests] != 60 || sum.Counts[devops.Changesets] != 60 || sum.Counts[devops.TFVCBranches] != 1 {
		t.Errorf("%v", sum.Counts)
	}
	s.org.before, s.branches = s.serve, ""
	if sum, err = s.load(t, d, sourceToday.AddDate(0, 0, 1), devops.PullRequestsContent, devops.TFVCContent); err != nil || sum.Counts[devops.ChangedFiles] != 60 {
		t.Errorf("mended: %v, %v", sum.Counts, err)
	}
	if _, gone, err := d.Counts(t.Context(), s.project.id); err != nil || gone[devops.TFVCBranches] != 0 {
		t.Errorf("an empty list marked branches: %v, %v", gone, err)
	}
}
