package columns

import "sightline/backend/dataset"

// factBase is what a base over facts says beside the timing.
type factBase struct {
	// table is the one that the base is computed over; empty for that of the value.
	table string
	// on is the stored instant that rows of onInstant stand on; empty for the one that orders them.
	on string
	// until is the stored instant that ends the life of a row, for asOf and atStart: a row counts from its birth
	// until then. Empty is never.
	until string
	where []condition
}

// condition keeps rows whose column holds one of the texts, or none of them. A blank is the text "".
type condition struct {
	column dataset.FieldRef
	in     []string
	not    bool
}

// is keeps rows whose column holds one of the texts.
func is(column dataset.FieldRef, texts ...string) condition {
	return condition{column: column, in: texts}
}

// isNot keeps rows whose column holds none of the texts.
func isNot(column dataset.FieldRef, texts ...string) condition {
	return condition{column: column, in: texts, not: true}
}

// conditions writes conditions as the filters that they are.
func (g *generation) conditions(cs []condition) []dataset.ResolvedFilter {
	out := make([]dataset.ResolvedFilter, 0, len(cs))
	for _, c := range cs {
		f := dataset.ResolvedFilter{Column: columnOf(c.column), Op: dataset.In}
		if c.not {
			f.Op = dataset.NotIn
		}
		for _, text := range c.in {
			if text == "" {
				f.Values = append(f.Values, nil)
			} else {
				f.Values = append(f.Values, text)
			}
		}
		out = append(out, f)
	}
	return out
}

// columnOf is as much of a column of texts as a filter needs.
func columnOf(ref dataset.FieldRef) dataset.Column {
	table, name := ref.Split()
	return dataset.Column{Table: table, Name: name, Type: dataset.Text}
}

// calculationOf is how a value is computed.
func calculationOf(v *dataset.ResolvedValue) calculation {
	switch {
	case v.Measure == nil && v.Table == dataset.WorkItems:
		return over(asOf, nil, v.Column.Ref(), v.Aggregate)
	case v.Measure == nil:
		return over(onInstant, nil, v.Column.Ref(), v.Aggregate)
	}
	if c, ok := calculations[v.Measure.Name]; ok {
		return c
	}
	return factCalculations[v.Measure.Name]
}

// countFacts counts rows by the day of a stored instant; empty for the one that orders them.
func countFacts(on string, where ...condition) calculation {
	return calculation{bases: []base{factsOn(on, where...)}, finish: finishCount}
}

// factsOn is the base that counts rows by the day of a stored instant.
func factsOn(on string, where ...condition) base {
	return base{timing: onInstant, agg: aggCount, factBase: factBase{on: on, where: where}}
}

// countAlive counts the rows that were born and whose end lay ahead.
func countAlive(until string, where ...condition) calculation {
	return calculation{bases: []base{{timing: asOf, agg: aggCount, factBase: factBase{until: until, where: where}}}, finish: finishCount}
}

// ratio divides what two bases count; over several rows it is the ratio of their sums, null without any.
func ratio(part, whole base) calculation {
	return calculation{bases: []base{part, whole}, finish: func(cs []cell, _ float64) answer {
		if cs[1].n == 0 {
			return nothing
		}
		return number(float64(cs[0].n) / float64(cs[1].n))
	}}
}
