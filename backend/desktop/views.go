package desktop

import (
	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
)

// The views are what the interface receives: plain data, times as RFC 3339 text ("" when not set),
// durations in seconds, no secret. A *fault.Report inside a view is a refusal that belongs on the
// screen; a method's own error is one that stops the whole step.

// ShellView is everything the frame of the window shows.
type ShellView struct {
	Version    string `json:"version"`
	Face       string `json:"face"`       // window, serve
	Theme      string `json:"theme"`      // system, light, dark
	Background bool   `json:"background"` // closing the window hides it and the schedule goes on
	// Notifications are those that the operating system shows while nobody looks: failed, all, none.
	Notifications string        `json:"notifications"`
	Accounts      []AccountView `json:"accounts"`
	Dashboards    []NavItem     `json:"dashboards"`
	Reports       []NavItem     `json:"reports"`
	Datasets      []NavItem     `json:"datasets"`
}

// NavItem is one line of the left navigation.
type NavItem struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	DatasetID string  `json:"datasetId"`
	New       bool    `json:"new"`   // yellow asterisk
	State     string  `json:"state"` // ready, loading, partial, refreshing, paused, failed
	Percent   float64 `json:"percent"`
}

// AccountView is an account without its tokens.
type AccountView struct {
	Key       string `json:"key"`
	Name      string `json:"name"`
	Address   string `json:"address"`
	Directory string `json:"directory"` // domain of the directory that knows this person; of a guest the one they come from
	Kind      string `json:"kind"`      // work, guest, personal, token
	// State is signedIn; ended when only the person can go on; expiring when its token ends within 14 days;
	// signedOut when nothing is kept.
	State    string `json:"state"`
	Sentence string `json:"sentence"` // why it ended or when it expires, or ""
	InUse    bool   `json:"inUse"`    // offered first for a new connection
	// Connections are the datasets that come as this account.
	Connections []AccountConnection `json:"connections"`
}

// AccountConnection is one dataset of an account.
type AccountConnection struct {
	DatasetID    string `json:"datasetId"`
	Name         string `json:"name"`
	Organization string `json:"organization"`
	State        string `json:"state"` // of its sign-in, as AccountView.State; none for the sample, which needs no account
	Bytes        int64  `json:"bytes"`
}

// AccountsView is everything the account menu shows.
type AccountsView struct {
	Accounts []AccountView       `json:"accounts"`
	Without  []AccountConnection `json:"without"` // datasets that need no account
	Keeping  KeepingView         `json:"keeping"`
}

// KeepingView says where the keys of the sign-ins rest.
type KeepingView struct {
	// Mode is keyring; kernel (of Linux: until the computer is restarted); passphrase; session (memory only, ends
	// with the program); unknown while nothing was kept yet.
	Mode   string `json:"mode"`
	Locked bool   `json:"locked"` // sign-ins are stored that nothing opens now
	// Passphrase says whether a passphrase was chosen before, so that it is asked for and not chosen.
	Passphrase bool   `json:"passphrase"`
	Sentence   string `json:"sentence"` // for a person: where they rest, and why not better
}

// SignOutPlan is what signing out of an account touches, to be shown before.
type SignOutPlan struct {
	Account  AccountView         `json:"account"`
	Datasets []AccountConnection `json:"datasets"` // stay readable unless they are deleted too
	Forgets  []string            `json:"forgets"`  // sentences: what is forgotten here
	Remains  []string            `json:"remains"`  // sentences: what could not be revoked, and where the person can
	// Page is where the directory lets the person end it themselves, or "".
	Page string `json:"page"`
}

// SignOutReport is what signing out did.
type SignOutReport struct {
	Accounts AccountsView   `json:"accounts"`
	Deleted  []string       `json:"deleted"` // names of the datasets that were deleted
	Remains  []string       `json:"remains"`
	Faults   []fault.Report `json:"faults"` // what could not be forgotten or deleted
}

// RegistrationCheck is what a directory says of a client id without anybody signing in.
type RegistrationCheck struct {
	Directory string              `json:"directory"` // tenant that was asked
	Authority string              `json:"authority"`
	Checks    []RegistrationProof `json:"checks"`
	Fault     *fault.Report       `json:"fault"` // the directory could not be asked at all
}

