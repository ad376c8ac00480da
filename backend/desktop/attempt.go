package desktop

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// attempt is one sign-in from its request to what is stored of it. Its secrets stay in its own fields until Accept.
type attempt struct {
	id      string
	name    string // of the dataset; "" is made from the organization and the patterns
	request ConnectRequest
	org     devops.Organization // without a name for an account that signs in without an organization
	// selection is what the person ticked.
	selection devops.Selection
	sample    *Sample // set once the sample organization runs
	emit      func()
	clock     func() time.Time
	task      task

	turn sync.Mutex // one step of the person at a time: cancel, sign in again, accept

	mu         sync.Mutex // guards what follows
	since      time.Time  // of the phase
	tokenIn    chan signin.Secret
	given      bool // a token came
	finished   chan struct{}
	view       AttemptView
	cancel     context.CancelFunc
	session    *signin.Session
	result     *signin.Result    // of an OAuth sign-in
	token      signin.PAT        // of the method token
	kept       *workspace.SignIn // a sign-in that is kept already and is used
	credential signin.Credential
	identity   refresh.Identity
	projects   []devops.Project
	patterns   []devops.ProjectPattern
	err        error // what ended it
}

func (p *Program) newAttempt(ctx context.Context, request ConnectRequest) (*attempt, error) {
	a := &attempt{id: newID(), request: request, clock: func() time.Time { return p.Clock() }}
	if err := p.readRequest(ctx, a); err != nil {
		return nil, err
	}
	a.emit = func() { p.emit("attempt:changed", map[string]string{"id": a.id}) }
	a.reset()
	p.endOverdue()
	p.tries.add(a)
	return a, nil
}

// reset makes the attempt as new, keeping what the person typed.
func (a *attempt) reset() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tokenIn, a.given = make(chan signin.Secret, 1), false
	a.finished = make(chan struct{})
	a.cancel, a.session, a.err = nil, nil, nil
	a.forgetSecrets()
	a.identity, a.projects = refresh.Identity{}, nil
	a.since = a.clock()
	a.view = AttemptView{
		ID: a.id, Phase: "discovering", Organization: a.org.Name, URL: a.org.URL, Source: a.request.Source, Purpose: a.request.Purpose,
		DatasetID: a.task.datasetID, Ways: []SignInWay{}, Projects: []ProjectMatch{}, Warnings: []fault.Report{},
	}
}

// forgetSecrets drops what the person signed in with. Callers hold the lock.
func (a *attempt) forgetSecrets() {
	a.result, a.credential, a.token, a.kept = nil, nil, signin.PAT{}, nil
	select {
	case <-a.tokenIn: // one that nobody took
	default:
	}
}

// give hands over the personal access token: once, and only to an attempt that waits for one.
func (a *attempt) give(token signin.Secret) error {
	const op = "desktop.giveToken"
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.request.Method != methodToken:
		return fault.New(fault.Conflict, op, "This sign-in takes no personal access token.", "Choose that method in Get Data.")
	case a.given || a.view.Phase != "discovering" && a.view.Phase != "token":
		return fault.New(fault.Conflict, op, "This sign-in has its personal access token already.", "Sign in again to use another one.")
	}
	a.given = true
	a.tokenIn <- token // it has room for one
	return nil
}

// abandon ends an attempt for the person: its browser window is closed and its secrets are dropped. One that
// was accepted stays accepted; one that is being stored is waited for.
func (a *attempt) abandon() {
	a.turn.Lock()
	defer a.turn.Unlock()
	a.end()
	a.change(func() {
		if !finalPhase(a.view.Phase) {
			a.enter("canceled")
		}
		a.forgetSecrets()
	})
}

// isAccepted reports whether the attempt became a connection.
func (a *attempt) isAccepted() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.view.Phase == "accepted"
}

