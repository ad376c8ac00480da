package rest

import (
	"slices"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// projects lists the projects, newest first as the service does, in pages. The token is the number of rows
// to skip; it comes with every full page, even the last, so that an empty page may follow.
func (c *call) projects() *refusal {
	top, refused := c.number("$top", 100)
	if refused != nil {
		return refused
	}
	skip, refused := c.number("$skip", 0)
	if refused != nil {
		return refused
	}
	if token := c.param("continuationToken"); token != "" {
		if skip, refused = c.number("continuationToken", 0); refused != nil {
			return refused
		}
	}
	if state := c.param("stateFilter"); state != "" && !slices.ContainsFunc([]string{"wellFormed", "all", "unchanged"}, func(s string) bool { return strings.EqualFold(s, state) }) {
		return c.list(nil) // nothing is being created or deleted
	}
	var all []*world.Project
	for _, p := range slices.Backward(c.world.Projects) {
		if !c.hides(p) {
			all = append(all, p)
		}
	}
	page := all[min(skip, len(all)):min(skip+top, len(all))]
	if len(page) == top && top > 0 {
		// The service writes this name in lower case, which Set would change.
		c.w.Header()["x-ms-continuationtoken"] = []string{strconv.Itoa(skip + top)}
	}
	values := make([]any, 0, len(page))
	for _, p := range page {
		values = append(values, c.projectRef(p))
	}
	return c.list(values)
}

// projectRef is a project as lists show it. A description that is empty is left out.
func (c *call) projectRef(p *world.Project) obj {
	v := obj{"id": p.ID, "name": p.Name, "url": c.base + "/_apis/projects/" + p.ID, "state": "wellFormed", "revision": p.Revision,
		"visibility": p.Visibility, "lastUpdateTime": zuluTime(p.LastUpdate)}
	if p.Description != "" {
		v["description"] = p.Description
	}
	return v
}

// oneProject is a project by name or id, with its capabilities when asked for.
func (c *call) oneProject() *refusal {
	p := c.project
	return c.cached(func() (any, *refusal) {
		v := c.projectRef(p)
		v["_links"] = obj{"self": link(c.base + "/_apis/projects/" + p.ID), "collection": link(c.base + "/_apis/projectCollections/" + c.world.ID), "web": link(c.base + path(p.Name))}
		t := p.DefaultTeam()
		v["defaultTeam"] = obj{"id": t.ID, "name": t.Name, "url": c.base + "/_apis/projects/" + p.ID + "/teams/" + t.ID}
		if c.flag("includeCapabilities") {
			kind, git, tfvc := "Git", "True", "False"
			if p.TFVC {
				kind, tfvc = "Tfvc", "True"
			}
			v["capabilities"] = obj{"processTemplate": obj{"templateName": p.Process.Name, "templateTypeId": p.Process.ID},
				"versioncontrol": obj{"sourceControlType": kind, "gitEnabled": git, "tfvcEnabled": tfvc}}
		}
		return v, nil
	})
}

// projectProperties lists the properties that match one of the keys; here a star is the server's business.
func (c *call) projectProperties() *refusal {
	p := c.project
	all := []struct{ name, value string }{
		{"System.CurrentProcessTemplateId", p.Process.ID}, {"System.OriginalProcessTemplateId", p.Process.ID}, {"System.ProcessTemplateType", p.Process.ID},
		{"System.Process Template", p.Process.Name}, {"System.MSPROJ", "<?xml version=\"1.0\" encoding=\"utf-8\"?><MSProject/>"},
		{"System.SourceControlCapabilityFlags", map[bool]string{true: "3", false: "2"}[p.TFVC]}, {"System.SourceControlGitEnabled", "True"}, {"System.SourceControlTfvcEnabled", map[bool]string{true: "True", false: "False"}[p.TFVC]},
	}
	keys := strings.Split(c.param("keys"), ",")
	var values []any
	for _, v := range all {
		if c.param("keys") == "" || slices.ContainsFunc(keys, func(k string) bool { return wildcard(strings.TrimSpace(k), v.name) }) {
			values = append(values, obj{"name": v.name, "value": v.value})
		}
	}
	return c.list(values)
}

// wildcard matches a pattern with * and ?, without regard to case.
func wildcard(pattern, s string) bool {
	pattern, s = strings.ToLower(pattern), strings.ToLower(s)
	if pattern == "" {
		return s == ""
	}
	switch pattern[0] {
	case '*':
		for i := 0; i <= len(s); i++ {
			if wildcard(pattern[1:], s[i:]) {
				return true
			}
		}
		return false
	case '?':
		return s != "" && wildcard(pattern[1:], s[1:])
	}
	return s != "" && s[0] == pattern[0] && wildcard(pattern[1:], s[1:])
}

// page cuts a list by $top and $skip.
func page[T any](c *call, all []T, otherwise int) ([]T, *refusal) {
	top, refused := c.number("$top", otherwise)
	if refused != nil {
		return nil, refused
	}
	skip, refused := c.number("$skip", 0)
	if refused != nil {
		return nil, refused
	}
	return all[min(skip, len(all)):min(skip+top, len(all))], nil
}
