package columns_test

import (
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
)

func at(day string, hour int) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t.Add(time.Duration(hour) * time.Hour)
}

var factsNow = at("2024-04-01", 12)

// smallFacts is a world whose numbers are counted by hand in the tests.
func smallFacts() *factWorld {
	return &factWorld{
		world: &world{zone: "UTC", projects: []worldProject{{"Alpha", "Agile", 1, agileTypes}, {"Beta", "Scrum", 2, scrumTypes()}},
			areas: []string{"Alpha", "Beta"}, iterations: []worldIteration{{"Alpha", "", ""}, {"Beta", "", ""}}, items: []*worldItem{
				{id: 1, title: "One", revs: []rev{{at: at("2024-03-01", 9), project: "Alpha", typ: "Bug", state: "New", area: "Alpha", iteration: "Alpha", priority: null, points: null, effort: null, size: null, original: null, remaining: null, workDone: null}}}}},
		repositories: []worldRepository{{"web", "Alpha", "main"}, {"core", "Beta", "main"}, {"web", "Beta", "dev"}},
		pipelines:    []worldPipeline{{"build", "Alpha", `\`}, {"build", "Alpha", `\nightly`}, {"ship", "Beta", `\`}},
		rows: map[string][]factRow{
			dataset.Commits: {
				{"Project": "Alpha", "Repository": 0, "Commit id": "a1", "Author": "Ann", "Authored": at("2024-03-04", 9), "Committed": at("2024-03-05", 9), "Files added": 3.0},
				{"Project": "Alpha", "Repository": 0, "Commit id": "a2", "Author": "Bob", "Authored": at("2024-03-12", 9), "Committed": at("2024-03-12", 9), "Files added": 1.0},
				{"Project": "Beta", "Repository": 1, "Commit id": "b1", "Author": "Ann", "Authored": at("2024-03-12", 23), "Committed": at("2024-03-13", 1)},
				{"Project": "Beta", "Repository": 2, "Commit id": "b2", "Author": "Ann", "Authored": at("2024-02-01", 9), "Committed": at("2024-02-01", 9), "Files added": 3.0},
				{"Project": "Beta", "Commit id": "never", "Author": "Bob"},
			},
			dataset.PullRequests: {
				{"Id": 1, "Project": "Alpha", "Repository": 0, "Title": "Cart", "Status": "completed", "Created by": "Ann", "Label": []string{"ui", "cart"}, "Created": at("2024-03-01", 12), "Closed": at("2024-03-08", 12)},
				{"Id": 2, "Project": "Alpha", "Repository": 0, "Title": "Pay", "Status": "abandoned", "Created by": "Bob", "Label": []string{"ui"}, "Created": at("2024-03-05", 0), "Closed": at("2024-03-20", 0)},
				{"Id": 3, "Project": "Beta", "Repository": 1, "Title": "Log", "Status": "active", "Created by": "Ann", "Created": at("2024-03-25", 12)},
			},
			dataset.Reviews: {
				{"Pull request": 1, "Reviewer": "Bob", "Vote": "Approved"}, {"Pull request": 3, "Reviewer": "Bob", "Vote": "No vote"}, {"Pull request": 3, "Reviewer": "Cid", "Vote": "Rejected"},
				{"Pull request": 99, "Reviewer": "Cid", "Vote": "Approved"},
			},
			dataset.PipelineRuns: {
				{"Id": 11, "Project": "Alpha", "Pipeline": 0, "Number": "1", "Status": "completed", "Result": "succeeded", "Queued": at("2024-03-04", 8), "Started": at("2024-03-04", 9), "Finished": at("2024-03-04", 10)},
				{"Id": 12, "Project": "Alpha", "Pipeline": 1, "Number": "2", "Status": "completed", "Result": "failed", "Queued": at("2024-03-04", 8), "Started": at("2024-03-04", 9), "Finished": at("2024-03-05", 9)},
				{"Id": 13, "Project": "Alpha", "Pipeline": 0, "Number": "3", "Status": "completed", "Result": "canceled", "Queued": at("2024-03-05", 8), "Finished": at("2024-03-05", 20)},
				{"Id": 14, "Project": "Beta", "Pipeline": 2, "Number": "4", "Status": "completed", "Result": "succeeded", "Queued": at("2024-03-05", 8), "Started": at("2024-03-05", 9), "Finished": at("2024-03-05", 11)},
				{"Id": 15, "Project": "Beta", "Pipeline": 2, "Number": "5", "Status": "inProgress", "Queued": at("2024-03-31", 8), "Started": at("2024-03-31", 9)},
			},
			dataset.PipelineTasks: {
				{"Run": 12, "Task": "Test", "Stage": "CI", "Result": "failed", "Started": at("2024-03-04", 10), "Finished": at("2024-03-04", 12)},
				{"Run": 11, "Task": "Build", "Stage": "CI", "Result": "succeeded", "Started": at("2024-03-04", 9), "Finished": at("2024-03-04", 10)},
				{"Run": 14, "Task": "Build", "Stage": "CI", "Result": "succeeded", "Started": at("2024-03-05", 9), "Finished": at("2024-03-05", 10)},
				{"Run": 77, "Task": "Build", "Stage": "CI", "Result": "succeeded", "Started": at("2024-03-05", 9), "Finished": at("2024-03-05", 10)},
			},
		},
	}
}

// byHand is a query with the rows that were counted by hand; "total" is the total.
type byHand struct {
	query string
	want  map[string][]float64
}

func holdTo(t *testing.T, cases []byHand) {
	t.Helper()
	e := smallFacts().engine(factsNow)
	for _, c := range cases {
		r := ask(t, e, c.query)
		got, _ := flatten(r)
		got["total"] = plain(r.Total.Values)
		for _, wrong := range differences("", got, c.want) {
			t.Errorf("%s\n%s", c.query, wrong)
		}
	}
}

func TestCommitsStandOnTheirAuthorDateByEveryGroupThatReachesThem(t *testing.T) {
	holdTo(t, []byHand{
		{`{"values":["Commits"]}`, map[string][]float64{"": {4}, "total": {4}}},
		{`{"values":["Commits"],"rows":["Commits[Author]"]}`, map[string][]float64{"|ann@example.com": {3}, "|bob@example.com": {1}, "total": {4}}},
		{`{"values":["Commits",{"field":"Commits[Files added]"}],"rows":["Repositories[Repository]"]}`,
			map[string][]float64{`|Alpha\web`: {2, 4}, "|core": {1, null}, `|Beta\web`: {1, 3}, "total": {4, 7}}},
		{`{"values":["Commits"],"rows":["Projects[Project]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-04","2024-03-12"]}]}`,
			map[string][]float64{"|Alpha": {2}, "|Beta": {1}, "total": {3}}},
		{`{"values":["Commits"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-03","2024-03-16"]}]}`,
			map[string][]float64{"|2024-03-03": {1}, "|2024-03-10": {2}, "total": {3}}},
		{`{"values":["Commits"],"asOf":"2024-03-10"}`, map[string][]float64{"": {2}, "total": {2}}},
		{`{"values":["Commits"],"filters":[{"field":"Commits[Commit id]","op":"startsWith","values":["b"]}]}`, map[string][]float64{"": {2}, "total": {2}}},
		{`{"values":["Commits"],"rows":["Commits[Commit id]"],"filters":[{"field":"Commits[Files added]","op":">=","values":[3]}]}`,
			map[string][]float64{"|a1": {1}, "|b2": {1}, "total": {2}}},
	})
}

