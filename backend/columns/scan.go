package columns

import (
	"fmt"
	"sort"

	"sightline/backend/dataset"
)

// scan is the rows that a base reads, one entry a row and, on a date axis, a run of periods.
type scan struct {
	key  string
	side *side
	seg  *segment
	rows []int32
	// first and end are the run of periods of each entry, end excluded; nil without a date axis.
	first, end []int32
	at         *moment   // of every entry
	cuts       []moment  // when set, of each entry by its first period
	moments    []*moment // when set, of each entry
	lit        []uint8   // 1 for entries that the highlight keeps; nil without one
	unlit      bool      // the highlight cannot be computed here
	ordinals   map[*dim]*ordinals
	numbers    map[*source][]float64
}

// momentOf is the time at which an entry is looked at.
func (s *scan) momentOf(entry int) *moment {
	switch {
	case s.cuts != nil:
		return &s.cuts[s.first[entry]]
	case s.moments != nil:
		return s.moments[entry]
	}
	return s.at
}

// blockRows is how many rows are masked at a time: the mask stays in the nearest cache.
const blockRows = 1 << 15

// rowsBetween are the rows of a segment that pass the filters and held at some time between two cuts.
func (p *plan) rowsBetween(sd *side, seg *segment, firstCut, lastCut *moment) ([]int32, error) {
	lo := 0
	return p.rowsIn(sd, seg, lo, seg.n, firstCut, lastCut)
}

// rowsIn are those of the rows from lo to hi, hi excluded.
func (p *plan) rowsIn(sd *side, seg *segment, lo, hi int, firstCut, lastCut *moment) ([]int32, error) {
	p.looked += hi - lo
	filter := sd.filter
	key := fmt.Sprintf("%t %d %d %d %d %s|%x", seg.past == nil, lo, hi, firstCut.cut, lastCut.cut, filter.key, sd.kinds)
	return p.share.rows(p.ctx, key, func() ([]int32, error) {
		var born []int64
		if sd.rel.facts != nil && lastCut.cut != forever {
			born = sd.rel.facts.born.ms
		}
		var rows []int32
		mask := make([]uint8, min(blockRows, hi-lo))
		for ; lo < hi; lo += blockRows {
			if err := p.ctx.Err(); err != nil {
				return nil, err
			}
			m := mask[:min(blockRows, hi-lo)]
			sd.mask(seg, m, lo)
			for i, pass := range m {
				row := int32(lo + i)
				if pass == 0 || seg.past != nil && (seg.from.at(row) >= lastCut.cut || seg.endOf(row) < firstCut.cut) || born != nil && born[row] >= lastCut.cut {
					continue
				}
				if len(filter.tests) == 0 || filter.aged && firstCut != lastCut || p.passTests(filter, seg, row, firstCut) {
					rows = append(rows, row)
				}
			}
		}
		return rows, nil
	})
}

// mask writes 1 for the rows from lo on whose codes pass, 0 for the others.
func (sd *side) mask(seg *segment, m []uint8, lo int) {
	for i := range m {
		m[i] = 1
	}
	for v, table := range sd.filter.tables {
		if table != nil {
			seg.vector[v].keep(m, lo, table)
		}
	}
	if sd.kinds != nil {
		seg.vector[vKind].keep(m, lo, sd.kinds)
	}
}

func (p *plan) passTests(filter *predicate, seg *segment, row int32, at *moment) bool {
	for _, t := range filter.tests {
		if !t(p.g, seg, row, at) {
			return false
		}
	}
	return true
}

// rowsAt are the rows that hold at the moment: items for now, intervals for the past, and of facts those
// that were born by then.
func (p *plan) rowsAt(sd *side, at *moment) (*segment, []int32, error) {
	seg := sd.rel.now
	if !at.current() && sd.rel.past != nil {
		seg = sd.rel.past
	}
	rows, err := p.rowsBetween(sd, seg, at, at)
	return seg, rows, err
}

// scanFor finds or makes the scan of a base. onAxis says whether the groups hold the date axis. It
// returns nil when there is no time to look at.
func (p *plan) scanFor(b *basePlan, onAxis bool) (*scan, error) {
	switch {
	case b.timing.ofSprint():
		return p.scanSprint(b, p.valueDays(b.value))
	case b.timing == inWindow:
		return p.scanWindow(b, onAxis)
	case b.timing == whileSpent || b.timing == whileSnapshot:
		return p.scanSpent(b, p.valueDays(b.value), onAxis)
	case b.timing.event():
		return p.scanEvents(b, p.valueDays(b.value))
	case b.timing == atStart:
		return p.scanMoment(b, p.axis.start)
	case !onAxis:
		return p.scanMoment(b, p.endOf(b.value))
	}
	return p.scanTrend(b, p.aged(b))
}

