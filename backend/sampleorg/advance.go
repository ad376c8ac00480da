package sampleorg

import (
	"time"

	"sightline/backend/sampleorg/world"
)

// renamingDay is the day of life, counted from the start of the server, on which Tooling gets another name.
const renamingDay = 2

// Advance lets time go on: from the next request on, the same history reaches to a later day. What was
// decided before stays.
func (s *Server) Advance(to time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.simulate(to)
}

// Live lets the organization live some further days: builds finish and old ones are deleted, pull requests are
// completed, work items are destroyed, and on the second day a project gets another name. It returns the last
// instant of the history.
func (s *Server) Live(days int) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	to := timeOf(s.rest.World().Now).AddDate(0, 0, days)
	if len(s.decisions.Renamings) == 0 {
		s.decisions.Renamings = []world.Renaming{{Project: renamedProject, Name: renamedTo, At: s.options.Today.AddDate(0, 0, renamingDay)}}
	}
	s.simulate(to)
	return to
}

// simulate makes the world anew up to an instant. The caller holds the lock.
func (s *Server) simulate(now time.Time) {
	s.rest.Replace(world.New(world.Options{Seed: s.options.Seed, Size: s.options.Size, Since: s.since, Now: now, Decisions: s.decisions}))
}

func timeOf(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
