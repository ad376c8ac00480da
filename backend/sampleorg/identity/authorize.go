package identity

import (
	"net/http"
	"net/url"
	"strings"
)

// authorize begins a sign-in.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	a, answerable, refused := p.readAuthorization(r)
	switch {
	case refused == nil:
		if refused = p.failed(atAuthorize, a.in); refused == nil {
			p.begin(w, r, flow{request: a})
			return
		}
		p.note(r, EventRefused, a, "", refused.Code)
		p.showRefusal(w, r, a.in, refused, nil)
	case answerable:
		p.answerRefusal(w, r, a, refused, "")
	default:
		p.note(r, EventRefused, a, "", refused.Code)
		p.showRefusal(w, r, a.in, refused, nil)
	}
}

// begin decides how the person is found out: from the browser's session without a word, from a list, or
// by asking.
func (p *Provider) begin(w http.ResponseWriter, r *http.Request, f flow) {
	f.browser = p.browserOf(w, r)
	accounts := p.signedIn(r)
	a := f.request
	if a.prompted("none") {
		p.beginSilently(w, r, f, accounts)
		return
	}
	switch {
	case a.prompted("login") || len(accounts) == 0:
		p.showSignIn(w, r, p.flows.put(f), signInPage{Email: a.loginHint})
	case a.prompted("select_account") || f.device != "":
		p.showPicker(w, r, p.flows.put(f), accounts)
	case a.loginHint != "":
		if account, ok := hinted(accounts, a.loginHint); ok {
			p.silently(w, r, f, account)
			return
		}
		p.showSignIn(w, r, p.flows.put(f), signInPage{Email: a.loginHint})
	case len(accounts) == 1:
		p.silently(w, r, f, accounts[0])
	default:
		p.showPicker(w, r, p.flows.put(f), accounts)
	}
}

// beginSilently serves prompt=none: an answer without a page, whatever it is.
func (p *Provider) beginSilently(w http.ResponseWriter, r *http.Request, f flow, accounts []Account) {
	a := f.request
	if a.loginHint != "" {
		account, ok := hinted(accounts, a.loginHint)
		accounts = nil
		if ok {
			accounts = []Account{account}
		}
	}
	switch len(accounts) {
	case 0:
		p.answerRefusal(w, r, a, nobodySignedIn, "")
		return
	case 1:
	default:
		p.answerRefusal(w, r, a, severalSignedIn, "")
		return
	}
	who, refused := p.dir.identityIn(accounts[0], a.in, false)
	if refused == nil {
		refused = p.failed(atPerson, a.in)
	}
	switch {
	case refused != nil:
		p.answerRefusal(w, r, a, refused, accounts[0].UPN)
	case !p.consents.covers(who, a.clientID, a.scopes):
		missing := *consentMissing(p.dir.app)
		missing.OAuth = "consent_required"
		p.answerRefusal(w, r, a, &missing, who.UPN)
	default:
		p.note(r, EventSilent, a, who.UPN, 0)
		f.account, f.person = accounts[0].key(), who
		p.finish(w, r, f)
	}
}

// silently signs in the one account of the browser. This is the behaviour that signed people in as the
// wrong person in 2015, and Entra's default to this day.
func (p *Provider) silently(w http.ResponseWriter, r *http.Request, f flow, account Account) {
	p.note(r, EventSilent, f.request, account.UPN, 0)
	p.identified(w, r, p.flows.put(f), account, false)
}

// identified goes on once the account is known: refusal, consent page, or the code.
func (p *Provider) identified(w http.ResponseWriter, r *http.Request, f flow, account Account, typed bool) {
	who, refused := p.dir.identityIn(account, f.request.in, typed)
	if refused == nil {
		refused = p.failed(atPerson, f.request.in)
	}
	f.account, f.person, f.stopped = account.key(), who, refused
	f = p.flows.put(f)
	if refused != nil {
		p.note(r, EventRefused, f.request, account.UPN, refused.Code)
		p.showRefusal(w, r, f.request.in, refused, &f)
		return
	}
	if declined := p.failed(atConsent, f.request.in); declined != nil {
		p.decline(w, r, f, declined)
		return
	}
	if f.request.prompted("consent") || !p.consents.covers(who, f.request.clientID, f.request.scopes) {
		p.note(r, EventConsent, f.request, who.UPN, 0)
		p.showConsent(w, r, f)
		return
	}
	p.finish(w, r, f)
}

// finish ends a flow well: a code to the program, or a yes to the waiting device.
func (p *Provider) finish(w http.ResponseWriter, r *http.Request, f flow) {
	if f.id != "" && !p.flows.take(f.id) {
		p.showExpired(w, r) // the button was pressed twice
		return
	}
	if f.device != "" {
		p.devices.approve(f.device, f.person, f.account)
		p.showDone(w, r, f, true)
		return
	}
	code := p.codes.issue(f)
	p.issued.add(SecretCode, code, f.person.UPN)
	p.note(r, EventCode, f.request, f.person.UPN, 0)
	p.answer(w, r, f.request, url.Values{"code": {code}, "session_state": {newGUID()}})
}

// answerRefusal sends an error back to the program.
func (p *Provider) answerRefusal(w http.ResponseWriter, r *http.Request, a authorization, why *refusal, upn string) {
	p.note(r, EventRefused, a, upn, why.Code)
	v := url.Values{"error": {why.OAuth}, "error_description": {p.traceOf(r).describe(why)}}
	if why.Code == consentDeclined.Code {
		v.Set("error_subcode", "cancel")
	}
	p.answer(w, r, a, v)
}

// answer sends the browser back to the program, by redirect or by a form.
func (p *Provider) answer(w http.ResponseWriter, r *http.Request, a authorization, v url.Values) {
	if a.state != "" {
		v.Set("state", a.state)
	}
	if a.responseMode == "form_post" {
		p.showFormPost(w, r, a, v)
		return
	}
	status := http.StatusFound
	if r.Method == http.MethodPost {
		status = http.StatusSeeOther
	}
	h := w.Header()
	h.Set("Location", a.redirectURI+"?"+v.Encode())
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
}

// signedIn lists the accounts of the browser.
func (p *Provider) signedIn(r *http.Request) []Account {
	var out []Account
	for _, key := range p.sessions.accounts(r) {
		if a, ok := p.dir.byKey(key); ok {
			out = append(out, a)
		}
	}
	return out
}

func hinted(accounts []Account, hint string) (Account, bool) {
	for _, a := range accounts {
		if strings.EqualFold(a.UPN, hint) {
			return a, true
		}
	}
	return Account{}, false
}

// note writes one event of a browser's request.
func (p *Provider) note(r *http.Request, kind EventKind, a authorization, upn string, code int) {
	p.log.add(kind, upn, a.in.segment, sessionsBefore(r), code)
}
