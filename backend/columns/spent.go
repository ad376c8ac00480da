package columns

import (
	"fmt"
	"sort"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// spentDays is the column of the days that the entries of a scan of spent time carry.
var spentDays = &source{}

// maxSpent bounds the entries of such a scan: every interval stands in every period that it lasts.
const maxSpent = 1 << 24

// scanSpent are the intervals that lasted some time in the range, or in each period of the axis, with the
// days that they did: by revisions, or by the daily snapshots of reports.md §8 (A4).
func (p *plan) scanSpent(b *basePlan, days daySet, onAxis bool) (*scan, error) {
	t, filter := b.timing, b.side.filter
	key := fmt.Sprint("spent ", t, onAxis, days, days == nil)
	if s := p.known(key); s != nil {
		return s, nil
	}
	first, _, ok := days.ends()
	if !ok || first > p.at.day {
		return nil, nil
	}
	seg := p.g.intervals
	beginning := &moment{cut: p.g.cal.start(max(first, p.g.firstDay-1)) + 1, day: first}
	rows, err := p.rowsBetween(b.side, seg, beginning, p.at)
	if err != nil {
		return nil, err
	}
	s := &scan{key: key, side: b.side, seg: seg, at: p.at}
	var xs []float64
	count := p.spentBy(t)
	periods, within := p.axis.periods[:len(p.axis.cuts)], []daySet(nil)
	for _, pe := range periods {
		within = append(within, days.and(daySet{{First: pe.first, Last: pe.last}}))
	}
	for _, row := range rows {
		if filter.aged && !p.passTests(filter, seg, row, p.at) {
			continue
		}
		if !onAxis {
			if x := count(row, days); x > 0 {
				s.rows, xs = append(s.rows, row), append(xs, x)
			}
			continue
		}
		for at := sort.Search(len(periods), func(i int) bool { return periods[i].last >= seg.from.day.at(row) }); at < len(periods) && periods[at].first <= seg.endDay(row, p.g.cal); at++ {
			if x := count(row, within[at]); x > 0 {
				s.rows, xs = append(s.rows, row), append(xs, x)
				s.first, s.end = append(s.first, int32(at)), append(s.end, int32(at+1))
			}
		}
		if len(xs) > maxSpent {
			return nil, fault.New(fault.Invalid, "columns.Answer", fmt.Sprintf("The time of the items in %d periods is more than can be told apart.", len(p.axis.cuts)),
				"Choose a coarser grain or a shorter range, or filter.")
		}
	}
	p.add(s)
	s.numbers[spentDays] = xs
	if h := b.side.highlight; h != nil {
		s.unlit = h.dates != nil
		p.light(s)
	}
	return s, nil
}

// spentBy counts the days that an interval lasted within a set of days.
func (p *plan) spentBy(t timing) func(row int32, days daySet) float64 {
	g, seg := p.g, p.g.intervals
	if t == whileSnapshot {
		return p.snapshotsOf
	}
	return func(row int32, days daySet) float64 {
		from, to := seg.from.at(row), min(seg.endOf(row), p.at.instant)
		if days == nil {
			return max(0, float64(to-from)/millisADay)
		}
		total := int64(0)
		for _, run := range days {
			total += max(0, min(to, g.cal.start(run.Last+1))-max(from, g.cal.start(run.First)))
		}
		return float64(total) / millisADay
	}
}

// snapshotsOf counts the days of the set at whose end the interval held, each with the days since the item's
// snapshot before it; the item's first counts 1.
func (p *plan) snapshotsOf(row int32, days daySet) float64 {
	first, last, ok := p.snapshotDays(row)
	if !ok {
		return 0
	}
	n := 0
	if days == nil {
		days = daySet{{First: first, Last: last}}
	}
	for _, run := range days {
		n += max(0, int(min(last, run.Last)-max(first, run.First))+1)
	}
	if days.holds(first) {
		n += p.gapBefore(row, first)
	}
	return float64(n)
}

// snapshotDays are the days at whose end the interval held, the as-of day included.
func (p *plan) snapshotDays(row int32) (first, last dataset.Day, ok bool) {
	seg := p.g.intervals
	first, last = seg.from.day.at(row), min(seg.endDay(row, p.g.cal)-1, p.at.day)
	if seg.from.at(row) < p.at.cut && p.at.cut <= seg.endOf(row) {
		last = p.at.day
	}
	return first, last, first <= last
}

// gapBefore is how many days before the day have no snapshot of the row's item since its last one.
func (p *plan) gapBefore(row int32, first dataset.Day) int {
	gap := 0
	earlier, _ := p.g.intervals.past.rowsOf(p.g.intervals.itemOf(row))
	for ; earlier < row; earlier++ {
		if _, last, ok := p.snapshotDays(earlier); ok {
			gap = int(first-last) - 1
		}
	}
	return gap
}

// perItem adds the numbers of a cell up for each item and aggregates the items: entries are taken item by
// item, so that one sum for each cell is enough.
func (f *filler) perItem(out series, lit []uint8) {
	sums, mark := make([]float64, len(out.cells)), make([]int32, len(out.cells))
	var touched []int
	var ats []int32
	var xs []float64
	percentiles := f.b.agg == aggPercentile
	end := func() { // of an item
		for _, at := range touched {
			c := &out.cells[at]
			c.n++
			c.x += sums[at]
			if percentiles {
				ats, xs = append(ats, int32(at)), append(xs, sums[at])
			}
		}
		touched = touched[:0]
	}
	last := int32(-1)
	for _, k := range f.byItem() {
		e := f.entry(int(k), lit)
		if e < 0 {
			continue
		}
		item := f.s.seg.itemOf(f.s.rows[e])
		if item != last {
			end()
			last = item
		}
		at := int(f.k.slot[k])
		if f.spread {
			at += int(f.s.first[e]) * f.t.groups
		}
		if mark[at] != item+1 {
			mark[at], sums[at] = item+1, 0
			touched = append(touched, at)
		}
		sums[at] += f.xs[e]
	}
	end()
	if percentiles {
		percentilesOf(out.cells, ats, xs, f.b.p)
		return
	}
	for i := range out.cells {
		if c := &out.cells[i]; c.n > 0 {
			c.x /= float64(c.n)
		}
	}
}

// byItem are the keys in the order of their items.
func (f *filler) byItem() []int32 {
	itemOf := func(k int) int32 {
		if f.k.of != nil {
			k = int(f.k.of[k])
		}
		return f.s.seg.itemOf(f.s.rows[k])
	}
	next, out := make([]int32, f.t.p.g.items.n+1), make([]int32, len(f.k.slot))
	ascending, last := true, int32(0)
	for k := range f.k.slot {
		item := itemOf(k)
		next[item+1]++
		ascending, last = ascending && item >= last, item
		out[k] = int32(k)
	}
	if ascending { // as intervals mostly come
		return out
	}
	for i := 1; i < len(next); i++ {
		next[i] += next[i-1]
	}
	for k := range f.k.slot {
		item := itemOf(k)
		out[next[item]] = int32(k)
		next[item]++
	}
	return out
}

// percentilesOf takes the percentile of the numbers of each cell, whose counts it knows: xs[i] belongs to the
// cell ats[i].
func percentilesOf(cells []cell, ats []int32, xs []float64, p float64) {
	ends := make([]int, len(cells)+1)
	for i := range cells {
		ends[i+1] = ends[i] + int(cells[i].n)
	}
	sorted, next := make([]float64, len(xs)), append([]int(nil), ends...)
	for i, at := range ats {
		sorted[next[at]] = xs[i]
		next[at]++
	}
	for i := range cells {
		if list := sorted[ends[i]:ends[i+1]]; len(list) > 0 {
			cells[i].x = percentile(list, p)
		}
	}
}

// timesInState are the measures of A4.
func timesInState(m map[string]calculation) {
	spent := func(t timing, agg aggregation, p float64) calculation {
		return calculation{bases: []base{{timing: t, agg: agg, p: p, perItem: true}}, finish: finishValue}
	}
	m[dataset.AverageDaysInState] = spent(whileSpent, aggSum, 0)
	m[dataset.MedianDaysInState] = spent(whileSpent, aggPercentile, 0.5)
	m[dataset.P95DaysInState] = spent(whileSpent, aggPercentile, 0.95)
	m[dataset.SnapshotDaysInState] = spent(whileSnapshot, aggSum, 0)
}
