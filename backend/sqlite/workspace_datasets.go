package sqlite

import (
	"context"
	"encoding/json"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/workspace"

	zs "zombiezen.com/go/sqlite"
)

const missingDataset = "This dataset is not here any more."

const datasetColumns = `id, connection_id, name, file, time_zone, week_start, created, last_refresh, last_error,
	contents, history_months, schedule_mode, every, times, at_start, catch_up, last_scheduled, failures, opened`

func readDataset(row *zs.Stmt) workspace.Dataset {
	return workspace.Dataset{ID: row.ColumnText(0), ConnectionID: row.ColumnText(1), Name: row.ColumnText(2), File: row.ColumnText(3),
		TimeZone: row.ColumnText(4), WeekStart: time.Weekday(row.ColumnInt(5)), Created: workspaceTime(row, 6),
		LastRefresh: workspaceTime(row, 7), LastError: row.ColumnText(8),
		Selection: devops.Selection{Contents: readContents(row.ColumnText(9)), HistoryMonths: row.ColumnInt(10)},
		Schedule: workspace.Schedule{Mode: workspace.ScheduleMode(row.ColumnText(11)), Every: time.Duration(row.ColumnInt64(12)),
			Times: parseTexts(row.ColumnText(13)), AtStart: row.ColumnBool(14), CatchUp: row.ColumnBool(15)},
		LastScheduled: workspaceTime(row, 16), Failures: row.ColumnInt(17), Opened: row.ColumnBool(18)}
}

// readContents reads what is ticked; an empty list is all of it, as nobody can tick nothing.
func readContents(text string) []devops.Content {
	var contents []devops.Content
	for _, c := range parseTexts(text) {
		contents = append(contents, devops.Content(c))
	}
	return contents
}

func contentTexts(contents []devops.Content) string {
	texts := make([]string, len(contents))
	for i, c := range contents {
		texts[i] = string(c)
	}
	return string(appendTexts(nil, texts))
}

// Datasets lists the datasets, the oldest first.
func (w *Workspace) Datasets(ctx context.Context) ([]workspace.Dataset, error) {
	return list(ctx, w, "sqlite.Datasets", "SELECT "+datasetColumns+" FROM dataset ORDER BY created, id", readDataset)
}

// Dataset returns one dataset.
func (w *Workspace) Dataset(ctx context.Context, id string) (workspace.Dataset, error) {
	return one(ctx, w, "sqlite.Dataset", "SELECT "+datasetColumns+" FROM dataset WHERE id = ?",
		missingDataset, readDataset, id)
}

// PutDataset adds or replaces a dataset; the time it was created stays.
func (w *Workspace) PutDataset(ctx context.Context, d workspace.Dataset) error {
	return w.file.update(ctx, "sqlite.PutDataset", func(c *zs.Conn) error { return w.putDataset(c, d) })
}

func (w *Workspace) putDataset(c *zs.Conn, d workspace.Dataset) error {
	if d.ID == "" {
		return withoutID("dataset")
	}
	return run(c, "INSERT INTO dataset ("+datasetColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET connection_id = excluded.connection_id, name = excluded.name, file = excluded.file,
		time_zone = excluded.time_zone, week_start = excluded.week_start, last_refresh = excluded.last_refresh,
		last_error = excluded.last_error, contents = excluded.contents, history_months = excluded.history_months,
		schedule_mode = excluded.schedule_mode, every = excluded.every, times = excluded.times, at_start = excluded.at_start,
		catch_up = excluded.catch_up, last_scheduled = excluded.last_scheduled, failures = excluded.failures, opened = excluded.opened`,
		d.ID, d.ConnectionID, d.Name, d.File, d.TimeZone, int(d.WeekStart), workspaceMillis(w.orNow(d.Created)), workspaceMillis(d.LastRefresh),
		d.LastError, contentTexts(d.Selection.Contents), d.Selection.HistoryMonths, string(d.Schedule.Mode), int64(d.Schedule.Every),
		string(appendTexts(nil, d.Schedule.Times)), d.Schedule.AtStart, d.Schedule.CatchUp, workspaceMillis(d.LastScheduled), d.Failures, d.Opened)
}

// ChangeDataset reads a dataset, lets change alter it and stores it when change says so, in one transaction.
func (w *Workspace) ChangeDataset(ctx context.Context, id string, change func(*workspace.Dataset) bool) error {
	return changeStored(ctx, w, "sqlite.ChangeDataset", "SELECT "+datasetColumns+" FROM dataset WHERE id = ?", missingDataset, id, readDataset, change, w.putDataset)
}

// DeleteDataset removes the dataset, its documents, its history and, if no other dataset uses it, its
// connection; with that goes a token that opened nothing else. The caller removes the file.
func (w *Workspace) DeleteDataset(ctx context.Context, id string) error {
	const op = "sqlite.DeleteDataset"
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		connection, signIn := "", ""
		err := each(c, "SELECT d.connection_id, coalesce(c.sign_in_id, '') FROM dataset d LEFT JOIN connection c ON c.id = d.connection_id WHERE d.id = ?",
			func(row *zs.Stmt) error { connection, signIn = row.ColumnText(0), row.ColumnText(1); return nil }, id)
		if err != nil {
			return err
		}
		if err := changeOne(c, op, missingDataset, "DELETE FROM dataset WHERE id = ?", id); err != nil {
			return err
		}
		return firstOf(
			run(c, "DELETE FROM document WHERE dataset_id = ?", id),
			run(c, "DELETE FROM refresh_run WHERE dataset_id = ?", id),
			run(c, "DELETE FROM proof WHERE dataset_id = ?", id),
			run(c, "DELETE FROM connection WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM dataset WHERE connection_id = ?1)", connection),
			run(c, "DELETE FROM sign_in WHERE method = 'token' AND id = ? AND NOT EXISTS (SELECT 1 FROM connection WHERE sign_in_id = sign_in.id)", signIn))
	})
}

// Proof returns the last proof of a dataset; the zero Proof when there is none.
func (w *Workspace) Proof(ctx context.Context, datasetID string) (p workspace.Proof, err error) {
	const op = "sqlite.Proof"
	text := ""
	err = w.file.view(ctx, op, func(c *zs.Conn) error {
		return each(c, "SELECT body FROM proof WHERE dataset_id = ?", func(row *zs.Stmt) error { text = row.ColumnText(0); return nil }, datasetID)
	})
	if err != nil || text == "" {
		return workspace.Proof{}, err
	}
	return p, fault.Wrap(op, json.Unmarshal([]byte(text), &p))
}

// PutProof keeps a proof in the place of the one before.
func (w *Workspace) PutProof(ctx context.Context, datasetID string, p workspace.Proof) error {
	const op = "sqlite.PutProof"
	body, err := json.Marshal(p)
	if err != nil {
		return fault.Wrap(op, err)
	}
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		return run(c, "INSERT INTO proof (dataset_id, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body", datasetID, string(body))
	})
}
