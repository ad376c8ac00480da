package refresh

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

// VerifyOptions say what to prove.
type VerifyOptions struct {
	Client   *Client
	Store    Store
	Patterns []devops.ProjectPattern
	// Identity is the id that every answer must come as; empty pins whoever answers first.
	Identity  string
	Selection devops.Selection
	// Refreshed is when the last refresh began: what the service made since is noted and is no gap. The zero time
	// takes everything for a gap that is not held.
	Refreshed time.Time
	Clock     func() time.Time
	// Progress hears how many of the questions are answered; it may be nil.
	Progress func(done, of int)
}

// Proof is a comparison of what the service shows to an identity with what a dataset holds.
type Proof struct {
	Checked  time.Time // when it began
	Identity Identity  // as whom
	Rows     []ProofRow
	Requests int
	Waited   time.Duration
	Skipped  []Skipped // what could not be asked, with the reason
}

// ProofRow is one entity.
type ProofRow struct {
	Entity devops.Entity
	Server int  // what the service says, within the window of the selection where there is one
	Held   int  // what the dataset holds, those that are gone on the server too
	Gone   int  // of those held: gone on the server, kept here
	Known  bool // the service was asked and could say
	// Missing is the gap: on the server and not here. Rows are compared by id wherever they have one.
	Missing int
	Note    string // what a person has to know to read the numbers; "" when they speak for themselves
}

// Gap reports whether anything that the service has is missing.
func (p *Proof) Gap() bool {
	return slices.ContainsFunc(p.Rows, func(r ProofRow) bool { return r.Missing > 0 })
}

// Verify asks the service what it holds and compares that with a store, changing nothing. It counts by other
// ways than a refresh reads: ids from queries, revisions from the number of the latest one, lists. What cannot
// be asked makes its row unknown, never equal.
//
// Faults: those that end a refresh (a refusal of the whole organization, IdentityChanged, Throttled, Offline,
// those of the store, Canceled). A fault of one question alone makes its row unknown.
func Verify(ctx context.Context, o VerifyOptions) (Proof, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	began := o.Client.Stats()
	v := &verifier{VerifyOptions: o, rows: map[devops.Entity]*ProofRow{}, since: o.Selection.Since(o.Clock()), counts: map[string]countedRows{},
		living: map[string]map[int]bool{}, items: map[int]bool{}, links: map[linkKey]*serverLink{}, newer: map[devops.Entity]int{}, extra: map[devops.Entity]int{}}
	v.proof.Checked = o.Clock()
	err := guarded(func() error { return v.all(ctx) })
	for _, e := range proofOrder {
		if row := v.rows[e]; row != nil {
			v.proof.Rows = append(v.proof.Rows, *row)
		}
	}
	now := o.Client.Stats()
	v.proof.Requests, v.proof.Waited = now.Requests-began.Requests, now.Waited-began.Waited
	return v.proof, fault.Wrap("refresh.Verify", err)
}

// proofOrder is the order of a proof.
var proofOrder = []devops.Entity{
	devops.Projects, devops.Teams, devops.Areas, devops.Iterations, devops.WorkItemTypes, devops.Boards,
	devops.WorkItems, devops.Revisions, devops.Links, devops.Repositories, devops.Branches, devops.Commits, devops.Pushes,
	devops.PullRequests, devops.Reviews, devops.Definitions, devops.Builds, devops.Timelines, devops.Deployments, devops.TestRuns,
	devops.Changesets, devops.ChangedFiles, devops.TFVCBranches,
}

