package columns

import "slices"

// The direct way answers the common queries without a list of rows: groups and numbers are codes of narrow columns, so
// the key of a group is looked up and counted where the row stands. The other way (scan, table, fill) makes an entry of
// every row and answers everything: texts, members of which a row has several, groups that change from day to day.

// maxDirectCells is how many cells the direct way fills: it has a place for every combination of members.
const maxDirectCells = 1 << 18

// goesDirectly reports whether the direct way can answer the query.
func (p *plan) goesDirectly() bool {
	if p.g.listed {
		return false
	}
	if p.detail >= 0 {
		return p.listsDirectly()
	}
	cells := max(1, len(p.axis.cuts))
	for _, s := range p.sides {
		if s.highlight != nil && s.highlight.aged {
			return false
		}
		for i, src := range s.sources {
			if i != p.dated && !src.isCode(s) {
				return false
			}
		}
	}
	for i := range p.dims {
		if i != p.dated {
			if cells *= len(p.sides[0].sources[i].domain.members); cells > maxDirectCells {
				return false
			}
		}
	}
	for i := range p.values {
		for j := range p.values[i].bases {
			b := &p.values[i].bases[j]
			if !p.looksDirectly(b, false) || p.dated >= 0 && !p.looksDirectly(b, true) {
				return false
			}
		}
	}
	return true
}

// isCode reports whether each row has one code of the column, the same at all times.
func (s *source) isCode(of *side) bool {
	return s.domain != nil && s.domain.many == nil && s.number == nil && s.days == nil && s.titles == nil && (of.settled || !s.staged())
}

// isCodedNumber reports whether the column's numbers are those of codes of the row.
func (s *source) isCodedNumber(of *side) bool {
	return s.number == nil && s.titles == nil && (s.domain == nil || s.domain.many == nil) && (of.settled || !s.staged())
}

// looksDirectly reports whether the rows and the numbers of a base can be looked up, with the date axis or without.
func (p *plan) looksDirectly(b *basePlan, onAxis bool) bool {
	if b.timing >= inWindow || b.agg == aggDeviation {
		return false // rows with moments, runs or numbers of their own
	}
	l, ok := p.lookOf(b, onAxis)
	if !ok {
		return false
	}
	if l == nil {
		return true // no time to look at
	}
	if b.agg != aggCount && b.source.number == nil && !b.source.isCodedNumber(b.side) {
		return false
	}
	ofItem := func(src *source) bool { return src != nil && src.ofItem && l.seg.past != nil }
	if slices.ContainsFunc(b.side.sources, ofItem) || b.agg != aggCount && ofItem(b.source) {
		return false
	}
	if !l.trend {
		return true
	}
	last := &p.axis.cuts[len(p.axis.cuts)-1]
	return b.agg.invertible() && !p.aged(b) && (b.agg == aggCount || b.source.isCodedNumber(b.side)) &&
		(last.current() || last.cut == p.g.cal.start(last.day+1))
}

// look is which rows a base looks at, and when.
type look struct {
	seg    *segment
	lo, hi int
	at     *moment
	trend  bool
	event  *dayColumn // the day on which rows stand; nil for a state
}

// lookOf finds the rows of a base. nil without a time to look at; ok is false when they cannot be looked up.
func (p *plan) lookOf(b *basePlan, onAxis bool) (l *look, ok bool) {
	rel := b.side.rel
	l = &look{seg: rel.now, hi: rel.now.n, at: p.at}
	switch {
	case b.timing.event():
		if !p.at.current() {
			return nil, false
		}
		return l, p.lookAtEvents(b, l)
	case b.timing == atStart:
		l.at = p.axis.start
	case !onAxis:
		l.at = p.endOf(b.value)
	default:
		if l.trend = len(p.axis.cuts) > 0; !l.trend {
			return nil, true
		}
		l.at = &p.axis.cuts[0]
	}
	if l.at == nil {
		return nil, true
	}
	if l.at.current() && !l.trend {
		return l, true
	}
	if rel.past == nil {
		return nil, false
	}
	l.seg, l.hi = rel.past, rel.past.n
	return l, true
}

// lookAtEvents finds the days on which the rows of a base stand, and the range of rows that can lie in the query's;
// false when the days are not those of a stored column.
func (p *plan) lookAtEvents(b *basePlan, l *look) bool {
	switch f := b.side.rel.facts; {
	case b.timing == onCreated:
		l.event = &p.g.items.created.day
	case b.timing == onCompleted:
		l.event = &l.seg.completed.day
	case b.on != "":
		if at := f.layout.Column(b.on); at >= 0 {
			l.event = &f.columns[at].instant.days
		} else if in := f.instant(b.on); in.ms != nil {
			l.event = &in.days
		} else {
			return false
		}
	default:
		l.event = &f.event.days
		if first, last, ok := p.valueDays(b.value).ends(); ok {
			l.lo, l.hi = f.window(p.g.cal, first, last)
		}
	}
	return true
}

// directTable computes every base in every cell. Its keys are slots.
func (p *plan) directTable(t *table) (*table, error) {
	if t.isDetail() {
		return p.listTable(t)
	}
	t.dense, t.groups = true, 1
	t.strides = make([]uint64, len(t.dims))
	for i := len(t.dims) - 1; i >= 0; i-- {
		t.strides[i] = uint64(t.groups)
		t.groups *= max(1, len(p.dims[t.dims[i]].members))
	}
	t.touched = make([]bool, t.groups)
	t.touched[0] = len(t.dims) == 0 // the one group there is stands even without rows
	if err := t.tooLarge(); err != nil {
		return nil, err
	}
	fold := t.foldFinest()
	for i := range p.values {
		var whole, part []series
		for j := range p.values[i].bases {
			if err := p.ctx.Err(); err != nil {
				return nil, err
			}
			b := &p.values[i].bases[j]
			if fold != nil && b.agg.invertible() {
				whole, part = append(whole, t.folded(fold, p.finest.values[i][j])), append(part, t.folded(fold, p.finest.parts[i][j]))
				continue
			}
			w, l, err := t.direct(b)
			if err != nil {
				return nil, err
			}
			whole, part = append(whole, w), append(part, l)
		}
		t.values, t.parts = append(t.values, whole), append(t.parts, part)
	}
	if p.finest == nil {
		p.finest = t
	}
	return t, nil
}
