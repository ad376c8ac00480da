package dataset

import (
	"fmt"
	"strings"
	"time"
)

// relative reports whether the operator takes a count and a unit and is understood from the as-of day.
func (op Op) relative() bool {
	switch op {
	case Last, This, Next, LastCalendar, NextCalendar:
		return true
	}
	return false
}

// relative reads [n, unit], and for rolling periods a third value that is false to leave the as-of day out.
func relative(f ResolvedFilter, values []any) (ResolvedFilter, error) {
	rolling := f.Op == Last || f.Op == Next
	refuse := func() (ResolvedFilter, error) {
		hint := `Write [30, "day"]; units are day, week, month, quarter and year.`
		if rolling {
			hint += ` A third value false leaves the as-of day out.`
		}
		return ResolvedFilter{}, invalid(fmt.Sprintf("%q on %s takes a number and a unit.", f.Op, f.Column.Ref()), hint)
	}
	if len(values) == 3 && rolling {
		today, ok := values[2].(bool)
		if !ok {
			return refuse()
		}
		f.NotToday, values = !today, values[:2]
	}
	if len(values) != 2 {
		return refuse()
	}
	n, ok := typedValue(Integer, f.Op, values[0])
	unit, isText := values[1].(string)
	count, isNumber := n.(float64)
	f.Unit = Grain(strings.TrimSuffix(strings.ToLower(unit), "s"))
	if !ok || !isText || !isNumber || count < 1 || count > 10000 || !validGrain(f.Unit) {
		return refuse()
	}
	f.N = int(count)
	return f, nil
}

// Days are the days that a filter by last, this, next, lastCalendar or nextCalendar means, seen from today.
func (f ResolvedFilter) Days(today Day, weekStart time.Weekday) DayRange {
	r := RelativeDays(f.Op, f.N, f.Unit, today, weekStart)
	switch {
	case f.NotToday && f.Op == Last:
		return DayRange{(today-1).Add(-f.N, f.Unit) + 1, today - 1}
	case f.NotToday && f.Op == Next:
		return DayRange{today + 1, (today+1).Add(f.N, f.Unit) - 1}
	}
	return r
}

// maxAlternatives bounds how many alternatives one filter may have.
const maxAlternatives = 100

// alternatives checks a filter of which at least one part must hold.
func (r *resolver) alternatives(c Column, f Filter) (ResolvedFilter, error) {
	ref := c.Ref()
	if len(f.Any) == 0 || len(f.Any) > maxAlternatives || f.Op != "" && f.Op != AnyOf || len(f.Values) > 0 || f.By != nil {
		return ResolvedFilter{}, invalid(fmt.Sprintf("The alternatives on %s are not understood.", ref),
			fmt.Sprintf(`Write {"field": …, "any": [filters]} with 1 to %d filters, and no op or values beside them.`, maxAlternatives))
	}
	out := ResolvedFilter{Column: c, Op: AnyOf}
	for _, inner := range f.Any {
		if inner.Field == "" {
			inner.Field = f.Field
		}
		rf, err := r.filter(inner)
		if err != nil {
			return ResolvedFilter{}, err
		}
		switch {
		case rf.Column.Ref() != ref:
			return ResolvedFilter{}, invalid(fmt.Sprintf("The alternatives on %s name %s too.", ref, rf.Column.Ref()), "Alternatives are on one column.")
		case rf.Op == AnyOf || rf.By != nil:
			return ResolvedFilter{}, invalid(fmt.Sprintf("An alternative on %s is by top or bottom, or has alternatives itself.", ref), "Use operators that test one value.")
		}
		out.Any = append(out.Any, rf)
	}
	return out, nil
}
