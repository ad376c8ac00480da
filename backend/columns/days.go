package columns

import (
	"cmp"
	"slices"
	"time"

	"sightline/backend/dataset"
)

type weekday = time.Weekday

// daySet is a set of days: runs in ascending order that do not touch. nil is every day.
type daySet []dataset.DayRange

// filterDays are the days that a filter on Dates[Date] keeps.
func filterDays(f dataset.ResolvedFilter, today dataset.Day, weekStart weekday) daySet {
	switch f.Op {
	case dataset.Last, dataset.This, dataset.Next, dataset.LastCalendar, dataset.NextCalendar:
		return daySet{f.Days(today, weekStart)}
	case dataset.AnyOf:
		all := daySet{}
		for _, a := range f.Any {
			all = append(all, filterDays(a, today, weekStart)...)
		}
		return all.joined()
	}
	var runs daySet
	for _, v := range f.Values {
		text, _ := v.(string)
		if r, ok := dataset.ParseDays(text, today); ok {
			runs = append(runs, r)
		}
	}
	if len(runs) == 0 {
		return daySet{}
	}
	switch f.Op {
	case dataset.GreaterEqual:
		return daySet{{First: runs[0].First, Last: dataset.LastDay}}
	case dataset.Greater:
		return daySet{{First: runs[0].Last + 1, Last: dataset.LastDay}}
	case dataset.LessEqual:
		return daySet{{First: dataset.FirstDay, Last: runs[0].Last}}
	case dataset.Less:
		return daySet{{First: dataset.FirstDay, Last: runs[0].First - 1}}
	case dataset.Between:
		if last := runs[len(runs)-1].Last; runs[0].First <= last {
			return daySet{{First: runs[0].First, Last: last}}
		}
		return daySet{}
	}
	return runs.joined()
}

// joined sorts the runs and joins those that touch.
func (s daySet) joined() daySet {
	slices.SortFunc(s, func(a, b dataset.DayRange) int { return cmp.Compare(a.First, b.First) })
	out := s[:0]
	for _, r := range s {
		if n := len(out); n > 0 && r.First-1 <= out[n-1].Last {
			out[n-1].Last = max(out[n-1].Last, r.Last)
			continue
		}
		out = append(out, r)
	}
	return out
}

// and is what both sets have.
func (s daySet) and(t daySet) daySet {
	if s == nil {
		return t
	}
	if t == nil {
		return s
	}
	out := daySet{}
	for _, a := range s {
		for _, b := range t {
			if first, last := max(a.First, b.First), min(a.Last, b.Last); first <= last {
				out = append(out, dataset.DayRange{First: first, Last: last})
			}
		}
	}
	return out
}

func (s daySet) holds(d dataset.Day) bool {
	if s == nil {
		return true
	}
	for _, r := range s {
		if r.Holds(d) {
			return true
		}
	}
	return false
}

// first and last are the ends of the set; ok is false for the empty set. Every day has no ends.
func (s daySet) ends() (first, last dataset.Day, ok bool) {
	if s == nil {
		return dataset.FirstDay, dataset.LastDay, true
	}
	if len(s) == 0 {
		return 0, 0, false
	}
	return s[0].First, s[len(s)-1].Last, true
}
