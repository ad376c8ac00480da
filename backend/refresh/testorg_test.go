package refresh_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	annID = "22157d54-1821-6536-a446-928b06348385"
	bobID = "11111111-1821-6536-a446-928b06348385"
)

// testOrg is a small organization over HTTP, with switches for what goes wrong. It answers as
// azure-devops-api.md sections 3 and 5 state.
type testOrg struct {
	server *httptest.Server

	mu                   sync.Mutex
	projects             []*testProject
	watermarks, pageSize int
	requests             []string // paths with queries, in order
	// before may answer a request itself.
	before func(w http.ResponseWriter, r *http.Request) bool
	caller string
}

type testProject struct {
	id, name      string
	updated       time.Time
	nodes         int // node ids begin here
	revisions     []testRevision
	links         []string
	hidden        bool // not listed and 404: deleted, or not permitted
	binned        []int
	destroyed     []int
	moved         []int // live in another project now; their older revisions stay in this one's feed
	noBacklog     bool
	noTypesStates bool
	sprints       []time.Time // starts, each a Monday; they last 12 days
	oldCapacities bool        // a list, as before version 6
}

type testRevision struct {
	watermark, id, rev int
	fields             map[string]any
}

var testBegin = time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)

func newTestOrg(t *testing.T) *testOrg {
	o := &testOrg{pageSize: 7, caller: annID + ":ann@contoso.com"}
	o.server = httptest.NewServer(o)
	t.Cleanup(o.server.Close)
	return o
}

// add makes a project of items with revs revisions each, mixed in time.
func (o *testOrg) add(name string, items, revs int) *testProject {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := &testProject{id: fmt.Sprintf("00000000-0000-4000-8000-%012d", len(o.projects)+1), name: name, updated: testBegin, nodes: 100 * len(o.projects)}
	base := 1000 * (len(o.projects) + 1)
	o.projects = append(o.projects, p)
	for rev := 1; rev <= revs; rev++ {
		for i := range items {
			p.revise(o, base+i, rev, map[string]any{"System.State": []string{"New", "Active", "Closed"}[min(rev-1, 2)]})
		}
	}
	for i := 1; i < items; i++ {
		p.links = append(p.links, fmt.Sprintf(`{"rel":"System.LinkTypes.Hierarchy","sourceId":%d,"targetId":%d,"changedDate":"2026-01-05T08:00:00Z","isActive":true,"changedBy":{"id":"x"}}`, base, base+i))
	}
	return p
}

// revise appends a revision; o.mu is held.
func (p *testProject) revise(o *testOrg, id, rev int, fields map[string]any) {
	o.watermarks++
	at := testBegin.Add(time.Duration(o.watermarks) * time.Minute).Format(time.RFC3339)
	all := map[string]any{
		"System.Id": id, "System.Rev": rev, "System.TeamProject": p.name, "System.WorkItemType": "Bug", "System.State": "New",
		"System.Title": fmt.Sprintf("Item %d \"in\" rev %d", id, rev), "System.AreaId": p.nodes + 10, "System.AreaPath": p.name, "System.IterationId": p.nodes + 21,
		"System.IterationPath": p.name + `\Sprint 1`, "System.ChangedDate": at, "System.RevisedDate": "9999-01-01T00:00:00Z",
		"System.CreatedDate": testBegin.Format(time.RFC3339), "System.Watermark": o.watermarks, "System.Tags": "b; a", "Custom.Risk": "High",
		"System.ChangedBy":               map[string]any{"displayName": "Ann Ab", "id": annID, "uniqueName": "ann@contoso.com"},
		"Microsoft.VSTS.Common.Priority": 2,
	}
	for name, v := range fields {
		all[name] = v
	}
	for i := range p.revisions {
		if r := &p.revisions[i]; r.id == id && r.rev == rev-1 {
			r.fields["System.RevisedDate"] = at
		}
	}
	p.revisions = append(p.revisions, testRevision{o.watermarks, id, rev, all})
}

