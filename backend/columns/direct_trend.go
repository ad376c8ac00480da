package columns

import (
	"slices"
	"sort"

	"sightline/backend/dataset"
)

// trendCells aggregates intervals at the end of each period by differences: a row is added where its run of periods
// begins and taken away where it ends, and the running sum then is the state at each period.
func (t *table) trendCells(b *basePlan, l *look, rows *rowSet, parts []keyPart) series {
	keys, periods := t.groups, t.periods
	parts = merged(parts)
	tr := &trend{keys: keys, first: t.periodsFrom(&l.seg.from.day), n: make([]int32, (periods+1)*keys)}
	if b.agg != aggCount {
		tr.x = make([]float64, len(tr.n))
	}
	block := &trendBlock{keys: make([]uint32, kernelRows), first: make([]uint32, kernelRows), end: make([]uint32, kernelRows)}
	for list := rows.list(); len(list) > 0; {
		n := min(kernelRows, len(list))
		block.set(tr, t.p.g.cal, l, parts, list[:n])
		tr.add(block, b, l, list[:n])
		list = list[n:]
	}
	return tr.series(periods)
}

// trend is a table of differences: of each period, one more at the end, the keys.
type trend struct {
	keys  int
	first []uint32 // of the codes of days: where the period begins at whose end a row that begins then is there
	n     []int32
	x     []float64 // what is added up; nil for a count
}

// trendBlock is what rows add and where.
type trendBlock struct{ keys, first, end []uint32 }

func (k *trendBlock) set(tr *trend, cal *calendar, l *look, parts []keyPart, rows []int32) {
	n := len(rows)
	clear(k.keys[:n])
	for i := range parts {
		parts[i].setRowKeys(k.keys[:n], rows, i > 0)
	}
	switch d := &l.seg.from.day.codes; {
	case d.b1 != nil:
		setRuns(k, tr, l.seg, d.b1, rows)
	case d.b2 != nil:
		setRuns(k, tr, l.seg, d.b2, rows)
	default:
		setRuns(k, tr, l.seg, d.b4, rows)
	}
	t := l.seg.past
	at, _ := slices.BinarySearch(t.gaps.rows, rows[0])
	for ; at < len(t.gaps.rows) && t.gaps.rows[at] <= rows[n-1]; at++ {
		if i, ok := slices.BinarySearch(rows, t.gaps.rows[at]); ok {
			k.end[i] = tr.first[l.seg.from.day.codeOf(cal.day(t.gaps.at[at]))]
		}
	}
}

// setRuns writes where the periods of each row begin and end: an interval ends where the next one begins, and the last
// one of an item has no end.
func setRuns[C code](k *trendBlock, tr *trend, s *segment, days []C, rows []int32) {
	first, end, last := k.first[:len(rows)], k.end[:len(rows)], s.past.last
	never, final := tr.first[s.from.day.last], int32(len(days)-1)
	for i, row := range rows {
		first[i] = tr.first[days[row]]
		e := tr.first[days[min(row+1, final)]]
		e += (never - e) * uint32(last[row>>6]>>(row&63)&1) // without a branch: which it is, is as good as random
		end[i] = e
	}
}

// add adds the listed rows of the block.
func (tr *trend) add(k *trendBlock, b *basePlan, l *look, rows []int32) {
	keys, first, end := k.keys[:len(rows)], k.first[:len(rows)], k.end[:len(rows)]
	if tr.x == nil {
		for i, key := range keys {
			tr.n[first[i]+key]++
			tr.n[end[i]+key]--
		}
		return
	}
	xs := make([]float64, len(rows))
	lookUp(b.source.codes(l.seg), rows, b.source.codeNumbers(), xs)
	for i, key := range keys {
		x := xs[i]
		if first[i] == end[i] || x != x {
			continue
		}
		tr.n[first[i]+key]++
		tr.n[end[i]+key]--
		tr.x[first[i]+key] += x
		tr.x[end[i]+key] -= x
	}
}

func (tr *trend) series(periods int) series {
	out := series{periods: periods, cells: make([]cell, periods*tr.keys)}
	for i := range out.cells {
		c := &out.cells[i]
		c.n = int64(tr.n[i])
		if tr.x != nil {
			c.x = tr.x[i]
		}
		if i >= tr.keys {
			c.n += out.cells[i-tr.keys].n
			c.x += out.cells[i-tr.keys].x
		}
	}
	if tr.x != nil {
		for i := range out.cells {
			out.cells[i].x = withoutNoise(out.cells[i].x)
		}
	}
	return out
}

// periodsFrom is, for each code of a day on which rows begin or end, where the first period begins at whose end such a
// row is already there or already gone.
func (t *table) periodsFrom(days *dayColumn) []uint32 {
	cuts := t.p.axis.cuts
	n := len(cuts)
	return days.table(func(d dataset.Day) uint32 {
		at := sort.Search(n, func(i int) bool { return cuts[i].day >= d })
		if at == n && d != dataset.LastDay && cuts[n-1].current() {
			at = n - 1 // the clock is behind the data
		}
		return uint32(at * t.groups)
	})
}