// aged reports whether anything that the base groups by, filters by or adds up changes with time though
// the row does not.
func (p *plan) aged(b *basePlan) bool {
	sd := b.side
	if sd.filter.aged || sd.highlight != nil && sd.highlight.aged || b.filter != nil && b.filter.aged || b.where != nil && b.where.aged ||
		b.source != nil && b.source.changes() {
		return true
	}
	for _, src := range sd.sources {
		if src != nil && src.changes() {
			return true
		}
	}
	return false
}

// changes reports whether the value of a row depends on the time it is looked at.
func (s *source) changes() bool {
	return s.aged || s.staged()
}

func (p *plan) known(key string) *scan {
	for _, s := range p.scans {
		if s.key == key {
			return s
		}
	}
	return nil
}

func (p *plan) add(s *scan) *scan {
	s.ordinals, s.numbers = map[*dim]*ordinals{}, map[*source][]float64{}
	p.scans = append(p.scans, s)
	return s
}

func (p *plan) scanMoment(b *basePlan, at *moment) (*scan, error) {
	if at == nil {
		return nil, nil
	}
	key := fmt.Sprint(b.side.rel.table, " at ", at.cut, " ", b.until)
	if s := p.known(key); s != nil {
		return s, nil
	}
	seg, rows, err := p.rowsAt(b.side, at)
	if err != nil {
		return nil, err
	}
	if b.side.rel.facts != nil && b.until != "" {
		end := b.side.rel.facts.instant(b.until).ms
		alive := make([]int32, 0, len(rows))
		for _, row := range rows {
			if end[row] == 0 || end[row] >= at.cut {
				alive = append(alive, row)
			}
		}
		rows = alive
	}
	s := p.add(&scan{key: key, side: b.side, seg: seg, rows: rows, at: at})
	if h := b.side.highlight; h != nil {
		s.unlit = h.dates != nil
		p.light(s)
	}
	return s, nil
}

// happening is the event that a base counts: its instant and day of each row, or of each row's item.
type happening struct {
	timing timing
	g      *generation
	fact   factInstant
}

func (b *basePlan) happening(g *generation) happening {
	h := happening{timing: b.timing, g: g}
	switch {
	case b.timing == onCreated || b.timing == onCompleted:
	case b.on == "":
		h.fact = b.side.rel.facts.event
	default:
		h.fact = b.side.rel.facts.instant(b.on)
	}
	return h
}

// dayOf is the day on which the row's event happened by the moment; noDay when it did not.
func (h *happening) dayOf(seg *segment, row int32, at *moment) dataset.Day {
	switch h.timing {
	case onCreated:
		item, created := seg.itemOf(row), &h.g.items.created
		if created.at(item) >= at.cut {
			return noDay
		}
		return created.day.at(item)
	case onCompleted:
		if seg.completedAt(row) >= at.cut {
			return noDay
		}
		return h.g.completedDay(seg, row)
	}
	if h.fact.ms[row] >= at.cut {
		return noDay
	}
	return h.fact.days.at(row)
}

// completedDay is the day of completedAt, noDay for none.
func (g *generation) completedDay(s *segment, row int32) dataset.Day {
	if s.past == nil {
		return s.completed.day.at(row)
	}
	if at := s.completedAt(row); at != 0 {
		return g.cal.day(at)
	}
	return noDay
}

// scanEvents are the rows as they are at the as-of time, each at the day of its event.
func (p *plan) scanEvents(b *basePlan, days daySet) (*scan, error) {
	key := fmt.Sprint(b.side.rel.table, " events ", b.timing, b.on, days, days == nil)
	if s := p.known(key); s != nil {
		return s, nil
	}
	seg, rows, err := p.rowsOfEvents(b, days)
	if err != nil {
		return nil, err
	}
	s := &scan{key: key, side: b.side, seg: seg, at: p.at}
	periodOf := p.periodFinder()
	event := b.happening(p.g)
	for _, row := range rows {
		day := event.dayOf(seg, row, p.at)
		if day == noDay || !days.holds(day) {
			continue
		}
		if p.dated >= 0 {
			at := periodOf(day)
			if at < 0 || int(at) >= len(p.axis.cuts) {
				continue
			}
			s.first, s.end = append(s.first, at), append(s.end, at+1)
		}
		s.rows = append(s.rows, row)
	}
	p.add(s)
	if h := b.side.highlight; h != nil {
		p.light(s)
		for i, row := range s.rows {
			if !h.dates.holds(event.dayOf(seg, row, p.at)) {
				s.lit[i] = 0
			}
		}
	}
	return s, nil
}

