package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sqlite"
	"sightline/backend/workspace"
)

// datasetFiles opens one SQLite file with its columns per dataset.
type datasetFiles struct {
	dir string
	log *slog.Logger
}

// Open opens a dataset for writing, or for reading only while another Sightline writes it.
func (f datasetFiles) Open(ctx context.Context, d workspace.Dataset, c workspace.Connection) (desktop.OpenedDataset, error) {
	const op = "main.openDataset"
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return nil, fault.New(fault.ReadOnly, op, "The folder of the datasets cannot be made.", "Look at the rights of "+f.dir+".").Because(err)
	}
	o := datasetOptions(d, c)
	file, err := sqlite.OpenDataset(ctx, f.Path(d), o)
	if fault.Is(err, fault.Conflict) {
		o.ReadOnly = true
		file, err = sqlite.OpenDataset(ctx, f.Path(d), o)
	}
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	engine, err := columns.Open(ctx, file, columns.Options{Clock: time.Now, WhenAsked: true, Snapshot: sqlite.ColumnsPath(f.Path(d)),
		Warn:    func(err error) { f.log.Warn("columns not kept", "dataset", d.ID, "err", err) },
		Refused: func(err error) { f.log.Info("columns read anew", "dataset", d.ID, "why", err) }})
	if err != nil {
		_ = file.Close() // it was only read
		return nil, fault.Wrap(op, err)
	}
	return &openDataset{Engine: engine, file: file}, nil
}

func datasetOptions(d workspace.Dataset, c workspace.Connection) sqlite.DatasetOptions {
	return sqlite.DatasetOptions{
		Name: d.Name, Organization: c.Organization, URL: c.URL, TimeZone: d.TimeZone, WeekStart: d.WeekStart, Clock: time.Now,
	}
}

// InUse reports whether any process, this one too, has the dataset open for writing.
func (f datasetFiles) InUse(d workspace.Dataset) bool {
	return sqlite.InUse(f.Path(d))
}

// Delete removes the files of a dataset that was closed.
func (f datasetFiles) Delete(_ context.Context, d workspace.Dataset) error {
	return fault.Wrap("main.deleteDataset", sqlite.Remove(f.Path(d)))
}

// Path is where the file of a dataset is.
func (f datasetFiles) Path(d workspace.Dataset) string {
	return filepath.Join(f.dir, filepath.Base(d.File))
}

// openDataset joins a dataset's engine and its file.
type openDataset struct {
	*columns.Engine
	file *sqlite.Dataset
}

// Writable is false while another process has the file open for writing.
func (d *openDataset) Writable() bool { return d.file.Writable() }

// Store is the file, where a refresh writes.
func (d *openDataset) Store() refresh.Store { return d.file }

// Refreshed notes a refresh that succeeded.
func (d *openDataset) Refreshed(ctx context.Context, at time.Time) error {
	return d.file.Refreshed(ctx, at)
}

// Size says how much the file holds.
func (d *openDataset) Size(ctx context.Context) (desktop.DatasetSize, error) {
	s, err := d.file.Stats(ctx)
	return desktop.DatasetSize{WorkItems: s.Rows["workItems"], Revisions: s.Rows["revisions"], Bytes: s.Bytes}, err
}

// Records looks single rows up in the file.
func (d *openDataset) Records() dataset.Records { return d.file }

// LetGo closes the file; the engine answers from what it read.
func (d *openDataset) LetGo() error { return d.file.Close() }

// Close closes the engine, then the file.
func (d *openDataset) Close() error {
	return errors.Join(d.Engine.Close(), d.file.Close())
}

// ReloadPending reports whether a full reload was begun and neither swapped in nor given up.
func (f datasetFiles) ReloadPending(d workspace.Dataset) bool { return sqlite.ReloadPending(f.Path(d)) }

// RoomBeside refuses when the disk has no room for a second file as large as the first.
func (f datasetFiles) RoomBeside(d workspace.Dataset) error {
	return fault.Wrap("main.roomBeside", sqlite.RoomBeside(f.Path(d)))
}

// OpenBeside opens the second file of a full reload, and creates it if there is none.
func (f datasetFiles) OpenBeside(ctx context.Context, d workspace.Dataset, c workspace.Connection) (desktop.ReloadedDataset, error) {
	file, err := sqlite.OpenDataset(ctx, sqlite.ReloadPath(f.Path(d)), datasetOptions(d, c))
	if err != nil {
		return nil, fault.Wrap("main.openBeside", err)
	}
	return reloaded{file}, nil
}

// SwapIn puts the second file in the place of the first.
func (f datasetFiles) SwapIn(ctx context.Context, d workspace.Dataset) error {
	return fault.Wrap("main.swapIn", sqlite.Swap(ctx, sqlite.ReloadPath(f.Path(d)), f.Path(d)))
}

// DropBeside gives the second file up.
func (f datasetFiles) DropBeside(d workspace.Dataset) error {
	return fault.Wrap("main.dropBeside", sqlite.Remove(sqlite.ReloadPath(f.Path(d))))
}

// reloaded is the second file of a full reload.
type reloaded struct{ *sqlite.Dataset }

// Store is the file, where a refresh writes.
func (r reloaded) Store() refresh.Store { return r.Dataset }
