package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"

	"github.com/duckdb/duckdb-go/v2"
)

// openDuck opens a DuckDB file, which has the star already or is to be filled.
func openDuck(path string) (*database, *duckdb.Connector, error) {
	connector, err := duckdb.NewConnector(path, nil)
	if err != nil {
		return nil, nil, err
	}
	d := &database{name: "DuckDB", db: sql.OpenDB(connector), prepared: map[string]*sql.Stmt{}, sqlOf: func(v *visual) string { return v.sql }}
	d.db.SetMaxOpenConns(1)
	return d, connector, nil
}

// fillDuck makes a DuckDB file of the world.
func fillDuck(ctx context.Context, w *world, path string) (*database, error) {
	d, connector, err := openDuck(path)
	if err != nil {
		return nil, err
	}
	for _, t := range star {
		if _, err := d.db.ExecContext(ctx, fmt.Sprintf("create table %s(%s)", t.name, t.columns)); err != nil {
			return nil, err
		}
	}
	conn, err := connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := appendStar(conn, w); err != nil {
		return nil, err
	}
	if err := conn.Close(); err != nil {
		return nil, err
	}
	_, err = d.db.ExecContext(ctx, "checkpoint")
	return d, err
}

func appendStar(conn driver.Conn, w *world) error {
	to := map[*starTable]*duckdb.Appender{}
	for _, t := range star {
		a, err := duckdb.NewAppenderFromConn(conn, "", t.name)
		if err != nil {
			return err
		}
		to[t] = a
	}
	err := w.starRows(func(t *starTable, row ...driver.Value) error { return to[t].AppendRow(row...) })
	for _, a := range to {
		if closeErr := a.Close(); err == nil {
			err = closeErr
		}
	}
	return err
}

// threads says on how many threads DuckDB may work.
func threads(ctx context.Context, duck *database, n int) error {
	_, err := duck.db.ExecContext(ctx, fmt.Sprint("set threads=", n))
	return err
}
