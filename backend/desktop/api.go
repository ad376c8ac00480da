package desktop

import (
	"io"
	"net/http"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/signin"
)

// longestSecret bounds the body that carries a personal access token or a passphrase; real tokens have 52 or 84
// characters.
const longestSecret = 1 << 10

// API serves what does not fit a call: it takes personal access tokens and passphrases, because the arguments of
// calls may be logged.
func (p *Program) API() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/attempts/{id}/token", func(w http.ResponseWriter, r *http.Request) {
		token, ok := secretOf(w, r)
		if !ok {
			return
		}
		a := p.attempt(r.PathValue("id"))
		if a == nil {
			http.NotFound(w, r)
			return
		}
		if err := a.give(token); err != nil {
			http.Error(w, fault.ReportOf(err).Message, http.StatusConflict)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /api/passphrase", func(w http.ResponseWriter, r *http.Request) {
		passphrase, ok := secretOf(w, r)
		if !ok {
			return
		}
		p.await()
		if err := p.usePassphrase(passphrase); err != nil {
			http.Error(w, fault.ReportOf(err).Message, passphraseStatus(err))
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /api/exports/{id}", p.serveExport)
	return mux
}

// secretOf reads the secret that a request carries, or answers why not.
func secretOf(w http.ResponseWriter, r *http.Request) (signin.Secret, bool) {
	// A header that a foreign page cannot set without asking: no form can post here.
	if r.Header.Get("X-Sightline") != "1" {
		http.Error(w, "forbidden", http.StatusForbidden)
		return signin.Secret{}, false
	}
	var b strings.Builder
	if _, err := io.Copy(&b, http.MaxBytesReader(w, r.Body, longestSecret)); err != nil {
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
		return signin.Secret{}, false
	}
	secret := signin.NewSecret(strings.TrimSpace(b.String()))
	if secret.IsZero() {
		http.Error(w, "empty", http.StatusBadRequest)
		return signin.Secret{}, false
	}
	return secret, true
}

// passphraseStatus is 403 for the wrong passphrase, 400 for one that cannot be chosen, and 409 when no passphrase can
// be used here.
func passphraseStatus(err error) int {
	switch fault.CodeOf(err) {
	case fault.NotSignedIn:
		return http.StatusForbidden
	case fault.Invalid:
		return http.StatusBadRequest
	}
	return http.StatusConflict
}
