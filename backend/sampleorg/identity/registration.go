package identity

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// registration is the program as the directory knows it: a public, multi-tenant client.
type registration struct {
	ClientID     string
	Name         string
	RedirectURIs []string
	Permissions  []string // what …/.default takes, in the order of the consent page
}

// check refuses a registration that could never be used.
func (g registration) check() error {
	for _, name := range g.Permissions {
		if !slices.ContainsFunc(permissions, func(p permission) bool { return p.Scope == name }) {
			return fmt.Errorf("identity: %q is no permission of Azure DevOps", name)
		}
	}
	for _, uri := range g.RedirectURIs {
		u, err := url.Parse(uri)
		if err != nil || u.Host == "" {
			return fmt.Errorf("identity: the redirect URI %q is no absolute address", uri)
		}
	}
	return nil
}

// redirectAllowed reports whether the program may be answered at uri. For http://localhost and
// http://127.0.0.1 the port is not compared but the path is; everything else must be equal. Entra
// does not accept [::1].
func (g registration) redirectAllowed(uri string) bool {
	asked, err := url.Parse(uri)
	if err != nil || asked.Host == "" || asked.User != nil || asked.Fragment != "" || asked.RawQuery != "" ||
		strings.ContainsAny(uri, "#?") {
		return false
	}
	for _, registered := range g.RedirectURIs {
		if uri == registered {
			return true
		}
		known, err := url.Parse(registered)
		if err != nil || !loopbackName(known.Hostname()) || known.Scheme != "http" {
			continue
		}
		if asked.Scheme == "http" && strings.EqualFold(asked.Hostname(), known.Hostname()) &&
			portUsable(asked) && pathOf(asked) == pathOf(known) {
			return true
		}
	}
	return false
}

func loopbackName(host string) bool {
	return strings.EqualFold(host, "localhost") || host == "127.0.0.1"
}

func portUsable(u *url.URL) bool {
	port := u.Port()
	if port == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	n, err := strconv.Atoi(port)
	return err == nil && n > 0 && n < 65536
}

func pathOf(u *url.URL) string {
	if p := u.EscapedPath(); p != "" {
		return p
	}
	return "/"
}

// origin is the scheme and host of a redirect URI, for the form-action of a page: without it a browser
// would not follow the redirect that answers a form.
func origin(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
