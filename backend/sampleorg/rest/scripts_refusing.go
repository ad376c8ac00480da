package rest

import (
	"net/http"
	"strings"
	"sync"
)

// refusingScripts are the faults that no client should get past.
var refusingScripts = []Script{
	{Name: "stopped-organization", Says: "The organization was deactivated: 503 with TF24668 and a byte order mark on every request.", Refuses: true, begin: everyTime(nil, OrganizationStopped)},
	{Name: "sign-in-page", Says: "Every request ends at 203 with the page of the sign-in.", Refuses: true, begin: everyTime(nil, SignInPage)},
	{Name: "not-authorized", Says: "The person is no member: every request is refused with 401 and TF400813, which names them.", Refuses: true, begin: everyTime(nil, notMember)},
	{Name: "conditional-access", Says: "Every request to the organization is refused with 403 and VS403463; profile and organizations still answer.", Refuses: true, begin: everyTime(notOutside, ConditionalAccess)},
	{Name: "not-materialized", Says: "The person never opened the organization in a browser: every request is refused and says so.", Refuses: true, begin: everyTime(nil, NotMaterialized)},
	{Name: "somebody-else", Says: "From the sixth request on, answers are good but come as another identity.", Refuses: true, begin: behind(5, func() *Fault {
		return SomebodyElse("99999999-2222-4333-8444-555555555555", "somebody.else@lumen.example")
	})},
	{Name: "anonymous", Says: "Every request is answered as nobody is answered: 200, an empty list, no word about a user.", Refuses: true, begin: everyTime(nil, Anonymous)},
	{Name: "oauth-policy-off", Says: "The organization's policy forbids programs of others: whoever signed in with OAuth is refused with 401 and TF400813, which names the identity. A personal access token is not concerned.", Refuses: true, begin: everyTime(byOAuth, OAuthPolicyOff)},
	{Name: "disabled-repository", Says: "The repository whose contents are asked for first is listed, but its contents are refused with 404 and TF401019.", Refuses: true, begin: disabledRepository},
}

// notOutside leaves out what belongs to no organization.
func notOutside(r *http.Request) bool {
	return !strings.HasPrefix(strings.ToLower(r.URL.Path), "/_apis/")
}

// byOAuth says whether a request carries a token of OAuth.
func byOAuth(r *http.Request) bool {
	_, ok := BearerToken(r)
	return ok
}

// notMember refuses the caller as somebody the organization does not know.
func notMember() *Fault {
	return &Fault{cutAfter: -1, refuse: func(c *call) *refusal {
		seen, why := c.h.o.Authenticate.Authenticate(c.r)
		if why != Accepted {
			return c.signIn()
		}
		return c.notAuthorized(seen.TenantID + `\` + seen.UPN)
	}}
}

// under says whether a request asks for something below a resource.
func under(r *http.Request, resource string) bool {
	return strings.Contains(strings.ToLower(r.URL.Path), "/_apis"+resource)
}

// disabledRepository refuses the contents of the first repository that somebody asks for.
func disabledRepository() func(*http.Request) *Fault {
	var mu sync.Mutex
	chosen := ""
	return func(r *http.Request) *Fault {
		_, rest, ok := strings.Cut(strings.ToLower(r.URL.Path), "/_apis/git/repositories/")
		name, contents, _ := strings.Cut(rest, "/")
		if !ok || contents == "" {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		if chosen == "" {
			chosen = name
		}
		if name != chosen {
			return nil
		}
		return &Fault{cutAfter: -1, refuse: func(c *call) *refusal {
			// The service knows who asks before it refuses, and says so.
			seen, why := c.h.o.Authenticate.Authenticate(c.r)
			if why != Accepted {
				return c.signIn()
			}
			c.caller = seen
			return noRepository(name)
		}}
	}
}
