package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/pkg/op"
)

// sessionCookie is persistent, as a directory's is: it outlives the browser.
const sessionCookie = "SESSION"

var signInPage = template.Must(template.New("sign-in").Parse(`<!doctype html><title>Sign in</title>
<form method="post"><input name="address" value="{{.}}"><input name="password" type="password"><button>Sign in</button></form>`))

// desk is where people sign in, for every directory: the session of a browser is one for all of them.
type desk struct {
	log *eventLog

	mu       sync.Mutex
	sessions map[string]session
}

type session struct {
	who  person
	when time.Time
}

// newHandler mounts the directories and, at /events, what happened in them.
func newHandler(base string) (http.Handler, error) {
	log := &eventLog{}
	d := &desk{log: log, sessions: map[string]session{}}
	mux := http.NewServeMux()
	for _, tenantID := range []string{harbour, orchard} {
		store, err := newStorage(tenantID, log)
		if err != nil {
			return nil, err
		}
		config := &op.Config{CodeMethodS256: true, GrantTypeRefreshToken: true}
		_, _ = rand.Read(config.CryptoKey[:])
		issuer := base + "/" + tenantID + "/v2.0"
		provider, err := op.NewProvider(config, store, op.StaticIssuer(issuer), op.WithAllowInsecure())
		if err != nil {
			return nil, err
		}
		mux.Handle("/"+tenantID+"/v2.0/", http.StripPrefix("/"+tenantID+"/v2.0", provider))
		mux.Handle("/"+tenantID+"/sign-in", d.signIn(store, func(r *http.Request, id string) string {
			return op.AuthCallbackURL(provider)(op.ContextWithIssuer(r.Context(), issuer), id)
		}))
	}
	mux.HandleFunc("GET /events", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(log.all()) })
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil))) // the library logs requests
	return mux, nil
}

// signIn is the page between the authorization endpoint and the way back. A browser that is signed in is let
// through without a word, unless the program wants the person asked: the fault this exists to show.
func (d *desk) signIn(store *storage, back func(*http.Request, string) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		request, err := store.request(r.FormValue("request"))
		if err != nil {
			http.Error(w, "This sign-in is over.", http.StatusGone)
			return
		}
		known := d.sessionOf(r)
		switch {
		case r.Method == http.MethodPost:
			who, here := personAt(r.PostFormValue("address"))
			if !here || r.PostFormValue("password") != password || who.TenantID != store.tenantID {
				http.Error(w, fmt.Sprintf("%q is not a member of this directory.", r.PostFormValue("address")), http.StatusForbidden)
				return
			}
			d.log.add("signed_in", who.Address, known.who.Address)
			d.begin(w, session{who, time.Now()})
			store.finish(request.id, who, time.Now())
		case known.who.TenantID == store.tenantID && !request.mustAsk():
			d.log.add("silent", known.who.Address, known.who.Address)
			store.finish(request.id, known.who, known.when)
		default:
			d.log.add("asked", request.asked.LoginHint, known.who.Address)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_ = signInPage.Execute(w, request.asked.LoginHint)
			return
		}
		http.Redirect(w, r, back(r, request.id), http.StatusSeeOther)
	}
}

func (d *desk) sessionOf(r *http.Request) session {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return session{}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sessions[cookie.Value]
}

func (d *desk) begin(w http.ResponseWriter, s session) {
	id := rand.Text()
	d.mu.Lock()
	d.sessions[id] = s
	d.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: id, Path: "/", MaxAge: 90 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}
