package rest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// The sizes of a page of releases and of deployments.
const (
	releasePage    = 50
	releasePageMax = 100
)

// deploymentStatuses are the words of a filter with their numbers. Source: as buildStatuses.
var deploymentStatuses = []flagValue{{"undefined", 0}, {"notDeployed", 1}, {"inProgress", 2}, {"succeeded", 4}, {"partiallySucceeded", 8}, {"failed", 16}, {"all", 31}}

// numbered cuts a page out of things with increasing ids. They come newest first unless asked otherwise; the
// token is the id with which the next page begins, and comes with every full page.
func numbered[T any](c *call, list []T, id func(T) int) ([]T, *refusal) {
	top, refused := c.number("$top", releasePage)
	if refused != nil {
		return nil, refused
	}
	token, refused := c.number("continuationToken", 0)
	if refused != nil {
		return nil, refused
	}
	up := strings.EqualFold(c.param("queryOrder"), "ascending") || c.param("queryOrder") == "1"
	if !up {
		slices.Reverse(list)
	}
	if token > 0 {
		from := slices.IndexFunc(list, func(v T) bool { return up && id(v) >= token || !up && id(v) <= token })
		if from < 0 {
			return nil, nil
		}
		list = list[from:]
	}
	top = min(top, releasePageMax)
	if top == 0 || len(list) < top {
		return list[:min(top, len(list))], nil
	}
	next := id(list[top-1]) + 1
	if !up {
		next -= 2
	}
	if len(list) > top {
		next = id(list[top])
	}
	if next > 0 {
		c.w.Header()["x-ms-continuationtoken"] = []string{strconv.Itoa(next)}
	}
	return list[:top], nil
}

// releaseDefinitions lists the release pipelines of a project.
func (c *call) releaseDefinitions() *refusal {
	search := strings.ToLower(c.param("searchText"))
	var values []any
	for _, d := range c.world.ReleaseDefinitions(c.project) {
		if strings.Contains(strings.ToLower(d.Name), search) {
			values = append(values, c.releaseDefinition(d, strings.Contains(strings.ToLower(c.param("$expand")), "environments")))
		}
	}
	return c.list(values)
}

