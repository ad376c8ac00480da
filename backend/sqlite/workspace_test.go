package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/sqlite"
	"sightline/backend/workspace"
)

var noon = time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)

func openWorkspace(t *testing.T, path string) *sqlite.Workspace {
	t.Helper()
	w, err := sqlite.OpenWorkspace(ctx, path, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func newWorkspace(t *testing.T) *sqlite.Workspace {
	t.Helper()
	return openWorkspace(t, filepath.Join(t.TempDir(), "workspace.db"))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got checks a value that came with an error.
func got[T any](t *testing.T, want T) func(T, error) {
	return func(v T, err error) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(v, want) {
			t.Errorf("\n got %+v %v\nwant %+v", v, err, want)
		}
	}
}

var (
	anAccount   = workspace.Account{TenantID: "tenant", ObjectID: "object", Name: "Ann", Added: noon}
	aSignIn     = workspace.SignIn{ID: "s1", AccountKey: "tenant/object", Method: "oauth", Authority: "https://login.example.com/t", ClientID: "client", Organization: "https://dev.azure.com/fabrikam", Created: noon.Add(-time.Hour)}
	aConnection = workspace.Connection{ID: "c1", SignInID: "s1", Organization: "fabrikam", URL: "https://dev.azure.com/fabrikam", Server: true, Sample: true,
		Patterns: []string{"Test*", `a "quoted" one`}, Method: "oauth", AccountKey: "tenant/object", Authority: "https://login.example.com/t", ClientID: "client",
		IdentityID: "id", IdentityName: "Ann", IdentityAddress: "ann@example.com", Created: noon.Add(-time.Hour),
		Ended: "It was refused.", EndedAt: noon.Add(-time.Minute)}
	aDataset = workspace.Dataset{ID: "d1", ConnectionID: "c1", Name: "Fabrikam", File: "datasets/d1.sightline", TimeZone: "Europe/Berlin", WeekStart: time.Monday,
		Created: noon.Add(-time.Hour), LastRefresh: noon.Add(-time.Minute), LastError: "It failed.",
		Selection:     devops.Selection{Contents: []devops.Content{devops.GitContent, devops.TFVCContent}, HistoryMonths: -1},
		Schedule:      workspace.Schedule{Mode: workspace.TimesSchedule, Every: 4 * time.Hour, Times: []string{"07:30", "19:00"}, AtStart: true, CatchUp: true},
		LastScheduled: noon.Add(-2 * time.Hour), Failures: 3, Opened: true}
	aReport = workspace.Document{ID: "r1", Kind: workspace.ReportDocument, DatasetID: "d1", Name: "Report", Body: []byte(`{"version":1}`), Opened: true, Position: 2, Changed: noon}
	aBoard  = workspace.Document{ID: "b1", Kind: workspace.DashboardDocument, DatasetID: "d1", Name: "Dashboard", Body: []byte{}, Position: 1, Changed: noon}
)

func TestWorkspaceKeepsWhatItIsGivenAcrossARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "workspace.db")
	w := openWorkspace(t, path)
	account := workspace.Account{TenantID: "tenant", ObjectID: "object", Name: "Ann", Address: "ann@example.com", Directory: "Example", Kind: "work", Added: noon.Add(-time.Hour)}
	token := workspace.Account{ObjectID: "identity", Name: "Bob", Kind: "token"}
	must(t, w.PutAccount(ctx, token))
	must(t, w.CreateTrio(ctx, account, aSignIn, aConnection, aDataset, []workspace.Document{aReport, aBoard}))
	must(t, w.PutSetting(ctx, "theme", "dark"))
	must(t, w.Close())

	w = openWorkspace(t, path)
	token.Added = noon // it was left out, so the clock says it
	got(t, []workspace.Account{account, token})(w.Accounts(ctx))
	got(t, []workspace.SignIn{aSignIn})(w.SignIns(ctx))
	got(t, []workspace.Connection{aConnection})(w.Connections(ctx))
	got(t, aConnection)(w.Connection(ctx, "c1"))
	got(t, []workspace.Dataset{aDataset})(w.Datasets(ctx))
	got(t, aDataset)(w.Dataset(ctx, "d1"))
	got(t, []workspace.Document{aBoard, aReport})(w.Documents(ctx))
	got(t, aReport)(w.Document(ctx, "r1"))
	got(t, "dark")(w.Setting(ctx, "theme"))
	got(t, "")(w.Setting(ctx, "never made"))

	account.Name, account.Added = "Ann Brown", time.Time{}
	must(t, w.PutAccount(ctx, account))
	account.Added = noon.Add(-time.Hour)
	got(t, []workspace.Account{account, token})(w.Accounts(ctx))
	must(t, w.DeleteAccount(ctx, token.Key()))
	got(t, []workspace.Account{account})(w.Accounts(ctx))
	changed := aDataset
	changed.Name, changed.LastError, changed.Opened = "Renamed", "", false
	changed.Selection, changed.Failures = devops.Selection{HistoryMonths: 6}, 0
	changed.Schedule = workspace.Schedule{Mode: workspace.ManualSchedule, Every: time.Hour, Times: []string{}}
	must(t, w.PutDataset(ctx, changed))
	got(t, changed)(w.Dataset(ctx, "d1"))
	moved := aConnection
	moved.Patterns, moved.IdentityName = nil, "Other"
	must(t, w.PutConnection(ctx, moved))
	moved.Patterns = []string{}
	got(t, moved)(w.Connection(ctx, "c1"))
	edited := aReport
	edited.Body, edited.Name, edited.Position = []byte(`{"version":1,"pages":[]}`), "Edited", 0
	must(t, w.PutDocument(ctx, edited))
	got(t, []workspace.Document{edited, aBoard})(w.Documents(ctx))
	must(t, w.DeleteDocument(ctx, "b1"))
	got(t, []workspace.Document{edited})(w.Documents(ctx))
	must(t, w.PutSetting(ctx, "theme", ""))
	got(t, "")(w.Setting(ctx, "theme"))
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	w := newWorkspace(t)
	_, err := w.Connection(ctx, "x")
	wantFault(t, err, fault.NotFound)
	_, err = w.Dataset(ctx, "x")
	wantFault(t, err, fault.NotFound)
	_, err = w.Document(ctx, "x")
	wantFault(t, err, fault.NotFound)
	wantFault(t, w.DeleteAccount(ctx, "a/b"), fault.NotFound)
	wantFault(t, w.DeleteDataset(ctx, "x"), fault.NotFound)
	wantFault(t, w.DeleteDocument(ctx, "x"), fault.NotFound)
	wantFault(t, w.UpdateRun(ctx, workspace.RefreshRun{ID: 9}), fault.NotFound)
	wantFault(t, w.PutDataset(ctx, workspace.Dataset{}), fault.Invalid)
	wantFault(t, w.PutConnection(ctx, workspace.Connection{}), fault.Invalid)
	wantFault(t, w.PutDocument(ctx, workspace.Document{}), fault.Invalid)
}

