package main

import (
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/sqlite"
)

const (
	// together is how many revisions a refresh stores in one transaction.
	together = 10_000
	// storedBeside is the share of the revisions that are stored while pages are asked.
	storedBeside = 0.3
	// publishPause is the least that the program waits between two generations; after a long build it waits longer.
	publishPause = 2 * time.Second
)

// stored puts the history of the world into a dataset file as a refresh does, the last part of it while pages are asked
// and generations published, and then tells how large the file is and whether the engine says over it what the databases say.
func (b *bench) stored(people []float64) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	c, err := newChronicle(b.w)
	if err != nil {
		return err
	}
	d, err := sqlite.OpenDataset(b.ctx, b.file(datasetFile), sqlite.DatasetOptions{Name: "Yardstick", Organization: "yardstick", TimeZone: "UTC", WeekStart: time.Monday,
		Clock: func() time.Time { return now }})
	if err != nil {
		return err
	}
	if _, err := d.Commit(b.ctx, c.schema()); err != nil {
		return err
	}
	before := int(float64(len(c.order)) * (1 - storedBeside))
	cpu := processCPU()
	if err := b.store(d, c, 0, before, nil); err != nil {
		return err
	}
	b.tell(figure{Group: "the dataset file", What: "stored, the making of the revisions included", Ours: float64(before) / (processCPU() - cpu).Seconds(), Unit: "revisions/s CPU"})
	if err := b.whileStoring(d, c, before, people); err != nil {
		return err
	}
	if err := d.Refreshed(b.ctx, now); err != nil {
		return err
	}
	if err := b.answersOf(d, people); err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	return b.tellSizes(len(c.order))
}

// store stores a part of the history and counts what is stored.
func (b *bench) store(d *sqlite.Dataset, c *chronicle, from, to int, count *atomic.Int64) error {
	var room []devops.Revision
	for at := from; at < to; at += together {
		end := min(at+together, to)
		batch := c.batch(at, end, room[:0])
		if _, err := d.Commit(b.ctx, batch); err != nil {
			return err
		}
		room = batch.Revisions
		if count != nil {
			count.Add(int64(end - at))
		}
	}
	return nil
}

// whileStoring measures a page while the writer stores at full speed and what it stored is published.
func (b *bench) whileStoring(d *sqlite.Dataset, c *chronicle, from int, people []float64) error {
	e, err := columns.Open(b.ctx, d, columns.Options{Clock: func() time.Time { return now }})
	if err != nil {
		return err
	}
	defer e.Close()
	var rows atomic.Int64
	began, done := time.Now(), make(chan struct{})
	writer, publisher, ended := make(chan error, 1), make(chan error, 1), make(chan error, 1)
	published := 0
	go func() {
		defer close(done)
		writer <- b.store(d, c, from, len(c.order), &rows)
	}()
	go func() {
		for {
			if err := e.Reload(b.ctx); err != nil {
				publisher <- err
				return
			}
			published++
			select {
			case <-done:
				publisher <- nil
				return
			case <-time.After(publishPause):
			}
		}
	}()
	var stopped time.Duration
	go func() {
		err := <-writer
		stopped = time.Since(began)
		if e := <-publisher; err == nil {
			err = e
		}
		ended <- err
	}()
	took, err := b.latencies(e, people, ended)
	if err != nil {
		return err
	}
	if published < 2 {
		return fmt.Errorf("%d generations were published while %d revisions were stored: that is no measurement", published, rows.Load())
	}
	const group = "a page while the writer stores at full speed, two threads"
	b.tell(figure{Group: group, What: "revisions stored a second beside it", Ours: float64(rows.Load()) / stopped.Seconds(), Unit: "revisions/s"})
	b.tell(figure{Group: group, What: "generations published meanwhile", Ours: float64(published), Unit: ""})
	b.tellLatencies(group, took)
	return nil
}

// answersOf compares the answers over the dataset file and leaves a snapshot of its columns.
func (b *bench) answersOf(d dataset.Source, people []float64) error {
	e, err := columns.Open(b.ctx, d, columns.Options{Clock: func() time.Time { return now }, Snapshot: b.file(snapshotFile)})
	if err != nil {
		return err
	}
	vs := b.w.visuals(people)
	for _, p := range b.w.pages(people) {
		vs = append(vs, p.visuals...)
	}
	for i := range vs {
		if err := same(b.ctx, e, b.w, &vs[i], b.beside()...); err != nil {
			return fmt.Errorf("over the dataset file: %w", err)
		}
	}
	return e.Close()
}

func (b *bench) tellSizes(revisions int) error {
	size := func(names ...string) (float64, error) {
		sum := int64(0)
		for _, name := range names {
			about, err := os.Stat(b.file(name))
			if err != nil {
				return 0, err
			}
			sum += about.Size()
		}
		return float64(sum) / float64(revisions), nil
	}
	for _, f := range []struct {
		what, goal string
		names      []string
	}{{"dataset file, all included", "200 bytes", []string{datasetFile}}, {"dataset file and snapshot of its columns", "", []string{datasetFile, snapshotFile}}} {
		bytes, err := size(f.names...)
		if err != nil {
			return err
		}
		b.tell(figure{Group: "the dataset file", What: f.what, Ours: bytes, Unit: "bytes a revision", Goal: f.goal})
	}
	return nil
}
