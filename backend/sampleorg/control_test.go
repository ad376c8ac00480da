package sampleorg

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"sightline/backend/devops"
	"sightline/backend/sampleorg/world"
)

// control posts to the controls; header pairs name and value.
func control(t *testing.T, s *Server, what, body string, header ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.Announcement().OrganizationURL+"/_sample/"+what, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.Announcement().ControlToken)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

func TestTheControlsAskForTheirTokenAndTakeNoPageOfABrowser(t *testing.T) {
	s := start(t, Options{})
	for name, header := range map[string][]string{
		"no token": {"Authorization", ""}, "another": {"Authorization", "Bearer " + s.Announcement().PersonalAccessToken}, "a page": {"Origin", "http://evil.example"},
	} {
		if status, _ := control(t, s, "advance", `{"days":1}`, header...); status != http.StatusForbidden {
			t.Errorf("%s: %d", name, status)
		}
	}
	for what, body := range map[string]string{"advance": `{"days":0}`, "faults": `{"names":["nonsense"]}`} {
		if status, text := control(t, s, what, body); status != http.StatusBadRequest || text == "" {
			t.Errorf("%s %s: %d %s", what, body, status, text)
		}
	}
	if status, text := control(t, s, "advance", `{"days":`); status != http.StatusBadRequest {
		t.Errorf("%d %s", status, text)
	}
	if status, _ := control(t, s, "else", `{}`); status != http.StatusNotFound {
		t.Errorf("%d", status)
	}
	if s.World().Now != today.UnixMilli() {
		t.Error("time went on")
	}
}

func TestDaysOfLifeShowWhatHappens(t *testing.T) {
	s := start(t, Options{})
	before := s.World()
	status, text := control(t, s, "advance", `{"days":5}`)
	var lived Lived
	if err := json.Unmarshal([]byte(text), &lived); err != nil || status != http.StatusOK || !lived.Now.Equal(today.AddDate(0, 0, 5)) {
		t.Fatalf("%d %s %v", status, text, err)
	}
	after := s.World()
	var deleted, ended, queued, completed int
	for _, p := range before.Projects {
		for _, b := range before.Builds(p) {
			switch now := after.Build(b.ID); {
			case now == nil:
				deleted++
			case before.Finished(b) == 0 && after.Finished(now) != 0:
				ended++
			}
		}
	}
	for _, p := range after.Projects {
		for _, b := range after.Builds(p) {
			if before.Build(b.ID) == nil {
				queued++
			}
		}
	}
	if deleted == 0 || ended == 0 || queued == 0 || len(after.Destroyed) < len(before.Destroyed)+3 || len(after.Order) <= len(before.Order) {
		t.Errorf("in five days %d builds deleted, %d ended, %d queued, %d items destroyed", deleted, ended, queued, len(after.Destroyed)-len(before.Destroyed))
	}
	if p := after.Project("Developer Tools"); p == nil || before.Project("Tooling") == nil || p.ID != before.Project("Tooling").ID {
		t.Error("no project got another name")
	}
	if _, text := control(t, s, "advance", `{"days":25}`); !strings.Contains(text, "2026-12-20") {
		t.Error(text)
	}
	for _, q := range before.PullRequests() {
		if q.Status == devops.ActivePullRequest && s.World().PullRequest(q.ID).Status == devops.CompletedPullRequest {
			completed++
		}
	}
	if destroyed := len(s.World().Destroyed) - len(before.Destroyed); destroyed == 0 || completed == 0 {
		t.Errorf("in thirty days %d items were destroyed and %d open pull requests completed", destroyed, completed)
	}
}

func TestScriptsThatChangeTheOrganization(t *testing.T) {
	s := start(t, Options{})
	before := s.World()
	if status, text := control(t, s, "faults", `{"names":["renamed-project","destroyed-items","retention","lost-permission"]}`); status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	w := s.World()
	if w.Project("Developer Tools") == nil || len(w.Destroyed) < len(before.Destroyed)+10 {
		t.Errorf("%d destroyed, %d before", len(w.Destroyed), len(before.Destroyed))
	}
	builds := func(w *world.World) (n int) {
		for _, p := range w.Projects {
			n += len(w.Builds(p))
		}
		return n
	}
	if n := builds(w); n == 0 || n > builds(before)/4 {
		t.Errorf("%d builds of %d", n, builds(before))
	}
	if status, body := asMember(t, s, "/_apis/projects?api-version=7.1"); status != 200 || strings.Contains(body, "Lumen Data") || !strings.Contains(body, "Developer Tools") {
		t.Errorf("%d %s", status, body)
	}
	if status, text := control(t, s, "faults", `{"names":[]}`); status != http.StatusOK || text != "{\"names\":[]}\n" {
		t.Errorf("%d %s", status, text)
	}
	if _, body := asMember(t, s, "/_apis/projects?api-version=7.1"); !strings.Contains(body, "Lumen Data") || builds(s.World()) != builds(before) {
		t.Error("permissions and retention are not what they were")
	}
	// What was decided stays decided.
	s.Advance(today.AddDate(0, 0, 1))
	if s.World().Project("Developer Tools") == nil {
		t.Error("the project has its old name again")
	}
}

func TestAServerIsPlayedFromTheStartOnly(t *testing.T) {
	s := start(t, Options{Scripts: []string{"server-7.0"}})
	if status, body := asMember(t, s, "/_apis/projects?api-version=7.1"); status != http.StatusBadRequest || !strings.Contains(body, "out of range") {
		t.Errorf("%d %s", status, body)
	}
	if err := s.Play("bom"); err != nil {
		t.Error(err)
	}
	other := start(t, Options{})
	if err := other.Play("server-7.0"); err == nil {
		t.Error("played while serving")
	}
	if _, err := Start(t.Context(), Options{Scripts: []string{"nonsense"}, Today: today}); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("%v", err)
	}
}

func TestEveryScriptSaysWhatItDoes(t *testing.T) {
	outcomes := map[string]int{}
	names := map[string]bool{}
	for _, s := range Scripts() {
		if names[s.Name] || len(s.Says) < 20 || !strings.HasSuffix(s.Says, ".") {
			t.Errorf("%+v", s)
		}
		names[s.Name] = true
		outcomes[s.Outcome]++
	}
	for _, name := range strings.Fields(`throttle slow-down cut-body truncated-json reset five-hundreds stalled-body wrong-content-type bom stopped-organization sign-in-page expired-token not-authorized
		conditional-access not-materialized somebody-else anonymous disabled-repository lost-permission renamed-project destroyed-items short-and-empty-pages replayed-pages token-repeats missing-members
		extra-members odd-dates retention oauth-policy-off server-7.0`) {
		if !names[name] {
			t.Errorf("there is no %s", name)
		}
	}
	if outcomes["passes"] == 0 || outcomes["refused"] == 0 || outcomes["changes"] == 0 || outcomes["sign-in"] == 0 || len(outcomes) != 4 {
		t.Errorf("%v", outcomes)
	}
}

// asMember gets something of the organization as the person whose token is announced.
func asMember(t *testing.T, s *Server, path string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.Announcement().OrganizationURL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("", s.Announcement().PersonalAccessToken)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}
