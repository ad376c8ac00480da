package signin

import (
	"context"
	"net/http"

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

// setBearer refuses to send a token in clear text to another computer, or to a server that must not have one of the
// directory whose token endpoint is tokenURL: a sign-in that was kept before such a server was refused is still there.
func setBearer(r *http.Request, token Secret, tokenURL string) error {
	const op = "signin.Authorize"
	if !trustworthy(r.URL) {
		return fault.New(fault.Invalid, op, "The address "+r.URL.Host+" is not encrypted, so your sign-in was not sent there.",
			"Use an address that begins with https://.").Offering(fault.EditName)
	}
	if err := mayReceive(op, r.URL.String(), tokenURL); err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token.Reveal())
	return nil
}
