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

func TestAWorkspaceOfTheSecondFormatKeepsWhoIsSignedIn(t *testing.T) {
	var script []byte
	for _, name := range []string{"0001_tables.sql", "0002_refreshes.sql"} {
		text, err := os.ReadFile("migrations/workspace/" + name)
		must(t, err)
		script = append(script, text...)
	}
	path := filepath.Join(t.TempDir(), "workspace.db")
	raw(t, path, string(script)+`
		PRAGMA user_version = 2; PRAGMA application_id = 0x534c5753;
		INSERT INTO account (tenant_id, object_id, name, address, directory, kind, added) VALUES
			('t', 'ann', 'Ann', 'ann@example.com', 'example.com', 'guest', 1000), ('', 'bob', 'Bob', '', '', 'token', 2000), ('', 'sample', 'Mira', '', '', 'token', 3000);
		INSERT INTO connection (id, organization, url, server, sample, patterns, method, account_key, authority, client_id, identity_id, identity_name, identity_address, created) VALUES
			('c1', 'fabrikam', 'https://dev.azure.com/fabrikam', 0, 0, '["*"]', 'oauth', 't/ann', 'https://login.example/t', 'client', 'i', 'Ann', 'ann@example.com', 10000),
			('c2', 'server', 'https://tfs.example/tfs/C', 1, 0, '["*"]', 'token', '/bob', '', '', 'bob', 'Bob', '', 20000),
			('c3', 'sample', 'http://127.0.0.1:4711/sample', 1, 1, '["*"]', 'none', '/sample', '', '', 'sample', 'Mira', '', 30000),
			('c4', 'sample', 'http://127.0.0.1:4712/sample', 1, 1, '["*"]', 'oauth', 't/ann', 'http://127.0.0.1:4712/t', 'sample', 'i', 'Ann', '', 40000),
			('c5', 'gone', 'https://dev.azure.com/gone', 0, 0, '["*"]', 'oauth', 't/eve', 'https://login.example/t', 'client', 'e', 'Eve', 'eve@example.com', 50000);`)
	w := openWorkspace(t, path)
	at := func(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
	got(t, []workspace.Account{
		{TenantID: "t", ObjectID: "ann", Name: "Ann", Address: "ann@example.com", Directory: "example.com", Kind: "guest", Added: at(1000)},
		{ObjectID: "bob", Name: "Bob", Kind: "token", Added: at(2000)},
		{TenantID: "t", ObjectID: "eve", Name: "Eve", Address: "eve@example.com", Kind: "work", Added: at(50000)}, // she signed out
	})(w.Accounts(ctx))
	got(t, []workspace.SignIn{
		{ID: "c1", AccountKey: "t/ann", Method: "oauth", Authority: "https://login.example/t", ClientID: "client", Organization: "https://dev.azure.com/fabrikam", Created: at(10000)},
		{ID: "c2", AccountKey: "/bob", Method: "token", Organization: "https://tfs.example/tfs/C", Created: at(20000)},
		{ID: "c4", AccountKey: "t/ann", Method: "oauth", Authority: "http://127.0.0.1:4712/t", ClientID: "sample", Organization: workspace.SampleOrganization, Created: at(40000)},
	})(w.SignIns(ctx))
	connections, err := w.Connections(ctx)
	must(t, err)
	var kept []string
	for _, c := range connections {
		kept = append(kept, c.SignInID+" "+c.AccountKey)
	}
	if want := []string{"c1 t/ann", "c2 /bob", " ", "c4 t/ann", " t/eve"}; !reflect.DeepEqual(kept, want) {
		t.Errorf("sign-ins of the connections: %q", kept)
	}
	if _, err := os.Stat(path + ".version-2.backup"); err != nil {
		t.Error("no copy was made of the second format")
	}
}

func TestAProofIsKeptUntilTheNextOneAndGoesWithItsDataset(t *testing.T) {
	w := newWorkspace(t)
	must(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, aDataset, nil))
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
