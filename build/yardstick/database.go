package main

import (
	"context"
	"database/sql"
	"fmt"
)

// database is the star in another engine, asked by SQL.
type database struct {
	name     string
	db       *sql.DB
	prepared map[string]*sql.Stmt
	// sqlOf is the text of a visual for this engine.
	sqlOf func(*visual) string
}

// rows runs a query that is prepared the first time; all its columns are numbers, null is 0.
func (d *database) rows(ctx context.Context, query string) ([][]float64, error) {
	st := d.prepared[query]
	if st == nil {
		var err error
		if st, err = d.db.PrepareContext(ctx, query); err != nil {
			return nil, fmt.Errorf("%s: %w: %s", d.name, err, query)
		}
		d.prepared[query] = st
	}
	rows, err := st.QueryContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", d.name, err, query)
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

// answer is what is timed: the rows, with differences added up, as a program over SQL would do.
func (d *database) answer(ctx context.Context, v *visual) ([][]float64, error) {
	rows, err := d.rows(ctx, d.sqlOf(v))
	if err != nil || v.running == 0 {
		return rows, err
	}
	deltas := make([][]float64, len(states))
	for s := range deltas {
		deltas[s] = make([]float64, v.running)
	}
	for _, row := range rows {
		deltas[int(row[1])][int(row[0])-(today-v.running+1)] += row[2]
	}
	var out [][]float64
	for s, ds := range deltas {
		sum := 0.0
		for i, x := range ds {
			sum += x
			out = append(out, []float64{float64(today - v.running + 1 + i), float64(s), sum})
		}
	}
	return out, nil
}

// numbers are the answer in the form that is compared.
func (d *database) numbers(ctx context.Context, w *world, v *visual) (numbers, error) {
	rows, err := d.answer(ctx, v)
	if err != nil {
		return nil, err
	}
	out := numbers{}
	for _, row := range rows {
		keys, values := v.read(w, row)
		out.put(keys, values)
	}
	return out, nil
}

func (d *database) close() error {
	for _, st := range d.prepared {
		if err := st.Close(); err != nil {
			return err
		}
	}
	return d.db.Close()
}
