package refresh_test

import (
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
)

// testSource is the source control of one project of a testOrg. It answers as azure-devops-api.md sections 2, 5.4
// and 5.5 state. Its members may be changed between two refreshes.
type testSource struct {
	org     *testOrg
	project *testProject

	repos      []*testRepo
	pulls      []*testPull
	changesets []*testChangeset
	branches   string // TFVC, the members of value

	noTimes         bool   // filters pull requests by no time, without a word
	version         string // highest API version; 7.1 when empty
	fromIDExclusive bool
	cap             int // rows of a page at most, whatever is asked for; 0: as asked
	newestFirst     bool
}

type testRepo struct {
	id, name, main               string
	disabled, maintained, unseen bool
	refs                         map[string]string // name → id
	commits                      map[string]*testCommit
	pushes                       []string // JSON, oldest first
	pushed                       []time.Time
}

type testCommit struct {
	id      string
	parents []string
	at      time.Time // of the committer
}

type testPull struct {
	id              int
	repo            *testRepo
	created, closed time.Time
	status          string
	extra           string // further members
	threads         string // the members of value
}

type testChangeset struct {
	id    int
	at    time.Time
	files [][2]string // path, change type
}

// sourceToday is when the tests refresh; the window of two years begins on 2024-03-02.
var sourceToday = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func newTestSource(t *testing.T) *testSource {
	s := &testSource{org: newTestOrg(t)}
	s.project = s.org.add("Harbor & Co", 1, 1)
	s.org.before = s.serve
	return s
}

// load refreshes only what the tests are about, at the day that is given.
func (s *testSource) load(t *testing.T, d refresh.Store, at time.Time, contents ...devops.Content) (refresh.Summary, error) {
	t.Helper()
	if contents == nil {
		contents = []devops.Content{devops.GitContent, devops.PullRequestsContent, devops.TFVCContent}
	}
	return load(t, s.org, d, func(o *refresh.Options) {
		o.Selection.Contents = contents
		o.Clock = func() time.Time { return at }
	})
}

func (s *testSource) repo(name string) *testRepo {
	r := &testRepo{id: fmt.Sprintf("aaaaaaaa-0000-4000-8000-%012d", len(s.repos)+1), name: name, refs: map[string]string{}, commits: map[string]*testCommit{}}
	s.repos = append(s.repos, r)
	return r
}

// commit adds a commit below a branch without moving it, and returns its id.
func (r *testRepo) commit(at time.Time, parents ...string) string {
	id := fmt.Sprintf("%x", sha1.Sum([]byte(fmt.Sprint(r.name, len(r.commits), at))))
	r.commits[id] = &testCommit{id: id, parents: slices.DeleteFunc(parents, func(p string) bool { return p == "" }), at: at}
	return id
}

// push moves a branch to a commit, "" deletes it.
func (r *testRepo) push(at time.Time, branch, head string) {
	const none = "0000000000000000000000000000000000000000"
	name := "refs/heads/" + branch
	old, now := r.refs[name], head
	if old == "" {
		old = none
	}
	if head == "" {
		now = none
		delete(r.refs, name)
	} else {
		r.refs[name] = head
	}
	if r.main == "" && branch == "main" {
		r.main = name
	}
	r.pushes = append(r.pushes, fmt.Sprintf(`{"pushedBy":{"id":%q,"displayName":"Ann Ab","uniqueName":"ann@contoso.com"},"pushId":%d,"date":%q,"refUpdates":[{"name":%q,"oldObjectId":%q,"newObjectId":%q}]}`,
		annID, len(r.pushes)+1, at.Format(time.RFC3339Nano), name, old, now))
	r.pushed = append(r.pushed, at)
}

// line makes n commits on a branch, one a day from the given day on, in one push.
func (r *testRepo) line(branch string, from time.Time, n int) {
	head := r.refs["refs/heads/"+branch]
	for i := range n {
		head = r.commit(from.AddDate(0, 0, i), head)
	}
	r.push(from.AddDate(0, 0, n), branch, head)
}

