package world

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// lookOf is everything that the service tells of a build now.
func lookOf(w *World, b *Build) string {
	return fmt.Sprint(b.ID, b.Pipeline.ID, b.Queued, b.Reason, b.Branch, b.Commit, b.Pull, b.For.ID, b.By.ID, b.Number, b.Broken, b.Tags(), b.Pinned, w.Started(b), w.Finished(b), w.Status(b), w.Result(b))
}

func TestALaterNowContinuesBuildsTestsAndDeployments(t *testing.T) {
	since := DefaultSince(today)
	ends := 0
	for _, hours := range []int{3, 24, 24 * 40} {
		before := New(Options{Seed: 1, Since: since, Now: today.Add(-time.Duration(hours) * time.Hour)})
		after := New(Options{Seed: 1, Since: since, Now: today})
		gone, ended := 0, 0
		for _, p := range before.Projects {
			for _, b := range before.Builds(p) {
				now := after.Build(b.ID)
				switch {
				case now == nil:
					if b.finished+KeptDays*millisPerDay > after.Now || b.Pinned {
						t.Fatalf("build %d is gone too early", b.ID)
					}
					gone++
				case before.Finished(b) == 0:
					if after.Finished(now) != 0 {
						ended++
					}
				case lookOf(before, b) != lookOf(after, now):
					t.Fatalf("a finished build changed:\n%s\n%s", lookOf(before, b), lookOf(after, now))
				case fmt.Sprint(before.Timeline(b)) != fmt.Sprint(after.Timeline(now)):
					t.Fatalf("the timeline of build %d changed", b.ID)
				}
			}
			later := map[int]*TestRun{}
			for _, r := range after.TestRuns(after.Project(p.ID)) {
				later[r.ID] = r
			}
			for _, r := range before.TestRuns(p) {
				now := later[r.ID]
				if now == nil && r.Build != nil && after.Build(r.Build.ID) == nil {
					continue
				}
				if now == nil || now.Name != r.Name || now.Started != r.Started || before.RunCompleted(r) != 0 && before.Counts(r) != after.Counts(now) {
					t.Fatalf("run %d changed: %+v %+v", r.ID, r, now)
				}
			}
			all := after.Deployments(after.Project(p.ID))
			byID := map[int]*Deployment{}
			for _, d := range all {
				byID[d.ID] = d
			}
			for _, d := range before.Deployments(p) {
				now := byID[d.ID]
				if now == nil || now.Queued != d.Queued || now.Release.ID != d.Release.ID || now.Environment.ID != d.Environment.ID || now.Attempt != d.Attempt {
					t.Fatalf("deployment %d changed: %+v %+v", d.ID, d, now)
				}
				one, two, three, four, five := before.Stage(d)
				if four != 0 {
					a, b, c, e, f := after.Stage(now)
					if a != one || b != two || c != three || e != four || f != five {
						t.Fatalf("deployment %d ended differently", d.ID)
					}
				}
			}
		}
		if ends += ended; hours >= 24 && gone == 0 {
			t.Errorf("in %d hours no build went", hours)
		}
	}
	if ends == 0 {
		t.Error("no build that was open has ended")
	}
}

func TestBuildsLookLikeThoseOfACompany(t *testing.T) {
	w := small(t, today)
	results, reasons, count, broken, changesets, pulls := map[BuildResult]int{}, map[BuildReason]int{}, 0, 0, 0, 0
	for _, p := range w.Projects {
		last := 0
		for _, b := range w.Builds(p) {
			count++
			results[w.Result(b)]++
			reasons[b.Reason]++
			switch {
			case b.ID <= last || b.Queued > w.Now || w.Started(b) != 0 && w.Started(b) < b.Queued || w.Finished(b) != 0 && w.Finished(b) < w.Started(b):
				t.Fatalf("build %d: queued %d started %d finished %d", b.ID, b.Queued, w.Started(b), w.Finished(b))
			case (w.Result(b) == "") != (w.Status(b) != "completed"):
				t.Fatalf("build %d is %s with the result %q", b.ID, w.Status(b), w.Result(b))
			case b.Broken && (w.Timeline(b) != nil || w.Result(b) != Failed):
				t.Fatalf("build %d ran although its definition is broken", b.ID)
			case b.Pull != 0 && (w.PullRequest(b.Pull) == nil || w.PullRequest(b.Pull).Created > b.Queued || b.Branch != fmt.Sprintf("refs/pull/%d/merge", b.Pull)):
				t.Fatalf("build %d checks pull request %d on %s", b.ID, b.Pull, b.Branch)
			case b.Pipeline.TFVC != strings.HasPrefix(b.Branch, "$/"):
				t.Fatalf("build %d has the branch %s", b.ID, b.Branch)
			}
			last = b.ID
			if b.Broken {
				broken++
			}
			if strings.HasPrefix(b.Commit, "C") {
				changesets++
			}
			if b.Pull != 0 {
				pulls++
			} else if !b.Pipeline.TFVC {
				if id, ok := ParseSHA(b.Commit); !ok || b.Pipeline.Repository.Commit(id) == nil {
					t.Fatalf("build %d is of %q, which is no commit of %s", b.ID, b.Commit, b.Pipeline.Repository.Name)
				}
			}
		}
	}
	if count < 2000 || count > 3500 {
		t.Errorf("%d builds", count)
	}
	for _, r := range []BuildResult{Succeeded, PartiallySucceeded, Failed, Canceled} {
		if results[r] < count/100 {
			t.Errorf("%d builds %s", results[r], r)
		}
	}
	for _, r := range []BuildReason{ByHand, IndividualCI, BatchedCI, Scheduled, ForPull} {
		if reasons[r] < count/100 {
			t.Errorf("%d builds because of %s", reasons[r], r)
		}
	}
	if broken == 0 || changesets == 0 || pulls == 0 {
		t.Errorf("%d broken, %d of changesets, %d of pull requests", broken, changesets, pulls)
	}
}

