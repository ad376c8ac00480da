package signin

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"time"

	"sightline/backend/fault"
)

// Store keeps what must not be seen. *vault.Vault is the one of the product.
type Store interface {
	// Lock waits until this caller alone may change id, across goroutines and processes.
	Lock(ctx context.Context, id string) (unlock func(), err error)
	Put(id string, secret []byte) error
	// Get returns fault.NotFound when nothing is stored, fault.NotSignedIn when it is locked.
	Get(id string) ([]byte, error)
	Delete(id string) error
}

// The kinds of records.
const (
	recordOAuth = "oauth"
	recordToken = "pat"
)

// record is what rests in the store: the one place where secrets are plain text, in memory, on their way in and out.
type record struct {
	Version int       `json:"version"`
	Kind    string    `json:"kind"`
	Account Account   `json:"account"`
	Grant   *grant    `json:"grant,omitempty"`
	Access  string    `json:"access,omitempty"`
	Refresh string    `json:"refresh,omitempty"`
	Token   string    `json:"token,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
	Plain   bool      `json:"plain,omitempty"` // the person allowed to send the token unencrypted
}

// String keeps a record out of any log.
func (record) String() string { return masked }

// GoString keeps a record out of any log.
func (record) GoString() string { return masked }

const recordVersion = 1

func keep(ctx context.Context, op string, store Store, id string, r record) error {
	unlock, err := store.Lock(ctx, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	defer unlock()
	return fault.Wrap(op, write(store, id, r))
}

// write stores a record. The caller holds the lock.
func write(store Store, id string, r record) error {
	r.Version = recordVersion
	content, err := json.Marshal(r)
	if err != nil {
		return fault.Wrap("signin.write", err)
	}
	return store.Put(id, content)
}

func read(store Store, id string) (record, error) {
	const op = "signin.read"
	content, err := store.Get(id)
	if fault.Is(err, fault.NotFound) {
		return record{}, fault.New(fault.NotSignedIn, op, "Nobody is signed in for this connection.", "Sign in to refresh; your data stays.").
			Offering(fault.SignInAgain)
	}
	if err != nil {
		return record{}, fault.Wrap(op, err)
	}
	var r record
	if json.Unmarshal(content, &r) != nil {
		return record{}, fault.New(fault.Corrupt, op, "The stored sign-in cannot be read.", "Sign in again; your data stays.").
			Offering(fault.SignInAgain)
	}
	if r.Version > recordVersion {
		return record{}, fault.New(fault.NewerFile, op, "The stored sign-in was written by a newer Sightline.", "Update Sightline, or sign in again; your data stays.").
			Offering(fault.SignInAgain)
	}
	return r, nil
}

// bearer is the access token of a sign-in that is stored.
func (r record) bearer() bearer {
	return bearer{token: NewSecret(r.Access), account: r.Account, tokenURL: r.Grant.TokenURL}
}

// SourceOptions go with a stored credential.
type SourceOptions struct {
	OrganizationURL string // where the tokens go
	HTTPClient      *http.Client
	Clock           func() time.Time
	Logger          *slog.Logger
	// Authority replaces the one of the sign-in, with its tenant or without: the embedded sample organization has
	// another address each time it starts. Empty for every real organization.
	Authority string
}

func (o *SourceOptions) fillIn() {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	o.HTTPClient = plainClient(o.HTTPClient)
}

// OpenCredential returns the credential stored under id. fault.NotSignedIn: there is none, or it is locked. It asks
// nobody but the store, and never opens a browser.
func OpenCredential(store Store, id string, o SourceOptions) (Credential, error) {
	const op = "signin.OpenCredential"
	o.fillIn()
	r, err := read(store, id)
	if err != nil {
		return nil, fault.Wrap(op, judged(err))
	}
	switch {
	case r.Kind == recordToken:
		return storedPAT{store: store, id: id, account: r.Account}, nil
	case r.Kind == recordOAuth && r.Grant != nil:
		return &TokenSource{store: store, id: id, options: o, account: r.Account, granted: r.Grant.Granted}, nil
	}
	return nil, fault.New(fault.Corrupt, op, "The stored sign-in cannot be read.", "Sign in again; your data stays.").
		Offering(fault.SignInAgain)
}

// Grant is how a stored sign-in was made, without anything secret.
type Grant struct {
	Method   string // oauth or pat
	TenantID string // GUID of the directory; empty for a personal access token
	ClientID string
	Scopes   []string  // that were asked for
	Granted  []string  // that the directory gave last; nil when it did not say
	Expires  time.Time // of a personal access token, as the person said; zero when not known
}

// Writes names the granted permissions that can change something in Azure DevOps.
func (g Grant) Writes() []string { return writing(g.Granted) }

// StoredAccount says whose sign-in is stored under id and how it was made, so that another connection of the same
// account can use it. fault.NotSignedIn: there is none, or it is locked.
func StoredAccount(store Store, id string) (Account, Grant, error) {
	r, err := read(store, id)
	if err != nil {
		return Account{}, Grant{}, fault.Wrap("signin.StoredAccount", judged(err))
	}
	g := Grant{Method: r.Kind}
	if r.Kind == recordToken {
		g.Expires = r.Expires
	}
	if r.Grant != nil {
		g.TenantID, g.ClientID, g.Scopes, g.Granted = r.Grant.TenantID, r.Grant.ClientID, r.Grant.Scopes, r.Grant.Granted
	}
	return r.Account, g, nil
}

// Forget deletes what is stored under id, once nobody is renewing it. The directory keeps its side until the tokens
// end: Microsoft offers a program no way to revoke them.
func Forget(ctx context.Context, store Store, id string) error {
	const op = "signin.Forget"
	unlock, err := store.Lock(ctx, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	defer unlock()
	return fault.Wrap(op, store.Delete(id))
}
