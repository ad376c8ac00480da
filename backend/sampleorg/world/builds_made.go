package world

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// works is everything that pipelines did. It is made when somebody asks for it first.
type works struct {
	pipelines   []*Pipeline
	builds      []*Build // that are not deleted, by id
	byProject   [][]*Build
	tests       [][]*TestRun // by Project.Index, then id
	definitions []*ReleaseDefinition
	releases    []*Release    // by id
	deployments []*Deployment // by id
}

// runPipelines makes every build that was queued by now, numbers them in the order of that, and forgets those
// that retention deleted. Each build is drawn from a key of its own.
func (w *World) runPipelines() *works {
	k := &works{pipelines: w.layPipelines()}
	var all []*Build
	for _, l := range k.pipelines {
		if l.plan.disabled {
			continue
		}
		changes := w.changesOf(l)
		made := append(w.scheduled(l), w.triggered(l, changes)...)
		slices.SortStableFunc(made, func(a, b *Build) int { return cmp.Or(cmp.Compare(a.Queued, b.Queued), cmp.Compare(a.key, b.key)) })
		made = checkOut(made, changes)
		w.runOnce(l, made)
		all = append(all, made...)
	}
	slices.SortStableFunc(all, func(a, b *Build) int {
		return cmp.Or(cmp.Compare(a.Queued, b.Queued), cmp.Compare(a.Pipeline.ID, b.Pipeline.ID), cmp.Compare(a.key, b.key))
	})
	for n, b := range all {
		b.ID = 101 + n
	}
	w.releaseAll(k, all)
	k.tests = w.testAll(all)
	k.builds = slices.DeleteFunc(all, w.expired)
	k.byProject = make([][]*Build, len(w.Projects))
	for _, b := range k.builds {
		i := b.Pipeline.Project.Index
		k.byProject[i] = append(k.byProject[i], b)
	}
	return k
}

// scheduled are the builds that a clock or a person queued.
func (w *World) scheduled(l *Pipeline) []*Build {
	var list []*Build
	for day := w.day(l.Created) + 1; day <= w.day(w.Now); day++ {
		if l.plan.runsOn(day % 7) {
			for _, h := range l.plan.hours {
				at := w.DayStart(day) + int64(h)*hour + int64(l.key%13)*minute
				list = w.queue(list, l, at, Scheduled, w.TFS(), w.TFS())
			}
		}
		d := dice(mix(l.key ^ uint64(day)<<8 ^ 0xb1d))
		if l.team == nil || w.idle(day) || !d.chance(l.plan.byHand+0.01) {
			continue
		}
		devs := l.team.delivery.devs
		who := devs[d.below(len(devs))]
		at := w.DayStart(day) + 9*hour + d.millis(8*hour)
		list = w.queue(list, l, at, ByHand, who, who)
	}
	return list
}

// triggered are the builds that follow pushes and pull requests.
func (w *World) triggered(l *Pipeline, changes []change) []*Build {
	var list []*Build
	for _, c := range changes {
		if c.at <= l.Created {
			continue
		}
		if c.pull == 0 && !l.plan.ci || c.pull != 0 && !l.plan.pulls {
			continue
		}
		reason := IndividualCI
		if c.pull != 0 {
			reason = ForPull
		}
		d := dice(mix(l.key ^ uint64(c.at)))
		n := len(list)
		list = w.queue(list, l, c.at+2*second+d.millis(9*second), reason, c.by, w.TFS())
		if len(list) == n {
			continue
		}
		b := list[n]
		b.Commit, b.Pull = c.commit, c.pull
		b.Branch = c.branch
		if c.pull != 0 {
			b.Branch = fmt.Sprintf("refs/pull/%d/merge", c.pull)
		}
	}
	return list
}

// queue adds a build, unless it would be queued after now.
func (w *World) queue(list []*Build, l *Pipeline, at int64, why BuildReason, whom, by *Person) []*Build {
	if at > w.Now {
		return list
	}
	return append(list, &Build{Pipeline: l, Queued: at, Reason: why, For: whom, By: by, key: mix(l.key ^ uint64(at)*0x9e3779b97f4a7c15)})
}

// runOnce draws what becomes of the builds of one pipeline, which come in the order in which they were queued.
func (w *World) runOnce(l *Pipeline, list []*Build) {
	last, revision := 0, 0
	free := int64(0) // when the one machine of the laboratory is free again
	for _, b := range list {
		day := w.day(b.Queued)
		if day != last {
			last, revision = day, 0
		}
		revision++
		b.Revision = revision
		b.Number = timeOf(b.Queued).Format("20060102") + "." + strconv.Itoa(revision)
		w.fate(b, day)
		if b.Reason == IndividualCI && b.key%5 == 0 {
			b.Reason = BatchedCI
		}
		if l.Pool == labPool && b.started != 0 && b.started < free {
			shift := free + minute - b.started
			b.started, b.finished = b.started+shift, b.finished+shift
		}
		free = max(free, b.finished)
	}
}

