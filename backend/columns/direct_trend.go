package columns

import (
	"sort"

	"sightline/backend/dataset"
)

// trendCells aggregates intervals at the end of each period by differences: a row is added where its run of periods
// begins and taken away where it ends, and the running sum then is the state at each period.
func (t *table) trendCells(b *basePlan, l *look, rows *rowSet, parts []keyPart) series {
	keys, periods := t.groups, t.periods
	parts = merged(parts)
	tr := &trend{keys: keys, first: t.periodsFrom(&l.seg.fromDay), end: t.periodsFrom(&l.seg.toDay), n: make([]int32, (periods+1)*keys)}
	if b.agg != aggCount {
		tr.x = make([]float64, len(tr.n))
	}
	block := &trendBlock{keys: make([]uint32, kernelRows), first: make([]uint32, kernelRows), end: make([]uint32, kernelRows)}
	if rows.rows != nil {
		for at := 0; at < len(rows.rows); at += kernelRows {
			list := rows.rows[at:min(at+kernelRows, len(rows.rows))]
			block.setRows(tr, l, parts, list)
			tr.add(block, b, l, len(list), nil, list, 0)
		}
	} else {
		for at := 0; at < rows.n; at += kernelRows {
			n, lo := min(kernelRows, rows.n-at), rows.lo+at
			block.set(tr, l, parts, lo, n)
			var mask []uint8
			if rows.mask != nil {
				mask = rows.mask[at : at+n]
			}
			tr.add(block, b, l, n, mask, nil, lo)
		}
	}
	return tr.series(periods)
}

// trend is a table of differences: of each period, one more at the end, the keys.
type trend struct {
	keys       int
	first, end []uint32 // of the codes of the first and of the last day of a row: where its period begins
	n          []int32
	x          []float64 // what is added up; nil for a count
}

// trendBlock is what rows add and where.
type trendBlock struct{ keys, first, end []uint32 }

func (k *trendBlock) set(tr *trend, l *look, parts []keyPart, lo, n int) {
	(&keyPart{&l.seg.fromDay.codes, tr.first}).setKeys(k.first[:n], lo, false)
	(&keyPart{&l.seg.toDay.codes, tr.end}).setKeys(k.end[:n], lo, false)
	clear(k.keys[:n])
	for i := range parts {
		parts[i].setKeys(k.keys[:n], lo, i > 0)
	}
}

func (k *trendBlock) setRows(tr *trend, l *look, parts []keyPart, rows []int32) {
	n := len(rows)
	(&keyPart{&l.seg.fromDay.codes, tr.first}).setRowKeys(k.first[:n], rows, false)
	(&keyPart{&l.seg.toDay.codes, tr.end}).setRowKeys(k.end[:n], rows, false)
	clear(k.keys[:n])
	for i := range parts {
		parts[i].setRowKeys(k.keys[:n], rows, i > 0)
	}
}

// add adds the first n rows of the block: all of them, or those of the mask.
func (tr *trend) add(k *trendBlock, b *basePlan, l *look, n int, mask []uint8, rows []int32, lo int) {
	keys, first, end := k.keys[:n], k.first[:n], k.end[:n]
	switch {
	case tr.x != nil:
		tr.addNumbers(keys, first, end, mask, blockNumbers(b, l, rows, lo, n))
	case mask == nil:
		for i, key := range keys {
			tr.n[first[i]+key]++
			tr.n[end[i]+key]--
		}
	default:
		for i, key := range keys {
			m := int32(mask[i])
			tr.n[first[i]+key] += m
			tr.n[end[i]+key] -= m
		}
	}
}

func (tr *trend) addNumbers(keys, first, end []uint32, mask []uint8, xs []float64) {
	for i, key := range keys {
		x := xs[i]
		if first[i] == end[i] || x != x || mask != nil && mask[i] == 0 {
			continue
		}
		tr.n[first[i]+key]++
		tr.n[end[i]+key]--
		tr.x[first[i]+key] += x
		tr.x[end[i]+key] -= x
	}
}

// blockNumbers are the numbers of rows, listed or from lo on.
func blockNumbers(b *basePlan, l *look, rows []int32, lo, n int) []float64 {
	if rows == nil {
		rows = make([]int32, n)
		for i := range rows {
			rows[i] = int32(lo + i)
		}
	}
	xs := make([]float64, n)
	lookUp(b.source.codes(l.seg), rows, b.source.codeNumbers(), xs)
	return xs
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
