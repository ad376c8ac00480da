package refresh

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// commitsFeed is the cursor of a repository's commits.
const commitsFeed = "commits"

const (
	// quiet is how long a stretch of nothing but known commits has to be, below the last new one, before the
	// reading of a moved branch ends. Commits that were pushed late, or merged, stand further down by their date.
	quiet = 30 * 24 * time.Hour
	// quietRows is how many of them there have to be at least: one clock that was wrong proves nothing.
	quietRows = 10
	// wholeAge is how old the last reading of the default branch to its end may be when it moves: that finds
	// what was pushed later than any stretch.
	wholeAge = 7 * 24 * time.Hour
)

// commitState is the token of a repository's commits. The heads of the branches are the true cursor; this
// says what they do not.
type commitState struct {
	Since time.Time `json:"since,omitzero"` // first instant that was read; zero: everything
	Whole time.Time `json:"whole,omitzero"` // when the default branch was last read to its end
	// Head is the commit below which reading is under way, Skip how many commits of it are stored.
	Head string `json:"head,omitempty"`
	Skip int    `json:"skip,omitempty"`
	Deep bool   `json:"deep,omitempty"` // that reading goes to the end
	// All is true when nothing that is stored tells where to stop: the window was widened, or a reading could
	// not be gone on with.
	All  bool `json:"all,omitempty"`
	done bool
}

func (s *commitState) cursor(repositoryID string) *devops.Cursor {
	return &devops.Cursor{Feed: commitsFeed, Scope: repositoryID, Token: tokenOf(s), Done: s.done}
}

// tokenOf writes the state of a feed as its token.
func tokenOf(state any) string {
	text, _ := json.Marshal(state) // plain members only
	return string(text)
}

// stateOf reads a token that tokenOf wrote; one that somebody else wrote counts as none.
func stateOf[T any](token string) (state T) {
	if json.Unmarshal([]byte(token), &state) != nil {
		return *new(T)
	}
	return state
}

// widened reports whether a window reaches further back than the one that was read.
func widened(since, read time.Time) bool { return since.Before(read) }

// restore reads the cursor of the commits.
func (g *gitReader) restore(ctx context.Context) error {
	cursor, ok, err := g.Store.Cursor(ctx, commitsFeed, g.repo.ID)
	if err != nil {
		return err
	}
	g.state = stateOf[commitState](cursor.Token)
	g.state.done = cursor.Done
	if !ok {
		g.state.Since = g.since
	} else if widened(g.since, g.state.Since) {
		g.state = commitState{Since: g.since, All: true}
	}
	if g.state.All {
		g.state.Head, g.state.Skip, g.state.Deep, g.seen = "", 0, false, map[string]bool{}
	}
	return nil
}

// commitsOf reads what moved branches brought, and goes on first with what an earlier refresh left.
func (g *gitReader) commitsOf(ctx context.Context, moved []devops.Branch) error {
	if g.state.Head != "" {
		err := g.below(ctx, g.state.Head, g.state.Skip, nil, g.state.Deep)
		if err != nil && !mayBeSkipped(err) {
			return err
		}
		if err != nil {
			// Nobody shows that commit any more, so what it had below is not known to be stored.
			g.state.Head, g.state.Skip, g.state.Deep, g.state.All, g.seen = "", 0, false, true, map[string]bool{}
		}
	}
	for _, b := range moved {
		known, err := g.known(ctx, []devops.Commit{{ID: b.Head}})
		if err != nil {
			return err
		}
		if known[b.Head] {
			continue // whatever can be reached from a commit was read with it or before
		}
		deep := b.Name == g.repo.DefaultBranch && g.Clock().Sub(g.state.Whole) > wholeAge
		if err := g.below(ctx, b.Head, 0, &b, deep); err != nil {
			return err
		}
	}
	return nil
}

