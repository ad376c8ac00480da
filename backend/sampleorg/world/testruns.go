package world

import (
	"cmp"
	"slices"
	"strconv"
)

// TestRun is one run of tests. The counts are those at its end: ask Counts and RunState for now.
type TestRun struct {
	ID        int
	Project   *Project
	Name      string
	Build     *Build // nil for a run by hand
	Stage     string // of the build
	Automated bool
	Owner     *Person
	Sprint    *Node // of a run by hand
	Started   int64

	completed int64
	touched   int64 // when somebody looked at it again; 0 for never
	end       string
	total     int
	passed    int
	failed    int
	skipped   int // not applicable
	open      int // incomplete at the end
	key       uint64
}

// TestCounts are the counts of a run.
type TestCounts struct{ Total, Passed, Failed, NotApplicable, Incomplete int }

// TestRuns are the runs of a project that the server has now, by id. The runs of a deleted build are deleted
// with it.
func (w *World) TestRuns(p *Project) []*TestRun { return w.works().tests[p.Index] }

// RunState is InProgress, Completed, Aborted or NeedsInvestigation.
func (w *World) RunState(t *TestRun) string {
	if t.completed > w.Now {
		return "InProgress"
	}
	return t.end
}

// RunCompleted is when a run ended; 0 when it has not.
func (w *World) RunCompleted(t *TestRun) int64 {
	if t.completed > w.Now {
		return 0
	}
	return t.completed
}

// RunUpdated is the last instant at which anything about a run changed.
func (w *World) RunUpdated(t *TestRun) int64 {
	switch {
	case t.completed > w.Now:
		return t.Started
	case t.touched != 0 && t.touched <= w.Now:
		return t.touched
	}
	return t.completed + second
}

// Counts are the counts of a run by now: while it runs, all that is not done is incomplete.
func (w *World) Counts(t *TestRun) TestCounts {
	c := TestCounts{t.total, t.passed, t.failed, t.skipped, t.open}
	if t.completed > w.Now {
		share := float64(w.Now-t.Started) / float64(t.completed-t.Started)
		c.Passed, c.Failed = int(float64(t.passed)*share), int(float64(t.failed)*share)
		c.NotApplicable = 0
		c.Incomplete = c.Total - c.Passed - c.Failed
	}
	return c
}

// testAll makes the runs of all builds and of all testers that began by now, numbers them in that order, and
// forgets those whose build was deleted.
func (w *World) testAll(builds []*Build) [][]*TestRun {
	var all []*TestRun
	for _, b := range builds {
		all = w.testsOf(all, b)
	}
	for _, p := range w.Projects {
		all = w.testsByHand(all, p)
	}
	slices.SortStableFunc(all, func(a, b *TestRun) int {
		return cmp.Or(cmp.Compare(a.Started, b.Started), cmp.Compare(a.Project.Index, b.Project.Index), cmp.Compare(a.key, b.key))
	})
	byProject := make([][]*TestRun, len(w.Projects))
	for i, t := range all {
		t.ID = 1_000_000 + 2*i
		if t.Build == nil || !w.expired(t.Build) {
			byProject[t.Project.Index] = append(byProject[t.Project.Index], t)
		}
	}
	return byProject
}

