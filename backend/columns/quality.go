package columns

import "sightline/backend/dataset"

// flagMembers are the members of a column of yes and no that is computed for each row.
var flagMembers = []dataset.Member{flagEntry(true).member, flagEntry(false).member}

// qualitySources declares the findings about open items.
func (g *generation) qualitySources() {
	finding := func(ref dataset.FieldRef, aged bool, found func(g *generation, k kind, s *segment, row int32, at *moment) bool) {
		g.sources[ref] = &source{ref: ref, aged: aged, buckets: flagMembers, number: func(g *generation, s *segment, row int32, at *moment) float64 {
			k := g.dicts.kinds.values[s.vector[vKind].at(row)]
			return float64(boolInt(!k.open() || !found(g, k, s, row, at)))
		}}
	}
	finding(dataset.IsUnestimated, false, func(g *generation, k kind, s *segment, row int32, _ *moment) bool {
		e := g.dicts.estimates.values[s.vector[vEstimate].at(row)].own
		return isRequirement(k) && e != e
	})
	finding(dataset.IsUnassigned, false, func(g *generation, _ kind, s *segment, row int32, _ *moment) bool {
		p := g.dicts.people[s.vector[vAssigned].at(row)]
		return p.Address == "" && p.Name == ""
	})
	finding(dataset.HasNoIteration, false, func(g *generation, _ kind, s *segment, row int32, _ *moment) bool {
		return g.dicts.iterations[s.vector[vIteration].at(row)].Depth == 0
	})
	finding(dataset.IsStale, true, func(_ *generation, _ kind, s *segment, row int32, at *moment) bool {
		return at.day-s.from.day.at(row) > dataset.StaleDays
	})
}