func TestSomeBuildIsUnfinishedOnMostAfternoons(t *testing.T) {
	with := 0
	since := DefaultSince(today)
	for d := range 7 {
		w := New(Options{Seed: 1, Since: since, Now: today.AddDate(0, 0, -d)})
		open := false
		for _, p := range w.Projects {
			for _, b := range w.Builds(p) {
				open = open || w.Finished(b) == 0
			}
		}
		if open {
			with++
		}
	}
	if with < 5 {
		t.Errorf("only on %d of 7 afternoons", with)
	}
}

func TestATimelineAgreesWithItsBuild(t *testing.T) {
	w := small(t, today)
	kinds, attempts, skipped := map[string]int{}, 0, 0
	for _, p := range w.Projects {
		for _, b := range w.Builds(p) {
			records := w.Timeline(b)
			if records == nil {
				continue
			}
			ids := map[string]bool{}
			worst := ""
			for i := range records {
				r := &records[i]
				kinds[r.Kind]++
				if ids[r.ID] || r.Parent != "" && !ids[r.Parent] {
					t.Fatalf("build %d: record %s stands before its parent or twice", b.ID, r.Name)
				}
				ids[r.ID] = true
				if r.Started != 0 && r.Started < b.started || r.Finished > b.finished || r.Finished != 0 && r.Finished < r.Started || r.Finished > w.Now {
					t.Fatalf("build %d: %s from %d to %d in %d to %d", b.ID, r.Name, r.Started, r.Finished, b.started, b.finished)
				}
				if (r.State == "completed") != (r.Result != "") {
					t.Fatalf("build %d: %s is %s with %q", b.ID, r.Name, r.State, r.Result)
				}
				if r.Attempt > 1 {
					attempts++
				}
				if r.Result == "skipped" {
					skipped++
				}
				if r.Kind == "Task" && (r.Result == "failed" || r.Result == "canceled" || r.Result == "succeededWithIssues") {
					worst = r.Result
				}
				if errors := r.Result == "failed" && r.Kind == "Task"; errors && r.Errors == 0 {
					t.Fatalf("build %d: %s failed without an error", b.ID, r.Name)
				}
			}
			want := map[BuildResult]string{Failed: "failed", Canceled: "canceled", PartiallySucceeded: "succeededWithIssues"}[w.Result(b)]
			if w.Finished(b) != 0 && worst != want {
				t.Fatalf("build %d is %s and its worst task %q", b.ID, w.Result(b), worst)
			}
		}
	}
	for _, k := range []string{"Stage", "Checkpoint", "Phase", "Job", "Task"} {
		if kinds[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
	if attempts == 0 || skipped == 0 {
		t.Errorf("%d second attempts, %d skipped", attempts, skipped)
	}
}

func TestTestRunsAddUp(t *testing.T) {
	w := small(t, today)
	states, byHand, failed := map[string]int{}, 0, 0
	for _, p := range w.Projects {
		for _, r := range w.TestRuns(p) {
			n := w.Counts(r)
			if n.Total != n.Passed+n.Failed+n.NotApplicable+n.Incomplete || n.Passed < 0 || n.Failed < 0 || n.Total == 0 {
				t.Fatalf("run %d: %+v", r.ID, n)
			}
			if r.Build != nil && (w.Build(r.Build.ID) == nil || n.Failed > 0 && r.Build.result == Succeeded) {
				t.Fatalf("run %d of build %d: %+v", r.ID, r.Build.ID, n)
			}
			states[w.RunState(r)]++
			if !r.Automated {
				byHand++
			}
			if n.Failed > 0 {
				failed++
				if got := w.Results(r, "Failed"); len(got) != n.Failed || got[0].Message == "" {
					t.Fatalf("run %d: %d failed results, %d counted", r.ID, len(got), n.Failed)
				}
			}
		}
	}
	if byHand == 0 || failed == 0 || states["Aborted"] == 0 || states["NeedsInvestigation"] == 0 || states["Completed"] < 1000 {
		t.Errorf("%d by hand, %d with failures, %v", byHand, failed, states)
	}
}

func TestReleasesReachCustomersTwiceAWeek(t *testing.T) {
	w := small(t, today)
	with := 0
	for _, p := range w.Projects {
		outcomes := map[string]int{}
		for _, d := range w.Deployments(p) {
			status, _, started, completed, modified := w.Stage(d)
			if d.Queued > w.Now || started > w.Now || completed > w.Now || modified > w.Now || completed != 0 && started != 0 && completed < started {
				t.Fatalf("deployment %d lies in the future", d.ID)
			}
			outcomes[d.Environment.Name+" "+status]++
		}
		if len(outcomes) == 0 {
			continue
		}
		with++
		if outcomes["Prod succeeded"] < 20 || outcomes["Prod failed"] == 0 || outcomes["Dev succeeded"] < outcomes["Prod succeeded"] {
			t.Errorf("%s: %v", p.Name, outcomes)
		}
	}
	if with != 2 {
		t.Errorf("%d projects release", with)
	}
}
