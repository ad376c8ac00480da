package columns_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
)

// factScene is a golden world with facts that a test adds line by line.
type factScene struct{ *factWorld }

func newFacts(zone string) factScene {
	w := golden(zone)
	f := &factWorld{world: w, rows: map[string][]factRow{},
		repositories: []worldRepository{{"shop", "Gold", "main"}, {"tools", "Gold", "main"}},
		pipelines:    []worldPipeline{{"CI", "Gold", `\`}, {"Nightly", "Gold", `\`}}}
	for _, t := range factTableNames {
		f.rows[t] = nil
	}
	return factScene{f}
}

func (s factScene) add(table string, row factRow) {
	if row["Project"] == nil {
		row["Project"] = "Gold"
	}
	s.rows[table] = append(s.rows[table], row)
}

// pull adds a pull request opened at a time of 2024 and closed so many hours later; 0 leaves it active.
func (s factScene) pull(at string, hours float64, status string) factRow {
	row := factRow{"Id": len(s.rows[dataset.PullRequests]) + 1, "Repository": 0, "Status": status, "Created": utc(at)}
	if hours > 0 {
		row["Closed"] = utc(at).Add(time.Duration(hours * float64(time.Hour)))
	}
	s.add(dataset.PullRequests, row)
	return row
}

// run adds a run that was queued at a time of 2024, waited and ran so many minutes.
func (s factScene) run(branch, at string, waited, ran int, result string) factRow {
	start := utc(at).Add(time.Duration(waited) * time.Minute)
	row := factRow{"Id": len(s.rows[dataset.PipelineRuns]) + 1, "Pipeline": 0, "Branch": branch, "Status": "completed", "Result": result,
		"Queued": utc(at), "Started": start, "Finished": start.Add(time.Duration(ran) * time.Minute)}
	s.add(dataset.PipelineRuns, row)
	return row
}

// total asks the engine and the slow calculator, which must agree, and gives the total.
func (s factScene) total(t *testing.T, query string) []float64 {
	t.Helper()
	return plain(s.ask(t, query).Total.Values)
}

func (s factScene) ask(t *testing.T, query string) dataset.Result {
	t.Helper()
	r := ask(t, s.engine(goldenNow), query)
	q, err := dataset.DecodeQuery([]byte(query))
	if err != nil {
		t.Fatal(err)
	}
	if wrong := wrongAnswer(r, answerFactsSlowly(s.factWorld, goldenNow, q), q); len(wrong) > 0 {
		t.Errorf("the slow calculator says otherwise\n%s\n%s", query, strings.Join(wrong, "\n"))
	}
	return r
}

func (s factScene) goldenPulls() {
	s.pull("03-04 09:00", 10, "completed")
	s.pull("03-05 09:00", 20, "completed")
	s.pull("03-06 09:00", 40, "completed")
	s.pull("03-07 09:00", 80, "abandoned")
	s.pull("03-20 09:00", 0, "active")
	s.pull("03-21 09:00", 0, "active")
}

func TestGoldenPullRequests(t *testing.T) {
	s := newFacts("UTC")
	s.goldenPulls()
	expect(t, "rates", s.total(t, `{"values":["Completion rate","Abandonment rate"]}`), 0.75, 0.25)
	expect(t, "hours", s.total(t, `{"values":["Median hours to close","Hours to close 90th percentile"]}`), 30, 68)
	expect(t, "completed only", s.total(t, `{"values":["Median hours to complete","Hours to complete 90th percentile"]}`), 20, 36)
	expect(t, "counts", s.total(t, `{"values":["Pull requests","Pull requests completed","Pull requests abandoned","Pull requests closed","Active pull requests"]}`), 6, 3, 1, 4, 2)
	expect(t, "as of 03-05, while #2 and all after it are open", s.total(t, `{"values":["Pull requests","Pull requests closed","Active pull requests","Completion rate"],"asOf":"2024-03-05"}`), 2, 1, 1, 1)
}

func (s factScene) goldenRuns() {
	for i := range 10 {
		result := []string{"succeeded", "succeeded", "succeeded", "succeeded", "succeeded", "succeeded", "partiallySucceeded", "failed", "canceled", "canceled"}[i]
		s.run("main", fmt.Sprintf("03-%02d 09:00", 4+i), 1, 10, result)
	}
	s.run("dev", "03-04 10:00", 1, 10, "failed")
	s.run("dev", "03-05 10:00", 1, 10, "failed")
}

func TestGoldenPipelines(t *testing.T) {
	s := newFacts("UTC")
	s.goldenRuns()
	r := s.ask(t, `{"values":["Pass rate"],"rows":["Pipeline runs[Branch]"]}`)
	got := values(r)
	expect(t, "main", got["main"], 0.75)
	expect(t, "dev", got["dev"], 0)
	expect(t, "both are the ratio of sums, neither 37.5 % nor 75 %", plain(r.Total.Values), 0.6)
	expect(t, "fail and partial rate", s.total(t, `{"values":["Fail rate","Partial rate"]}`), 0.3, 0.1)
	got = values(s.ask(t, `{"values":["Pipeline runs"],"rows":["Pipeline runs[Result]"]}`))
	for result, n := range map[string]float64{"Succeeded": 6, "Partially succeeded": 1, "Failed": 3, "Canceled": 2} {
		expect(t, result, got[result], n)
	}
	expect(t, "outcomes", s.total(t, `{"values":["Pipeline runs","Succeeded runs","Partially succeeded runs","Failed runs","Canceled runs"]}`), 12, 6, 1, 3, 2)
}

func TestGoldenTests(t *testing.T) {
	s := newFacts("UTC")
	s.add(dataset.TestRuns, factRow{"Id": 1, "Completed": utc("03-04 10:00"), "Total": 8.0, "Passed": 7.0, "Failed": 1.0, "Not executed": 0.0, "Not impacted": 0.0})
	s.add(dataset.TestRuns, factRow{"Id": 2, "Completed": utc("03-05 10:00"), "Total": 12.0, "Passed": 5.0, "Failed": 2.0, "Not executed": 4.0, "Not impacted": 1.0})
	expect(t, "pass rate", s.total(t, `{"values":["Test pass rate","Tests","Tests passed","Tests failed","Tests not executed","Tests not impacted"]}`), 0.8125, 20, 12, 3, 4, 1)
}

// The percentiles of the note to M7: 10, 20, 40 and 80 minutes.
func TestGoldenDurations(t *testing.T) {
	s := newFacts("UTC")
	for i, minutes := range []int{10, 20, 40, 80} {
		s.run("main", fmt.Sprintf("03-%02d 09:00", 4+i), minutes/2, minutes/2, []string{"succeeded", "partiallySucceeded"}[i%2])
	}
	s.run("main", "03-08 09:00", 0, 500, "failed")
	s.run("main", "03-09 09:00", 0, 900, "canceled")
	expect(t, "M32 is over good runs, waiting included", s.total(t, `{"values":["Median run duration","Run duration 80th percentile","Run duration 90th percentile","Run duration 95th percentile"]}`), 30, 56, 68, 74)
	expect(t, "M44 is over all finished runs, without waiting", s.total(t, `{"values":["Median build duration","Median failed build duration","Median queue wait"]}`), 30, 500, 7.5)
}

func TestGoldenFailedStagesAreRunsAndNotTasks(t *testing.T) {
	s := newFacts("UTC")
	bad := s.run("main", "03-04 09:00", 1, 30, "failed")
	partly := s.run("main", "03-04 12:00", 1, 30, "partiallySucceeded")
	task := func(run factRow, stage, job, name, result string, minutes int) {
		s.add(dataset.PipelineTasks, factRow{"Run": run["Id"], "Stage": stage, "Job": job, "Task": name, "Result": result,
			"Started": run.time("Started"), "Finished": run.time("Started").Add(time.Duration(minutes) * time.Minute)})
	}
	task(bad, "Build", "Linux", "Compile", "failed", 1)
	task(bad, "Build", "Linux", "Test", "failed", 2)
	task(bad, "Build", "Windows", "Compile", "failed", 3)
	task(bad, "Deploy", "Linux", "Publish", "skipped", 1)
	task(partly, "Build", "Linux", "Compile", "failed", 4) // the run itself did not fail
	task(partly, "Build", "Linux", "Test", "succeeded", 6)
	task(partly, "Build", "Linux", "Test", "canceled", 50)
	r := s.ask(t, `{"values":["Failed stages","Failed jobs","Failed tasks"],"rows":["Pipeline tasks[Stage]"]}`)
	expect(t, "stage Build", values(r)["Build"], 1, 2, 3)
	expect(t, "all", plain(r.Total.Values), 1, 2, 3)
	byTask := s.ask(t, `{"values":["Failed stages","Failed tasks"],"rows":["Pipeline tasks[Task]"]}`)
	expect(t, "Compile", values(byTask)["Compile"], 1, 2)
	expect(t, "Test, in the same stage", values(byTask)["Test"], 1, 1)
	if byTask.Values[0].Additive || !byTask.Values[1].Additive {
		t.Error("failed tasks add up and failed stages do not")
	}
	expect(t, "tasks of good runs, not canceled ones", s.total(t, `{"values":["Median task duration","Task duration 80th percentile"]}`), 5, 5.6)
}

func TestGoldenFilesOfChangesets(t *testing.T) {
	s := newFacts("UTC")
	files := []float64{1, 2, 3}
	for i, n := range files {
		s.add(dataset.Changesets, factRow{"Id": i + 1, "Created": utc("03-04 09:00"), "Files": n})
		for k := range int(n) {
			s.add(dataset.FileChanges, factRow{"Changeset": i + 1, "Project": nil, "Change type": [][]string{{"Add"}, {"Edit", "Rename"}, {"Edit", "Merge"}}[k]})
		}
	}
	expect(t, "M42", s.total(t, `{"values":["Changesets","Changeset files average"]}`), 3, 2)
	r := s.ask(t, `{"values":["File changes"],"rows":["File changes[Change type]"]}`)
	got := values(r)
	for kind, n := range map[string]float64{"Add": 3, "Edit": 3, "Rename": 2, "Merge": 1} {
		expect(t, kind, got[kind], n)
	}
	expect(t, "a change with two flags is one change", plain(r.Total.Values), 6)
	if r.Values[0].Additive {
		t.Error("changes by type are said to sum to the total")
	}
}

func TestGoldenDeployments(t *testing.T) {
	s := newFacts("UTC")
	for i, status := range []string{"succeeded", "succeeded", "partiallySucceeded", "failed", "notDeployed"} {
		start := utc("03-04 09:00").Add(time.Duration(i) * time.Hour)
		s.add(dataset.Deployments, factRow{"Id": i + 1, "Status": status, "Environment": "Production", "Started": start, "Completed": start.Add(time.Duration(10*(i+1)) * time.Minute)})
	}
	s.add(dataset.Deployments, factRow{"Id": 9, "Status": "inProgress", "Started": utc("03-05 09:00")})
	expect(t, "rate and counts", s.total(t, `{"values":["Deployments","Succeeded deployments","Failed deployments","Deployment success rate","Median deployment duration"]}`), 5, 2, 1, 0.5, 20)
}

func TestGoldenGitActivity(t *testing.T) {
	s := newFacts("UTC")
	commit := func(repository int, id, author, at string, files ...float64) {
		row := factRow{"Repository": repository, "Commit id": id, "Author": author, "Authored": utc(at), "Committed": utc(at).AddDate(0, 0, 5)}
		for i, n := range files {
			row[[]string{"Files added", "Files edited", "Files deleted"}[i]] = n
		}
		s.add(dataset.Commits, row)
	}
	commit(0, "aa", "Ana Sousa", "03-04 09:00", 2, 3, 1)
	commit(0, "bb", "Tom Becker", "03-05 09:00", 0, 4, 0)
	commit(1, "aa", "Ana Sousa", "03-04 09:00", 2, 3, 1) // the same commit in a second repository counts twice
	commit(1, "cc", "Ana Sousa", "03-06 09:00")          // whose files the service did not count
	r := s.ask(t, `{"values":["Commits","Commit authors","Files added","Files edited","Files deleted","Files changed","Last commit"],"rows":["Repositories[Repository]"]}`)
	day := func(s string) float64 { return float64(civil("2024-" + s)) }
	expect(t, "shop", values(r)["shop"], 2, 2, 2, 7, 1, 10, day("03-05"))
	expect(t, "tools", values(r)["tools"], 2, 1, 2, 3, 1, 6, day("03-06"))
	expect(t, "both", plain(r.Total.Values), 4, 2, 4, 10, 2, 16, day("03-06"))
	expect(t, "where", s.total(t, `{"values":["Repositories with commits","Projects with commits"]}`), 2, 1)
	expect(t, "by author date, not by the later date of the commit", s.total(t, `{"values":["Commits"],"filters":[{"field":"Dates[Date]","op":"<=","values":["2024-03-04"]}]}`), 2)
}

func TestGoldenReviews(t *testing.T) {
	s := newFacts("UTC")
	first, second := s.pull("03-04 09:00", 10, "completed"), s.pull("03-06 09:00", 0, "active")
	first["First review"], second["First review"] = utc("03-04 12:00"), utc("03-07 18:00")
	for _, v := range []struct {
		of       factRow
		who, how string
	}{{first, "Ana Sousa", dataset.VoteApproved}, {first, "Tom Becker", dataset.VoteNone}, {second, "Ana Sousa", dataset.VoteWaiting}, {second, "Mira Okafor", dataset.VoteApprovedSuggestions}} {
		s.add(dataset.Reviews, factRow{"Project": nil, "Pull request": v.of["Id"], "Reviewer": v.who, "Vote": v.how})
	}
	expect(t, "reviews", s.total(t, `{"values":["Reviews","Reviewers","Votes","Approvals","Rejections"]}`), 4, 3, 3, 2, 1)
	expect(t, "3 and 33 hours", s.total(t, `{"values":["Median hours to first review","Hours to first review 90th percentile"]}`), 18, 30)
	expect(t, "of completed pull requests", s.total(t, `{"values":["Reviews","Votes"],"filters":[{"field":"Pull requests[Status]","values":["completed"]}]}`), 2, 1)
}
