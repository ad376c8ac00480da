package signin_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

// The places that a token may and may not be sent to, by the directory that gave it.
var destinations = []struct {
	address          string
	local, microsoft bool // whether a token of a directory on this computer, or of Microsoft's, goes there
}{
	{"https://dev.azure.com/lumen/_apis/projects", true, true},
	{"https://DEV.azure.com:443/lumen", true, true},
	{"https://vsrm.dev.azure.com/lumen", true, true},
	{"https://lumen.visualstudio.com/_apis/projects", true, true},
	{"https://lumen.vsrm.visualstudio.com/", true, true},
	{"https://lumen.vssps.visualstudio.com/_apis/graph/users", true, true},
	{"https://app.vssps.visualstudio.com/_apis/profile/profiles/me", true, true},
	{"https://Lumen.VSAEX.visualstudio.com/_apis/userentitlements", true, true},
	{"https://lumen.extmgmt.visualstudio.com/", true, true},
	{"https://lumen.feeds.visualstudio.com/", true, true},
	{"https://lumen.pkgs.visualstudio.com/", true, true},
	{"https://visualstudio.com/lumen", false, false},
	{"https://.visualstudio.com/lumen", false, false},
	{"https://.vsrm.visualstudio.com/lumen", false, false},
	{"https://lumen.pages.visualstudio.com/", false, false},
	{"https://a.lumen.vsrm.visualstudio.com/", false, false},
	{"https://lumen.cdn.vsrm.visualstudio.com/", false, false},
	{"http://127.0.0.1:8080/sample/_apis/projects", true, false},
	{"https://localhost/tfs/DefaultCollection", true, false},
	{"https://tfs.example/tfs/DefaultCollection", false, false},
	{"https://dev.azure.com.evil.example/lumen", false, false},
	{"https://evil-dev.azure.com/lumen", false, false},
	{"https://evilvisualstudio.com/lumen", false, false},
	{"https://dev.azure.com:8443/lumen", false, false},
	{"https://evil.example/dev.azure.com", false, false},
	{"https://azure.com/lumen", false, false},
}

// A sign-in of which no address is known could be anybody's, so it goes to Azure DevOps Services alone.
func TestASignInWithoutAnAddressGoesNowhereElse(t *testing.T) {
	for _, addresses := range [][]string{nil, {""}, {"", "", ""}} {
		for _, to := range []string{"https://tfs.example/tfs", "http://127.0.0.1:8080/sample"} {
			err := signin.MayReceive(to, addresses...)
			mustRefuse(t, err, fault.SignInRefused, "personal access token")
			mustOffer(t, err, fault.UseToken)
		}
		if err := signin.MayReceive("https://dev.azure.com/lumen", addresses...); err != nil {
			t.Error(err)
		}
		if err := signin.MayReceive("", addresses...); err != nil {
			t.Error(err)
		}
	}
	if err := signin.MayReceive("http://127.0.0.1:8080/sample", "http://127.0.0.1:9/token", ""); err != nil {
		t.Error(err)
	}
}

func mustGoOnlyTo(t *testing.T, c signin.Credential, address string, goes bool) {
	t.Helper()
	r := httptestRequest(t, address)
	err := c.Authorize(context.Background(), r)
	if sent := r.Header.Get("Authorization") != ""; sent != goes || goes != (err == nil) {
		t.Errorf("to %s: sent %v, %v", address, sent, err)
	}
	if !goes {
		mustRefuse(t, err, fault.SignInRefused, r.URL.Host, "personal access token")
		mustOffer(t, err, fault.UseToken)
	}
}

func TestATokenGoesToAzureDevOpsServicesAndNowhereElse(t *testing.T) {
	keyring.MockInit()
	d := newDirectory(t, identity.Options{}, nil)
	store := openVault(t, t.TempDir())
	result := signedIn(t, d, store, time.Now)
	for _, to := range destinations {
		mustGoOnlyTo(t, result.Credential(), to.address, to.local)
	}
	// The same sign-in as if one of Microsoft's directories had given it, kept by a Sightline that did not ask where to.
	kept, err := store.Get("lumen")
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Put("lumen", []byte(strings.ReplaceAll(string(kept), d.server.URL, "https://login.microsoftonline.com"))); err != nil {
		t.Fatal(err)
	}
	for _, to := range destinations {
		mustGoOnlyTo(t, source(t, store, time.Now), to.address, to.microsoft)
	}
}

// microsofts makes a directory name addresses of Microsoft's for some of its own.
func microsofts(endpoints ...string) func(http.Handler) http.Handler {
	return rewriting("/openid-configuration", func(answer map[string]any) {
		for _, e := range endpoints {
			answer[e] = "https://login.microsoftonline.com/" + identity.LumenTenantID + "/" + e
		}
	})
}

func TestADirectoryThatLeadsOnToMicrosoftsIsOneOfThem(t *testing.T) {
	all := []string{"authorization_endpoint", "token_endpoint", "device_authorization_endpoint"}
	for name, c := range map[string]struct {
		organization string
		endpoints    []string
		code         fault.Code // empty: the sign-in begins
	}{
		"for Azure DevOps Services":    {"https://dev.azure.com/lumen", all, ""},
		"for a directory alone":        {"", all, ""},
		"for a server here":            {"http://127.0.0.1:1/lumen", all, fault.SignInRefused},
		"for a server elsewhere":       {"https://tfs.example/lumen", all, fault.SignInRefused},
		"by its page alone":            {"https://dev.azure.com/lumen", all[:1], fault.BadAnswer},
		"by its codes alone":           {"https://dev.azure.com/lumen", all[2:], fault.BadAnswer},
		"by all but who redeems codes": {"https://dev.azure.com/lumen", []string{all[0], all[2]}, fault.BadAnswer},
		"its own, for a server here":   {"http://127.0.0.1:1/lumen", nil, ""},
		"its own, elsewhere":           {"https://tfs.example/lumen", nil, fault.SignInRefused},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{}, microsofts(c.endpoints...))
			o := d.options(t)
			o.OrganizationURL, o.HTTPClient = c.organization, &http.Client{Transport: onlyHere{}}
			s, err := signin.Start(context.Background(), o)
			if err == nil {
				s.Close()
			}
			if c.code != "" {
				mustRefuse(t, err, c.code)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}
