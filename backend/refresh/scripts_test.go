package refresh_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg"
)

// hurried is a client whose waits pass at once by its own clock. It gives up on an answer that is silent for a
// while; 0 is as long as any client waits.
func hurried(t *testing.T, s *sampleorg.Server, credential azdo.Credential, silence ...time.Duration) *refresh.Client {
	t.Helper()
	var ahead atomic.Int64
	clock := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	sleep := func(ctx context.Context, d time.Duration) error {
		until := clock().Add(d)
		for missing := until.Sub(clock()); missing > 0; missing = until.Sub(clock()) {
			ahead.Add(int64(missing))
		}
		return ctx.Err()
	}
	c, err := azdo.New(azdo.Options{BaseURL: s.Announcement().OrganizationURL, Credential: credential, Clock: clock, Sleep: sleep, Budget: azdo.NewBudget(6, clock, sleep), IdleTimeout: append(silence, 0)[0]})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// scripted is the project over which scripts are played: a small one that has everything but TFVC and releases.
const scripted = "Tooling"

// shortLife is an organization with a history of some weeks and small pages.
func shortLife(t *testing.T) *sampleorg.Server {
	t.Helper()
	return startSample(t, func(o *sampleorg.Options) {
		o.Since, o.PageSize, o.BuildPage = sampleToday.AddDate(0, 0, -80), 100, 3
	})
}

// playRefresh refreshes once and compares nothing.
func playRefresh(t *testing.T, s *sampleorg.Server, d refresh.Store, c *refresh.Client, change ...func(*refresh.Options)) (refresh.Summary, error) {
	t.Helper()
	o := refresh.Options{Client: c, Store: d, Patterns: patterns(t, scripted), Patience: time.Hour, Selection: devops.Selection{HistoryMonths: 3}, Clock: func() time.Time { return time.UnixMilli(s.World().Now) }}
	for _, f := range change {
		f(&o)
	}
	return refresh.Run(t.Context(), o)
}

// renewable is a credential that can be renewed once.
type renewable struct {
	mu    sync.Mutex
	token string
	next  string
	times int
}

func (r *renewable) Authorize(_ context.Context, q *http.Request) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	q.SetBasicAuth("", r.token)
	return nil
}

func (r *renewable) Renew(context.Context, *http.Request) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.token != r.next {
		r.times++
	}
	r.token = r.next
	return nil
}

func TestEveryScriptThatPassesEndsWithTheSameRows(t *testing.T) {
	s := shortLife(t)
	token := accessToken(s.Announcement().PersonalAccessToken)
	whole := openStore(t)
	sum, err := playRefresh(t, s, whole, hurried(t, s, token))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []devops.Entity{devops.Revisions, devops.Commits, devops.PullRequests, devops.Builds, devops.Timelines, devops.TestRuns} {
		if sum.Counts[e] == 0 {
			t.Errorf("the project has no %s: %v", e, sum.Counts)
		}
	}
	if n := sum.Counts[devops.Builds]; n <= 2*3 {
		t.Errorf("%d builds are no three pages", n)
	}
	want := dump(t, whole)
	for i, script := range sampleorg.Scripts() {
		if script.Outcome != "passes" || script.Name == sampleorg.ServerScript || raceEnabled && i%3 != 0 {
			continue
		}
		t.Run(script.Name, func(t *testing.T) {
			if err := s.Play(script.Name); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.Play() }() // no names are good names
			var credential azdo.Credential = token
			var person *renewable
			if script.Name == "expired-token" {
				person = &renewable{token: string(token), next: otherToken(t, s)}
				credential = person
			}
			silence := time.Duration(0)
			if script.Name == "stalled-body" {
				silence = time.Second
			}
			d := openStore(t)
			sum, err := playRefresh(t, s, d, hurried(t, s, credential, silence))
			if err != nil || len(sum.Parked) > 0 {
				t.Fatalf("%v, parked %v", err, sum.Parked)
			}
			if got := dump(t, d); got != want {
				t.Error(firstDifference(got, want))
			}
			if person != nil && person.times != 1 {
				t.Errorf("renewed %d times", person.times)
			}
		})
	}
}

// otherToken is another access token of the same person.
func otherToken(t *testing.T, s *sampleorg.Server) string {
	t.Helper()
	for _, p := range s.Provider().People() {
		if p.UPN == s.World().Member().UPN {
			other, err := s.Provider().MintPersonalAccessToken(p)
			if err != nil {
				t.Fatal(err)
			}
			return other
		}
	}
	t.Fatal("the member is unknown")
	return ""
}

