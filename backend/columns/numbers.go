package columns

import (
	"math"

	"sightline/backend/dataset"
)

// moment is the time a state is looked at.
type moment struct {
	// cut is the first instant that is no longer looked at: an interval holds at the moment when
	// from < cut <= to. It is forever for the current state.
	cut     int64
	day     dataset.Day // for ages
	instant int64       // for durations that still run
}

func (m *moment) current() bool { return m.cut == forever }

var nan = math.NaN()

// itemSources declares the columns that are computed for each row.
func (g *generation) itemSources() {
	g.coded(dataset.Reason, vReason, entriesOf(g.dicts.reasons.values, func(s string) entry { return textEntry(s) })).present = true
	g.sources[dataset.Title] = &source{ref: dataset.Title, titles: &g.items.titles, present: true}
	ofItem := func(ref dataset.FieldRef, present bool, f func(it *items, i int32) float64) {
		g.sources[ref] = &source{ref: ref, present: present, number: func(g *generation, s *segment, row int32, _ *moment) float64 {
			return f(g.items, s.itemOf(row))
		}}
	}
	ofItem(dataset.ID, false, func(it *items, i int32) float64 { return float64(it.id[i]) })
	ofItem(dataset.Comments, true, func(it *items, i int32) float64 { return float64(it.comments.at(i)) })
	ofItem(dataset.ParentID, true, func(it *items, i int32) float64 {
		if it.parent.at(i) == 0 {
			return nan
		}
		return float64(it.parent.at(i))
	})
	ofItem(dataset.CreatedDate, false, func(it *items, i int32) float64 { return dayNumber(it.created.day.at(i)) })
	ofItem(dataset.TargetDate, true, func(it *items, i int32) float64 { return dayNumber(it.target.at(i)) })
	ofItem(dataset.ActivatedDate, true, func(it *items, i int32) float64 { return dayNumber(it.activated.at(i)) })
	ofItem(dataset.ResolvedDate, true, func(it *items, i int32) float64 { return dayNumber(it.resolved.at(i)) })
	ofItem(dataset.ClosedDate, true, func(it *items, i int32) float64 { return dayNumber(it.closed.at(i)) })
	ofItem(dataset.StateChangedDate, true, func(it *items, i int32) float64 { return dayNumber(it.stateChanged.at(i)) })
	ofRow := func(ref dataset.FieldRef, aged bool, f func(g *generation, s *segment, row int32, at *moment) float64) {
		g.sources[ref] = &source{ref: ref, aged: aged, number: f}
	}
	ofRow(dataset.ChangedDate, false, func(_ *generation, s *segment, row int32, _ *moment) float64 { return dayNumber(s.from.day.at(row)) })
	ofRow(dataset.CompletedDate, false, func(g *generation, s *segment, row int32, _ *moment) float64 {
		return g.dayNumberOf(s.completedAt(row))
	})
	ofRow(dataset.LeadTime, false, leadTime)
	ofRow(dataset.CycleTime, false, cycleTime)
	ofRow(dataset.LeadTimeWhole, false, whole(leadTime))
	ofRow(dataset.CycleTimeWhole, false, whole(cycleTime))
	ofRow(dataset.AgeDays, true, age)
	ofRow(dataset.AgeBucket, true, ageBucket)
	g.sources[dataset.AgeBucket].buckets = bucketMembers(dataset.AgeBuckets)
	for ref, category := range map[dataset.FieldRef]int8{dataset.DaysProposed: proposed, dataset.DaysInProgress: inProgress, dataset.DaysResolved: resolved} {
		ofRow(ref, true, func(g *generation, s *segment, row int32, at *moment) float64 {
			return g.daysIn(category, s.itemOf(row), at)
		})
	}
}

func dayNumber(d dataset.Day) float64 {
	if d == noDay {
		return nan
	}
	return float64(d)
}

// dayNumberOf is the day of an instant, NaN for none.
func (g *generation) dayNumberOf(ms int64) float64 {
	if ms == 0 {
		return nan
	}
	return float64(g.cal.day(ms))
}

// whole cuts a number of days to whole ones.
func whole(days func(*generation, *segment, int32, *moment) float64) func(*generation, *segment, int32, *moment) float64 {
	return func(g *generation, s *segment, row int32, at *moment) float64 { return math.Floor(days(g, s, row, at)) }
}

// leadTime is M2: completion minus creation in days, of a completed item.
func leadTime(g *generation, s *segment, row int32, _ *moment) float64 {
	completed := s.completedAt(row)
	if completed == 0 {
		return nan
	}
	return float64(completed-g.items.created.at(s.itemOf(row))) / millisADay
}

// cycleTime is M3: completion minus the first time in progress, 0 for an item that skipped it. An item
// that was first started after this completion had skipped it then.
func cycleTime(g *generation, s *segment, row int32, _ *moment) float64 {
	completed := s.completedAt(row)
	if completed == 0 {
		return nan
	}
	started := g.items.firstStarted.at(s.itemOf(row))
	if started == 0 || started > completed {
		return 0
	}
	return float64(completed-started) / millisADay
}

// age is M10: whole days from the day of creation to the day of the moment, of an open item.
func age(g *generation, s *segment, row int32, at *moment) float64 {
	if !g.dicts.kinds.values[s.vector[vKind].at(row)].open() {
		return nan
	}
	return float64(max(0, at.day-g.items.created.day.at(s.itemOf(row))))
}

func ageBucket(g *generation, s *segment, row int32, at *moment) float64 {
	days := age(g, s, row, at)
	for i, end := range dataset.AgeBucketEnds {
		if days <= float64(end) {
			return float64(i)
		}
	}
	if math.IsNaN(days) {
		return nan
	}
	return float64(len(dataset.AgeBucketEnds))
}

// daysIn is M8: the days that the item had spent in the category by the moment; null when it never was
// in it.
func (g *generation) daysIn(category int8, item int32, at *moment) float64 {
	total, any := int64(0), false
	s := g.intervals
	row, end := s.past.rowsOf(item)
	for ; row < end; row++ {
		from := s.from.at(row)
		if from >= at.cut {
			break
		}
		if g.dicts.kinds.values[s.vector[vKind].at(row)].category == category {
			any = true
			total += max(0, min(s.endOf(row), at.instant)-from)
		}
	}
	if !any {
		return nan
	}
	return float64(total) / millisADay
}
