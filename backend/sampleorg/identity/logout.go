package identity

import (
	"net/http"
	"net/url"
	"strings"
)

// logout ends the browser's session. With a hint it ends that account's; without one and with several
// accounts signed in it asks which. It revokes no token: a program keeps what it has, as at Entra.
func (p *Provider) logout(w http.ResponseWriter, r *http.Request) {
	in, refused := p.dir.resolve(r.PathValue("tenant"))
	if refused != nil {
		p.showRefusal(w, r, in, refused, nil)
		return
	}
	q := r.URL.Query()
	back := q.Get("post_logout_redirect_uri")
	if !p.dir.app.redirectAllowed(back) {
		back = ""
	}
	accounts := p.signedIn(r)
	if hint := q.Get("logout_hint"); hint != "" {
		account, ok := hinted(accounts, hint)
		accounts = nil
		if ok {
			accounts = []Account{account}
		}
	}
	if len(accounts) > 1 {
		p.showLogoutChoice(w, r, in, accounts, back, q.Get("state"))
		return
	}
	p.signOut(w, r, in, accounts, back, q.Get("state"))
}

// logoutChosen serves the list of accounts to sign out of.
func (p *Provider) logoutChosen(w http.ResponseWriter, r *http.Request) {
	in, refused := p.dir.resolve(r.PathValue("tenant"))
	if refused != nil {
		p.showRefusal(w, r, in, refused, nil)
		return
	}
	if !p.formAllowed(r, "logout") {
		p.showExpired(w, r)
		return
	}
	accounts := p.signedIn(r)
	if upn := r.PostForm.Get("account"); upn != "" {
		account, ok := hinted(accounts, upn)
		accounts = nil
		if ok {
			accounts = []Account{account}
		}
	}
	back := r.PostForm.Get("back")
	if !p.dir.app.redirectAllowed(back) {
		back = ""
	}
	p.signOut(w, r, in, accounts, back, r.PostForm.Get("state"))
}

// signOut ends the sessions of accounts in this browser and says so, or goes back to the program.
func (p *Provider) signOut(w http.ResponseWriter, r *http.Request, in audience, accounts []Account, back, state string) {
	var names []string
	for _, a := range accounts {
		left := p.sessions.end(r, a.key())
		p.note(r, EventSignedOut, authorization{in: in}, a.UPN, 0)
		names = append(names, a.UPN)
		if left == 0 {
			p.dropSession(w)
		}
	}
	if back != "" {
		if state != "" {
			back += "?" + url.Values{"state": {state}}.Encode()
		}
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, back, http.StatusSeeOther)
		return
	}
	p.showSignedOut(w, r, in, strings.Join(names, " and "))
}
