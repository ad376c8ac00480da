package signin

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"sightline/backend/fault"
)

// Directory is the Microsoft Entra directory behind an organization. The zero Directory means there is none: an
// Azure DevOps Server, for which a personal access token is the way in.
type Directory struct {
	TenantID  string // GUID in lower case
	Authority string // with the tenant: https://login.microsoftonline.com/{tenant}
	// MSABacked is true for an organization of personal Microsoft accounts. No program but Microsoft's own can
	// sign in to one; a personal access token can.
	MSABacked bool
}

// OAuth reports whether a sign-in by browser is possible.
func (d Directory) OAuth() bool { return d.Authority != "" }

const (
	publicAuthority = "https://login.microsoftonline.com"
	zeroGUID        = "00000000-0000-0000-0000-000000000000"
)

var guid = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// Discover asks the organization, without any credential, which directory it belongs to. orgURL is the base of
// its requests: https://dev.azure.com/contoso. Errors: fault.OrganizationGone, fault.Offline, fault.Timeout,
// fault.Invalid.
func Discover(ctx context.Context, client *http.Client, orgURL string) (Directory, error) {
	const op = "signin.Discover"
	u, err := url.Parse(orgURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return Directory{}, fault.New(fault.Invalid, op, "That is no address of an organization.", "It looks like https://dev.azure.com/contoso.").
			Offering(fault.EditName)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, strings.TrimSuffix(orgURL, "/"), nil)
	if err != nil {
		return Directory{}, fault.Wrap(op, err)
	}
	request.Header.Set("X-TFS-FedAuthRedirect", "Suppress")
	answer, err := plainClient(client).Do(request)
	if err != nil {
		return Directory{}, unreachable(ctx, op, u.Host, err)
	}
	_ = answer.Body.Close()
	// The status says little: the service answers 404 with the headers to a HEAD, and 401, 302 or 203 elsewhere.
	if d := byChallenge(answer.Header, u); d.OAuth() {
		return d, nil
	}
	d, told := byTenant(answer.Header)
	if told {
		return d, nil
	}
	switch {
	case answer.StatusCode == http.StatusNotFound:
		return Directory{}, fault.New(fault.OrganizationGone, op, "There is no organization "+u.Host+strings.TrimSuffix(u.Path, "/")+".",
			"Check the spelling: the name is what follows dev.azure.com/ in your browser's address.").With("Organization", orgURL).
			Offering(fault.EditName)
	case answer.StatusCode >= 500:
		return Directory{}, fault.New(fault.Offline, op, u.Host+" is not working just now.", "Try again in a few minutes.").With("HTTP status", answer.Status).
			Offering(fault.Retry)
	}
	return Directory{}, nil
}

// byChallenge reads WWW-Authenticate: Bearer authorization_uri=https://login.microsoftonline.com/{tenant}. The
// address must be safe to send a person to: https, or this computer's own when the organization is there too.
func byChallenge(h http.Header, org *url.URL) Directory {
	for _, line := range h.Values("WWW-Authenticate") {
		// The service puts several challenges in one line, or sends several lines.
		for _, part := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' }) {
			name, value, found := strings.Cut(part, "=")
			if !found || !strings.EqualFold(name, "authorization_uri") {
				continue
			}
			u, err := url.Parse(strings.Trim(value, `"`))
			if err != nil || u.Host == "" || !trustworthy(u) || (u.Scheme == "http" && !loopback(org.Hostname())) {
				continue
			}
			segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
			for i, segment := range segments {
				if guid.MatchString(segment) && segment != zeroGUID {
					u.Path, u.RawPath, u.RawQuery, u.Fragment = "/"+strings.Join(segments[:i+1], "/"), "", "", ""
					return Directory{TenantID: strings.ToLower(segment), Authority: u.String()}
				}
			}
		}
	}
	return Directory{}
}

// byTenant reads X-VSS-ResourceTenant: the first tenant that is not all zeros; a zero GUID alone means personal
// accounts.
func byTenant(h http.Header) (d Directory, told bool) {
	for _, line := range h.Values("X-VSS-ResourceTenant") {
		for _, value := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
			if !guid.MatchString(value) {
				continue
			}
			if value != zeroGUID {
				tenant := strings.ToLower(value)
				return Directory{TenantID: tenant, Authority: publicAuthority + "/" + tenant}, true
			}
			d.MSABacked, told = true, true
		}
	}
	return d, told
}
