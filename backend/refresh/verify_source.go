package refresh

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// listRepositories lists the repositories of a project, once for the questions that follow each other.
func (v *verifier) listRepositories(ctx context.Context, p devops.Project) ([]devops.Repository, error) {
	if v.repositoriesOf == p.ID {
		return v.repositories, nil
	}
	wire, err := v.Client.GitRepositories(ctx, p.ID, p.Name)
	if err != nil {
		return nil, err
	}
	v.repositoriesOf, v.repositories = p.ID, nil
	for i := range wire {
		v.repositories = append(v.repositories, repositoryOf(p.ID, &wire[i]))
	}
	return v.repositories, nil
}

// readable are those of them whose contents may be read.
func (v *verifier) readable(ctx context.Context, p devops.Project) ([]azdo.RepositoryRef, error) {
	all, err := v.listRepositories(ctx, p)
	var refs []azdo.RepositoryRef
	for i := range all {
		if unreadable(&all[i]) == nil {
			refs = append(refs, azdo.RepositoryRef{Project: p.ID, ProjectName: p.Name, ID: all[i].ID, Name: all[i].Name})
		}
	}
	return refs, err
}

// askRepositories compares repositories by their ids.
func (v *verifier) askRepositories(ctx context.Context, p devops.Project) error {
	server, err := v.listRepositories(ctx, p)
	if err != nil {
		return err
	}
	stored, err := v.Store.Repositories(ctx, p.ID)
	if err != nil {
		return err
	}
	held := map[string]bool{}
	gone, missing := 0, 0
	for _, r := range stored {
		if held[r.ID] = true; r.Gone {
			gone++
		}
	}
	for _, r := range server {
		if !held[r.ID] {
			missing++
		}
	}
	v.add(devops.Repositories, len(server), len(stored)-gone, gone, missing)
	return nil
}

// askBranches compares branches by name, and commits by what the branches point to: the service does not count
// commits.
func (v *verifier) askBranches(ctx context.Context, p devops.Project) error {
	server, missing, unheld := 0, 0, 0
	repositories, err := v.readable(ctx, p)
	if err != nil {
		return err
	}
	for _, ref := range repositories {
		branches, err := v.Client.GitBranches(ctx, ref)
		if mayBeSkipped(err) {
			v.proof.Skipped = append(v.proof.Skipped, Skipped{Project: p.Name, What: "the Git repository " + ref.Name, Why: whyOf(err)})
			continue
		}
		if err != nil {
			return err
		}
		held, err := v.Store.BranchHeads(ctx, ref.ID)
		if err != nil {
			return err
		}
		var heads []string
		for _, b := range branches {
			server++
			if _, ok := held[b.Name]; !ok {
				missing++
			}
			if head := azdo.ObjectID(b.ObjectID); head != "" {
				heads = append(heads, head)
			}
		}
		for some := range slices.Chunk(heads, 500) {
			known, err := v.Store.KnownCommits(ctx, ref.ID, some)
			if err != nil {
				return err
			}
			for _, head := range some {
				if known[head] {
					continue
				}
				unheld++
				if err := v.askBelow(ctx, ref, head); err != nil {
					return err
				}
			}
		}
	}
	c := v.counts[p.ID]
	v.add(devops.Branches, server, c.held[devops.Branches], c.gone[devops.Branches], missing)
	v.add(devops.Commits, 0, c.held[devops.Commits], 0, 0)
	v.row(devops.Commits).Known = v.row(devops.Commits).Missing > 0
	v.heads, v.unheld = v.heads+server, v.unheld+unheld
	return nil
}

// mostBelow is how many branches are asked about whose last commit is not held.
const mostBelow = 200

// askBelow asks of a branch whose last commit is not held for its commits within the window: there are none when
// it stands still for longer.
func (v *verifier) askBelow(ctx context.Context, ref azdo.RepositoryRef, head string) error {
	if v.since.IsZero() {
		v.row(devops.Commits).Missing++
		return nil
	}
	if v.below++; v.below > mostBelow {
		return nil
	}
	page, err := v.Client.GitCommits(ctx, azdo.CommitsQuery{Repository: ref, Reachable: head, FromDate: v.since})
	if err != nil {
		return err
	}
	var ids []string
	for _, c := range page.Rows {
		// The server may filter by the day.
		if c.Committer.Date.Before(v.since) || v.isNewer(devops.Commits, c.Committer.Date.Time) {
			continue
		}
		ids = append(ids, azdo.ObjectID(c.CommitID))
	}
	known, err := v.Store.KnownCommits(ctx, ref.ID, ids)
	for _, id := range ids {
		if !known[id] {
			v.row(devops.Commits).Missing++
		}
	}
	return err
}

// noteCommits says how far the proof of commits goes.
func (v *verifier) noteCommits() {
	row := v.rows[devops.Commits]
	if row == nil {
		return
	}
	if row.Missing > 0 {
		row.Server = row.Held + row.Missing
	}
	note := fmt.Sprintf("The service does not count commits. The last commit of %d of %d branches is held", v.heads-v.unheld, v.heads)
	switch asked := min(v.unheld, mostBelow); {
	case v.unheld == 0:
	case v.since.IsZero() || row.Missing > 0:
		note += "; commits below the others are missing"
	case asked < v.unheld:
		note += fmt.Sprintf("; of the others %d were asked for, and have none within the window", asked)
	default:
		note += "; the others have none within the window"
	}
	v.note(devops.Commits, note+".")
}

