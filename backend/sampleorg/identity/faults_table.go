package identity

import (
	"fmt"
	"net/http"
	"time"
)

// faults are the refusals of Entra that a client has to have a sentence for, in Entra's words, and a few of
// its manners. Who already has a good refresh token meets those that also strike at a refresh there. It is
// filled at the start because the refusals refer to what refers to it.
var faults []Fault

func init() {
	faults = append(faults, peopleFaults...)
	faults = append(faults, policyFaults...)
	faults = append(faults, registrationFaults...)
	faults = append(faults, tokenFaults...)
}

// peopleFaults are about who signs in.
var peopleFaults = []Fault{
	{Name: "aadsts-50020", Says: "Whoever signs in is no guest of the directory (AADSTS50020), also at a refresh.", at: atPerson | atRefresh, oauth: "invalid_grant",
		no: func(p *Provider, in audience) *refusal { return notInTenant(p.dir.app, p.directoryOf(in), true) }},
	{Name: "aadsts-50034", Says: "The account does not exist in the directory (AADSTS50034), also at a refresh.", at: atPerson | atRefresh, oauth: "invalid_grant",
		no: func(p *Provider, in audience) *refusal {
			return &refusal{Code: 50034, OAuth: "access_denied", Plain: "We couldn’t find an account with that name in this directory.",
				Text: fmt.Sprintf("The user account {EmailHidden} does not exist in the %s directory. To sign into this application, the account must be added to the directory.", p.directoryOf(in).ID)}
		}},
	{Name: "aadsts-500200", Says: "Whoever signs in is told that theirs is a personal account (AADSTS500200).", at: atPerson,
		no: func(*Provider, audience) *refusal { return personalRefused() }},
	{Name: "aadsts-9002332", Says: "The application takes work accounts only and the endpoint is the wrong one (AADSTS9002332): a page, before anybody is asked.", at: atAuthorize | atDevice,
		no: func(p *Provider, _ audience) *refusal { return consumersRefused(p.dir.app) }},
	{Name: "aadsts-65001", Says: "Consent was taken back (AADSTS65001): refreshes are refused.", at: atRefresh,
		no: func(p *Provider, _ audience) *refusal { return consentMissing(p.dir.app) }},
	{Name: "aadsts-65004", Says: "The person presses Cancel on the consent page (AADSTS65004): the program is told so.", at: atConsent,
		no: func(*Provider, audience) *refusal { return consentDeclined }},
	{Name: "aadsts-90094", Says: "Only an administrator can allow the application (AADSTS90094).", at: atPerson,
		no: said(90094, "consent_required", "The grant requires admin permission.", "Need admin approval. The application needs permission to access resources in your organization that only an admin can grant.")},
}

const moved = "Due to a configuration change made by your administrator, or because you moved to a new location, you must "

// policyFaults are about devices, places and second factors.
var policyFaults = []Fault{
	{Name: "aadsts-50076", Says: "A refresh wants a second factor (AADSTS50076).", at: atRefresh, oauth: "invalid_grant", sub: "basic_action",
		no: said(50076, "interaction_required", moved+"use multi-factor authentication to access '"+Resource+"'.", "")},
	{Name: "aadsts-50079", Says: "A refresh wants a second factor that was never set up (AADSTS50079).", at: atRefresh, oauth: "interaction_required", sub: "basic_action",
		no: said(50079, "interaction_required", moved+"enroll in multi-factor authentication to access '"+Resource+"'.", "")},
	{Name: "aadsts-53000", Says: "The device is not managed by the organization (AADSTS53000), also at a refresh.", at: atPerson | atRefresh, oauth: "invalid_grant", sub: "message_only",
		no: said(53000, "interaction_required", "Device is not in required device state: unregistered. Conditional Access policy requires a compliant device, and the device is not compliant. The user must enroll their device with an approved MDM provider like Intune.",
			"Your organization requires this device to be managed to access this resource.")},
	{Name: "aadsts-53003", Says: "A Conditional Access policy blocks the sign-in (AADSTS53003), also at a refresh.", at: atPerson | atRefresh, oauth: "invalid_grant", sub: "message_only",
		no: said(53003, "access_denied", "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
			"You don’t have access to this. Your sign-in was successful but does not meet the criteria to access this resource.")},
	{Name: "aadsts-530033", Says: "Only managed devices may sign in, and device codes never (AADSTS530033), also at a refresh.", at: atPerson | atRefresh, oauth: "invalid_grant", sub: "message_only",
		no: said(530033, "access_denied", "Access has been blocked by Conditional Access policies. The access policy requires a managed device, which this authentication flow cannot prove.",
			"You don’t have access to this. You might be signing in from a device, app or authentication flow that is restricted by your admin.")},
}

