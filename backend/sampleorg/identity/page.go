package identity

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

//go:embed pages/*.html pages/style.css
var pageFiles embed.FS

// pages are parsed once; a mistake in one stops the program at its start, where a test sees it.
var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

var pageStyle = func() template.CSS {
	b, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		panic(err) // the file is embedded: it is there or the program does not compile
	}
	return template.CSS(b)
}()

// frame is what every page has around its content.
type frame struct {
	Title       string
	Directory   string // whose sign-in this is
	Application string // the program that sent the person here
	Style       template.CSS
	Nonce       string
	Root        string // path of this tenant's pages: /identity/{tenant}
	Flow, CSRF  string
	Content     any
}

// signInPage is the content of the sign-in page. EmailWrong and PasswordWrong are sentences.
type signInPage struct {
	Email                     string
	EmailWrong, PasswordWrong string
	Chosen                    bool // the email came from the list of sample people
	People                    []face
	Password                  string // the sample password, when everybody has the same
}

// face is a person as the pages draw them.
type face struct {
	Name, UPN, About, Initials, Password string
	Colour                               int
}

func (p *Provider) faceOf(a Account) face {
	f := face{Name: a.Name, UPN: a.UPN, About: a.About, Password: a.Password}
	for _, word := range strings.Fields(a.Name) {
		if r := []rune(word); len(f.Initials) < 2 {
			f.Initials += strings.ToUpper(string(r[0]))
		}
	}
	f.Colour = slices.IndexFunc(p.dir.accounts, func(b Account) bool { return b.key() == a.key() }) % 6
	return f
}

func (p *Provider) facesOf(accounts []Account) []face {
	out := make([]face, len(accounts))
	for i, a := range accounts {
		out[i] = p.faceOf(a)
	}
	return out
}

// frameOf is the frame for one tenant.
func (p *Provider) frameOf(in audience, title string, content any) frame {
	segment := in.segment
	if segment == "" {
		segment = "organizations"
	}
	return frame{Title: title, Directory: in.name(), Application: p.dir.app.Name, Style: pageStyle,
		Root: p.prefix + "/" + segment, Content: content}
}

// frameOfFlow is the frame for a page whose form goes on with a flow.
func (p *Provider) frameOfFlow(f flow, title string, content any) frame {
	out := p.frameOf(f.request.in, title, content)
	out.Flow, out.CSRF = f.id, p.csrf(f.browser, f.id)
	return out
}

// render writes a page. The answer to a form may be a redirect to the program, which the browser only
// follows when form-action names its address.
func (p *Provider) render(w http.ResponseWriter, r *http.Request, status int, name string, a authorization, f frame) {
	f.Nonce = randomText(16)
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, f); err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	policy := "default-src 'none'; style-src 'nonce-" + f.Nonce + "'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
	if a.redirectURI != "" {
		policy += " " + origin(a.redirectURI)
	}
	if name == "formpost" {
		policy += "; script-src 'nonce-" + f.Nonce + "'"
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "strict-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(b.Bytes()) // a browser that went away
	}
}

func (p *Provider) signInPage(f flow, page signInPage) frame {
	page.People = p.facesOf(p.dir.accounts)
	page.Password = p.dir.accounts[0].Password
	for _, a := range p.dir.accounts {
		if a.Password != page.Password {
			page.Password = ""
		}
	}
	return p.frameOfFlow(f, "Sign in", page)
}

// showSignIn asks for email and password.
func (p *Provider) showSignIn(w http.ResponseWriter, r *http.Request, f flow, page signInPage) {
	p.note(r, EventAsked, f.request, "", 0)
	p.render(w, r, http.StatusOK, "signin", f.request, p.signInPage(f, page))
}

// showPicker lists the accounts the browser is signed in with.
func (p *Provider) showPicker(w http.ResponseWriter, r *http.Request, f flow, accounts []Account) {
	p.note(r, EventPicker, f.request, "", 0)
	p.render(w, r, http.StatusOK, "picker", f.request, p.frameOfFlow(f, "Pick an account", p.facesOf(accounts)))
}

