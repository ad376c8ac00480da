package refresh

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

const (
	// timelineAge bounds the timelines of builds that did not fail: those that finished longer before the
	// newest one are never asked for. A timeline costs a request of its own, which two years of builds are not
	// worth: people look at the durations of jobs and tasks over the last quarter, but at failures over the whole
	// history, so that the timelines of failed builds are all read.
	timelineAge = 90 * 24 * time.Hour
	// timelinesAtOnce leaves two of the six requests that may be under way to the other parts.
	timelinesAtOnce = 4
	// timelinesTogether is how many timelines are stored in one transaction.
	timelinesTogether = 50
	// manyTimelines is when the log says how many there are to read.
	manyTimelines = 200
	// mostBroken is how many broken timelines, discussions, or lists of files one refresh bears in a project: each
	// costs all its attempts.
	mostBroken = 10
)

// timelineFaults collects what went wrong with single timelines while the others went on.
type timelineFaults struct {
	mu      sync.Mutex
	builds  map[int]bool
	broken  int
	first   error // of them
	refused int
	why     error // of the last refusal
}

// timelines reads the timelines that are missing: those of failed builds first, then the newest. They never
// change, except when jobs of a build are run again: the store then lists it as missing once more.
func (l *buildLoader) timelines(ctx context.Context) error {
	if l.state.Reached.IsZero() {
		return nil // no build was ever read
	}
	failed, err := l.Store.FailedBuildsWithoutTimeline(ctx, l.project.ID, l.state.Since, math.MaxInt32)
	if err != nil {
		return err
	}
	recent := l.state.Reached.Add(-timelineAge)
	if recent.Before(l.state.Since) {
		recent = l.state.Since
	}
	others, err := l.Store.BuildsWithoutTimeline(ctx, l.project.ID, recent, math.MaxInt32)
	if err != nil {
		return err
	}
	known := map[int]bool{}
	for _, id := range failed {
		known[id] = true
	}
	ids := append(failed, slices.DeleteFunc(others, func(id int) bool { return known[id] })...)
	ids = slices.DeleteFunc(ids, func(id int) bool { return l.failed.builds[id] })
	if len(ids) >= manyTimelines {
		l.track.say(fmt.Sprintf("%s: reading the timelines of %d builds, failed ones first.", l.project.Name, len(ids)))
	}
	for some := range slices.Chunk(ids, timelinesTogether) {
		read, err := l.readTimelines(ctx, some)
		// What was read before a fault that ends the refresh is stored: it was whole.
		if len(read) > 0 && ctx.Err() == nil {
			if err := l.store(ctx, PhasePipelines, devops.Batch{Timelines: read}); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
	l.failed.report(l)
	return nil
}

// readTimelines reads the timelines of builds, several at once, beginning with the first. One that may not be
// read or that fails is left out and reported at the end; a fault is returned when going on would be in vain.
func (l *buildLoader) readTimelines(ctx context.Context, ids []int) ([]devops.Timeline, error) {
	read := make([]devops.Timeline, len(ids))
	var next atomic.Int64
	reader := func(ctx context.Context) error {
		for !l.failed.enough() {
			i := int(next.Add(1)) - 1
			if i >= len(ids) {
				return nil
			}
			if err := l.hold(ctx); err != nil {
				return err
			}
			w, err := l.Client.Timeline(ctx, l.project.ID, ids[i])
			if err != nil {
				if err := l.timelineFault(ctx, ids[i], err); err != nil {
					return err
				}
				continue
			}
			if w.At.IsZero() {
				w.At = l.Clock().UTC()
			}
			read[i] = timelineOf(l.project.ID, ids[i], &w)
		}
		return nil
	}
	err := together(ctx, timelinesAtOnce, slices.Repeat([]func(context.Context) error{reader}, timelinesAtOnce)...)
	return slices.DeleteFunc(read, func(t devops.Timeline) bool { return t.BuildID == 0 }), err
}

// timelineFault notes a fault of one timeline; it returns the fault when it concerns everything.
func (l *buildLoader) timelineFault(ctx context.Context, id int, err error) error {
	refused, broken := mayBeSkipped(err) && !fault.Is(err, fault.ProjectGone), fault.Is(err, fault.BadAnswer)
	if ctx.Err() != nil || !refused && !broken && l.endsAll(err) {
		return err
	}
	f := &l.failed
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.builds == nil {
		f.builds = map[int]bool{}
	}
	f.builds[id] = true
	if refused {
		f.refused++
		f.why = err
		return nil
	}
	f.broken++
	if f.first == nil {
		f.first = err
	}
	return nil
}

// enough reports whether so many timelines were broken that the rest is left for the next refresh.
func (f *timelineFaults) enough() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.broken >= mostBroken
}

// report lists what may not be read as skipped, and what broke as parked: the next refresh asks again.
func (f *timelineFaults) report(l *buildLoader) {
	if f.refused > 0 {
		l.skip(l.project.Name, fmt.Sprintf("the timelines of %d builds", f.refused), f.why)
	}
	if f.first != nil {
		l.track.spoil(PhasePipelines)
		l.park(l.project.Name, "some timelines of builds", f.first)
	}
}