// below reads what can be reached from a commit, newest first, until nothing new can be expected. Each page is
// stored with the place behind it, the last one with the branch.
func (g *gitReader) below(ctx context.Context, head string, skip int, branch *devops.Branch, deep bool) error {
	stretch := knownStretch{}
	first := ""
	for {
		if err := g.hold(ctx); err != nil {
			return err
		}
		page, err := g.Client.GitCommits(ctx, azdo.CommitsQuery{Repository: g.ref, Reachable: head, FromDate: g.since, Skip: skip})
		if err != nil {
			return err
		}
		rows := commitRows(g.repo.ID, page.Rows)
		if len(rows) > 0 {
			if rows[0].ID == first {
				return fault.New(fault.BadAnswer, "refresh.commits", fmt.Sprintf("%s sends the same commits of %s again and again.", g.Client.Organization(), g.repo.Name),
					"Everything read so far is kept. Refresh again later; if it stays, report it.").With("Project", g.project.Name)
			}
			first = rows[0].ID
		}
		known, err := g.known(ctx, rows)
		if err != nil {
			return err
		}
		fresh := stretch.follow(rows, known)
		if g.seen != nil {
			for i := range fresh {
				g.seen[fresh[i].ID] = true
			}
		}
		skip += len(page.Rows)
		g.state.Head, g.state.Skip, g.state.Deep = head, skip, deep
		b := devops.Batch{Commits: fresh}
		end := page.Last || !deep && stretch.quiet()
		if end {
			g.state.Head, g.state.Skip, g.state.Deep = "", 0, false
			if deep {
				g.state.Whole = g.Clock().UTC().Truncate(time.Second)
			}
			if branch != nil && !g.state.All {
				b.Branches = []devops.Branch{*branch}
			}
		}
		b.Cursor = g.state.cursor(g.repo.ID)
		if err := g.commit(ctx, b); err != nil {
			return err
		}
		g.rows += len(fresh)
		g.track.add(PhaseGit, len(fresh))
		if end {
			return nil
		}
	}
}

// known tells which commits need not be stored again.
func (g *gitReader) known(ctx context.Context, rows []devops.Commit) (map[string]bool, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	if g.seen == nil {
		ids := make([]string, len(rows))
		for i := range rows {
			ids[i] = rows[i].ID
		}
		return g.Store.KnownCommits(ctx, g.repo.ID, ids)
	}
	known := map[string]bool{}
	for i := range rows {
		known[rows[i].ID] = g.seen[rows[i].ID]
	}
	return known, nil
}

// knownStretch watches for the end of what is new, on the way from new commits to old ones.
type knownStretch struct {
	lastNew time.Time // of the last new commit, or where watching began
	rows    int       // known ones in a row since, that are older by quiet
}

// follow looks at a page and returns the commits that are new.
func (s *knownStretch) follow(rows []devops.Commit, known map[string]bool) (fresh []devops.Commit) {
	for i := range rows {
		at := rows[i].Committer.At
		if s.lastNew.IsZero() {
			s.lastNew = at
		}
		switch {
		case !known[rows[i].ID]:
			fresh = append(fresh, rows[i])
			s.lastNew, s.rows = at, 0
		case at.Before(s.lastNew.Add(-quiet)):
			s.rows++
		default:
			s.rows = 0
		}
	}
	return fresh
}

// quiet reports whether the stretch is long enough.
func (s *knownStretch) quiet() bool { return s.rows >= quietRows }

// commitRows transforms a page of commits.
func commitRows(repositoryID string, wire []azdo.GitCommit) []devops.Commit {
	rows := make([]devops.Commit, 0, len(wire))
	for i := range wire {
		w := &wire[i]
		id := azdo.ObjectID(w.CommitID)
		if id == "" {
			continue
		}
		c := devops.Commit{RepositoryID: repositoryID, ID: id, Author: signatureOf(w.Author), Committer: signatureOf(w.Committer), Comment: w.Comment}
		if n := w.ChangeCounts; n != nil {
			c.Adds, c.Edits, c.Deletes = &n.Add, &n.Edit, &n.Delete
		}
		rows = append(rows, c)
	}
	return rows
}

func signatureOf(w azdo.GitSignature) devops.Signature {
	return devops.Signature{Name: w.Name, Address: w.Email, At: w.Date.Time}
}