func (s *testSource) serve(w http.ResponseWriter, r *http.Request) bool {
	path := strings.ToLower(strings.TrimPrefix(r.URL.Path, "/contoso"))
	q := r.URL.Query()
	if s.version != "" && !strings.Contains(r.Header.Get("Accept"), "api-version="+s.version) && !strings.Contains(path, "resourceareas") && !strings.Contains(path, "connectiondata") {
		s.org.refuse(w, 400, "VssVersionOutOfRangeException", "The requested REST API version of 7.1 is out of range for this server. The latest REST API version this server supports is "+s.version+".")
		return true
	}
	own := "/" + s.project.id
	switch {
	case path == "/_apis/projects"+own:
		s.org.answer(w, strings.Replace(s.project.json(true), `"tfvcEnabled":"False"`, `"tfvcEnabled":"True"`, 1))
	case path == own+"/_apis/git/repositories":
		var rows []string
		for _, repo := range s.repos {
			if !repo.unseen {
				rows = append(rows, s.repoJSON(repo))
			}
		}
		s.list(w, rows)
	case path == own+"/_apis/git/pullrequests":
		s.servePulls(w, q)
	case strings.HasPrefix(path, "/_apis/git/pullrequests/"):
		id, _ := strconv.Atoi(path[strings.LastIndexByte(path, '/')+1:])
		for _, p := range s.pulls {
			if p.id == id {
				s.org.answer(w, s.pullJSON(p))
				return true
			}
		}
		s.org.refuse(w, 404, "GitPullRequestNotFoundException", "TF401180: The requested pull request was not found.")
	case path == own+"/_apis/tfvc/changesets":
		s.serveChangesets(w, q)
	case path == own+"/_apis/tfvc/branches":
		s.org.answer(w, `{"count":1,"value":[`+s.branches+`]}`)
	case strings.HasPrefix(path, "/_apis/tfvc/changesets/"):
		s.serveChangeset(w, strings.TrimPrefix(path, "/_apis/tfvc/changesets/"))
	case strings.HasPrefix(path, own+"/_apis/git/repositories/"), strings.HasPrefix(path, "/_apis/git/repositories/"):
		rest := path[strings.Index(path, "/repositories/")+len("/repositories/"):]
		id, below, _ := strings.Cut(rest, "/")
		for _, repo := range s.repos {
			if repo.id == id && !repo.unseen {
				return s.serveRepo(w, q, repo, below)
			}
		}
		s.org.refuse(w, 404, "GitRepositoryNotFoundException", "TF401019: The Git repository with name or identifier "+id+" does not exist or you do not have permissions for the operation you are attempting.")
	default:
		return false
	}
	return true
}

// list answers as Git does: the rows before their count.
func (s *testSource) list(w http.ResponseWriter, rows []string) {
	s.org.answer(w, fmt.Sprintf(`{"value":[%s],"count":%d}`, strings.Join(rows, ","), len(rows)))
}

// page answers a page of rows.
func (s *testSource) page(w http.ResponseWriter, rows []string, top, skip string) {
	n, _ := strconv.Atoi(top)
	from, _ := strconv.Atoi(skip)
	if s.cap > 0 {
		n = min(n, s.cap)
	}
	from = min(from, len(rows))
	s.list(w, rows[from:min(from+n, len(rows))])
}

func (s *testSource) repoJSON(r *testRepo) string {
	row := fmt.Sprintf(`{"id":%q,"name":%q,"size":%d,"webUrl":"https://x/_git/%s","isDisabled":%v,"isInMaintenance":%v,"project":{"id":%q,"name":"unchanged","state":"unchanged","lastUpdateTime":"0001-01-01T00:00:00"}`,
		strings.ToUpper(r.id), r.name, 100*len(r.commits), r.name, r.disabled, r.maintained, s.project.id)
	if r.main != "" {
		row += fmt.Sprintf(`,"defaultBranch":%q`, r.main)
	}
	return row + "}"
}

