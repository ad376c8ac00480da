package rest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"sightline/backend/sampleorg/world"
)

const (
	testRunPage   = 100                // the most, and what comes unasked, with dates
	testRunWindow = 7 * 24 * time.Hour // the longest window of dates
	resultPage    = 1000
	resultDetails = 200 // with details
)

// testOutcomes are the words of a filter with their numbers. Source: as buildStatuses.
var testOutcomes = []flagValue{{"Unspecified", 0}, {"None", 1}, {"Passed", 2}, {"Failed", 3}, {"Inconclusive", 4}, {"Timeout", 5}, {"Aborted", 6}, {"Blocked", 7}, {"NotExecuted", 8}, {"Warning", 9}, {"Error", 10}, {"NotApplicable", 11}}

// testRuns lists test runs: with a date it is the query, which wants both dates and no more than seven days
// between them; without, the plain list with $skip and $top.
func (c *call) testRuns() *refusal {
	if c.param("minLastUpdatedDate") == "" && c.param("maxLastUpdatedDate") == "" {
		return c.plainTestRuns()
	}
	from, refused := c.instant("minLastUpdatedDate")
	if refused != nil {
		return refused
	}
	to, refused := c.instant("maxLastUpdatedDate")
	if refused != nil {
		return refused
	}
	switch {
	case from.IsZero() || to.IsZero():
		return invalidTestQuery("Both minLastUpdatedDate and maxLastUpdatedDate must be given.")
	case to.Before(from) || to.Sub(from) > testRunWindow:
		return invalidTestQuery("The difference between minLastUpdatedDate and maxLastUpdatedDate must be between 0 and 7 days.")
	}
	top, refused := c.number("$top", testRunPage)
	if refused != nil {
		return refused
	}
	if top > testRunPage {
		return invalidTestQuery("The value of $top must not be greater than 100.")
	}
	keep, refused := c.wantedRuns()
	if refused != nil {
		return refused
	}
	var list []*world.TestRun
	for _, t := range c.world.TestRuns(c.project) {
		if at := c.world.RunUpdated(t); at >= from.UnixMilli() && at <= to.UnixMilli() && keep(t) {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b *world.TestRun) int {
		return cmp.Or(cmp.Compare(c.world.RunUpdated(a), c.world.RunUpdated(b)), cmp.Compare(a.ID, b.ID))
	})
	return c.testRunPage(list, top)
}

// testRunPage cuts a page. The token is a date and an id, from which the next page begins.
func (c *call) testRunPage(list []*world.TestRun, top int) *refusal {
	if token := c.param("continuationToken"); token != "" {
		text, number, _ := strings.Cut(token, ";")
		at, ok := parseTime(text)
		id, err := strconv.Atoi(number)
		if !ok || err != nil {
			return invalidTestQuery("The continuation token '" + token + "' is not valid.")
		}
		list = slices.DeleteFunc(list, func(t *world.TestRun) bool {
			updated := c.world.RunUpdated(t)
			return updated < at.UnixMilli() || updated == at.UnixMilli() && t.ID <= id
		})
	}
	page := list[:min(top, len(list))]
	if len(page) == top && top > 0 {
		last := page[top-1]
		c.w.Header()["x-ms-continuationtoken"] = []string{zuluTime(c.world.RunUpdated(last)) + ";" + strconv.Itoa(last.ID)}
	}
	values := make([]any, 0, len(page))
	for _, t := range page {
		values = append(values, c.testRun(t, c.flag("includeRunDetails")))
	}
	return c.list(values)
}

func (c *call) plainTestRuns() *refusal {
	keep, refused := c.wantedRuns()
	if refused != nil {
		return refused
	}
	var list []*world.TestRun
	for _, t := range c.world.TestRuns(c.project) {
		if keep(t) {
			list = append(list, t)
		}
	}
	list, refused = page(c, list, testRunPage)
	if refused != nil {
		return refused
	}
	values := make([]any, 0, len(list))
	for _, t := range list {
		values = append(values, c.testRun(t, c.flag("includeRunDetails")))
	}
	return c.list(values)
}

// wantedRuns reads the filters that both forms have.
func (c *call) wantedRuns() (func(*world.TestRun) bool, *refusal) {
	ids, refused := c.ids("buildIds")
	if refused != nil {
		return nil, refused
	}
	if len(ids) > 10 {
		return nil, invalidTestQuery("No more than 10 buildIds may be given.")
	}
	automated := c.param("isAutomated")
	if automated == "" {
		automated = c.param("automated")
	}
	uri := c.param("buildUri")
	return func(t *world.TestRun) bool {
		switch {
		case automated != "" && !strings.EqualFold(automated, strconv.FormatBool(t.Automated)), ids != nil && (t.Build == nil || !slices.Contains(ids, t.Build.ID)):
			return false
		}
		return uri == "" || t.Build != nil && strings.EqualFold(uri, "vstfs:///Build/Build/"+strconv.Itoa(t.Build.ID))
	}, nil
}

