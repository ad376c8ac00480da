package world

import "strconv"

// Record is one line of a build's timeline as it stands at the world's now.
type Record struct {
	ID, Parent string
	Kind       string // Stage, Checkpoint, Phase, Job, Task
	Name       string
	Identifier string
	State      string // pending, inProgress, completed
	Result     string // empty until completed
	Worker     string
	Task       string // name of the task's kind; empty for others
	Order      int
	Attempt    int
	Started    int64 // 0 when it has not, or was skipped
	Finished   int64
	Issues     []Issue
	Errors     int
	Warnings   int
	Log        int // 0 for none
	Percent    int // of what is in progress
}

// Issue is an error or a warning of a record.
type Issue struct {
	Error bool
	Text  string
}

// The parts a task may play in a failure.
const (
	quiet   = iota
	infra   // the agent itself
	compile // code that does not compile
	tests   // tests that fail
	rollout // a deployment
)

type taskPlan struct {
	name, task string
	weight     float64
	part       int
}

type jobPlan struct {
	name  string
	tasks []taskPlan
}

type stagePlan struct {
	name string
	jobs []jobPlan
}

var (
	prepare = []taskPlan{{"Initialize job", "", 1, infra}, {"Checkout", "", 2, quiet}}
	tidy    = []taskPlan{{"Post-job: Checkout", "", 0.3, quiet}, {"Finalize Job", "", 0.2, quiet}}
)

func job(name string, tasks ...taskPlan) jobPlan {
	return jobPlan{name, append(append(append([]taskPlan(nil), prepare...), tasks...), tidy...)}
}

// stagesOf are the stages of each kind of pipeline. A pipeline without stages has one that the service calls
// __default.
var stagesOf = [...][]stagePlan{
	buildAndTest: {
		{"Build", []jobPlan{job("Compile", taskPlan{"Restore packages", "Cache", 5, quiet}, taskPlan{"Build", "DotNetCoreCLI", 12, compile}, taskPlan{"Publish artifact", "PublishPipelineArtifact", 2, quiet})}},
		{"Test", []jobPlan{
			job("Unit tests", taskPlan{"Download artifact", "DownloadPipelineArtifact", 2, quiet}, taskPlan{"Run unit tests", "VSTest", 14, tests}, taskPlan{"Publish coverage", "PublishCodeCoverageResults", 1, quiet}),
			job("Static analysis", taskPlan{"Analyze", "SonarQubeAnalyze", 7, quiet}),
		}},
	},
	buildOnly: {{"__default", []jobPlan{job("Job", taskPlan{"Restore packages", "Cache", 4, quiet}, taskPlan{"Build", "MSBuild", 9, compile}, taskPlan{"Run tests", "VSTest", 8, tests}, taskPlan{"Publish artifact", "PublishBuildArtifacts", 1, quiet})}}},
	endToEnd: {
		{"Prepare", []jobPlan{job("Environment", taskPlan{"Deploy to a fresh environment", "AzureResourceManagerTemplateDeployment", 9, rollout}, taskPlan{"Seed data", "PowerShell", 3, quiet})}},
		{"Browsers", []jobPlan{
			job("Chromium", taskPlan{"Run browser tests", "VSTest", 30, tests}, taskPlan{"Publish screenshots", "PublishPipelineArtifact", 1, quiet}),
			job("Firefox", taskPlan{"Run browser tests", "VSTest", 27, quiet}),
			job("WebKit", taskPlan{"Run browser tests", "VSTest", 25, quiet}),
		}},
	},
	deliver: {
		{"Build", []jobPlan{job("Compile", taskPlan{"Build", "DotNetCoreCLI", 12, compile}, taskPlan{"Push image", "Docker", 3, quiet})}},
		{"Test", []jobPlan{job("Unit tests", taskPlan{"Run unit tests", "VSTest", 12, tests}), job("Browser tests", taskPlan{"Run browser tests", "VSTest", 16, quiet})}},
		{"Deploy_staging", []jobPlan{job("Staging", taskPlan{"Deploy", "AzureWebApp", 5, rollout}, taskPlan{"Smoke test", "Bash", 2, quiet})}},
		{"Deploy_production", []jobPlan{job("Production", taskPlan{"Deploy", "AzureWebApp", 6, quiet}, taskPlan{"Smoke test", "Bash", 2, quiet})}},
	},
	endurance: {{"Soak", []jobPlan{job("Laboratory", taskPlan{"Set up machines", "Ansible", 6, rollout}, taskPlan{"Apply load", "AzureLoadTest", 90, tests}, taskPlan{"Collect measurements", "Bash", 2, quiet})}}},
}

