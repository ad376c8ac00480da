package sampleorg

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sightline/backend/sampleorg/world"
)

// texts gathers every text of an answer, names of members left out.
func texts(v any, into map[string]bool) {
	switch v := v.(type) {
	case string:
		into[v] = true
	case []any:
		for _, e := range v {
			texts(e, into)
		}
	case map[string]any:
		for _, e := range v {
			texts(e, into)
		}
	}
}

// served are all texts of one answer.
func served(t *testing.T, s *Server, method, path, body string) map[string]bool {
	t.Helper()
	a := s.Announcement()
	r, err := http.NewRequest(method, a.OrganizationURL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.SetBasicAuth("", a.PersonalAccessToken)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.ContainsAny(b, "\x00\a\x1b") {
		t.Errorf("%s: a control character stands in the JSON as it is", path)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v %.200s", path, res.StatusCode, err, b)
	}
	out := map[string]bool{}
	texts(v, out)
	return out
}

func TestHostileTextIsServedWhereverPeopleWrite(t *testing.T) {
	s := start(t, Options{Since: today.AddDate(0, 0, -80)})
	clean := served(t, s, http.MethodGet, "/_apis/projects?api-version=7.1", "")
	if status, text := control(t, s, "faults", `{"names":["hostile-text"]}`); status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	var project *world.Project
	for _, p := range s.World().Projects {
		if strings.HasPrefix(p.Name, "Tooling <script>") {
			project = p
		}
	}
	if project == nil {
		t.Fatal("no project has a hostile name")
	}
	byName := "/" + url.PathEscape(project.Name)
	team := "/" + url.PathEscape(project.Teams[0].Name)
	repository := s.World().RepositoriesOf(project)[0]
	git := byName + "/_apis/git/repositories/" + repository.ID
	script, image, formula, rtl, control, long := world.Hostile[0], world.Hostile[1], world.Hostile[7], world.Hostile[9], world.Hostile[10], world.Hostile[len(world.Hostile)-1]
	if len([]rune(long)) != 10_000 || !strings.Contains(control, "\x00") || !strings.Contains(rtl, "\u202e") {
		t.Error("the texts are not what they are for")
	}
	revisions := "/_apis/wit/reporting/workitemrevisions?api-version=7.1&$expand=fields"
	for what, c := range map[string]struct {
		method, path, body string
		wants              []string
	}{
		"the project":       {http.MethodGet, "/_apis/projects?api-version=7.1", "", []string{script}},
		"work items":        {http.MethodGet, byName + revisions, "", []string{script, image, formula, rtl, control, long, "<div>" + world.Hostile[1], "<br>"}},
		"areas":             {http.MethodGet, byName + "/_apis/wit/classificationnodes/areas?api-version=7.1&$depth=5", "", []string{image}},
		"iterations":        {http.MethodGet, byName + "/_apis/wit/classificationnodes/iterations?api-version=7.1&$depth=5", "", []string{rtl, control}},
		"team iterations":   {http.MethodGet, byName + team + "/_apis/work/teamsettings/iterations?api-version=7.1", "", []string{rtl, control}},
		"teams":             {http.MethodGet, "/_apis/projects/" + project.ID + "/teams?api-version=7.1", "", []string{script}},
		"people":            {http.MethodGet, "/_apis/projects/" + project.ID + "/teams/" + project.Teams[0].ID + "/members?api-version=7.1", "", []string{image, rtl}},
		"repositories":      {http.MethodGet, byName + "/_apis/git/repositories?api-version=7.1", "", []string{image}},
		"branches":          {http.MethodGet, git + "/refs?filter=heads/&api-version=7.1", "", []string{"refs/heads/"}},
		"commits":           {http.MethodGet, git + "/commits?searchCriteria.$top=500&api-version=7.1", "", []string{image, "<script>"}},
		"pull requests":     {http.MethodGet, byName + "/_apis/git/pullrequests?searchCriteria.status=all&api-version=7.1", "", []string{"window." + world.HostileMark}},
		"build definitions": {http.MethodGet, byName + "/_apis/build/definitions?api-version=7.1", "", []string{image}},
	} {
		got := served(t, s, c.method, c.path, c.body)
		for _, want := range c.wants {
			found := false
			for text := range got {
				found = found || strings.Contains(text, want)
			}
			if !found {
				t.Errorf("%s: %.60q is not served", what, want)
			}
		}
	}
	if hostile := served(t, s, http.MethodGet, git+"/refs?filter=heads/&api-version=7.1", ""); len(s.World().RepositoriesOf(project)[0].Refs) > 1 {
		found := false
		for text := range hostile {
			found = found || strings.HasPrefix(text, "refs/heads/") && strings.ContainsAny(text, "<\u202e={'")
		}
		if !found {
			t.Errorf("no branch is hostile: %v", hostile)
		}
	}
	for _, q := range s.World().PullRequests() {
		if q.Repository == repository && q.Closed == 0 && repository.Ref(q.Source) == nil {
			t.Errorf("the branch %q of an open pull request is not there", q.Source)
		}
	}
	if err := s.Play(); err != nil {
		t.Fatal(err)
	}
	after := served(t, s, http.MethodGet, "/_apis/projects?api-version=7.1", "")
	if len(after) != len(clean) || !after["Tooling"] {
		t.Errorf("afterwards: %v", after)
	}
}

func TestHostileTagsStandAmongTheOthers(t *testing.T) {
	s := start(t, Options{})
	if err := s.Play("hostile-text", "renamed-project"); err != nil {
		t.Fatal(err)
	}
	tagged := 0
	for text := range served(t, s, http.MethodGet, "/_apis/wit/reporting/workitemrevisions?api-version=7.1&fields=System.Tags", "") {
		if strings.Contains(text, "window."+world.HostileMark) {
			tagged++
		}
	}
	if tagged == 0 {
		t.Error("no work item has a hostile tag")
	}
}