func (s *testSource) serveRepo(w http.ResponseWriter, q url.Values, r *testRepo, below string) bool {
	switch {
	case below == "":
		s.org.answer(w, s.repoJSON(r))
	case r.disabled:
		s.org.refuse(w, 404, "GitRepositoryNotFoundException", "TF401019: The Git repository with name or identifier "+r.name+" does not exist or you do not have permissions for the operation you are attempting.")
	case below == "refs":
		var rows []string
		for _, name := range slices.Sorted(mapKeysOf(r.refs)) {
			rows = append(rows, fmt.Sprintf(`{"name":%q,"objectId":%q,"creator":{"id":%q}}`, name, r.refs[name], annID))
		}
		s.list(w, rows)
	case below == "commits":
		s.serveCommits(w, q, r)
	case below == "pushes":
		var rows []string
		from, _ := time.Parse(time.RFC3339, q.Get("searchCriteria.fromDate"))
		for i := range r.pushes {
			if !r.pushed[i].Before(from) {
				rows = append([]string{r.pushes[i]}, rows...)
			}
		}
		s.page(w, rows, q.Get("$top"), q.Get("$skip"))
	case strings.HasPrefix(below, "pullrequests/") && strings.HasSuffix(below, "/threads"):
		for _, p := range s.pulls {
			if below == fmt.Sprintf("pullrequests/%d/threads", p.id) {
				s.org.answer(w, `{"value":[`+p.threads+`],"count":1}`)
				return true
			}
		}
		return false
	default:
		return false
	}
	return true
}

