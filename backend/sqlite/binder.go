package sqlite

import (
	"math"
	"time"

	zs "zombiezen.com/go/sqlite"
)

// binder binds the values of one prepared row after row. A value that the row before had too is not
// bound again: most columns of most revisions repeat, and binding costs as much as storing.
type binder struct {
	stmt *zs.Stmt
	last []bound
}

type bound struct {
	kind boundKind
	bits uint64
}

type boundKind uint8

const (
	boundNothing boundKind = iota // never bound, or bound by a text, which is always bound again
	boundNull
	boundInt
	boundNumber
)

// equals reports whether a column holds what was bound.
func (v bound) equals(row *zs.Stmt, i int) bool {
	switch v.kind {
	case boundNull:
		return row.ColumnIsNull(i)
	case boundInt:
		return row.ColumnType(i) == zs.TypeInteger && row.ColumnInt64(i) == int64(v.bits)
	case boundNumber:
		return !row.ColumnIsNull(i) && row.ColumnFloat(i) == math.Float64frombits(v.bits)
	}
	return false
}

// again binds what another binder bound; not for texts.
func (b *binder) again(i int, v bound) {
	switch v.kind {
	case boundNull:
		b.null(i)
	case boundInt:
		b.int(i, int64(v.bits))
	case boundNumber:
		number := math.Float64frombits(v.bits)
		b.number(i, &number)
	}
}

func newBinder(c *zs.Conn, query string) (binder, error) {
	stmt, err := c.Prepare(query)
	if err != nil {
		return binder{}, err
	}
	return binder{stmt: stmt, last: make([]bound, stmt.BindParamCount()+1)}, nil
}

func (b *binder) same(i int, v bound) bool {
	if b.last[i] == v {
		return true
	}
	b.last[i] = v
	return false
}

func (b *binder) int(i int, v int64) {
	if !b.same(i, bound{boundInt, uint64(v)}) {
		b.stmt.BindInt64(i, v)
	}
}

func (b *binder) null(i int) {
	if !b.same(i, bound{boundNull, 0}) {
		b.stmt.BindNull(i)
	}
}

// number binds a number, NULL for nil.
func (b *binder) number(i int, v *float64) {
	if v == nil || math.IsNaN(*v) {
		b.null(i)
		return
	}
	if !b.same(i, bound{boundNumber, math.Float64bits(*v)}) {
		b.stmt.BindFloat(i, *v)
	}
}

// instant binds milliseconds since 1970, NULL for one that is not known.
func (b *binder) instant(i int, ms int64) {
	if ms == notKnown {
		b.null(i)
		return
	}
	b.int(i, ms)
}

func (b *binder) time(i int, t time.Time) { b.instant(i, instant(t)) }

func (b *binder) bool(i int, v bool) {
	if v {
		b.int(i, 1)
	} else {
		b.int(i, 0)
	}
}

func (b *binder) text(i int, s string) {
	b.last[i] = bound{}
	b.stmt.BindText(i, s)
}

// step stores the row.
func (b *binder) step() error {
	if _, err := b.stmt.Step(); err != nil {
		return err
	}
	return b.stmt.Reset()
}

// The column functions read what the binder wrote.

func columnInstant(row *zs.Stmt, i int) int64 {
	if row.ColumnIsNull(i) {
		return notKnown
	}
	return row.ColumnInt64(i)
}

func columnTime(row *zs.Stmt, i int) time.Time {
	if row.ColumnIsNull(i) {
		return time.Time{}
	}
	return time.UnixMilli(row.ColumnInt64(i)).UTC()
}

func columnNumber(row *zs.Stmt, i int) *float64 {
	if row.ColumnIsNull(i) {
		return nil
	}
	v := row.ColumnFloat(i)
	return &v
}

// columnBytes copies a text or blob into buffer, which grows as needed.
func columnBytes(row *zs.Stmt, i int, buffer []byte) []byte {
	n := row.ColumnLen(i)
	if cap(buffer) < n {
		buffer = make([]byte, n, n+n/2)
	}
	buffer = buffer[:n]
	row.ColumnBytes(i, buffer)
	return buffer
}
