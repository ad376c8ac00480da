// Package desktop holds what the interface may call: one bound struct per area (Shell, GetData, Accounts,
// Refreshes, Datasets, Reports, Dashboards, Items), the views they answer and the events they send. The
// window, `sightline serve` and the verbs all use these same structs.
//
// It knows no storage, no HTTP client and no engine: the composition root hands those in as Parts.
package desktop

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/signin"
	"sightline/backend/signin/vault"
	"sightline/backend/workspace"
)

// Platform is the face the program wears: the window, serve or a verb.
type Platform interface {
	// Face is window, serve or verb.
	Face() string
	// Emit sends a small event to the interface. It never blocks for long.
	Emit(event string, data any)
	// OpenURL opens an address in the person's own browser.
	OpenURL(url string) error
	// SaveFile asks where to save and writes content there. saved is "" when the person closed the
	// dialog; ok is false when the face has no dialog, so that the page must offer a download.
	SaveFile(suggested string, content []byte) (saved string, ok bool, err error)
	// SaveStream is SaveFile for what is written while it is made. A file that could not be written whole is not there.
	SaveStream(suggested string, write func(io.Writer) error) (saved string, ok bool, err error)
	// Reveal shows a file in the file manager of this computer. Fault NotFound where there is none.
	Reveal(path string) error
	// Quit ends the program when the face is a window. Fault Invalid for any other face, which is ended where it
	// was started.
	Quit() error
	// Notify lets the operating system show something while nobody looks, and says why when it cannot. A click on it
	// brings the program to the front and emits "notice:opened" with the Notification.
	Notify(n Notification) error
}

// OpenedDataset is a dataset that is open: its engine, its store and its size.
type OpenedDataset interface {
	dataset.Engine
	// Reload publishes a new generation from what the store holds now.
	Reload(ctx context.Context) error
	// Writable is false while another process has the dataset open for writing.
	Writable() bool
	// Store is where a refresh writes.
	Store() refresh.Store
	// Refreshed notes a refresh that succeeded in the file and folds the write-ahead log into it.
	Refreshed(ctx context.Context, at time.Time) error
	Size(ctx context.Context) (DatasetSize, error)
	// Changes explains why a number of work items differs between two times.
	Changes(ctx context.Context, q dataset.ChangesQuery) (dataset.Changes, error)
	// Span says which days there are to travel to.
	Span(ctx context.Context) (dataset.Span, error)
	// Records looks single rows up.
	Records() dataset.Records
	// LetGo closes the file but not the engine: what was read of it still answers.
	LetGo() error
	Close() error
}

// ReloadedDataset is the second file of a full reload.
type ReloadedDataset interface {
	Store() refresh.Store
	Refreshed(ctx context.Context, at time.Time) error
	Close() error
}

// DatasetSize says how much a dataset holds.
type DatasetSize struct {
	WorkItems int
	Revisions int
	Bytes     int64
}

// DatasetFiles opens and deletes the files of datasets.
type DatasetFiles interface {
	// InUse reports whether any process, this one too, has the dataset open for writing.
	InUse(d workspace.Dataset) bool
	Open(ctx context.Context, d workspace.Dataset, c workspace.Connection) (OpenedDataset, error)
	Delete(ctx context.Context, d workspace.Dataset) error
	// Path is where the file is.
	Path(d workspace.Dataset) string

	// ReloadPending reports whether the second file of a full reload is there.
	ReloadPending(d workspace.Dataset) bool
	// RoomBeside refuses with DiskFull when the disk has no room for a second file.
	RoomBeside(d workspace.Dataset) error
	// OpenBeside opens the second file, and creates it if there is none.
	OpenBeside(ctx context.Context, d workspace.Dataset, c workspace.Connection) (ReloadedDataset, error)
	// SwapIn puts the second file in the place of the first; both are closed. A crash or a fault leaves the old
	// or the new one whole.
	SwapIn(ctx context.Context, d workspace.Dataset) error
	// DropBeside gives the second file up.
	DropBeside(d workspace.Dataset) error
}

