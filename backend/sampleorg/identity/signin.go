package identity

import (
	"crypto/subtle"
	"net/http"
	"strings"
)

// passwordEntered serves the form of the sign-in page. The button of a person in the sample list sends
// the same page again with that email filled in.
func (p *Provider) passwordEntered(w http.ResponseWriter, r *http.Request) {
	f, ok := p.flowOf(w, r)
	if !ok {
		return
	}
	if upn := r.PostForm.Get("use"); upn != "" {
		p.render(w, r, http.StatusOK, "signin", f.request, p.signInPage(f, signInPage{Email: upn, Chosen: true}))
		return
	}
	email, password := strings.TrimSpace(r.PostForm.Get("email")), r.PostForm.Get("password")
	page := signInPage{Email: email}
	account, known := p.dir.byEmail(email)
	switch {
	case email == "":
		page.EmailWrong = "Enter your email address."
	case !known:
		page.EmailWrong = "We don’t know anybody with that email address. Check it, or use one from the list of sample people."
	case password == "":
		page.PasswordWrong = "Enter the password of " + account.UPN + "."
	case subtle.ConstantTimeCompare([]byte(password), []byte(account.Password)) != 1:
		page.PasswordWrong = "That is not the password of " + account.UPN + ". The sample passwords are in the list of sample people."
	default:
		p.signIn(w, r, f, account, r.PostForm.Get("keep") != "")
		return
	}
	p.note(r, EventWrongPassword, f.request, account.UPN, passwordWrong.Code)
	p.render(w, r, http.StatusOK, "signin", f.request, p.signInPage(f, page))
}

// signIn begins a session and goes on. As at Entra the session belongs to the account, even when the
// directory asked for then refuses it.
func (p *Provider) signIn(w http.ResponseWriter, r *http.Request, f flow, account Account, keep bool) {
	p.note(r, EventSignedIn, f.request, account.UPN, 0)
	value, stays := p.sessions.begin(r, account.key(), keep)
	p.setSession(w, value, stays)
	p.identified(w, r, f, account, true)
}

// accountPicked serves the list of signed-in accounts. Choosing one needs no password, unless the
// program asked for one with prompt=login.
func (p *Provider) accountPicked(w http.ResponseWriter, r *http.Request) {
	f, ok := p.flowOf(w, r)
	if !ok {
		return
	}
	account, ok := hinted(p.signedIn(r), r.PostForm.Get("account"))
	if !ok || f.request.prompted("login") {
		p.showSignIn(w, r, f, signInPage{Email: r.PostForm.Get("account")})
		return
	}
	p.note(r, EventPicked, f.request, account.UPN, 0)
	p.identified(w, r, f, account, false)
}

// anotherAccount shows the sign-in page although somebody is signed in.
func (p *Provider) anotherAccount(w http.ResponseWriter, r *http.Request) {
	f, ok := p.flowOf(w, r)
	if !ok {
		return
	}
	f.account, f.person, f.stopped = "", Person{}, nil
	p.showSignIn(w, r, p.flows.put(f), signInPage{})
}

// consentGiven serves the two buttons of the consent page.
func (p *Provider) consentGiven(w http.ResponseWriter, r *http.Request) {
	f, ok := p.flowOf(w, r)
	if !ok {
		return
	}
	account, known := p.dir.byKey(f.account)
	_, there := hinted(p.signedIn(r), account.UPN)
	if !known || !there || f.stopped != nil {
		// Nobody has signed in on this page, or they signed out and came back with the Back button.
		p.showExpired(w, r)
		return
	}
	if r.PostForm.Get("do") == "accept" {
		p.consents.give(f.person, f.request.clientID, f.request.scopes)
		p.note(r, EventAccepted, f.request, f.person.UPN, 0)
		p.finish(w, r, f)
		return
	}
	p.decline(w, r, f, consentDeclined)
}

// decline ends a flow whose person allowed nothing, and tells the program.
func (p *Provider) decline(w http.ResponseWriter, r *http.Request, f flow, why *refusal) {
	p.flows.take(f.id)
	p.note(r, EventDeclined, f.request, f.person.UPN, why.Code)
	if f.device != "" {
		p.devices.decline(f.device)
		p.showDone(w, r, f, false)
		return
	}
	p.answerRefusal(w, r, f.request, why, f.person.UPN)
}

// returnRefused takes a person whom the directory refused back to the program. Entra often leaves them
// on the page, so that the program hears nothing; here both can happen.
func (p *Provider) returnRefused(w http.ResponseWriter, r *http.Request) {
	f, ok := p.flowOf(w, r)
	if !ok {
		return
	}
	if f.stopped == nil {
		p.showExpired(w, r)
		return
	}
	p.flows.take(f.id)
	account, _ := p.dir.byKey(f.account)
	if f.device != "" {
		p.devices.decline(f.device)
		p.showDone(w, r, f, false)
		return
	}
	p.answerRefusal(w, r, f.request, f.stopped, account.UPN)
}