func (o *testOrg) asked(part string) (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, r := range o.requests {
		if strings.Contains(r, part) {
			n++
		}
	}
	return n
}

func (o *testOrg) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.requests = nil
}

func (o *testOrg) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.requests = append(o.requests, r.URL.RequestURI())
	if o.before != nil && o.before(w, r) {
		return
	}
	path := strings.ToLower(strings.TrimPrefix(r.URL.Path, "/contoso"))
	switch path {
	case "/_apis/resourceareas":
		o.answer(w, `{"count":0,"value":[]}`)
		return
	case "/_apis/connectiondata":
		id, account, _ := strings.Cut(o.caller, ":")
		o.answer(w, fmt.Sprintf(`{"authenticatedUser":{"id":%q,"descriptor":"Microsoft.IdentityModel.Claims.ClaimsIdentity;72f988bf-86f1-41af-91ab-2d7cd011db47\\%s","providerDisplayName":"Ann Ab","isActive":true,"properties":{"Account":{"$type":"System.String","$value":%q}}},"instanceId":"2ad38d1e-3eaf-4769-931c-3a2da67bbb01","deploymentType":"hosted"}`, id, account, account))
		return
	case "/_apis/projects":
		var rows []string
		for _, p := range o.projects {
			if !p.hidden {
				rows = append(rows, p.json(false))
			}
		}
		o.answer(w, fmt.Sprintf(`{"count":%d,"value":[%s]}`, len(rows), strings.Join(rows, ",")))
		return
	case "/_apis/wit/workitemsbatch":
		o.batch(w, r)
		return
	}
	for _, p := range o.projects {
		for _, prefix := range []string{"/_apis/projects/" + p.id, "/" + p.id} {
			if rest, ok := strings.CutPrefix(path, prefix); ok {
				if p.hidden {
					o.refuse(w, 404, "ProjectDoesNotExistWithNameException", "TF200016: The following project does not exist: "+p.name)
					return
				}
				o.project(w, r, p, prefix[0:2] == "/_", rest)
				return
			}
		}
	}
	if of, rev, ok := strings.Cut(strings.TrimPrefix(path, "/_apis/wit/workitems/"), "/revisions/"); ok {
		o.revision(w, of, rev)
		return
	}
	if strings.HasPrefix(path, "/_apis/work/processes/") {
		id := path[strings.LastIndexByte(path, '/')+1:]
		o.answer(w, fmt.Sprintf(`{"typeId":%q,"name":"Our Agile","parentProcessTypeId":"adcc42ab-9882-485e-a3ed-7678f01f66bc","customizationType":"inherited"}`, id))
		return
	}
	o.refuse(w, 404, "X", "no such route "+path)
}

func (p *testProject) json(full bool) string {
	s := fmt.Sprintf(`{"id":%q,"name":%q,"state":"wellFormed","visibility":"private","lastUpdateTime":%q`, p.id, p.name, p.updated.Format(time.RFC3339))
	if full {
		s += `,"capabilities":{"processTemplate":{"templateName":"Our Agile","templateTypeId":"aaaa42ab-9882-485e-a3ed-7678f01f66bc"},"versioncontrol":{"sourceControlType":"Git","gitEnabled":"True","tfvcEnabled":"False"}},"defaultTeam":{"id":"` + p.team() + `","name":"T"}`
	}
	return s + "}"
}

func (p *testProject) team() string { return strings.Replace(p.id, "-4000-", "-5000-", 1) }