func TestScriptsThatRefuseEndTheRefreshWithTheirOwnSentence(t *testing.T) {
	s := shortLife(t)
	token := accessToken(s.Announcement().PersonalAccessToken)
	codes := map[string]fault.Code{"stopped-organization": fault.Stopped, "sign-in-page": fault.NotSignedIn, "not-authorized": fault.NotMember, "conditional-access": fault.ConditionalAccess,
		"not-materialized": fault.NotMaterialized, "somebody-else": fault.IdentityChanged, "anonymous": fault.Anonymous}
	messages := map[string]bool{}
	for _, script := range sampleorg.Scripts() {
		if script.Outcome != "refused" || script.Name == "disabled-repository" || script.Name == "oauth-policy-off" { // these do not concern an access token's whole load
			continue
		}
		if err := s.Play(script.Name); err != nil {
			t.Fatal(err)
		}
		d := openStore(t)
		_, err := playRefresh(t, s, d, hurried(t, s, token))
		if !fault.Is(err, codes[script.Name]) {
			t.Errorf("%s: %v (%s)", script.Name, err, fault.CodeOf(err))
			continue
		}
		r := fault.ReportOf(err)
		if messages[r.Message] || r.Message == "" || r.Hint == "" {
			t.Errorf("%s: %+v", script.Name, r)
		}
		messages[r.Message] = true
		if rows := strings.Count(dump(t, d), "\nrevision "); rows != 0 {
			t.Errorf("%s: %d revisions were stored", script.Name, rows)
		}
	}
}

func TestADisabledRepositoryOfAScriptIsNamedAndTheRestIsLoaded(t *testing.T) {
	s := shortLife(t)
	if err := s.Play("disabled-repository"); err != nil {
		t.Fatal(err)
	}
	sum, err := playRefresh(t, s, openStore(t), hurried(t, s, accessToken(s.Announcement().PersonalAccessToken)))
	if err != nil || len(sum.Skipped) == 0 || sum.Counts[devops.Commits] == 0 {
		t.Fatalf("%v, skipped %v, %v", err, sum.Skipped, sum.Counts)
	}
	named := false
	for _, r := range s.World().RepositoriesOf(s.World().Project(scripted)) {
		named = named || strings.Contains(fmt.Sprintf("%+v", sum.Skipped), r.Name)
	}
	if !named {
		t.Errorf("%+v", sum.Skipped)
	}
}

func TestScriptsThatChangeTheOrganizationAreSeenAndNothingIsLost(t *testing.T) {
	s := shortLife(t)
	token := accessToken(s.Announcement().PersonalAccessToken)
	d := openStore(t)
	whole := func(o *refresh.Options) { o.Patterns = patterns(t, scripted, "Lumen Data"); o.Reread = true }
	if _, err := playRefresh(t, s, d, hurried(t, s, token), whole); err != nil {
		t.Fatal(err)
	}
	before := dump(t, d)
	project := s.World().Project(scripted)
	held := map[string]int{}
	for _, what := range []string{"\nbuild ", "\ncommit ", "\npull_request "} {
		held[what] = strings.Count(before, what)
	}
	if err := s.Play("lost-permission", "renamed-project", "destroyed-items", "retention"); err != nil {
		t.Fatal(err)
	}
	sum, err := playRefresh(t, s, d, hurried(t, s, token), func(o *refresh.Options) {
		o.Patterns, o.Reread = patterns(t, "Developer Tools", "Lumen Data"), true
		o.Clock = func() time.Time { return time.UnixMilli(s.World().Now).AddDate(0, 0, 2) } // what is looked for once a day is due
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(sum.Gone, []string{"Lumen Data"}) || !slices.Equal(sum.Projects, []string{"Developer Tools"}) {
		t.Errorf("gone %v, refreshed %v", sum.Gone, sum.Projects)
	}
	if sum.Counts[devops.Destroyed] == 0 {
		t.Errorf("%v", sum.Counts)
	}
	after := dump(t, d)
	for what, n := range held {
		if now := strings.Count(after, what); now < n {
			t.Errorf("%d lines of %q, %d before", now, what, n)
		}
	}
	stored, err := d.Projects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range stored {
		if p.ID == project.ID && p.Name != "Developer Tools" || p.Name == "Lumen Data" && !p.Gone {
			t.Errorf("%+v", p)
		}
	}
	_, gone, err := d.Counts(t.Context(), project.ID)
	if err != nil || gone[devops.Builds] == 0 {
		t.Errorf("%v gone, %v", gone, err)
	}
}