// cause is the part that failed in a build that did.
func (b *Build) cause() int {
	x := b.key >> 24 % 100
	switch b.Pipeline.plan.kind {
	case endToEnd, endurance:
		switch {
		case x < 78:
			return tests
		case x < 90:
			return rollout
		}
		return infra
	case deliver:
		switch {
		case x < 20:
			return compile
		case x < 60:
			return tests
		case x < 92:
			return rollout
		}
		return infra
	}
	switch {
	case x < 35:
		return compile
	case x < 90:
		return tests
	}
	return infra
}

// Timeline is what happened inside a build by now, in the order of the screen; nil for a build without one: its
// definition was broken, or it never left the queue.
func (w *World) Timeline(b *Build) []Record {
	if b.Broken || w.Started(b) == 0 {
		return nil
	}
	t := &timeline{w: w, b: b, d: dice(b.key ^ 0x71e), cause: quiet, log: 2}
	if b.result == Failed || b.result == PartiallySucceeded {
		t.cause = b.cause()
	}
	stages := stagesOf[b.Pipeline.plan.kind]
	last := len(stages) - 1
	if b.result == Failed {
		last = t.stageOf(stages)
	}
	if b.result == Canceled {
		last = int(b.key >> 12 % uint64(len(stages)))
	}
	total := 0.0
	for _, s := range stages[:last+1] {
		total += s.jobs[0].weight()
	}
	at := b.started
	for i, s := range stages {
		if i > last {
			t.skip(i, s)
			continue
		}
		end := at + int64(float64(b.finished-b.started)*s.jobs[0].weight()/total)
		if i == last {
			end = b.finished
		}
		t.stage(i, s, at, end, i == last)
		at = end
	}
	return t.records
}

// timeline is a timeline in the making.
type timeline struct {
	w       *World
	b       *Build
	d       dice
	cause   int
	log     int
	records []Record
}

// stageOf is the stage in which the cause of the failure lies.
func (t *timeline) stageOf(stages []stagePlan) int {
	for i, s := range stages {
		for _, task := range s.jobs[0].tasks {
			if task.part == t.cause {
				return i
			}
		}
	}
	return 0
}

func (j *jobPlan) weight() float64 {
	sum := 0.0
	for _, task := range j.tasks {
		sum += task.weight
	}
	return sum
}

// add puts a record down as it stands now: what has not begun is pending, what has not ended has no result.
func (t *timeline) add(r Record, from, to int64, result string) *Record {
	r.ID = t.w.GUID("record", strconv.Itoa(t.b.ID), strconv.Itoa(len(t.records)))
	r.State, r.Attempt = "pending", max(r.Attempt, 1)
	switch {
	case result == "skipped":
		r.State, r.Result = "completed", result
		if t.w.Now < t.b.finished {
			r.State, r.Result = "pending", ""
		}
	case to <= t.w.Now:
		r.State, r.Result, r.Started, r.Finished = "completed", result, from, to
	case from <= t.w.Now:
		r.State, r.Started = "inProgress", from
		r.Percent = int(100 * (t.w.Now - from) / max(to-from, 1))
	}
	if r.State != "completed" {
		r.Issues, r.Errors, r.Warnings = nil, 0, 0
	}
	if r.Kind == "Task" && r.Started != 0 {
		t.log++
		r.Log = t.log
	}
	t.records = append(t.records, r)
	return &t.records[len(t.records)-1]
}

// skip adds a stage that was not run.
func (t *timeline) skip(order int, s stagePlan) {
	t.add(Record{Kind: "Stage", Name: s.name, Identifier: s.name, Order: order + 1}, 0, 0, "skipped")
}