func TestPullRequestsAreAsTheyWereAtTheAsOfTime(t *testing.T) {
	holdTo(t, []byHand{
		{`{"values":["Active pull requests","Pull requests completed"]}`, map[string][]float64{"": {1, 1}, "total": {1, 1}}},
		{`{"values":["Active pull requests"],"asOf":"2024-03-07"}`, map[string][]float64{"": {2}, "total": {2}}},
		{`{"values":["Pull requests"],"rows":["Pull requests[Status]"],"asOf":"2024-03-10"}`, map[string][]float64{"|active": {1}, "|completed": {1}, "total": {2}}},
		{`{"values":["Pull requests"],"rows":["Pull requests[Status]"]}`, map[string][]float64{"|active": {1}, "|completed": {1}, "|abandoned": {1}, "total": {3}}},
		{`{"values":["Pull requests"],"filters":[{"field":"Pull requests[Status]","values":["active"]}],"asOf":"2024-03-07"}`, map[string][]float64{"": {2}, "total": {2}}},
		{`{"values":["Pull requests completed"],"asOf":"2024-03-07"}`, map[string][]float64{"": {0}, "total": {0}}},
		{`{"values":["Active pull requests"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-02-25","2024-03-30"]}]}`,
			map[string][]float64{"|2024-02-25": {1}, "|2024-03-03": {1}, "|2024-03-10": {1}, "|2024-03-17": {0}, "|2024-03-24": {1}, "total": {1}}},
		{`{"values":["Active pull requests"],"rows":["Pull requests[Status]",{"field":"Dates[Date]","grain":"month"}],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-01","2024-03-31"]}]}`,
			map[string][]float64{"|active|2024-03-01": {1}, "total": {1}}},
		{`{"values":[{"field":"Pull requests[Hours to close]","aggregate":"median"}]}`, map[string][]float64{"": {264}, "total": {264}}}, // 168 and 360
		{`{"values":[{"field":"Pull requests[Hours to close]","aggregate":"median"}],"asOf":"2024-03-10"}`, map[string][]float64{"": {168}, "total": {168}}},
		{`{"values":["Active pull requests",{"field":"Pull requests[Age in days]","aggregate":"max"}],"rows":["Pull requests[Age bucket]"],"filters":[{"field":"Pull requests[Status]","values":["active"]}]}`,
			map[string][]float64{"|7–14": {1, 7}, "total": {1, 7}}},
		{`{"values":["Active pull requests"],"rows":["Pull requests[Age bucket]"],"asOf":"2024-03-07T12:00:00Z"}`, map[string][]float64{"|1–3": {1}, "|3–7": {1}, "total": {2}}},
		{`{"values":["Pull requests"],"rows":["Pull requests[Label]"]}`, map[string][]float64{"|cart": {1}, "|ui": {2}, "|<nil>": {1}, "total": {3}}},
		{`{"values":["Pull requests"],"rows":["Pull requests[Id]","Pull requests[Title]"],"sort":[{"by":"Pull requests[Id]","descending":true}],"top":2}`,
			map[string][]float64{"|3|Log": {1}, "|2|Pay": {1}, "total": {3}}},
	})
}

