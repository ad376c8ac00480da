package columns

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"

	"sightline/backend/dataset"
)

// window is the range of rows whose event lies on the days; facts stand in the order of their event.
func (f *facts) window(cal *calendar, first, last dataset.Day) (lo, hi int) {
	from := func(ms int64) int {
		return sort.Search(f.n, func(i int) bool { return f.event.ms[i] == 0 || f.event.ms[i] >= ms })
	}
	lo, hi = from(cal.start(first)), f.n
	if last < dataset.LastDay {
		hi = from(cal.start(last + 1))
	}
	return lo, max(lo, hi)
}

// rowsOf are the rows that a base is computed over: those of its time that pass the filters of the query, of which the
// visuals of a page with the same filters have one set, and of them those that the base and its value want.
func (p *plan) rowsOf(b *basePlan, l *look) (*rowSet, error) {
	side, own := b.side, p.ownFilter(b)
	held := b.until != "" || !l.at.current() || l.trend // rows are not simply those of now
	holding := func(filter *predicate) (*rowSet, error) {
		rows := allRows(l.lo, l.hi-l.lo)
		if held {
			rows = p.held(b, l, rows, filter)
		}
		return rows, nil
	}
	all := func() (*rowSet, error) { return holding(&predicate{}) }
	key := fmt.Sprint(side.rel.table, " ", l.lo, " ", l.hi, " ", l.trend, " ", l.at.cut, " ", b.until)
	if side.filter.empty() && !held && (own.empty() || own.key == b.kindsKey()) {
		return p.g.whole.narrowed(p, l, key, own, all)
	}
	if list := p.kindsListed(b, l, key, held); list != nil {
		return p.share.narrowed(p, l, key+"\n"+side.filter.key+"\n"+own.key, side.filter.and(own), func() (*rowSet, error) { return list, nil })
	}
	passing := func() (*rowSet, error) {
		return p.share.narrowed(p, l, key+"\n"+side.filter.key, side.filter, func() (*rowSet, error) { return holding(side.filter) })
	}
	if own.empty() {
		return passing()
	}
	return p.share.narrowed(p, l, key+"\n"+side.filter.key+"\n"+own.key, own, passing)
}

// kindsListed are the rows as they are now of the kinds that a base wants, when those are few. They are the same for all
// queries, and a filter that is left to those few costs less than one that looks at all rows.
func (p *plan) kindsListed(b *basePlan, l *look, key string, held bool) *rowSet {
	if b.kinds == nil || held || p.kindsFollow(b) {
		return nil
	}
	only := &predicate{tables: make([][]uint8, len(b.side.filter.tables)), key: b.kindsKey()}
	only.restrict(vKind, b.kinds)
	rows, err := p.g.whole.narrowed(p, l, key, only, func() (*rowSet, error) { return allRows(l.lo, l.hi-l.lo), nil })
	if err != nil || rows.rows == nil {
		return nil
	}
	if _, passing, _ := b.side.filter.strictest(l.seg, l.lo, l.hi-l.lo); float64(rows.count) > passing*float64(l.hi-l.lo) {
		return nil // the rows that pass are fewer, and others want them too
	}
	return rows
}

// narrowed finds the set of the key, or makes it of other rows by a filter.
func (sh *shared) narrowed(p *plan, l *look, key string, filter *predicate, of func() (*rowSet, error)) (*rowSet, error) {
	return sh.set(p.ctx, key+"\n"+filter.key, func() (*rowSet, error) {
		rows, err := of()
		if err != nil {
			return nil, err
		}
		return p.narrowed(rows, l, filter)
	})
}

// ownFilter joins what the base and its value want of a row beside the filters of the query.
func (p *plan) ownFilter(b *basePlan) *predicate {
	own := &predicate{}
	if b.kinds != nil && !p.kindsFollow(b) {
		own.tables, own.key = make([][]uint8, len(b.side.filter.tables)), b.kindsKey()
		own.restrict(vKind, b.kinds)
	}
	for _, more := range []*predicate{b.filter, b.where} {
		if more != nil {
			own = own.and(more)
		}
	}
	return own
}

func (b *basePlan) kindsKey() string { return "kinds " + string(b.kinds) }

// and keeps what both keep.
func (p *predicate) and(q *predicate) *predicate {
	out := &predicate{tables: make([][]uint8, max(len(p.tables), len(q.tables))), key: p.key + "\n" + q.key}
	for _, one := range []*predicate{p, q} {
		for v, table := range one.tables {
			if table != nil {
				out.restrict(v, slices.Clone(table))
			}
		}
		out.tests = append(out.tests, one.tests...)
	}
	return out
}

// kindsFollow reports whether the event of the base says as much as its kinds: only a completed item was completed.
func (p *plan) kindsFollow(b *basePlan) bool {
	for c, k := range p.g.dicts.kinds.values {
		if b.kinds[c] == 0 && (b.timing != onCompleted || k.category == completed) {
			return false
		}
	}
	return true
}

func (p *predicate) empty() bool {
	for _, table := range p.tables {
		if table != nil {
			return false
		}
	}
	return len(p.tests) == 0
}

