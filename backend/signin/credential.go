package signin

import (
	"context"
	"net/http"
	"strings"
	"time"

	"sightline/backend/fault"
)

// Credential puts a person's authority on a request to Azure DevOps. *TokenSource and PAT are the two kinds.
type Credential interface {
	// Authorize sets the Authorization header. fault.NotSignedIn: only the person can go on.
	Authorize(ctx context.Context, r *http.Request) error
	// Account is who it stands for, as far as known before Azure DevOps was asked.
	Account() Account
	// Describe names it for a sentence: Ada B. (ada@contoso.example), or a personal access token.
	Describe() string
}

// setBearer refuses to send a token in clear text to another computer.
func setBearer(r *http.Request, token Secret) error {
	if !trustworthy(r.URL) {
		return fault.New(fault.Invalid, "signin.Authorize", "The address "+r.URL.Host+" is not encrypted, so your sign-in was not sent there.",
			"Use an address that begins with https://.")
	}
	r.Header.Set("Authorization", "Bearer "+token.Reveal())
	return nil
}

// PAT is a personal access token: for organizations of personal accounts, for Azure DevOps Server, and where
// sign-in by browser is blocked. It carries its own identity, so it is checked like every other.
type PAT struct {
	token   Secret
	account Account
	expires time.Time
}

// NewPAT checks the form of a personal access token that was typed or read. expires is what the person says, or
// zero; label names the token on screens, or is empty.
func NewPAT(token string, expires time.Time, label string) (PAT, error) {
	token = strings.TrimSpace(token)
	bad := func(message string) (PAT, error) {
		return PAT{}, fault.New(fault.Invalid, "signin.NewPAT", message, "Copy it again from User settings, Personal access tokens, in Azure DevOps.")
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

// Authorize sets Basic with an empty user name, as Azure DevOps wants it.
func (p PAT) Authorize(_ context.Context, r *http.Request) error {
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

// Keep stores the token under id, replacing what was there.
func (p PAT) Keep(ctx context.Context, store Store, id string) error {
	return keep(ctx, "signin.PAT.Keep", store, id, record{Kind: recordToken, Account: p.account, Token: p.token.Reveal(), Expires: p.expires})
}