func TestThePassRateIsARatioOfSumsOverFinishedRuns(t *testing.T) {
	holdTo(t, []byHand{
		{`{"values":["Pipeline runs","M31"]}`, map[string][]float64{"": {4, 2.0 / 3}, "total": {4, 2.0 / 3}}},
		{`{"values":["Pass rate"],"rows":["Pipelines[Pipeline]"]}`,
			map[string][]float64{`|Alpha\build`: {1}, `|Alpha\nightly\build`: {0}, "|ship": {1}, "total": {2.0 / 3}}},
		{`{"values":["Pass rate"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"between","values":["2024-03-04","2024-03-06"]}]}`,
			map[string][]float64{"|2024-03-04": {1}, "|2024-03-05": {0.5}, "|2024-03-06": {null}, "total": {2.0 / 3}}},
		{`{"values":[{"field":"Pipeline runs[Id]","aggregate":"count"}],"rows":["Pipeline runs[Status]"],"asOf":"2024-03-05T08:30:00Z"}`, map[string][]float64{"|completed": {1}, "total": {1}}},
		{`{"rows":["Pipeline runs[Status]","Pipeline runs[Result]"],"values":[],"asOf":"2024-03-05T08:30:00Z"}`,
			map[string][]float64{"|notStarted|<nil>": {}, "|inProgress|<nil>": {}, "|completed|succeeded": {}, "total": {}}},
		{`{"values":[{"field":"Pipeline runs[Run minutes]","aggregate":"max"}],"rows":["Pipeline runs[Number]"],"filters":[{"field":"Pipeline runs[Finished date]","values":["2024-03-05"]}]}`,
			map[string][]float64{"|2": {1440}, "|4": {120}, "total": {1440}}},
	})
}

