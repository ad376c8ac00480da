package signin

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sightline/backend/fault"
)

// metadata is what the directory says of itself (OpenID Connect discovery). Everything after it stays with
// these addresses, so that no answer can lead a code to another provider.
type metadata struct {
	Issuer        string `json:"issuer"`
	Authorization string `json:"authorization_endpoint"`
	Token         string `json:"token_endpoint"`
	Keys          string `json:"jwks_uri"`
	Device        string `json:"device_authorization_endpoint"` // empty where nobody can sign in by a code
	tenantID      string // GUID in lower case, taken from the issuer
}

// authorityFor joins authority and tenant: the authority may come with its tenant or without, and a tenant given
// beside it wins over the one in the path, because a person may have typed it.
func authorityFor(authority, tenantID string) (*url.URL, error) {
	const op = "signin.authorityFor"
	u, err := url.Parse(strings.TrimSpace(authority))
	if err != nil || u.Host == "" || u.User != nil {
		return nil, fault.New(fault.Invalid, op, "That is no address of a sign-in authority.", "It looks like https://login.microsoftonline.com.").
			Offering(fault.EditName)
	}
	if !trustworthy(u) {
		return nil, fault.New(fault.Invalid, op, "The sign-in authority "+u.Host+" has no encrypted address.", "Use an address that begins with https://.").
			Offering(fault.EditName)
	}
	u.RawQuery, u.Fragment, u.RawPath = "", "", ""
	path := strings.TrimSuffix(u.Path, "/")
	path = strings.TrimSuffix(path, "/v2.0")
	last := path[strings.LastIndex(path, "/")+1:]
	if tenantID != "" && !strings.EqualFold(last, tenantID) {
		if namesTenant(last) {
			path = strings.TrimSuffix(path, "/"+last)
		}
		path += "/" + tenantID
		last = tenantID
	}
	u.Path = path
	switch strings.ToLower(last) {
	case "", "common", "organizations", "consumers":
		return nil, fault.New(fault.Invalid, op, "It is not known which directory to sign in to.",
			"Sightline never lets the browser choose one: name the organization first, or type its directory's id.").Offering(fault.EditName, fault.UseToken)
	case zeroGUID, personalTenant:
		return nil, fault.New(fault.Invalid, op, "This organization belongs to personal Microsoft accounts, which only Microsoft's own programs can sign in to.",
			"Connect with a personal access token instead.").Offering(fault.UseToken)
	}
	return u, nil
}

// tenantIn returns the one tenant that an authority names: a GUID or a domain at its end; "" for none, and for the
// aliases that stand for any.
func tenantIn(authority string) string {
	u, err := url.Parse(strings.TrimSpace(authority))
	if err != nil {
		return ""
	}
	path := strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/v2.0")
	last := path[strings.LastIndex(path, "/")+1:]
	if guid.MatchString(last) || strings.Contains(last, ".") {
		return last
	}
	return ""
}

// namesTenant reports whether a path segment is a tenant: a GUID, a domain or one of Entra's aliases.
func namesTenant(segment string) bool {
	switch strings.ToLower(segment) {
	case "common", "organizations", "consumers":
		return true
	}
	return guid.MatchString(segment) || strings.Contains(segment, ".")
}

// readMetadata fetches and checks the metadata of one tenant. Everything that signs somebody in, looks ahead or renews
// goes through here first, so here a directory is refused that the organization must not get a sign-in of.
func readMetadata(ctx context.Context, client *http.Client, authority *url.URL, about situation) (metadata, error) {
	const op = "signin.readMetadata"
	if err := mayReceive(op, about.OrganizationURL, authority.String()); err != nil {
		return metadata{}, err
	}
	address := authority.String() + "/v2.0/.well-known/openid-configuration"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return metadata{}, fault.Wrap(op, err)
	}
	answer, err := client.Do(request)
	if err != nil {
		return metadata{}, unreachable(ctx, op, authority.Host, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, answerLimit))
	if err != nil {
		return metadata{}, unreachable(ctx, op, authority.Host, err)
	}
	if answer.StatusCode != http.StatusOK {
		if r, told := readRefusal(body, answer.StatusCode); told {
			return metadata{}, r.fault(op, about)
		}
		return metadata{}, notADirectory(op, authority).With("HTTP status", answer.Status)
	}
	var m metadata
	if err := json.Unmarshal(body, &m); err != nil {
		return metadata{}, notADirectory(op, authority)
	}
	if err := m.check(op, authority); err != nil {
		return metadata{}, err
	}
	return m, mayReceive(op, about.OrganizationURL, m.Authorization, m.Token, m.Device)
}

// check makes sure that the metadata is of this very tenant and that its addresses are safe.
func (m *metadata) check(op string, authority *url.URL) error {
	for _, address := range []string{m.Issuer, m.Authorization, m.Token, m.Keys} {
		if !safeBeside(authority, address) {
			return notADirectory(op, authority)
		}
	}
	if m.Device != "" && !safeBeside(authority, m.Device) {
		return notADirectory(op, authority)
	}
	// A code of the page must not be redeemed by somebody else than whose page it is.
	if isMicrosofts(m.Authorization) != isMicrosofts(m.Token) || m.Device != "" && isMicrosofts(m.Device) != isMicrosofts(m.Token) {
		return notADirectory(op, authority)
	}
	issuer, _ := url.Parse(m.Issuer)
	for _, segment := range strings.Split(issuer.Path, "/") {
		if guid.MatchString(segment) {
			m.tenantID = strings.ToLower(segment)
		}
	}
	asked := authority.Path[strings.LastIndex(authority.Path, "/")+1:]
	if m.tenantID == "" || (guid.MatchString(asked) && !strings.EqualFold(asked, m.tenantID)) {
		return fault.New(fault.BadAnswer, op, authority.Host+" answered for another directory than the one asked for.",
			"Check the sign-in authority in the connection's settings.").With("Directory", asked).With("Answered", m.Issuer).Offering(fault.EditName)
	}
	return nil
}

// safeBeside reports whether an address that an authority names is as safe as the authority itself: https, or a
// local one for a local authority.
func safeBeside(authority *url.URL, address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && u.User == nil && trustworthy(u) && !(u.Scheme == "http" && authority.Scheme == "https")
}

// microsoftHosts are where Microsoft asks for passwords, in its public cloud and in the national ones.
var microsoftHosts = []string{"login.microsoftonline.com", "login.microsoft.com", "login.windows.net", "login.microsoftonline.us",
	"login.partner.microsoftonline.cn", "login.chinacloudapi.cn"}

// asksForPassword returns the host of the page that the person types into, and whether it is one of Microsoft's or
// of this computer. The organization's own server names the directory, so any other host deserves a second look.
func (m metadata) asksForPassword() (host string, known bool) {
	u, err := url.Parse(m.Authorization)
	if err != nil {
		return "", false // not reached: check has parsed it
	}
	return u.Host, loopback(u.Hostname()) || isMicrosofts(m.Authorization)
}

// isMicrosofts reports whether an address is one where Microsoft asks for passwords.
func isMicrosofts(address string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.Contains(microsoftHosts, strings.ToLower(u.Host))
}

func notADirectory(op string, authority *url.URL) *fault.Error {
	return fault.New(fault.BadAnswer, op, authority.Host+" did not answer as a Microsoft Entra directory does.",
		"Check the sign-in authority in the connection's settings; a proxy's sign-in page can also stand in the way.").Offering(fault.Retry)
}
