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
	if kept.Account() != pat.Account() || kept.Account().Kind != signin.KindToken || !strings.Contains(kept.Describe(), mira) || !kept.(signin.PAT).Expires().Equal(expires) {
		t.Errorf("it came back as %q %+v", kept.Describe(), kept.Account())
	}
	r := httptestRequest(t, "http://tfs.example:8080/tfs/DefaultCollection/_apis/projects")
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

func TestPermissionsNameWhatIsAskedFor(t *testing.T) {
	names := func(scopes ...string) string {
		var all []string
		for _, p := range signin.Permissions(scopes) {
			name := p.Name
			if p.Writes {
				name += "!"
			}
			all = append(all, name)
		}
		return strings.Join(all, ", ")
	}
	if got, want := names(), "Work items, Code, Build, Test, Release, Projects and teams, Profile"; got != want {
		t.Errorf("by default %q, want %q", got, want)
	}
	if got, want := names(signin.Resource+"/vso.code", "openid", signin.Resource+"/vso.work", signin.Resource+"/vso.work_write", signin.Resource+"/user_impersonation"),
		"Work items, Code, Everything you can do!, vso.work_write!"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
