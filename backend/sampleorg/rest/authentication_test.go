package rest

import (
	"net/http"
	"strings"
	"testing"
)

func TestWithoutACredentialTheServiceAsksOrRedirects(t *testing.T) {
	b := serve(t, Options{})
	for _, token := range []string{"", "Bearer expired", "Basic bm9uc2Vuc2U=", "Digest x"} {
		a := b.ask(http.MethodGet, "/_apis/projects", nil, "Authorization", token)
		if a.status != http.StatusUnauthorized || len(a.body) != 0 {
			t.Errorf("%q: %d with %d bytes", token, a.status, len(a.body))
		}
		challenges := strings.Join(a.header.Values("WWW-Authenticate"), "\n")
		for _, want := range []string{"Bearer authorization_uri=http://sign-in.example/identity/" + tenantID, `Basic realm="`, "TFS-Federated"} {
			if !strings.Contains(challenges, want) {
				t.Errorf("%q: no %s in %q", token, want, challenges)
			}
		}
		if a.header.Get("X-VSS-UserData") != "" {
			t.Errorf("%q: the answer names a user", token)
		}
		if !strings.Contains(a.header.Get("X-TFS-FedAuthRedirect"), "/_signin") {
			t.Errorf("%q: the suppressed redirect is not named", token)
		}
		a = b.ask(http.MethodGet, "/_apis/projects", nil, "Authorization", token, "X-TFS-FedAuthRedirect", "")
		if a.status != http.StatusFound || !strings.Contains(a.header.Get("Location"), "/_signin?realm=") {
			t.Errorf("%q without Suppress: %d to %s", token, a.status, a.header.Get("Location"))
		}
	}
}

func TestAClientThatFollowsTheRedirectEndsAtASignInPageWith203(t *testing.T) {
	b := serve(t, Options{})
	b.client.CheckRedirect = nil
	a := b.ask(http.MethodGet, "/_apis/projects", nil, "Authorization", "", "X-TFS-FedAuthRedirect", "")
	if a.status != http.StatusNonAuthoritativeInfo || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || !strings.Contains(string(a.body), "Azure DevOps Services | Sign In") {
		t.Errorf("%d %s: %.200s", a.status, a.header.Get("Content-Type"), a.body)
	}
}

func TestAStrangerIsRefusedByName(t *testing.T) {
	b := serve(t, Options{})
	a := b.ask(http.MethodGet, "/_apis/projects", nil, "Authorization", "Bearer stranger")
	e := a.error(t)
	if a.status != http.StatusUnauthorized || e.TypeKey != "UnauthorizedRequestException" {
		t.Fatalf("%d %+v", a.status, e)
	}
	if want := "TF400813: The user '" + tenantID + `\sofia@lumen.example' is not authorized to access this resource.`; e.Message != want {
		t.Errorf("%q, want %q", e.Message, want)
	}
	var list struct{ Count int }
	r, err := http.NewRequest(http.MethodGet, b.server.URL+"/_apis/accounts?memberId=x", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer stranger")
	b.decode(b.send(r), "accounts", &list)
	if list.Count != 0 {
		t.Error("a stranger has no organization")
	}
}

func TestAPersonalAccessTokenIsTheBasicPassword(t *testing.T) {
	b := serve(t, Options{})
	r, err := http.NewRequest(http.MethodGet, b.server.URL+"/sample/_apis/connectionData", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("", goodToken)
	if a := b.send(r); a.status != http.StatusOK {
		t.Errorf("%d", a.status)
	}
}

func TestAHeadTellsAStrangerTheDirectoryWith404(t *testing.T) {
	b := serve(t, Options{})
	for _, path := range []string{"", "/_apis"} {
		a := b.ask(http.MethodHead, path, nil, "Authorization", "")
		if a.status != http.StatusNotFound || a.header.Get("X-VSS-ResourceTenant") != tenantID {
			t.Errorf("%q: %d %q", path, a.status, a.header.Get("X-VSS-ResourceTenant"))
		}
	}
}

func TestAnUnknownOrganizationIsAPageWith404(t *testing.T) {
	b := serve(t, Options{})
	for _, path := range []string{"/other/_apis/projects", "/", "/other"} {
		r, err := http.NewRequest(http.MethodGet, b.server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+goodToken)
		if a := b.send(r); a.status != http.StatusNotFound || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || a.header.Get("X-VSS-UserData") != "" {
			t.Errorf("%s: %d %s", path, a.status, a.header.Get("Content-Type"))
		}
	}
}

func TestAServerHasTheMannersOfVersion70(t *testing.T) {
	b := serve(t, Options{Server: true})
	if e := b.ask(http.MethodGet, "/_apis/projects?api-version=7.1", nil).error(t); e.TypeKey != "VssVersionOutOfRangeException" || !strings.Contains(e.Message, "supports is 7.0") {
		t.Errorf("7.1: %+v", e)
	}
	b.get("/_apis/projects?api-version=7.0", nil)
	var areas struct {
		Count int
		Value []any
	}
	if b.get("/_apis/ResourceAreas?api-version=7.0-preview.1", &areas); areas.Count != 0 || areas.Value == nil {
		t.Errorf("resource areas: %+v", areas)
	}
	var data struct{ DeploymentType string }
	if b.get("/_apis/connectionData?api-version=7.0-preview.1", &data); data.DeploymentType != "onPremises" {
		t.Errorf("deploymentType %q", data.DeploymentType)
	}
	a := b.ask(http.MethodGet, "/_apis/projects", nil, "Authorization", "", "X-TFS-FedAuthRedirect", "")
	if got := strings.Join(a.header.Values("WWW-Authenticate"), ","); a.status != 401 || !strings.Contains(got, "NTLM") || strings.Contains(got, "authorization_uri") {
		t.Errorf("anonymous: %d %s", a.status, got)
	}
	if a := b.ask(http.MethodGet, "/_apis/profile/profiles/me", nil); a.status != http.StatusNotFound {
		t.Errorf("profile: %d", a.status)
	}
}