func TestDeletingADatasetTakesWhatIsItsOwnAndNothingElse(t *testing.T) {
	w := newWorkspace(t)
	second := aDataset
	second.ID = "d2"
	must(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, aDataset, []workspace.Document{aReport, aBoard}))
	kept := workspace.Document{ID: "r2", Kind: workspace.ReportDocument, DatasetID: "d2", Body: []byte("{}"), Changed: noon}
	must(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, second, []workspace.Document{kept}))
	for _, id := range []string{"d1", "d2"} {
		_, err := w.AddRun(ctx, workspace.RefreshRun{DatasetID: id, Started: noon, Status: "succeeded"})
		must(t, err)
	}
	must(t, w.DeleteDataset(ctx, "d1"))
	got(t, []workspace.Document{kept})(w.Documents(ctx))
	got(t, []workspace.Connection{aConnection})(w.Connections(ctx))
	got[[]workspace.RefreshRun](t, nil)(w.Runs(ctx, "d1", 10))
	if runs, err := w.Runs(ctx, "d2", 10); err != nil || len(runs) != 1 {
		t.Errorf("%+v %v", runs, err)
	}
	must(t, w.DeleteDataset(ctx, "d2"))
	got[[]workspace.Connection](t, nil)(w.Connections(ctx))
}