// stage adds a stage with its checkpoint, phases and jobs. In the last stage of a bad build something goes wrong.
func (t *timeline) stage(order int, s stagePlan, from, to int64, last bool) {
	result := "succeeded"
	culprit := false
	if last && t.b.result != Succeeded {
		result = map[BuildResult]string{Failed: "failed", Canceled: "canceled", PartiallySucceeded: "succeeded"}[t.b.result]
	}
	if t.b.result == PartiallySucceeded {
		stages := stagesOf[t.b.Pipeline.plan.kind]
		if order == t.stageOf(stages) {
			result, culprit = "succeededWithIssues", true
		}
	}
	attempt := 1
	if last && t.b.Pipeline.plan.kind != buildOnly && t.b.key>>16%17 == 0 {
		attempt = 2
	}
	parent := t.add(Record{Kind: "Stage", Name: s.name, Identifier: s.name, Order: order + 1, Attempt: attempt}, from, to, result).ID
	t.add(Record{Kind: "Checkpoint", Name: "Checkpoint", Identifier: "Checkpoint", Parent: parent, Attempt: attempt}, from, from+min(900, to-from), "succeeded")
	for i := range s.jobs {
		j := &s.jobs[i]
		end := to
		if i > 0 {
			end = from + int64(float64(to-from)*(0.5+0.45*t.d.float()))
		}
		jobResult := "succeeded"
		if i == 0 && (last && t.b.result != Succeeded && t.b.result != PartiallySucceeded || culprit) {
			jobResult = result
		}
		id := s.name + "." + j.name
		phase := t.add(Record{Kind: "Phase", Name: j.name, Identifier: id, Parent: parent, Order: i + 1, Attempt: attempt}, from, end, jobResult).ID
		worker := t.b.Pipeline.Pool.Name + " " + strconv.Itoa(1+int(t.d.next()%6))
		if t.b.Pipeline.Pool.Hosted {
			worker = "Hosted Agent"
		}
		jid := t.add(Record{Kind: "Job", Name: j.name, Identifier: id + ".__default", Parent: phase, Order: 1, Attempt: attempt, Worker: worker}, from, end, jobResult).ID
		t.tasks(j, jid, id, worker, attempt, from, end, jobResult)
	}
}

// tasks adds the steps of a job. The one at fault ends it, but for those that always run.
func (t *timeline) tasks(j *jobPlan, parent, id, worker string, attempt int, from, to int64, jobResult string) {
	stop := len(j.tasks)
	switch jobResult {
	case "failed", "succeededWithIssues":
		for i, task := range j.tasks {
			if task.part == t.cause {
				stop = i
				break
			}
		}
		if stop == len(j.tasks) {
			stop = 0
		}
	case "canceled":
		stop = int(t.b.key >> 33 % uint64(len(j.tasks)-len(tidy)))
	}
	total := 0.0
	for i, task := range j.tasks {
		if jobResult == "succeededWithIssues" || i <= stop || i >= len(j.tasks)-len(tidy) {
			total += task.weight
		}
	}
	at := from
	for i, task := range j.tasks {
		r := Record{Kind: "Task", Name: task.name, Task: task.task, Identifier: id + ".__default." + strconv.Itoa(i+1), Parent: parent, Order: i + 1, Attempt: attempt, Worker: worker}
		if jobResult != "succeededWithIssues" && i > stop && i < len(j.tasks)-len(tidy) {
			t.add(r, 0, 0, "skipped")
			continue
		}
		end := at + int64(float64(to-from)*task.weight/total)
		if i == len(j.tasks)-1 {
			end = to
		}
		result := "succeeded"
		if i == stop {
			result = jobResult
		}
		t.blame(&r, task.part, result)
		t.add(r, at, end, result)
		at = end
	}
}

// blame gives a record its errors and warnings.
func (t *timeline) blame(r *Record, part int, result string) {
	texts := map[int]string{
		infra: "The agent lost communication with the server. Verify the machine is running and has a healthy network connection.", compile: "CS0103: The name 'basketTotal' does not exist in the current context",
		tests: "There are one or more test failures detected in result files. Detailed summary of published test results can be viewed in the Tests tab.", rollout: "Deployment failed: the application did not become healthy within 300 seconds.",
	}
	switch result {
	case "failed":
		r.Errors = 1 + int(t.d.next()%3)
		for range r.Errors {
			r.Issues = append(r.Issues, Issue{true, texts[t.cause]})
		}
	case "succeededWithIssues":
		r.Warnings = 1
		r.Issues = []Issue{{false, texts[t.cause]}}
	case "canceled":
		r.Issues, r.Errors = []Issue{{true, "The operation was canceled."}}, 1
	}
	if part == compile && t.b.noise() > 3 {
		r.Warnings += t.b.noise()
		for range t.b.noise() {
			r.Issues = append(r.Issues, Issue{false, "CS0618: 'LegacyCart' is obsolete: 'use Cart'"})
		}
	}
}