// RegistrationProof is one line of it.
type RegistrationProof struct {
	What     string `json:"what"`     // The directory knows the client id
	State    string `json:"state"`    // ok, failed, unknown
	Sentence string `json:"sentence"` // what it means and what to click
}

// OrganizationCheck says how an organization was understood.
type OrganizationCheck struct {
	OK      bool          `json:"ok"`
	Name    string        `json:"name"`
	URL     string        `json:"url"`
	Display string        `json:"display"` // dev.azure.com/contoso
	Server  bool          `json:"server"`
	Fault   *fault.Report `json:"fault"`
}

// PatternCheck says how one project pattern was understood.
type PatternCheck struct {
	Text       string        `json:"text"`
	OK         bool          `json:"ok"`
	Suggestion string        `json:"suggestion"` // a pattern that would do
	Fault      *fault.Report `json:"fault"`
}

// ConnectDefaults fills the dialog.
type ConnectDefaults struct {
	ClientID       string          `json:"clientId"`
	Permissions    []Permission    `json:"permissions"` // what will be read, shown before the browser opens
	Contents       []ContentView   `json:"contents"`
	HistoryChoices []HistoryChoice `json:"historyChoices"`
}

// Permission is one line of the list of what will be read.
type Permission struct {
	Name     string `json:"name"`
	Sentence string `json:"sentence"`
	// Contents are the contents of the selection that need it; it is left out while none of them is ticked.
	// Empty: always asked for.
	Contents []string `json:"contents"`
}

// ConnectRequest is what the connector dialog asks for. It holds no secret: a personal access token is
// posted to /api/attempts/{id}/token.
type ConnectRequest struct {
	Source       string   `json:"source"` // azureDevOps, server, sample, sampleSignIn
	Organization string   `json:"organization"`
	Patterns     []string `json:"patterns"`
	Method       string   `json:"method"` // oauth, token, none (sample)
	ClientID     string   `json:"clientId"`
	Authority    string   `json:"authority"` // "" is discovered
	Expect       string   `json:"expect"`    // address of the expected person, or ""
	// Purpose is "" for a new dataset; account to sign an account in without one; connection to sign in again for the
	// connection of DatasetID, or to move it.
	Purpose   string `json:"purpose"`
	DatasetID string `json:"datasetId"`
	// Account is the key of an account: for a new dataset its sign-in is used without a browser; for the other
	// purposes nobody else is taken, unless Switch says that another one is wanted.
	Account string `json:"account"`
	Switch  bool   `json:"switch"`
	// Rung is the way to the sign-in page: "" the best there is, system (the person's own browser), copyLink,
	// deviceCode, ephemeral (macOS), or isolated, which is the best one and never a sign-in that is kept.
	Rung         string `json:"rung"`
	AskConsent   bool   `json:"askConsent"`   // show the page of consent also when it was answered before
	TokenExpires string `json:"tokenExpires"` // day on which the personal access token ends, 2027-01-31; "" unknown
	AllowPlain   bool   `json:"allowPlain"`   // send the token to an address that is not encrypted, which was warned about
	// Contents are what to load: workItems, git, pullRequests, pipelines, tests, tfvc. Empty is everything.
	Contents      []string `json:"contents"`
	HistoryMonths int      `json:"historyMonths"` // 0 the default of 24, -1 everything
}

