package columns

import (
	"fmt"
	"sort"
	"sync"

	"sightline/backend/dataset"
)

// scan is the rows that a base reads, one entry a row and, on a date axis, a run of periods.
type scan struct {
	key  string
	seg  *segment
	rows []int32
	// first and end are the run of periods of each entry, end excluded; nil without a date axis.
	first, end []int32
	at         *moment  // of every entry
	cuts       []moment // when set, of each entry by its first period
	lit        []uint8  // 1 for entries that the highlight keeps; nil without one
	unlit      bool     // the highlight cannot be computed here
	ordinals   map[*dim]*ordinals
	numbers    map[*source][]float64
}

// momentOf is the time at which an entry is looked at.
func (s *scan) momentOf(entry int) *moment {
	if s.cuts != nil {
		return &s.cuts[s.first[entry]]
	}
	return s.at
}

// blockRows is how many rows are masked at a time: the mask stays in the nearest cache.
const blockRows = 1 << 15

// shared keeps the rows that filters select for all queries of one page. Two goroutines may ask for
// the same rows; the first computes them.
type shared struct {
	mu    sync.Mutex
	lists map[string]*selection
}

type selection struct {
	once sync.Once
	rows []int32
	err  error
}

func newShared() *shared { return &shared{lists: map[string]*selection{}} }

func (sh *shared) rows(key string, read func() ([]int32, error)) ([]int32, error) {
	sh.mu.Lock()
	s, ok := sh.lists[key]
	if !ok {
		s = &selection{}
		sh.lists[key] = s
	}
	sh.mu.Unlock()
	s.once.Do(func() { s.rows, s.err = read() })
	return s.rows, s.err
}

// window is the part of a segment that held at some time between two cuts.
func (p *plan) rowsBetween(seg *segment, firstCut, lastCut *moment) ([]int32, error) {
	aged := p.filter.aged
	key := fmt.Sprintf("%t %d %d %s|%x", seg.item == nil, firstCut.cut, lastCut.cut, p.filter.key, p.kinds)
	return p.share.rows(key, func() ([]int32, error) {
		lo := 0
		if seg.item != nil {
			from := p.g.cal.day(firstCut.cut)
			lo = sort.Search(seg.n, func(i int) bool { return seg.toDay[i] >= from })
		}
		var rows []int32
		mask := make([]uint8, min(blockRows, seg.n-lo))
		for ; lo < seg.n; lo += blockRows {
			if err := p.ctx.Err(); err != nil {
				return nil, err
			}
			m := mask[:min(blockRows, seg.n-lo)]
			p.mask(seg, m, lo)
			for i, pass := range m {
				row := int32(lo + i)
				if pass == 0 || seg.item != nil && (seg.from[row] >= lastCut.cut || seg.to[row] < firstCut.cut) {
					continue
				}
				if len(p.filter.tests) == 0 || aged && firstCut != lastCut || p.passTests(seg, row, firstCut) {
					rows = append(rows, row)
				}
			}
		}
		return rows, nil
	})
}

// mask writes 1 for the rows from lo on whose codes pass, 0 for the others.
func (p *plan) mask(seg *segment, m []uint8, lo int) {
	for i := range m {
		m[i] = 1
	}
	for v, table := range p.filter.tables {
		if table != nil {
			seg.vector[v].keep(m, lo, table)
		}
	}
	if p.kinds != nil {
		seg.vector[vKind].keep(m, lo, p.kinds)
	}
}

func (p *plan) passTests(seg *segment, row int32, at *moment) bool {
	for _, t := range p.filter.tests {
		if !t(p.g, seg, row, at) {
			return false
		}
	}
	return true
}

// rowsAt are the rows that hold at the moment: items for now, intervals for the past.
func (p *plan) rowsAt(at *moment) (*segment, []int32, error) {
	seg := p.g.intervals
	if at.current() {
		seg = &p.g.items.segment
	}
	rows, err := p.rowsBetween(seg, at, at)
	return seg, rows, err
}

