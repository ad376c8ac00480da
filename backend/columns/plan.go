package columns

import (
	"context"
	"slices"

	"sightline/backend/dataset"
)

// plan is one query made ready for one generation.
type plan struct {
	ctx       context.Context
	g         *generation
	share     *shared
	r         *dataset.Resolved
	at        *moment // the as-of time
	atDayEnd  bool
	filter    *predicate
	highlight *predicate // nil without a highlight
	dims      []*dim     // rows, then columns
	rowDims   int
	dated     int // position of the date axis in dims, or -1
	detail    int // position of the column Id when every group is one item, or -1
	axis      axis
	idealDays dataset.DayRange
	endFrac   float64
	values    []valuePlan
	scans     []*scan
	kinds     []uint8 // kinds that some value needs; nil for all
	notes     []string
}

// valuePlan is one value of the query.
type valuePlan struct {
	calculation
	filter *predicate // nil without filters of its own
	bases  []basePlan
}

// basePlan is a base with what it reads.
type basePlan struct {
	base
	value  *valuePlan
	kinds  []uint8 // nil for all
	source *source
}

// newPlan looks at the query, not yet at rows.
func newPlan(ctx context.Context, g *generation, share *shared, q dataset.Query, clock int64) (*plan, error) {
	r, err := g.model.Resolve(q)
	if err != nil {
		return nil, err
	}
	p := &plan{ctx: ctx, g: g, share: share, r: r, dated: -1, detail: -1, rowDims: len(r.Rows), notes: slices.Clone(r.Notes)}
	p.resolveAsOf(g.now(clock))
	p.filter = p.compile(r.Filters)
	if r.Highlighted {
		p.highlight = p.compile(r.Highlight)
	}
	for _, group := range append(slices.Clone(r.Rows), r.Columns...) {
		p.dims = append(p.dims, &dim{ref: group.Column.Ref(), column: group.Column, grain: group.Grain, source: g.sources[group.Column.Ref()]})
		if group.Column.Ref() == dataset.DateAxis {
			p.dated = len(p.dims) - 1
		}
	}
	p.resolveValues()
	if err := p.resolveAxis(); err != nil {
		return nil, err
	}
	p.fractions()
	p.resolveDetail()
	p.addNotes()
	return p, nil
}

func (p *plan) resolveAsOf(now *moment) {
	p.at = now
	switch a := p.r.AsOf; a.Kind {
	case dataset.AsOfDay:
		if a.Day > now.day {
			p.notes = append(p.notes, "The as-of day lies ahead; this is the state as it is now.")
		}
		p.at = p.g.endOf(a.Day, now)
		p.atDayEnd = a.Day < now.day
	case dataset.AsOfInstant:
		p.at = p.g.at(a.Instant.UnixMilli(), now)
	}
}

func (p *plan) compile(filters []dataset.ResolvedFilter) *predicate {
	c := p.g.compile(filters, p.at.day)
	p.notes = append(p.notes, c.notes...)
	return c
}

func (p *plan) resolveValues() {
	p.values = make([]valuePlan, len(p.r.Values), len(p.r.Values)+1)
	for i, rv := range p.r.Values {
		v := &p.values[i]
		if rv.Measure != nil {
			v.calculation = calculations[rv.Measure.Name]
		} else {
			v.calculation = over(asOf, nil, rv.Column.Ref(), rv.Aggregate)
		}
		if len(rv.Filters) > 0 {
			v.filter = p.compile(rv.Filters)
		}
	}
	if len(p.values) == 0 { // only members are asked for: those that some item has
		p.values = append(p.values, valuePlan{calculation: countOnly(asOf, nil)})
	}
	all := p.g.dicts.kinds.values
	needed, every := make([]uint8, len(all)), false
	for i := range p.values {
		v := &p.values[i]
		for _, b := range v.calculation.bases {
			bp := basePlan{base: b, value: v, source: p.g.sources[b.column]}
			if b.keep == nil {
				every = true
			} else {
				bp.kinds = make([]uint8, len(all))
				for c, k := range all {
					bp.kinds[c] = uint8(boolInt(b.keep(k)))
					needed[c] |= bp.kinds[c]
				}
			}
			v.bases = append(v.bases, bp)
		}
	}
	if !every {
		p.kinds = needed
	}
}

// resolveDetail finds out whether every group is one item, so that the item alone is the key.
func (p *plan) resolveDetail() {
	if p.dated >= 0 {
		return
	}
	for i, d := range p.dims {
		if d.ref == dataset.ID {
			p.detail = i
		}
	}
	for _, d := range p.dims {
		if d.source.domain != nil && d.source.domain.many != nil {
			p.detail = -1 // an item stands in several groups
		}
	}
	for i := range p.values {
		v := &p.values[i]
		if v.filter != nil && v.filter.dates != nil || slices.ContainsFunc(v.bases, func(b basePlan) bool { return b.timing == atStart }) {
			p.detail = -1 // the item may stand in different groups at different times
		}
	}
	if p.axis.end != nil && p.axis.end.cut != p.at.cut {
		p.detail = -1
	}
}

// future reports whether a value holds for days to come.
func (p *plan) future() bool {
	return slices.ContainsFunc(p.values, func(v valuePlan) bool { return v.future })
}

func (p *plan) hasEvents() bool {
	return slices.ContainsFunc(p.values, func(v valuePlan) bool {
		return slices.ContainsFunc(v.bases, func(b basePlan) bool { return b.timing.event() })
	})
}

// valueDays narrows the range of the query to that of one value.
func (p *plan) valueDays(v *valuePlan) daySet {
	if v.filter == nil {
		return p.axis.days
	}
	return p.axis.days.and(v.filter.dates)
}

// endOf is the moment of a value without a date axis; nil when its range lies ahead.
func (p *plan) endOf(v *valuePlan) *moment {
	if v.filter == nil || v.filter.dates == nil {
		return p.axis.end
	}
	first, last, ok := p.valueDays(v).ends()
	if !ok || first > p.at.day {
		return nil
	}
	return p.g.endOf(min(last, p.at.day), p.at)
}

func (p *plan) addNotes() {
	if !p.g.info.Complete {
		p.notes = append(p.notes, "The history is not loaded whole yet: trends, earlier days and cycle times are incomplete.")
	}
	present := slices.Clone(p.filter.present)
	for _, d := range p.dims {
		if d.source != nil && d.source.present {
			present = append(present, d.column.Name)
		}
	}
	slices.Sort(present)
	if present = slices.Compact(present); len(present) > 0 && (!p.at.current() || p.dated >= 0) {
		for _, name := range present {
			p.notes = append(p.notes, name+" is shown as it is now: its earlier values are not in memory.")
		}
	}
	if p.highlight != nil && p.highlight.dates != nil && slices.ContainsFunc(p.values, func(v valuePlan) bool {
		return slices.ContainsFunc(v.bases, func(b basePlan) bool { return !b.timing.event() })
	}) {
		p.notes = append(p.notes, "A date cannot be highlighted in a value that is a state; filter by it instead.")
	}
	for i := range p.values {
		if p.axis.start == nil && slices.ContainsFunc(p.values[i].bases, func(b basePlan) bool { return b.timing == atStart }) {
			p.notes = append(p.notes, p.r.Values[i].Info.Name+" needs a start: filter Dates[Date], or one dated iteration.")
		}
	}
	p.notes = append(p.notes, p.partialNotes()...)
	p.notes = distinct(p.notes)
}

func distinct(texts []string) []string {
	var out []string
	for _, t := range texts {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
