package sqlite

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

const (
	usualPage = 100
	mostRows  = 1000
)

// ListColumns implements dataset.Records.
func (d *Dataset) ListColumns(ctx context.Context, table string) (out []dataset.ListColumn, err error) {
	const op = "sqlite.ListColumns"
	err = d.file.view(ctx, op, func(c *zs.Conn) error {
		_, columns, err := listTableOf(c, op, table)
		out = columnsOf(columns)
		return err
	})
	return out, err
}

func columnsOf(columns []listColumn) (out []dataset.ListColumn) {
	for _, col := range columns {
		out = append(out, dataset.ListColumn{Name: col.name, Type: col.kind, Field: col.field})
	}
	return out
}

// List implements dataset.Records. It finds the rows of the page by what orders them, and reads the columns of
// those rows alone.
func (d *Dataset) List(ctx context.Context, q dataset.ListQuery) (list dataset.List, err error) {
	const op = "sqlite.List"
	err = d.file.view(ctx, op, func(c *zs.Conn) error {
		l, err := newLister(c, op, &q)
		if err != nil {
			return err
		}
		if err := l.findPage(&q); err != nil {
			return err
		}
		list, err = l.readPage()
		return err
	})
	return list, err
}

// lister reads one page of a list.
type lister struct {
	c       *zs.Conn
	op      string
	table   *listTable
	columns []listColumn // that were asked for
	order   *listColumn  // nil for the order of the keys
	page    []listKey
	next    string
}

// listKey names a row of a page.
type listKey struct{ row, key any }

func newLister(c *zs.Conn, op string, q *dataset.ListQuery) (*lister, error) {
	table, all, err := listTableOf(c, op, q.Table)
	if err != nil {
		return nil, err
	}
	l := &lister{c: c, op: op, table: table, columns: all}
	if len(q.Columns) > 0 {
		l.columns = nil
	}
	for _, name := range q.Columns {
		col, err := findColumn(op, q.Table, all, name)
		if err != nil {
			return nil, err
		}
		l.columns = append(l.columns, *col)
	}
	if q.OrderBy == "" {
		return l, nil
	}
	order, err := findColumn(op, q.Table, all, q.OrderBy)
	if err != nil {
		return nil, err
	}
	by := *order
	if by.kind == dataset.Text {
		by.expr = "nullif(" + by.expr + ", '')" // an empty text is shown as a blank
	}
	l.order = &by
	return l, nil
}

func findColumn(op, table string, all []listColumn, name string) (*listColumn, error) {
	at := slices.IndexFunc(all, func(c listColumn) bool { return c.name == name })
	if at < 0 {
		at = slices.IndexFunc(all, func(c listColumn) bool { return c.field == name && name != "" })
	}
	if at < 0 {
		return nil, fault.New(fault.Invalid, op, fmt.Sprintf("A list of %s has no column %q.", table, name), "Name one of its columns.").With("Column", name)
	}
	return &all[at], nil
}

// listAfter is where a page ended: the value that orders and the key of its last row. Texts are bytes, because JSON
// replaces what is not UTF-8, and the page after another text begins with the same row again.
type listAfter struct {
	Value any `json:"v"`
	Key   any `json:"k"`
}

// findPage finds the rows of the page in their order.
func (l *lister) findPage(q *dataset.ListQuery) error {
	limit := q.Limit
	if limit <= 0 {
		limit = usualPage
	}
	limit = min(limit, mostRows)
	where, args, err := l.where(q)
	if err != nil {
		return err
	}
	order, value := l.table.key, "NULL"
	if q.Descending {
		order += " DESC"
	}
	if l.order != nil {
		value = l.order.expr
		direction := ""
		if q.Descending {
			direction = " DESC"
		}
		order = "(" + value + ") IS NULL, " + value + " COLLATE NOCASE" + direction + ", " + l.table.key
	}
	query := fmt.Sprintf("SELECT %s, %s, %s FROM %s WHERE %s ORDER BY %s LIMIT %d", l.table.row, l.table.key, value, l.table.from, where, order, limit+1)
	var last listAfter
	err = each(l.c, query, func(row *zs.Stmt) error {
		if len(l.page) == limit {
			text, err := json.Marshal(listAfter{bytesOf(last.Value), bytesOf(last.Key)})
			l.next = string(text)
			return err
		}
		l.page = append(l.page, listKey{plainValue(row, 0), plainValue(row, 1)})
		last = listAfter{plainValue(row, 2), plainValue(row, 1)}
		return nil
	}, args...)
	return err
}