func TestColumnsOfTheParentReachTheRowsOfItsChildren(t *testing.T) {
	const tasks = `{"field":"Pipeline tasks[Task]","aggregate":"count","name":"n"}`
	const votes = `{"field":"Reviews[Vote]","aggregate":"count","name":"n"}`
	holdTo(t, []byHand{
		{`{"values":[` + tasks + `],"rows":["Pipelines[Pipeline]"]}`, map[string][]float64{`|Alpha\build`: {1}, `|Alpha\nightly\build`: {1}, "|ship": {1}, "|<nil>": {1}, "total": {4}}},
		{`{"values":[` + tasks + `],"rows":["Pipeline tasks[Task]"],"columns":["Pipeline runs[Result]"],"filters":[{"field":"Pipeline runs[Result]","op":"isNotBlank"}]}`,
			map[string][]float64{"|Build|succeeded": {2}, "|Test|failed": {1}, "total": {3}}},
		{`{"values":[` + tasks + `],"filters":[{"field":"Pipeline runs[Result]","op":"notIn","values":["failed"]}]}`, map[string][]float64{"": {3}, "total": {3}}},
		{`{"values":[` + tasks + `],"filters":[{"field":"Pipeline runs[Result]","op":"isBlank"}],"asOf":"2024-03-05T08:00:00Z"}`, map[string][]float64{"": {1}, "total": {1}}},
		{`{"values":[` + tasks + `],"rows":["Projects[Project]"],"filters":[{"field":"Pipeline runs[Number]","values":["1","4"]}]}`, map[string][]float64{"|Alpha": {1}, "|Beta": {1}, "total": {2}}},
	})
	holdTo(t, []byHand{
		{`{"values":[` + votes + `],"rows":["Pull requests[Label]"]}`, map[string][]float64{"|cart": {1}, "|ui": {1}, "|<nil>": {2}, "total": {3}}},
		{`{"values":[` + votes + `],"rows":["Pull requests[Title]"],"filters":[{"field":"Dates[Date]","op":">=","values":["2024-03-20"]}]}`, map[string][]float64{"|Log": {2}, "total": {2}}},
	})
}

func TestThreeTablesStandInTheSameRows(t *testing.T) {
	holdTo(t, []byHand{
		{`{"values":["Open bugs","Commits","Pass rate"],"rows":["Projects[Project]"],"columns":[{"field":"Dates[Date]","grain":"month"}],
			"filters":[{"field":"Dates[Date]","op":"between","values":["2024-02-01","2024-03-31"]}]}`,
			map[string][]float64{"|Alpha|2024-02-01": {0, 0, null}, "|Alpha|2024-03-01": {1, 2, 0.5}, "|Beta|2024-02-01": {0, 1, null}, "|Beta|2024-03-01": {0, 1, 1}, "total": {1, 4, 2.0 / 3}}},
		{`{"values":["Work items","Commits","Active pull requests"],"rows":["Projects[Project]"],"filters":[{"field":"Projects[Project]","values":["Beta"]}]}`,
			map[string][]float64{"|Beta": {0, 2, 1}, "total": {0, 2, 1}}},
		{`{"values":["Commits",{"measure":"Pull requests","filters":[{"field":"Pull requests[Label]","values":["ui"]}]}],"rows":["Repositories[Repository]"]}`,
			map[string][]float64{`|Alpha\web`: {2, 2}, "|core": {1, 0}, `|Beta\web`: {1, 0}, "total": {4, 2}}},
	})
}

func TestListsOfFactsStandInTheOrderOfTheirNumbersAndTexts(t *testing.T) {
	e := smallFacts().engine(factsNow)
	for query, want := range map[string]string{
		`{"values":["Runs queued"],"rows":["Pipeline runs[Id]"]}`:                                                                                     "11 12 13 14 15",
		`{"values":["Runs queued"],"rows":["Pipeline runs[Id]","Pipelines[Pipeline]"],"sort":[{"by":"Pipeline runs[Id]","descending":true}],"top":3}`: "15 14 13",
		`{"values":["Runs queued"],"rows":["Pipeline runs[Number]","Pipeline runs[Result]"]}`:                                                         "1 2 3 4 5",
		`{"values":["Commits"],"rows":["Commits[Commit id]","Commits[Author]"]}`:                                                                      "a1 a2 b1 b2",
		`{"values":[{"field":"Commits[Files added]","name":"n"}],"rows":["Commits[Commit id]"],"sort":[{"by":"n","descending":true}],"top":2}`:        "a1 b2",
	} {
		r := ask(t, e, query)
		var got []string
		for _, row := range r.Rows {
			got = append(got, r.Dimensions[0].Members[row.Keys[0]].Label)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s\n%v, want %s", query, got, want)
		}
	}
}
