package signin

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"sightline/backend/fault"
)

// refusal is an error answer of the directory, reduced to what may be shown and logged: its description quotes
// addresses and its body can hold tokens.
type refusal struct {
	Error       string // OAuth: access_denied, invalid_grant, interaction_required, …
	Suberror    string
	Number      int // behind AADSTS; 0 when there is none
	Correlation string
	Status      int // HTTP status; 0 when the answer came through the browser
}

var (
	aadstsNumber  = regexp.MustCompile(`AADSTS(\d{4,9})`)
	correlationID = regexp.MustCompile(`(?i)Correlation ID: ([0-9a-f-]{36})`)
	errorWord     = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)
)

// readRefusal reads the JSON error of the token endpoint or of discovery.
func readRefusal(body []byte, status int) (refusal, bool) {
	var wire struct {
		Error       string `json:"error"`
		Suberror    string `json:"suberror"`
		Description string `json:"error_description"`
		Codes       []int  `json:"error_codes"`
		Correlation string `json:"correlation_id"`
	}
	if json.Unmarshal(body, &wire) != nil || wire.Error == "" {
		return refusal{}, false
	}
	r := refusal{Error: word(wire.Error), Suberror: optionalWord(wire.Suberror), Status: status}
	r.describe(wire.Description)
	if r.Number == 0 && len(wire.Codes) > 0 {
		r.Number = wire.Codes[0]
	}
	if guid.MatchString(wire.Correlation) {
		r.Correlation = wire.Correlation
	}
	return r, true
}

// refusalOf reads the error that came back through the browser.
func refusalOf(values url.Values) refusal {
	r := refusal{Error: word(values.Get("error")), Suberror: optionalWord(values.Get("error_subcode"))}
	r.describe(values.Get("error_description"))
	return r
}

func (r *refusal) describe(description string) {
	if m := aadstsNumber.FindStringSubmatch(description); m != nil {
		r.Number, _ = strconv.Atoi(m[1])
	}
	if m := correlationID.FindStringSubmatch(description); m != nil {
		r.Correlation = m[1]
	}
}

// word keeps an error code only if it looks like one; anybody on this computer may send us an error.
func word(s string) string {
	if errorWord.MatchString(s) {
		return s
	}
	return "unknown_error"
}

// optionalWord is word for what may be left out.
func optionalWord(s string) string {
	if s == "" {
		return ""
	}
	return word(s)
}

// needsPerson reports whether only the person can go on: no use to try again with the same token.
func (r refusal) needsPerson() bool {
	switch r.Error {
	case "invalid_grant", "interaction_required", "consent_required", "login_required", "access_denied":
		return true
	}
	return false
}

// code names the refusal for support: AADSTS65004, or the OAuth error.
func (r refusal) code() string {
	if r.Number != 0 {
		return "AADSTS" + strconv.Itoa(r.Number)
	}
	return r.Error
}

// situation is what a sentence needs to say as whom, to what and with which registration.
type situation struct {
	Person       string // address or name; empty while nobody is known
	Organization string
	// OrganizationURL is where the tokens go; empty for a directory alone.
	OrganizationURL string
	TenantID        string
	ClientID        string
	Authority       string   // with its tenant; empty: no link for an administrator can be made
	Scopes          []string // that were asked for
	Refreshing      bool     // no browser is open: the tokens at rest were refused
	ByCode          bool     // the person typed a code in some other browser
	// InNormalBrowser: the sign-in was in the person's own browser, so that one is no way out any more.
	InNormalBrowser bool
	When            string // the day, for "ended on …"
}

// fault turns a refusal into a fault. What kind it is follows from error and suberror, as Microsoft demands; the
// number only picks the sentence, and for a sign-in the more exact code that goes with the sentence.
func (r refusal) fault(op string, about situation) *fault.Error {
	s, known := sentenceOf(r.Number)
	if !known {
		s, known = sentenceOfError(r)
	}
	if !known {
		s = sentence{code: fault.SignInRefused, message: "Microsoft answered " + r.code() + " to the sign-in to {organization}.",
			hint:    "Try again; if it comes back, give your administrator the code and the correlation id below.",
			actions: []fault.Action{fault.Retry, fault.CopyForAdmin}}
	}
	switch {
	case s.code != fault.ConditionalAccess:
	case about.ByCode:
		s = codesForbidden
	case about.InNormalBrowser:
		s = browserForbidden
	}
	f := fault.New(s.code, op, about.fill(s.message), about.fill(s.hint)).Offering(s.actions...)
	if about.Refreshing && r.needsPerson() {
		f.Code = fault.NotSignedIn
		f.Actions = againFirst(s.actions)
		if s.whileRefreshing != "" {
			f.Message, f.Hint = about.fill(s.whileRefreshing), about.fill(signInAgain)
		} else if !known || s.code == fault.SignInRefused {
			f.Message, f.Hint = about.fill(signInEnded), about.fill(signInAgain)
		}
	}
	f.With("Microsoft's code", r.code()).With("Correlation id", r.Correlation)
	if r.Number != 0 {
		f.With("OAuth error", strings.TrimSuffix(r.Error+" / "+r.Suberror, " / "))
	}
	if s.needsAdministrator {
		f.With("Application id", about.ClientID).With("Permissions", strings.Join(about.Scopes, " ")).
			With("Link for the administrator", about.adminConsent())
	}
	return f.Because(fmt.Errorf("the directory answered %s (%s %s)", r.code(), r.Error, r.Suberror))
}

// againFirst puts the one thing that always helps an ended sign-in before the others.
func againFirst(actions []fault.Action) []fault.Action {
	all := []fault.Action{fault.SignInAgain}
	for _, a := range actions {
		if a != fault.SignInAgain && a != fault.Retry {
			all = append(all, a)
		}
	}
	return all
}

// adminConsent is the page on which an administrator of the directory allows the registration for everybody.
func (s situation) adminConsent() string {
	if s.Authority == "" || s.ClientID == "" {
		return ""
	}
	return s.Authority + "/adminconsent?" + url.Values{"client_id": {s.ClientID}}.Encode()
}

// fill puts names into a sentence. What is not known gets a word that still reads well.
func (s situation) fill(text string) string {
	or := func(value, otherwise string) string {
		if value == "" {
			return otherwise
		}
		return value
	}
	return strings.NewReplacer(
		"{person}", or(s.Person, "this account"),
		"{Person}", or(s.Person, "This account"),
		"{again}", or(s.Person, "the same person"),
		"{organization}", named(s.Organization),
		"{tenant}", or(s.TenantID, "the organization's directory"),
		"{client}", or(s.ClientID, "of this connection"),
		"{when}", or(s.When, "today"),
	).Replace(text)
}
