package columns

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"sightline/backend/dataset"
)

// dim is one group of a query with the members that its rows have, in their natural order.
type dim struct {
	ref    dataset.FieldRef
	column dataset.Column
	grain  dataset.Grain
	// domain is that of a dictionary column; all sides of a query have the same members.
	domain  *domain
	buckets []dataset.Member
	member  func(x float64) dataset.Member
	numbers map[uint64]uint32
	texts   map[string]uint32
	members []dataset.Member
	// shown are the members that stay without rows when the query asks for empty ones.
	shown []bool
}

// reordered reports whether the order of the members is the query's own and not the source's.
func (d *dim) reordered() bool { return d.ref == dataset.State || d.ref == dataset.BoardColumnName }

func (d *dim) many() bool { return d.domain != nil && d.domain.many != nil }

// ordinals are the members of the entries of a scan: one each, or several.
type ordinals struct {
	one  []uint32
	many [][]uint32
}

// prepareDims makes the members of every group from the rows of all scans.
func (p *plan) prepareDims() {
	for i, d := range p.dims {
		switch {
		case i == p.dated:
			for _, pe := range p.axis.periods {
				m := periodMember(pe.first, pe.last, d.grain, pe.partial)
				if pe.label != "" {
					m.Label = pe.label
				}
				d.members = append(d.members, m)
			}
		case i == p.detail:
			continue // members are the items; only those that stay are listed
		case p.sides[0].sources[i].titles != nil:
			p.textMembers(i)
		case p.sides[0].sources[i].number != nil || p.sides[0].sources[i].days != nil:
			p.numberMembers(i)
		default:
			d.domain = p.sides[0].sources[i].domain
			if d.ref == dataset.State {
				d.domain = p.stateDomain()
			}
			if d.ref == dataset.BoardColumnName {
				if teams := p.sides[0].filter.teams; teams != nil {
					d.domain = p.g.boardDomain(teams)
				}
			}
			d.members = d.domain.members
		}
	}
	if p.r.ShowEmpty && len(p.dims) > 0 && p.dated != 0 && p.detail != 0 {
		p.showEmpty(p.dims[0])
	}
}

// periodMember is the member of a period, named by the calendar although the range may cut it.
func periodMember(first, last dataset.Day, g dataset.Grain, partial bool) dataset.Member {
	start, end := first.String(), last.String()
	value := start // as DayRange.Value writes it
	if first != last {
		value += "/" + end
	}
	return dataset.Member{Value: value, Label: first.PeriodLabel(g), Start: start, End: end, Partial: partial}
}

// stateDomain orders the states by the kinds that the query keeps.
func (p *plan) stateDomain() *domain {
	keep, work := make([]uint8, len(p.g.dicts.kinds.values)), p.workSide()
	for c := range keep {
		keep[c] = 1
		if t := work.filter.tables[vKind]; t != nil {
			keep[c] &= t[c]
		}
		if work.kinds != nil {
			keep[c] &= work.kinds[c]
		}
	}
	return p.g.stateDomain(keep)
}

// grouped turns the number of a row into that of its group: the first day of its period for a date.
func (d *dim) grouped(x float64, weekStart weekday) float64 {
	if d.column.Type != dataset.Date || math.IsNaN(x) {
		return x
	}
	return float64(dataset.Day(x).PeriodStart(d.grain, weekStart))
}

func (p *plan) numberMembers(at int) {
	d := p.dims[at]
	d.buckets, d.member = p.sides[0].sources[at].buckets, p.sides[0].sources[at].member
	var xs []float64
	for i := range d.buckets {
		xs = append(xs, float64(i))
	}
	seen, blank := map[uint64]bool{}, false
	for _, s := range p.scans {
		for _, x := range p.numbersOf(s, s.side.sources[at]) {
			if x = d.grouped(x, p.g.cal.weekStart); math.IsNaN(x) {
				blank = true
			} else if !seen[bits(x)] {
				seen[bits(x)] = true
				if d.buckets == nil {
					xs = append(xs, x)
				}
			}
		}
	}
	slices.Sort(xs)
	if p.r.ShowEmpty && d == p.dims[0] && d.column.Type == dataset.Date {
		xs = withGaps(xs, d.grain)
	}
	if blank {
		xs = append(xs, nan)
	}
	d.numbers = make(map[uint64]uint32, len(xs))
	for i, x := range xs {
		d.numbers[bits(x)] = uint32(i)
		d.members = append(d.members, p.numberMember(d, x))
	}
}

// withGaps lists every period between the first and the last, unless they are absurdly many.
func withGaps(starts []float64, g dataset.Grain) []float64 {
	var out []float64
	for i, x := range starts {
		if i > 0 {
			for d := dataset.Day(starts[i-1]).Add(1, g); d < dataset.Day(x) && len(out) < maxPeriods; d = d.Add(1, g) {
				out = append(out, float64(d))
			}
		}
		out = append(out, x)
	}
	return out
}

func (p *plan) numberMember(d *dim, x float64) dataset.Member {
	switch {
	case d.buckets != nil:
		return bucketMember(x, d.buckets)
	case d.member != nil:
		return d.member(x)
	case math.IsNaN(x):
		return dataset.Member{Label: dataset.Blank}
	case d.column.Type == dataset.Date:
		first := dataset.Day(x)
		return periodMember(first, first.Add(1, d.grain)-1, d.grain, false)
	}
	return numberMember(x)
}

