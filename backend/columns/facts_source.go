package columns

import (
	"slices"

	"sightline/backend/dataset"
)

// factRelation declares the columns that reach the rows of a table of facts. parent is nil without one.
func (g *generation) factRelation(f *facts, parent *relation) *relation {
	r := &relation{table: f.layout.Table, now: &f.segment, facts: f, sources: map[dataset.FieldRef]*source{}, firstDay: f.firstDay(g.cal)}
	for i, c := range f.layout.Columns {
		g.factSources(r, c, &f.columns[i])
	}
	for ref, s := range factSpans {
		if table, _ := ref.Split(); table == r.table {
			r.span(ref, s)
		}
	}
	if add := factColumns[r.table]; add != nil {
		add(g, r)
	}
	if parent != nil {
		r.liftFrom(parent)
	}
	return r
}

// liftFrom adds the columns of the parent that the table has not itself.
func (r *relation) liftFrom(parent *relation) {
	for i, c := range r.facts.layout.Columns {
		if c.Kind != dataset.FactParent {
			continue
		}
		for ref, s := range parent.sources {
			if _, own := r.sources[ref]; !own && s.up == nil {
				r.sources[ref] = s.lifted(parent, r.facts.columns[i].vector)
			}
		}
	}
}

// factSources declares what one stored column gives.
func (g *generation) factSources(r *relation, c dataset.FactColumn, data *factColumn) {
	ref := dataset.FieldRef(r.table + "[" + c.Name + "]")
	add := func(ref dataset.FieldRef, d *domain) *source {
		s := &source{ref: ref, vector: data.vector, domain: d}
		r.sources[ref] = s
		return s
	}
	switch c.Kind {
	case dataset.FactProject, dataset.FactRepository, dataset.FactPipeline:
		for ref, d := range g.shared[c.Kind] {
			add(ref, d)
		}
	case dataset.FactPerson:
		add(ref, g.people)
	case dataset.FactText:
		g.textSource(r, c.Name, add(ref, nil), data)
	case dataset.FactTags:
		lists := make([][]string, len(data.codes))
		for code, id := range data.codes {
			lists[code] = g.dicts.tagSets[g.dicts.tagSetIDs.at(id)]
		}
		add(ref, manyDomain(lists, func(t string) dataset.Member { return dataset.Member{Value: t, Label: t} }))
	case dataset.FactFlag:
		add(ref, newDomain([]entry{blankEntry(dataset.Blank), flagEntry(false), flagEntry(true)}))
	case dataset.FactTitle:
		r.sources[ref] = &source{ref: ref, titles: data.titles, present: true}
	case dataset.FactInstant:
		r.day(dataset.FactDay(r.table, c.Name), data.instant)
	case dataset.FactNumber:
		g.factNumber(r, ref, data)
	case dataset.FactID:
		ids := data.ids
		r.sources[ref] = &source{ref: ref, number: func(_ *generation, _ *segment, row int32, _ *moment) float64 { return float64(ids[row]) }}
	case dataset.FactParent: // its columns are lifted
	}
}

func flagEntry(yes bool) entry {
	label := "No"
	if yes {
		label = "Yes"
	}
	return entry{member: dataset.Member{Value: yes, Label: label}, order: []float64{-float64(boolInt(yes))}}
}

func (g *generation) factNumber(r *relation, ref dataset.FieldRef, data *factColumn) {
	if data.values != nil {
		r.sources[ref] = &source{ref: ref, vector: data.vector, numbers: data.values, domain: newDomain(entriesOf(data.values, numberEntry))}
		return
	}
	xs := data.numbers
	r.sources[ref] = &source{ref: ref, number: func(_ *generation, _ *segment, row int32, _ *moment) float64 { return xs[row] }}
}

// textSource completes a column of texts: the order of its members, and what it held at earlier times.
func (g *generation) textSource(r *relation, column string, s *source, data *factColumn) {
	texts := make([]string, len(data.codes))
	for code, id := range data.codes {
		texts[code] = g.dicts.texts[g.dicts.textIDs.at(id)]
	}
	rule := factRules[r.table]
	for _, st := range rule.stages[column] {
		code := slices.Index(texts, st.text)
		if code < 0 {
			code = len(texts)
			texts = append(texts, st.text)
		}
		s.stages = append(s.stages, stage{instants: r.facts.until(st), code: uint32(code)})
	}
	order := rule.orders[column]
	s.domain = newDomain(entriesOf(texts, func(t string) entry {
		place := slices.Index(order, t)
		if place < 0 {
			place = len(order)
		}
		e := textEntry(t, float64(place))
		if t != "" && slices.Contains(rule.words, column) {
			e.member.Label = spoken(t)
		}
		return e
	}))
}

// until is the instant of a stage of each row.
func (f *facts) until(st stageRule) []int64 {
	ms := f.instant(st.until).ms
	if st.or == "" {
		return ms
	}
	out, or := slices.Clone(ms), f.instant(st.or).ms
	for row, x := range out {
		if x == 0 {
			out[row] = or[row]
		}
	}
	return out
}

// day is the column of the days of an instant, which is blank while it lies ahead.
func (r *relation) day(ref dataset.FieldRef, in factInstant) {
	r.sources[ref] = &source{ref: ref, aged: true, number: func(_ *generation, _ *segment, row int32, at *moment) float64 {
		if in.ms[row] >= at.cut {
			return nan
		}
		return dayNumber(in.days.at(row))
	}}
}

// span is a column of the time between two instants, blank while the later one lies ahead.
func (r *relation) span(ref dataset.FieldRef, s span) {
	from, to := r.facts.instant(s.from).ms, r.facts.instant(s.to).ms
	r.sources[ref] = &source{ref: ref, aged: true, number: func(_ *generation, _ *segment, row int32, at *moment) float64 {
		if from[row] == 0 || to[row] == 0 || to[row] >= at.cut {
			return nan
		}
		return float64(to[row]-from[row]) / s.unit
	}}
}