// AttemptView is one running Get Data from Sign in to Load.
type AttemptView struct {
	ID string `json:"id"`
	// Phase is one of: discovering, opening, waiting (for the browser), token (a personal access token
	// is awaited), proving, confirm, storing, accepted, failed, canceled.
	Phase        string `json:"phase"`
	Organization string `json:"organization"`
	URL          string `json:"url"`
	Source       string `json:"source"`
	Browser      string `json:"browser"` // name of the browser that was opened, or ""
	// Rung is the way to the sign-in page that is taken: isolated, isolatedWithoutPrivate, ephemeral, system, copyLink,
	// deviceCode, token, silent (a sign-in that is kept already), or "" before it is known.
	Rung        string         `json:"rung"`
	Isolated    bool           `json:"isolated"`  // verified
	Authority   string         `json:"authority"` // host that asks for the password, once known
	Ways        []SignInWay    `json:"ways"`      // the other ways, best first
	Code        string         `json:"code"`      // of deviceCode: what to type
	CodePage    string         `json:"codePage"`  // of deviceCode: where to type it
	Purpose     string         `json:"purpose"`   // of the request
	Link        string         `json:"link"`      // one-time local address to copy
	Notice      string         `json:"notice"`    // why a lower rung is in use, or ""
	Started     string         `json:"started"`
	Deadline    string         `json:"deadline"`
	Identity    *IdentityView  `json:"identity"`
	Projects    []ProjectMatch `json:"projects"` // what this identity can see, matched first
	Matched     int            `json:"matched"`
	Warnings    []fault.Report `json:"warnings"` // shown on the identity card, for example no projects visible
	Fault       *fault.Report  `json:"fault"`
	DatasetID   string         `json:"datasetId"`
	DashboardID string         `json:"dashboardId"`
	ReportID    string         `json:"reportId"`
}

// SignInWay is one rung of the ladder that a person can choose.
type SignInWay struct {
	Rung     string `json:"rung"` // system, copyLink, deviceCode, ephemeral, token
	Name     string `json:"name"`
	Sentence string `json:"sentence"` // when to take it
	Isolated bool   `json:"isolated"` // whether isolation is claimed
	Fault    string `json:"fault"`    // why it cannot be taken here, or ""
}

// IdentityView is the identity card.
type IdentityView struct {
	AccountKey string `json:"accountKey"`
	Silent     bool   `json:"silent"`  // a sign-in that was kept before: nobody typed anything now
	Keeping    string `json:"keeping"` // KeepingView.Mode: where it will rest once accepted
	// Writes are permissions of the token that can change something, which Sightline never asks for.
	Writes       []string `json:"writes"`
	Expires      string   `json:"expires"` // of a personal access token, or ""
	Name         string   `json:"name"`
	Address      string   `json:"address"`
	Directory    string   `json:"directory"`
	Kind         string   `json:"kind"` // work, guest, personal, token
	Organization string   `json:"organization"`
	Expected     string   `json:"expected"`
	Matches      bool     `json:"matches"`  // true when nobody was expected
	Projects     int      `json:"projects"` // how many this identity can see
}

// ProjectMatch is one line of the preview.
type ProjectMatch struct {
	Name    string `json:"name"`
	Matched bool   `json:"matched"`
	Length  int    `json:"length"` // how many characters of the name the pattern fixed
}

// DatasetView is the head of everything that shows a dataset.
type DatasetView struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Organization string   `json:"organization"`
	URL          string   `json:"url"`
	Patterns     []string `json:"patterns"`
	Person       string   `json:"person"`
	Address      string   `json:"address"`
	IdentityID   string   `json:"identityId"` // as the service knows the person; every answer must come as this one
	Sample       bool     `json:"sample"`
	Server       bool     `json:"server"` // Azure DevOps Server
	TimeZone     string   `json:"timeZone"`
	LastRefresh  string   `json:"lastRefresh"`
	NextRefresh  string   `json:"nextRefresh"`
	LastError    string   `json:"lastError"`
	// State is ready; loading and partial (a first look can be had) only until the first load is whole;
	// refreshing while a whole dataset is brought up to date; paused; failed.
	State       string `json:"state"`
	Generation  int64  `json:"generation"`
	WorkItems   int    `json:"workItems"`
	Revisions   int    `json:"revisions"`
	Bytes       int64  `json:"bytes"`
	ReportID    string `json:"reportId"`
	DashboardID string `json:"dashboardId"`

	AccountKey string `json:"accountKey"` // "" for the sample's own token
	// SignIn is the state of its sign-in, as AccountView.State; none for the sample.
	SignIn         string `json:"signIn"`
	SignInSentence string `json:"signInSentence"`

	Contents      []string     `json:"contents"`
	HistoryMonths int          `json:"historyMonths"` // 0 the default of 24, -1 everything
	File          string       `json:"file"`          // its name
	Schedule      ScheduleView `json:"schedule"`
	Matched       int          `json:"matched"` // projects that are held and not gone
	Gone          []string     `json:"gone"`    // projects that are held and gone on the server, or not readable any more
}

