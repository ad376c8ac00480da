package signin_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

func TestPermissionsNameWhatIsAskedFor(t *testing.T) {
	names := func(scopes ...string) string {
		var all []string
		for _, p := range signin.Permissions(scopes) {
			if p.About == "" {
				t.Errorf("%s has no sentence", p.Name)
			}
			name := p.Name
			if p.Writes {
				name += "!"
			}
			all = append(all, name)
		}
		return strings.Join(all, ", ")
	}
	if got, want := names(), "Work items (read), Code (read), Build (read), Release (read), Test management (read), Project and team (read), Profile (read), Keep access"; got != want {
		t.Errorf("by default %q, want %q", got, want)
	}
	if got, want := names(signin.Resource+"/vso.code", "openid", signin.Resource+"/vso.work", signin.Resource+"/vso.work_write", signin.Resource+"/user_impersonation"),
		"Work items (read), Code (read), Full access!, vso.work_write!, Keep access"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatWasGrantedTellsWhatCanWrite(t *testing.T) {
	for granted, want := range map[string]string{
		"": "",
		signin.Resource + "/vso.work " + signin.Resource + "/vso.code openid profile":                       "",
		signin.Resource + "/user_impersonation " + signin.Resource + "/user_impersonation":                  "user_impersonation",
		strings.ToUpper(signin.Resource) + "/vso.work_write":                                                "vso.work_write",
		"https://app.vssps.visualstudio.com/vso.code_manage https://app.vssps.visualstudio.com/vso.work":    "vso.code_manage",
		"https://app.vssps.visualstudio.com//user_impersonation":                                            "user_impersonation",
		"vso.build_execute vso.code_full vso.code_status vso.variablegroups_read vso.serviceendpoint_query": "vso.build_execute vso.code_full vso.code_status",
		signin.Resource + "/all.new": "all.new",
		"https://graph.microsoft.com/Mail.ReadWrite User.Read email offline_access " + signin.Resource + "/.default":    "",
		"api://" + signin.Resource + "/vso.tokenadministration api://" + signin.Resource + "/vso.project_manage openid": "vso.project_manage",
	} {
		r := signin.Result{Granted: strings.Fields(granted)}
		if got := strings.Join(r.Writes(), " "); got != want {
			t.Errorf("%q can write %q, want %q", granted, got, want)
		}
	}
}

func TestASignInSaysWhatTheDirectoryGrantedNotWhatWasAsked(t *testing.T) {
	keyring.MockInit()
	// Both were asked with .default; what the registrations list makes the difference.
	for name, tc := range map[string]struct{ permissions, writes []string }{
		"read only":   {[]string{"vso.work", "vso.code"}, nil},
		"full access": {[]string{"vso.work", "user_impersonation"}, []string{"user_impersonation"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDirectory(t, identity.Options{Permissions: tc.permissions}, nil)
			s := start(t, d.options(t))
			newPerson(t, mira).open(s.State().URL)
			r := mustSignIn(t, s)
			for _, p := range tc.permissions {
				if !strings.Contains(strings.Join(r.Granted, " ")+" ", signin.Resource+"/"+p+" ") {
					t.Errorf("%s was granted, and is not in %v", p, r.Granted)
				}
			}
			if got := r.Writes(); strings.Join(got, " ") != strings.Join(tc.writes, " ") {
				t.Errorf("can write %v, want %v", got, tc.writes)
			}
			store := openVault(t, t.TempDir())
			if err := r.Keep(context.Background(), store, "lumen"); err != nil {
				t.Fatal(err)
			}
			for range 2 { // as kept, and as renewed
				_, grant, err := signin.StoredAccount(store, "lumen")
				if err != nil || strings.Join(grant.Granted, " ") != strings.Join(r.Granted, " ") || strings.Join(grant.Writes(), " ") != strings.Join(tc.writes, " ") {
					t.Errorf("kept %v, can write %v (%v)", grant.Granted, grant.Writes(), err)
				}
				if got := source(t, store, time.Now).Writes(); strings.Join(got, " ") != strings.Join(tc.writes, " ") {
					t.Errorf("the credential can write %v", got)
				}
				request := httptestRequest(t, "https://dev.azure.com/lumen")
				if err := source(t, store, time.Now).Authorize(context.Background(), request); err != nil {
					t.Fatal(err)
				}
				if err := source(t, store, time.Now).Renew(context.Background(), request); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
