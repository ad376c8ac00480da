package rest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// route is one resource of the interface. Its scope is what stands before _apis.
type route struct {
	scope   scope
	path    []string // after _apis; {x} is one segment, {x*} the rest, which may be empty
	methods []string // GET when empty
	preview bool     // exists only as a preview
	outside bool     // also served for no organization
	serve   func(*call) *refusal
}

// scope says which of organization, project and team may stand before _apis.
type scope uint8

const (
	organization scope = 1 << iota
	project
	team
)

var post = []string{http.MethodPost}

// routes are tried in order; none of two that fit the same path comes first by chance.
var routes []route

func init() { // a plain variable would refer to itself through the handlers
	routes = []route{
		{scope: organization, path: []string{"resourceareas", "{area*}"}, preview: true, serve: (*call).resourceAreas},
		{scope: organization, path: []string{"connectiondata"}, preview: true, serve: (*call).connectionData},
		{scope: organization, path: []string{"profile", "profiles", "{who}"}, outside: true, serve: (*call).profile},
		{scope: organization, path: []string{"accounts"}, outside: true, serve: (*call).accounts},

		{scope: organization, path: []string{"projects"}, serve: (*call).projects},
		{scope: organization, path: []string{"projects", "{project}", "properties"}, preview: true, serve: (*call).projectProperties},
		{scope: organization, path: []string{"projects", "{project}", "teams", "{team}", "members"}, serve: (*call).teamMembers},
		{scope: organization, path: []string{"projects", "{project}", "teams", "{team}"}, serve: (*call).projectTeam},
		{scope: organization, path: []string{"projects", "{project}", "teams"}, serve: (*call).projectTeams},
		{scope: organization, path: []string{"projects", "{project}"}, serve: (*call).oneProject},
		{scope: organization, path: []string{"teams"}, preview: true, serve: (*call).allTeams},
		{scope: organization, path: []string{"process", "processes", "{process*}"}, serve: (*call).coreProcesses},
		{scope: organization, path: []string{"work", "processes", "{process*}"}, serve: (*call).workProcesses},

		{scope: project, path: []string{"wit", "classificationnodes", "{group}", "{node*}"}, serve: (*call).classificationNode},
		{scope: project, path: []string{"wit", "classificationnodes"}, serve: (*call).classificationNodes},
		{scope: organization | project, path: []string{"wit", "fields", "{field*}"}, serve: (*call).fields},
		{scope: project, path: []string{"wit", "workitemtypes", "{type}", "states"}, serve: (*call).typeStates},
		{scope: project, path: []string{"wit", "workitemtypes", "{type*}"}, serve: (*call).types},
		{scope: project, path: []string{"wit", "workitemtypecategories", "{category*}"}, serve: (*call).categories},
		{scope: organization, path: []string{"wit", "workitemrelationtypes", "{relation*}"}, serve: (*call).relationTypes},

		{scope: project | team, path: []string{"work", "teamsettings"}, serve: (*call).teamSettings},
		{scope: project | team, path: []string{"work", "teamsettings", "teamfieldvalues"}, serve: (*call).teamFieldValues},
		{scope: project | team, path: []string{"work", "teamsettings", "iterations"}, serve: (*call).teamIterations},
		{scope: project | team, path: []string{"work", "teamsettings", "iterations", "{iteration}"}, serve: (*call).teamIteration},
		{scope: project | team, path: []string{"work", "teamsettings", "iterations", "{iteration}", "capacities", "{member*}"}, serve: (*call).capacities},
		{scope: project | team, path: []string{"work", "teamsettings", "iterations", "{iteration}", "teamdaysoff"}, serve: (*call).teamDaysOff},
		{scope: project, path: []string{"work", "iterations", "{iteration}", "iterationcapacities"}, serve: (*call).iterationCapacities},
		{scope: project | team, path: []string{"work", "backlogconfiguration"}, serve: (*call).backlogConfiguration},
		{scope: project, path: []string{"work", "processconfiguration"}, serve: (*call).processConfiguration},
		{scope: project | team, path: []string{"work", "boards"}, serve: (*call).boards},
		{scope: project | team, path: []string{"work", "boards", "{board}"}, serve: (*call).board},
		{scope: project | team, path: []string{"work", "boards", "{board}", "columns"}, serve: (*call).boardColumns},
		{scope: project | team, path: []string{"work", "boards", "{board}", "rows"}, serve: (*call).boardRows},

		{scope: organization | project, path: []string{"wit", "reporting", "workitemrevisions"}, methods: []string{http.MethodGet, http.MethodPost}, serve: (*call).revisionFeed},
		{scope: organization | project, path: []string{"wit", "reporting", "workitemrevisions", "discussions"}, serve: (*call).discussionFeed},
		{scope: organization | project, path: []string{"wit", "reporting", "workitemlinks"}, serve: (*call).linkFeed},
		{scope: organization | project, path: []string{"wit", "workitemsbatch"}, methods: post, serve: (*call).workItemsBatch},
		{scope: organization | project | team, path: []string{"wit", "wiql"}, methods: post, serve: (*call).wiql},
		{scope: organization | project, path: []string{"wit", "workitems"}, serve: (*call).workItems},
		{scope: organization | project, path: []string{"wit", "workitems", "{id}"}, serve: (*call).workItem},
		{scope: organization | project, path: []string{"wit", "workitems", "{id}", "updates", "{number*}"}, serve: (*call).updates},
		{scope: organization | project, path: []string{"wit", "workitems", "{id}", "revisions", "{number*}"}, serve: (*call).itemRevisions},
		{scope: organization | project, path: []string{"wit", "workitems", "{id}", "comments"}, preview: true, serve: (*call).comments},
		{scope: organization | project, path: []string{"wit", "recyclebin", "{id*}"}, serve: (*call).recycleBin},
	}
	routes = append(routes, pipelineRoutes()...)
	routes = append(routes, sourceRoutes()...)
}