func mapKeysOf(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// serveCommits lists what can be reached from a commit, newest first by the committer's date.
func (s *testSource) serveCommits(w http.ResponseWriter, q url.Values, r *testRepo) {
	if q.Get("searchCriteria.itemVersion.versionType") != "commit" {
		s.org.refuse(w, 400, "X", "this server is asked by commit")
		return
	}
	from, _ := time.Parse(time.RFC3339, q.Get("searchCriteria.fromDate"))
	seen := map[string]bool{}
	var reached []*testCommit
	open := []string{q.Get("searchCriteria.itemVersion.version")}
	for len(open) > 0 {
		c := r.commits[open[0]]
		open = open[1:]
		if c == nil || seen[c.id] {
			continue
		}
		seen[c.id] = true
		open = append(open, c.parents...)
		if !c.at.Before(from) {
			reached = append(reached, c)
		}
	}
	slices.SortFunc(reached, func(a, b *testCommit) int {
		if n := b.at.Compare(a.at); n != 0 {
			return n
		}
		return strings.Compare(a.id, b.id)
	})
	rows := make([]string, len(reached))
	for i, c := range reached {
		date := c.at.Format(time.RFC3339)
		rows[i] = fmt.Sprintf(`{"commitId":%q,"author":{"name":"Ann","email":"ann@home","date":%q},"committer":{"name":"Bob","email":"bob@home","date":%q},"comment":"Do %s","changeCounts":{"Add":0,"Edit":3,"Delete":1}}`,
			c.id, c.at.Add(-time.Hour).Format(time.RFC3339), date, c.id[:6])
	}
	s.page(w, rows, q.Get("searchCriteria.$top"), q.Get("searchCriteria.$skip"))
}

func (s *testSource) pull(id int, repo *testRepo, created time.Time) *testPull {
	p := &testPull{id: id, repo: repo, created: created, status: "active"}
	s.pulls = append(s.pulls, p)
	return p
}

func (p *testPull) close(at time.Time, status string) {
	p.closed, p.status = at, status
	if status == "completed" {
		p.extra = fmt.Sprintf(`,"mergeStatus":"succeeded","closedBy":{"id":%q,"displayName":"Bob","uniqueName":"bob@contoso.com"}`, bobID)
	}
}

func (s *testSource) pullJSON(p *testPull) string {
	row := fmt.Sprintf(`{"repository":{"id":%q,"name":%q,"project":{"id":%q,"state":"unchanged","lastUpdateTime":"0001-01-01T00:00:00"}},"pullRequestId":%d,"status":%q,"creationDate":%q,"title":"Change %d","sourceRefName":"refs/heads/work","targetRefName":"refs/heads/main","isDraft":false,
		"createdBy":{"id":%q,"displayName":"Ann Ab","uniqueName":"ann@contoso.com"},"reviewers":[{"id":%q,"displayName":"Bob","uniqueName":"bob@contoso.com","vote":10,"isRequired":true}]`,
		p.repo.id, p.repo.name, s.project.id, p.id, p.status, p.created.Format(time.RFC3339Nano), p.id, annID, bobID)
	if !p.closed.IsZero() {
		row += fmt.Sprintf(`,"closedDate":%q`, p.closed.Format(time.RFC3339Nano))
	}
	return row + p.extra + "}"
}

func (s *testSource) servePulls(w http.ResponseWriter, q url.Values) {
	var rows []string
	from, _ := time.Parse(time.RFC3339, q.Get("searchCriteria.minTime"))
	for i := len(s.pulls) - 1; i >= 0; i-- {
		p := s.pulls[i]
		if status := q.Get("searchCriteria.status"); status != "all" && status != p.status {
			continue
		}
		if !s.noTimes && s.version == "" {
			switch q.Get("searchCriteria.queryTimeRangeType") {
			case "created":
				if p.created.Before(from) {
					continue
				}
			case "closed":
				if p.closed.IsZero() || p.closed.Before(from) {
					continue
				}
			}
		}
		rows = append(rows, s.pullJSON(p))
	}
	s.page(w, rows, q.Get("$top"), q.Get("$skip"))
}

func (s *testSource) serveChangesets(w http.ResponseWriter, q url.Values) {
	var rows []string
	first, _ := strconv.Atoi(q.Get("searchCriteria.fromId"))
	from, _ := time.Parse(time.RFC3339, q.Get("searchCriteria.fromDate"))
	for _, c := range s.changesets {
		if c.id < first || c.id == first && s.fromIDExclusive || c.at.Before(from) {
			continue
		}
		rows = append(rows, s.changesetJSON(c))
	}
	if s.newestFirst {
		slices.Reverse(rows)
	}
	s.page(w, rows, q.Get("$top"), q.Get("$skip"))
}

func (s *testSource) changesetJSON(c *testChangeset) string {
	return fmt.Sprintf(`{"changesetId":%d,"author":{"id":%q,"displayName":"Ann Ab","uniqueName":"ann@contoso.com"},"checkedInBy":{"id":%q,"displayName":"Ann Ab","uniqueName":"ann@contoso.com"},"createdDate":%q,"comment":"Check in %d"}`,
		c.id, annID, annID, c.at.Format(time.RFC3339Nano), c.id)
}

func (s *testSource) serveChangeset(w http.ResponseWriter, rest string) {
	number, below, _ := strings.Cut(rest, "/")
	id, _ := strconv.Atoi(number)
	for _, c := range s.changesets {
		if c.id != id {
			continue
		}
		if below == "" {
			s.org.answer(w, s.changesetJSON(c))
			return
		}
		var rows []string
		for _, f := range c.files {
			rows = append(rows, fmt.Sprintf(`{"item":{"version":%d,"path":%q,"size":12},"changeType":%q}`, c.id, f[0], f[1]))
		}
		s.list(w, rows)
		return
	}
	s.org.refuse(w, 404, "X", "TF14002: The changeset does not exist.")
}

func watch(t *testing.T) *recorder { return &recorder{Dataset: openStore(t)} }

// came collects rows of all batches since the last call of forget.
func came[T any](w *recorder, of func(*devops.Batch) []T) (rows []T) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.batches {
		rows = append(rows, of(&w.batches[i])...)
	}
	return rows
}

func (r *recorder) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.batches = nil
}

func (r *recorder) commits() []devops.Commit {
	return came(r, func(b *devops.Batch) []devops.Commit { return b.Commits })
}

func (r *recorder) pulls() map[int]devops.PullRequest {
	all := map[int]devops.PullRequest{}
	for _, p := range came(r, func(b *devops.Batch) []devops.PullRequest { return b.PullRequests }) {
		all[p.ID] = p
	}
	return all
}

func asText(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}
