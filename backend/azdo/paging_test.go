package azdo

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// numbered answers n things from skip on.
func numbered(skip, n int, format string) string {
	rows := make([]string, 0, n)
	for i := skip; i < skip+n; i++ {
		rows = append(rows, fmt.Sprintf(format, i))
	}
	return fmt.Sprintf(`{"value":[%s],"count":%d}`, strings.Join(rows, ","), n)
}

const numberedProject = `{"id":"00000000-0000-0000-0000-%012d","name":"P","state":"wellFormed"}`

func TestProjectsAreReadToTheEndByToken(t *testing.T) {
	// A token comes even with the exactly full last page, then an empty page; its header is in mixed case.
	s := newScript(t, func(w http.ResponseWriter, r *http.Request) {
		from, _ := strconv.Atoi(r.URL.Query().Get("continuationToken"))
		n := min(213, 639-from)
		var header []string
		if n > 0 {
			header = []string{"X-Ms-ContinuationToken", strconv.Itoa(from + n)}
		}
		jsonAnswer(200, numbered(from, n, numberedProject), header...)(w, r)
	})
	all, err := s.client(t).Projects(t.Context(), "")
	if err != nil || len(all) != 639 || s.requests() != 4 {
		t.Errorf("%d projects in %d requests, %v", len(all), s.requests(), err)
	}
	for _, r := range s.asked {
		if q := r.URL.Query(); q.Get("stateFilter") != "wellFormed" || q.Get("$top") == "" {
			t.Errorf("the query was not repeated: %v", q)
		}
	}
}

func TestProjectsAreReadToTheEndBySkip(t *testing.T) {
	s := newScript(t, func(w http.ResponseWriter, r *http.Request) {
		from, _ := strconv.Atoi(r.URL.Query().Get("$skip"))
		top, _ := strconv.Atoi(r.URL.Query().Get("$top"))
		jsonAnswer(200, numbered(from, min(top, 1203-from), numberedProject))(w, r)
	})
	all, err := s.client(t).Projects(t.Context(), "")
	if err != nil || len(all) != 1203 {
		t.Errorf("%d projects in %d requests, %v", len(all), s.requests(), err)
	}
}

func TestARepeatedTokenDoesNotLoopForEver(t *testing.T) {
	s := newScript(t, jsonAnswer(200, numbered(0, 100, numberedProject), "x-ms-continuationtoken", "100"))
	all, err := s.client(t).Projects(t.Context(), "")
	if err != nil || len(all) != 100 || s.requests() > 3 {
		t.Errorf("%d projects in %d requests, %v", len(all), s.requests(), err)
	}
}

func TestTeamsAreReadToTheEnd(t *testing.T) {
	s := newScript(t, func(w http.ResponseWriter, r *http.Request) {
		from, _ := strconv.Atoi(r.URL.Query().Get("$skip"))
		jsonAnswer(200, numbered(from, min(100, 250-from), `{"id":"t%d","name":"Team"}`))(w, r)
	})
	all, err := s.client(t).Teams(t.Context(), "P")
	if err != nil || len(all) != 250 || s.requests() != 3 {
		t.Errorf("%d teams in %d requests, %v", len(all), s.requests(), err)
	}
}

func TestWorkItemIDsArePagedByID(t *testing.T) {
	s := newScript(t, func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Query string }
		b, _ := io.ReadAll(r.Body)
		_ = json.Unmarshal(b, &body)
		after, top := 0, 0
		_, _ = fmt.Sscanf(body.Query[strings.Index(body.Query, "> ")+2:], "%d", &after)
		_, _ = fmt.Sscanf(r.URL.Query().Get("$top"), "%d", &top)
		n := min(top, 45_000-after)
		jsonAnswer(200, strings.Replace(numbered(after+1, n, `{"id":%d}`), `"value"`, `"workItems"`, 1))(w, r)
	})
	ids, err := s.client(t).WorkItemIDs(t.Context(), "P")
	if err != nil || len(ids) != 45_000 || ids[0] != 1 || ids[44_999] != 45_000 || s.requests() != 3 {
		t.Errorf("%d ids in %d requests, %v", len(ids), s.requests(), err)
	}
}

func TestDeepTreesAreReadBelowTheDepthOfOneCall(t *testing.T) {
	// 20 levels; each answer shows 14 below the node asked for.
	s := newScript(t, func(w http.ResponseWriter, r *http.Request) {
		at := 0
		if _, below, ok := strings.Cut(r.URL.Path, "/classificationnodes/areas"); ok {
			at = strings.Count(below, "/")
		}
		node := ""
		for level := min(20, at+14); level >= at; level-- {
			children, has := "", level < 20
			if node != "" {
				children = `,"children":[` + node + `]`
			}
			node = fmt.Sprintf(`{"id":%d,"name":"L%d","structureType":"area","hasChildren":%v%s}`, level+1, level, has, children)
		}
		if at == 0 {
			node = `{"count":1,"value":[` + node + `]}`
		}
		jsonAnswer(200, node)(w, r)
	})
	roots, err := s.client(t).ClassificationNodes(t.Context(), "P")
	if err != nil {
		t.Fatal(err)
	}
	depth := 0
	for n := roots; len(n) > 0; n = n[0].Children {
		depth++
	}
	if depth != 21 || s.requests() != 2 {
		t.Errorf("%d levels in %d requests", depth, s.requests())
	}
}

func TestALongFieldListIsPosted(t *testing.T) {
	s := newScript(t, jsonAnswer(200, `{"values":[],"isLastBatch":true,"continuationToken":"1;1;1"}`))
	c, fields := s.client(t), []string{}
	for i := range 100 {
		fields = append(fields, fmt.Sprintf("Custom.SomeQuiteLongFieldName%03d", i))
	}
	q := RevisionsQuery{Project: "P", Fields: fields[:3], ContinuationToken: "5;6;7", IncludeDeleted: true, MaxPageSize: 200}
	if _, err := c.ReportingRevisions(t.Context(), q, NewRevisionDecoder()); err != nil {
		t.Fatal(err)
	}
	q.Fields = fields
	if _, err := c.ReportingRevisions(t.Context(), q, NewRevisionDecoder()); err != nil {
		t.Fatal(err)
	}
	get, post := s.asked[0], s.asked[1]
	if get.Method != "GET" || get.URL.Query().Get("$maxPageSize") != "200" || get.URL.Query().Get("includeDeleted") != "true" || get.URL.Query().Get("continuationToken") != "5;6;7" {
		t.Errorf("%s %s", get.Method, get.URL)
	}
	if post.Method != "POST" || post.URL.Query().Get("$maxPageSize") != "" || post.URL.Query().Get("continuationToken") != "5;6;7" || post.Header.Get("Content-Type") == "" {
		t.Errorf("%s %s", post.Method, post.URL)
	}
}
