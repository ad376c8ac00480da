package refresh

import (
	"slices"
	"sync"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

const (
	tellEvery  = 100 * time.Millisecond // between two events of progress
	rateWindow = 5 * time.Second        // over which rates are measured
	logLines   = 50                     // that an event carries
)

// shares are the parts of the whole that the phases take, as weights.
var shares = map[Phase]float64{
	PhaseProjects: 5, PhaseWorkItems: 10, PhaseHistory: 75, PhaseLinks: 10,
	PhaseGit: 30, PhasePulls: 20, PhasePipelines: 30, PhaseTests: 5, PhaseTFVC: 15,
}

// tracker keeps the progress of one refresh and tells it to the screen, from a goroutine of its own, so that
// a slow listener never holds the refresh up. It is safe for concurrent use.
type tracker struct {
	clock  func() time.Time
	client *azdo.Client
	gate   *Gate
	tell   func(Progress)

	urgent chan struct{}
	stop   chan struct{}
	done   chan struct{}

	mu       sync.Mutex
	state    RunState
	phases   []*phaseTrack
	whole    float64 // sum of the shares of the phases
	began    time.Time
	base     azdo.Stats
	percent  float64
	rows     meter
	look     bool
	wait     azdo.WaitEvent
	projects []string
	retries  int
	parked   []Parked
	skipped  []Skipped
	log      []LogLine
	moments  map[string]moment // by project: how far in time its history was read
}

// phaseTrack is one phase while it runs.
type phaseTrack struct {
	phase          Phase
	state          PhaseState
	done, expected int
	began          time.Time
	elapsed        time.Duration // of earlier stretches
	spoiled        bool          // something of it is parked, so it ends as failed
	rate           meter
}

// moment says how far in time a history was read, which tells how much is left when nobody knows how many
// revisions there are: they come in the order of time.
type moment struct {
	first, last time.Time
	done        bool
}

// meter measures a rate over the last seconds.
type meter struct {
	count   int
	samples []sample
}

type sample struct {
	at    time.Time
	count int
}

func (m *meter) add(n int) { m.count += n }

// rate returns counts a second since the oldest sample of the window.
func (m *meter) rate(now time.Time) float64 {
	m.samples = append(m.samples, sample{now, m.count})
	for len(m.samples) > 2 && now.Sub(m.samples[1].at) >= rateWindow {
		m.samples = m.samples[1:]
	}
	oldest := m.samples[0]
	seconds := now.Sub(oldest.at).Seconds()
	if seconds <= 0 {
		return 0
	}
	return float64(m.count-oldest.count) / seconds
}

func newTracker(o *Options) *tracker {
	t := &tracker{
		clock: o.Clock, client: o.Client, gate: o.Gate, tell: o.Progress, state: RunRunning, began: o.Clock(), base: o.Client.Stats(),
		urgent: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{}), moments: map[string]moment{},
	}
	phases := []Phase{PhaseProjects}
	if o.Selection.Has(devops.WorkItemsContent) {
		phases = append(phases, PhaseWorkItems, PhaseHistory, PhaseLinks)
	}
	for _, p := range parts {
		if p.phase != "" && o.Selection.Has(p.content) {
			phases = append(phases, p.phase)
		}
	}
	for _, p := range phases {
		t.phases = append(t.phases, &phaseTrack{phase: p, state: NotStarted})
		t.whole += shares[p]
	}
	go t.run()
	return t
}

// run tells of changes: at once when a phase changes, else ten times a second.
func (t *tracker) run() {
	defer close(t.done)
	if t.tell == nil {
		<-t.stop
		return
	}
	tick := time.NewTicker(tellEvery)
	defer tick.Stop()
	for {
		select {
		case <-t.urgent:
		case <-tick.C:
		case <-t.stop:
			t.tell(t.snapshot())
			return
		}
		t.tell(t.snapshot())
	}
}

// end tells the last state and returns when it was heard.
func (t *tracker) end(s RunState) {
	t.change(func() {
		t.state = s
		for _, p := range t.phases {
			if p.state == Running && s != RunSucceeded {
				t.close(p, NotStarted)
				if s == RunFailed {
					p.state = Failed
				}
			}
		}
	})
	close(t.stop)
	<-t.done
}

// change alters the state and tells it at once.
func (t *tracker) change(do func()) {
	t.mu.Lock()
	do()
	t.mu.Unlock()
	select {
	case t.urgent <- struct{}{}:
	default:
	}
}

// of finds a phase. One that is not shown in this refresh gets a track that nobody looks at.
func (t *tracker) of(p Phase) *phaseTrack {
	for _, track := range t.phases {
		if track.phase == p {
			return track
		}
	}
	return &phaseTrack{phase: p}
}

// start begins a phase, or goes on with it.
func (t *tracker) start(p Phase) {
	t.change(func() {
		track := t.of(p)
		if track.state != Running {
			track.state, track.began = Running, t.clock()
		}
	})
}

// finish ends a phase: as failed when something of it is parked.
func (t *tracker) finish(p Phase) {
	t.change(func() {
		track := t.of(p)
		if track.spoiled {
			t.close(track, Failed)
			return
		}
		t.close(track, Finished)
		track.expected = track.done
	})
}

// spoil notes that something of a phase is parked.
func (t *tracker) spoil(p Phase) { t.change(func() { t.of(p).spoiled = true }) }

// rest stops the clock of a phase that goes on later.
func (t *tracker) rest(p Phase) {
	t.change(func() { t.close(t.of(p), NotStarted) })
}

