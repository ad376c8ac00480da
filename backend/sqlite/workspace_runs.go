package sqlite

import (
	"context"
	"encoding/json"
	"time"

	"sightline/backend/fault"
	"sightline/backend/workspace"

	zs "zombiezen.com/go/sqlite"
)

const runColumns = "dataset_id, type, started, ended, status, message, rows, requests, bytes, waited, changes, parked, skipped"

func runValues(w *Workspace, r workspace.RefreshRun) ([]any, error) {
	lists := make([]string, 0, 3)
	for _, list := range []any{r.Changes, r.Parked, r.Skipped} {
		text, err := json.Marshal(list)
		if err != nil {
			return nil, fault.Wrap("sqlite.runValues", err)
		}
		lists = append(lists, string(text))
	}
	return []any{r.DatasetID, string(r.Type), workspaceMillis(w.orNow(r.Started)), workspaceMillis(r.Ended), r.Status, r.Message,
		r.Rows, r.Requests, r.Bytes, int64(r.Waited), lists[0], lists[1], lists[2]}, nil
}

func readRun(row *zs.Stmt) workspace.RefreshRun {
	r := workspace.RefreshRun{ID: row.ColumnInt64(0), DatasetID: row.ColumnText(1), Type: workspace.RunType(row.ColumnText(2)), Started: workspaceTime(row, 3),
		Ended: workspaceTime(row, 4), Status: row.ColumnText(5), Message: row.ColumnText(6), Rows: row.ColumnInt(7), Requests: row.ColumnInt(8),
		Bytes: row.ColumnInt64(9), Waited: time.Duration(row.ColumnInt64(10))}
	// Lists that cannot be read are no reason to hide the run.
	_ = json.Unmarshal([]byte(row.ColumnText(11)), &r.Changes)
	_ = json.Unmarshal([]byte(row.ColumnText(12)), &r.Parked)
	_ = json.Unmarshal([]byte(row.ColumnText(13)), &r.Skipped)
	return r
}

// longestHistory is how many lines of a dataset are kept: a year of refreshes every eight hours.
const longestHistory = 1000

// AddRun adds a line to the history of a dataset and returns its number. Of more than 1,000 lines the oldest go,
// but never the last refresh that succeeded, which says when the dataset was read.
func (w *Workspace) AddRun(ctx context.Context, r workspace.RefreshRun) (id int64, err error) {
	values, err := runValues(w, r)
	if err != nil {
		return 0, err
	}
	err = w.file.update(ctx, "sqlite.AddRun", func(c *zs.Conn) error {
		err := run(c, "INSERT INTO refresh_run ("+runColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values...)
		if err != nil {
			return err
		}
		id = c.LastInsertRowID()
		return run(c, `DELETE FROM refresh_run WHERE id IN (SELECT id FROM refresh_run WHERE dataset_id = ?1 ORDER BY started DESC, id DESC LIMIT -1 OFFSET ?2)
			AND id <> ?3 AND id IS NOT (SELECT id FROM refresh_run WHERE dataset_id = ?1 AND status = 'succeeded' ORDER BY started DESC, id DESC LIMIT 1)`,
			r.DatasetID, longestHistory, id)
	})
	return id, err
}

// UpdateRun replaces a line of the history by its number.
func (w *Workspace) UpdateRun(ctx context.Context, r workspace.RefreshRun) error {
	const op = "sqlite.UpdateRun"
	values, err := runValues(w, r)
	if err != nil {
		return err
	}
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		return changeOne(c, op, "This refresh is not in the history any more.", `UPDATE refresh_run SET dataset_id = ?, type = ?, started = ?,
			ended = ?, status = ?, message = ?, rows = ?, requests = ?, bytes = ?, waited = ?, changes = ?, parked = ?, skipped = ? WHERE id = ?`, append(values, r.ID)...)
	})
}

// InterruptRuns closes the lines of a dataset that still say running, because the process that wrote them is
// gone. When it went is not known, so they get no end.
func (w *Workspace) InterruptRuns(ctx context.Context, datasetID, message string) error {
	return w.file.update(ctx, "sqlite.InterruptRuns", func(c *zs.Conn) error {
		return run(c, "UPDATE refresh_run SET status = 'interrupted', message = ? WHERE dataset_id = ? AND status = 'running'", message, datasetID)
	})
}

// LastSuccess returns the last refresh of a dataset that succeeded; the zero RefreshRun when there is none.
func (w *Workspace) LastSuccess(ctx context.Context, datasetID string) (workspace.RefreshRun, error) {
	runs, err := list(ctx, w, "sqlite.LastSuccess", "SELECT id, "+runColumns+" FROM refresh_run WHERE dataset_id = ? AND status = 'succeeded' ORDER BY started DESC, id DESC LIMIT 1",
		readRun, datasetID)
	if err != nil || len(runs) == 0 {
		return workspace.RefreshRun{}, err
	}
	return runs[0], nil
}

// Runs lists the newest first, at most limit.
func (w *Workspace) Runs(ctx context.Context, datasetID string, limit int) ([]workspace.RefreshRun, error) {
	return list(ctx, w, "sqlite.Runs", "SELECT id, "+runColumns+" FROM refresh_run WHERE dataset_id = ? ORDER BY started DESC, id DESC LIMIT ?",
		readRun, datasetID, max(0, limit))
}
