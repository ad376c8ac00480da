package report

import (
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
	name = strings.TrimSuffix(name, " path")
	values := make([]string, len(f.Values))
	for i, v := range f.Values {
		values[i] = Label(v)
	}
	list := join(values, "or")
	switch f.Op {
	case dataset.In, "":
		return name + " is " + list
	case dataset.NotIn:
		return name + " is not " + list
	case dataset.Under:
		return name + " is " + list + " or below"
	case dataset.Between:
		return name + " is between " + join(values, "and")
	case dataset.Contains:
		return name + " contains " + list
	case dataset.StartsWith:
		return name + " begins with " + list
	case dataset.IsBlank:
		return name + " is blank"
	case dataset.IsNotBlank:
		return name + " is not blank"
	case dataset.Last, dataset.This, dataset.Next:
		return name + " is in the " + string(f.Op) + " " + strings.Join(values, " ")
	case dataset.Current:
		return name + " is the current one"
	default:
		return name + " " + string(f.Op) + " " + list
	}
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
