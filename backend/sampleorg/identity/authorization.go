package identity

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// authorization is a checked request to the authorize endpoint.
type authorization struct {
	in           audience
	clientID     string
	redirectURI  string
	state        string
	nonce        string
	challenge    string // of PKCE, method S256
	responseMode string // query or form_post
	loginHint    string
	prompts      []string // login, select_account, consent, none
	scopes       scopes
}

func (a authorization) prompted(word string) bool { return slices.Contains(a.prompts, word) }

// onePerRequest are the parameters that may come once only.
var onePerRequest = []string{"client_id", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce",
	"code_challenge", "code_challenge_method", "prompt", "login_hint"}

// challengePattern is what a SHA-256 looks like in base64url.
var challengePattern = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// readAuthorization checks a request in the order that keeps codes and errors from going astray: until
// tenant, program and redirect URI are known to be good, the answer is a page (answerable false);
// after that an error goes back to the program (answerable true).
func (p *Provider) readAuthorization(r *http.Request) (a authorization, answerable bool, refused *refusal) {
	a.in, refused = p.dir.resolve(r.PathValue("tenant"))
	if refused != nil {
		return a, false, refused
	}
	if len(r.URL.RawQuery) > 16<<10 {
		return a, false, &refusal{Code: 90015, OAuth: "invalid_request", Text: "Requested query string is too long."}
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return a, false, &refusal{Code: 90004, OAuth: "invalid_request", Text: "The request is not properly formatted."}
	}
	for _, name := range onePerRequest {
		if len(q[name]) > 1 {
			return a, false, parameterTwice(name)
		}
	}
	app := p.dir.app
	a.clientID, a.redirectURI = q.Get("client_id"), q.Get("redirect_uri")
	switch {
	case a.clientID == "":
		return a, false, parameterMissing("client_id")
	case !strings.EqualFold(a.clientID, app.ClientID):
		return a, false, clientUnknown(a.clientID, a.in)
	case a.redirectURI == "":
		return a, false, parameterMissing("redirect_uri")
	case !app.redirectAllowed(a.redirectURI):
		return a, false, redirectRefused(a.redirectURI, app)
	}
	a.clientID = app.ClientID
	a.state, a.nonce, a.loginHint = q.Get("state"), q.Get("nonce"), strings.TrimSpace(q.Get("login_hint"))
	a.challenge = q.Get("code_challenge")
	a.responseMode = q.Get("response_mode")
	if a.responseMode == "" {
		a.responseMode = "query"
	}
	return a, true, p.readRest(&a, q)
}

// readRest checks what may be answered to the program when it is wrong.
func (p *Provider) readRest(a *authorization, q url.Values) *refusal {
	if a.responseMode != "query" && a.responseMode != "form_post" {
		mode := a.responseMode
		a.responseMode = "query" // so that the error can be answered at all
		return &refusal{Code: 70007, OAuth: "invalid_request",
			Text: "'" + mode + "' is not a supported value for 'response_mode' here. Expected values are 'query' and 'form_post'."}
	}
	switch q.Get("response_type") {
	case "code":
	case "":
		return parameterMissing("response_type")
	default:
		return &refusal{Code: 700054, OAuth: "unsupported_response_type",
			Text: "response_type '" + q.Get("response_type") + "' is not enabled for the application. Expected value is 'code'."}
	}
	var refused *refusal
	if a.scopes, refused = readScopes(q.Get("scope"), p.dir.app); refused != nil {
		return refused
	}
	if refused := readPrompts(a, q.Get("prompt")); refused != nil {
		return refused
	}
	switch {
	case a.challenge == "":
		return &refusal{Code: 9002325, OAuth: "invalid_request",
			Text: "Proof Key for Code Exchange is required: the parameter 'code_challenge' is missing."}
	case q.Get("code_challenge_method") != "S256":
		// Left out means plain (RFC 7636), which protects nothing.
		return &refusal{Code: 50147, OAuth: "invalid_request",
			Text: "The 'code_challenge_method' must be 'S256'."}
	case !challengePattern.MatchString(a.challenge):
		return &refusal{Code: 501491, OAuth: "invalid_request", Text: "Invalid size of Code_Challenge parameter."}
	}
	return nil
}

// readPrompts checks prompt, and its rule about login_hint: the picker lets a person choose, a hint has
// chosen already.
func readPrompts(a *authorization, value string) *refusal {
	for _, word := range strings.Fields(value) {
		if !slices.Contains([]string{"login", "select_account", "consent", "none"}, word) {
			return requestInvalid("Unsupported 'prompt' value.")
		}
		a.prompts = append(a.prompts, word)
	}
	switch {
	case a.prompted("none") && len(a.prompts) > 1:
		return requestInvalid("The 'prompt' value 'none' can't be combined with another.")
	case a.prompted("select_account") && a.loginHint != "":
		return requestInvalid("'login_hint' and the 'prompt' value 'select_account' can't be used together.")
	}
	return nil
}
