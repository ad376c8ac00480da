package signin

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"sightline/backend/fault"
)

// renewBefore is how much life an access token must have left to be used: a page of an answer can take minutes.
const renewBefore = 5 * time.Minute

// renewalLimit bounds one call of the token endpoint with the write after it.
const renewalLimit = 45 * time.Second

// TokenSource is the stored sign-in of one connection. It renews the tokens when they run out, once for all
// goroutines and processes that use them, and writes the new ones before anybody gets to use them. It never
// opens a browser: when only the person can go on it says fault.NotSignedIn, until they sign in again.
type TokenSource struct {
	store   Store
	id      string
	options SourceOptions
	account Account
	granted []string // when it was opened

	mu      sync.Mutex
	ended   *ended
	unsaved *unsaved
}

// ended remembers which refresh token was refused, so that the directory is not asked again with the same one.
type ended struct {
	refresh string
	err     error
}

// unsaved is what the directory gave and the disk did not take. With a directory that ends a refresh token at its
// first use it is all that is left of the sign-in, so the next call writes it instead of asking again.
type unsaved struct {
	from   string // the refresh token it was got with
	record record
}

// Authorize sets the Authorization header with a token that lives five minutes or more. Errors: fault.NotSignedIn,
// fault.Offline, fault.Throttled, fault.Timeout, and those of the store.
func (t *TokenSource) Authorize(ctx context.Context, r *http.Request) error {
	const op = "signin.Authorize"
	token, err := t.token(ctx, func(stored record) bool {
		return stored.Access != "" && t.options.Clock().Add(renewBefore).Before(stored.Expires)
	})
	if err != nil {
		return fault.Wrap(op, judged(err))
	}
	return fault.Wrap(op, token.Authorize(ctx, r))
}

// Renew is for a 401 that came in spite of a token that looked good: it renews the tokens once, unless somebody did
// since rejected was sent, and sets the header of r anew. Give up when that is refused too.
func (t *TokenSource) Renew(ctx context.Context, r *http.Request) error {
	const op = "signin.Renew"
	rejected := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	token, err := t.token(ctx, func(stored record) bool { return stored.Access != "" && !same(stored.Access, rejected) })
	if err != nil {
		return fault.Wrap(op, judged(err))
	}
	return fault.Wrap(op, token.Authorize(ctx, r))
}

// Account is who signed in.
func (t *TokenSource) Account() Account { return t.account }

// Describe names who signed in.
func (t *TokenSource) Describe() string { return t.account.String() }

// Writes names the permissions that can change something in Azure DevOps and were granted when it was opened.
func (t *TokenSource) Writes() []string { return writing(t.granted) }

// token returns an access token that is good enough, renewing it if need be.
func (t *TokenSource) token(ctx context.Context, good func(record) bool) (bearer, error) {
	// Read without the lock first: files are replaced in one step, and most calls need no renewal.
	stored, err := t.read()
	if err != nil {
		return bearer{}, err
	}
	if good(stored) {
		return stored.bearer(), nil
	}
	unlock, err := t.store.Lock(ctx, t.id)
	if err != nil {
		return bearer{}, err
	}
	defer unlock()
	if stored, err = t.read(); err != nil { // somebody may have renewed it, or signed out, while we waited
		return bearer{}, err
	}
	if good(stored) {
		return stored.bearer(), nil
	}
	if err := t.endedFor(stored.Refresh); err != nil {
		return bearer{}, err
	}
	if late, here := t.unsavedFor(stored.Refresh); here {
		if err := t.write(stored.Refresh, late); err != nil {
			return bearer{}, err
		}
		if good(late) {
			return late.bearer(), nil
		}
		stored = late
	}
	// From here on a caller that gives up must not lose a refresh token that the directory has already replaced.
	renewing, stop := context.WithTimeout(context.WithoutCancel(ctx), renewalLimit)
	defer stop()
	renewed, err := t.renew(renewing, stored)
	if err != nil {
		if fault.Is(err, fault.NotSignedIn) {
			t.mu.Lock()
			t.ended = &ended{refresh: stored.Refresh, err: err}
			t.mu.Unlock()
		}
		return bearer{}, err
	}
	if err := t.write(stored.Refresh, renewed); err != nil {
		return bearer{}, err
	}
	t.options.Logger.Info("access token renewed", "account", t.account.Address, "until", renewed.Expires)
	return renewed.bearer(), nil
}

// read returns the record if it is still the same person's: a connection that was switched to another account has
// another credential.
func (t *TokenSource) read() (record, error) {
	r, err := read(t.store, t.id)
	if err != nil {
		return record{}, err
	}
	if r.Kind != recordOAuth || r.Grant == nil || !r.Account.Key().equal(t.account.Key()) {
		return record{}, anotherNow("signin.TokenSource", r.Account, t.account)
	}
	return r, nil
}

// endedFor returns the refusal of this very refresh token, if there was one.
func (t *TokenSource) endedFor(refresh string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended != nil && same(t.ended.refresh, refresh) {
		return t.ended.err
	}
	return nil
}

// write stores what was got with the refresh token from, or remembers it until the disk takes it.
func (t *TokenSource) write(from string, renewed record) error {
	err := write(t.store, t.id, renewed)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unsaved = nil
	if err != nil {
		t.unsaved = &unsaved{from: from, record: renewed}
	}
	return err
}

func (t *TokenSource) unsavedFor(refresh string) (record, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.unsaved == nil || !same(t.unsaved.from, refresh) {
		return record{}, false
	}
	return t.unsaved.record, true
}