func (o *testOrg) project(w http.ResponseWriter, r *http.Request, p *testProject, core bool, rest string) {
	if core {
		if rest == "/teams" {
			o.answer(w, fmt.Sprintf(`{"value":[{"id":%q,"name":"Team One","description":"d"}],"count":1}`, p.team()))
		} else {
			o.answer(w, p.json(true))
		}
		return
	}
	rest = strings.TrimPrefix(rest, "/"+p.team())
	if sprint, ok := strings.CutPrefix(rest, "/_apis/work/teamsettings/iterations/"); ok {
		o.sprint(w, p, sprint)
		return
	}
	switch rest {
	case "/_apis/wit/classificationnodes":
		o.answer(w, fmt.Sprintf(`{"count":2,"value":[{"id":%d,"identifier":"a-%[3]d","name":%[2]q,"structureType":"area","hasChildren":false,"path":"\\x\\Area"},
			{"id":%[4]d,"identifier":"b","name":%[2]q,"structureType":"iteration","hasChildren":true,"path":"\\x\\Iteration","children":[{"id":%[5]d,"identifier":"IT-1","name":"Sprint 1","structureType":"iteration","hasChildren":false,"path":"\\x\\Iteration\\Sprint 1","attributes":{"startDate":"2026-01-05T00:00:00Z","finishDate":"2026-01-16T00:00:00Z"}}]}]}`, p.nodes+10, p.name, p.nodes, p.nodes+20, p.nodes+21))
	case "/_apis/wit/fields":
		o.answer(w, `{"count":2,"value":[{"name":"Risk","referenceName":"Custom.Risk","type":"string","isPicklist":true},{"name":"Title","referenceName":"System.Title","type":"string"}]}`)
	case "/_apis/wit/workitemtypes":
		states := `,"states":[{"name":"New","color":"b2b2b2","category":"Proposed"},{"name":"Active","color":"007acc","category":"InProgress"},{"name":"Closed","color":"339933","category":"Completed"},{"name":"Gone","color":"0","category":"Removed"}]`
		if p.noTypesStates {
			states = ""
		}
		o.answer(w, `{"count":2,"value":[{"name":"Bug","referenceName":"Microsoft.VSTS.WorkItemTypes.Bug","color":"CC293D"`+states+`},{"name":"User Story","referenceName":"Microsoft.VSTS.WorkItemTypes.UserStory"`+states+`}]}`)
	case "/_apis/wit/workitemtypes/bug/states", "/_apis/wit/workitemtypes/user story/states":
		o.answer(w, `{"count":1,"value":[{"name":"Only","color":"b2b2b2","category":"Resolved"}]}`)
	case "/_apis/wit/workitemtypecategories":
		o.answer(w, `{"count":1,"value":[{"name":"Bug Category","referenceName":"Microsoft.BugCategory","workItemTypes":[{"name":"Bug"}]}]}`)
	case "/_apis/work/backlogconfiguration":
		if p.noBacklog {
			o.refuse(w, 403, "AccessDeniedException", "no")
			return
		}
		o.answer(w, `{"taskBacklog":{"id":"Microsoft.TaskCategory","name":"Tasks","rank":1,"workItemTypes":[{"name":"Task"}]},"requirementBacklog":{"id":"Microsoft.RequirementCategory","name":"Stories","rank":2,"workItemTypes":[{"name":"User Story"}]},"portfolioBacklogs":[],"backlogFields":{"typeFields":{"Effort":"Microsoft.VSTS.Scheduling.StoryPoints"}},"bugsBehavior":"asRequirements","workItemTypeMappedStates":[]}`)
	case "/_apis/work/processconfiguration":
		o.refuse(w, 404, "X", "not here")
	case "/_apis/work/teamsettings":
		o.answer(w, `{"backlogIteration":{"id":"b","name":"P","path":""},"bugsBehavior":"asRequirements","workingDays":["monday","tuesday"]}`)
	case "/_apis/work/teamsettings/teamfieldvalues":
		o.answer(w, fmt.Sprintf(`{"field":{"referenceName":"System.AreaPath"},"defaultValue":%q,"values":[{"value":%q,"includeChildren":true}]}`, p.name, p.name))
	case "/_apis/work/teamsettings/iterations":
		rows := `{"id":"it-1","name":"Sprint 1","path":"x\\Sprint 1","attributes":{"startDate":"2026-01-05T00:00:00Z","finishDate":null,"timeFrame":"past"}}`
		for i, start := range p.sprints {
			rows += fmt.Sprintf(`,{"id":"SP-%d","name":"Sprint %[1]d","attributes":{"startDate":%[2]q,"finishDate":%[3]q}}`, i, start.Format(time.RFC3339), start.AddDate(0, 0, 11).Format(time.RFC3339))
		}
		o.answer(w, `{"value":[`+rows+`]}`)
	case "/_apis/work/boards":
		o.answer(w, `{"count":1,"value":[{"id":"B0A4D000-0000-0000-0000-000000000001","name":"Stories","url":"https://x"}]}`)
	case "/_apis/work/boards/b0a4d000-0000-0000-0000-000000000001":
		o.answer(w, `{"id":"B0A4D000-0000-0000-0000-000000000001","name":"Stories","columns":[{"id":"C-1","name":"To do","itemLimit":0,"stateMappings":{"User Story":"New"},"columnType":"incoming"},{"id":"C-2","name":"Doing","itemLimit":5,"stateMappings":{"User Story":"Active"},"isSplit":true,"description":"tested","columnType":"inProgress"}],"rows":[{"id":"00000000-0000-0000-0000-000000000000","name":null},{"id":"L-1","name":"Expedite"}],"fields":{"columnField":{"referenceName":"WEF_1_Kanban.Column"},"rowField":{"referenceName":"WEF_1_Kanban.Lane"},"doneField":{"referenceName":"WEF_1_Kanban.Column.Done"}}}`)
	case "/_apis/wit/reporting/workitemrevisions":
		o.revisions(w, r, p)
	case "/_apis/wit/reporting/workitemlinks":
		from, _ := strconv.Atoi(r.URL.Query().Get("continuationToken"))
		to := min(from+o.pageSize, len(p.links))
		o.answer(w, fmt.Sprintf(`{"values":[%s],"nextLink":"https://x/?continuationToken=%d&api-version=7.1","isLastBatch":%v}`, strings.Join(p.links[from:to], ","), to, to == len(p.links)))
	case "/_apis/wit/wiql":
		var rows []string
		for _, id := range p.living() {
			rows = append(rows, fmt.Sprintf(`{"id":%d}`, id))
		}
		o.answer(w, `{"queryType":"flat","asOf":"2026-01-05T00:00:00Z","workItems":[`+strings.Join(rows, ",")+`]}`)
	case "/_apis/wit/recyclebin":
		var rows []string
		for _, id := range strings.Split(r.URL.Query().Get("ids"), ",") {
			if n, _ := strconv.Atoi(id); slices.Contains(p.binned, n) {
				rows = append(rows, fmt.Sprintf(`{"id":"%d","code":200,"deletedDate":"1/31/2017 9:21:14 PM"}`, n))
			}
		}
		o.answer(w, "["+strings.Join(rows, ",")+"]")
	default:
		o.refuse(w, 404, "X", "no such route "+rest)
	}
}

