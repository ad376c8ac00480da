package refresh

import (
	"sync"

	"sightline/backend/fault"
)

// lockedSkips collects what could not be read, from several goroutines.
type lockedSkips struct {
	mu   sync.Mutex
	list []Skipped
}

func (l *lockedSkips) take() []Skipped {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.list
}

// lockedIDs is a set of ids for several goroutines.
type lockedIDs struct {
	mu  sync.Mutex
	ids map[string]bool
}

func (l *lockedIDs) add(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ids == nil {
		l.ids = map[string]bool{}
	}
	l.ids[id] = true
}

func (l *lockedIDs) has(id string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ids[id]
}

// skip notes something that may not be read, so that it is counted and listed instead of missing silently.
func (r *run) skip(project, what string, err error) {
	s := Skipped{Project: project, What: what, Why: fault.ReportOf(err).Message}
	r.skipped.mu.Lock()
	r.skipped.list = append(r.skipped.list, s)
	r.skipped.mu.Unlock()
	r.track.unread(nil, []Skipped{s})
	r.track.say(project + ": " + what + " skipped. " + s.Why)
}