// pipelineRoutes are what builds, tests and releases serve.
func pipelineRoutes() []route {
	return []route{
		{scope: project, path: []string{"build", "builds"}, serve: (*call).builds},
		{scope: project, path: []string{"build", "builds", "{build}"}, serve: (*call).build},
		{scope: project, path: []string{"build", "builds", "{build}", "timeline", "{timeline*}"}, serve: (*call).timeline},
		{scope: project, path: []string{"build", "builds", "{build}", "changes"}, serve: (*call).buildChanges},
		{scope: project, path: []string{"build", "builds", "{build}", "tags"}, serve: (*call).buildTags},
		{scope: project, path: []string{"build", "definitions"}, serve: (*call).definitions},
		{scope: project, path: []string{"build", "definitions", "{definition}"}, serve: (*call).oneDefinition},
		{scope: project, path: []string{"pipelines"}, serve: (*call).pipelines},
		{scope: project, path: []string{"pipelines", "{pipeline}"}, serve: (*call).onePipeline},
		{scope: project, path: []string{"pipelines", "{pipeline}", "runs"}, serve: (*call).pipelineRuns},
		{scope: project, path: []string{"pipelines", "{pipeline}", "runs", "{run}"}, serve: (*call).onePipelineRun},

		{scope: project, path: []string{"test", "runs"}, serve: (*call).testRuns},
		{scope: project, path: []string{"test", "runs", "{run}"}, serve: (*call).oneTestRun},
		{scope: project, path: []string{"test", "runs", "{run}", "statistics"}, serve: (*call).testRunStatistics},
		{scope: project, path: []string{"test", "runs", "{run}", "results"}, serve: (*call).testResults},
		{scope: project, path: []string{"test", "resultsummarybybuild"}, preview: true, serve: (*call).resultSummary},
		{scope: project, path: []string{"testresults", "resultsummarybybuild"}, preview: true, serve: (*call).resultSummary},

		{scope: project, path: []string{"release", "definitions"}, serve: (*call).releaseDefinitions},
		{scope: project, path: []string{"release", "definitions", "{definition}"}, serve: (*call).oneReleaseDefinition},
		{scope: project, path: []string{"release", "releases"}, serve: (*call).releases},
		{scope: project, path: []string{"release", "releases", "{release}"}, serve: (*call).oneRelease},
		{scope: project, path: []string{"release", "deployments"}, serve: (*call).deployments},
	}
}

