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
// completed. On the first day somebody empties a part of the recycle bin, on the second a project gets another
// name. It returns the last instant of the history.
func (s *Server) Live(days int) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	to := timeOf(s.rest.World().Now).AddDate(0, 0, days)
	if len(s.decisions.Renamings) == 0 {
		s.decisions.Renamings = []world.Renaming{{Project: renamedProject, Name: renamedTo, At: s.options.Today.AddDate(0, 0, renamingDay)}}
	}
	if len(s.decisions.Destructions) == 0 {
		s.decisions.Destructions = []world.Destruction{{Items: binned(s.rest.World(), 3), At: s.options.Today.AddDate(0, 0, 1)}}
	}
	s.simulate(to)
	return to
}

// binned are the first few work items in the recycle bin.
func binned(w *world.World, most int) (items []int) {
	for id := 1; id <= len(w.Items) && len(items) < most; id++ {
		if all := w.Item(id); len(all) > 0 && all[len(all)-1].Has(world.Deleted) {
			items = append(items, id)
		}
	}
	return items
}

// simulate makes the world anew up to an instant. The caller holds the lock.
func (s *Server) simulate(now time.Time) {
	s.rest.Replace(world.New(world.Options{Seed: s.options.Seed, Size: s.options.Size, Since: s.since, Now: now, Decisions: s.decisions, Hostile: s.hostile}))
}

func timeOf(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