// sprint answers capacities and days off of one sprint of a team; in odd ones nobody has a plan.
func (o *testOrg) sprint(w http.ResponseWriter, p *testProject, rest string) {
	id, what, _ := strings.Cut(rest, "/")
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "sp-"))
	members := fmt.Sprintf(`{"teamMember":{"id":%q,"displayName":"Ann Ab","uniqueName":"ann@contoso.com"},"activities":[{"capacityPerDay":4.5,"name":"Development"},{"capacityPerDay":1,"name":"Design"},{"capacityPerDay":0.5,"name":"Design"}],"daysOff":[{"start":"2026-01-07T00:00:00Z","end":"2026-01-08T00:00:00Z"}]}`, annID)
	switch {
	case what == "teamdaysoff":
		o.answer(w, `{"daysOff":[{"start":"2026-01-06T00:00:00Z","end":"2026-01-06T00:00:00Z"}]}`)
	case n%2 == 1:
		o.answer(w, `{"teamMembers":[],"totalCapacityPerDay":0.0,"totalDaysOff":0}`)
	case p.oldCapacities:
		o.answer(w, `{"count":1,"value":[`+members+`]}`)
	default:
		o.answer(w, `{"teamMembers":[`+members+`],"totalCapacityPerDay":6.0,"totalDaysOff":2}`)
	}
}

