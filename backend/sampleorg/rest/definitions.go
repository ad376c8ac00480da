package rest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// definitionPage is how many definitions come unasked. The default is not documented.
const definitionPage = 10_000

// definitions lists the build definitions of a project as references; everything about them with
// includeAllProperties.
func (c *call) definitions() *refusal {
	top, refused := c.number("$top", definitionPage)
	if refused != nil {
		return refused
	}
	skip, refused := c.number("continuationToken", 0)
	if refused != nil {
		return refused
	}
	list, refused := c.wantedDefinitions()
	if refused != nil {
		return refused
	}
	page := list[min(skip, len(list)):min(skip+top, len(list))]
	if len(page) == top && top > 0 {
		c.w.Header()["x-ms-continuationtoken"] = []string{strconv.Itoa(skip + top)}
	}
	rows := c.newBuildRows()
	values := make([]any, 0, len(page))
	for _, l := range page {
		v := c.definition(l)
		if c.flag("includeAllProperties") {
			c.describe(l, v)
		}
		if c.flag("includeLatestBuilds") {
			c.addLatest(rows, l, v)
		}
		values = append(values, v)
	}
	return c.list(values)
}

// wantedDefinitions are those that fit the filters, in the order that was asked for.
func (c *call) wantedDefinitions() ([]*world.Pipeline, *refusal) {
	ids, refused := c.ids("definitionIds")
	if refused != nil {
		return nil, refused
	}
	after, refused := c.instant("builtAfter")
	if refused != nil {
		return nil, refused
	}
	before, refused := c.instant("notBuiltAfter")
	if refused != nil {
		return nil, refused
	}
	name, folder, repository := c.param("name"), c.param("path"), c.param("repositoryId")
	list := slices.DeleteFunc(c.world.Pipelines(c.project), func(l *world.Pipeline) bool {
		last := c.latestBuild(l, false)
		built := func(ms int64) bool { return last != nil && last.Queued >= ms }
		return name != "" && !wildcard(name, l.Name) || folder != "" && !strings.EqualFold(folder, l.Path) || ids != nil && !slices.Contains(ids, l.ID) ||
			repository != "" && (l.Repository == nil || !strings.EqualFold(repository, l.Repository.ID)) ||
			!after.IsZero() && !built(after.UnixMilli()) || !before.IsZero() && built(before.UnixMilli())
	})
	switch order := strings.ToLower(c.param("queryOrder")); order {
	case "definitionnameascending", "1":
		slices.SortFunc(list, func(a, b *world.Pipeline) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	case "definitionnamedescending", "2":
		slices.SortFunc(list, func(a, b *world.Pipeline) int { return cmp.Compare(strings.ToLower(b.Name), strings.ToLower(a.Name)) })
	}
	return list, nil
}

// latestBuild is the newest build of a definition, or the newest that has ended; nil when there is none.
func (c *call) latestBuild(l *world.Pipeline, ended bool) *world.Build {
	for _, b := range slices.Backward(c.world.Builds(l.Project)) {
		if b.Pipeline == l && (!ended || c.world.Finished(b) != 0) {
			return b
		}
	}
	return nil
}

func (c *call) addLatest(rows *buildRows, l *world.Pipeline, v obj) {
	for name, ended := range map[string]bool{"latestBuild": false, "latestCompletedBuild": true} {
		if b := c.latestBuild(l, ended); b != nil {
			v[name] = rawJSON(rows.appendBuild(nil, b))
		}
	}
}

// definition is a definition as lists show it.
func (c *call) definition(l *world.Pipeline) obj {
	id := strconv.Itoa(l.ID)
	self := c.at(l.Project, "/_apis/build/Definitions/"+id+"?revision="+strconv.Itoa(l.Revision))
	return obj{
		"_links": obj{"self": link(self), "web": link(c.at(l.Project, "/_build/definition?definitionId="+id)), "editor": link(c.at(l.Project, "/_build/designer?id="+id+"&_a=edit-build-definition")),
			"badge": link(c.at(l.Project, "/_apis/build/status/"+id))},
		"quality": "definition", "authoredBy": c.identity(l.Author), "drafts": []any{}, "queue": c.queue(l.Pool, true), "id": l.ID, "name": l.Name, "url": self, "uri": "vstfs:///Build/Definition/" + id,
		"path": l.Path, "type": "build", "queueStatus": l.QueueStatus, "revision": l.Revision, "createdDate": string(appendTime(nil, l.Created)), "project": c.nestedProject(l.Project),
	}
}

// describe adds what only the whole definition says.
func (c *call) describe(l *world.Pipeline, v obj) {
	v["repository"] = c.buildRepository(l)
	v["jobAuthorizationScope"], v["jobTimeoutInMinutes"], v["jobCancelTimeoutInMinutes"] = "projectCollection", 60, 5
	v["variables"], v["tags"], v["properties"] = obj{}, []any{}, obj{}
	if l.YAML {
		v["process"] = obj{"yamlFilename": "/azure-pipelines.yml", "type": 2}
	} else {
		v["process"] = obj{"type": 1}
	}
}

// oneDefinition is one whole definition.
func (c *call) oneDefinition() *refusal {
	l, refused := c.namedPipeline("definition")
	if refused != nil {
		return refused
	}
	v := c.definition(l)
	c.describe(l, v)
	return c.json(v)
}

// namedPipeline is the definition that the path names.
func (c *call) namedPipeline(name string) (*world.Pipeline, *refusal) {
	id, err := strconv.Atoi(c.vars[name])
	if err != nil {
		return nil, badRequest("VssPropertyValidationException", "The value '"+c.vars[name]+"' is not valid for "+name+"Id.")
	}
	l := c.world.Pipeline(id)
	if l == nil || l.Project != c.project {
		return nil, &refusal{status: http.StatusNotFound, typeKey: "DefinitionNotFoundException", message: "TF400898: The definition " + strconv.Itoa(id) + " was not found in this project.",
			typeName: "Microsoft.TeamFoundation.Build.WebApi.DefinitionNotFoundException, Microsoft.TeamFoundation.Build2.WebApi"}
	}
	return l, nil
}

// runLimit is how many runs a pipeline lists; there is no second page.
const runLimit = 10_000

// pipelines lists the pipelines of a project, which are the same things as its build definitions.
func (c *call) pipelines() *refusal {
	var values []any
	for _, l := range c.world.Pipelines(c.project) {
		values = append(values, c.pipeline(l))
	}
	return c.list(values)
}

func (c *call) pipeline(l *world.Pipeline) obj {
	self := c.at(l.Project, "/_apis/pipelines/"+strconv.Itoa(l.ID)+"?revision="+strconv.Itoa(l.Revision))
	return obj{"_links": obj{"self": link(self), "web": link(c.at(l.Project, "/_build/definition?definitionId="+strconv.Itoa(l.ID)))}, "url": self, "id": l.ID, "revision": l.Revision, "name": l.Name, "folder": l.Path}
}

func (c *call) onePipeline() *refusal {
	l, refused := c.namedPipeline("pipeline")
	if refused != nil {
		return refused
	}
	v := c.pipeline(l)
	if l.YAML {
		v["configuration"] = obj{"path": "/azure-pipelines.yml", "repository": obj{"id": l.Repository.ID, "type": "azureReposGit"}, "type": "yaml"}
	} else {
		v["configuration"] = obj{"type": "designerJson"}
	}
	return c.json(v)
}

// pipelineRuns lists the newest runs, whatever is asked for: there is no page and no filter.
func (c *call) pipelineRuns() *refusal {
	l, refused := c.namedPipeline("pipeline")
	if refused != nil {
		return refused
	}
	var values []any
	for _, b := range slices.Backward(c.world.Builds(c.project)) {
		if b.Pipeline == l && len(values) < runLimit {
			values = append(values, c.pipelineRun(b))
		}
	}
	return c.list(values)
}

// pipelineRun is a build as this interface shows it. It has no word for partiallySucceeded; that unknown stands
// for it is not documented.
func (c *call) pipelineRun(b *world.Build) obj {
	self := c.at(b.Pipeline.Project, "/_apis/pipelines/"+strconv.Itoa(b.Pipeline.ID)+"/runs/"+strconv.Itoa(b.ID))
	v := obj{"_links": obj{"self": link(self)}, "templateParameters": obj{}, "pipeline": c.pipeline(b.Pipeline), "createdDate": string(appendTicks(nil, b.Queued, b.ID)), "url": self, "id": b.ID, "name": b.Number}
	delete(v["pipeline"].(obj), "_links")
	switch c.world.Status(b) {
	case "completed":
		v["state"], v["finishedDate"] = "completed", string(appendTicks(nil, c.world.Finished(b), b.ID))
		v["result"] = string(c.world.Result(b))
		if c.world.Result(b) == world.PartiallySucceeded {
			v["result"] = "unknown"
		}
	case "cancelling":
		v["state"] = "canceling"
	case "inProgress":
		v["state"] = "inProgress"
	default:
		v["state"] = "unknown"
	}
	return v
}

func (c *call) onePipelineRun() *refusal {
	c.vars["build"] = c.vars["run"]
	b, refused := c.oneBuild()
	if refused != nil {
		return refused
	}
	return c.json(c.pipelineRun(b))
}