// splitPath unescapes the segments of a path; empty ones are dropped.
func splitPath(escaped string) []string {
	var out []string
	for _, s := range strings.Split(escaped, "/") {
		if s == "" {
			continue
		}
		if u, err := url.PathUnescape(s); err == nil {
			s = u
		}
		out = append(out, s)
	}
	return out
}

// dispatch runs the route of what follows the organization in the path.
func (c *call) dispatch(p []string) *refusal {
	at := slices.IndexFunc(p, func(s string) bool { return strings.EqualFold(s, "_apis") })
	if at < 0 || at > 2 {
		if len(p) == 0 {
			return c.root()
		}
		return noRoute(c.r.URL.Path)
	}
	resource := p[at+1:]
	if len(resource) == 0 {
		return c.root()
	}
	if refused := c.identify(); refused != nil {
		return refused
	}
	have := []scope{organization, project, team}[at]
	if c.r.Method == http.MethodOptions && len(resource) == 1 {
		return c.resourceLocations(resource[0])
	}
	allowed := false
	for i := range routes {
		rt := &routes[i]
		if rt.scope&have == 0 || c.outside && !rt.outside || c.h.o.Server && rt.outside || !c.match(rt.path, resource) {
			continue
		}
		if !slices.Contains(rt.methods, c.r.Method) && (len(rt.methods) > 0 || c.r.Method != http.MethodGet) {
			allowed = true
			continue
		}
		if refused := c.negotiate(rt.preview); refused != nil {
			return refused
		}
		if refused := c.resolve(p[:at]); refused != nil {
			return refused
		}
		return rt.serve(c)
	}
	if allowed {
		return &refusal{status: http.StatusMethodNotAllowed, typeKey: "VssServiceException", message: "The requested resource does not support http method '" + c.r.Method + "'."}
	}
	return noRoute(c.r.URL.Path)
}

// match compares a path with a route and keeps the variables.
func (c *call) match(pattern, p []string) bool {
	vars := map[string]string{}
	for i, want := range pattern {
		if rest, ok := strings.CutSuffix(want, "*}"); ok {
			vars[rest[1:]] = strings.Join(p[min(i, len(p)):], "/")
			c.vars = vars
			return i <= len(p)
		}
		if i >= len(p) {
			return false
		}
		if want[0] == '{' {
			vars[want[1:len(want)-1]] = p[i]
		} else if !strings.EqualFold(want, p[i]) {
			return false
		}
	}
	c.vars = vars
	return len(p) == len(pattern)
}

// resolve finds the project and team in front of _apis, or in the variables of the route. In a team scope
// without a team the project's default team is meant.
func (c *call) resolve(scope []string) *refusal {
	name, ok := c.vars["project"]
	if len(scope) > 0 {
		name, ok = scope[0], true
	}
	if !ok {
		return nil
	}
	if c.project = c.world.Project(name); c.project == nil || c.hides(c.project) {
		return noProject(name)
	}
	c.team = c.project.DefaultTeam()
	name, ok = c.vars["team"]
	if len(scope) > 1 {
		name, ok = scope[1], true
	}
	if ok {
		if c.team = c.project.Team(name); c.team == nil {
			return noTeam(name)
		}
	}
	return nil
}

// root answers for the organization itself: a HEAD tells a stranger which directory to sign in to, with 404
// as the real service does; OPTIONS on _apis lists the resources.
func (c *call) root() *refusal {
	if c.r.Method == http.MethodOptions {
		if refused := c.identify(); refused != nil {
			return refused
		}
		return c.resourceLocations("")
	}
	h := http.Header{}
	if !c.h.o.Server {
		h = c.challenges()
	}
	if c.r.Method == http.MethodHead {
		return &refusal{status: http.StatusNotFound, header: h}
	}
	if refused := c.identify(); refused != nil {
		return refused
	}
	return noRoute(c.r.URL.Path)
}