// end cancels what is under way, closes the browser and waits until both are gone.
func (a *attempt) end() {
	a.mu.Lock()
	cancel, session, finished := a.cancel, a.session, a.finished
	a.mu.Unlock()
	if session != nil {
		session.Close()
	}
	if cancel != nil {
		cancel()
		<-finished
	}
}

// snapshot is the attempt as the interface sees it, with the browser's state as of now.
func (a *attempt) snapshot() AttemptView {
	a.mu.Lock()
	defer a.mu.Unlock()
	v := a.view
	if a.session == nil {
		return v
	}
	s := a.session.State()
	v.Browser, v.Isolated, v.Link, v.Notice = s.BrowserName, s.IsolationVerified, s.URL, s.Notice
	v.Started, v.Deadline = stamp(s.Started), stamp(s.Deadline)
	v.Rung, v.Authority, v.Code, v.CodePage = rungNames[s.Rung], s.Authority, s.Code, s.CodePage
	if v.Phase == "opening" && s.Phase == signin.PhaseWaiting {
		v.Phase = "waiting"
	}
	return v
}

func (a *attempt) setPhase(phase string) {
	a.change(func() { a.enter(phase) })
}

// enter begins a phase. Callers hold the lock.
func (a *attempt) enter(phase string) { a.view.Phase, a.since = phase, a.clock() }

// change alters the attempt and tells the interface.
func (a *attempt) change(do func()) {
	a.mu.Lock()
	do()
	a.mu.Unlock()
	a.emit()
}

// fail ends the attempt with a sentence and drops its secrets. A person who canceled is told so, not scolded.
func (a *attempt) fail(err error) {
	a.change(func() {
		a.forgetSecrets()
		if fault.Is(err, fault.Canceled) {
			a.enter("canceled")
		} else {
			a.enter("failed")
		}
		a.view.Fault = reportOf(err)
		a.err = err
	})
}

// failure is the error that ended an attempt.
func (a *attempt) failure() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.err
}

// match sets which of the visible projects the patterns name. No match is a refusal that names the
// nearest projects; the attempt stays as it was. A connection that exists keeps its patterns and is only warned about.
func (a *attempt) match(texts []string) error {
	patterns, err := devops.ParsePatterns(texts...)
	if err != nil {
		return err
	}
	a.mu.Lock()
	projects := slices.Clone(a.projects)
	a.mu.Unlock()
	slices.SortFunc(projects, func(x, y devops.Project) int {
		return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name))
	})
	matched, others := devops.MatchProjects(patterns, projects)
	list := make([]ProjectMatch, 0, len(projects))
	for _, p := range matched {
		list = append(list, ProjectMatch{Name: p.Name, Matched: true, Length: fixedLength(patterns, p.Name)})
	}
	for _, p := range others {
		list = append(list, ProjectMatch{Name: p.Name})
	}
	var refused *fault.Report
	if _, err := refresh.MatchOrExplain(patterns, projects); err != nil && len(projects) > 0 && a.request.Purpose == purposeDataset {
		refused = reportOf(err)
	}
	a.change(func() {
		if a.view.Phase == "accepted" || a.view.Phase == "storing" {
			return // what was stored loads with the patterns it was accepted with
		}
		a.patterns, a.since = patterns, a.clock()
		a.view.Projects, a.view.Matched = list, len(matched)
		a.view.Fault = refused
	})
	return nil
}

// fixedLength is how many characters of the name the longest matching pattern spelled out.
func fixedLength(patterns []devops.ProjectPattern, name string) int {
	longest := 0
	for _, p := range patterns {
		if p.Matches(name) {
			longest = max(longest, len([]rune(strings.TrimSuffix(p.String(), "*"))))
		}
	}
	return longest
}

func displayURL(u string) string {
	return strings.TrimPrefix(strings.TrimPrefix(u, "https://"), "http://")
}

// newID is a random id for an attempt, a connection, a sign-in, a dataset or a document.
func newID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand aborts the program instead
	return hex.EncodeToString(b[:])
}