// scanFor finds or makes the scan of a base. onAxis says whether the groups hold the date axis. It
// returns nil when there is no time to look at.
func (p *plan) scanFor(b *basePlan, onAxis bool) (*scan, error) {
	switch {
	case b.timing.event():
		return p.scanEvents(b.timing, p.valueDays(b.value))
	case b.timing == atStart:
		return p.scanMoment(p.axis.start)
	case !onAxis:
		return p.scanMoment(p.endOf(b.value))
	}
	return p.scanTrend(p.aged(b))
}

// aged reports whether anything that the base groups by, filters by or adds up changes with time though
// the item does not.
func (p *plan) aged(b *basePlan) bool {
	if p.filter.aged || p.highlight != nil && p.highlight.aged || b.value.filter != nil && b.value.filter.aged || b.source != nil && b.source.aged {
		return true
	}
	for _, d := range p.dims {
		if d.source != nil && d.source.aged {
			return true
		}
	}
	return false
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

func (p *plan) scanMoment(at *moment) (*scan, error) {
	if at == nil {
		return nil, nil
	}
	key := fmt.Sprint("at ", at.cut)
	if s := p.known(key); s != nil {
		return s, nil
	}
	seg, rows, err := p.rowsAt(at)
	if err != nil {
		return nil, err
	}
	s := p.add(&scan{key: key, seg: seg, rows: rows, at: at})
	if p.highlight != nil {
		s.unlit = p.highlight.dates != nil
		p.light(s)
	}
	return s, nil
}

// scanEvents are the items as they are at the as-of time, each at the day of its event.
func (p *plan) scanEvents(t timing, days daySet) (*scan, error) {
	key := fmt.Sprint("events ", t, days, days == nil)
	if s := p.known(key); s != nil {
		return s, nil
	}
	seg, rows, err := p.rowsAt(p.at)
	if err != nil {
		return nil, err
	}
	s := &scan{key: key, seg: seg, at: p.at}
	periodOf := p.periodFinder()
	for _, row := range rows {
		day := seg.completedDay[row]
		if t == onCreated {
			day = p.g.items.createdDay[seg.itemOf(row)]
		}
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
	if p.highlight != nil {
		p.light(s)
		for i, row := range s.rows {
			day := seg.completedDay[row]
			if t == onCreated {
				day = p.g.items.createdDay[seg.itemOf(row)]
			}
			if !p.highlight.dates.holds(day) {
				s.lit[i] = 0
			}
		}
	}
	return s, nil
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
func (p *plan) scanTrend(expand bool) (*scan, error) {
	cuts := p.axis.cuts
	if len(cuts) == 0 {
		return nil, nil
	}
	key := fmt.Sprint("trend ", expand)
	if s := p.known(key); s != nil {
		return s, nil
	}
	seg := p.g.intervals
	rows, err := p.rowsBetween(seg, &cuts[0], &cuts[len(cuts)-1])
	if err != nil {
		return nil, err
	}
	s := p.add(&scan{key: key, seg: seg, at: p.at})
	if expand {
		s.cuts = cuts
	}
	first := p.cutFinder()
	for _, row := range rows {
		a, b := first(seg.from[row], seg.fromDay[row]), first(seg.to[row], seg.toDay[row])
		if a >= b {
			continue
		}
		if !expand {
			s.rows, s.first, s.end = append(s.rows, row), append(s.first, a), append(s.end, b)
			continue
		}
		for at := a; at < b; at++ {
			if !p.filter.aged || p.passTests(seg, row, &cuts[at]) {
				s.rows, s.first, s.end = append(s.rows, row), append(s.first, at), append(s.end, at+1)
			}
		}
	}
	if p.highlight != nil {
		s.unlit = p.highlight.dates != nil
		p.light(s)
	}
	return s, nil
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
		s.lit[i] = uint8(boolInt(p.highlight.test(p.g, s.seg, row, s.momentOf(i))))
	}
}
