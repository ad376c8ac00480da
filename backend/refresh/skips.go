package refresh

import (
	"strings"
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

// mostSkipped bounds the list of what may not be read: it goes to the screen and into the history.
const mostSkipped = 500

// skip notes something that may not be read, so that it is counted and listed instead of missing silently.
func (r *run) skip(project, what string, err error) {
	s := Skipped{Project: project, What: what, Why: fault.ReportOf(err).Message}
	r.skipped.mu.Lock()
	listed := len(r.skipped.list)
	if listed == mostSkipped {
		s = Skipped{What: "more than can be listed", Why: "The permissions of this account should be looked at: further refusals of this refresh are not listed."}
	}
	if listed <= mostSkipped {
		r.skipped.list = append(r.skipped.list, s)
	}
	r.skipped.mu.Unlock()
	if listed > mostSkipped {
		return
	}
	r.track.unread(nil, []Skipped{s})
	r.track.say(strings.TrimPrefix(s.Project+": ", ": ") + s.What + " skipped. " + s.Why)
}