// registrationFaults are about the application as it was registered.
var registrationFaults = []Fault{
	{Name: "aadsts-700016", Says: "The client id is not known in the directory (AADSTS700016): a page at the beginning, JSON at every other endpoint.", at: atAuthorize | atDevice | atToken | atRefresh,
		no: func(p *Provider, in audience) *refusal { return clientUnknown(p.dir.app.ClientID, in) }},
	{Name: "aadsts-50011", Says: "http://localhost is not registered (AADSTS50011): a page, before anybody is asked.", at: atAuthorize,
		no: func(p *Provider, _ audience) *refusal { return redirectRefused("http://localhost", p.dir.app) }},
	{Name: "aadsts-7000218", Says: "The application is no public client, so that codes and refresh tokens are not redeemed without a secret (AADSTS7000218).", at: atToken | atRefresh,
		no: func(*Provider, audience) *refusal {
			return &refusal{Code: 7000218, OAuth: "invalid_client", Status: http.StatusUnauthorized,
				Text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."}
		}},
	{Name: "aadsts-50194", Says: "The application belongs to one directory, so that /common and /organizations are refused (AADSTS50194).", at: atAuthorize | atDevice | atToken | atRefresh,
		no: func(p *Provider, in audience) *refusal {
			if !in.any() {
				return nil
			}
			return &refusal{Code: 50194, OAuth: "invalid_request", Plain: "This application belongs to one directory, and the program did not name it.",
				Text: fmt.Sprintf("Application '%s' is not configured as a multi-tenant application. Usage of the /%s endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.", p.dir.app.clientName(), in.segment)}
		}},
	{Name: "aadsts-650057", Says: "The registration lists no permission of Azure DevOps (AADSTS650057), also at a refresh.", at: atPerson | atRefresh, oauth: "invalid_resource",
		no: func(p *Provider, _ audience) *refusal {
			return &refusal{Code: 650057, OAuth: "invalid_resource",
				Text: fmt.Sprintf("Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: %s. Resource value from request: %s. Resource app ID: %s. List of valid resources from app registration: 00000003-0000-0000-c000-000000000000.", p.dir.app.clientName(), Resource, Resource)}
		}},
}

// tokenFaults are about tokens that are no longer good, and about the service itself.
var tokenFaults = []Fault{
	{Name: "aadsts-70008", Says: "Codes and refresh tokens have expired when they are redeemed (AADSTS70008).", at: atToken | atRefresh,
		no: said(70008, "invalid_grant", "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.", "")},
	{Name: "aadsts-700082", Says: "Refresh tokens have not been used for 90 days (AADSTS700082).", at: atRefresh,
		no: func(p *Provider, _ audience) *refusal {
			return &refusal{Code: 700082, OAuth: "invalid_grant", Sub: "bad_token",
				Text: "The refresh token has expired due to inactivity. The token was issued on " + instant(p.clock().Add(-refreshTokenIdle-24*time.Hour)) + " and was inactive for 90.00:00:00."}
		}},
	{Name: "aadsts-50173", Says: "Refresh tokens were revoked, as by a new password (AADSTS50173).", at: atRefresh,
		no: func(p *Provider, _ audience) *refusal {
			now := p.clock()
			return grantInvalid(50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '"+
				instant(now.Add(-time.Hour))+"' and the TokensValidFrom date (before which tokens are not valid) for this user is '"+instant(now.Add(-time.Minute))+"'.")
		}},
	{Name: "directory-unavailable", Says: "The directory answers 503 with a transient error (AADSTS90033) when tokens or device codes are asked for.", at: atToken | atRefresh | atDevice,
		no: func(*Provider, audience) *refusal {
			return &refusal{Code: 90033, OAuth: "temporarily_unavailable", Status: http.StatusServiceUnavailable, Text: "A transient error has occurred. Please try again."}
		}},
	{Name: "directory-throttles", Says: "The directory answers 429 with Retry-After (AADSTS90055) when tokens or device codes are asked for.", at: atToken | atRefresh | atDevice,
		no: func(*Provider, audience) *refusal {
			return &refusal{Code: 90055, OAuth: "temporarily_unavailable", Status: http.StatusTooManyRequests, RetryAfter: 3, Text: "There are too many incoming requests. Please try again later."}
		}},
	{Name: faultStrict, Says: "A refresh token is good once: the replaced one dies, and using it again ends every token of its sign-in."},
	{Name: faultClock, Says: "The clock of the directory is twelve minutes ahead, and so are the times in tokens."},
}
