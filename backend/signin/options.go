package signin

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin/browser"
)

const (
	defaultTimeout = 10 * time.Minute // a code lives about as long
	deviceTimeout  = 15 * time.Minute // and a code to type so long
)

// BrowserChooser returns the browsers to try, best first; none means that the person gets a link to copy.
type BrowserChooser func(ctx context.Context) []browser.Browser

// Options say whom to sign in, where and how.
type Options struct {
	Authority       string   // of Discover, or typed; with its tenant or without
	TenantID        string   // GUID or domain; wins over the one in Authority
	ClientID        string   // application id of the registration
	OrganizationURL string   // for sentences, and asked for its directory when neither of the two names a tenant
	Scopes          []string // nil means DefaultScopes; openid, profile and offline_access are always asked for

	// Expect is the address of the person who is expected, LoginHint the address to fill in. With either, the
	// directory asks that person for the password again; with neither it shows its list of accounts.
	Expect    string
	LoginHint string
	// PickAccount shows the directory's list of accounts although somebody is expected: for a person who chose to
	// sign in as someone else.
	PickAccount bool
	// AskConsent shows the page of permissions also when it was answered before. The person is asked for on that page
	// and not on a list of accounts.
	AskConsent bool
	// ExpectAccount refuses everybody but this account: a sign-in that renews an existing connection.
	ExpectAccount *AccountKey

	Rung     Rung           // RungIsolated if empty; every other one only when the person asked for it
	Browser  BrowserChooser // nil means browser.Find
	CacheDir string         // parent of the throw-away profiles
	// OpenURL opens an address in the person's normal browser. It is used on RungSystem only; nil: there is none.
	OpenURL func(address string) error

	Timeout    time.Duration // 0 means ten minutes, which is how long a code lives; for RungDeviceCode fifteen
	Clock      func() time.Time
	HTTPClient *http.Client // its cookies and its redirect rule are not used
	Logger     *slog.Logger
}

// fillIn sets what was left out.
func (o *Options) fillIn() {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
		if o.Rung == RungDeviceCode {
			o.Timeout = deviceTimeout
		}
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if o.Browser == nil {
		o.Browser = browser.Find
	}
	if o.Rung == "" || o.Rung == RungIsolatedOpen {
		o.Rung = RungIsolated
	}
	o.Scopes = withIdentity(o.Scopes)
	o.Expect, o.LoginHint = strings.TrimSpace(o.Expect), strings.TrimSpace(o.LoginHint)
}

// check refuses what no sign-in can be made of.
func (o *Options) check() error {
	const op = "signin.check"
	switch {
	case strings.TrimSpace(o.ClientID) == "":
		return noClientID(op)
	case !o.Rung.known():
		return fault.New(fault.Invalid, op, "There is no way to sign in that is called "+string(o.Rung)+".", "Choose another way.")
	case o.Rung == RungEphemeral && browser.SheetMissing() != "":
		return fault.New(fault.NoBrowser, op, browser.SheetMissing(), "Choose another way to sign in.").
			Offering(fault.Retry, fault.NormalBrowser, fault.UseDeviceCode)
	case o.CacheDir == "" && o.Rung == RungIsolated:
		return fault.New(fault.Internal, op, "There is no folder for the throw-away profile.", "Restart Sightline.").Offering(fault.Retry)
	}
	return nil
}

func noClientID(op string) *fault.Error {
	return fault.New(fault.Invalid, op, "This connection has no client id yet.",
		"Register Sightline in your directory as the guide shows and paste the application id, or connect with a personal access token.").
		Offering(fault.OpenGuide, fault.UseToken)
}

// findDirectory asks the organization for its tenant when nobody named one. An authority that was typed stays.
func (o *Options) findDirectory(ctx context.Context) error {
	if o.OrganizationURL == "" || o.TenantID != "" || tenantIn(o.Authority) != "" {
		return nil
	}
	d, err := Discover(ctx, o.HTTPClient, o.OrganizationURL)
	if err != nil {
		return err
	}
	o.TenantID = d.TenantID
	if d.MSABacked {
		o.TenantID = zeroGUID
	}
	if o.Authority == "" {
		o.Authority = d.Authority
		if d.MSABacked {
			o.Authority = publicAuthority
		}
	}
	return nil
}

// person is the address of whom this sign-in is for, or empty.
func (o *Options) person() string {
	if o.LoginHint != "" {
		return o.LoginHint
	}
	return o.Expect
}

// hint is the address that the directory fills in, or empty when it is to show its list of accounts.
func (o *Options) hint() string {
	if o.PickAccount {
		return ""
	}
	return o.person()
}