// living lists the ids of a project that a query shows.
func (p *testProject) living() (ids []int) {
	for _, r := range p.revisions {
		if !slices.Contains(ids, r.id) && !slices.Contains(p.binned, r.id) && !slices.Contains(p.destroyed, r.id) && !slices.Contains(p.moved, r.id) {
			ids = append(ids, r.id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (o *testOrg) revisions(w http.ResponseWriter, r *http.Request, p *testProject) {
	q := r.URL.Query()
	from := 0
	if token := q.Get("continuationToken"); token != "" {
		from, _ = strconv.Atoi(strings.Split(token, ";")[0])
	}
	latest := q.Get("includeLatestOnly") == "true"
	rows, last := []string{}, true
	token := q.Get("continuationToken")
	for i, v := range p.revisions {
		if v.watermark <= from || slices.Contains(p.destroyed, v.id) {
			continue
		}
		if latest && slices.ContainsFunc(p.revisions[i+1:], func(later testRevision) bool { return later.id == v.id }) {
			continue
		}
		if len(rows) == o.pageSize {
			last = false
			break
		}
		fields, _ := json.Marshal(v.fields)
		rows = append(rows, fmt.Sprintf(`{"id":%d,"rev":%d,"fields":%s}`, v.id, v.rev, fields))
		token = fmt.Sprintf("%d;%d;%d", v.watermark, v.id, v.rev)
	}
	o.answer(w, fmt.Sprintf(`{"values":[%s],"nextLink":"https://x/?continuationToken=%s","continuationToken":%q,"isLastBatch":%v}`, strings.Join(rows, ","), token, token, last))
}

// revision answers one revision of one work item.
func (o *testOrg) revision(w http.ResponseWriter, id, rev string) {
	for _, p := range o.projects {
		for _, v := range p.revisions {
			if strconv.Itoa(v.id) == id && strconv.Itoa(v.rev) == rev {
				fields, _ := json.Marshal(v.fields)
				o.answer(w, fmt.Sprintf(`{"id":%d,"rev":%d,"fields":%s}`, v.id, v.rev, fields))
				return
			}
		}
	}
	o.refuse(w, 404, "X", "no such revision")
}

func (o *testOrg) batch(w http.ResponseWriter, r *http.Request) {
	var body struct{ IDs []int }
	_ = json.NewDecoder(r.Body).Decode(&body)
	rows := []string{}
	for _, id := range body.IDs {
		row := "null"
		for _, p := range o.projects {
			for _, v := range p.revisions {
				if v.id == id && !slices.Contains(p.binned, id) && !slices.Contains(p.destroyed, id) && !p.hidden {
					fields, _ := json.Marshal(v.fields)
					row = fmt.Sprintf(`{"id":%d,"rev":%d,"fields":%s,"url":"https://x"}`, v.id, v.rev, fields)
				}
			}
		}
		rows = append(rows, row)
	}
	o.answer(w, fmt.Sprintf(`{"count":%d,"value":[%s]}`, len(rows), strings.Join(rows, ",")))
}

func (o *testOrg) answer(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8; api-version=7.1")
	if o.caller != "" {
		w.Header().Set("X-VSS-UserData", o.caller)
	}
	_, _ = w.Write([]byte(body))
}

func (o *testOrg) refuse(w http.ResponseWriter, status int, typeKey, message string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-VSS-UserData", o.caller)
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"$id":"1","message":%q,"typeKey":%q}`, message, typeKey)
}
