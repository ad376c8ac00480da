package signin

import (
	"slices"
	"strings"
)

// Resource is the application id of Azure DevOps in every directory.
const Resource = "499b84ac-1321-427f-aa17-267ca6975798"

// DefaultScopes asks for whatever read permissions of Azure DevOps the registration lists, for who signed in, and
// for a refresh token.
func DefaultScopes() []string {
	return []string{Resource + "/.default", "openid", "profile", "offline_access"}
}

// withIdentity adds the scopes without which there is no proof of identity and no refresh.
func withIdentity(scopes []string) []string {
	if len(scopes) == 0 {
		return DefaultScopes()
	}
	all := slices.Clone(scopes)
	for _, needed := range []string{"openid", "profile", "offline_access"} {
		if !slices.Contains(all, needed) {
			all = append(all, needed)
		}
	}
	return all
}

// Permission is one line of what a sign-in asks for, to be shown before the browser opens.
type Permission struct {
	Scope  string `json:"scope"` // vso.work
	Name   string `json:"name"`  // Work items
	Writes bool   `json:"writes"`
}

// known are the permissions of Azure DevOps that Sightline has a use for, in the order they are shown.
var known = []Permission{
	{Scope: "vso.work", Name: "Work items"},
	{Scope: "vso.code", Name: "Code"},
	{Scope: "vso.build", Name: "Build"},
	{Scope: "vso.test", Name: "Test"},
	{Scope: "vso.release", Name: "Release"},
	{Scope: "vso.analytics", Name: "Analytics"},
	{Scope: "vso.project", Name: "Projects and teams"},
	{Scope: "vso.profile", Name: "Profile"},
	{Scope: "user_impersonation", Name: "Everything you can do", Writes: true},
}

// registered are the permissions that the registration guide tells to list, which .default stands for.
var registered = []string{"vso.work", "vso.code", "vso.build", "vso.release", "vso.test", "vso.project", "vso.profile"}

// Permissions lists what the scopes let Sightline do in Azure DevOps. For .default these are the permissions of
// the registration guide; the consent page of the directory has the last word.
func Permissions(scopes []string) []Permission {
	asked := map[string]bool{}
	for _, scope := range withIdentity(scopes) {
		name, ours := strings.CutPrefix(scope, Resource+"/")
		switch {
		case !ours:
		case name == ".default":
			for _, r := range registered {
				asked[r] = true
			}
		default:
			asked[name] = true
		}
	}
	var list []Permission
	for _, p := range known {
		if asked[p.Scope] {
			list = append(list, p)
			delete(asked, p.Scope)
		}
	}
	var rest []string
	for scope := range asked {
		rest = append(rest, scope)
	}
	slices.Sort(rest)
	for _, scope := range rest { // never hide what we do not know: it may write
		list = append(list, Permission{Scope: scope, Name: scope, Writes: !strings.HasPrefix(scope, "vso.") || strings.Contains(scope, "_")})
	}
	return list
}
