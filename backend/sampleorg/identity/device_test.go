package identity_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"sightline/backend/sampleorg/identity"
)

// device begins a device sign-in as a client library does.
func (w *world) device(tenant string) *oauth2.DeviceAuthResponse {
	w.Helper()
	c := w.config(tenant)
	c.Endpoint.DeviceAuthURL = w.url(tenant, "/oauth2/v2.0/devicecode")
	d, err := c.DeviceAuth(context.Background())
	if err != nil {
		w.Fatal(err)
	}
	return d
}

// poll asks whether the person is done.
func (w *world) poll(d *oauth2.DeviceAuthResponse, tenant string) answer {
	w.Helper()
	return w.ask(tenant, "token", "grant_type", "urn:ietf:params:oauth:grant-type:device_code", "device_code", d.DeviceCode)
}

// enter types the code into the device page.
func (b *browser) enter(d *oauth2.DeviceAuthResponse, code string) *page {
	b.w.Helper()
	return b.press(b.get(d.VerificationURI).shows("Enter the code"), "/deviceauth", "user_code", code)
}

func TestDeviceCodeFlow(t *testing.T) {
	w := newWorld(t)
	d := w.device(identity.LumenTenantID)
	if d.Interval != 5 || time.Until(d.Expiry) < 14*time.Minute || len(d.UserCode) != 9 || d.VerificationURIComplete != "" {
		t.Errorf("interval %d, expiry %v, code of %d letters", d.Interval, d.Expiry, len(d.UserCode))
	}
	w.poll(d, identity.LumenTenantID).refused(w, "authorization_pending", 70016)
	b := w.browser()
	b.enter(d, "NOSUCHCOD").shows("Enter the code")
	p := b.enter(d, strings.ToLower(d.UserCode[:4]+"-"+d.UserCode[4:]))
	p = b.typePassword(p, mira)
	w.clock.Add(5 * time.Second)
	w.poll(d, identity.LumenTenantID).refused(w, "authorization_pending", 70016)
	b.press(p.shows("Authorize Sightline"), "/signin/consent", "do", "accept").shows("You are signed in")
	w.clock.Add(5 * time.Second)
	a := w.poll(d, identity.LumenTenantID)
	if who, err := w.p.Verify(a.AccessToken); err != nil || who.UPN != mira {
		t.Errorf("the token is %q's (%v)", who.UPN, err)
	}
	w.clock.Add(5 * time.Second)
	w.poll(d, identity.LumenTenantID).refused(w, "invalid_grant", 54005)
	b.enter(d, d.UserCode).shows("Enter the code")
}

func TestAClientLibraryWaitsForTheDevice(t *testing.T) {
	w := newWorld(t)
	d := w.device(identity.LumenTenantID)
	b := w.browser()
	p := b.typePassword(b.enter(d, d.UserCode), mira)
	b.press(p, "/signin/consent", "do", "accept").shows("You are signed in")
	d.Interval = 1 // seconds that the library waits before it asks
	token, err := w.config(identity.LumenTenantID).DeviceAccessToken(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.p.Verify(token.AccessToken); err != nil {
		t.Error(err)
	}
}

func TestPollingTooOftenIsSlowedDown(t *testing.T) {
	w := newWorld(t)
	d := w.device("organizations")
	w.poll(d, "organizations").refused(w, "authorization_pending", 70016)
	w.clock.Add(4 * time.Second)
	w.poll(d, "organizations").refused(w, "slow_down", 90055)
	w.clock.Add(6 * time.Second) // enough before, but the interval has grown to ten seconds
	w.poll(d, "organizations").refused(w, "slow_down", 90055)
	w.clock.Add(15 * time.Second)
	w.poll(d, "organizations").refused(w, "authorization_pending", 70016)
}

func TestADeviceCodeExpiresAfterFifteenMinutes(t *testing.T) {
	w := newWorld(t)
	d := w.device("organizations")
	w.clock.Add(15 * time.Minute)
	w.poll(d, "organizations").refused(w, "expired_token", 70020)
	w.browser().enter(d, d.UserCode).shows("Enter the code")
}

func TestADeclinedDeviceIsTold(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct{ upn, action, button string }{
		"cancel on the consent page": {mira, "/signin/consent", "cancel"},
		"refused by the directory":   {marcus, "/signin/return", "return"},
	} {
		d := w.device(identity.LumenTenantID)
		b := w.browser()
		p := b.typePassword(b.enter(d, d.UserCode), c.upn)
		b.press(p, c.action, "do", c.button).shows("Nothing was allowed")
		if a := w.poll(d, identity.LumenTenantID); a.Error != "authorization_declined" {
			t.Errorf("%s: the device hears %s", name, a.Error)
		}
	}
}

func TestADeviceNeverSignsInSilently(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.signIn(mira, identity.LumenTenantID)
	d := w.device(identity.LumenTenantID)
	p := b.enter(d, d.UserCode).shows("Pick an account")
	b.press(p, "/signin/account", "account", mira).shows("You are signed in")
}

func TestUnknownDeviceCodesAreRefused(t *testing.T) {
	w := newWorld(t)
	d := w.device(identity.LumenTenantID)
	w.poll(&oauth2.DeviceAuthResponse{DeviceCode: "x"}, identity.LumenTenantID).refused(w, "bad_verification_code", 70018)
	w.poll(d, identity.QuaysideTenantID).refused(w, "bad_verification_code", 70018)
	w.poll(&oauth2.DeviceAuthResponse{}, identity.LumenTenantID).refused(w, "invalid_request", 900144)
	w.ask(identity.LumenTenantID, "devicecode").refused(w, "invalid_request", 900144)
	w.ask(identity.LumenTenantID, "devicecode", "client_id", "x", "scope", "openid").refused(w, "unauthorized_client", 700016)
}