func (v *verifier) askPushes(ctx context.Context, p devops.Project) error {
	server, newer := 0, 0
	repositories, err := v.readable(ctx, p)
	if err != nil {
		return err
	}
	for _, ref := range repositories {
		seen := map[int]bool{}
		for skip := 0; ; {
			page, err := v.Client.GitPushes(ctx, azdo.PushesQuery{Repository: ref, FromDate: v.since, Skip: skip})
			if mayBeSkipped(err) {
				break // listed with the branches
			}
			if err != nil {
				return err
			}
			fresh := 0
			for _, push := range page.Rows {
				if seen[push.PushID] {
					continue
				}
				seen[push.PushID] = true
				fresh++
				if v.isNewer(devops.Pushes, push.Date.Time) {
					newer++
				}
			}
			server, skip = server+fresh, skip+len(page.Rows)
			if page.Last || fresh == 0 {
				break
			}
		}
	}
	held := v.counts[p.ID].held[devops.Pushes]
	v.add(devops.Pushes, server, held, 0, max(0, server-newer-held))
	return nil
}

// askPullRequests lists what is active and what was closed in the window.
func (v *verifier) askPullRequests(ctx context.Context, p devops.Project) error {
	lists := []azdo.PullRequestsQuery{{Status: "active"}, {Status: "all", Range: azdo.ClosedRange, From: v.since}}
	if !v.Client.PullRequestTimes() {
		lists = []azdo.PullRequestsQuery{{Status: "all"}}
	}
	var rows []dated
	seen := map[int]bool{}
	for _, q := range lists {
		q.Project, q.ProjectName = p.ID, p.Name
		for {
			page, err := v.Client.PullRequests(ctx, q)
			if err != nil {
				return err
			}
			fresh := 0
			for i := range page.Rows {
				w := &page.Rows[i]
				if seen[w.PullRequestID] {
					continue
				}
				seen[w.PullRequestID] = true
				fresh++
				if w.Status == "active" || v.since.IsZero() || !w.ClosedDate.Before(v.since) {
					rows = append(rows, dated{w.PullRequestID, latest(w.CreationDate.Time, w.ClosedDate.Time)})
				}
			}
			q.Skip += len(page.Rows)
			if page.Last || fresh == 0 {
				break
			}
		}
	}
	return v.byDatedID(ctx, p, devops.PullRequests, rows)
}

// askReviews asks nobody: whose discussions have to be read is known.
func (v *verifier) askReviews(ctx context.Context, p devops.Project) error {
	due, err := v.Store.PullRequestsToReview(ctx, p.ID, time.Time{}, 1_000_000)
	if err != nil {
		return err
	}
	repositories, err := v.readable(ctx, p)
	if err != nil {
		return err
	}
	readable := map[string]bool{}
	for _, r := range repositories {
		readable[r.ID] = true
	}
	missing := 0
	for i := range due {
		if r := &due[i]; readable[r.RepositoryID] && !v.isNewer(devops.Reviews, latest(r.Created, r.Closed)) {
			missing++
		}
	}
	held := v.counts[p.ID].held[devops.Reviews]
	v.add(devops.Reviews, held+missing, held, 0, missing)
	return nil
}

func (v *verifier) askChangesets(ctx context.Context, p devops.Project) error {
	if !p.TFVC {
		return nil
	}
	var rows []dated
	seen := map[int]bool{}
	for skip := 0; ; {
		page, err := v.Client.Changesets(ctx, azdo.ChangesetsQuery{Project: p.ID, ProjectName: p.Name, FromDate: v.since, Skip: skip})
		if err != nil {
			return err
		}
		fresh := 0
		for _, c := range page.Rows {
			if !seen[c.ChangesetID] {
				seen[c.ChangesetID] = true
				fresh++
				rows = append(rows, dated{c.ChangesetID, c.CreatedDate.Time})
			}
		}
		if skip += len(page.Rows); page.Last || fresh == 0 {
			return v.byDatedID(ctx, p, devops.Changesets, rows)
		}
	}
}

// askChangedFiles asks nobody: the service does not count the files of changesets, but which changesets lack
// theirs is known.
func (v *verifier) askChangedFiles(ctx context.Context, p devops.Project) error {
	unread, err := v.Store.ChangesetsWithoutFiles(ctx, p.ID, 1_000_000)
	if err != nil {
		return err
	}
	row := v.row(devops.ChangedFiles)
	row.Held += v.counts[p.ID].held[devops.ChangedFiles]
	row.Known = false
	if v.filesUnread += len(unread); v.filesUnread > 0 {
		row.Missing = v.filesUnread
	}
	row.Note = fmt.Sprintf("The service does not count them. Changesets whose files are not read yet: %d.", v.filesUnread)
	return nil
}

func (v *verifier) askTFVCBranches(ctx context.Context, p devops.Project) error {
	if !p.TFVC {
		return nil
	}
	roots, err := v.Client.TFVCBranches(ctx, p.ID, p.Name)
	if err != nil {
		return err
	}
	paths := map[string]bool{}
	for _, b := range appendTFVCBranches(nil, p.ID, "", roots) {
		paths[strings.ToLower(b.Path)] = true
	}
	v.counted(p, devops.TFVCBranches, len(paths))
	return nil
}