// verifier is one proof under way. It asks one question after the other, in one goroutine.
type verifier struct {
	VerifyOptions
	proof          Proof
	rows           map[devops.Entity]*ProofRow
	since          time.Time
	projects       []devops.Project        // held, not gone and shown
	counts         map[string]countedRows  // by project
	living         map[string]map[int]bool // by project: work items that a query shows
	items          map[int]bool            // all work items that the service knows of these projects
	links          map[linkKey]*serverLink // what the service says of links
	arrived        []devops.RevisionSpan   // items whose first revisions are not held
	newer          map[devops.Entity]int   // rows that the service made since the last refresh
	extra          map[devops.Entity]int   // rows that are held and that the service did not list
	repositoriesOf string                  // the project whose repositories are listed
	repositories   []devops.Repository
	heads, unheld  int // branches, and those of them whose last commit is not held
	below          int // branches that were asked about
	filesUnread    int // changesets
	timelinesTold  bool
	trouble        int // faults in a row without a good answer
	answers        int // good answers at the last of them
}

// countedRows is what the store says it holds of a project.
type countedRows struct{ held, gone map[devops.Entity]int }

// question is one thing to ask of one project.
type question struct {
	content  devops.Content // "" for what is always loaded
	entities []devops.Entity
	ask      func(v *verifier, ctx context.Context, p devops.Project) error
}

// questions are all of them. The order matters: links are compared when all work items are known.
var questions = []question{
	{"", []devops.Entity{devops.Teams}, (*verifier).askTeams},
	{"", []devops.Entity{devops.Areas, devops.Iterations}, (*verifier).askNodes},
	{"", []devops.Entity{devops.WorkItemTypes}, (*verifier).askTypes},
	{devops.WorkItemsContent, []devops.Entity{devops.Boards}, (*verifier).askBoards},
	{devops.WorkItemsContent, []devops.Entity{devops.WorkItems}, (*verifier).askItems},
	{devops.WorkItemsContent, []devops.Entity{devops.Revisions}, (*verifier).askRevisions},
	{devops.WorkItemsContent, []devops.Entity{devops.Links}, (*verifier).askLinks},
	{devops.GitContent, []devops.Entity{devops.Repositories}, (*verifier).askRepositories},
	{devops.GitContent, []devops.Entity{devops.Branches, devops.Commits}, (*verifier).askBranches},
	{devops.GitContent, []devops.Entity{devops.Pushes}, (*verifier).askPushes},
	{devops.PullRequestsContent, []devops.Entity{devops.PullRequests}, (*verifier).askPullRequests},
	{devops.PullRequestsContent, []devops.Entity{devops.Reviews}, (*verifier).askReviews},
	{devops.PipelinesContent, []devops.Entity{devops.Definitions}, (*verifier).askDefinitions},
	{devops.PipelinesContent, []devops.Entity{devops.Builds}, (*verifier).askBuilds},
	{devops.PipelinesContent, []devops.Entity{devops.Timelines}, (*verifier).askTimelines},
	{devops.PipelinesContent, []devops.Entity{devops.Deployments}, (*verifier).askDeployments},
	{devops.TestsContent, []devops.Entity{devops.TestRuns}, (*verifier).askTestRuns},
	{devops.TFVCContent, []devops.Entity{devops.Changesets}, (*verifier).askChangesets},
	{devops.TFVCContent, []devops.Entity{devops.ChangedFiles}, (*verifier).askChangedFiles},
	{devops.TFVCContent, []devops.Entity{devops.TFVCBranches}, (*verifier).askTFVCBranches},
}

func (v *verifier) all(ctx context.Context) error {
	if v.Identity != "" {
		v.Client.Pin(v.Identity)
	}
	id, visible, err := Probe(ctx, v.Client)
	if err != nil {
		return err
	}
	if v.proof.Identity = id; v.Identity == "" {
		v.Client.Pin(id.ID)
	}
	if err := v.compareProjects(ctx, visible); err != nil {
		return err
	}
	var due []question
	for _, q := range questions {
		if q.content == "" || v.Selection.Has(q.content) {
			due = append(due, q)
			for _, e := range q.entities {
				v.row(e)
			}
		}
	}
	done, of := 0, len(due)*len(v.projects)
	for _, p := range v.projects {
		held, gone, err := v.Store.Counts(ctx, p.ID)
		if err != nil {
			return err
		}
		v.counts[p.ID] = countedRows{held, gone}
		for _, q := range due {
			if v.Progress != nil {
				v.Progress(done, of)
			}
			if err := v.answer(ctx, q, p, q.ask(v, ctx, p)); err != nil {
				return err
			}
			done++
		}
	}
	if v.Progress != nil {
		v.Progress(of, of)
	}
	for _, finish := range []func(context.Context) error{v.compareLinks, v.explainArrived} {
		if err := finish(ctx); err != nil {
			return err
		}
	}
	v.noteCommits()
	v.noteNewer()
	return nil
}

