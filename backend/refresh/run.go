package refresh

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// Options say what to refresh.
type Options struct {
	Client   *Client
	Store    Store
	Patterns []devops.ProjectPattern
	// Selection is what to load; the zero Selection is everything.
	Selection devops.Selection
	// Identity is the id that every answer must come as; empty pins whoever answers first.
	Identity string
	// Reread reads teams, areas, iterations, types and fields again and looks for destroyed items, however
	// fresh they are: for a refresh that a person asked for, or a full check.
	Reread bool
	Gate   *Gate // nil when nobody can pause
	// Progress hears how far the refresh is: at every change of phase and at most about ten times a second
	// in between, from one goroutine. It has heard the last state when Run returns.
	Progress func(Progress)
	Clock    func() time.Time
	// Patience is how long the history may be read before we ask whether a separate first look pays; 3 s
	// when 0.
	Patience time.Duration
	PageSize int // revisions asked for at once; 1,000 when 0
}

// Summary is what a refresh did, also one that failed half way.
type Summary struct {
	Identity Identity
	Started  time.Time
	Finished time.Time
	Rows     int
	Counts   map[devops.Entity]int // rows that came and were stored, by entity, also those that changed nothing
	Changes  devops.Changes        // rows added, changed and deleted, by entity
	Requests int
	Bytes    int64
	Waited   time.Duration
	Projects []string  // that were refreshed
	Gone     []string  // that were loaded before and are gone or may not be read any more
	Skipped  []Skipped // what may not be read
	Parked   []Parked  // what could not be finished; the next refresh goes on from there
	// FirstLook is true when current work items were loaded before the history.
	FirstLook bool
}

// Run brings a store up to date with an organization: projects and their schema, then every revision of every
// work item, then links, then the destroyed ones, and beside them whatever else the Selection names. Rows and
// the cursor behind them are stored together, so a run that ends at any instant, by a fault, a cancel or a
// power cut, is gone on with by the next.
//
// What cannot be read for now is parked (Summary.Parked) and everything else is still loaded; Run then returns
// the first of those faults. What may not be read is skipped (Summary.Skipped) and is no fault.
//
// Faults: those of package azdo (a refusal, Offline, Timeout, BadAnswer, Throttled, IdentityChanged),
// Anonymous, NoProjectMatches, those of the Store, and Canceled.
func Run(ctx context.Context, o Options) (Summary, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Gate == nil {
		o.Gate = NewGate()
	}
	if o.Patience <= 0 {
		o.Patience = 3 * time.Second
	}
	if o.PageSize <= 0 {
		o.PageSize = pageSize
	}
	r := &run{Options: o, track: newTracker(&o), began: o.Client.Stats(), fresh: map[string]bool{}, last: map[string]int{}}
	r.since = o.Selection.Since(o.Clock())
	r.sum = Summary{Started: o.Clock(), Counts: map[devops.Entity]int{}, Changes: devops.Changes{}}
	unsubscribe := o.Client.Subscribe(r.track.waiting)
	err := fault.Wrap("refresh.Run", r.all(ctx))
	unsubscribe()
	state := RunSucceeded
	switch {
	case fault.Is(err, fault.Canceled) || err != nil && ctx.Err() != nil:
		state = RunCanceled
		r.track.say("Stopped. What was read is kept; the next refresh goes on from there.")
	case err != nil:
		state = RunFailed
		r.track.say(fault.ReportOf(err).Message)
	}
	r.finishSummary()
	r.track.end(state)
	return r.sum, err
}

// run is one refresh under way.
type run struct {
	Options
	track *tracker
	began azdo.Stats
	sum   Summary

	stored  map[string]devops.Project // by id, as the store held them at the start
	load    []devops.Project          // to be refreshed
	names   projectNames
	visible []devops.Project
	fresh   map[string]bool // projects whose schema was read in this run
	last    map[string]int  // by project: the largest node id its schema knows
	skipped lockedSkips
	parked  lockedParks
	unread  lockedIDs
	since   time.Time // first instant of the history window; zero for everything
	abort   context.CancelCauseFunc

	commits sync.Mutex // one part commits at a time, and counts in sum

	repositoryLists repositoryLists // for the parts that share them
}

func (r *run) all(ctx context.Context) error {
	ctx, r.abort = context.WithCancelCause(ctx)
	defer r.abort(nil)
	r.track.start(PhaseProjects)
	if err := r.connect(ctx); err != nil {
		return err
	}
	if err := r.schemas(ctx, func(p devops.Project) (bool, error) { return r.schemaDue(ctx, p) }); err != nil {
		return err
	}
	r.track.finish(PhaseProjects)
	// What nobody knows the types and areas of waits for the next refresh.
	r.load = slices.DeleteFunc(r.load, func(p devops.Project) bool {
		_, known := r.stored[p.ID]
		return !known && r.unread.has(p.ID)
	})
	return r.contents(ctx)
}

