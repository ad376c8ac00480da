package sqlite_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/sqlite"
)

// counted is a dataset file that counts what is asked for that takes a walk over all rows.
type counted struct {
	*sqlite.Dataset
	rows, texts int
}

type countedReading struct {
	dataset.Reading
	of *counted
}

func (c *counted) Read(ctx context.Context) (dataset.Reading, error) {
	r, err := c.Dataset.Read(ctx)
	return countedReading{r, c}, err
}

func (r countedReading) Items(visit func(*dataset.ItemRow) error) error {
	r.of.rows++
	return r.Reading.Items(visit)
}

func (r countedReading) Texts() []dataset.TextRow {
	r.of.texts++
	return r.Reading.Texts()
}

// TestAColdStartWithASnapshotReadsNoRowsOfTheFile has a field that the service does not list, whose type nobody
// told: its dates are texts, a new one with each revision.
func TestAColdStartWithASnapshotReadsNoRowsOfTheFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data.sightline")
	d := open(t, file)
	at := time.Date(2024, 3, 2, 1, 0, 0, 0, time.UTC)
	commit(t, d, schemaBatch())
	for page := range 3 {
		var rows []devops.Revision
		for i := range 200 {
			n := page*200 + i
			rows = append(rows, revision(1+i, 1+page, func(r *devops.Revision) {
				r.Other = map[string]any{"System.AuthorizedDate": at.Add(time.Duration(n) * time.Minute), "Custom.Risk": []string{"High", "Low", "Größe"}[n%3]}
			}))
		}
		commit(t, d, revisions(rows...))
	}
	path := filepath.Join(t.TempDir(), "columns")
	start := func(d *sqlite.Dataset) (*columns.Engine, *counted) {
		c := &counted{Dataset: d}
		e, err := columns.Open(ctx, c, columns.Options{Clock: func() time.Time { return at.AddDate(0, 1, 0) }, Snapshot: path,
			Warn: func(err error) { t.Errorf("the snapshot was not written: %v", err) }})
		if err != nil {
			t.Fatal(err)
		}
		return e, c
	}
	var qs []dataset.Query
	for _, field := range []dataset.FieldRef{"Work items[Risk]", "Work items[AuthorizedDate]", dataset.State} {
		qs = append(qs, dataset.Query{Values: []dataset.Value{{Measure: "Work items"}}, Rows: []dataset.Group{{Field: field}}})
	}
	warm, c := start(d)
	if c.rows == 0 || c.texts == 0 {
		t.Fatalf("without a snapshot: %d walks over the rows, %d over the texts", c.rows, c.texts)
	}
	want, errs := warm.AnswerAll(ctx, qs)
	if err := errors.Join(append(errs, warm.Close())...); err != nil {
		t.Fatal(err)
	}
	cold, c := start(openReadOnly(t, file))
	if c.rows != 0 || c.texts != 0 {
		t.Errorf("with a snapshot: %d walks over the rows, %d over the texts", c.rows, c.texts)
	}
	got, errs := cold.AnswerAll(ctx, qs)
	if err := errors.Join(append(errs, cold.Close())...); err != nil {
		t.Fatal(err)
	}
	for i := range qs {
		if !reflect.DeepEqual(got[i].Rows, want[i].Rows) || len(want[i].Rows) == 0 {
			t.Errorf("%s: %v, from the rows %v", qs[i].Rows[0].Field, got[i].Rows, want[i].Rows)
		}
	}
}
