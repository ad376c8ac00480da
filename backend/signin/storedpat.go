package signin

import (
	"context"
	"net/http"

	"sightline/backend/fault"
)

// storedPAT is a personal access token at rest. It is read for every request, so that a load goes on with the token
// that took its place, and ends when the person signs out: here, in another window or by a verb.
type storedPAT struct {
	store   Store
	id      string
	account Account // when it was opened
}

// Authorize is PAT.Authorize with what is stored now. fault.NotSignedIn: nothing is any more; fault.IdentityChanged: it
// is somebody else's.
func (s storedPAT) Authorize(ctx context.Context, r *http.Request) error {
	const op = "signin.storedPAT.Authorize"
	stored, err := read(s.store, s.id)
	if err != nil {
		return fault.Wrap(op, judged(err))
	}
	if stored.Kind != recordToken || !stored.Account.Key().equal(s.account.Key()) {
		return anotherNow(op, stored.Account, s.account)
	}
	return fault.Wrap(op, stored.pat().Authorize(ctx, r))
}

// Account is who the token stood for when it was opened.
func (s storedPAT) Account() Account { return s.account }

// Describe names the token for a sentence.
func (s storedPAT) Describe() string { return PAT{account: s.account}.Describe() }

// pat is the token of a record.
func (r record) pat() PAT {
	return PAT{token: NewSecret(r.Token), account: r.Account, expires: r.Expires, plain: r.Plain}
}

// anotherNow is the refusal to go on with what was stored for somebody else since.
func anotherNow(op string, now, before Account) error {
	return fault.New(fault.IdentityChanged, op, "This connection now belongs to "+now.String()+", not to "+before.String()+" any more.",
		"Start the refresh again.").Offering(fault.Retry)
}
