package devops

import (
	"net/url"
	"regexp"
	"strings"

	"sightline/backend/fault"
)

// Organization is the address of an organization of Azure DevOps Services or of a collection of
// Azure DevOps Server.
type Organization struct {
	Name string // contoso; for a Server the collection
	URL  string // base of every request, without a slash at the end: https://dev.azure.com/contoso
	// Server is true for an address that is not Microsoft's: an Azure DevOps Server, or a test server.
	Server bool
}

// organizationName is what Azure DevOps allows: letters, digits and hyphens, no hyphen at an end.
var organizationName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,48}[A-Za-z0-9])?$`)

// ParseOrganization understands corpx, corpx.visualstudio.com, dev.azure.com/corpx, any address inside
// one of those, and the address of a Server collection such as https://tfs.example.com/tfs/DefaultCollection.
func ParseOrganization(s string) (Organization, error) {
	const op = "devops.ParseOrganization"
	t := strings.TrimSpace(s)
	refuse := func(message, hint string) (Organization, error) {
		return Organization{}, fault.New(fault.Invalid, op, message, hint)
	}
	if t == "" {
		return refuse("The organization is empty.", "Type its name, for example contoso if your address is dev.azure.com/contoso.")
	}
	if organizationName.MatchString(t) {
		return Organization{Name: t, URL: "https://dev.azure.com/" + t}, nil
	}
	if !strings.Contains(t, "://") {
		t = "https://" + t
	}
	u, err := url.Parse(t)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return refuse(s+" is neither an organization's name nor an address.", "Type the name alone, for example contoso, or paste the address from your browser.")
	}
	if u.User != nil {
		return refuse("The address holds a user name or password.", "Paste the address without it; you sign in later.")
	}
	host := strings.ToLower(u.Hostname())
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	switch {
	case host == "dev.azure.com":
		if len(segments) == 0 || !organizationName.MatchString(segments[0]) {
			return refuse("The address names no organization.", "It looks like https://dev.azure.com/contoso.")
		}
		return Organization{Name: segments[0], URL: "https://dev.azure.com/" + segments[0]}, nil
	case strings.HasSuffix(host, ".visualstudio.com"):
		name := strings.TrimSuffix(host, ".visualstudio.com")
		if !organizationName.MatchString(name) {
			return refuse("The address names no organization.", "It looks like https://contoso.visualstudio.com.")
		}
		return Organization{Name: name, URL: "https://dev.azure.com/" + name}, nil
	}
	if len(segments) == 0 {
		if !strings.ContainsAny(s, "./:") {
			return refuse(s+" cannot be an organization's name.", "Names hold letters, digits and hyphens only.")
		}
		return refuse("The address of a Server needs its collection.", "It looks like https://tfs.example.com/tfs/DefaultCollection.")
	}
	if segments[0] == "tfs" && len(segments) > 1 {
		segments = segments[:2]
	} else {
		segments = segments[:1]
	}
	return Organization{
		Name: segments[len(segments)-1], Server: true,
		URL: u.Scheme + "://" + strings.ToLower(u.Host) + "/" + strings.Join(escapeAll(segments), "/"),
	}, nil
}

func escapeAll(segments []string) []string {
	out := make([]string, len(segments))
	for i, s := range segments {
		out[i] = url.PathEscape(s)
	}
	return out
}
