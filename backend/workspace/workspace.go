// Package workspace is what belongs to the person at this computer, beside the data itself: accounts,
// connections, datasets, report and dashboard documents, refresh history, settings. It is vocabulary:
// package sqlite stores it in workspace.db, package desktop shows it. It never holds a secret.
package workspace

import (
	"context"
	"time"

	"sightline/backend/devops"
)

// Account is a person as one directory knows them, keyed by (TenantID, ObjectID). Tokens are not here.
type Account struct {
	TenantID  string // GUID of the directory; "" for a personal access token
	ObjectID  string // GUID of the person in it; for a token the identity id of the service
	Name      string
	Address   string
	Directory string // its name or domain, as far as known
	Kind      string // work, guest, personal, token
	Added     time.Time
}

// Key identifies an account.
func (a Account) Key() string { return a.TenantID + "/" + a.ObjectID }

// SampleOrganization stands for the address of the embedded sample organization, which has another at each start.
const SampleOrganization = "sample"

// SignIn is one sign-in of an account that this computer keeps: an OAuth grant for one directory and client id, or
// a personal access token. Its secret rests in the vault under ID. Every connection of the account that was not
// signed in for on its own shares it, so that the directory sees one holder of a refresh token.
type SignIn struct {
	ID           string
	AccountKey   string
	Method       string // oauth, token
	Authority    string // https://login…/{tenant}; "" for a token
	ClientID     string
	Organization string // address of the organization it was made for, or SampleOrganization; a token opens no other
	Created      time.Time
	Expires      time.Time // of a token, as the person said; zero when unknown
	// Ended is the sentence of the refusal after which only the person can go on; "" while it is good. The schedule
	// leaves datasets of an ended sign-in alone.
	Ended   string
	EndedAt time.Time
	// Renewed is when the person signed in last. What ended before, by what was stored until then, ended no more.
	Renewed time.Time
}

// Connection says where a dataset comes from and as whom.
type Connection struct {
	ID           string
	SignInID     string // "" for the sample's own token, and after a sign-out
	Organization string // name
	URL          string // base of every request
	Server       bool   // not Azure DevOps Services
	Sample       bool   // the embedded sample organization: started with the program
	Patterns     []string
	Method       string // oauth, token
	AccountKey   string
	Authority    string // https://login…/{tenant}; "" for a token
	ClientID     string
	// IdentityID is the service's id of the person, pinned: any other answer stops a refresh.
	IdentityID      string
	IdentityName    string
	IdentityAddress string
	Created         time.Time
	// Ended is the sentence with which the service refused this connection though its sign-in is good elsewhere, or
	// named another person; "" while it takes it. The schedule leaves its datasets alone until one comes well, or the
	// person signs in again.
	Ended   string
	EndedAt time.Time
}

// Dataset is one stored dataset. File is relative to the data folder.
type Dataset struct {
	ID           string
	ConnectionID string
	Name         string
	File         string
	TimeZone     string // IANA
	WeekStart    time.Weekday
	Created      time.Time
	LastRefresh  time.Time // end of the last one that succeeded
	LastError    string    // sentence of the last one that failed; "" after a success
	Selection    devops.Selection
	Schedule     Schedule
	// LastScheduled is when the last refresh of the schedule began; those that a person asked for do not move it.
	LastScheduled time.Time
	Failures      int  // of the schedule, in a row
	Opened        bool // false draws the yellow asterisk
}

// DocumentKind tells reports from dashboards.
type DocumentKind string

// The kinds of document.
const (
	ReportDocument    DocumentKind = "report"
	DashboardDocument DocumentKind = "dashboard"
)

// Document is a report or a dashboard. Body is its versioned JSON.
type Document struct {
	ID        string
	Kind      DocumentKind
	DatasetID string
	Name      string
	Body      []byte
	Opened    bool
	Position  int
	Changed   time.Time
}

// RefreshRun is one line of a dataset's refresh history.
type RefreshRun struct {
	ID        int64
	DatasetID string
	Type      RunType
	Started   time.Time
	Ended     time.Time
	Status    string // running, succeeded, failed, canceled, interrupted, missed
	Message   string // sentence for a person
	Rows      int    // that came and were stored, also those that changed nothing
	Requests  int
	Bytes     int64
	Waited    time.Duration // how long the service made us wait
	Changes   devops.Changes
	Parked    []Unread // what could not be finished
	Skipped   []Unread // what may not be read
}

// RunType says why a refresh ran.
type RunType string

// The types of refresh.
const (
	FirstRun     RunType = "first"
	ScheduledRun RunType = "scheduled"
	CatchUpRun   RunType = "catchUp"  // for those that were missed
	AtStartRun   RunType = "atStart"  // the program started and the data was old
	OnDemandRun  RunType = "onDemand" // a person asked in the window
	FullRun      RunType = "full"     // everything again, into a second file
	CommandRun   RunType = "command"  // a person or a script said `sightline refresh DATASET`
	MissedRun    RunType = "missed"   // none: the line says that one was due and did not run
)