// testsOf adds the runs of one build: of its unit tests, and of its browser tests.
func (w *World) testsOf(list []*TestRun, b *Build) []*TestRun {
	if b.Broken || b.started == 0 {
		return list
	}
	plan := b.Pipeline.plan
	if b.result == Failed && b.cause() != tests && b.cause() != rollout {
		return list
	}
	length := b.finished - b.started
	for i, base := range []int{plan.unit, plan.ui} {
		if base == 0 || i == 1 && b.result == Failed && b.cause() == rollout && plan.kind == endToEnd {
			continue
		}
		d := dice(mix(b.key ^ uint64(i+1)*0x7e57))
		t := &TestRun{Project: b.Pipeline.Project, Build: b, Automated: true, Owner: w.builds, Stage: "Test", end: "Completed", key: d.next(),
			Name: []string{"Unit tests", "Browser tests"}[i] + " " + b.Number}
		if plan.kind == endToEnd {
			t.Stage = "Browsers"
		} else if plan.kind == buildOnly {
			t.Stage = "__default"
		}
		t.Started = b.started + length*int64(50+10*i)/100
		t.completed = t.Started + length*int64(25+d.below(10))/100
		t.total = base + base*max(w.day(b.Queued), 0)/900
		t.skipped = t.total * d.below(3) / 100
		switch {
		case b.result == Canceled:
			t.end, t.open = "Aborted", t.total*(10+d.below(60))/100
		case b.result == Failed && b.cause() == tests && (i == 0 || plan.unit == 0):
			t.failed = 1 + d.below(9)
			if d.chance(0.15) {
				t.failed = 1 + t.total*(5+d.below(40))/100
			}
		case b.result == PartiallySucceeded && b.cause() == tests && (i == 0 || plan.unit == 0):
			t.failed = 1 + d.below(4)
		}
		t.failed = min(t.failed, t.total-t.skipped-t.open)
		t.passed = t.total - t.skipped - t.open - t.failed
		if t.failed > 0 && d.chance(0.25) {
			t.touched = t.completed + hour + d.millis(70*hour)
		}
		if t.Started <= w.Now {
			list = append(list, t)
		}
	}
	return list
}

// testsByHand adds what testers try before the end of every sprint, over two or three days.
func (w *World) testsByHand(list []*TestRun, p *Project) []*TestRun {
	for _, team := range p.Teams {
		if team.delivery == nil || team.Bugs == "off" {
			continue
		}
		for i, s := range p.Sprints {
			d := dice(mix(w.Seed ^ uint64(p.Index)<<40 ^ uint64(len(team.Name))<<32 ^ uint64(i)<<8 ^ 0x3a7d))
			t := &TestRun{Project: p, Name: team.Name + " regression, sprint " + strconv.Itoa(i+1) + " (Manual)", Owner: team.delivery.testers[0], Sprint: s, end: "Completed", key: d.next()}
			t.Started = s.Start + 9*millisPerDay + 9*hour + d.millis(6*hour)
			t.completed = t.Started + 4*hour + d.millis(60*hour)
			t.total = 24 + d.below(40)
			t.failed = d.below(6)
			t.skipped = d.below(3)
			switch x := d.float(); {
			case x < 0.07:
				t.end, t.open = "Aborted", t.total/3
			case x < 0.2:
				t.end = "NeedsInvestigation"
			}
			t.passed = t.total - t.failed - t.skipped - t.open
			if t.Started <= w.Now {
				list = append(list, t)
			}
		}
	}
	return list
}

// TestResult is the result of one test of a run.
type TestResult struct {
	ID       int
	Name     string
	Outcome  string // Passed, Failed, NotApplicable, None
	Started  int64
	Duration int64 // milliseconds
	Message  string
}

// Results are the results of a run: the failed first, then those that do not apply or are not done, then the
// passed. outcome keeps only those of one; empty for all.
func (w *World) Results(t *TestRun, outcome string) []TestResult {
	c := w.Counts(t)
	list := make([]TestResult, 0, c.Total)
	id := 100_000
	for _, group := range []struct {
		outcome string
		n       int
	}{{"Failed", c.Failed}, {"NotApplicable", c.NotApplicable}, {"None", c.Incomplete}, {"Passed", c.Passed}} {
		for range group.n {
			if outcome == "" || outcome == group.outcome {
				list = append(list, t.result(id, group.outcome, c.Total))
			}
			id++
		}
	}
	return list
}

// result is one result; which test it is depends on the run, so that not always the same ones fail.
func (t *TestRun) result(id int, outcome string, total int) TestResult {
	n := (id + int(t.key>>32)) % max(total, 1)
	d := &domains[n%len(domains)]
	thing := d.things[n/len(domains)%len(d.things)]
	r := TestResult{ID: id, Name: "Lumen." + upperFirst(d.name) + ".Tests." + upperFirst(thing) + " case " + strconv.Itoa(n), Outcome: outcome, Started: t.Started + int64(id-100_000)*3, Duration: int64(mix(uint64(n)) % 900)}
	if outcome == "Failed" {
		r.Message = "Assert.AreEqual failed. Expected:<" + strconv.Itoa(n%17) + ">. Actual:<" + strconv.Itoa(n%13) + ">."
	}
	return r
}
