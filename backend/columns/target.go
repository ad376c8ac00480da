package columns

import "sightline/backend/dataset"

// targetSources declares the days to and from the target date (M9), which is that of now.
func (g *generation) targetSources() {
	days := func(ref dataset.FieldRef, count func(dataset.Day) dataset.Day, least dataset.Day) {
		g.sources[ref] = &source{ref: ref, aged: true, present: true, number: func(g *generation, s *segment, row int32, at *moment) float64 {
			target := g.items.target.at(s.itemOf(row))
			if target == noDay || g.dicts.kinds.values[s.vector[vKind].at(row)].category == completed {
				return nan
			}
			if n := count(target - at.day); n >= least {
				return float64(n)
			}
			return nan
		}}
	}
	days(dataset.DaysUntilTarget, func(ahead dataset.Day) dataset.Day { return ahead }, 0)
	days(dataset.DaysPastTarget, func(ahead dataset.Day) dataset.Day { return -ahead }, 1)
}

// targets are the measures M9.
func targets(m map[string]calculation) {
	m[dataset.NextTarget] = over(asOf, nil, dataset.DaysUntilTarget, dataset.Min)
	m[dataset.OldestTarget] = over(asOf, nil, dataset.DaysPastTarget, dataset.Max)
}
