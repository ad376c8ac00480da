package rest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/world"
)

// buildRow is what tests read of a build.
type buildRow struct {
	ID         int        `json:"id"`
	Number     string     `json:"buildNumber"`
	Status     string     `json:"status"`
	Result     string     `json:"result"`
	Reason     string     `json:"reason"`
	Queue      time.Time  `json:"queueTime"`
	Start      *time.Time `json:"startTime"`
	Finish     *time.Time `json:"finishTime"`
	Branch     string     `json:"sourceBranch"`
	Definition struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
	} `json:"definition"`
	Repository struct {
		ID   string `json:"id"`
		Kind string `json:"type"`
	} `json:"repository"`
	Validation []struct{ Result, Message string } `json:"validationResults"`
}

type buildList struct {
	Count int        `json:"count"`
	Value []buildRow `json:"value"`
}

const (
	webBuilds  = "/Lumen%20Web/_apis/build/builds?api-version=7.1"
	dataBuilds = "/Lumen%20Data/_apis/build/builds?api-version=7.1"
	toolBuilds = "/Tooling/_apis/build/builds?api-version=7.1"
)

// afternoon is a world in which one build runs and another waits.
func afternoon(t *testing.T) *bench {
	t.Helper()
	for d := range 7 {
		w := world.New(world.Options{Seed: 1, Now: today.AddDate(0, 0, -d)})
		status := map[string]bool{}
		for _, b := range w.Builds(w.Project("Lumen Web")) {
			status[w.Status(b)] = true
		}
		if status["inProgress"] && status["notStarted"] {
			return serveWorld(t, w, Options{})
		}
	}
	t.Fatal("on no afternoon of a week a build runs and another waits")
	return nil
}

func TestUnfinishedBuildsComeFirstUnaskedAndHaveNoFinishTime(t *testing.T) {
	b := afternoon(t)
	var all, recent buildList
	// The two pipelines of the laboratory, of which one runs and one waits.
	var lab []string
	for _, l := range b.world.Pipelines(b.world.Project("Lumen Web")) {
		if l.Pool.Name == "Performance Lab" {
			lab = append(lab, strconv.Itoa(l.ID))
		}
	}
	builds := webBuilds + "&definitions=" + strings.Join(lab, ",")
	b.get(builds, &all)
	open := 0
	for i, v := range all.Value {
		if (v.Finish == nil) != (v.Status != "completed") || (v.Result == "") != (v.Status != "completed") {
			t.Fatalf("%+v", v)
		}
		if v.Finish == nil {
			open++
			if i >= open {
				t.Fatalf("build %d is unfinished and stands at place %d", v.ID, i)
			}
		} else if i > open && v.Finish.After(*all.Value[i-1].Finish) {
			t.Fatalf("build %d finished after the one before it", v.ID)
		}
	}
	if open < 2 || len(all.Value) < 400 {
		t.Errorf("%d open of %d", open, len(all.Value))
	}
	// minTime is of the time that the order names: of finish it never sees what runs, of queue it does.
	since := today.AddDate(0, 0, -9).Format(time.RFC3339)
	b.get(builds+"&queryOrder=finishTimeAscending&minTime="+since, &recent)
	for i, v := range recent.Value {
		if v.Finish == nil || v.Finish.Format(time.RFC3339) < since || i > 0 && v.Finish.Before(*recent.Value[i-1].Finish) {
			t.Fatalf("%+v", v)
		}
	}
	finished := len(recent.Value)
	b.get(builds+"&queryOrder=queueTimeDescending&minTime="+since, &recent)
	if len(recent.Value) < finished || recent.Value[0].Status == "completed" && recent.Value[1].Status == "completed" && recent.Value[2].Status == "completed" {
		t.Errorf("%d by queue time, %d by finish time, first %+v", len(recent.Value), finished, recent.Value[0])
	}
}