// connect proves the identity, matches the patterns again and settles what became of vanished projects.
func (r *run) connect(ctx context.Context) error {
	if r.Identity != "" {
		r.Client.Pin(r.Identity)
	}
	if err := r.Gate.Wait(ctx); err != nil {
		return err
	}
	id, visible, err := Probe(ctx, r.Client)
	if err != nil {
		return err
	}
	r.sum.Identity = id
	if r.Identity == "" {
		r.Client.Pin(id.ID)
	}
	stored, err := r.Store.Projects(ctx)
	if err != nil {
		return err
	}
	r.stored = map[string]devops.Project{}
	for _, p := range stored {
		r.stored[p.ID] = p
	}
	plan := planProjects(r.Patterns, visible, stored)
	if err := r.settleGone(ctx, &plan); err != nil {
		return err
	}
	if len(plan.load) == 0 {
		_, err := MatchOrExplain(r.Patterns, visible)
		return err
	}
	r.load, r.visible, r.names = plan.load, visible, nameProjects(visible, stored)
	for _, p := range r.load {
		r.sum.Projects = append(r.sum.Projects, p.Name)
		if was, ok := r.stored[p.ID]; ok && was.Name != p.Name {
			r.track.say(fmt.Sprintf("%s is now called %s.", was.Name, p.Name))
		} else if !ok && len(stored) > 0 {
			r.track.say(p.Name + " is new and joins.")
		}
	}
	r.track.names(r.load)
	r.track.say(fmt.Sprintf("Connected as %s; loading %d of %d projects.", firstNonEmpty(id.Address, id.Name, id.ID), len(r.load), len(visible)))
	return nil
}

// settleGone asks for vanished projects directly, because lists are trimmed without a word. Those that are
// gone or may not be read any more stay stored and are marked; the others are refreshed as ever.
func (r *run) settleGone(ctx context.Context, p *plan) error {
	for _, project := range p.gone {
		detail, err := r.Client.Project(ctx, project.ID)
		if err == nil {
			p.load = append(p.load, projectOf(&detail))
			continue
		}
		if !provesGone(err) {
			if err := r.settle(ctx, PhaseProjects, project.Name, "the look whether the project is still there", err); err != nil {
				return err
			}
			continue
		}
		project.Gone = true
		if err := r.commit(ctx, devops.Batch{Projects: []devops.Project{project}}); err != nil {
			return err
		}
		r.sum.Gone = append(r.sum.Gone, project.Name)
		r.track.say(project.Name + " is gone or may not be read any more. What was loaded of it stays readable.")
	}
	return nil
}

// schemas reads the schema of the projects for which due says so, several at once.
func (r *run) schemas(ctx context.Context, due func(devops.Project) (bool, error)) error {
	reader := &schemaReader{client: r.Client, gate: r.Gate, clock: r.Clock, skip: r.skip, processes: map[string]azdo.Process{}}
	r.track.expect(PhaseProjects, len(r.load))
	batches := make(chan devops.Batch)
	var asks []func(context.Context) error
	read := 0
	for _, p := range r.load {
		is, err := due(p)
		if err != nil {
			return err
		}
		if is {
			asks = append(asks, func(ctx context.Context) error {
				b, err := reader.read(ctx, p)
				if err != nil {
					r.unread.add(p.ID)
					return r.settle(ctx, PhaseProjects, p.Name, "teams, areas, iterations and types", err)
				}
				select {
				case batches <- b:
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			})
		} else {
			read++
		}
	}
	r.track.set(PhaseProjects, read)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	failed := make(chan error, 1)
	go func() { failed <- together(ctx, 4, asks...); close(batches) }()
	var storeErr error
	for b := range batches {
		if storeErr != nil {
			continue
		}
		if storeErr = r.commit(ctx, b); storeErr != nil {
			cancel()
			continue
		}
		p := b.Projects[0]
		r.fresh[p.ID], r.last[p.ID] = true, lastNode(b.Nodes)
		read++
		r.track.set(PhaseProjects, read)
	}
	if storeErr != nil {
		return storeErr
	}
	return <-failed
}

// schemaDue decides whether the schema of a project has to be read: it never was, is old, or the project
// itself changed since.
func (r *run) schemaDue(ctx context.Context, p devops.Project) (bool, error) {
	cursor, ok, err := r.Store.Cursor(ctx, schemaFeed, p.ID)
	if err != nil {
		return false, err
	}
	at, last := parseSchemaToken(cursor.Token)
	r.last[p.ID] = last
	was, known := r.stored[p.ID]
	if !ok || !known || r.Reread || was.Gone || was.Name != p.Name || !r.recent(at, schemaAge) {
		return true, nil
	}
	// Stores keep milliseconds.
	return !p.LastUpdate.IsZero() && !was.LastUpdate.Truncate(time.Millisecond).Equal(p.LastUpdate.Truncate(time.Millisecond)), nil
}

// recent reports whether a daily look is not due yet. One that lies in the future was noted by a clock that has
// been put back since; an hour is for smaller steps.
func (r *run) recent(looked time.Time, most time.Duration) bool {
	age := r.Clock().Sub(looked)
	return age <= most && age >= -time.Hour
}

// commit stores a batch and counts its rows. Parts that run at the same time take turns.
func (r *run) commit(ctx context.Context, b devops.Batch) error {
	r.commits.Lock()
	defer r.commits.Unlock()
	changes, err := r.Store.Commit(ctx, b)
	if err != nil {
		// A store that refuses one batch refuses all, unless it was for a row of that batch alone.
		if ctx.Err() == nil && !fault.Is(err, fault.Invalid) {
			r.abort(err)
		}
		return err
	}
	for entity, c := range changes {
		r.sum.Changes.Add(entity, c)
	}
	r.sum.Rows += b.Rows()
	b.Count(r.sum.Counts)
	return nil
}

func (r *run) finishSummary() {
	s := r.Client.Stats()
	r.sum.Finished = r.Clock()
	r.sum.Requests, r.sum.Bytes, r.sum.Waited = s.Requests-r.began.Requests, s.Bytes-r.began.Bytes, s.Waited-r.began.Waited
	r.sum.Skipped = r.skipped.take()
	r.sum.Parked = r.parked.list
}
