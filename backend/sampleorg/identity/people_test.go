package identity_test

import (
	"strings"
	"testing"

	"sightline/backend/sampleorg/identity"
)

func TestAGuestHasAnotherObjectIDInTheTenantAndAnIdentityProvider(t *testing.T) {
	w := newWorld(t)
	guestToken := w.browser().signIn(priya, identity.LumenTenantID)
	_, guest, err := w.idToken(identity.LumenTenantID, guestToken)
	if err != nil {
		t.Fatal(err)
	}
	homeToken := w.browser().signIn(priya, identity.QuaysideTenantID)
	_, home, err := w.idToken(identity.QuaysideTenantID, homeToken)
	if err != nil {
		t.Fatal(err)
	}
	if guest.ObjectID == home.ObjectID || guest.TenantID != identity.LumenTenantID || home.TenantID != identity.QuaysideTenantID {
		t.Errorf("guest %+v, home %+v", guest, home)
	}
	if guest.Provider != w.p.Issuer(identity.QuaysideTenantID) || home.Provider != "" {
		t.Errorf("idp of the guest %q, at home %q", guest.Provider, home.Provider)
	}
	if guest.Username != priya || home.Username != priya {
		t.Errorf("names %q and %q", guest.Username, home.Username)
	}
	asGuest, err := w.p.Verify(guestToken.AccessToken)
	if err != nil || asGuest.Kind != identity.Guest || asGuest.ObjectID != guest.ObjectID {
		t.Errorf("the REST side sees %+v (%v)", asGuest, err)
	}
	atHome, err := w.p.Verify(homeToken.AccessToken)
	if err != nil || atHome.Kind != identity.Outsider || atHome.ObjectID != home.ObjectID || atHome.TenantID != identity.QuaysideTenantID {
		t.Errorf("the REST side sees %+v (%v)", atHome, err)
	}
}

func TestOrganizationsAndCommonGiveTheIdentityOfHome(t *testing.T) {
	w := newWorld(t)
	for _, tenant := range []string{"organizations", "common"} {
		for upn, homeTenant := range map[string]string{
			mira: identity.LumenTenantID, priya: identity.QuaysideTenantID, marcus: identity.QuaysideTenantID,
		} {
			token := w.browser().signIn(upn, tenant)
			_, c, err := w.idToken(homeTenant, token) // the issuer names the tenant, not the alias
			if err != nil || c.TenantID != homeTenant {
				t.Errorf("%s at %s: tenant %s (%v)", upn, tenant, c.TenantID, err)
			}
		}
	}
}

func TestAnOutsiderOfTheTenantGetsAGoodToken(t *testing.T) {
	w := newWorld(t)
	who, err := w.p.Verify(w.browser().signIn(sofia, identity.LumenTenantID).AccessToken)
	if err != nil || who.Kind != identity.Outsider || who.TenantID != identity.LumenTenantID {
		t.Errorf("the REST side sees %+v (%v)", who, err)
	}
}

func TestTheTenantMayBeNamedByItsDomain(t *testing.T) {
	w := newWorld(t)
	token := w.browser().signIn(mira, "Lumen.Example")
	if _, c, err := w.idToken(identity.LumenTenantID, token); err != nil || c.TenantID != identity.LumenTenantID {
		t.Errorf("tenant %s (%v)", c.TenantID, err)
	}
}

func TestRefusalsOfPeopleAreAPageWithAWayOut(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		upn, tenant, code, sentence, error string
	}{
		"not in the tenant":                {marcus, identity.LumenTenantID, "AADSTS50020", "This account is not in the directory of Lumen.", "access_denied"},
		"not in the tenant, other way":     {mira, identity.QuaysideTenantID, "AADSTS50020", "This account is not in the directory of Quayside Freight.", "access_denied"},
		"personal account":                 {jo, identity.LumenTenantID, "AADSTS500200", "You can’t sign in here with a personal account.", "access_denied"},
		"personal account under common":    {jo, "common", "AADSTS500200", "You can’t sign in here with a personal account.", "access_denied"},
		"personal account, any work place": {jo, "organizations", "AADSTS500200", "You can’t sign in here with a personal account.", "access_denied"},
	} {
		t.Run(name, func(t *testing.T) {
			b := w.browser()
			g := w.program(c.tenant)
			p := b.typePassword(b.get(g.address()), c.upn).shows("You can’t sign in here")
			for _, want := range []string{c.code + ": ", c.sentence, c.upn, "Correlation id", "Use another account"} {
				if !strings.Contains(p.text(), want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			// The session stays, as at Entra: the next try is refused without a question.
			before := len(w.p.Events())
			b.get(w.program(c.tenant).address()).shows("You can’t sign in here")
			if got := w.kinds(before)[0]; got != "silent/1" {
				t.Errorf("the next try: %s", got)
			}
			// One way out is another account, the other is back to the program.
			b.press(p, "/signin/another").shows("Sign in")
			p = b.get(w.program(c.tenant).address("login_hint", c.upn)).shows("You can’t sign in here")
			back := b.press(p, "/signin/return")
			if back.callback.Get("error") == "" || !strings.HasPrefix(back.callback.Get("error_description"), "AADSTS") || back.callback.Has("code") {
				t.Errorf("the program hears %v", back.callback)
			}
		})
	}
}

func TestASessionOfAnotherTenantHasItsOwnNumber(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(marcus, identity.QuaysideTenantID)
	p := b.get(w.program(identity.LumenTenantID).address()).shows("You can’t sign in here")
	if !strings.Contains(p.text(), "AADSTS16003: ") {
		t.Errorf("the page says %s", p.text())
	}
}

func TestConsumersAreSentAway(t *testing.T) {
	w := newWorld(t)
	for _, tenant := range []string{"consumers", identity.PersonalTenantID} {
		p := w.browser().get(w.program(tenant).address()).shows("You can’t sign in here")
		if !strings.Contains(p.text(), "AADSTS9002332") {
			t.Errorf("the page says %s", p.text())
		}
	}
}

func TestACastThatCannotWorkIsRefused(t *testing.T) {
	twice := append(identity.Cast(), identity.Cast()[0])
	stranger := append(identity.Cast(), identity.Account{Person: identity.Person{ObjectID: "x", TenantID: "nowhere", UPN: "a@b"}})
	for name, o := range map[string]identity.Options{
		"a person twice":         {People: twice},
		"a tenant nobody knows":  {People: stranger},
		"an unknown permission":  {Permissions: []string{"vso.fly"}},
		"a prefix without slash": {PathPrefix: "identity"},
		"a prefix with a slash":  {PathPrefix: "/identity/"},
		"a redirect to nowhere":  {RedirectURIs: []string{"localhost"}},
		"a short secret":         {Secret: []byte("short")},
		"a base that is no URL":  {BaseURL: "localhost:80"},
	} {
		if _, err := identity.New(o); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}
