package refresh_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
)

// pipelineOrg gives a project of a testOrg builds, releases and test runs, as azdo's reference states them in
// sections 5.3, 5.6 and 9. o.mu is held while it answers; a test changes it between refreshes only.
type pipelineOrg struct {
	*testOrg
	t           *testing.T
	project     *testProject
	builds      []*orgBuild
	definitions map[int]string
	timelines   map[int]string // by build: a body, or the name of a quirk
	deployments []orgDeployment
	runs        []orgRun
	pageSize    int
	sameToken   bool         // continuation tokens are not obeyed: page 1 for ever
	noReleases  int          // status of the release service when it is not there
	denied      map[int]bool // builds that are hidden from lists, and 403 alone
	deep        func(path string) bool
}

// orgBuild is a build of it. Times are minutes after testBegin; 0 is not yet.
type orgBuild struct {
	id, definition            int
	queued, started, finished int
	result                    string
	gone                      bool
}

type orgDeployment struct {
	id, modified int // minutes after testBegin
	status       string
}

type orgRun struct {
	id, build int
	updated   time.Time
	passed    int
	failed    int
}

func minute(n int) time.Time { return testBegin.Add(time.Duration(n) * time.Minute) }

// newPipelineOrg makes one with pages of three rows.
func newPipelineOrg(t *testing.T) *pipelineOrg {
	o := &pipelineOrg{testOrg: newTestOrg(t), t: t, definitions: map[int]string{7: "CI", 9: "Nightly"}, timelines: map[int]string{}, pageSize: 3, denied: map[int]bool{}}
	o.project = o.add("Alpha", 1, 1)
	o.before = o.serve
	return o
}

// build adds a build; finished 0 leaves it running.
func (o *pipelineOrg) build(id, queued, finished int, result string) *orgBuild {
	b := &orgBuild{id: id, definition: 7, queued: queued, started: queued + 1, finished: finished, result: result}
	o.builds = append(o.builds, b)
	return b
}

// pipelinesOnly selects builds and test runs, and stands at two weeks after the beginning of all.
func pipelinesOnly(r *refresh.Options) {
	r.Selection.Contents = []devops.Content{devops.PipelinesContent, devops.TestsContent}
	r.Clock = func() time.Time { return testBegin.AddDate(0, 0, 14) }
	r.Selection.HistoryMonths = 1
}

func (o *pipelineOrg) serve(w http.ResponseWriter, r *http.Request) bool {
	path, ok := strings.CutPrefix(strings.ToLower(r.URL.Path), "/contoso/"+o.project.id+"/_apis/")
	if !ok || o.deep != nil && o.deep(path) {
		return false
	}
	switch {
	case path == "build/builds":
		o.listBuilds(w, r)
	case path == "build/definitions":
		var rows []string
		for _, id := range slices.Sorted(func(yield func(int) bool) {
			for id := range o.definitions {
				if !yield(id) {
					return
				}
			}
		}) {
			rows = append(rows, fmt.Sprintf(`{"id":%d,"name":%q,"path":"\\Team","type":"build","queueStatus":"enabled","revision":2}`, id, o.definitions[id]))
		}
		o.list(w, rows, "")
	case strings.HasSuffix(path, "/timeline"):
		o.timeline(w, strings.TrimSuffix(strings.TrimPrefix(path, "build/builds/"), "/timeline"))
	case strings.HasPrefix(path, "build/builds/"):
		id, _ := strconv.Atoi(strings.TrimPrefix(path, "build/builds/"))
		i := slices.IndexFunc(o.builds, func(b *orgBuild) bool { return b.id == id && !b.gone })
		switch {
		case o.denied[id]:
			o.refuse(w, 403, "AccessDeniedException", "TF215106: Access denied. Ann Ab needs View builds permissions.")
		case i < 0:
			o.refuse(w, 404, "BuildNotFoundException", fmt.Sprintf("The requested build %d could not be found.", id))
		default:
			o.answer(w, o.builds[i].json())
		}
	case path == "release/deployments":
		o.listDeployments(w, r)
	case path == "test/runs":
		o.listRuns(w, r)
	default:
		return false
	}
	return true
}

