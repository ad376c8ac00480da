package report

import (
	"cmp"
	"fmt"
	"strings"

	"sightline/backend/dataset"
)

// Restate says in words what a list of filters keeps: "Area is Checkout and Priority is 1 or 2".
func Restate(filters []dataset.Filter) string {
	parts := make([]string, 0, len(filters))
	for _, f := range filters {
		parts = append(parts, restateOne(f))
	}
	return strings.Join(parts, " and ")
}

func restateOne(f dataset.Filter) string {
	_, name := f.Field.Split()
	return strings.TrimSuffix(name, " path") + " " + condition(f)
}

// condition is what a filter says of its column.
func condition(f dataset.Filter) string {
	if len(f.Any) > 0 {
		either := make([]string, len(f.Any))
		for i, a := range f.Any {
			either[i] = condition(a)
		}
		return join(either, "or")
	}
	values := make([]string, len(f.Values))
	for i, v := range f.Values {
		values[i] = Label(v)
	}
	list := join(values, "or")
	switch f.Op {
	case dataset.In, "":
		return "is " + list
	case dataset.NotIn:
		return "is not " + list
	case dataset.Under:
		return "is " + list + " or below"
	case dataset.Between:
		return "is between " + join(values, "and")
	case dataset.Contains:
		return "contains " + list
	case dataset.NotContains:
		return "does not contain " + list
	case dataset.StartsWith:
		return "starts with " + list
	case dataset.NotStartsWith:
		return "does not start with " + list
	case dataset.IsBlank:
		return "is blank"
	case dataset.IsNotBlank:
		return "is not blank"
	case dataset.Last, dataset.This, dataset.Next, dataset.LastCalendar, dataset.NextCalendar:
		return relativeDays(f)
	case dataset.Current:
		return "is the current one"
	case dataset.TopN, dataset.BottomN:
		by := ""
		if f.By != nil {
			by = " by " + cmp.Or(f.By.Name, f.By.Measure, string(f.By.Field))
		}
		return "is one of the " + string(f.Op) + " " + list + by
	}
	return compared(f) + " " + list
}

// compared are the words of an order: days come before and after, numbers are less and greater.
func compared(f dataset.Filter) string {
	words := map[dataset.Op][2]string{
		dataset.GreaterEqual: {"is greater than or equal to", "is on or after"}, dataset.Greater: {"is greater than", "is after"},
		dataset.LessEqual: {"is less than or equal to", "is on or before"}, dataset.Less: {"is less than", "is before"},
	}[f.Op]
	if len(f.Values) == 1 {
		if _, isDay := f.Values[0].(string); isDay {
			return words[1]
		}
	}
	return words[0]
}

// relativeDays reads "is in the last 30 days", "is in the last 2 calendar months", "is in this week".
func relativeDays(f dataset.Filter) string {
	if len(f.Values) < 2 {
		return "is in the " + string(f.Op)
	}
	n, unit := Label(f.Values[0]), Label(f.Values[1])
	when := map[dataset.Op]string{dataset.Last: "last", dataset.LastCalendar: "last", dataset.Next: "next", dataset.NextCalendar: "next", dataset.This: "this"}[f.Op]
	if f.Op == dataset.This && n == "1" {
		return "is in this " + unit
	}
	if f.Op == dataset.LastCalendar || f.Op == dataset.NextCalendar || f.Op == dataset.This && unit != "day" {
		unit = "calendar " + unit
	}
	if n != "1" {
		unit += "s"
	}
	if f.Op == dataset.This { // the present one and those before it
		when = "present and past"
	}
	words := "is in the " + when + " " + n + " " + unit
	if len(f.Values) == 3 && f.Values[2] == false {
		words += " without today"
	}
	return words
}

// Label is a member's value as a person reads it; a path shows its last node.
func Label(v any) string {
	switch x := v.(type) {
	case nil:
		return "(Blank)"
	case string:
		if x == "InProgress" {
			return "In progress"
		}
		if i := strings.LastIndexByte(x, '\\'); i >= 0 {
			return x[i+1:]
		}
		return x
	case bool:
		if x {
			return "Yes"
		}
		return "No"
	default:
		return fmt.Sprint(x)
	}
}

func join(words []string, last string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
	}
}
