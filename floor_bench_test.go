package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	zs "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// The floor that the history is held against: the same rows, put into the same tables by prepared statements.

// table is all rows of a table in memory.
type table struct {
	name    string
	columns int
	values  []value
}

// value is one stored value.
type value struct {
	kind zs.ColumnType
	i    int64
	f    float64
	s    string
}

func tableRows(b *testing.B, path string, queries [][2]string) []table {
	b.Helper()
	c, err := zs.OpenConn(path, zs.OpenReadOnly)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Close() }() // it was only read
	var out []table
	for _, q := range queries {
		t := table{name: q[0]}
		err := sqlitex.ExecuteTransient(c, q[1], &sqlitex.ExecOptions{ResultFunc: func(row *zs.Stmt) error {
			t.columns = row.ColumnCount()
			for i := range t.columns {
				t.values = append(t.values, value{row.ColumnType(i), row.ColumnInt64(i), row.ColumnFloat(i), row.ColumnText(i)})
			}
			return nil
		}})
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, t)
	}
	return out
}

// insertRows puts the rows into new tables of the same form, 10,000 rows a transaction, with the settings of
// a dataset file. It returns how long the inserting took.
func insertRows(b *testing.B, like string, tables []table) time.Duration {
	b.Helper()
	c, err := zs.OpenConn(filepath.Join(b.TempDir(), "floor.sqlite"), zs.OpenReadWrite|zs.OpenCreate)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = c.Close() }() // a file that is thrown away
	must := func(sql string) {
		if err := sqlitex.ExecuteTransient(c, sql, nil); err != nil {
			b.Fatal(sql, err)
		}
	}
	for _, pragma := range []string{"page_size=8192", "journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536", "wal_autocheckpoint=1000"} {
		must("PRAGMA " + pragma)
	}
	must("ATTACH '" + like + "' AS loaded")
	var ddl []string
	for _, t := range tables {
		err := sqlitex.ExecuteTransient(c, "SELECT sql FROM loaded.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC", &sqlitex.ExecOptions{
			Args: []any{t.name}, ResultFunc: func(row *zs.Stmt) error { ddl = append(ddl, row.ColumnText(0)); return nil }})
		if err != nil {
			b.Fatal(err)
		}
	}
	must("DETACH loaded")
	for _, sql := range ddl {
		must(sql)
	}
	began := time.Now()
	for _, t := range tables {
		st, err := c.Prepare("INSERT INTO " + t.name + " VALUES (?" + strings.Repeat(",?", t.columns-1) + ")")
		if err != nil {
			b.Fatal(err)
		}
		must("BEGIN IMMEDIATE")
		for n, row := range slices.Collect(slices.Chunk(t.values, t.columns)) {
			bindRow(st, row)
			if _, err := st.Step(); err != nil {
				b.Fatal(err)
			}
			if err := st.Reset(); err != nil {
				b.Fatal(err)
			}
			if n%10_000 == 9_999 {
				must("COMMIT")
				must("BEGIN IMMEDIATE")
			}
		}
		must("COMMIT")
	}
	return time.Since(began)
}

func bindRow(st *zs.Stmt, row []value) {
	for i, v := range row {
		switch v.kind {
		case zs.TypeInteger:
			st.BindInt64(i+1, v.i)
		case zs.TypeFloat:
			st.BindFloat(i+1, v.f)
		case zs.TypeText:
			st.BindText(i+1, v.s)
		case zs.TypeBlob:
			st.BindBytes(i+1, []byte(v.s))
		default:
			st.BindNull(i + 1)
		}
	}
}