// held are the rows that hold at the moment: an interval from its first instant to its last, a row of facts until the
// end of its life. It may leave out rows that do not pass the filter.
func (p *plan) held(b *basePlan, l *look, rows *rowSet, filter *predicate) *rowSet {
	switch f := b.side.rel.facts; {
	case f != nil && b.until != "":
		end := f.instant(b.until).ms
		mask := make([]uint8, rows.n)
		for i := range mask {
			mask[i] = uint8(boolInt(end[rows.lo+i] == 0))
		}
		return maskedRows(rows.lo, mask)
	case f != nil || l.seg.past == nil:
		return rows
	}
	// A trend wants every interval that still held at its first cut or began later.
	within := []rowSpan{{0, int32(l.seg.n)}}
	strict, _, _ := filter.strictest(l.seg, 0, l.seg.n)
	for _, v := range strict {
		if few := l.seg.vector[v].passing(filter.tables[v]); few != nil {
			within = few
			break
		}
	}
	list := l.seg.holding(p.g.cal, l.at.cut, !l.trend, within)
	return &rowSet{n: l.seg.n, rows: list, count: len(list)}
}

// narrowed are the rows that pass the filter too.
func (p *plan) narrowed(rows *rowSet, l *look, filter *predicate) (*rowSet, error) {
	if filter.empty() {
		return rows, nil
	}
	if err := p.ctx.Err(); err != nil {
		return nil, err
	}
	if rows.rows != nil {
		list := rows.rows
		strict := filter.vectors()
		if len(strict) > 1 {
			strict, _, _ = filter.strictest(l.seg, rows.lo, rows.n)
		}
		for _, v := range strict {
			list = l.seg.vector[v].keepRows(list, filter.tables[v])
		}
		return p.tested(&rowSet{lo: rows.lo, n: rows.n, rows: list, count: len(list)}, l, filter)
	}
	if rows.mask == nil && rows.n >= kernelRows {
		if strict, all, first := filter.strictest(l.seg, rows.lo, rows.n); all < 1.0/selectedShare && first < 1.0/2 {
			list := l.seg.vector[strict[0]].selected(rows.lo, rows.n, filter.tables[strict[0]], first)
			for _, v := range strict[1:] {
				list = l.seg.vector[v].keepRows(list, filter.tables[v])
			}
			return p.tested(&rowSet{lo: rows.lo, n: rows.n, rows: list, count: len(list)}, l, filter)
		}
	}
	mask := make([]uint8, rows.n)
	for at := 0; at < rows.n; at += maskedAtOnce {
		m := mask[at:min(at+maskedAtOnce, rows.n)]
		fresh := rows.mask == nil
		if !fresh {
			copy(m, rows.mask[at:])
		}
		for v, table := range filter.tables {
			if table != nil {
				l.seg.vector[v].pass(m, rows.lo+at, table, fresh)
				fresh = false
			}
		}
		if fresh {
			for i := range m {
				m[i] = 1
			}
		}
	}
	return p.tested(maskedRows(rows.lo, mask), l, filter)
}

// selectedShare: to list the rows of one column and keep those of the others is faster than a mask of all of them when fewer
// than one row in so many passes.
const selectedShare = 4

// maskedAtOnce is how many rows are masked by all columns before the next ones.
const maskedAtOnce = 1 << 15

// tested looks at one row after the other, if the filter has something that no look-up table tells.
func (p *plan) tested(rows *rowSet, l *look, filter *predicate) (*rowSet, error) {
	if len(filter.tests) == 0 {
		return rows, nil
	}
	out := &rowSet{lo: rows.lo, n: rows.n, rows: []int32{}}
	for some := range slices.Chunk(rows.list(), maskedAtOnce) {
		if err := p.ctx.Err(); err != nil {
			return nil, err
		}
		for _, row := range some {
			if p.passTests(filter, l.seg, row, l.at) {
				out.rows = append(out.rows, row)
			}
		}
	}
	out.count = len(out.rows)
	return out, nil
}

// vectors are those that the filter looks up.
func (p *predicate) vectors() []int {
	var out []int
	for v, table := range p.tables {
		if table != nil {
			out = append(out, v)
		}
	}
	return out
}

// sampled is how many rows tell which share of all passes.
const sampled = 512

// strictest are the vectors that the filter looks up, those first that fewest of the n rows from lo on pass: the others then
// are looked up for fewer rows. all is the share of rows that pass all of them as if one had nothing to do with the other,
// first that of the first vector; 1 without any.
func (p *predicate) strictest(s *segment, lo, n int) (vectors []int, all, first float64) {
	share := make([]float64, len(p.tables))
	vectors, all, first = p.vectors(), 1, 1
	for _, v := range vectors {
		passing, looked, step := 0, 0, max(1, n/sampled)
		for row := lo + step/2; row < lo+n; row += step {
			passing += int(p.tables[v][s.vector[v].at(int32(row))])
			looked++
		}
		share[v] = float64(passing) / float64(max(1, looked))
		all, first = all*share[v], min(first, share[v])
	}
	slices.SortStableFunc(vectors, func(x, y int) int { return cmp.Compare(share[x], share[y]) })
	return vectors, all, first
}

// compiled are filters made ready, once for the visuals of a page that have the same.
func (sh *shared) compiled(ctx context.Context, g *generation, s *side, filters []dataset.ResolvedFilter, today dataset.Day) (*predicate, error) {
	key := fmt.Sprint(s.rel.table, s.settled, today)
	for i := range filters {
		key += "\n" + filters[i].Key()
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if c := sh.made[key]; c != nil {
		return c, nil
	}
	c, err := g.compile(ctx, s.rel, filters, today, s.settled)
	if err == nil {
		sh.made[key] = c
	}
	return c, err
}
