package sampleorg

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

var today = time.Date(2026, time.November, 20, 15, 4, 5, 0, time.UTC)

// start runs a small organization for one test.
func start(t testing.TB, o Options) *Server {
	t.Helper()
	o.Seed = 1
	if o.Today.IsZero() {
		o.Today = today
	}
	s, err := Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// get asks for a path below the organization with its personal access token and decodes the answer.
func get(t testing.TB, s *Server, path string, v any) *http.Response {
	t.Helper()
	a := s.Announcement()
	r, err := http.NewRequest(http.MethodGet, a.OrganizationURL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("", a.PersonalAccessToken)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if v != nil {
		if err := json.Unmarshal(body, v); err != nil {
			t.Fatalf("%s: %v in %.300s", path, err, body)
		}
	}
	return answer
}

func TestTheAnnouncedTokenReadsTheOrganizationAsTheMember(t *testing.T) {
	s := start(t, Options{})
	var who struct {
		AuthenticatedUser struct {
			ID         string `json:"id"`
			Properties struct {
				Account struct {
					Value string `json:"$value"`
				}
			}
		} `json:"authenticatedUser"`
	}
	answer := get(t, s, "/_apis/connectionData?api-version=7.1-preview.1", &who)
	member := s.World().Member()
	if who.AuthenticatedUser.ID != member.ID || who.AuthenticatedUser.Properties.Account.Value != member.UPN {
		t.Errorf("connectionData says %+v, the member is %s %s", who, member.ID, member.UPN)
	}
	if got, want := answer.Header.Get("X-VSS-UserData"), member.ID+":"+member.UPN; got != want {
		t.Errorf("X-VSS-UserData is %q, want %q", got, want)
	}
}

func TestTimeGoesOnWithTheSameHistory(t *testing.T) {
	s := start(t, Options{Today: today.AddDate(0, 0, -10)})
	type page struct {
		Values            []struct{ ID, Rev int }
		ContinuationToken string
		IsLastBatch       bool
	}
	read := func(token string) (all []struct{ ID, Rev int }, end string) {
		for {
			var p page
			get(t, s, "/_apis/wit/reporting/workitemrevisions?api-version=7.1&fields=System.Id&includeDeleted=true&continuationToken="+url.QueryEscape(token), &p)
			all, token = append(all, p.Values...), p.ContinuationToken
			if p.IsLastBatch {
				return all, token
			}
		}
	}
	before, token := read("")
	s.Advance(today)
	after, _ := read(token)
	if len(before) == 0 || len(after) == 0 || len(after) > len(before)/10 {
		t.Errorf("%d revisions, then %d more", len(before), len(after))
	}
	again := start(t, Options{Since: s.Since(), Today: today})
	if again.World().ID != s.World().ID {
		t.Error("the same beginning made another organization")
	}
}

func TestItStopsWithItsContextAndClosesTwice(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s, err := Start(ctx, Options{Seed: 1, Today: today, Since: today.AddDate(0, 0, -30)})
	if err != nil {
		t.Fatal(err)
	}
	address := s.Announcement().OrganizationURL
	cancel()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if res, err := http.Get(address); err == nil {
		res.Body.Close()
		t.Error("it still answers")
	}
}

func TestItListensOnThisComputerOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.org:0", "127.0.0.1"} {
		if s, err := Start(context.Background(), Options{Addr: addr, Today: today}); err == nil {
			_ = s.Close()
			t.Errorf("%s was accepted", addr)
		}
	}
}

func TestAPortThatIsTakenIsAnError(t *testing.T) {
	s := start(t, Options{})
	if other, err := Start(context.Background(), Options{Addr: s.listener.Addr().String(), Today: today}); err == nil {
		_ = other.Close()
		t.Error("two organizations listen on one port")
	}
}

func TestASecretKeepsTokensGoodOverARestart(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	first := start(t, Options{Secret: secret})
	second := start(t, Options{Secret: secret})
	second.token = first.token
	if res := get(t, second, "/_apis/projects", nil); res.StatusCode != http.StatusOK {
		t.Errorf("%d", res.StatusCode)
	}
	third := start(t, Options{})
	third.token = first.token
	if res := get(t, third, "/_apis/projects", nil); res.StatusCode == http.StatusOK {
		t.Error("another organization takes the token")
	}
}

func TestAnAnnouncementIsOneLineOfJSON(t *testing.T) {
	b, err := json.Marshal(start(t, Options{}).Announcement())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{`"organizationUrl":"http://127.0.0.1:`, `"authority":"`, `"clientId":"`, `"personalAccessToken":"`, `"people":[{"name":"`, `"userName":"`, `"password":"`, `"kind":"member"`, `"member":true`} {
		if !strings.Contains(string(b), name) {
			t.Errorf("no %s in %s", name, b)
		}
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		s, err := Start(context.Background(), Options{Seed: 1, Today: today})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