// rowsOfEvents are the rows at the as-of time. Facts stand in the order of their event, so that those of a
// window of days are a range.
func (p *plan) rowsOfEvents(b *basePlan, days daySet) (*segment, []int32, error) {
	f := b.side.rel.facts
	first, last, ok := days.ends()
	if f == nil || b.on != "" || !ok {
		return p.rowsAt(b.side, p.at)
	}
	at := func(ms int64) int {
		return sort.Search(f.n, func(i int) bool { return f.event.ms[i] == 0 || f.event.ms[i] >= ms })
	}
	lo, hi := at(p.g.cal.start(first)), f.n
	if last < dataset.LastDay {
		hi = at(p.g.cal.start(last + 1))
	}
	rows, err := p.rowsIn(b.side, &f.segment, lo, max(lo, hi), p.at, p.at)
	return &f.segment, rows, err
}

// periodFinder maps a day to its period, -1 for none.
func (p *plan) periodFinder() func(dataset.Day) int32 {
	ps := p.axis.periods
	return func(d dataset.Day) int32 {
		i := sort.Search(len(ps), func(i int) bool { return ps[i].last >= d })
		if i == len(ps) || ps[i].first > d {
			return -1
		}
		return int32(i)
	}
}

// scanTrend are the intervals that hold at the end of some period of the axis. With expand every
// period is an entry of its own, for what changes from period to period.
func (p *plan) scanTrend(b *basePlan, expand bool) (*scan, error) {
	cuts := p.axis.cuts
	if len(cuts) == 0 {
		return nil, nil
	}
	key := fmt.Sprint(b.side.rel.table, " trend ", expand, " ", b.until)
	if s := p.known(key); s != nil {
		return s, nil
	}
	seg := b.side.rel.past
	if seg == nil {
		seg = b.side.rel.now
	}
	rows, err := p.rowsBetween(b.side, seg, &cuts[0], &cuts[len(cuts)-1])
	if err != nil {
		return nil, err
	}
	s := p.add(&scan{key: key, side: b.side, seg: seg, at: p.at})
	if expand {
		s.cuts = cuts
	}
	lives := p.livesOf(b, seg)
	for _, row := range rows {
		from, to := lives(row)
		if from >= to {
			continue
		}
		if !expand {
			s.rows, s.first, s.end = append(s.rows, row), append(s.first, from), append(s.end, to)
			continue
		}
		for at := from; at < to; at++ {
			if filter := b.side.filter; !filter.aged || p.passTests(filter, seg, row, &cuts[at]) {
				s.rows, s.first, s.end = append(s.rows, row), append(s.first, at), append(s.end, at+1)
			}
		}
	}
	if h := b.side.highlight; h != nil {
		s.unlit = h.dates != nil
		p.light(s)
	}
	return s, nil
}

// livesOf tells the run of periods, its end excluded, at whose ends a row holds: an interval from its first
// instant to its last, a fact from its birth to the end of its life.
func (p *plan) livesOf(b *basePlan, seg *segment) func(row int32) (from, to int32) {
	first := p.cutFinder()
	f := b.side.rel.facts
	if f == nil {
		return func(row int32) (from, to int32) {
			return first(seg.from.at(row), seg.from.day.at(row)), first(seg.endOf(row), seg.endDay(row, p.g.cal))
		}
	}
	born, end := f.born, factInstant{}
	if b.until != "" {
		end = f.instant(b.until)
	}
	return func(row int32) (from, to int32) {
		if born.ms[row] != 0 {
			from = first(born.ms[row], born.days.at(row))
		}
		if end.ms == nil || end.ms[row] == 0 {
			return from, int32(len(p.axis.cuts))
		}
		return from, first(end.ms[row], end.days.at(row))
	}
}

// cutFinder finds the first period whose cut lies after an instant, by a table of days: all cuts but
// the last are ends of days.
func (p *plan) cutFinder() func(ms int64, day dataset.Day) int32 {
	cuts := p.axis.cuts
	n := int32(len(cuts))
	base, last := cuts[0].day, cuts[n-1].day
	table := make([]int32, last-base+1)
	at := int32(0)
	for d := base; d <= last; d++ {
		for at < n && cuts[at].day < d {
			at++
		}
		table[d-base] = at
	}
	return func(ms int64, day dataset.Day) int32 {
		switch {
		case ms == forever:
			return n
		case day < base:
			return 0
		case day > last:
			if cuts[n-1].current() {
				return n - 1
			}
			return n
		}
		i := table[day-base]
		if cuts[i].cut <= ms {
			i++
		}
		return i
	}
}

// light marks the entries that the highlight keeps.
func (p *plan) light(s *scan) {
	s.lit = make([]uint8, len(s.rows))
	for i, row := range s.rows {
		s.lit[i] = uint8(boolInt(s.side.highlight.test(p.g, s.seg, row, s.momentOf(i))))
	}
}