func (b *orgBuild) json() string {
	m := map[string]any{
		"id": b.id, "buildNumber": fmt.Sprintf("2026.%d", b.id), "status": "inProgress", "queueTime": minute(b.queued), "startTime": minute(b.started),
		"definition": map[string]any{"id": b.definition, "name": "as it was", "path": `\Team`}, "sourceBranch": "refs/heads/main", "sourceVersion": strings.Repeat("0a", 20),
		"reason": "individualCI", "queue": map[string]any{"name": "Default", "pool": map[string]any{"name": "Azure Pipelines"}},
		"repository": map[string]any{"id": "F450D1A9-29B5-4EC5-B12B-7ACA7EBD6643", "type": "TfsGit"}, "tags": []string{"nightly"}, "unknown": map[string]any{"x": 1},
		"requestedFor": map[string]any{"id": annID, "displayName": "Ann Ab", "uniqueName": "ann@contoso.com"},
	}
	if b.finished != 0 {
		m["status"], m["result"], m["finishTime"] = "completed", b.result, minute(b.finished)
	}
	text, _ := json.Marshal(m)
	return string(text)
}

// listBuilds pages by tokens that are times, so that the row at the border comes twice.
func (o *pipelineOrg) listBuilds(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	order, status := q.Get("queryOrder"), q.Get("statusFilter")
	if order == "" && q.Get("buildIds") == "" {
		o.t.Errorf("builds were asked for without an order: %s", r.URL.RawQuery)
	}
	key := func(b *orgBuild) int {
		if order == "finishTimeAscending" {
			return b.finished
		}
		return b.queued
	}
	asked, from := strings.Split(q.Get("buildIds"), ","), instantOf(o.t, q.Get("minTime"))
	var list []*orgBuild
	for _, b := range o.builds {
		completed := b.finished != 0
		switch {
		case b.gone, o.denied[b.id], q.Get("buildIds") != "" && !slices.Contains(asked, strconv.Itoa(b.id)), status == "completed" && !completed,
			status != "" && status != "completed" && (completed || status != "inProgress"), !from.IsZero() && (order == "finishTimeAscending" && !completed || minute(key(b)).Before(from)):
			continue
		}
		list = append(list, b)
	}
	slices.SortStableFunc(list, func(a, b *orgBuild) int {
		if strings.HasSuffix(order, "Descending") {
			return cmp.Compare(key(b), key(a))
		}
		return cmp.Compare(key(a), key(b))
	})
	top := o.pageSize
	if q.Get("$top") == "1" {
		top = 1
	}
	if token := q.Get("continuationToken"); token != "" && !o.sameToken {
		at := instantOf(o.t, token)
		list = slices.DeleteFunc(list, func(b *orgBuild) bool {
			return strings.HasSuffix(order, "Descending") && minute(key(b)).After(at) || strings.HasSuffix(order, "Ascending") && minute(key(b)).Before(at)
		})
	}
	token := ""
	if len(list) > top && q.Get("buildIds") == "" {
		list = list[:top]
		token = minute(key(list[top-1])).Format(time.RFC3339Nano)
	}
	var rows []string
	for _, b := range list {
		rows = append(rows, b.json())
	}
	o.list(w, rows, token)
}

func instantOf(t *testing.T, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Errorf("%q is no instant: %v", text, err)
	}
	return at
}

func (o *pipelineOrg) list(w http.ResponseWriter, rows []string, token string) {
	if token != "" {
		w.Header()["X-MS-ContinuationToken"] = []string{token} // the service mixes its case
	}
	o.answer(w, fmt.Sprintf(`{"value":[%s],"count":%d}`, strings.Join(rows, ","), len(rows)))
}

// timeline answers with a stage and a job, or with a quirk: 204, empty, text, 404, 403, html.
func (o *pipelineOrg) timeline(w http.ResponseWriter, id string) {
	n, _ := strconv.Atoi(id)
	switch quirk := o.timelines[n]; quirk {
	case "":
		o.answer(w, fmt.Sprintf(`{"id":"x","records":[
			{"id":"AAAAAAAA-0000-4000-8000-%012[1]d","parentId":null,"type":"Stage","name":"Build","startTime":"2026-01-05T08:00:00Z","finishTime":"2026-01-05T08:01:00.5Z","state":"completed","result":"succeeded","order":1,"attempt":1,"identifier":"build","errorCount":null,"lastModified":"0001-01-01T00:00:00"},
			{"id":"bbbbbbbb-0000-4000-8000-%012[1]d","parentId":"aaaaaaaa-0000-4000-8000-%012[1]d","type":"Job","name":"Job of %[1]d","state":"completed","result":"failed","workerName":"Agent 1","errorCount":2,"warningCount":1,"issues":[{"x":1}],"attempt":1}]}`, n))
	case "204":
		w.Header().Set("X-VSS-UserData", o.caller)
		w.WriteHeader(http.StatusNoContent)
	case "empty":
		o.answer(w, "")
	case "text":
		w.Header().Set("X-VSS-UserData", o.caller)
		w.Header().Set("Content-Type", "text/plain")
		_, _ = w.Write([]byte("no timeline"))
	case "404":
		o.refuse(w, 404, "BuildNotFoundException", "The requested build could not be found.")
	case "403":
		o.refuse(w, 403, "AccessDeniedException", "TF215106: Access denied.")
	case "html":
		w.Header().Set("X-VSS-UserData", o.caller)
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html><title>Oops</title></html>"))
	default:
		o.answer(w, quirk)
	}
}

