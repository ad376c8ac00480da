package signin

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/oauth2"
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
	Scope  string `json:"scope"` // vso.work; offline_access for the refresh token
	Name   string `json:"name"`  // Work items (read)
	About  string `json:"about"` // one sentence: what it is for
	Writes bool   `json:"writes"`
}

// keepAccess is the line of the refresh token, which is always asked for.
var keepAccess = Permission{Scope: "offline_access", Name: "Keep access", About: "To refresh without asking you each time."}

// known are the permissions of Azure DevOps that Sightline has a use for, in the order they are shown.
var known = []Permission{
	{Scope: "vso.work", Name: "Work items (read)", About: "Work items with their whole history, links, areas, iterations, boards and states."},
	{Scope: "vso.code", Name: "Code (read)", About: "Repositories, branches, commits, pull requests with their votes, and TFVC changesets."},
	{Scope: "vso.build", Name: "Build (read)", About: "Pipelines, their runs and what happened in them."},
	{Scope: "vso.release", Name: "Release (read)", About: "Deployments of releases with their results."},
	{Scope: "vso.test", Name: "Test management (read)", About: "Test runs with their counts."},
	{Scope: "vso.project", Name: "Project and team (read)", About: "The projects you name, their teams, sprints and settings."},
	{Scope: "vso.profile", Name: "Profile (read)", About: "Your name and address, to show as whom you are connected."},
}

// fullAccess is what older registrations list. Sightline does not need it.
var fullAccess = Permission{Scope: "user_impersonation", Name: "Full access", About: "Read and change everything that you can read and change yourself.", Writes: true}

// Permissions lists what the scopes let Sightline do in Azure DevOps; none means DefaultScopes. For .default these are
// the permissions of the registration guide. The registration may list others, and the consent page of the directory
// has the last word: Result.Writes tells afterwards.
func Permissions(scopes []string) []Permission {
	asked := map[string]bool{}
	for _, scope := range withIdentity(scopes) {
		switch name, ours := permissionOf(scope); {
		case !ours:
		case name == ".default":
			for _, p := range known {
				asked[p.Scope] = true
			}
		default:
			asked[name] = true
		}
	}
	var list []Permission
	for _, p := range append(slices.Clone(known), fullAccess) {
		if asked[p.Scope] {
			list = append(list, p)
			delete(asked, p.Scope)
		}
	}
	for _, scope := range slices.Sorted(maps.Keys(asked)) { // never hide what we do not know
		list = append(list, Permission{Scope: scope, Name: scope, About: "Sightline has no use for it.", Writes: writes(scope)})
	}
	return append(list, keepAccess)
}

// resources are the names under which directories know Azure DevOps: by its id, and by its address.
var resources = []string{Resource, "api://" + Resource, "https://app.vssps.visualstudio.com", "https://dev.azure.com"}

// permissionOf returns the permission that a scope names, without the resource before it; false: it is none of Azure
// DevOps. Some directories leave the resource out.
func permissionOf(scope string) (name string, ours bool) {
	at := strings.LastIndex(scope, "/")
	if at < 0 {
		return scope, strings.HasPrefix(scope, "vso.") || scope == fullAccess.Scope
	}
	resource, name := strings.TrimRight(scope[:at], "/"), scope[at+1:]
	return name, slices.ContainsFunc(resources, func(r string) bool { return strings.EqualFold(r, resource) })
}

// writes reports whether a permission of Azure DevOps can change something: vso.work reads, vso.work_write and
// whatever else has an underscore does more, and what is not known may do anything.
func writes(permission string) bool {
	area, ours := strings.CutPrefix(permission, "vso.")
	_, more, qualified := strings.Cut(area, "_")
	return !ours || (qualified && more != "read" && more != "query")
}

// writing returns the permissions among granted scopes that can change something in Azure DevOps.
func writing(granted []string) []string {
	var names []string
	for _, scope := range granted {
		if name, ours := permissionOf(scope); ours && name != ".default" && writes(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// granted are the scopes of an answer of the token endpoint.
func granted(token *oauth2.Token) []string {
	text, _ := token.Extra("scope").(string)
	return strings.Fields(text)
}
