package desktop

import (
	"path/filepath"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin/vault"
	"sightline/backend/workspace"
)

func TestASignInServesWhatItsOwnDirectoryVouchesFor(t *testing.T) {
	const microsoft, cloud, typed = "https://login.microsoftonline.com/8bd0", "https://dev.azure.com/contoso", "https://tfs.example/tfs/A"
	signIn := func(authority, organization string) *workspace.SignIn {
		return &workspace.SignIn{AccountKey: "8bd0/1", Method: methodOAuth, ClientID: "x", Authority: authority, Organization: organization}
	}
	for name, tc := range map[string]struct {
		s         *workspace.SignIn
		authority string
		url       string
		server    bool
		want      bool
	}{
		"the same organization":                    {signIn(microsoft, cloud), microsoft, cloud, false, true},
		"another one of the directory":             {signIn("https://login.microsoftonline.com", cloud), microsoft, "https://dev.azure.com/other", false, true},
		"made for no organization":                 {signIn(microsoft, ""), microsoft, cloud, false, true},
		"made for no organization, a server":       {signIn(microsoft, ""), microsoft, typed, true, false},
		"a server, from Azure DevOps":              {signIn(microsoft, cloud), microsoft, typed, true, false},
		"the server it was made for":               {signIn(microsoft, typed), microsoft, "https://tfs.example/tfs/B", true, true},
		"a server with a directory of its own":     {signIn(microsoft, cloud), "https://tfs.example/8bd0", typed, true, false},
		"the same server with another directory":   {signIn("https://tfs.example/8bd0", typed), microsoft, typed, true, false},
		"Azure DevOps by somebody's own directory": {signIn("https://tfs.example/8bd0", typed), microsoft, cloud, false, false},
		"nobody knows which directory":             {signIn("", cloud), "", cloud, false, false},
	} {
		c := &workspace.Connection{AccountKey: "8bd0/1", Method: methodOAuth, ClientID: "x", Authority: tc.authority, URL: tc.url, Server: tc.server}
		if got := serves(tc.s, c); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestForgettingDoesNotWaitForEverForWhoeverRenews(t *testing.T) {
	v, err := vault.Open(vault.Options{Dir: filepath.Join(t.TempDir(), "sign-ins")})
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := v.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if err := forgetWithin(t.Context(), v, "a", 20*time.Millisecond); !fault.Is(err, fault.Timeout) {
		t.Errorf("%v", err)
	}
	unlock()
	if err := forgetWithin(t.Context(), v, "a", time.Minute); err != nil {
		t.Errorf("after the renewal: %v", err)
	}
}