// SampleHost starts the embedded sample organization once and says where it is.
type SampleHost interface {
	Start(ctx context.Context) (Sample, error)
}

// Sample is the running sample organization.
type Sample struct {
	URL       string
	Authority string
	ClientID  string
	Token     signin.Secret // personal access token of its first person
}

// Parts are what the composition root hands in.
type Parts struct {
	Version   string
	DataDir   string
	CacheDir  string
	Workspace workspace.Store
	Files     DatasetFiles
	Vault     *vault.Vault
	HTTP      *http.Client // for sign-in: discovery and tokens
	Sample    SampleHost
	Platform  Platform
	Timer     Timer
	Clock     func() time.Time
	TimeZone  string // of new datasets, IANA
	Log       *slog.Logger
}

// Program is the state behind the bound structs. It is made once; Open must have returned before any
// bound method answers, and they wait for it.
type Program struct {
	Parts
	ready       chan struct{}
	library     library
	runs        runs
	tries       attempts
	budgets     budgets
	notices     notices
	absentPages absentPages
	decoded     decodedReports
	watched     atomic.Bool // a person looks at Sightline now
	offers      offers
	warned      onceEach // sign-ins whose end was announced
	stop        context.CancelFunc
	ctx         context.Context

	mu      sync.Mutex // guards closing, and that nothing joins wait after it
	closing bool
	wait    sync.WaitGroup
}

// New constructs the program without side effects: nothing is opened or started before Open.
func New(p Parts) *Program {
	ctx, stop := context.WithCancel(context.Background())
	pr := &Program{Parts: p, ready: make(chan struct{}), ctx: ctx, stop: stop}
	pr.library = library{opened: map[string]*openEntry{}, removed: map[string]bool{}}
	pr.runs = runs{byDataset: map[string]*run{}, barred: map[string]error{}}
	pr.tries.byID = map[string]*attempt{}
	pr.budgets.byAccount = map[string]*refresh.Budget{}
	return pr
}

// Open lets the bound methods answer, goes on with loads that were interrupted and starts the schedule.
// background is false for verbs, which start only what they were asked for.
func (p *Program) Open(background bool) {
	close(p.ready)
	if background {
		_ = p.spawn(p.keepSchedule) // a program that closes already keeps none
	}
}

// spawn runs do in the background. Close waits for it; once the program closes nothing new begins, and the
// fault is Canceled.
func (p *Program) spawn(do func()) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing {
		return fault.New(fault.Canceled, "desktop.spawn", "Sightline is closing.", "Start it again to go on.")
	}
	p.wait.Go(do)
	return nil
}

// Close stops every load (they go on at the next start) and every sign-in, and closes the datasets.
// Closing twice does nothing.
func (p *Program) Close() {
	p.mu.Lock()
	p.closing = true
	p.mu.Unlock()
	p.stop()
	p.tries.cancelAll()
	p.wait.Wait()
	p.library.closeAll()
}

// await waits until the program is open, so that a page that loads early gets its answer, not an error.
func (p *Program) await() { <-p.ready }

func (p *Program) emit(event string, data any) { p.Platform.Emit(event, data) }

// Services are the bound structs, in the order they are bound.
type Services struct {
	Shell      *Shell
	GetData    *GetData
	Accounts   *Accounts
	Refreshes  *Refreshes
	Datasets   *Datasets
	Reports    *Reports
	Dashboards *Dashboards
	Items      *Items
	Exports    *Exports
}

// Services makes the bound structs.
func (p *Program) Services() Services {
	return Services{
		Shell: &Shell{p}, GetData: &GetData{p}, Accounts: &Accounts{p}, Refreshes: &Refreshes{p},
		Datasets: &Datasets{p}, Reports: &Reports{p}, Dashboards: &Dashboards{p}, Items: &Items{p}, Exports: &Exports{p},
	}
}

// Bound lists the structs for Wails and for serve.
func (s Services) Bound() []any {
	return []any{s.Shell, s.GetData, s.Accounts, s.Refreshes, s.Datasets, s.Reports, s.Dashboards, s.Items, s.Exports}
}

// stamp writes an instant for a view; "" when not set.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
