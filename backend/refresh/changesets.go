package refresh

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// changesetsFeed is the cursor of a project's TFVC changesets.
const changesetsFeed = "changesets"

// changesetState is the token of a project's changesets.
type changesetState struct {
	Since time.Time `json:"since,omitzero"` // first instant that was read; zero: everything
	Last  int       `json:"last,omitempty"` // id of the last one that is stored: ids rise with time
}

// changesets reads the changesets after the last stored one, oldest first, and the files of each page of them
// before the next page.
func (r *run) changesets(ctx context.Context, p devops.Project) error {
	cursor, ok, err := r.Store.Cursor(ctx, changesetsFeed, p.ID)
	if err != nil {
		return err
	}
	state := stateOf[changesetState](cursor.Token)
	if !ok || widened(r.since, state.Since) {
		state, cursor.Done = changesetState{Since: r.since}, false
	}
	files := &fileReader{run: r, project: p}
	var watch pageWatch
	for skip, highest := 0, state.Last; ; {
		if err := r.hold(ctx); err != nil {
			return err
		}
		q := azdo.ChangesetsQuery{Project: p.ID, ProjectName: p.Name, FromID: state.Last, Skip: skip}
		if state.Last == 0 {
			q.FromDate = r.since
		}
		page, err := r.Client.Changesets(ctx, q)
		if err != nil {
			return err
		}
		if watch.stands(idsOf(page.Rows, func(c *azdo.Changeset) int { return c.ChangesetID })) && !page.Last {
			return r.samePage(p, "the TFVC changesets")
		}
		rows := changesetsOf(p.ID, page.Rows)
		rising := slices.IsSortedFunc(rows, func(a, b devops.Changeset) int { return a.ID - b.ID })
		// The first one asked for may be the last one known.
		rows = slices.DeleteFunc(rows, func(c devops.Changeset) bool { return c.ID <= state.Last })
		for _, c := range rows {
			highest = max(highest, c.ID)
		}
		end := page.Last || len(rows) == 0
		if end || rising && skip == 0 {
			state.Last = highest
		} else {
			// The order was not obeyed, so nothing is known to be whole before the last page.
			skip += len(page.Rows)
		}
		if len(rows) > 0 || !cursor.Done {
			next := devops.Cursor{Feed: changesetsFeed, Scope: p.ID, Token: tokenOf(state), Done: cursor.Done || end}
			if err := r.commit(ctx, devops.Batch{Changesets: rows, Cursor: &next}); err != nil {
				return err
			}
			r.track.add(PhaseTFVC, len(rows))
		}
		if err := files.of(ctx, rows); err != nil {
			return err
		}
		if end {
			break
		}
	}
	return files.left(ctx)
}

// changesetsOf transforms a page of changesets.
func changesetsOf(projectID string, wire []azdo.Changeset) []devops.Changeset {
	rows := make([]devops.Changeset, 0, len(wire))
	for i := range wire {
		rows = append(rows, changesetOf(projectID, &wire[i]))
	}
	return rows
}

func changesetOf(projectID string, w *azdo.Changeset) devops.Changeset {
	return devops.Changeset{
		ID: w.ChangesetID, ProjectID: projectID, Author: personFrom(w.Author), CheckedInBy: personFrom(w.CheckedInBy), Created: w.CreatedDate.Time, Comment: w.Comment,
	}
}

// fileReader reads the files of changesets.
type fileReader struct {
	*run
	project devops.Project
	broken  atomic.Int64 // changesets whose files could not be read for now: each may cost all its attempts
}

