package sampleorg

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sightline/backend/sampleorg/identity"
)

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// signIn goes through the pages as a person with an empty browser does and returns the access token.
func signIn(t *testing.T, s *Server, userName, tenant string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Port() == "49152" {
			return http.ErrUseLastResponse // the program that waits there is this test
		}
		return nil
	}}
	a := s.Announcement()
	const verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789"
	sum := sha256.Sum256([]byte(verifier))
	authorize := a.Authority + "/" + tenant + "/oauth2/v2.0/authorize?" + url.Values{
		"client_id": {a.ClientID}, "response_type": {"code"}, "redirect_uri": {"http://localhost:49152/"}, "state": {"s"}, "response_mode": {"query"},
		"scope":          {"openid profile offline_access 499b84ac-1321-427f-aa17-267ca6975798/.default"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}.Encode()
	read := func(res *http.Response, err error) (string, *http.Response) {
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(b), res
	}
	hidden := func(body string) url.Values {
		v := url.Values{}
		for _, m := range hiddenField.FindAllStringSubmatch(body, -1) {
			v.Set(m[1], html.UnescapeString(m[2]))
		}
		return v
	}
	body, _ := read(client.Get(authorize))
	form := hidden(body)
	form.Set("email", userName)
	form.Set("password", identity.SamplePassword)
	form.Set("do", "signin")
	body, res := read(client.PostForm(a.Authority+"/"+tenant+"/signin/password", form))
	if res.StatusCode != http.StatusFound && res.StatusCode != http.StatusSeeOther {
		form = hidden(body)
		form.Set("do", "accept")
		_, res = read(client.PostForm(a.Authority+"/"+tenant+"/signin/consent", form))
	}
	back, err := res.Location()
	if err != nil {
		t.Fatalf("no way back to the program: %d %v", res.StatusCode, err)
	}
	body, _ = read(client.PostForm(a.Authority+"/"+tenant+"/oauth2/v2.0/token", url.Values{
		"grant_type": {"authorization_code"}, "client_id": {a.ClientID}, "code": {back.Query().Get("code")}, "redirect_uri": {"http://localhost:49152/"}, "code_verifier": {verifier},
	}))
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(body), &token); err != nil || token.AccessToken == "" {
		t.Fatalf("no token for %s: %v", userName, err)
	}
	return token.AccessToken
}

// as asks who a bearer token belongs to.
func as(t *testing.T, s *Server, token string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.Announcement().OrganizationURL+"/_apis/projects?api-version=7.1", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("X-TFS-FedAuthRedirect", "Suppress")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(body)
}

func TestASignedInMemberReadsAsThemselves(t *testing.T) {
	s := start(t, Options{})
	token := signIn(t, s, "mira.okafor@lumen.example", identity.LumenTenantID)
	member := s.World().Member()
	if status, header, _ := as(t, s, token); status != http.StatusOK || header.Get("X-VSS-UserData") != member.ID+":"+member.UPN {
		t.Errorf("%d %s", status, header.Get("X-VSS-UserData"))
	}
	if err := s.Provider().RevokeAccessToken(token); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := as(t, s, token); status != http.StatusUnauthorized {
		t.Errorf("revoked: %d", status)
	}
}

func TestAGuestIsAMemberAndAnOutsiderIsRefusedByName(t *testing.T) {
	s := start(t, Options{})
	guest := s.World().PersonByUPN("priya.nair@quayside.example")
	if guest == nil {
		t.Fatal("the guest has no identity in the organization")
	}
	if status, header, _ := as(t, s, signIn(t, s, guest.UPN, identity.LumenTenantID)); status != http.StatusOK || header.Get("X-VSS-UserData") != guest.ID+":"+guest.UPN {
		t.Errorf("guest: %d %s", status, header.Get("X-VSS-UserData"))
	}
	// The same person by the token of her own directory is a stranger.
	if status, _, body := as(t, s, signIn(t, s, guest.UPN, identity.QuaysideTenantID)); status != http.StatusUnauthorized || !strings.Contains(body, `TF400813: The user '`+identity.QuaysideTenantID+`\\priya.nair@quayside.example'`) {
		t.Errorf("guest from home: %d %s", status, body)
	}
	status, header, body := as(t, s, signIn(t, s, "sofia.lindqvist@lumen.example", identity.LumenTenantID))
	if status != http.StatusUnauthorized || !strings.Contains(body, `sofia.lindqvist@lumen.example' is not authorized`) || header.Get("X-VSS-UserData") != "" {
		t.Errorf("outsider: %d %s", status, body)
	}
}

func TestEveryoneWhoCanSignInIsAnnounced(t *testing.T) {
	s := start(t, Options{})
	a := s.Announcement()
	members := 0
	for _, p := range a.People {
		known := s.World().PersonByUPN(p.UserName) != nil
		if p.Member != known {
			t.Errorf("%s: member %v, known to the organization %v", p.UserName, p.Member, known)
		}
		if p.Name == "" || p.Password == "" || p.Kind == "" {
			t.Errorf("%+v", p)
		}
		if p.Member {
			members++
		}
	}
	if members < 2 || members == len(a.People) || a.ClientID == "" || !strings.HasPrefix(a.Authority, "http://127.0.0.1:") || len(a.PersonalAccessToken) != 84 {
		t.Errorf("%d members of %d", members, len(a.People))
	}
}

func TestAStrangerIsToldTheAuthorityOfTheSignIn(t *testing.T) {
	s := start(t, Options{})
	_, header, _ := as(t, s, "garbage")
	if got, want := header.Get("WWW-Authenticate"), "Bearer authorization_uri="+s.Announcement().Authority+"/"+identity.LumenTenantID; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	res, err := http.Get(s.Announcement().Authority + "/" + identity.LumenTenantID + "/v2.0/.well-known/openid-configuration")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("discovery: %d", res.StatusCode)
	}
}
