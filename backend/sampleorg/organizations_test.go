package sampleorg

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"sightline/backend/sampleorg/identity"
)

const zero = "00000000-0000-0000-0000-000000000000"

// named finds an organization of the announcement.
func named(t *testing.T, s *Server, name string) Organization {
	t.Helper()
	for _, o := range s.Announcement().Organizations {
		if o.Name == name {
			return o
		}
	}
	t.Fatalf("there is no %s", name)
	return Organization{}
}

// ask requests a path of an organization; the credential is "Bearer …", "PAT …", or nothing.
func ask(t *testing.T, o Organization, method, path, credential string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequest(method, o.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-TFS-FedAuthRedirect", "Suppress")
	if pat, ok := strings.CutPrefix(credential, "PAT "); ok {
		r.SetBasicAuth("", pat)
	} else if credential != "" {
		r.Header.Set("Authorization", credential)
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
	return res.StatusCode, res.Header, string(b)
}

const projectsPath, connectionPath = "/_apis/projects?api-version=7.1", "/_apis/connectionData?api-version=7.1-preview.1"

func TestEveryOrganizationSaysWhereToSignInAndTakesItsToken(t *testing.T) {
	s := start(t, Options{})
	a := s.Announcement()
	if len(a.Organizations) != 4 || a.Organizations[0].URL != a.OrganizationURL || a.Organizations[0].PersonalAccessToken != a.PersonalAccessToken {
		t.Fatalf("%+v", a.Organizations)
	}
	seen := map[string]string{}
	for _, o := range a.Organizations {
		status, header, _ := ask(t, o, http.MethodHead, "", "")
		if status != http.StatusNotFound || header.Get("X-VSS-ResourceTenant") != o.Tenant || header.Get("WWW-Authenticate") != "Bearer authorization_uri="+o.Authority+"/"+o.Tenant || o.Directory == "" {
			t.Errorf("%s: %d %v", o.Name, status, header)
		}
		status, header, body := ask(t, o, http.MethodGet, projectsPath, "PAT "+o.PersonalAccessToken)
		id, upn, _ := strings.Cut(header.Get("X-VSS-UserData"), ":")
		if status != http.StatusOK || upn != o.Member || seen[id] != "" || strings.Contains(body, `"count":0`) {
			t.Errorf("%s: %d %q %.100s", o.Name, status, header.Get("X-VSS-UserData"), body)
		}
		seen[id] = o.Name
	}
}

func TestAPersonOfTwoDirectoriesIsTwoIdentitiesAndAStrangerElsewhere(t *testing.T) {
	s := start(t, Options{})
	lumen, quayside := named(t, s, "sample"), named(t, s, "quayside")
	const priya = "priya.nair@quayside.example"
	guest, home := "Bearer "+signIn(t, s, priya, identity.LumenTenantID), "Bearer "+signIn(t, s, priya, identity.QuaysideTenantID)
	mira := "Bearer " + signIn(t, s, "mira.okafor@lumen.example", identity.LumenTenantID)
	_, asGuest, _ := ask(t, lumen, http.MethodGet, projectsPath, guest)
	status, atHome, body := ask(t, quayside, http.MethodGet, projectsPath, home)
	if status != http.StatusOK || !strings.Contains(body, "Harbour Board") || strings.Contains(body, "Lumen") {
		t.Errorf("%d %s", status, body)
	}
	if a, b := asGuest.Get("X-VSS-UserData"), atHome.Get("X-VSS-UserData"); a == "" || b == "" || a == b {
		t.Errorf("guest %q, at home %q", a, b)
	}
	for who, token := range map[string]string{identity.LumenTenantID + `\\` + priya: guest, identity.LumenTenantID + `\\mira.okafor@lumen.example`: mira} {
		if status, _, body := ask(t, quayside, http.MethodGet, projectsPath, token); status != http.StatusUnauthorized || !strings.Contains(body, "TF400813: The user '"+who+"'") {
			t.Errorf("%s: %d %s", who, status, body)
		}
	}
}

func TestAnOrganizationOfPersonalAccountsTakesATokenAndNoDirectory(t *testing.T) {
	s := start(t, Options{})
	o := named(t, s, "fischer")
	if o.Tenant != zero {
		t.Errorf("the directory is %s", o.Tenant)
	}
	status, _, body := ask(t, o, http.MethodGet, connectionPath, "PAT "+o.PersonalAccessToken)
	if status != http.StatusOK || !strings.Contains(body, `ClaimsIdentity;Windows Live ID\\jo.fischer@personal.example`) {
		t.Errorf("%d %s", status, body)
	}
	if status, _, _ := ask(t, o, http.MethodGet, projectsPath, "Bearer "+signIn(t, s, "mira.okafor@lumen.example", identity.LumenTenantID)); status != http.StatusUnauthorized {
		t.Errorf("a work account: %d", status)
	}
	// And at the sample the personal account is refused by that name.
	if status, _, body := ask(t, named(t, s, "sample"), http.MethodGet, projectsPath, "PAT "+o.PersonalAccessToken); status != http.StatusUnauthorized || !strings.Contains(body, `The user 'Windows Live ID\\jo.fischer@personal.example'`) {
		t.Errorf("%d %s", status, body)
	}
}

func TestAnOrganizationWithAPublicProjectAnswersNobody(t *testing.T) {
	s := start(t, Options{})
	o := named(t, s, "opencharts")
	for name, credential := range map[string]string{"nothing": "", "garbage": "Bearer garbage", "a bad token": "PAT " + strings.Repeat("x", 84)} {
		status, header, body := ask(t, o, http.MethodGet, projectsPath, credential)
		if status != http.StatusOK || header.Get("X-VSS-UserData") != "" || !strings.Contains(body, `"name":"Charts"`) || strings.Contains(body, "Security Reports") {
			t.Errorf("%s: %d %q %s", name, status, header.Get("X-VSS-UserData"), body)
		}
		if _, _, body := ask(t, o, http.MethodGet, connectionPath, credential); !strings.Contains(body, `"descriptor":"System:PublicAccess;aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"`) || !strings.Contains(body, `"providerDisplayName":"Anonymous"`) {
			t.Errorf("%s: %s", name, body)
		}
		if status, _, _ := ask(t, o, http.MethodGet, "/Security%20Reports/_apis/wit/workitemtypes?api-version=7.1", credential); status != http.StatusNotFound {
			t.Errorf("%s: the private project answers %d", name, status)
		}
	}
	// A person who is known, but no member, is themselves and sees no more.
	status, header, body := ask(t, o, http.MethodGet, projectsPath, "Bearer "+signIn(t, s, "sofia.lindqvist@lumen.example", identity.LumenTenantID))
	if status != http.StatusOK || !strings.HasSuffix(header.Get("X-VSS-UserData"), ":sofia.lindqvist@lumen.example") || strings.Contains(body, "Security Reports") {
		t.Errorf("%d %v %s", status, header, body)
	}
	if _, _, body := ask(t, o, http.MethodGet, projectsPath, "PAT "+o.PersonalAccessToken); !strings.Contains(body, "Security Reports") {
		t.Errorf("the member sees %s", body)
	}
}

func TestAnOrganizationMovesToAnotherDirectory(t *testing.T) {
	s := start(t, Options{})
	o := named(t, s, "sample")
	const priya = "priya.nair@quayside.example"
	before, home := "Bearer "+signIn(t, s, "mira.okafor@lumen.example", identity.LumenTenantID), "Bearer "+signIn(t, s, priya, identity.QuaysideTenantID)
	if status, text := control(t, s, "faults", `{"names":["moved-tenant"]}`); status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	if _, header, _ := ask(t, o, http.MethodHead, "", ""); header.Get("X-VSS-ResourceTenant") != identity.QuaysideTenantID {
		t.Errorf("%v", header)
	}
	status, header, body := ask(t, o, http.MethodGet, projectsPath, before)
	if status != http.StatusUnauthorized || !strings.Contains(body, "TF400813") || !strings.Contains(header.Get("WWW-Authenticate"), identity.QuaysideTenantID) {
		t.Errorf("%d %v %s", status, header, body)
	}
	if status, header, _ := ask(t, o, http.MethodGet, projectsPath, home); status != http.StatusOK || header.Get("X-VSS-UserData") != s.World().PersonByUPN(priya).ID+":"+priya {
		t.Errorf("%d %v", status, header)
	}
	if err := s.Play(); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := ask(t, o, http.MethodGet, projectsPath, before); status != http.StatusOK {
		t.Errorf("%d", status)
	}
}

func TestScriptsAboutThePerson(t *testing.T) {
	s := start(t, Options{})
	o := named(t, s, "sample")
	token := "Bearer " + signIn(t, s, "mira.okafor@lumen.example", identity.LumenTenantID)
	userData := s.World().Member().ID + ":" + s.World().Member().UPN
	for name, c := range map[string]struct {
		method, path string
		status       int
		says         string
		userData     string
	}{
		"not-authorized":           {http.MethodGet, projectsPath, 401, `TF400813: The user '` + identity.LumenTenantID + `\\mira.okafor@lumen.example'`, ""},
		"not-authorized-personal":  {http.MethodGet, projectsPath, 401, `TF400813: The user 'Windows Live ID\\jo.fischer@personal.example'`, ""},
		"not-authorized-anonymous": {http.MethodGet, projectsPath, 401, `TF400813: The user 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa'`, ""},
		"oauth-policy-off":         {http.MethodGet, projectsPath, 401, `TF400813: The user '` + s.World().Member().ID + `'`, ""},
		"forbidden":                {http.MethodGet, projectsPath, 403, "TF50309: The following account does not have sufficient permissions to complete the operation: Mira Okafor.", userData},
		"no-projects":              {http.MethodGet, projectsPath, 200, `{"count":0,"value":[]}`, userData},
		"sign-in-page":             {http.MethodGet, projectsPath, 203, "Azure DevOps Services | Sign In", ""},
	} {
		if err := s.Play(name); err != nil {
			t.Fatal(err)
		}
		status, header, body := ask(t, o, c.method, c.path, token)
		if status != c.status || !strings.Contains(body, c.says) || header.Get("X-VSS-UserData") != c.userData {
			t.Errorf("%s: %d %q %s", name, status, header.Get("X-VSS-UserData"), body)
		}
	}
	for name, want := range map[string][2]bool{"head-challenge-only": {true, false}, "head-tenant-only": {false, true}, "head-silent": {false, false}} {
		if err := s.Play(name); err != nil {
			t.Fatal(err)
		}
		status, header, _ := ask(t, o, http.MethodHead, "", "")
		if got := [2]bool{header.Get("WWW-Authenticate") != "", header.Get("X-VSS-ResourceTenant") != ""}; got != want || status != http.StatusNotFound {
			t.Errorf("%s: %d %v", name, status, got)
		}
	}
	if err := s.Play("forbidden"); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := ask(t, o, http.MethodGet, connectionPath, token); status != http.StatusOK {
		t.Errorf("connectionData: %d", status)
	}
}

func TestTheControlsTellWhatTheSignInDidAndHandedOut(t *testing.T) {
	s := start(t, Options{})
	if status, text := control(t, s, "events", ""); status != http.StatusOK || text != "{\"events\":[]}\n" {
		t.Errorf("before anything: %d %s", status, text)
	}
	token := signIn(t, s, "mira.okafor@lumen.example", identity.LumenTenantID)
	status, text := control(t, s, "issued", "")
	var issued Issued
	if err := json.Unmarshal([]byte(text), &issued); err != nil || status != http.StatusOK {
		t.Fatalf("%d %v", status, err)
	}
	kinds := map[identity.SecretKind]int{}
	found := false
	for _, secret := range issued.Secrets {
		kinds[secret.Kind]++
		found = found || secret.Value == token && secret.Kind == identity.SecretAccessToken
	}
	if !found || kinds[identity.SecretCode] != 1 || kinds[identity.SecretRefreshToken] != 1 || kinds[identity.SecretPersonalToken] != 4 || kinds[identity.SecretVerifier] != 1 {
		t.Errorf("%v", kinds)
	}
	status, text = control(t, s, "events", "{}")
	if status != http.StatusOK || !strings.Contains(text, `"kind":"asked","person":"","tenant":"`+identity.LumenTenantID) || strings.Contains(text, token) {
		t.Errorf("%d %s", status, text)
	}
	if status, text := control(t, s, "faults", `{"names":["aadsts-53003"]}`); status != http.StatusOK {
		t.Errorf("%d %s", status, text)
	}
	if status, _ := control(t, s, "issued", "", "Authorization", ""); status != http.StatusForbidden {
		t.Errorf("without the token: %d", status)
	}
}
