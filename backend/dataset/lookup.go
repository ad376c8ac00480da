package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// Column finds a column by its reference. A name without a table must belong to one table only.
// Faults: Invalid, with the nearest names.
func (m *Model) Column(ref FieldRef) (*Column, error) { return m.columnFor(ref, nil) }

// columnFor finds a column for a query over tables: of several with one name it is the one that reaches them
// all, when only one does.
func (m *Model) columnFor(ref FieldRef, tables []string) (*Column, error) {
	table, name := ref.Split()
	var found []*Column
	for _, byName := range []bool{true, false} { // synonyms only when no name fits
		for i := range m.Tables {
			t := &m.Tables[i]
			if table != "" && !strings.EqualFold(t.Name, table) {
				continue
			}
			for j := range t.Columns {
				c := &t.Columns[j]
				if byName && strings.EqualFold(c.Name, name) || !byName && hasFold(c.Synonyms, name) {
					found = append(found, c)
				}
			}
		}
		if len(found) > 0 {
			break
		}
	}
	if len(found) > 1 && len(tables) > 0 {
		reaching := slices.DeleteFunc(slices.Clone(found), func(c *Column) bool {
			return slices.ContainsFunc(tables, func(t string) bool { return !m.Reaches(t, c.Ref()) })
		})
		if len(reaching) > 0 {
			found = reaching
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, invalid(fmt.Sprintf("There is no column %s.", briefly(string(ref))), m.suggestColumns(name))
	}
	var names []string
	for _, c := range found {
		names = append(names, string(c.Ref()))
	}
	return nil, invalid(fmt.Sprintf("The column %s stands in several tables.", ref), "Write "+oneOf(names)+".")
}

// column finds a column of the query.
func (r *resolver) column(ref FieldRef) (*Column, error) { return r.model.columnFor(ref, r.tables) }

// nameTables lists the tables of the measures, of the definitions and of the columns that the values name with
// their table.
func (r *resolver) nameTables(q Query) error {
	for _, v := range q.Values {
		table, _ := v.Field.Split()
		named := []string{table}
		if d := r.defs.find(v.Measure); d != nil {
			named = r.defs.tablesOf(d)
		} else if v.Measure != "" {
			ms, _, err := r.model.measure(v.Measure)
			if err != nil {
				return r.unknownMeasure(v.Measure)
			}
			named[0] = ms.Table
		}
		for _, t := range r.model.Tables {
			if hasFold(named, t.Name) && r.model.Computed(t.Name) && !slices.Contains(r.tables, t.Name) {
				r.tables = append(r.tables, t.Name)
			}
		}
	}
	return nil
}

// measure finds a measure by name, M-number or synonym. shared is a sentence for a person when the
// number or synonym fits several measures and the first was taken.
func (m *Model) measure(name string) (found *Measure, shared string, err error) {
	name = strings.Trim(strings.TrimSpace(name), "[]")
	var hits []*Measure
	for _, fits := range []func(*Measure) bool{
		func(ms *Measure) bool { return strings.EqualFold(ms.Name, name) },
		func(ms *Measure) bool { return ms.Number != "" && strings.EqualFold(ms.Number, name) },
		func(ms *Measure) bool { return hasFold(ms.Synonyms, name) },
	} {
		for i := range m.Measures {
			if fits(&m.Measures[i]) {
				hits = append(hits, &m.Measures[i])
			}
		}
		if len(hits) > 0 {
			break
		}
	}
	if len(hits) == 0 {
		return nil, "", invalid(fmt.Sprintf("There is no measure %s.", briefly(name)), m.suggestMeasures(name))
	}
	if len(hits) > 1 {
		var names []string
		for _, h := range hits {
			names = append(names, h.Name)
		}
		shared = fmt.Sprintf("%s is shared by %s; %s was taken.", name, allOf(names), hits[0].Name)
	}
	return hits[0], shared, nil
}

func hasFold(names []string, name string) bool {
	return slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, name) })
}

func (m *Model) suggestColumns(name string) string {
	var all, refs []string
	for _, t := range m.Tables {
		for _, c := range t.Columns {
			all, refs = append(all, c.Name), append(refs, string(c.Ref()))
		}
	}
	return didYouMean(name, all, refs)
}

func (m *Model) suggestMeasures(name string) string {
	var all []string
	for _, ms := range m.Measures {
		all = append(all, ms.Name)
	}
	return didYouMean(name, all, all)
}

// longestName is how many bytes of a name are compared with others. No name of a model is as long, and comparing takes
// the product of the lengths.
const longestName = 300

// didYouMean hints at the shown forms of the names that are most like name.
func didYouMean(name string, names, shown []string) string {
	if len(name) > longestName {
		return fmt.Sprintf("No name has %d bytes; up to %d are looked at.", len(name), longestName)
	}
	return "Did you mean " + oneOf(nearest(name, names, shown)) + "?"
}

// briefly is a name for a sentence: its first 60 characters and … when it is longer.
func briefly(name string) string {
	n := 0
	for i := range name {
		if n == 60 {
			return name[:i] + "…"
		}
		n++
	}
	return name
}

// nearest picks the shown forms of the three names that are most like name.
func nearest(name string, names, shown []string) []string {
	type candidate struct{ distance, at int }
	cs := make([]candidate, len(names))
	want := strings.ToLower(name)
	for i, n := range names {
		n = strings.ToLower(n)
		d := 2 * editDistance(want, n)
		if len(want) > 2 && (strings.Contains(n, want) || strings.Contains(want, n)) {
			d = len(n) - len(want)
			if d < 0 {
				d = -d
			}
		}
		cs[i] = candidate{d, i}
	}
	slices.SortStableFunc(cs, func(a, b candidate) int { return a.distance - b.distance })
	var out []string
	for _, c := range cs[:min(3, len(cs))] {
		out = append(out, shown[c.at])
	}
	return out
}

// editDistance counts the insertions, deletions and replacements of bytes between a and b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}

func oneOf(names []string) string { return enumerate(names, " or ") }
func allOf(names []string) string { return enumerate(names, " and ") }

func enumerate(names []string, last string) string {
	switch len(names) {
	case 0:
		return "nothing"
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + last + names[len(names)-1]
}