func invalidTestQuery(message string) *refusal {
	return &refusal{status: http.StatusBadRequest, typeKey: "InvalidPropertyException", message: message, typeName: "Microsoft.TeamFoundation.TestManagement.WebApi.InvalidPropertyException, Microsoft.TeamFoundation.TestManagement.WebApi"}
}

// testRun is one run as it stands now. unanalyzedTests are the failed ones that nobody explained yet.
func (c *call) testRun(t *world.TestRun, details bool) obj {
	n := c.world.Counts(t)
	self := c.at(t.Project, "/_apis/test/Runs/"+strconv.Itoa(t.ID))
	v := obj{"id": t.ID, "name": t.Name, "url": self, "isAutomated": t.Automated, "owner": c.identity(t.Owner), "project": obj{"id": t.Project.ID, "name": t.Project.Name}, "startedDate": zuluTime(t.Started),
		"state": c.world.RunState(t), "postProcessState": "Complete", "totalTests": n.Total, "incompleteTests": n.Incomplete, "notApplicableTests": n.NotApplicable, "passedTests": n.Passed, "unanalyzedTests": n.Failed,
		"createdDate": zuluTime(t.Started - 1500), "lastUpdatedDate": zuluTime(c.world.RunUpdated(t)), "lastUpdatedBy": c.identity(t.Owner), "revision": 3, "release": nil,
		"webAccessUrl": c.at(t.Project, "/_TestManagement/Runs?runId="+strconv.Itoa(t.ID)+"&_a=runCharts")}
	if at := c.world.RunCompleted(t); at != 0 {
		v["completedDate"] = zuluTime(at)
	}
	if b := t.Build; b != nil {
		v["build"] = obj{"id": strconv.Itoa(b.ID), "name": b.Number, "url": c.at(t.Project, "/_apis/build/Builds/"+strconv.Itoa(b.ID))}
		v["buildConfiguration"] = obj{"id": b.ID, "number": b.Number, "buildDefinitionId": b.Pipeline.ID, "platform": "", "flavor": "", "project": nil}
		v["pipelineReference"] = obj{"pipelineId": b.ID, "stageReference": obj{"stageName": t.Stage, "attempt": 1}, "phaseReference": obj{"attempt": 1}, "jobReference": obj{"jobName": "__default", "attempt": 1}}
	}
	if t.Sprint != nil {
		v["iteration"], v["plan"] = t.Sprint.Path, obj{"id": strconv.Itoa(t.Sprint.ID), "name": t.Sprint.Name}
	}
	if details {
		v["runStatistics"] = runStatistics(n)
	}
	return v
}

func runStatistics(n world.TestCounts) []any {
	list := []any{}
	for _, s := range []struct {
		outcome string
		count   int
	}{{"Passed", n.Passed}, {"Failed", n.Failed}, {"NotApplicable", n.NotApplicable}, {"None", n.Incomplete}} {
		if s.count > 0 {
			list = append(list, obj{"state": "Completed", "outcome": s.outcome, "count": s.count})
		}
	}
	return list
}

// namedRun is the run that the path names.
func (c *call) namedRun() (*world.TestRun, *refusal) {
	for _, t := range c.world.TestRuns(c.project) {
		if strconv.Itoa(t.ID) == c.vars["run"] {
			return t, nil
		}
	}
	return nil, &refusal{status: http.StatusNotFound, typeKey: "TestObjectNotFoundException", message: "Test run " + c.vars["run"] + " could not be found.",
		typeName: "Microsoft.TeamFoundation.TestManagement.WebApi.TestObjectNotFoundException, Microsoft.TeamFoundation.TestManagement.WebApi"}
}

func (c *call) oneTestRun() *refusal {
	t, refused := c.namedRun()
	if refused != nil {
		return refused
	}
	return c.json(c.testRun(t, true))
}

func (c *call) testRunStatistics() *refusal {
	t, refused := c.namedRun()
	if refused != nil {
		return refused
	}
	return c.json(obj{"run": obj{"id": strconv.Itoa(t.ID), "name": t.Name, "url": c.at(t.Project, "/_apis/test/Runs/"+strconv.Itoa(t.ID))}, "runStatistics": runStatistics(c.world.Counts(t))})
}

