package signin_test

import (
	"strings"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
)

const claimsIdentity = "Microsoft.IdentityModel.Claims.ClaimsIdentity;"

func TestAzureDevOpsMustSeeThePersonOfTheIDToken(t *testing.T) {
	const tid, other = identity.LumenTenantID, identity.QuaysideTenantID
	member := signin.Claims{TenantID: tid, PreferredUsername: mira, UPN: "mira@lumen.onmicrosoft.example"}
	guest := signin.Claims{TenantID: tid, PreferredUsername: priya, IdentityProvider: "https://sts.windows.net/" + other + "/"}
	for name, tc := range map[string]struct {
		claims              signin.Claims
		descriptor, address string
		fits                bool
	}{
		"the same":                        {member, claimsIdentity + tid + `\` + mira, mira, true},
		"the same in capitals":            {member, claimsIdentity + strings.ToUpper(tid) + `\` + strings.ToUpper(mira), "", true},
		"by the name of sign-in":          {member, claimsIdentity + tid + `\mira@lumen.onmicrosoft.example`, "", true},
		"old name, right address":         {member, claimsIdentity + tid + `\mira.before@lumen.example`, mira, true},
		"another directory":               {member, claimsIdentity + other + `\` + mira, mira, false},
		"another person":                  {member, claimsIdentity + tid + `\` + elias, elias, false},
		"a guest":                         {guest, claimsIdentity + tid + `\priya_quayside.example#EXT#@lumen.example`, priya, true},
		"a guest by mail":                 {guest, claimsIdentity + tid + `\p.nair@mail.example`, "p.nair@mail.example", true},
		"a guest seen in another":         {guest, claimsIdentity + other + `\` + priya, priya, false},
		"guest form of one not so marked": {member, claimsIdentity + tid + `\mira_old.example#EXT#@lumen.example`, "", true},
		"personal account behind a guest": {guest, claimsIdentity + `Windows Live ID\` + priya, priya, true},
		"nobody":                          {member, "System:PublicAccess;aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa", "", true},
		"a service":                       {member, "Microsoft.TeamFoundation.ServiceIdentity;x:y", "", true},
		"a form without a tenant":         {member, claimsIdentity + "x", "", true},
		"no name in the id token":         {signin.Claims{TenantID: tid}, claimsIdentity + tid + `\` + elias, "", true},
		"empty":                           {member, "", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			r := signin.Result{Account: signin.AccountOf(tc.claims), Claims: tc.claims}
			errs := map[string]error{"fresh": r.Fits(tc.descriptor, tc.address)}
			if name != "by the name of sign-in" { // the account that was kept knows one name only
				errs["kept"] = r.Account.Fits(tc.descriptor, tc.address)
			}
			for which, err := range errs {
				if tc.fits && err != nil {
					t.Errorf("%s: %v", which, err)
				}
				if !tc.fits {
					mustRefuse(t, err, fault.WrongPerson, tc.claims.PreferredUsername, tc.descriptor[strings.Index(tc.descriptor, `\`)+1:])
				}
			}
		})
	}
}

func TestAnEMailClaimProvesNothing(t *testing.T) {
	claims := signin.Claims{TenantID: identity.LumenTenantID, PreferredUsername: elias, Email: mira}
	if claims.AnswersTo(mira) || !claims.AnswersTo(" "+strings.ToUpper(elias)) || claims.AnswersTo("") {
		t.Error("somebody goes by an address that is only their e-mail claim")
	}
	if nameless := signin.AccountOf(signin.Claims{TenantID: identity.LumenTenantID, Email: mira}); nameless.Is(mira) || nameless.Address != "" {
		t.Errorf("the e-mail claim became the address: %+v", nameless)
	}
	if named := signin.AccountOf(signin.Claims{TenantID: identity.LumenTenantID, UPN: mira, Email: elias}); !named.Is(mira) || named.Directory != "lumen.example" {
		t.Errorf("the name of sign-in is not the address: %+v", named)
	}
}

func TestAGuestKeepsWhereTheyComeFrom(t *testing.T) {
	home := "https://sts.windows.net/" + identity.QuaysideTenantID + "/"
	for name, tc := range map[string]struct{ idp, address, home string }{
		"of another directory":      {home, priya, "quayside.example"},
		"in the form of a guest":    {home, "priya.nair_quayside.example#EXT#@lumen.example", "quayside.example"},
		"with a personal account":   {"live.com", "jo.fischer@personal.example", "live.com"},
		"with one, by its issuer":   {"https://sts.windows.net/" + identity.PersonalTenantID + "/", "jo@x.example", "live.com"},
		"of a provider by name":     {"google.com", "", "google.com"},
		"of a directory only known": {home, "", ""},
	} {
		a := signin.AccountOf(signin.Claims{TenantID: identity.LumenTenantID, IdentityProvider: tc.idp, PreferredUsername: tc.address})
		if a.Kind != signin.KindGuest || a.Home != tc.home || a.HomeIssuer != tc.idp || a.Directory != "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
	d := newDirectory(t, identity.Options{}, nil)
	for person, home := range map[string]string{priya: "quayside.example", mira: ""} {
		s := start(t, d.options(t))
		newPerson(t, person).open(s.State().URL)
		if a := mustSignIn(t, s).Account; a.Home != home || (home != "") != strings.Contains(a.HomeIssuer, identity.QuaysideTenantID) {
			t.Errorf("%s: %+v", person, a)
		}
	}
}

func TestAClockThatIsOffIsSaid(t *testing.T) {
	for off, want := range map[time.Duration]string{0: "", 4 * time.Minute: "", -5 * time.Minute: "", 7 * time.Minute: "7 minutes ahead of", -90 * time.Minute: "90 minutes behind"} {
		r := signin.Result{ClockOff: off}
		if got := r.ClockWarning(); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%v: %q", off, got)
		}
	}
}