func (t *tracker) close(p *phaseTrack, s PhaseState) {
	if p.state == Running {
		p.elapsed += t.clock().Sub(p.began)
	}
	p.state = s
}

// add counts rows of a phase.
func (t *tracker) add(p Phase, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	track := t.of(p)
	track.done += n
	track.rate.add(n)
	t.rows.add(n)
}

// set says how many of a phase are done when they are no rows of their own.
func (t *tracker) set(p Phase, done int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	track := t.of(p)
	track.rate.add(done - track.done)
	track.done = done
}

func (t *tracker) expect(p Phase, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of(p).expected = n
}

// reached notes how far in time the history of a project was read.
func (t *tracker) reached(project string, rows []devops.Revision, done bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.moments[project]
	if len(rows) > 0 {
		if m.first.IsZero() {
			m.first = rows[0].Changed
		}
		m.last = rows[len(rows)-1].Changed
	}
	m.done = m.done || done
	t.moments[project] = m
}

func (t *tracker) firstLook() { t.change(func() { t.look = true }) }

func (t *tracker) names(projects []devops.Project) {
	t.change(func() {
		t.projects = make([]string, len(projects))
		for i, p := range projects {
			t.projects[i] = p.Name
			t.moments[p.ID] = moment{}
		}
	})
}

func (t *tracker) say(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.log = append(t.log, LogLine{At: t.clock(), Text: text})
	if len(t.log) > logLines {
		t.log = append(t.log[:0:0], t.log[len(t.log)-logLines:]...)
	}
}

// unread notes what was parked or skipped.
func (t *tracker) unread(parked []Parked, skipped []Skipped) {
	t.change(func() { t.parked, t.skipped = append(t.parked, parked...), append(t.skipped, skipped...) })
}

// waiting hears the client's waits.
func (t *tracker) waiting(e azdo.WaitEvent) {
	if e.Why != "" {
		t.say(e.Why + " Waiting " + e.For.Round(100*time.Millisecond).String() + ".")
	}
	t.change(func() {
		if e.Retry {
			t.retries++
		} else {
			t.wait = e
		}
	})
}

// snapshot is the progress now.
func (t *tracker) snapshot() Progress {
	paused := t.gate.Paused()
	stats := t.client.Stats()
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock()
	p := Progress{
		State: t.state, Rows: t.rows.count, RowRate: t.rows.rate(now), Requests: stats.Requests - t.base.Requests, Bytes: stats.Bytes - t.base.Bytes,
		Started: t.began, Elapsed: now.Sub(t.began), Waited: stats.Waited - t.base.Waited, FirstLook: t.look, Projects: t.projects,
		Retries: t.retries, Parked: slices.Clone(t.parked), Skipped: slices.Clone(t.skipped), Log: append([]LogLine(nil), t.log...),
	}
	if paused && p.State == RunRunning {
		p.State = RunPaused
	}
	ended := t.state != RunRunning
	if t.wait.Until.After(now) && !ended {
		p.WaitUntil, p.WaitWhy = t.wait.Until, t.wait.Why
	}
	for _, track := range t.phases {
		row := PhaseProgress{Phase: track.phase, State: track.state, Done: track.done, Expected: track.expected, Elapsed: track.elapsed}
		if track.state == Running {
			row.Rate, row.Elapsed = track.rate.rate(now), track.elapsed+now.Sub(track.began)
			if !p.WaitUntil.IsZero() {
				row.State = Waiting
			}
		}
		p.Phases = append(p.Phases, row)
	}
	t.percent = max(t.percent, t.share(now))
	if t.state == RunSucceeded {
		t.percent = 100
	}
	p.Percent = t.percent
	if !ended && p.Elapsed > 2*time.Second {
		p.Left = timeLeft(p)
	}
	return p
}

// timeLeft is how long a running refresh still takes; 0 when that cannot be said yet. The history is nearly
// all of it: once its size and speed are known they tell, because the percentage never falls and so keeps
// what was hoped before the size was known.
func timeLeft(p Progress) time.Duration {
	for _, h := range p.Phases {
		if h.Phase == PhaseHistory && h.State == Running && h.Expected > h.Done && h.Rate > 0 {
			return time.Duration(float64(h.Expected-h.Done) / h.Rate * float64(time.Second))
		}
	}
	if p.Percent < 8 {
		return 0
	}
	return time.Duration(float64(p.Elapsed) * (100 - p.Percent) / p.Percent)
}

// share is how much of the whole is done, in percent.
func (t *tracker) share(now time.Time) float64 {
	sum := 0.0
	for _, track := range t.phases {
		part := 0.0
		switch {
		case track.state == Finished:
			part = 1
		case track.expected > 0:
			part = min(1, float64(track.done)/float64(track.expected))
		case track.phase == PhaseHistory, track.phase == PhaseWorkItems:
			// Without a first look, work items come with their history.
			part = t.historyPart(now)
		}
		sum += part * shares[track.phase]
	}
	return min(100*sum/t.whole, 99.5)
}

// historyPart is the mean over projects of how far in time their history was read.
func (t *tracker) historyPart(now time.Time) float64 {
	sum := 0.0
	for _, m := range t.moments {
		switch {
		case m.done:
			sum++
		case !m.first.IsZero() && now.After(m.first):
			sum += min(1, m.last.Sub(m.first).Seconds()/now.Sub(m.first).Seconds())
		}
	}
	return sum / float64(max(1, len(t.moments)))
}