func TestBuildPagesRepeatTheirBoundaryAndEndOnAnEmptyPage(t *testing.T) {
	b := serve(t, Options{})
	for _, order := range []string{"finishTimeAscending", "finishTimeDescending", "2", "queueTimeDescending", "queueTimeAscending", "startTimeDescending", "startTimeAscending"} {
		var all buildList
		b.get(toolBuilds+"&$top=5000&queryOrder="+order, &all)
		var ids []int
		token, repeated, pages := "", 0, 0
		for top := 23; ; {
			var page buildList
			a := b.get(toolBuilds+"&$top="+strconv.Itoa(top)+"&queryOrder="+order+"&continuationToken="+token, &page)
			for _, v := range page.Value {
				if slices.Contains(ids, v.ID) {
					repeated++
					continue
				}
				ids = append(ids, v.ID)
			}
			pages++
			if token = a.header.Get("x-ms-continuationtoken"); token == "" {
				break
			}
			if _, err := time.Parse(time.RFC3339Nano, token); err != nil {
				t.Fatalf("the token %q is no timestamp", token)
			}
			if _, mixed := a.header["X-Ms-Continuationtoken"]; !mixed {
				t.Fatalf("%v", a.header) // Go's client writes it so; the wire has lower case
			}
		}
		var want []int
		for _, v := range all.Value {
			want = append(want, v.ID)
		}
		if !slices.Equal(ids, want) || repeated < pages-2 || pages < 5 {
			t.Errorf("%s: %d of %d builds in %d pages, %d repeated", order, len(ids), len(want), pages, repeated)
		}
		// A page that holds exactly what there is names a next one, which is empty.
		var last buildList
		a := b.get(toolBuilds+"&$top="+strconv.Itoa(len(want))+"&queryOrder="+order, &last)
		token = a.header.Get("x-ms-continuationtoken")
		if strings.HasPrefix(order, "finish") && token != "" {
			if b.get(toolBuilds+"&$top="+strconv.Itoa(len(want))+"&queryOrder="+order+"&continuationToken="+token, &last); last.Count != 0 {
				t.Errorf("%s: %d builds after the last page", order, last.Count)
			}
		} else if token == "" && order == "queueTimeAscending" {
			t.Errorf("%s: a full last page without a token", order)
		}
	}
}

func TestBuildFiltersTakeWordsAndNumbers(t *testing.T) {
	b := serve(t, Options{})
	w := b.world
	all := w.Builds(w.Project("Lumen Data"))
	count := func(fits func(*world.Build) bool) int {
		n := 0
		for _, v := range all {
			if fits(v) {
				n++
			}
		}
		return n
	}
	definition := all[0].Pipeline
	for _, c := range []struct {
		query string
		want  int
	}{
		{"resultFilter=failed", count(func(v *world.Build) bool { return w.Result(v) == world.Failed })},
		{"resultFilter=8", count(func(v *world.Build) bool { return w.Result(v) == world.Failed })},
		{"resultFilter=failed,canceled", count(func(v *world.Build) bool { return w.Result(v) == world.Failed || w.Result(v) == world.Canceled })},
		{"statusFilter=completed", count(func(v *world.Build) bool { return w.Status(v) == "completed" })},
		{"statusFilter=2", count(func(v *world.Build) bool { return w.Status(v) == "completed" })},
		{"statusFilter=all", len(all)},
		{"statusFilter=47", len(all)},
		{"reasonFilter=pullRequest", count(func(v *world.Build) bool { return v.Reason == world.ForPull })},
		{"reasonFilter=256", count(func(v *world.Build) bool { return v.Reason == world.ForPull })},
		{"definitions=" + strconv.Itoa(definition.ID), count(func(v *world.Build) bool { return v.Pipeline == definition })},
		{"branchName=refs/heads/main", count(func(v *world.Build) bool { return v.Branch == "refs/heads/main" })},
		{"buildNumber=2026*", count(func(v *world.Build) bool { return strings.HasPrefix(v.Number, "2026") })},
		{"tagFilters=keep", count(func(v *world.Build) bool { return slices.Contains(v.Tags(), "keep") })},
		{"requestedFor=" + all[0].For.ID, count(func(v *world.Build) bool { return v.For == all[0].For })},
		{fmt.Sprintf("buildIds=%d,%d,7", all[0].ID, all[3].ID), 2},
		{"repositoryType=TfsGit&repositoryId=" + definition.Repository.ID, count(func(v *world.Build) bool { return v.Pipeline.Repository == definition.Repository })},
		{"deletedFilter=onlyDeleted", 0},
		{"maxBuildsPerDefinition=2", 2 * len(slices.DeleteFunc(w.Pipelines(w.Project("Lumen Data")), func(l *world.Pipeline) bool {
			return count(func(v *world.Build) bool { return v.Pipeline == l }) == 0
		}))},
	} {
		var got buildList
		if b.get(dataBuilds+"&$top=5000&"+c.query, &got); got.Count != c.want || c.want == 0 && c.query != "deletedFilter=onlyDeleted" {
			t.Errorf("%s: %d builds, want %d", c.query, got.Count, c.want)
		}
	}
	for _, query := range []string{"minTime=soon", "statusFilter=never", "buildIds=x", "repositoryId=" + definition.Repository.ID, "continuationToken=635"} {
		if a := b.ask(http.MethodGet, dataBuilds+"&"+query, nil); a.status != http.StatusBadRequest {
			t.Errorf("%s: %d", query, a.status)
		}
	}
	if a := b.ask(http.MethodGet, dataBuilds, nil); strings.Count(string(a.body), `"retainedByRelease"`) == 0 || !json.Valid(a.body) {
		t.Errorf("%.300s", a.body)
	}
}