func TestATrioIsStoredWholeOrNotAtAll(t *testing.T) {
	w := newWorkspace(t)
	wantFault(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, aDataset, []workspace.Document{aReport, {}}), fault.Invalid)
	got[[]workspace.Account](t, nil)(w.Accounts(ctx))
	got[[]workspace.Connection](t, nil)(w.Connections(ctx))
	got[[]workspace.Dataset](t, nil)(w.Datasets(ctx))
	got[[]workspace.Document](t, nil)(w.Documents(ctx))
	must(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, aDataset, []workspace.Document{aReport}))
	wantFault(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, aDataset, nil), fault.Conflict)
	other := aDataset
	other.ID = "d2"
	wantFault(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, other, []workspace.Document{aReport}), fault.Conflict)
	got(t, []workspace.Dataset{aDataset})(w.Datasets(ctx))
}

func TestRefreshHistoryListsTheNewestFirst(t *testing.T) {
	w := newWorkspace(t)
	var want []workspace.RefreshRun
	for i := range 5 {
		r := workspace.RefreshRun{DatasetID: "d1", Type: "scheduled", Started: noon.Add(time.Duration(i) * time.Hour), Status: "running"}
		var err error
		r.ID, err = w.AddRun(ctx, r)
		must(t, err)
		r.Ended, r.Status, r.Message, r.Rows, r.Requests, r.Bytes, r.Waited = r.Started.Add(time.Minute), "succeeded", "Done.", i, 7, 1<<40, 90*time.Second
		r.Changes = devops.Changes{devops.Revisions: {Added: i, Changed: 1}, devops.Links: {Deleted: 2}}
		r.Parked = []workspace.Unread{{Project: "Test1", What: "the test runs", Why: "It did not answer."}}
		r.Skipped = []workspace.Unread{{What: "teams", Why: "It may not be read."}}
		must(t, w.UpdateRun(ctx, r))
		want = append([]workspace.RefreshRun{r}, want...)
	}
	got(t, want)(w.Runs(ctx, "d1", 100))
	got(t, want[:2])(w.Runs(ctx, "d1", 2))
	got[[]workspace.RefreshRun](t, nil)(w.Runs(ctx, "d1", 0))
	got[[]workspace.RefreshRun](t, nil)(w.Runs(ctx, "another", 5))
}

func TestALongHistoryLosesItsOldestLinesButNotTheLastSuccess(t *testing.T) {
	w := newWorkspace(t)
	add := func(dataset string, hour int, status string) workspace.RefreshRun {
		r := workspace.RefreshRun{DatasetID: dataset, Type: "scheduled", Started: noon.Add(time.Duration(hour) * time.Hour), Status: status}
		var err error
		r.ID, err = w.AddRun(ctx, r)
		must(t, err)
		return r
	}
	got(t, workspace.RefreshRun{})(w.LastSuccess(ctx, "d1"))
	add("d1", 0, "succeeded")
	success := add("d1", 1, "succeeded")
	other := add("d2", 0, "failed")
	for hour := range 1001 {
		add("d1", 2+hour, "failed")
	}
	got(t, success)(w.LastSuccess(ctx, "d1"))
	runs, err := w.Runs(ctx, "d1", 5000)
	must(t, err)
	// The newest 1,000 began in the hours 3 to 1002; the success of hour 1 stays beside them.
	if len(runs) != 1001 || !runs[0].Started.Equal(noon.Add(1002*time.Hour)) || !runs[999].Started.Equal(noon.Add(3*time.Hour)) || runs[1000].ID != success.ID {
		t.Errorf("%d lines, from %s to %s", len(runs), runs[0].Started, runs[len(runs)-1].Started)
	}
	got(t, []workspace.RefreshRun{other})(w.Runs(ctx, "d2", 10))
	got(t, workspace.RefreshRun{})(w.LastSuccess(ctx, "d2"))
	late := add("d1", -50, "missed") // its time is over long ago, and it is what happened last
	runs, err = w.Runs(ctx, "d1", 5000)
	must(t, err)
	if last := runs[len(runs)-1]; last.ID != late.ID {
		t.Errorf("a line was pruned as it was added; the oldest is %+v", last)
	}
}

