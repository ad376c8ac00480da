package sampleorg

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
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