// of reads the files of changesets that were just listed.
func (f *fileReader) of(ctx context.Context, changesets []devops.Changeset) error {
	for some := range slices.Chunk(changesets, askedTogether) {
		if _, err := f.some(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

// left reads the files of changesets that an earlier refresh listed and did not come to.
func (f *fileReader) left(ctx context.Context) error {
	done := map[int]bool{}
	for {
		ids, err := f.Store.ChangesetsWithoutFiles(ctx, f.project.ID, askedTogether+len(done))
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(ids, func(id int) bool { return done[id] })
		if len(ids) == 0 {
			return nil
		}
		changesets := make([]devops.Changeset, len(ids))
		for i, id := range ids {
			changesets[i].ID, done[id] = id, true
		}
		n, err := f.some(ctx, changesets)
		if err != nil || n == 0 {
			return err
		}
	}
}

// some reads the files of a few changesets and stores them together. One without a date is only known by its
// id and is read whole. It returns how many could be read.
func (f *fileReader) some(ctx context.Context, changesets []devops.Changeset) (int, error) {
	rows := make([]devops.Changeset, len(changesets))
	asks := make([]func(context.Context) error, len(changesets))
	for i, c := range changesets {
		asks[i] = func(ctx context.Context) error {
			if f.broken.Load() >= mostBroken {
				return nil // what is left is read by the next refresh
			}
			row, err := f.one(ctx, c)
			if err != nil {
				if !mayBeSkipped(err) {
					f.broken.Add(1)
				}
				return f.settle(ctx, PhaseTFVC, f.project.Name, "the files of changeset "+strconv.Itoa(c.ID), err)
			}
			rows[i] = row
			return nil
		}
	}
	if err := together(ctx, requestsTogether, asks...); err != nil {
		return 0, err
	}
	rows = slices.DeleteFunc(rows, func(c devops.Changeset) bool { return !c.FilesRead })
	if len(rows) == 0 {
		return 0, nil
	}
	if err := f.commit(ctx, devops.Batch{Changesets: rows}); err != nil {
		return 0, err
	}
	for i := range rows {
		f.track.add(PhaseTFVC, len(rows[i].Files))
	}
	return len(rows), nil
}

func (f *fileReader) one(ctx context.Context, c devops.Changeset) (devops.Changeset, error) {
	if err := f.hold(ctx); err != nil {
		return c, err
	}
	if c.Created.IsZero() {
		wire, err := f.Client.Changeset(ctx, c.ID)
		if err != nil {
			return c, err
		}
		c = changesetOf(f.project.ID, &wire)
	}
	changes, err := f.Client.ChangesetChanges(ctx, c.ID)
	if err != nil {
		return c, err
	}
	c.Files, c.FilesRead = changedFiles(changes), true
	return c, nil
}

// changedFiles transforms the changes of one changeset. A path that comes twice keeps everything that was done.
func changedFiles(wire []azdo.TFVCChange) []devops.ChangedFile {
	rows := make([]devops.ChangedFile, 0, len(wire))
	at := make(map[string]int, len(wire))
	for _, w := range wire {
		flags := changeFlags(string(w.ChangeType))
		if i, twice := at[w.Item.Path]; twice {
			rows[i].Flags |= flags
			continue
		}
		at[w.Item.Path] = len(rows)
		rows = append(rows, devops.ChangedFile{Path: w.Item.Path, Folder: w.Item.IsFolder, Size: w.Item.Size, Flags: flags})
	}
	return rows
}

// flagNames are the service's names of what can be done to a file, in small letters.
var flagNames = map[string]devops.ChangeFlags{
	"add": devops.FlagAdd, "edit": devops.FlagEdit, "delete": devops.FlagDelete, "rename": devops.FlagRename, "branch": devops.FlagBranch, "merge": devops.FlagMerge,
	"rollback": devops.FlagRollback, "undelete": devops.FlagUndelete, "encoding": devops.FlagEncoding, "lock": devops.FlagLock, "property": devops.FlagProperty,
	"sourcerename": devops.FlagSourceRename, "targetrename": devops.FlagTargetRename,
}

// changeFlags reads "merge, edit". Names that nobody knows yet are left out.
func changeFlags(text string) (flags devops.ChangeFlags) {
	for name := range strings.SplitSeq(text, ",") {
		flags |= flagNames[strings.ToLower(strings.TrimSpace(name))]
	}
	return flags
}
