package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"

	"github.com/duckdb/duckdb-go/v2"
)

// duck is the same world in DuckDB, in star form: current items, and one interval an item and changed day.
type duck struct {
	db       *sql.DB
	prepared map[string]*sql.Stmt
}

const duckTables = `
create table wi(id int, project utinyint, type utinyint, state utinyint, cat utinyint, prio utinyint, sev utinyint, area usmallint, iter usmallint,
	assigned usmallint, sp utinyint, rem int, created bigint, activated bigint, closed bigint, created_day int, closed_day int);
create table ivl(wi int, from_day smallint, to_day smallint, project utinyint, type utinyint, state utinyint, cat utinyint, sp utinyint, area usmallint,
	iter usmallint, assigned usmallint, rem int);`

// lastsForever is to_day of an interval that is current. Days of intervals count from firstDay.
const lastsForever = 32767

func openDuck(ctx context.Context, w *world, dir string) (*duck, error) {
	connector, err := duckdb.NewConnector(filepath.Join(dir, fmt.Sprint(w.items, ".duckdb")), nil)
	if err != nil {
		return nil, err
	}
	d := &duck{db: sql.OpenDB(connector), prepared: map[string]*sql.Stmt{}}
	d.db.SetMaxOpenConns(1)
	if _, err := d.db.ExecContext(ctx, duckTables); err != nil {
		return nil, err
	}
	conn, err := connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := loadDuck(conn, w); err != nil {
		return nil, err
	}
	if err := conn.Close(); err != nil {
		return nil, err
	}
	_, err = d.db.ExecContext(ctx, "checkpoint")
	return d, err
}

func loadDuck(conn driver.Conn, w *world) error {
	current, err := duckdb.NewAppenderFromConn(conn, "", "wi")
	if err != nil {
		return err
	}
	intervals, err := duckdb.NewAppenderFromConn(conn, "", "ivl")
	if err != nil {
		return err
	}
	err = w.each(func(it *item) error {
		v := it.last()
		closed, closedDay := driver.Value(nil), driver.Value(nil)
		if c := it.closed(); c > 0 {
			closed, closedDay = c, int32(c/millisADay)
		}
		activated := driver.Value(nil)
		if a := it.activated(); a > 0 {
			activated = a
		}
		created := it.revisions[0].at
		if err := current.AppendRow(int32(it.id), uint8(it.project), uint8(it.typ), uint8(v.state), uint8(states[v.state].category), uint8(it.priority), uint8(it.severity),
			uint16(it.area), uint16(v.iteration), uint16(v.assigned), small(v.points), hours(v.left), created, activated, closed, int32(created/millisADay), closedDay); err != nil {
			return err
		}
		return appendIntervals(intervals, it)
	})
	if err != nil {
		return err
	}
	if err := current.Close(); err != nil {
		return err
	}
	return intervals.Close()
}

func appendIntervals(to *duckdb.Appender, it *item) error {
	for i := range it.revisions {
		v := &it.revisions[i]
		from, end := v.at/millisADay, int64(lastsForever+firstDay)
		if i+1 < len(it.revisions) {
			end = it.revisions[i+1].at / millisADay
		}
		if from == end {
			continue // it does not hold at the end of a day
		}
		if err := to.AppendRow(int32(it.id), int16(from-firstDay), int16(end-firstDay), uint8(it.project), uint8(it.typ), uint8(v.state), uint8(states[v.state].category), small(v.points),
			uint16(it.area), uint16(v.iteration), uint16(v.assigned), hours(v.left)); err != nil {
			return err
		}
	}
	return nil
}

func small(x int32) driver.Value {
	if x == 0 {
		return nil
	}
	return uint8(x)
}

func hours(x int32) driver.Value {
	if x == none {
		return nil
	}
	return x
}

func (d *duck) threads(ctx context.Context, n int) error {
	_, err := d.db.ExecContext(ctx, fmt.Sprint("set threads=", n))
	return err
}

// rows runs a query that is prepared the first time; all its columns are numbers, null is 0.
func (d *duck) rows(ctx context.Context, query string) ([][]float64, error) {
	st := d.prepared[query]
	if st == nil {
		var err error
		if st, err = d.db.PrepareContext(ctx, query); err != nil {
			return nil, fmt.Errorf("%w: %s", err, query)
		}
		d.prepared[query] = st
	}
	rows, err := st.QueryContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, query)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out [][]float64
	cells, targets := make([]sql.NullFloat64, len(names)), make([]any, len(names))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		row := make([]float64, len(cells))
		for i, c := range cells {
			row[i] = c.Float64
		}
		out = append(out, row)
	}
	return out, rows.Err()
}
