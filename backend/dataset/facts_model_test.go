package dataset

import (
	"slices"
	"strings"
	"testing"
)

// daysOf are the columns of days whose names do not follow from the instants they come from.
var daysOf = map[string]string{"Commits/Authored": "Author date", "Commits/Committed": "Commit date"}

func TestEveryStoredColumnOfAFactTableIsAColumnOfTheModel(t *testing.T) {
	for _, f := range factTables {
		described, _, ok := factModelOf(f.Table)
		if !ok || described.Name != f.Table || described.Description == "" {
			t.Fatalf("%s is not described", f.Table)
		}
		for _, c := range f.Columns {
			name := c.Name
			switch c.Kind {
			case FactProject, FactRepository, FactPipeline, FactParent:
				continue // a relationship, not a column
			case FactInstant:
				name += " date"
				if other := daysOf[f.Table+"/"+c.Name]; other != "" {
					name = other
				}
			}
			if !slices.ContainsFunc(described.Columns, func(d Column) bool { return d.Name == name }) {
				t.Errorf("%s has no column %s", f.Table, name)
			}
		}
	}
}

func TestColumnsOfFactTablesAreDescribed(t *testing.T) {
	for name := range factModels {
		described, _, _ := factModelOf(name)
		seen := map[string]bool{}
		for _, c := range described.Columns {
			if c.Table != name || c.Description == "" || !strings.HasSuffix(c.Description, ".") || c.Type == "" || !c.Groupable || !c.Filterable {
				t.Errorf("%s: %+v", c.Ref(), c)
			}
			for _, n := range append([]string{c.Name}, c.Synonyms...) {
				if seen[strings.ToLower(n)] {
					t.Errorf("%s has %s twice", name, n)
				}
				seen[strings.ToLower(n)] = true
			}
		}
	}
}

func TestMeasuresOfFactsHaveNamesOfTheirOwn(t *testing.T) {
	owner := map[string]string{}
	all := measures("estimate")
	for name := range factModels {
		_, ms, _ := factModelOf(name)
		all = append(all, ms...)
	}
	for _, m := range all {
		if m.Table == "" || m.Formula == "" || !strings.HasSuffix(m.Description, ".") || m.Format == "" || m.Folder == "" || m.Direction == "" {
			t.Errorf("%+v", m)
		}
		for _, n := range append([]string{m.Name}, m.Synonyms...) {
			n = strings.ToLower(n)
			if other, taken := owner[n]; taken && other != m.Name && n[0] != 'm' { // a number may be shared
				t.Errorf("%q means %s and %s", n, other, m.Name)
			}
			owner[n] = m.Name
		}
	}
}

// M36 and M38 need single results and test points, which are not loaded; M43 is a filter.
func TestEveryMeasureOfSourceAndPipelinesHasItsNumber(t *testing.T) {
	have := map[string]bool{}
	for name := range factModels {
		_, ms, _ := factModelOf(name)
		for _, m := range ms {
			have[m.Number] = true
			if m.Number != "" && !strings.HasPrefix(m.Formula, m.Number+": ") {
				t.Errorf("%s: formula %q does not begin with %s", m.Name, m.Formula, m.Number)
			}
		}
	}
	for _, n := range []string{"M30", "M31", "M32", "M33", "M34", "M35", "M37", "M39", "M40", "M41", "M42", "M44"} {
		if !have[n] {
			t.Errorf("no measure %s", n)
		}
	}
}
