package desktop

import "sightline/backend/fault"

// The views of loading: what to load, when, how far it is, what it did, and the proof that all is there.

// ContentView is one line under "What to load".
type ContentView struct {
	Content  string `json:"content"` // workItems, git, pullRequests, pipelines, tests, tfvc
	Name     string `json:"name"`
	Sentence string `json:"sentence"`
	On       bool   `json:"on"` // ticked unless the person says otherwise
}

// HistoryChoice is one choice of how far back builds, Git, TFVC and tests are loaded.
type HistoryChoice struct {
	Months int    `json:"months"` // 0 the default, -1 everything
	Label  string `json:"label"`
}

// ScheduleView is when a dataset is refreshed without anybody asking.
type ScheduleView struct {
	Mode         string   `json:"mode"`         // manual, interval, times
	EveryMinutes int      `json:"everyMinutes"` // 60, 240 or 1440
	Times        []string `json:"times"`        // 07:30, in the dataset's time zone
	AtStart      bool     `json:"atStart"`      // when Sightline starts, if the data is older than the interval
	CatchUp      bool     `json:"catchUp"`      // once, for those that were missed
	Next         string   `json:"next"`
	Paused       string   `json:"paused"` // why the next one is not a regular one, or ""
	Failures     int      `json:"failures"`
}

// ProgressView is the loading screen.
type ProgressView struct {
	DatasetID    string        `json:"datasetId"`
	Name         string        `json:"name"`
	Organization string        `json:"organization"`
	Person       string        `json:"person"`
	Type         string        `json:"type"`  // of the refresh, as in the history; "" while none ran
	State        string        `json:"state"` // idle, running, paused, succeeded, failed, canceled
	Percent      float64       `json:"percent"`
	Phases       []PhaseView   `json:"phases"`
	Rows         int           `json:"rows"`
	RowRate      float64       `json:"rowRate"`
	Requests     int           `json:"requests"`
	Bytes        int64         `json:"bytes"`
	Retries      int           `json:"retries"`
	Elapsed      float64       `json:"elapsed"`
	Left         float64       `json:"left"` // 0 when not known
	Waited       float64       `json:"waited"`
	WaitLeft     float64       `json:"waitLeft"`
	WaitWhy      string        `json:"waitWhy"`
	FirstLook    bool          `json:"firstLook"` // the report can be opened
	Projects     []string      `json:"projects"`
	Parked       []UnreadView  `json:"parked"`
	Skipped      []UnreadView  `json:"skipped"`
	Log          []LogLineView `json:"log"`
	Fault        *fault.Report `json:"fault"`
	DashboardID  string        `json:"dashboardId"`
	ReportID     string        `json:"reportId"`
}

// PhaseView is one line of the loading screen.
type PhaseView struct {
	Phase    string  `json:"phase"` // projects, workItems, history, links, git, pullRequests, pipelines, tests, tfvc, compute
	State    string  `json:"state"` // notStarted, running, waiting, finished, failed
	Done     int     `json:"done"`
	Expected int     `json:"expected"`
	Rate     float64 `json:"rate"`
	Elapsed  float64 `json:"elapsed"`
}

// UnreadView is something of a project that was not read, and why: parked, which the next refresh goes on
// with, or skipped, because it may not be read.
type UnreadView struct {
	Project string `json:"project"` // "" when it concerns all
	What    string `json:"what"`
	Why     string `json:"why"`
}

// LogLineView is one line of the log.
type LogLineView struct {
	At   string `json:"at"`
	Text string `json:"text"`
}

// RunView is one line of the refresh history.
type RunView struct {
	Type     string                `json:"type"` // first, scheduled, catchUp, atStart, onDemand, full, command, missed
	Started  string                `json:"started"`
	Ended    string                `json:"ended"`
	Status   string                `json:"status"` // running, succeeded, failed, canceled, interrupted, missed
	Message  string                `json:"message"`
	Rows     int                   `json:"rows"`
	Requests int                   `json:"requests"`
	Bytes    int64                 `json:"bytes"`
	Waited   float64               `json:"waited"`
	Slowed   bool                  `json:"slowed"` // the service made us wait for a second or longer
	Changes  map[string]ChangeView `json:"changes"`
	Added    int                   `json:"added"`
	Changed  int                   `json:"changed"`
	Deleted  int                   `json:"deleted"`
	Parked   []UnreadView          `json:"parked"`
	Skipped  []UnreadView          `json:"skipped"`
}

// ChangeView counts what a refresh did to the rows of one entity.
type ChangeView struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Deleted int `json:"deleted"`
}

// ProofView is the proof of load. Checked is "" while there is none.
type ProofView struct {
	Checked      string         `json:"checked"`
	Person       string         `json:"person"`
	Organization string         `json:"organization"`
	Rows         []ProofRowView `json:"rows"`
	Notes        []string       `json:"notes"`
	Requests     int            `json:"requests"`
}

// ProofRowView is one entity of the proof of load.
type ProofRowView struct {
	Entity string `json:"entity"`
	Name   string `json:"name"`
	Server int    `json:"server"`
	Held   int    `json:"held"`  // also those kept
	Known  bool   `json:"known"` // the server was asked
	Kept   int    `json:"kept"`  // gone on the server, kept here
	// Missing counts what is on the server and not here.
	Missing int    `json:"missing"`
	State   string `json:"state"` // equal, more (than the server has now), kept, missing, unknown
	Note    string `json:"note"`
}

// TimerView is the timer of the operating system that refreshes while Sightline is closed.
type TimerView struct {
	Supported    bool          `json:"supported"`
	Kind         string        `json:"kind"` // systemd user timer, Windows Task Scheduler, launchd agent
	On           bool          `json:"on"`
	EveryMinutes int           `json:"everyMinutes"` // how often it looks what is due
	Entries      []string      `json:"entries"`      // files or task names that exist
	Detail       string        `json:"detail"`
	Fault        *fault.Report `json:"fault"`
}

// NoticeView says that a refresh ended, or that something about a dataset needs a look.
type NoticeView struct {
	ID        string `json:"id"`
	DatasetID string `json:"datasetId"`
	Kind      string `json:"kind"` // refreshed, failed, slowed, proofGap, signIn (only the person can go on, or soon)
	Title     string `json:"title"`
	Text      string `json:"text"`
	At        string `json:"at"`
	Seen      bool   `json:"seen"`
}
