package signin

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Tokens are what a sign-in gave.
type Tokens struct {
	Access  Secret
	Refresh Secret // empty when the directory gave none: the sign-in ends with the access token
	Expires time.Time
}

// Claims are the claims of the verified id token that Sightline uses.
type Claims struct {
	Issuer            string    `json:"issuer"`
	Subject           string    `json:"subject"`
	TenantID          string    `json:"tenantId"`
	ObjectID          string    `json:"objectId"`
	Name              string    `json:"name"`
	PreferredUsername string    `json:"preferredUsername"`
	UPN               string    `json:"upn"`
	Email             string    `json:"email"`            // for display at most: directories let people set it
	IdentityProvider  string    `json:"identityProvider"` // issuer of home; empty or the issuer itself for members
	IssuedAt          time.Time `json:"issuedAt"`
	AuthTime          time.Time `json:"authTime"` // zero when the directory does not say
}

// Result is the outcome of a sign-in. It is in memory only: show the identity card, let the person accept, and
// then Keep it.
type Result struct {
	Account Account
	Tokens  Tokens
	Claims  Claims
	// Expect is who was expected, or empty; Matches is false when somebody else signed in. A mismatch is the
	// person's to decide, on the identity card.
	Expect  string
	Matches bool
	// Granted are the scopes that the directory granted, which can be more than was asked for; nil when it did not say.
	Granted []string
	// ClockOff is how far this computer's clock is ahead of the directory's; more than five minutes is worth a word.
	ClockOff time.Duration

	grant grant
}

// grant is what is needed to renew tokens.
type grant struct {
	TokenURL string   `json:"tokenUrl"`
	ClientID string   `json:"clientId"`
	TenantID string   `json:"tenantId"`
	Scopes   []string `json:"scopes"`
	Granted  []string `json:"granted,omitempty"`
}

// Credential authorizes with the fresh access token, for the questions behind the identity card: who Azure DevOps
// says this is, and which projects it shows. It is not renewed; after Keep use OpenCredential.
func (r *Result) Credential() Credential {
	return bearer{token: r.Tokens.Access, account: r.Account, tokenURL: r.grant.TokenURL}
}

// CheckExpected returns fault.WrongPerson when somebody else than the expected person signed in: for callers that
// have no identity card to show.
func (r *Result) CheckExpected(organization string) error {
	if r.Matches {
		return nil
	}
	return r.Account.CheckExpected(r.Expect, organization)
}

// Writes names the granted permissions that can change something in Azure DevOps. Sightline asks for none, but .default
// stands for whatever the registration lists.
func (r *Result) Writes() []string { return writing(r.Granted) }

// ClockWarning is a sentence when this computer's clock differs from the directory's by more than five minutes, else "".
func (r *Result) ClockWarning() string {
	if r.ClockOff.Abs() <= clockTolerance {
		return ""
	}
	direction := "ahead of"
	if r.ClockOff < 0 {
		direction = "behind"
	}
	return fmt.Sprintf("This computer's clock is %d minutes %s Microsoft's. Set it, or refreshes will be made at the wrong time.",
		int(r.ClockOff.Abs().Round(time.Minute)/time.Minute), direction)
}

// Keep stores the sign-in under id, replacing what was there.
func (r *Result) Keep(ctx context.Context, store Store, id string) error {
	return keep(ctx, "signin.Keep", store, id, record{
		Kind: recordOAuth, Account: r.Account, Grant: &r.grant,
		Access: r.Tokens.Access.Reveal(), Refresh: r.Tokens.Refresh.Reveal(), Expires: r.Tokens.Expires,
	})
}

// bearer is an access token without a way to renew it.
type bearer struct {
	token    Secret
	account  Account
	tokenURL string // of the directory that gave it
}

func (b bearer) Authorize(_ context.Context, r *http.Request) error {
	return setBearer(r, b.token, b.tokenURL)
}
func (b bearer) Account() Account { return b.account }
func (b bearer) Describe() string { return b.account.String() }