// listDeployments pages by ids.
func (o *pipelineOrg) listDeployments(w http.ResponseWriter, r *http.Request) {
	if o.noReleases != 0 {
		o.refuse(w, o.noReleases, "X", "There is no release service here.")
		return
	}
	q := r.URL.Query()
	from, after := instantOf(o.t, q.Get("minModifiedTime")), 0
	if token := q.Get("continuationToken"); token != "" {
		after, _ = strconv.Atoi(token)
	}
	var rows []string
	token := ""
	for _, d := range o.deployments {
		if d.id <= after || minute(d.modified).Before(from) {
			continue
		}
		if len(rows) == o.pageSize {
			token = strconv.Itoa(after)
			break
		}
		after = d.id
		rows = append(rows, fmt.Sprintf(`{"id":%d,"release":{"id":%d,"name":"Release-%[1]d","artifacts":[{"type":"Build","isPrimary":true,"definitionReference":{"version":{"id":"501","name":"2026.501"},"definition":{"id":"7"}}}]},
			"releaseDefinition":{"id":3,"name":"Web"},"releaseEnvironment":{"id":%[2]d,"name":"Production"},"definitionEnvironmentId":12,"attempt":1,"reason":"automated","deploymentStatus":%[3]q,"operationStatus":"Approved",
			"queuedOn":"2026-01-05T08:00:00.1234567Z","startedOn":"2026-01-05T08:01:00Z","completedOn":"2026-01-05T08:11:00Z","lastModifiedOn":%[4]q}`, d.id, 1000+d.id, d.status, minute(d.modified).Format(time.RFC3339Nano)))
	}
	o.list(w, rows, token)
}

// listRuns wants two dates at most seven days apart, as the service does.
func (o *pipelineOrg) listRuns(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	from, to := instantOf(o.t, q.Get("minLastUpdatedDate")), instantOf(o.t, q.Get("maxLastUpdatedDate"))
	if from.IsZero() || to.IsZero() || to.Sub(from) > 7*24*time.Hour || q.Get("includeRunDetails") != "true" {
		o.refuse(w, 400, "InvalidPropertyException", "The dates must be given and at most 7 days apart.")
		return
	}
	after, _ := strconv.Atoi(q.Get("continuationToken"))
	var rows []string
	token := ""
	for _, run := range o.runs {
		if run.id <= after || run.updated.Before(from) || run.updated.After(to) {
			continue
		}
		if len(rows) == o.pageSize {
			token = strconv.Itoa(after)
			break
		}
		after = run.id
		rows = append(rows, fmt.Sprintf(`{"id":%d,"name":"Unit tests","isAutomated":true,"state":"Completed","totalTests":%d,"passedTests":%d,"unanalyzedTests":%d,"incompleteTests":0,"notApplicableTests":0,
			"build":{"id":"%d","name":"x"},"startedDate":"2026-01-05T08:00:00Z","completedDate":"2026-01-05T08:00:30Z","lastUpdatedDate":%q,"owner":{"id":"%s","displayName":"Ann Ab"},
			"pipelineReference":{"pipelineId":%[5]d,"stageReference":{"stageName":"Test"}},"runStatistics":[{"state":"Completed","outcome":"Passed","count":%[3]d},{"state":"Completed","outcome":"Failed","count":%[4]d}]}`,
			run.id, run.passed+run.failed, run.passed, run.failed, run.build, run.updated.Format(time.RFC3339Nano), annID))
	}
	o.list(w, rows, token)
}