// fate draws how long a build waits and runs, and how it ends.
func (w *World) fate(b *Build, day int) {
	l := b.Pipeline
	d := dice(b.key)
	wait := int64(d.spread(0.8) * 9 * float64(second))
	if !l.Pool.Hosted {
		// Our own agents are few, and busiest before noon.
		if h := b.Queued % millisPerDay / hour; h >= 8 && h < 12 {
			wait *= 5
		}
		wait += int64(d.spread(1) * 40 * float64(second))
	}
	if l.plan.name == "Load test" {
		wait = max(wait, w.DayStart(day)+17*hour+20*minute-b.Queued+d.millis(30*minute))
	}
	length := int64(l.length(day) * d.spread(0.16) * float64(minute))
	good := l.good(day / 7)
	if b.Reason == ForPull {
		good -= 0.09 // what a pull request brings is not always finished
	}
	b.started = b.Queued + wait
	switch x := d.float(); {
	case x < 0.006 && l.YAML:
		b.Broken, b.result = true, Failed
		b.started = b.Queued + 600 + d.millis(900)
		length = 300 + d.millis(900)
	case x < 0.012:
		b.result = Canceled
		b.started, b.finished = 0, b.Queued+wait+d.millis(3*minute)
	case x < 0.035:
		b.result = Canceled
		length = int64(float64(length) * (0.05 + 0.9*d.float()))
	case x < 0.035+(1-good):
		b.result = Failed
		length = int64(float64(length) * (0.3 + 0.75*d.float()))
	case x < 0.035+(1-good)+0.04:
		b.result = PartiallySucceeded
	default:
		b.result = Succeeded
	}
	if b.started != 0 {
		b.finished = b.started + max(length, 900)
	}
	if l.plan.kind == endurance {
		// The laboratory is taken down at five, whatever is still running.
		b.finished = min(b.finished, w.DayStart(day+1)+17*hour+d.millis(20*minute))
		b.finished = max(b.finished, b.started+minute)
	}
	b.Pinned = b.result == Succeeded && b.Reason == ByHand && d.chance(0.2)
	b.Tagged = b.Pinned || d.chance(0.02)
}

// Tags are the tags of a build.
func (b *Build) Tags() []string {
	switch {
	case !b.Tagged:
		return nil
	case b.Pinned:
		return []string{"keep", "release-candidate"}
	}
	return []string{[]string{"investigate", "hotfix", "perf"}[b.key>>20%3]}
}

// checkOut gives the builds that no push queued what stood on the main branch then. There is nothing to build
// before the first push.
func checkOut(list []*Build, changes []change) []*Build {
	var head *change
	next := 0
	return slices.DeleteFunc(list, func(b *Build) bool {
		for ; next < len(changes) && changes[next].at <= b.Queued; next++ {
			if c := &changes[next]; c.pull == 0 && (c.branch == DefaultBranch || b.Pipeline.TFVC) {
				head = &changes[next]
			}
		}
		if b.Commit == "" && head != nil {
			b.Branch, b.Commit = head.branch, head.commit
		}
		return b.Commit == ""
	})
}

// change is a push or a check-in that pipelines hear of.
type change struct {
	at     int64
	branch string // refs/heads/main; $/Fleet Ops/Main
	commit string // of a pull request: the merge that is checked
	pull   int    // 0 for a branch
	by     *Person
}

// changesOf are the changes that a pipeline hears of, the oldest first: pushes to the default branch and to
// branches of releases, pull requests with each push to them, or the changesets of the project.
func (w *World) changesOf(l *Pipeline) []change {
	var list []change
	if l.TFVC {
		for _, c := range w.Changesets() {
			if c.Project == l.Project && len(c.Changes) > 0 {
				list = append(list, change{at: c.At, branch: rootOf(c.Changes[0].Path), commit: "C" + strconv.Itoa(c.ID), by: c.By})
			}
		}
		return list
	}
	for _, p := range l.Repository.Pushes {
		branch, head, ok := p.Tip()
		if ok && (branch == DefaultBranch || strings.HasPrefix(branch, heads+"release")) {
			list = append(list, change{at: p.At, branch: branch, commit: head.String(), by: p.By})
		}
	}
	for _, r := range l.Repository.Requests {
		for i := range r.Iterations {
			it := &r.Iterations[i]
			list = append(list, change{at: it.At, commit: w.sha(l.Repository.ID, mergeObject, int(it.Source)<<24|int(it.Base)).String(), pull: r.ID, by: it.By})
		}
	}
	slices.SortStableFunc(list, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	return list
}

// rootOf is the branch of TFVC in which a file stands: $/Project/Branch.
func rootOf(path string) string {
	parts := strings.SplitN(path, "/", 4)
	return strings.Join(parts[:min(3, len(parts))], "/")
}

// TFS is the service itself, which queues what no person queues.
func (w *World) TFS() *Person { return theService }

var theService = &Person{ID: "00000002-0000-8888-8000-000000000000", Name: "Microsoft.VisualStudio.Services.TFS", UPN: "00000002-0000-8888-8000-000000000000@2c895908-04e0-4952-89fd-54b0046d6288",
	Descriptor: "s2s.MDAwMDAwMDItMDAwMC04ODg4LTgwMDAtMDAwMDAwMDAwMDAwQDJjODk1OTA4LTA0ZTAtNDk1Mi04OWZkLTU0YjAwNDZkNjI4OA", Kind: Service}