// ReportView is a report with the pages to draw.
type ReportView struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Dataset DatasetView   `json:"dataset"`
	Pages   []report.Page `json:"pages"` // those that the dataset has data for, hidden ones too
	// Absent are the others, with the reason.
	Absent []AbsentPage `json:"absent"`
	// Problems are names and places that the report has wrong; nothing of a report that Sightline made.
	Problems []report.Problem `json:"problems"`
	// Cards are the filters on all pages that a reader may change.
	Cards []report.FilterCard `json:"cards"`
}

// VisualData is the answer of one visual.
type VisualData struct {
	ID     string          `json:"id"`
	Result *dataset.Result `json:"result"`
	Spark  *dataset.Result `json:"spark"`
	// Follows says how the visual follows the page's selection now: "", highlight, filter, none, source.
	Follows  string        `json:"follows"`
	Subtitle string        `json:"subtitle"` // with its placeholders filled
	Fault    *fault.Report `json:"fault"`
}

// SlicerData are the members a slicer offers.
type SlicerData struct {
	ID string `json:"id"`
	// Picked is what a slicer whose default has to be found starts with, such as the current sprint; null when the
	// reader picked, or its default stands in the document.
	Picked  []any            `json:"picked"`
	Members []dataset.Member `json:"members"` // of a slicer between two ends, the first and the last
	More    int              `json:"more"`    // how many are not listed; Reports.Members finds them
	Fault   *fault.Report    `json:"fault"`
}

// PageData is the answer of a whole page, all of one generation.
type PageData struct {
	Generation int64        `json:"generation"`
	AsOf       string       `json:"asOf"`
	Visuals    []VisualData `json:"visuals"`
	Slicers    []SlicerData `json:"slicers"`
	// Restatement says what the selection is: "Area is Checkout: 21 of 126 open bugs".
	Restatement string `json:"restatement"`
	// Part of Whole is what the page counts (report.Page.Count) under the selection; both are null while
	// nothing is selected or when the page counts nothing.
	Part   *float64 `json:"part"`
	Whole  *float64 `json:"whole"`
	Millis float64  `json:"millis"`
}

// DashboardView is a dashboard with the tiles to draw.
type DashboardView struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Dataset DatasetView `json:"dataset"`
	// Revision goes back with a Save.
	Revision int        `json:"revision"`
	Tiles    []TileView `json:"tiles"`
	Narrow   []string   `json:"narrow"`
}

// TileView is a tile to be drawn: report.Tile with what it follows in its place.
type TileView struct {
	ID        string             `json:"id"`
	Place     report.Place       `json:"place"`
	Source    *report.TileSource `json:"source"` // null: detached
	Visual    report.Visual      `json:"visual"` // as its report has it now
	Page      *report.Page       `json:"page"`   // of a tile that is a whole page
	State     report.PageState   `json:"state"`
	PageID    string             `json:"pageId"`
	Title     string             `json:"title"`
	Subtitle  string             `json:"subtitle"`
	Refreshed bool               `json:"refreshed"`
	DatasetID string             `json:"datasetId"` // of its numbers
	Missing   string             `json:"missing"`   // why it cannot be drawn, or ""
}

// DashboardData is the answer of all tiles, by the id of the tile.
type DashboardData struct {
	Generation int64        `json:"generation"`
	Tiles      []VisualData `json:"tiles"`
	// Pages are the answers of tiles that are whole pages, by the id of the tile.
	Pages map[string]PageData `json:"pages"`
}

// CSVFile is a file to save.
type CSVFile struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// SaveResult says where a file was saved; Canceled when the person closed the dialog, and Download when
// the face has no dialog and the page itself must offer the file.
type SaveResult struct {
	Path     string `json:"path"`
	Canceled bool   `json:"canceled"`
	Download bool   `json:"download"`
	Link     string `json:"link"` // of what the page shall download, when it is not in its hands already
}
