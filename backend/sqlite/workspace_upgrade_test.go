package sqlite_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/sqlite"
	"sightline/backend/workspace"
)

func TestAWorkspaceOfTheFirstFormatKeepsItsSchedulesAndItsHistory(t *testing.T) {
	script, err := os.ReadFile("migrations/workspace/0001_tables.sql")
	must(t, err)
	path := filepath.Join(t.TempDir(), "workspace.db")
	raw(t, path, string(script)+`
		PRAGMA user_version = 1; PRAGMA application_id = 0x534c5753;
		INSERT INTO dataset (id, connection_id, name, file, time_zone, week_start, created, last_refresh, last_error, every, next_refresh, opened) VALUES
			('daily', 'c', 'Daily', 'a.sqlite', 'UTC', 0, 1, 1000, '', 86400000000000, 90000000, 1),
			('manual', 'c', 'Manual', 'b.sqlite', 'UTC', 0, 2, 0, '', 0, 0, 0);
		INSERT INTO refresh_run (dataset_id, type, started, ended, status, message, rows, requests, bytes, waited, counts)
			VALUES ('daily', 'scheduled', 500, 1000, 'succeeded', '', 7, 3, 9, 0, '{"revisions":7}');`)
	w := openWorkspace(t, path)
	daily, err := w.Dataset(ctx, "daily")
	must(t, err)
	if want := (workspace.Schedule{Mode: workspace.IntervalSchedule, Every: 24 * time.Hour, Times: []string{}, CatchUp: true}); !reflect.DeepEqual(daily.Schedule, want) {
		t.Errorf("daily: %+v", daily.Schedule)
	}
	if next := daily.Schedule.Next(workspace.State{Last: daily.LastScheduled}, time.UnixMilli(80_000_000)); next.UnixMilli() != 90_000_000 {
		t.Errorf("the next refresh was at 90,000,000 and is at %d", next.UnixMilli())
	}
	if !daily.Selection.Has(devops.TFVCContent) || daily.Selection.HistoryMonths != 0 {
		t.Errorf("selection %+v", daily.Selection)
	}
	manual, err := w.Dataset(ctx, "manual")
	must(t, err)
	if next := manual.Schedule.Next(workspace.State{}, noon); !next.IsZero() || manual.Schedule.Every != 24*time.Hour {
		t.Errorf("manual: %+v, next %v", manual.Schedule, next)
	}
	runs, err := w.Runs(ctx, "daily", 10)
	if err != nil || len(runs) != 1 || runs[0].Rows != 7 || runs[0].Type != workspace.ScheduledRun || runs[0].Changes != nil {
		t.Errorf("%+v %v", runs, err)
	}
	if _, err := os.Stat(path + ".version-1.backup"); err != nil {
		t.Error("no copy was made of the first format")
	}
}

func TestAProofIsKeptUntilTheNextOneAndGoesWithItsDataset(t *testing.T) {
	w := newWorkspace(t)
	must(t, w.CreateTrio(ctx, anAccount, aConnection, aDataset, nil))
	got(t, workspace.Proof{})(w.Proof(ctx, "d1"))
	must(t, w.PutProof(ctx, "d1", workspace.Proof{Checked: noon, Requests: 1}))
	proof := workspace.Proof{
		Checked: noon.Add(time.Hour), Identity: "Ann (ann@example.com)", Requests: 41,
		Rows: []workspace.ProofRow{
			{Entity: devops.WorkItems, Server: 0, Held: 3, Gone: 3, Known: true},
			{Entity: devops.Commits, Held: 12, Note: "The service offers no count."},
		},
		Skipped: []workspace.Unread{{Project: "Test1", What: "builds", Why: "They may not be read."}},
	}
	must(t, w.PutProof(ctx, "d1", proof))
	got(t, proof)(w.Proof(ctx, "d1"))
	must(t, w.DeleteDataset(ctx, "d1"))
	got(t, workspace.Proof{})(w.Proof(ctx, "d1"))
}

func TestAFullReloadAsksForRoomBesideTheFirstFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.sqlite")
	must(t, sqlite.RoomBeside(path))
	must(t, os.WriteFile(path, nil, 0o600))
	must(t, os.Truncate(path, 1<<43)) // a file of holes: no disk has room for a second one
	wantFault(t, sqlite.RoomBeside(path), fault.DiskFull)
}