// showConsent lists what the program asks for.
func (p *Provider) showConsent(w http.ResponseWriter, r *http.Request, f flow) {
	account, _ := p.dir.byKey(f.account)
	asked := f.request.scopes.asked()
	p.render(w, r, http.StatusOK, "consent", f.request, p.frameOfFlow(f, "Permissions requested", struct {
		Person      face
		Permissions []permission
		Writes      bool
		ClientID    string
		Back        string
		SignOut     string
	}{
		Person: p.faceOf(account), Permissions: asked,
		Writes:   slices.ContainsFunc(asked, func(q permission) bool { return q.Write }),
		ClientID: f.request.clientID, Back: f.request.redirectURI,
		SignOut: p.prefix + "/" + f.request.in.segment + "/oauth2/v2.0/logout?" + url.Values{"logout_hint": {account.UPN}}.Encode(),
	}))
}

// showRefusal says why the directory says no. With a flow the person may try another account or go back.
func (p *Provider) showRefusal(w http.ResponseWriter, r *http.Request, in audience, why *refusal, f *flow) {
	t := p.traceOf(r)
	content := struct {
		Plain, Text, Correlation, Trace, At string
		Code                                int
		Person                              *face
		SignOut                             string
	}{Plain: why.Plain, Text: why.Text, Correlation: t.correlation, Trace: t.id, At: t.timestamp(), Code: why.Code}
	out, a := p.frameOf(in, "You can’t sign in here", nil), authorization{}
	if f != nil {
		out, a = p.frameOfFlow(*f, "You can’t sign in here", nil), f.request
		account, _ := p.dir.byKey(f.account)
		who := p.faceOf(account)
		content.Person = &who
		content.SignOut = p.prefix + "/" + in.segment + "/oauth2/v2.0/logout?" + url.Values{"logout_hint": {account.UPN}}.Encode()
	}
	out.Content = content
	status := http.StatusBadRequest
	if f != nil {
		status = http.StatusOK // the request was good; the person is not
	}
	p.render(w, r, status, "refusal", a, out)
}

// showExpired says that a form is too old, was used, or is another browser's.
func (p *Provider) showExpired(w http.ResponseWriter, r *http.Request) {
	in, _ := p.dir.resolve(r.PathValue("tenant"))
	p.render(w, r, http.StatusForbidden, "expired", authorization{}, p.frameOf(in, "This page can’t be used any more", nil))
}

// showFormPost sends the browser back to the program with a form that a script submits; without
// scripts the person presses its button.
func (p *Provider) showFormPost(w http.ResponseWriter, r *http.Request, a authorization, v url.Values) {
	type field struct{ Name, Value string }
	var fields []field
	for name := range v {
		fields = append(fields, field{name, v.Get(name)})
	}
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	p.render(w, r, http.StatusOK, "formpost", a, p.frameOf(a.in, "Back to "+p.dir.app.Name, struct {
		Action string
		Fields []field
	}{a.redirectURI, fields}))
}

// showSignedOut tells a person that they are signed out, and what happens next.
func (p *Provider) showSignedOut(w http.ResponseWriter, r *http.Request, in audience, who string) {
	p.render(w, r, http.StatusOK, "signedout", authorization{}, p.frameOf(in, "You are signed out", who))
}

// showLogoutChoice asks which of several accounts to sign out of.
func (p *Provider) showLogoutChoice(w http.ResponseWriter, r *http.Request, in audience, accounts []Account, back, state string) {
	out := p.frameOf(in, "Sign out", struct {
		People      []face
		Back, State string
	}{p.facesOf(accounts), back, state})
	out.CSRF = p.csrf(p.browserOf(w, r), "logout")
	p.render(w, r, http.StatusOK, "logout", authorization{redirectURI: back}, out)
}

// showDeviceCode asks for the code that a program without a browser shows.
func (p *Provider) showDeviceCode(w http.ResponseWriter, r *http.Request, typed, wrong string) {
	in, refused := p.dir.resolve(r.PathValue("tenant"))
	if refused != nil {
		p.showRefusal(w, r, in, refused, nil)
		return
	}
	out := p.frameOf(in, "Enter the code", struct{ Typed, Wrong string }{typed, wrong})
	out.CSRF = p.csrf(p.browserOf(w, r), "device")
	p.render(w, r, http.StatusOK, "device", authorization{}, out)
}

// showDone ends a device sign-in in the browser; the program hears by itself.
func (p *Provider) showDone(w http.ResponseWriter, r *http.Request, f flow, well bool) {
	title := "You are signed in"
	if !well {
		title = "Nothing was allowed"
	}
	p.render(w, r, http.StatusOK, "done", authorization{}, p.frameOf(f.request.in, title, struct {
		Well bool
		UPN  string
	}{well, f.person.UPN}))
}