// testResults are the results of a run, 1,000 at a time, 200 with details.
func (c *call) testResults() *refusal {
	t, refused := c.namedRun()
	if refused != nil {
		return refused
	}
	most := resultPage
	if d := c.param("detailsToInclude"); d != "" && !strings.EqualFold(d, "none") {
		most = resultDetails
	}
	if top, refused := c.number("$top", most); refused != nil {
		return refused
	} else if top > most {
		return invalidTestQuery(fmt.Sprintf("The value of $top must not be greater than %d.", most))
	}
	var all []world.TestResult
	if outcomes := c.param("outcomes"); outcomes != "" {
		for _, word := range strings.Split(outcomes, ",") {
			word = strings.TrimSpace(word)
			i := slices.IndexFunc(testOutcomes, func(v flagValue) bool { return strings.EqualFold(v.word, word) || strconv.Itoa(v.number) == word })
			if i < 0 {
				return invalidTestQuery("'" + word + "' is no outcome.")
			}
			all = append(all, c.world.Results(t, testOutcomes[i].word)...)
		}
	} else {
		all = c.world.Results(t, "")
	}
	list, refused := page(c, all, most)
	if refused != nil {
		return refused
	}
	values := make([]any, 0, len(list))
	for i := range list {
		values = append(values, c.testResult(t, &list[i]))
	}
	return c.list(values)
}

func (c *call) testResult(t *world.TestRun, r *world.TestResult) obj {
	v := obj{"id": r.ID, "project": obj{"id": t.Project.ID, "name": t.Project.Name}, "startedDate": zuluTime(r.Started), "completedDate": zuluTime(r.Started + r.Duration), "durationInMs": r.Duration, "outcome": r.Outcome,
		"revision": 1, "state": "Completed", "testCase": obj{"name": r.Name}, "testRun": obj{"id": strconv.Itoa(t.ID), "name": t.Name, "url": c.at(t.Project, "/_apis/test/Runs/"+strconv.Itoa(t.ID))},
		"testCaseTitle": r.Name, "automatedTestName": r.Name, "lastUpdatedDate": zuluTime(c.world.RunUpdated(t)), "priority": 0, "url": c.at(t.Project, "/_apis/test/Runs/"+strconv.Itoa(t.ID)+"/Results/"+strconv.Itoa(r.ID))}
	if t.Build != nil {
		v["build"] = obj{"id": strconv.Itoa(t.Build.ID), "name": t.Build.Number}
	}
	if r.Message != "" {
		v["errorMessage"] = r.Message
	}
	return v
}

// resultSummary sums the results of a build. A Server of 7.0 does not have it.
func (c *call) resultSummary() *refusal {
	if c.h.o.Server {
		return noRoute(c.r.URL.Path)
	}
	c.vars["build"] = c.param("buildId")
	b, refused := c.oneBuild()
	if refused != nil {
		return refused
	}
	var sum world.TestCounts
	count, length, state := 0, int64(0), map[string]int{}
	for _, t := range c.world.TestRuns(c.project) {
		if t.Build != b {
			continue
		}
		n := c.world.Counts(t)
		sum.Total, sum.Passed, sum.Failed, sum.NotApplicable, sum.Incomplete = sum.Total+n.Total, sum.Passed+n.Passed, sum.Failed+n.Failed, sum.NotApplicable+n.NotApplicable, sum.Incomplete+n.Incomplete
		if end := c.world.RunCompleted(t); end != 0 {
			length += end - t.Started
		}
		state[c.world.RunState(t)]++
		count++
	}
	outcomes, states := obj{}, obj{}
	for name, n := range map[string]int{"Passed": sum.Passed, "Failed": sum.Failed, "NotExecuted": sum.NotApplicable + sum.Incomplete} {
		if n > 0 {
			outcomes[name] = obj{"outcome": strings.ToLower(name[:1]) + name[1:], "count": n, "duration": timeSpan(length * int64(n) / int64(max(sum.Total, 1)))}
		}
	}
	for name, n := range state {
		states[name] = obj{"runsCount": n, "state": strings.ToLower(name[:1]) + name[1:], "resultsByOutcome": outcomes}
	}
	return c.json(obj{"aggregatedResultsAnalysis": obj{"duration": timeSpan(length), "resultsByOutcome": outcomes, "runSummaryByState": states, "totalTests": sum.Total}, "testFailures": obj{"newFailures": obj{"count": sum.Failed, "testResults": []any{}}},
		"testResultsContext": obj{"contextType": "build", "build": obj{"id": b.ID, "definitionId": b.Pipeline.ID, "number": b.Number, "uri": "vstfs:///Build/Build/" + strconv.Itoa(b.ID)}}, "teamProject": obj{"id": c.project.ID, "name": c.project.Name}, "totalRunsCount": count})
}

// timeSpan is a duration as .NET writes it.
func timeSpan(ms int64) string {
	s := ms / 1000
	return fmt.Sprintf("%02d:%02d:%02d.%03d0000", s/3600, s/60%60, s%60, ms%1000)
}