// where is the condition of the rows that are asked for and come after the page before. Its arguments are the
// numbers or names as ?1, and that place as ?2 and ?3.
func (l *lister) where(q *dataset.ListQuery) (string, []any, error) {
	where, args, named := l.table.where, []any{nil, nil, nil}, false
	for _, by := range []struct {
		list any
		some bool
		cond string
	}{{q.IDs, q.IDs != nil, l.table.ids}, {q.Keys, q.Keys != nil, l.table.names}} {
		if !by.some {
			continue
		}
		if by.cond == "" || named {
			return "", nil, fault.New(fault.Invalid, l.op, "Rows of "+q.Table+" are not named so.", "Name them by their numbers, and commits and branches of TFVC by their keys.")
		}
		text, err := json.Marshal(by.list)
		if err != nil {
			return "", nil, err
		}
		args[0], named = string(text), true
		where += " AND " + by.cond
	}
	if q.After != "" {
		after, err := l.after(q)
		if err != nil {
			return "", nil, err
		}
		where += " AND " + after.cond
		args[1], args[2] = after.value, after.key
	}
	// Each argument is named once, because SQLite refuses one that is not.
	return where + " AND coalesce(?1, ?2, ?3, 0) IS NOT NULL", args, nil
}

type afterCondition struct {
	cond       string
	value, key any
}

func (l *lister) after(q *dataset.ListQuery) (a afterCondition, err error) {
	var at listAfter
	decoder := json.NewDecoder(strings.NewReader(q.After))
	decoder.UseNumber()
	if decoder.Decode(&at) != nil || !plainToken(&at.Value) || !plainToken(&at.Key) || at.Key == nil {
		return a, fault.New(fault.Invalid, l.op, "This page of the list is not known.", "Begin again at its first page.")
	}
	key, more, less := l.table.key, ">", ">"
	if q.Descending {
		less = "<"
	}
	a.value, a.key = at.Value, at.Key
	switch {
	case l.order == nil:
		a.cond = fmt.Sprintf("%s %s ?3", key, less)
	case at.Value == nil:
		a.cond = fmt.Sprintf("(%s) IS NULL AND %s %s ?3", l.order.expr, key, more)
	default:
		value := "(" + l.order.expr + ") COLLATE NOCASE"
		a.cond = fmt.Sprintf("((%s) IS NULL OR %s %s ?2 OR (%s = ?2 AND %s %s ?3))", l.order.expr, value, less, value, key, more)
	}
	return a, nil
}

// bytesOf is a value whose texts JSON writes as they are, in base 64.
func bytesOf(v any) any {
	if text, ok := v.(string); ok {
		return []byte(text)
	}
	return v
}

// plainToken makes a text or number of a page's end one of SQLite, and reports whether it is a value at all.
func plainToken(v *any) bool {
	switch x := (*v).(type) {
	case nil:
		return true
	case string:
		text, err := base64.StdEncoding.DecodeString(x)
		*v = string(text)
		return err == nil
	case json.Number:
		if i, err := x.Int64(); err == nil {
			*v = i
			return true
		}
		f, err := x.Float64()
		*v = f
		return err == nil
	}
	return false
}

// readPage reads the columns of the rows that were found.
func (l *lister) readPage() (dataset.List, error) {
	list := dataset.List{Columns: columnsOf(l.columns), Rows: make([][]any, len(l.page)), Next: l.next}
	if len(l.page) == 0 {
		return list, nil
	}
	rows, place := make([]any, len(l.page)), make(map[any]int, len(l.page))
	for i, k := range l.page {
		rows[i], place[k.key] = k.row, i
	}
	named, err := json.Marshal(rows)
	if err != nil {
		return list, err
	}
	exprs := make([]string, len(l.columns))
	for i, col := range l.columns {
		exprs[i] = col.expr
	}
	query := fmt.Sprintf("SELECT %s, %s FROM %s WHERE %s AND %s IN (SELECT value FROM json_each(?1))", l.table.key, strings.Join(exprs, ", "),
		l.table.from, l.table.where, l.table.row)
	err = each(l.c, query, func(row *zs.Stmt) error {
		at, ok := place[plainValue(row, 0)]
		if !ok {
			return nil
		}
		values := make([]any, len(l.columns))
		for i := range l.columns {
			values[i] = l.columns[i].value(row, i+1)
		}
		list.Rows[at] = values
		return nil
	}, string(named))
	list.Rows = slices.DeleteFunc(list.Rows, func(r []any) bool { return r == nil })
	return list, err
}
