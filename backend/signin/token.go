package signin

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"sightline/backend/fault"
)

// PAT is a personal access token: for organizations of personal accounts, for Azure DevOps Server, and where
// sign-in by browser is blocked. It carries its own identity, so it is checked like every other.
type PAT struct {
	token   Secret
	account Account
	expires time.Time
	plain   bool
}

// NewPAT checks the form of a personal access token that was typed or read. expires is what the person says, or
// zero; label names the token on screens, or is empty.
func NewPAT(token string, expires time.Time, label string) (PAT, error) {
	token = strings.TrimSpace(token)
	bad := func(message string) (PAT, error) {
		return PAT{}, fault.New(fault.Invalid, "signin.NewPAT", message, "Copy it again from User settings, Personal access tokens, in Azure DevOps.").
			Offering(fault.UseToken)
	}
	switch {
	case token == "":
		return bad("The personal access token is empty.")
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return bad("The personal access token holds characters that none has; more than the token may have been copied.")
	case len(token) > 1024:
		return bad("The personal access token is too long.")
	}
	return PAT{token: NewSecret(token), expires: expires, account: Account{Kind: KindToken, Name: label}}, nil
}

// WithAccount returns the same token with the account that Azure DevOps says it stands for.
func (p PAT) WithAccount(a Account) PAT {
	a.Kind = KindToken
	p.account = a
	return p
}

// AllowPlain returns the same token, to be sent unencrypted where Plain says so: after the person read what that means.
func (p PAT) AllowPlain() PAT {
	p.plain = true
	return p
}

// Plain reports whether a personal access token would go unencrypted to another computer at this address, so that
// everybody on the network between can read it. Some servers in companies have no other.
func Plain(address string) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	return err == nil && strings.EqualFold(u.Scheme, "http") && !trustworthy(u)
}

// Authorize sets Basic with an empty user name, as Azure DevOps wants it. fault.Invalid: the address is not encrypted
// and nobody allowed that.
func (p PAT) Authorize(_ context.Context, r *http.Request) error {
	if !trustworthy(r.URL) && !p.plain {
		return fault.New(fault.Invalid, "signin.PAT.Authorize",
			"The address "+r.URL.Host+" is not encrypted, so your personal access token was not sent there: everybody on the network could read it.",
			"Use an address that begins with https://, or connect again and allow to send it unencrypted.").
			Offering(fault.EditName)
	}
	r.SetBasicAuth("", p.token.Reveal())
	return nil
}

// Account is who the token stands for, as far as known.
func (p PAT) Account() Account { return p.account }

// Describe names the token for a sentence.
func (p PAT) Describe() string {
	if p.account.Name == "" && p.account.Address == "" {
		return "a personal access token"
	}
	return p.account.String() + ", by a personal access token"
}

// Expires is when the person said the token ends; zero when unknown.
func (p PAT) Expires() time.Time { return p.expires }

// Expiry says how a personal access token stands to the day on which it ends.
type Expiry string

// The states of Expiry.
const (
	ExpiryUnknown Expiry = ""         // the person did not say
	ExpiryFar     Expiry = "far"      // more than 14 days
	ExpirySoon    Expiry = "expiring" // 14 days or less
	ExpiryPast    Expiry = "expired"
)

// expiresSoon is how long before its end a person is warned: time enough to make a new token.
const expiresSoon = 14 * 24 * time.Hour

// ExpiryState says how the token stands at now. It is what the person said: an expired one may still work.
func (p PAT) ExpiryState(now time.Time) Expiry { return ExpiryOf(p.expires, now) }

// ExpiryOf says how something that ends at expires stands at now; a zero expires is unknown.
func ExpiryOf(expires, now time.Time) Expiry {
	switch left := expires.Sub(now); {
	case expires.IsZero():
		return ExpiryUnknown
	case left <= 0:
		return ExpiryPast
	case left <= expiresSoon:
		return ExpirySoon
	}
	return ExpiryFar
}

// Keep stores the token under id, replacing what was there.
func (p PAT) Keep(ctx context.Context, store Store, id string) error {
	return keep(ctx, "signin.PAT.Keep", store, id,
		record{Kind: recordToken, Account: p.account, Token: p.token.Reveal(), Expires: p.expires, Plain: p.plain})
}
