package signin_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

func TestAPersonalAccessTokenIsSentAsBasicWithoutAName(t *testing.T) {
	keyring.MockInit()
	d := newDirectory(t, identity.Options{}, nil)
	token, err := d.MintPersonalAccessToken(d.People()[0])
	if err != nil {
		t.Fatal(err)
	}
	expires := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	pat, err := signin.NewPAT(" "+token+"\n", expires, "")
	if err != nil {
		t.Fatal(err)
	}
	if pat.Describe() != "a personal access token" || pat.Account().Kind != signin.KindToken {
		t.Errorf("it describes itself as %q, %+v", pat.Describe(), pat.Account())
	}
	pat = pat.WithAccount(signin.Account{TenantID: identity.LumenTenantID, ObjectID: "59ba1b34-1d7a-4c15-bb1a-8cf141b33e84", Name: "Mira Okafor", Address: mira, Kind: signin.KindWork})
	store := openVault(t, t.TempDir())
	if err := pat.Keep(context.Background(), store, "lumen"); err != nil {
		t.Fatal(err)
	}
	kept, err := signin.OpenCredential(store, "lumen", signin.SourceOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if kept.Account() != pat.Account() || kept.Account().Kind != signin.KindToken || !strings.Contains(kept.Describe(), mira) {
		t.Errorf("it came back as %q %+v", kept.Describe(), kept.Account())
	}
	if _, grant, err := signin.StoredAccount(store, "lumen"); err != nil || !grant.Expires.Equal(expires) {
		t.Errorf("it ends at %v (%v)", grant.Expires, err)
	}
	r := httptestRequest(t, "https://tfs.example:8080/tfs/DefaultCollection/_apis/projects")
	if err := kept.Authorize(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	name, sent, basic := r.BasicAuth()
	if who, err := d.VerifyPersonalAccessToken(sent); !basic || name != "" || err != nil || who.UPN != mira {
		t.Errorf("sent with the name %q, taken for %v (%v)", name, who.UPN, err)
	}
	if text := fmt.Sprintf("%v %+v %#v", pat, &pat, kept); strings.Contains(text, token) {
		t.Error("a print shows the token")
	}
}

func TestWhatIsNoPersonalAccessTokenIsRefused(t *testing.T) {
	for _, text := range []string{"", "  ", "two words", "Token: abc def", "naïve", "a\x00b", strings.Repeat("x", 1025)} {
		_, err := signin.NewPAT(text, time.Time{}, "")
		mustRefuse(t, err, fault.Invalid, "personal access token")
	}
}

func TestAPersonalAccessTokenIsSentInClearTextOnlyWhenAllowed(t *testing.T) {
	keyring.MockInit()
	const server, here = "http://tfs.example:8080/tfs/DefaultCollection", "http://127.0.0.1:8080/lumen"
	for address, plain := range map[string]bool{server: true, here: false, "http://localhost/x": false, "https://tfs.example/": false, " HTTP://tfs.example": true, "": false} {
		if signin.Plain(address) != plain {
			t.Errorf("%q is plain: %v", address, !plain)
		}
	}
	pat, err := signin.NewPAT("canary-token", time.Time{}, "")
	if err != nil {
		t.Fatal(err)
	}
	store := openVault(t, t.TempDir())
	for _, allowed := range []bool{false, true} {
		if allowed {
			pat = pat.AllowPlain()
		}
		if err := pat.Keep(context.Background(), store, "lumen"); err != nil {
			t.Fatal(err)
		}
		kept, err := signin.OpenCredential(store, "lumen", signin.SourceOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []signin.Credential{pat, kept} {
			r := httptestRequest(t, server)
			err := c.Authorize(context.Background(), r)
			if allowed && (err != nil || r.Header.Get("Authorization") == "") {
				t.Errorf("allowed, and not sent: %v", err)
			}
			if !allowed {
				mustRefuse(t, err, fault.Invalid, "tfs.example:8080", "not encrypted")
				if r.Header.Get("Authorization") != "" {
					t.Error("the header is set")
				}
			}
			if err := c.Authorize(context.Background(), httptestRequest(t, here)); err != nil {
				t.Errorf("not sent to this computer: %v", err)
			}
		}
	}
}

func TestAPersonalAccessTokenWarnsTwoWeeksBeforeItEnds(t *testing.T) {
	ends := time.Date(2026, 12, 24, 12, 0, 0, 0, time.UTC)
	pat, err := signin.NewPAT("canary-token", ends, "")
	if err != nil {
		t.Fatal(err)
	}
	const day = 24 * time.Hour
	for before, want := range map[time.Duration]signin.Expiry{15 * day: signin.ExpiryFar, 14 * day: signin.ExpirySoon, time.Minute: signin.ExpirySoon, 0: signin.ExpiryPast, -day: signin.ExpiryPast} {
		if got := pat.ExpiryState(ends.Add(-before)); got != want {
			t.Errorf("%v before: %q, want %q", before, got, want)
		}
	}
	if got := (signin.PAT{}).ExpiryState(ends); got != signin.ExpiryUnknown {
		t.Errorf("without a date: %q", got)
	}
}

func TestAnotherConnectionCanSeeWhoseSignInIsStored(t *testing.T) {
	keyring.MockInit()
	d := newDirectory(t, identity.Options{}, nil)
	store := openVault(t, t.TempDir())
	result := signedIn(t, d, store, time.Now)
	account, grant, err := signin.StoredAccount(store, "lumen")
	if err != nil || account != result.Account || grant.Method != "oauth" || grant.TenantID != identity.LumenTenantID || grant.ClientID != d.ClientID() ||
		strings.Join(grant.Scopes, " ") != strings.Join(signin.DefaultScopes(), " ") {
		t.Errorf("%+v %+v (%v)", account, grant, err)
	}
	pat, err := signin.NewPAT("canary-token", time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := pat.Keep(context.Background(), store, "token"); err != nil {
		t.Fatal(err)
	}
	if _, grant, err = signin.StoredAccount(store, "token"); err != nil || grant.Method != "pat" || !grant.Expires.Equal(pat.Expires()) || grant.ClientID != "" {
		t.Errorf("%+v (%v)", grant, err)
	}
	_, _, err = signin.StoredAccount(store, "nobody")
	mustRefuse(t, err, fault.NotSignedIn)
	if !signin.Ended(err) {
		t.Error("nobody is signed in, and the sign-in is not over")
	}
}
