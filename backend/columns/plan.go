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
	sides     []*side // the tables that values are computed over, one at least
	dims      []*dim  // rows, then columns
	rowDims   int
	dated     int     // position of the date axis in dims, or -1
	detail    int     // position of the column that tells the row when every group is one row of the only table, or -1
	key       *rowKey // that column
	axis      axis
	idealDays dataset.DayRange
	endFrac   float64
	sprints   []sprint                // by code of the iteration; nil until somebody asks
	asked     []asked                 // the values of the query
	leaves    []dataset.ResolvedValue // what is computed over rows for them
	values    []valuePlan             // of the leaves
	tables    map[string]*table
	scans     []*scan
	finest    *table   // the first that the direct way made: it has all groups
	list      *rowList // of the direct way, when every group is a row
	room      numbersRoom
	onDaysOf  map[listKey]*rowSet
	numbersIn map[listKey][]float64
	direct    bool // the direct way answers
	notes     []string
	looked    int // rows, for the explanation
}

// valuePlan is one value of the query.
type valuePlan struct {
	calculation
	days  daySet // of filters of its own on Dates[Date]; nil without one
	bases []basePlan
}

// basePlan is a base with what it reads.
type basePlan struct {
	base
	value  *valuePlan
	side   *side
	filter *predicate // of the value alone; nil without
	kinds  []uint8    // of work items; nil for all
	where  *predicate // of the base; nil without
	source *source
}

// newPlan looks at the query, not yet at rows.
func newPlan(ctx context.Context, g *generation, share *shared, q dataset.Query, clock int64) (*plan, error) {
	r, err := g.model.ResolveContext(ctx, q)
	if err != nil {
		return nil, err
	}
	p := &plan{ctx: ctx, g: g, share: share, r: r, dated: -1, detail: -1, rowDims: len(r.Rows), notes: slices.Clone(r.Notes)}
	p.resolveAsOf(g.now(clock))
	if err := p.settleRanked(q, clock); err != nil {
		return nil, err
	}
	for _, group := range append(slices.Clone(r.Rows), r.Columns...) {
		p.dims = append(p.dims, &dim{ref: group.Column.Ref(), column: group.Column, grain: group.Grain})
		if group.Column.Ref() == dataset.DateAxis {
			p.dated = len(p.dims) - 1
		}
	}
	if err := p.resolveValues(); err != nil {
		return nil, err
	}
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

func (p *plan) resolveValues() error {
	p.resolveAsked()
	p.values = make([]valuePlan, len(p.leaves), len(p.leaves)+1)
	for i := range p.leaves {
		p.values[i].calculation = calculationOf(&p.leaves[i])
		p.addBases(&p.values[i], p.leaves[i].Table)
	}
	if len(p.values) == 0 { // only members are asked for: those that some row has
		p.values = append(p.values, valuePlan{calculation: countOnly(asOf, nil)})
		p.addBases(&p.values[0], p.r.Table)
		p.asked = append(p.asked, asked{})
	}
	if err := p.prepareSides(); err != nil {
		return err
	}
	for i := range p.values {
		var own []dataset.ResolvedFilter
		if i < len(p.leaves) {
			own = p.leaves[i].Filters
		}
		for j := range p.values[i].bases {
			if err := p.prepareBase(&p.values[i].bases[j], own); err != nil {
				return err
			}
		}
	}
	p.resolveKinds()
	return p.checkInMemory()
}

// addBases plans the bases of a value over their tables.
func (p *plan) addBases(v *valuePlan, table string) {
	for _, b := range v.calculation.bases {
		over := table
		if b.table != "" {
			over = b.table
		}
		v.bases = append(v.bases, basePlan{base: b, value: v, side: p.sideOf(over)})
	}
}

func (p *plan) prepareBase(b *basePlan, own []dataset.ResolvedFilter) (err error) {
	b.source = b.side.rel.sources[b.column]
	if len(own) > 0 {
		if b.filter, err = p.compile(b.side, own); err != nil {
			return err
		}
		b.value.days = b.filter.dates
	}
	if len(b.base.where) > 0 {
		if b.where, err = p.g.compile(p.ctx, b.side.rel, p.g.conditions(b.base.where), p.at.day, b.side.settled); err != nil {
			return err
		}
	}
	if b.timing == whileSpent || b.timing == whileSnapshot {
		b.source = spentDays
	}
	if b.keep != nil {
		requirements := b.requirements && !choosesTypes(p.r.Filters) && !choosesTypes(own)
		for _, k := range p.g.dicts.kinds.values {
			b.kinds = append(b.kinds, uint8(boolInt(b.keep(k) && (!requirements || isRequirement(k)))))
		}
	}
	return nil
}

// resolveKinds finds the kinds of work items that some value needs.
func (p *plan) resolveKinds() {
	work := p.workSide()
	if work == nil {
		return
	}
	needed := make([]uint8, len(p.g.dicts.kinds.values))
	for i := range p.values {
		for _, b := range p.values[i].bases {
			if b.side != work {
				continue
			}
			if b.keep == nil {
				return
			}
			for c, k := range b.kinds {
				needed[c] |= k
			}
		}
	}
	work.kinds = needed
}

// resolveDetail finds out whether every group is one item, so that the item alone is the key.
func (p *plan) resolveDetail() {
	if p.dated >= 0 {
		return
	}
	only := p.sides[0]
	if len(p.sides) > 1 {
		return
	}
	for i, d := range p.dims {
		if key := only.rel.keyOf(p.g, d.ref); key != nil && p.detail < 0 {
			p.detail, p.key = i, key
		}
	}
	for _, src := range only.sources {
		if src.domain != nil && src.domain.many != nil {
			p.detail = -1 // a row stands in several groups
		}
	}
	for i := range p.values {
		v := &p.values[i]
		if v.days != nil || slices.ContainsFunc(v.bases, func(b basePlan) bool { return b.timing == atStart || b.timing.looksBack() }) {
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
	return p.axis.days.and(v.days)
}

// endOf is the moment of a value without a date axis; nil when its range lies ahead.
func (p *plan) endOf(v *valuePlan) *moment {
	if v.days == nil {
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
	var present []string
	for _, side := range p.sides {
		present = append(present, side.filter.present...)
		for i, src := range side.sources {
			if src != nil && src.present {
				present = append(present, p.dims[i].column.Name)
			}
		}
	}
	slices.Sort(present)
	if present = slices.Compact(present); len(present) > 0 && (!p.at.current() || p.dated >= 0) {
		for _, name := range present {
			p.notes = append(p.notes, name+" is shown as it is now: its earlier values are not in memory.")
		}
	}
	if h := p.sides[0].highlight; h != nil && h.dates != nil && slices.ContainsFunc(p.values, func(v valuePlan) bool {
		return slices.ContainsFunc(v.bases, func(b basePlan) bool { return !b.timing.event() })
	}) {
		p.notes = append(p.notes, "A date cannot be highlighted in a value that is a state; filter by it instead.")
	}
	for i := range p.values {
		if p.axis.start == nil && slices.ContainsFunc(p.values[i].bases, func(b basePlan) bool { return b.timing == atStart }) {
			p.notes = append(p.notes, p.leaves[i].Info.Name+" needs a start: filter Dates[Date], or one dated iteration.")
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