func (p *plan) textMembers(at int) {
	d := p.dims[at]
	d.texts = map[string]uint32{}
	var texts []string
	blank := false
	for _, s := range p.scans {
		for _, row := range s.rows {
			t := s.side.sources[at].text(s.seg, row)
			if _, ok := d.texts[t]; ok {
				continue
			}
			d.texts[t] = 0
			if t == "" {
				blank = true
			} else {
				texts = append(texts, t)
			}
		}
	}
	slices.SortFunc(texts, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
	})
	if blank {
		texts = append(texts, "")
	}
	for i, t := range texts {
		d.texts[t] = uint32(i)
		if t == "" {
			d.members = append(d.members, dataset.Member{Label: dataset.Blank})
			continue
		}
		d.members = append(d.members, dataset.Member{Value: t, Label: t})
	}
}

// ordinalsOf gives the member of each entry of the scan in one of the groups.
func (p *plan) ordinalsOf(s *scan, at int) *ordinals {
	d := p.dims[at]
	if o, ok := s.ordinals[d]; ok {
		return o
	}
	o := &ordinals{}
	s.ordinals[d] = o
	src := s.side.sources[at]
	if d.many() {
		o.many = make([][]uint32, len(s.rows))
		lookUp(p.vectorOf(s, src), s.rows, src.domain.many, o.many)
		return o
	}
	o.one = make([]uint32, len(s.rows))
	switch {
	case d.texts != nil:
		for i, row := range s.rows {
			o.one[i] = d.texts[src.text(s.seg, row)]
		}
	case d.numbers != nil:
		for i, x := range p.numbersOf(s, src) {
			o.one[i] = d.numbers[bits(d.grouped(x, p.g.cal.weekStart))]
		}
	default:
		members := src.domain
		if d.reordered() {
			members = d.domain
		}
		if src.staged() && !s.side.settled {
			for i, row := range s.rows {
				o.one[i] = src.memberOf(members, s.seg, row, s.momentOf(i))
			}
			break
		}
		lookUp(p.vectorOf(s, src), p.rowsFor(s, src), members.of, o.one)
	}
	return o
}

// vectorOf is the column of codes: of the scan's segment, or of the items for what only items have.
func (p *plan) vectorOf(s *scan, src *source) *vector {
	if src.ofItem {
		return &p.g.items.vector[src.vector]
	}
	return src.codes(s.seg)
}

// rowsFor are the rows of that column for the entries of the scan.
func (p *plan) rowsFor(s *scan, src *source) []int32 {
	if !src.ofItem || s.seg.past == nil {
		return s.rows
	}
	rows := make([]int32, len(s.rows))
	for i, r := range s.rows {
		rows[i] = s.seg.itemOf(r)
	}
	return rows
}

// numbersOf are the values of a column for each entry of the scan; NaN is null. Of a dictionary column
// without numbers they are its members, for counting.
func (p *plan) numbersOf(s *scan, src *source) []float64 {
	if xs, ok := s.numbers[src]; ok {
		return xs
	}
	xs := make([]float64, len(s.rows))
	s.numbers[src] = xs
	switch {
	case src.number != nil:
		for i, row := range s.rows {
			xs[i] = src.number(p.g, s.seg, row, s.momentOf(i))
		}
	case src.titles != nil:
		seen := map[string]float64{"": nan}
		for i, row := range s.rows {
			t := src.text(s.seg, row)
			x, ok := seen[t]
			if !ok {
				x = float64(len(seen))
				seen[t] = x
			}
			xs[i] = x
		}
	case src.up != nil && src.staged() && !s.side.settled:
		under, rows := src.up.under, src.up.parent.now
		of := under.codeNumbers()
		for i, row := range s.rows {
			xs[i] = nan
			if r, ok := src.row(s.seg, row); ok {
				xs[i] = of[under.codeAt(rows, r, s.momentOf(i))]
			}
		}
	case src.staged() && !s.side.settled:
		of := src.codeNumbers()
		for i, row := range s.rows {
			xs[i] = of[src.codeAt(s.seg, row, s.momentOf(i))]
		}
	default:
		lookUp(p.vectorOf(s, src), p.rowsFor(s, src), src.codeNumbers(), xs)
	}
	return xs
}

// codeNumbers are the numbers of the codes of a dictionary column.
func (s *source) codeNumbers() []float64 {
	if s.numbers != nil {
		return s.numbers
	}
	if s.days != nil {
		return project(s.days, dayNumber)
	}
	d := s.domain
	member := func(m uint32) float64 {
		if d.members[m].Value == nil {
			return nan
		}
		return float64(m)
	}
	if d.many == nil {
		return project(d.of, member)
	}
	return project(d.many, func(ms []uint32) float64 { return member(ms[0]) })
}

// showEmpty marks the members of the first group that filters on the same column leave.
func (p *plan) showEmpty(d *dim) {
	d.shown = make([]bool, len(d.members))
	if d.domain == nil {
		for i, m := range d.members {
			d.shown[i] = m.Value != nil
		}
		return
	}
	src, filter := p.sides[0].sources[0], p.sides[0].filter
	if d.ref == dataset.Category || src.up != nil || src.changes() { // its members are known without rows
		for i := range d.members {
			d.shown[i] = d.members[i].Value != nil
		}
		for _, f := range p.r.Filters {
			if f.Column.Ref() != d.ref {
				continue
			}
			for i, kept := range d.domain.kept(f) {
				d.shown[i] = d.shown[i] && kept
			}
		}
		return
	}
	var table []uint8
	if !src.ofItem {
		table = filter.tables[src.vector]
	}
	for c := range max(len(d.domain.of), len(d.domain.many)) {
		if table != nil && table[c] == 0 {
			continue
		}
		ms := []uint32{}
		if d.many() {
			ms = d.domain.many[c]
		} else {
			ms = append(ms, d.domain.of[c])
		}
		for _, m := range ms {
			d.shown[m] = d.members[m].Value != nil
		}
	}
}