func TestAChangeLosesNoOtherAndBringsNothingBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "workspace.db")
	w, other := openWorkspace(t, path), openWorkspace(t, path)
	must(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, aDataset, []workspace.Document{aReport}))
	var both sync.WaitGroup
	for range 20 {
		both.Go(func() {
			must(t, w.ChangeDataset(ctx, "d1", func(d *workspace.Dataset) bool { d.Name += "x"; return true }))
		})
		both.Go(func() {
			must(t, other.ChangeDataset(ctx, "d1", func(d *workspace.Dataset) bool { d.LastError += "y"; return true }))
		})
	}
	both.Wait()
	if d, err := w.Dataset(ctx, "d1"); err != nil || len(d.Name) != len(aDataset.Name)+20 || len(d.LastError) != len(aDataset.LastError)+20 {
		t.Errorf("a change was lost: %+v %v", d, err)
	}
	must(t, w.ChangeDocument(ctx, "r1", func(d *workspace.Document) bool { d.Name = "not stored"; return false }))
	got(t, aReport)(w.Document(ctx, "r1"))
	must(t, other.DeleteDataset(ctx, "d1"))
	wantFault(t, w.ChangeDataset(ctx, "d1", func(*workspace.Dataset) bool { return true }), fault.NotFound)
	wantFault(t, w.ChangeDocument(ctx, "r1", func(*workspace.Document) bool { return true }), fault.NotFound)
	got[[]workspace.Dataset](t, nil)(w.Datasets(ctx))
}

func TestLinesOfAProcessThatIsGoneAreClosed(t *testing.T) {
	w := newWorkspace(t)
	for _, status := range []string{"running", "succeeded"} {
		_, err := w.AddRun(ctx, workspace.RefreshRun{DatasetID: "d1", Started: noon, Status: status, Message: "Old."})
		must(t, err)
	}
	_, err := w.AddRun(ctx, workspace.RefreshRun{DatasetID: "d2", Started: noon, Status: "running"})
	must(t, err)
	must(t, w.InterruptRuns(ctx, "d1", "It ended."))
	var said []string
	for _, id := range []string{"d1", "d2"} {
		runs, err := w.Runs(ctx, id, 9)
		must(t, err)
		for _, r := range runs {
			said = append(said, r.Status+" "+r.Message)
		}
	}
	if want := []string{"succeeded Old.", "interrupted It ended.", "running "}; !reflect.DeepEqual(said, want) {
		t.Errorf("%q, want %q", said, want)
	}
}

func TestTwoProcessesMayUseOneWorkspace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "workspace.db")
	var all sync.WaitGroup
	for i := range 4 {
		w := openWorkspace(t, path)
		all.Go(func() {
			for j := range 25 {
				if err := w.PutSetting(ctx, fmt.Sprint(i, "/", j), "x"); err != nil {
					t.Error(err)
				}
				c, d := aConnection, aDataset
				c.ID, d.ID = fmt.Sprint("c", i, "/", j), fmt.Sprint("d", i, "/", j)
				if err := w.CreateTrio(ctx, anAccount, aSignIn, c, d, nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	w := openWorkspace(t, path)
	for i := range 4 {
		for j := range 25 {
			got(t, "x")(w.Setting(ctx, fmt.Sprint(i, "/", j)))
		}
	}
}

func TestAWorkspaceHeldByAnotherWriterIsAConflict(t *testing.T) {
	path := filepath.Join(t.TempDir(), "workspace.db")
	w := openWorkspace(t, path)
	must(t, w.WaitAtMost(50*time.Millisecond))
	end := foreignWriter(t, path)
	defer end()
	wantFault(t, w.PutSetting(ctx, "a", "b"), fault.Conflict)
	got(t, "")(w.Setting(ctx, "a"))
}

func TestAWorkspaceOfANewerSightlineOrADamagedOneIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "workspace.db")
	must(t, openWorkspace(t, path).Close())
	raw(t, path, "PRAGMA user_version = 99")
	_, err := sqlite.OpenWorkspace(ctx, path, nil)
	wantFault(t, err, fault.NewerFile)
	must(t, os.WriteFile(path, make([]byte, 9000), 0o600))
	must(t, os.WriteFile(path, []byte("this is not a database, whatever its name says, and it is long enough to be asked"), 0o600))
	_, err = sqlite.OpenWorkspace(ctx, path, nil)
	wantFault(t, err, fault.Corrupt)
}

func TestNoSecretHasAPlaceInTheWorkspace(t *testing.T) {
	// The workspace goes into backups and bug reports. No struct it stores may grow a place for a token.
	for _, v := range []any{workspace.Account{}, workspace.Connection{}, workspace.Dataset{}} {
		for _, name := range []string{"Token", "AccessToken", "RefreshToken", "Secret", "Password", "PAT"} {
			if _, has := reflect.TypeOf(v).FieldByName(name); has {
				t.Errorf("%T has a field %s", v, name)
			}
		}
	}
}