func (c *call) releaseDefinition(d *world.ReleaseDefinition, whole bool) obj {
	self := c.at(d.Project, "/_apis/Release/definitions/"+strconv.Itoa(d.ID))
	v := obj{"source": "userInterface", "revision": 7, "description": nil, "createdBy": c.identity(d.Author), "createdOn": zuluTime(d.Created), "modifiedBy": c.identity(d.Author), "modifiedOn": zuluTime(d.Created),
		"isDeleted": false, "isDisabled": false, "variableGroups": nil, "releaseNameFormat": "Release-$(rev:r)", "id": d.ID, "name": d.Name, "path": `\`, "projectReference": nil, "url": self,
		"_links": obj{"self": link(self), "web": link(c.at(d.Project, "/_release?definitionId="+strconv.Itoa(d.ID)))}}
	if !whole {
		return v
	}
	var environments []any
	for _, e := range d.Environments {
		environments = append(environments, obj{"id": e.ID, "name": e.Name, "rank": e.Rank, "owner": c.identity(d.Author), "badgeUrl": self + "/badge", "conditions": []any{}, "schedules": []any{}})
	}
	v["environments"] = environments
	v["artifacts"] = []any{c.artifact(d, nil)}
	return v
}

func (c *call) oneReleaseDefinition() *refusal {
	for _, d := range c.world.ReleaseDefinitions(c.project) {
		if strconv.Itoa(d.ID) == c.vars["definition"] {
			return c.json(c.releaseDefinition(d, true))
		}
	}
	return &refusal{status: http.StatusNotFound, typeKey: "ReleaseDefinitionNotFoundException", message: "VS402877: Release pipeline with ID " + c.vars["definition"] + " does not exist. Specify a valid ID and try again.",
		typeName: "Microsoft.VisualStudio.Services.ReleaseManagement.Data.Exceptions.ReleaseDefinitionNotFoundException, Microsoft.VisualStudio.Services.ReleaseManagement2.Data"}
}

// artifact is the build that a release takes; without a release only where it comes from.
func (c *call) artifact(d *world.ReleaseDefinition, b *world.Build) obj {
	pair := func(id, name string) obj { return obj{"id": id, "name": name} }
	reference := obj{"definition": pair(strconv.Itoa(d.Pipeline.ID), d.Pipeline.Name), "project": pair(d.Project.ID, d.Project.Name), "defaultVersionType": pair("latestType", "Latest")}
	if b != nil {
		reference["version"], reference["branch"], reference["sourceVersion"] = pair(strconv.Itoa(b.ID), b.Number), pair(b.Branch, b.Branch), pair(b.Commit, "")
		reference["repository"] = pair(b.Pipeline.Repository.ID, b.Pipeline.Repository.Name)
		reference["artifactSourceVersionUrl"] = pair(c.at(d.Project, "/_build/results?buildId="+strconv.Itoa(b.ID)), "")
	}
	return obj{"sourceId": d.Project.ID + ":" + strconv.Itoa(d.Pipeline.ID), "type": "Build", "alias": "_" + d.Pipeline.Name, "definitionReference": reference, "isPrimary": true, "isRetained": false}
}

// releases lists releases; their environments come when asked for.
func (c *call) releases() *refusal {
	definition, refused := c.number("definitionId", 0)
	if refused != nil {
		return refused
	}
	from, refused := c.instant("minCreatedTime")
	if refused != nil {
		return refused
	}
	to, refused := c.instant("maxCreatedTime")
	if refused != nil {
		return refused
	}
	ids, refused := c.ids("releaseIdFilter")
	if refused != nil {
		return refused
	}
	list := slices.DeleteFunc(c.world.Releases(c.project), func(r *world.Release) bool {
		return definition != 0 && r.Definition.ID != definition || !from.IsZero() && r.Created < from.UnixMilli() || !to.IsZero() && r.Created > to.UnixMilli() || ids != nil && !slices.Contains(ids, r.ID)
	})
	page, refused := numbered(c, list, func(r *world.Release) int { return r.ID })
	if refused != nil {
		return refused
	}
	expand := strings.ToLower(c.param("$expand"))
	values := make([]any, 0, len(page))
	for _, r := range page {
		v := c.release(r)
		if strings.Contains(expand, "environments") || expand == "2" {
			v["environments"] = c.environments(r)
		}
		if strings.Contains(expand, "artifacts") || expand == "4" {
			v["artifacts"] = []any{c.artifact(r.Definition, r.Build)}
		}
		values = append(values, v)
	}
	return c.list(values)
}

func (c *call) release(r *world.Release) obj {
	modified := r.Created
	for _, d := range r.Deployments {
		_, _, _, _, at := c.world.Stage(d)
		modified = max(modified, at)
	}
	v := c.releaseReference(r)
	for name, value := range (obj{"status": "active", "createdOn": zuluTime(r.Created), "modifiedOn": zuluTime(modified), "modifiedBy": c.identity(r.By), "createdBy": c.identity(r.By), "createdFor": c.identity(r.Build.For),
		"variables": obj{}, "variableGroups": []any{}, "releaseDefinition": c.releaseDefinitionReference(r.Definition), "releaseDefinitionRevision": 7, "description": "Triggered by " + r.Definition.Pipeline.Name + " " + r.Build.Number + ".",
		"reason": "continuousIntegration", "releaseNameFormat": "Release-$(rev:r)", "keepForever": false, "definitionSnapshotRevision": 1, "tags": []any{}, "properties": obj{},
		"projectReference": obj{"id": r.Definition.Project.ID, "name": r.Definition.Project.Name}}) {
		v[name] = value
	}
	return v
}

func (c *call) releaseReference(r *world.Release) obj {
	self := c.at(r.Definition.Project, "/_apis/Release/releases/"+strconv.Itoa(r.ID))
	return obj{"id": r.ID, "name": r.Name(), "url": self, "_links": obj{"self": link(self), "web": link(c.at(r.Definition.Project, "/_release?releaseId="+strconv.Itoa(r.ID)+"&_a=release-summary"))}}
}

func (c *call) releaseDefinitionReference(d *world.ReleaseDefinition) obj {
	self := c.at(d.Project, "/_apis/Release/definitions/"+strconv.Itoa(d.ID))
	return obj{"id": d.ID, "name": d.Name, "path": `\`, "projectReference": nil, "url": self, "_links": obj{"self": link(self), "web": link(c.at(d.Project, "/_release?definitionId="+strconv.Itoa(d.ID)))}}
}

// environments are the environments of a release with what was deployed to each.
func (c *call) environments(r *world.Release) []any {
	var values []any
	for i := range r.Definition.Environments {
		e := &r.Definition.Environments[i]
		status, steps := "notStarted", []any{}
		for _, d := range r.Deployments {
			if d.Environment != e {
				continue
			}
			var operation string
			status, operation, _, _, _ = c.world.Stage(d)
			steps = append(steps, obj{"id": d.ID, "deploymentId": d.ID, "attempt": d.Attempt, "reason": d.Reason, "status": status, "operationStatus": operation, "queuedOn": zuluTime(d.Queued)})
			if status == "notDeployed" {
				status = map[string]string{"Rejected": "rejected"}[operation]
				if status == "" {
					status = "queued"
				}
			} else if status == "failed" {
				status = "rejected"
			}
		}
		values = append(values, obj{"id": 10*r.ID + e.Rank, "releaseId": r.ID, "name": e.Name, "status": status, "rank": e.Rank, "definitionEnvironmentId": e.ID, "deploySteps": steps, "variables": obj{},
			"preDeployApprovals": []any{}, "postDeployApprovals": []any{}, "release": c.releaseReference(r), "releaseDefinition": c.releaseDefinitionReference(r.Definition)})
	}
	return values
}

func (c *call) oneRelease() *refusal {
	for _, r := range c.world.Releases(c.project) {
		if strconv.Itoa(r.ID) == c.vars["release"] {
			v := c.release(r)
			v["environments"], v["artifacts"] = c.environments(r), []any{c.artifact(r.Definition, r.Build)}
			return c.json(v)
		}
	}
	return &refusal{status: http.StatusNotFound, typeKey: "ReleaseNotFoundException", message: "VS402881: Release with ID " + c.vars["release"] + " does not exist. Specify a valid ID and try again.",
		typeName: "Microsoft.VisualStudio.Services.ReleaseManagement.Data.Exceptions.ReleaseNotFoundException, Microsoft.VisualStudio.Services.ReleaseManagement2.Data"}
}

// deployments lists deployments. minModifiedTime and maxModifiedTime apply to the last change of each; the order
// and the token are those of the ids.
func (c *call) deployments() *refusal {
	definition, refused := c.number("definitionId", 0)
	if refused != nil {
		return refused
	}
	environment, refused := c.number("definitionEnvironmentId", 0)
	if refused != nil {
		return refused
	}
	status, refused := c.flags("deploymentStatus", deploymentStatuses)
	if refused != nil {
		return refused
	}
	from, refused := c.instant("minModifiedTime")
	if refused != nil {
		return refused
	}
	to, refused := c.instant("maxModifiedTime")
	if refused != nil {
		return refused
	}
	list := slices.DeleteFunc(c.world.Deployments(c.project), func(d *world.Deployment) bool {
		is, _, _, _, modified := c.world.Stage(d)
		return definition != 0 && d.Release.Definition.ID != definition || environment != 0 && d.Environment.ID != environment || status > 0 && status&numberOf(deploymentStatuses, is) == 0 ||
			!from.IsZero() && modified < from.UnixMilli() || !to.IsZero() && modified > to.UnixMilli()
	})
	page, refused := numbered(c, list, func(d *world.Deployment) int { return d.ID })
	if refused != nil {
		return refused
	}
	values := make([]any, 0, len(page))
	for _, d := range page {
		values = append(values, c.deployment(d))
	}
	return c.list(values)
}

func (c *call) deployment(d *world.Deployment) obj {
	status, operation, started, completed, modified := c.world.Stage(d)
	r := d.Release
	reference := c.releaseReference(r)
	reference["artifacts"], reference["webAccessUri"] = []any{c.artifact(r.Definition, r.Build)}, nil
	v := obj{"id": d.ID, "release": reference, "releaseDefinition": c.releaseDefinitionReference(r.Definition), "definitionEnvironmentId": d.Environment.ID, "projectReference": nil,
		"releaseEnvironment": obj{"id": 10*r.ID + d.Environment.Rank, "name": d.Environment.Name, "url": c.at(r.Definition.Project, "/_apis/Release/releases/"+strconv.Itoa(r.ID)+"/environments/"+strconv.Itoa(10*r.ID+d.Environment.Rank)), "_links": obj{}},
		"attempt":            d.Attempt, "reason": d.Reason, "deploymentStatus": status, "operationStatus": operation, "requestedBy": c.identity(d.By), "requestedFor": c.identity(r.Build.For), "queuedOn": zuluTime(d.Queued),
		"lastModifiedBy": c.identity(d.By), "lastModifiedOn": zuluTime(modified), "conditions": []any{}, "preDeployApprovals": []any{}, "postDeployApprovals": []any{}, "_links": obj{}}
	// What has not begun has the year one here, without a zone.
	v["startedOn"], v["completedOn"] = neverModified, neverModified
	if started != 0 {
		v["startedOn"] = zuluTime(started)
	}
	if completed != 0 {
		v["completedOn"] = zuluTime(completed)
	}
	return v
}