func TestATimelineIsWholeOrMissing(t *testing.T) {
	b := serve(t, Options{})
	w := b.world
	bodies := map[int]int{}
	var whole *world.Build
	for _, p := range w.Projects {
		for _, v := range w.Builds(p) {
			if !v.Broken {
				whole = v
				continue
			}
			a := b.ask(http.MethodGet, fmt.Sprintf("/%s/_apis/build/builds/%d/timeline?api-version=7.1", p.ID, v.ID), nil)
			if len(a.body) != 0 {
				t.Fatalf("build %d: %d %s", v.ID, a.status, a.body)
			}
			bodies[a.status]++
			var one buildRow
			if b.get(fmt.Sprintf("/%s/_apis/build/builds/%d", p.ID, v.ID), &one); len(one.Validation) != 1 || one.Validation[0].Result != "error" {
				t.Fatalf("%+v", one)
			}
		}
	}
	if bodies[http.StatusOK] == 0 || bodies[http.StatusNoContent] == 0 || len(bodies) != 2 {
		t.Errorf("%v", bodies)
	}
	var got struct {
		Records []struct {
			ID, ParentID, Type, Name, State, Result, LastModified string
			Attempt                                               int
		}
	}
	b.get(fmt.Sprintf("/%s/_apis/build/builds/%d/timeline", whole.Pipeline.Project.ID, whole.ID), &got)
	if len(got.Records) != len(w.Timeline(whole)) || got.Records[0].LastModified != "0001-01-01T00:00:00" || got.Records[0].Type != "Stage" {
		t.Errorf("%d records, %+v", len(got.Records), got.Records[0])
	}
	// Retention deleted the first builds.
	if a := b.ask(http.MethodGet, "/Lumen%20Web/_apis/build/builds/101/timeline", nil); a.status != http.StatusNotFound || a.error(t).TypeKey != "BuildNotFoundException" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestDefinitionsPipelinesAndRunsAreTheSameThings(t *testing.T) {
	b := serve(t, Options{})
	project := b.world.Project("Lumen Web")
	type ref struct {
		ID   int    `json:"id"`
		Name string `json:"name"`
	}
	var definitions, pipelines, runs struct{ Value []ref }
	b.get("/Lumen%20Web/_apis/build/definitions", &definitions)
	b.get("/Lumen%20Web/_apis/pipelines", &pipelines)
	if len(definitions.Value) != len(b.world.Pipelines(project)) || !slices.Equal(definitions.Value, pipelines.Value) {
		t.Errorf("%v, %v", definitions, pipelines)
	}
	a := b.get("/Lumen%20Web/_apis/build/definitions?$top=4&includeLatestBuilds=true&queryOrder=definitionNameAscending", &definitions)
	if len(definitions.Value) != 4 || a.header.Get("x-ms-continuationtoken") != "4" || !strings.Contains(string(a.body), `"latestCompletedBuild":{`) ||
		!slices.IsSortedFunc(definitions.Value, func(a, b ref) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) }) {
		t.Errorf("%v", definitions)
	}
	first := b.world.Builds(project)[0]
	b.get(fmt.Sprintf("/Lumen%%20Web/_apis/pipelines/%d/runs", first.Pipeline.ID), &runs)
	n := 0
	for _, v := range b.world.Builds(project) {
		if v.Pipeline == first.Pipeline {
			n++
		}
	}
	if len(runs.Value) != n || runs.Value[n-1].ID != first.ID {
		t.Errorf("%d runs, %d builds", len(runs.Value), n)
	}
	if a := b.ask(http.MethodGet, "/Lumen%20Web/_apis/build/definitions/999999", nil); a.status != http.StatusNotFound {
		t.Errorf("%d", a.status)
	}
}

func TestTheChangesOfABuildStopAtTwoHundred(t *testing.T) {
	b := serve(t, Options{})
	kinds := map[string]int{}
	for _, p := range b.world.Projects {
		for i, v := range b.world.Builds(p) {
			if i%40 != 0 {
				continue
			}
			var got struct {
				Count int
				Value []struct{ ID, Type string }
			}
			b.get(fmt.Sprintf("/%s/_apis/build/builds/%d/changes?$top=5000", p.ID, v.ID), &got)
			if got.Count > 200 {
				t.Errorf("build %d: %d changes", v.ID, got.Count)
			}
			if got.Count > 0 {
				kinds[got.Value[0].Type]++
			}
		}
	}
	if kinds["TfsGit"] == 0 || kinds["TfsVersionControl"] == 0 {
		t.Errorf("%v", kinds)
	}
}
