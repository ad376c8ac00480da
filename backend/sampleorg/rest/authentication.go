package rest

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
)

// Caller is whom a credential belongs to.
type Caller struct {
	ID          string // identity GUID in the organization
	DisplayName string
	UPN         string
	TenantID    string // the directory that vouches for them
	Member      bool   // of the organization
}

// Refusal says why a credential is not accepted; Accepted when it is.
type Refusal int

// The refusals. The service answers both alike; the difference is for logs.
const (
	Accepted      Refusal = iota
	NoCredential          // nothing came, or nothing of a kind that is known
	BadCredential         // expired, revoked, garbage, or another's
)

// Authenticator reads a request's credential. Basic with an empty user name and a personal access token,
// and Bearer, are the kinds the service takes; BasicToken and BearerToken read them.
type Authenticator interface {
	Authenticate(r *http.Request) (Caller, Refusal)
}

// AuthenticatorFunc makes an Authenticator of a function.
type AuthenticatorFunc func(r *http.Request) (Caller, Refusal)

// Authenticate calls the function.
func (f AuthenticatorFunc) Authenticate(r *http.Request) (Caller, Refusal) { return f(r) }

// BasicToken is the personal access token of a request. The user name before it does not matter.
func BasicToken(r *http.Request) (string, bool) {
	_, token, ok := r.BasicAuth()
	return token, ok && token != ""
}

// BearerToken is the access token of a request.
func BearerToken(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	token = strings.TrimSpace(token)
	return token, strings.EqualFold(scheme, "Bearer") && token != ""
}

// zeroTenant stands for an organization of personal accounts.
const zeroTenant = "00000000-0000-0000-0000-000000000000"

func (c *call) tenant() string {
	if tenant := c.h.Tenant(); tenant != "" {
		return tenant
	}
	return zeroTenant
}

// identify finds the caller, or refuses: 401 when the client asked not to be redirected or sent something
// that a redirect would lose, else 302 to the sign-in page.
func (c *call) identify() *refusal {
	caller, why := c.h.o.Authenticate.Authenticate(c.r)
	public := c.h.o.Public && !c.outside && c.r.Method == http.MethodGet
	if why != Accepted {
		if public {
			c.publicOnly()
			return nil // as nobody, whatever came
		}
		return c.signIn()
	}
	if public && !caller.Member {
		c.publicOnly()
		c.caller = caller
		return nil
	}
	if !caller.Member && !c.outside {
		return c.notAuthorized(caller.TenantID + `\` + caller.UPN)
	}
	c.caller = caller
	return nil
}

// publicOnly hides every project that only members may see.
func (c *call) publicOnly() {
	hidden := maps.Clone(c.hidden)
	if hidden == nil {
		hidden = map[string]bool{}
	}
	for _, p := range c.world.Projects {
		if p.Visibility != "public" {
			hidden[p.ID] = true
		}
	}
	c.hidden = hidden
}

// notAuthorized is TF400813. It names whom the service saw.
func (c *call) notAuthorized(seen string) *refusal {
	return &refusal{status: http.StatusUnauthorized, typeKey: "UnauthorizedRequestException", header: c.challenges(),
		message:  "TF400813: The user '" + seen + "' is not authorized to access this resource.",
		typeName: "Microsoft.TeamFoundation.Framework.Server.UnauthorizedRequestException, Microsoft.TeamFoundation.Framework.Server"}
}

// challenges are the WWW-Authenticate headers.
func (c *call) challenges() http.Header {
	h := http.Header{}
	if c.h.o.Server {
		// A Server takes tokens and the sign-in of Windows, never OAuth.
		for _, v := range []string{"Bearer", `Basic realm="` + c.host() + `/"`, "Negotiate", "NTLM"} {
			h.Add("WWW-Authenticate", v)
		}
		return h
	}
	h.Add("WWW-Authenticate", "Bearer authorization_uri="+c.h.authority()+"/"+c.tenant())
	h.Add("WWW-Authenticate", `Basic realm="`+c.host()+`/"`)
	h.Add("WWW-Authenticate", "TFS-Federated")
	h.Set("X-VSS-ResourceTenant", c.tenant())
	return h
}

func (c *call) host() string { return strings.TrimSuffix(c.base, "/"+c.h.o.Organization) }

func (c *call) signInAddress() string {
	return c.host() + "/_signin?realm=" + url.QueryEscape(c.r.Host) + "&reply_to=" + url.QueryEscape(c.base+"/") + "&redirect=1&hid=" + c.world.ID
}

func (c *call) signIn() *refusal {
	suppressed := strings.EqualFold(c.r.Header.Get("X-TFS-FedAuthRedirect"), "Suppress")
	if suppressed || c.h.o.Server || c.r.Method == http.MethodPatch || c.r.Method == http.MethodPut {
		h := c.challenges()
		if !c.h.o.Server {
			h.Set("X-TFS-FedAuthRedirect", c.signInAddress())
		}
		return &refusal{status: http.StatusUnauthorized, header: h}
	}
	h := http.Header{}
	h.Set("Location", c.signInAddress())
	h.Set("X-VSS-ResourceTenant", c.tenant())
	return &refusal{status: http.StatusFound, header: h, kind: "text/html; charset=utf-8",
		plain: `<html><head><title>Object moved</title></head><body><h2>Object moved to <a href="` + escapeText(c.signInAddress()) + `">here</a>.</h2></body></html>`}
}

// signInPage is where a client that follows redirects ends: a page, under a status that reads like success.
func (c *call) signInPage() *refusal {
	return &refusal{status: http.StatusNonAuthoritativeInfo, kind: "text/html; charset=utf-8",
		plain: "<!DOCTYPE html>\r\n<html lang=\"en-US\"><head><title>\r\n\tAzure DevOps Services | Sign In\r\n</title></head><body><p>Sign in to the sample organization</p></body></html>"}
}
