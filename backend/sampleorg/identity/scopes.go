package identity

import (
	"fmt"
	"slices"
	"strings"
)

// Resource is the application id of Azure DevOps, the audience of every access token that matters here.
const Resource = "499b84ac-1321-427f-aa17-267ca6975798"

// graphResource is who a token is for when no scope names a resource: Microsoft Graph, as at Entra. The
// sample organization refuses such a token.
const graphResource = "00000003-0000-0000-c000-000000000000"

// permission is one line of the consent page.
type permission struct {
	Scope    string
	Name     string
	Sentence string
	Write    bool
}

// permissions lists what the sample Azure DevOps can be asked for, in the order of the consent page.
var permissions = []permission{
	{Scope: "vso.work", Name: "Work items (read)", Sentence: "Read work items with their history, boards, areas and iterations."},
	{Scope: "vso.code", Name: "Code (read)", Sentence: "Read source code, commits, changesets, branches and pull requests."},
	{Scope: "vso.build", Name: "Build (read)", Sentence: "Read builds, their definitions, and their results."},
	{Scope: "vso.test", Name: "Test management (read)", Sentence: "Read test plans, cases, runs and their results."},
	{Scope: "vso.project", Name: "Project and team (read)", Sentence: "Read projects, teams and who is in them."},
	{Scope: "vso.release", Name: "Release (read)", Sentence: "Read releases, their definitions and their approvals."},
	{Scope: "vso.analytics", Name: "Analytics (read)", Sentence: "Query the analytics data of the organization."},
	{Scope: "vso.profile", Name: "User profile (read)", Sentence: "Read your profile, accounts and teams."},
	{Scope: "user_impersonation", Name: "Full access", Sentence: "Read and change everything you can read and change yourself.", Write: true},
}

var (
	profilePermission = permission{Scope: "profile", Name: "View your basic profile",
		Sentence: "See your name, your email address and which directory you belong to."}
	offlinePermission = permission{Scope: "offline_access", Name: "Keep access to what you have allowed",
		Sentence: "Read the same again later, when you are not at the program."}
)

// scopes is a parsed scope parameter.
type scopes struct {
	openID, profile, email, offline bool
	resource                        []string // short names of Azure DevOps scopes, in the order of permissions
}

// readScopes parses the scope parameter. Scopes without a resource would be scopes of Microsoft Graph,
// which this application has none of.
func readScopes(s string, app registration) (scopes, *refusal) {
	var out scopes
	var all, named bool
	for _, word := range strings.Fields(s) {
		switch word {
		case "openid":
			out.openID = true
			continue
		case "profile":
			out.profile = true
			continue
		case "email":
			out.email = true
			continue
		case "offline_access":
			out.offline = true
			continue
		}
		resource, name, found := strings.Cut(word, "/")
		if !found {
			resource, name = graphResource, word
		}
		if !strings.EqualFold(resource, Resource) {
			return scopes{}, scopeUnknown(app, name, resource)
		}
		if name == ".default" {
			all = true
			continue
		}
		if !slices.ContainsFunc(permissions, func(p permission) bool { return p.Scope == name }) {
			return scopes{}, scopeUnknown(app, name, Resource)
		}
		named = true
		out.resource = append(out.resource, name)
	}
	switch {
	case all && named:
		return scopes{}, &refusal{Code: 70011, OAuth: "invalid_scope",
			Text: "The provided request must include a 'scope' input parameter that is valid. .default scope can't be combined with resource-specific scopes."}
	case all:
		out.resource = slices.Clone(app.Permissions)
	case strings.TrimSpace(s) == "":
		return scopes{}, parameterMissing("scope")
	}
	out.resource = inOrder(out.resource)
	return out, nil
}

func scopeUnknown(app registration, name, resource string) *refusal {
	return &refusal{Code: 650053, OAuth: "invalid_client",
		Text: fmt.Sprintf("The application '%s' asked for scope '%s' that doesn't exist on the resource '%s'. Contact the app vendor.", app.Name, name, resource)}
}

// inOrder drops doubles and puts scopes in the order of the consent page.
func inOrder(names []string) []string {
	var out []string
	for _, p := range permissions {
		if slices.Contains(names, p.Scope) {
			out = append(out, p.Scope)
		}
	}
	return out
}

// asked lists the lines of the consent page.
func (s scopes) asked() []permission {
	var out []permission
	for _, p := range permissions {
		if slices.Contains(s.resource, p.Scope) {
			out = append(out, p)
		}
	}
	if s.openID || s.profile || s.email {
		out = append(out, profilePermission)
	}
	if s.offline {
		out = append(out, offlinePermission)
	}
	return out
}

// consentKeys are what consent is remembered for.
func (s scopes) consentKeys() []string {
	var out []string
	for _, p := range s.asked() {
		out = append(out, p.Scope)
	}
	return out
}

// audience is who the access token is for.
func (s scopes) audience() string {
	if len(s.resource) == 0 {
		return graphResource
	}
	return Resource
}

// granted is the scope member of a token answer: scopes of the resource, written in full.
func (s scopes) granted() string {
	if len(s.resource) == 0 {
		var words []string
		for word, on := range map[string]bool{"openid": s.openID, "profile": s.profile, "email": s.email} {
			if on {
				words = append(words, word)
			}
		}
		slices.Sort(words)
		return strings.Join(words, " ")
	}
	words := make([]string, len(s.resource))
	for i, name := range s.resource {
		words[i] = Resource + "/" + name
	}
	return strings.Join(words, " ")
}

// within reports whether every scope asked for is among those of other.
func (s scopes) within(other scopes) bool {
	for _, key := range s.consentKeys() {
		if !slices.Contains(other.consentKeys(), key) {
			return false
		}
	}
	return true
}
