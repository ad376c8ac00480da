package columns

import (
	"fmt"
	"sort"
	"sync"

	"sightline/backend/dataset"
)

// since is the first row that still held on the day or later.
func (s *segment) since(day dataset.Day) int {
	return sort.Search(s.n, func(i int) bool { return s.toDay.at(int32(i)) >= day })
}

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

// choice is a set of rows that several visuals of a page want; the first of them finds it.
type choice struct {
	once sync.Once
	rows *rowSet
	err  error
}

func (sh *shared) set(key string, choose func() (*rowSet, error)) (*rowSet, error) {
	sh.mu.Lock()
	c, ok := sh.sets[key]
	if !ok {
		c = &choice{}
		sh.sets[key] = c
	}
	sh.mu.Unlock()
	c.once.Do(func() { c.rows, c.err = choose() })
	return c.rows, c.err
}

// rowsOf are the rows that a base is computed over: those of its time that pass the filters of the query, of which the
// visuals of a page with the same filters have one set, and of them those that the base and its value want.
func (p *plan) rowsOf(b *basePlan, l *look) (*rowSet, error) {
	side := b.side
	key := fmt.Sprint(side.rel.table, " ", l.lo, " ", l.hi, " ", l.trend, " ", l.at.cut, " ", b.until, "\n", side.filter.key)
	rows, err := p.share.set(key, func() (*rowSet, error) {
		rows := allRows(l.lo, l.hi-l.lo)
		if !l.trend {
			rows = p.held(b, l, rows)
		}
		return p.narrowed(rows, l, side.filter)
	})
	own := &predicate{tables: make([][]uint8, len(side.filter.tables))}
	if b.kinds != nil && !b.kindsFollow(p.g.dicts.kinds.values) {
		own.restrict(vKind, b.kinds)
		key += "\n" + string(b.kinds)
	}
	for _, more := range []*predicate{b.filter, b.where} {
		if more == nil {
			continue
		}
		for v, table := range more.tables {
			if table != nil {
				own.restrict(v, append([]uint8(nil), table...))
			}
		}
		own.tests = append(own.tests, more.tests...)
		key += "\n" + more.key
	}
	if err != nil || own.empty() {
		return rows, err
	}
	return p.share.set(key, func() (*rowSet, error) { return p.narrowed(rows, l, own) })
}

// kindsFollow reports whether the event of the base says as much as its kinds: only a completed item was completed.
func (b *basePlan) kindsFollow(all []kind) bool {
	for c, k := range all {
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
// end of its life.
func (p *plan) held(b *basePlan, l *look, rows *rowSet) *rowSet {
	switch f := b.side.rel.facts; {
	case f != nil && b.until != "":
		end := f.instant(b.until).ms
		mask := make([]uint8, rows.n)
		for i := range mask {
			mask[i] = uint8(boolInt(end[rows.lo+i] == 0))
		}
		return maskedRows(rows.lo, mask)
	case f != nil || l.seg.item == nil:
		return rows
	}
	cut, mask := l.at.cut, make([]uint8, rows.n)
	from, to := l.seg.from[rows.lo:], l.seg.to[rows.lo:]
	for i := range mask {
		mask[i] = uint8(boolInt(from[i] < cut) & boolInt(to[i] >= cut))
	}
	return maskedRows(rows.lo, mask)
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
		return p.tested(rows, l, filter, true), nil
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
	out := maskedRows(rows.lo, mask)
	if len(filter.tests) > 0 {
		out = p.tested(out, l, filter, false)
	}
	return out, nil
}

// maskedAtOnce is how many rows are masked by all columns before the next ones.
const maskedAtOnce = 1 << 15

// tested looks at one row after the other.
func (p *plan) tested(rows *rowSet, l *look, filter *predicate, tables bool) *rowSet {
	out := &rowSet{lo: rows.lo, n: rows.n, rows: []int32{}}
next:
	for _, row := range rows.list() {
		if tables {
			for v, table := range filter.tables {
				if table != nil && table[l.seg.vector[v].at(row)] == 0 {
					continue next
				}
			}
		}
		if p.passTests(filter, l.seg, row, l.at) {
			out.rows = append(out.rows, row)
		}
	}
	out.count = len(out.rows)
	return out
}