// answer settles a question: a fault of it alone makes its rows unknown.
func (v *verifier) answer(ctx context.Context, q question, p devops.Project, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil || !mayBeSkipped(err) && v.endsAll(err) {
		return err
	}
	for _, e := range q.entities {
		v.row(e).Known = false
	}
	v.proof.Skipped = append(v.proof.Skipped, Skipped{Project: p.Name, What: string(q.entities[0]), Why: whyOf(err)})
	return nil
}

// endsAll reports whether asking on is in vain, by the same rule as a refresh.
func (v *verifier) endsAll(err error) bool {
	if !slices.Contains(parkable, fault.CodeOf(err)) {
		return true
	}
	if answers := v.Client.Stats().Answers; answers != v.answers {
		v.answers, v.trouble = answers, 0
	}
	v.trouble++
	return v.trouble >= hopeless
}

// row is the row of an entity; it is known until something of it cannot be asked.
func (v *verifier) row(e devops.Entity) *ProofRow {
	if v.rows[e] == nil {
		v.rows[e] = &ProofRow{Entity: e, Known: true}
	}
	return v.rows[e]
}

// add counts what the service and the dataset have of an entity of one project.
func (v *verifier) add(e devops.Entity, server, held, gone, missing int) {
	row := v.row(e)
	row.Server += server
	row.Held += held + gone
	row.Gone += gone
	row.Missing += missing
}

// counted adds an entity whose rows have no ids to compare: fewer rows than the service has are a gap.
func (v *verifier) counted(p devops.Project, e devops.Entity, server int) {
	c := v.counts[p.ID]
	v.add(e, server, c.held[e], c.gone[e], max(0, server-c.held[e]))
}

// byID adds an entity whose rows have whole numbers for ids. Both lists are put in order; the service's may hold an
// id twice.
func (v *verifier) byID(ctx context.Context, p devops.Project, e devops.Entity, server []int) error {
	server = slices.Compact(sorted(server))
	held, ok, err := v.Store.HeldIDs(ctx, p.ID, e)
	if err != nil {
		return err
	}
	if !ok {
		v.counted(p, e, len(server))
		return nil
	}
	gone := v.counts[p.ID].gone[e]
	v.add(e, len(server), len(held)-gone, gone, len(without(server, sorted(held))))
	return nil
}

func sorted(ids []int) []int {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return ids
}

// note adds a sentence to a row.
func (v *verifier) note(e devops.Entity, sentence string) {
	row := v.row(e)
	if row.Note != "" {
		row.Note += " "
	}
	row.Note += sentence
}

// since the last refresh: such rows are no gap, and are told.
func (v *verifier) isNewer(e devops.Entity, at time.Time) bool {
	if v.Refreshed.IsZero() || at.Before(v.Refreshed) {
		return false
	}
	v.newer[e]++
	return true
}

func (v *verifier) noteNewer() {
	for _, e := range proofOrder {
		if n := v.newer[e]; n > 0 {
			v.note(e, fmt.Sprintf("Newer than the last refresh: %d.", n))
		}
		if n := v.extra[e]; n > 0 {
			v.note(e, fmt.Sprintf("Held and not listed, because they are from before the window or not shown any more: %d.", n))
		}
	}
}

// whyOf is the sentence of a fault.
func whyOf(err error) string { return fault.ReportOf(err).Message }
