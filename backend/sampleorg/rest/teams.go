package rest

import (
	"sightline/backend/sampleorg/world"
)

// teamRef is a team.
func (c *call) teamRef(t *world.Team) obj {
	identity := c.host() + "/" + c.h.o.Organization + "/_apis/Identities/" + t.ID
	v := obj{"id": t.ID, "name": t.Name, "url": c.base + "/_apis/projects/" + t.Project.ID + "/teams/" + t.ID, "description": t.Description,
		"identityUrl": identity, "projectName": t.Project.Name, "projectId": t.Project.ID}
	if c.flag("$expandIdentity") {
		v["identity"] = obj{"id": t.ID, "descriptor": "Microsoft.TeamFoundation.Identity;S-1-9-" + t.ID, "subjectDescriptor": "vssgp." + t.ID, "providerDisplayName": "[" + t.Project.Name + "]\\" + t.Name,
			"isActive": true, "isContainer": true, "members": []any{}, "memberOf": []any{}, "properties": obj{}, "resourceVersion": 2, "metaTypeId": 255}
	}
	return v
}

func (c *call) isMember(t *world.Team) bool {
	for _, p := range t.Members {
		if p.ID == c.caller.ID {
			return true
		}
	}
	return false
}

// teamPage lists teams in pages of 100 by default; there is no token.
func (c *call) teamPage(teams []*world.Team) *refusal {
	if c.flag("$mine") {
		var mine []*world.Team
		for _, t := range teams {
			if c.isMember(t) {
				mine = append(mine, t)
			}
		}
		teams = mine
	}
	teams, refused := page(c, teams, 100)
	if refused != nil {
		return refused
	}
	values := make([]any, 0, len(teams))
	for _, t := range teams {
		values = append(values, c.teamRef(t))
	}
	// The service writes the count of teams last.
	return c.json(struct {
		Value []any `json:"value"`
		Count int   `json:"count"`
	}{values, len(values)})
}

func (c *call) projectTeams() *refusal { return c.teamPage(c.project.Teams) }

func (c *call) projectTeam() *refusal { return c.json(c.teamRef(c.team)) }

func (c *call) allTeams() *refusal {
	var all []*world.Team
	for _, p := range c.world.Projects {
		if !c.hides(p) {
			all = append(all, p.Teams...)
		}
	}
	return c.teamPage(all)
}

func (c *call) teamMembers() *refusal {
	members, refused := page(c, c.team.Members, 100)
	if refused != nil {
		return refused
	}
	values := make([]any, 0, len(members))
	for i, p := range members {
		v := obj{"identity": c.identity(p)}
		if i == 0 && c.param("$skip") == "" {
			v["isTeamAdmin"] = true
		}
		values = append(values, v)
	}
	return c.list(values)
}

// identity is a person as most answers name them.
func (c *call) identity(p *world.Person) obj {
	return obj{"displayName": p.Name, "url": c.base + "/_apis/Identities/" + p.ID, "_links": obj{"avatar": link(c.base + "/_apis/GraphProfile/MemberAvatars/" + p.Descriptor)},
		"id": p.ID, "uniqueName": p.UPN, "imageUrl": c.base + "/_api/_common/identityImage?id=" + p.ID, "descriptor": p.Descriptor}
}