// OfSchedule reports whether a refresh of this type moves the schedule.
func (t RunType) OfSchedule() bool {
	return t == FirstRun || t == ScheduledRun || t == CatchUpRun || t == AtStartRun
}

// Unread is something of a project that a refresh did not read, and why.
type Unread struct {
	Project string `json:"project"` // "" when it concerns all
	What    string `json:"what"`
	Why     string `json:"why"`
}

// Proof is what a server was found to hold beside what a dataset holds.
type Proof struct {
	Checked  time.Time
	Identity string // as whom: name and address
	Rows     []ProofRow
	Requests int
	Skipped  []Unread // what could not be asked
}

// ProofRow is one entity of a proof.
type ProofRow struct {
	Entity  devops.Entity
	Server  int
	Held    int  // also those that are gone on the server
	Gone    int  // of those held: gone on the server and kept here
	Known   bool // the server was asked
	Missing int  // on the server and not here
	Note    string
}

// Store keeps a workspace. All methods are safe for concurrent use. Faults: NotFound, Conflict for a
// workspace that another Sightline holds open for writing, NewerFile, DiskFull, ReadOnly.
type Store interface {
	Accounts(ctx context.Context) ([]Account, error)
	// DeleteAccount removes an account by its key, unless a sign-in or a connection is still its own: Conflict.
	DeleteAccount(ctx context.Context, key string) error

	SignIns(ctx context.Context) ([]SignIn, error)
	SignIn(ctx context.Context, id string) (SignIn, error)
	// PutSignIn adds or replaces a sign-in together with its account.
	PutSignIn(ctx context.Context, a Account, s SignIn) error
	// ChangeSignIn is ChangeDataset for a sign-in.
	ChangeSignIn(ctx context.Context, id string, change func(*SignIn) bool) error
	// DeleteSignIn removes a sign-in; its connections are signed out from then on. The caller empties the vault.
	DeleteSignIn(ctx context.Context, id string) error

	Connections(ctx context.Context) ([]Connection, error)
	Connection(ctx context.Context, id string) (Connection, error)
	// ChangeConnection is ChangeDataset for a connection.
	ChangeConnection(ctx context.Context, id string, change func(*Connection) bool) error

	Datasets(ctx context.Context) ([]Dataset, error)
	Dataset(ctx context.Context, id string) (Dataset, error)
	// ChangeDataset reads a dataset, lets change alter it and stores it when change says so, all in one
	// transaction: what another part or process changed meanwhile is not lost, and a dataset that was deleted
	// does not come back.
	ChangeDataset(ctx context.Context, id string, change func(*Dataset) bool) error
	// DeleteDataset removes the dataset, its documents, its history and, if no other dataset uses it,
	// its connection; with that goes a token that opened nothing else, while an account stays signed in. The caller
	// removes the file, and from the vault a sign-in that went.
	DeleteDataset(ctx context.Context, id string) error
	// CreateTrio stores an account with its sign-in, the connection, the dataset and the documents in one
	// transaction, so that an interrupted Get Data leaves nothing half made. Without an id there is no sign-in to
	// store, and without an object id no account.
	CreateTrio(ctx context.Context, a Account, s SignIn, c Connection, d Dataset, docs []Document) error

	Documents(ctx context.Context) ([]Document, error)
	Document(ctx context.Context, id string) (Document, error)
	// ChangeDocument is ChangeDataset for a report or a dashboard.
	ChangeDocument(ctx context.Context, id string, change func(*Document) bool) error
	// PutDocument adds or replaces a report or a dashboard, DeleteDocument removes one. Fault: NotFound.
	PutDocument(ctx context.Context, d Document) error
	DeleteDocument(ctx context.Context, id string) error

	// AddRun adds a line to the history of a dataset and returns its number. The newest 1,000 lines are kept, and
	// the last refresh that succeeded.
	AddRun(ctx context.Context, r RefreshRun) (id int64, err error)
	UpdateRun(ctx context.Context, r RefreshRun) error
	// InterruptRuns closes the lines of a dataset that still say running, because the process that wrote
	// them is gone. When it went is not known, so they get no end.
	InterruptRuns(ctx context.Context, datasetID, message string) error
	// Runs lists the newest first, at most limit.
	Runs(ctx context.Context, datasetID string, limit int) ([]RefreshRun, error)
	// LastSuccess returns the last refresh that succeeded; the zero RefreshRun when there is none.
	LastSuccess(ctx context.Context, datasetID string) (RefreshRun, error)

	// Proof returns the last proof of a dataset; the zero Proof when there is none.
	Proof(ctx context.Context, datasetID string) (Proof, error)
	PutProof(ctx context.Context, datasetID string, p Proof) error

	// Setting returns "" for a setting that was never made.
	Setting(ctx context.Context, name string) (string, error)
	PutSetting(ctx context.Context, name, value string) error

	Close() error
}
