package identity

import (
	"fmt"
	"net/http"
)

// refusal is one numbered answer of the service. OAuth is what a program may branch on; Code and Text
// are for people, as Entra's documentation says of its own.
type refusal struct {
	Code  int    // the digits behind AADSTS
	OAuth string // error: invalid_grant, access_denied, …
	Sub   string // suberror, where the service sends one
	Text  string
	// Status is the HTTP status of a JSON answer; 0 means 400.
	Status int
	// RetryAfter is a number of seconds for the header of that name; 0 leaves it out.
	RetryAfter int
	// Plain is the sentence a page shows above the service's own words; empty: only those.
	Plain string
}

func (r *refusal) status() int {
	if r.Status == 0 {
		return http.StatusBadRequest
	}
	return r.Status
}

func tenantUnknown(segment string) *refusal {
	return &refusal{Code: 90002, OAuth: "invalid_request",
		Text:  fmt.Sprintf("Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.", segment),
		Plain: "There is no directory of that name here."}
}

func consumersRefused(app registration) *refusal {
	return &refusal{Code: 9002332, OAuth: "invalid_request",
		Text:  fmt.Sprintf("Application '%s'(%s) is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.", app.ClientID, app.Name),
		Plain: "This application takes work accounts only."}
}

func personalRefused() *refusal {
	return &refusal{Code: 500200, OAuth: "access_denied",
		Text:  "User account '{EmailHidden}' is a personal account. Personal accounts are not supported for this application unless explicitly invited to an organization. Try signing out and signing back in with an organizational account.",
		Plain: "You can’t sign in here with a personal account. Use your work account instead."}
}

func notInTenant(app registration, t Tenant, typed bool) *refusal {
	r := &refusal{Code: 16003, OAuth: "interaction_required",
		Text: fmt.Sprintf("Selected user account does not exist in tenant '%s' and cannot access the application '%s' in that tenant. The account needs to be added as an external user in the tenant first. Please use a different account.", t.Name, app.ClientID)}
	if typed {
		r = &refusal{Code: 50020, OAuth: "access_denied",
			Text: fmt.Sprintf("User account '{EmailHidden}' from another directory does not exist in tenant '%s' and cannot access the application '%s'(%s) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different account.", t.Name, app.ClientID, app.Name)}
	}
	r.Plain = fmt.Sprintf("This account is not in the directory of %s. Use another account, or ask to be invited.", t.Name)
	return r
}

func clientUnknown(clientID string, in audience) *refusal {
	return &refusal{Code: 700016, OAuth: "unauthorized_client",
		Text:  fmt.Sprintf("Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.", clientID, in.name()),
		Plain: "The program that sent you here is not registered in this directory."}
}

func redirectRefused(uri string, app registration) *refusal {
	return &refusal{Code: 50011, OAuth: "invalid_request",
		Text:  fmt.Sprintf("The redirect URI '%s' specified in the request does not match the redirect URIs configured for the application '%s'. Make sure the redirect URI sent in the request matches one added to the application.", uri, app.ClientID),
		Plain: "The program asked to be answered at an address that is not registered for it."}
}

func parameterMissing(name string) *refusal {
	return &refusal{Code: 900144, OAuth: "invalid_request",
		Text:  fmt.Sprintf("The request body must contain the following parameter: '%s'.", name),
		Plain: "The program sent an incomplete request."}
}

func parameterTwice(name string) *refusal {
	return &refusal{Code: 9000411, OAuth: "invalid_request",
		Text: fmt.Sprintf("The request is not properly formatted. The parameter '%s' is duplicated.", name)}
}

// requestInvalid is the service's answer to a value it does not take.
func requestInvalid(text string) *refusal {
	return &refusal{Code: 90023, OAuth: "invalid_request", Text: text}
}

func grantInvalid(code int, text string) *refusal {
	return &refusal{Code: code, OAuth: "invalid_grant", Text: text}
}

func consentMissing(app registration) *refusal {
	return &refusal{Code: 65001, OAuth: "invalid_grant", Sub: "consent_required",
		Text: fmt.Sprintf("The user or administrator has not consented to use the application with ID '%s' named '%s'. Send an interactive authorization request for this user and resource.", app.ClientID, app.Name)}
}

func methodRefused(accepts, got string) *refusal {
	return &refusal{Code: 900561, OAuth: "invalid_request", Status: http.StatusMethodNotAllowed,
		Text: fmt.Sprintf("The endpoint only accepts %s requests. Received a %s request.", accepts, got)}
}

var (
	consentDeclined = &refusal{Code: 65004, OAuth: "access_denied", Text: "User declined to consent to access the app."}
	nobodySignedIn  = &refusal{Code: 50058, OAuth: "login_required",
		Text: "A silent sign-in request was sent but no user is signed in."}
	severalSignedIn = &refusal{Code: 16000, OAuth: "interaction_required",
		Text: "Either multiple user identities are available for the current request or selected account is not supported for the scenario."}
	secretFromPublicClient = &refusal{Code: 700025, OAuth: "invalid_client", Status: http.StatusUnauthorized,
		Text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."}
	passwordWrong = &refusal{Code: 50126, OAuth: "invalid_grant",
		Text: "Error validating credentials due to invalid username or password."}
)
