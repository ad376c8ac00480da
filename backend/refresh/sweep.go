package refresh

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// sweepFeed is the cursor of the last look for destroyed items; its token is the time of it.
const sweepFeed = "sweep"

// sweepAge is how old that may be.
const sweepAge = 20 * time.Hour

// A sweep that misses more than this is taken for a lost permission, not for destruction, because lists are
// trimmed by permission without a word: then nothing is deleted.
const (
	fewMissing  = 20   // items
	mostMissing = 0.05 // of the project
)

// sweep looks for items that vanished without a word: those destroyed from the recycle bin never reach the
// feed, and those moved to a project that is not loaded leave the feed of theirs. The first load needs it too: the
// feed of a project holds the revisions of items that left it long ago, so they would stand there as they left.
func (r *run) sweep(ctx context.Context) error {
	for _, p := range r.load {
		cursor, ok, err := r.Store.Cursor(ctx, sweepFeed, p.ID)
		if err != nil {
			return err
		}
		at, _ := time.Parse(time.RFC3339, cursor.Token)
		if ok && !r.Reread && r.recent(at, sweepAge) {
			continue
		}
		if err := r.Gate.Wait(ctx); err != nil {
			return err
		}
		b, err := r.vanished(ctx, p)
		if err != nil {
			// It settles nothing that a report needs today, so a slow query is no failure.
			const what = "the look for destroyed work items"
			if fault.Is(err, fault.Timeout) {
				r.skip(p.Name, what, err)
			} else if err := r.settle(ctx, PhaseHistory, p.Name, what, err); err != nil {
				return err
			}
			continue
		}
		b.Cursor = &devops.Cursor{Feed: sweepFeed, Scope: p.ID, Token: r.Clock().UTC().Format(time.RFC3339), Done: true}
		if err := r.commit(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// vanished compares the ids we hold with those the service shows, and proves each difference: an item that is
// still readable lives on in another project and is stored as such, one in the recycle bin is left to the
// feed, and only one that is in neither place is destroyed.
func (r *run) vanished(ctx context.Context, p devops.Project) (devops.Batch, error) {
	var b devops.Batch
	ours, err := r.Store.WorkItemIDs(ctx, p.ID)
	if err != nil || len(ours) == 0 {
		return b, err
	}
	theirs, err := r.Client.WorkItemIDs(ctx, p.ID)
	if err != nil {
		return b, err
	}
	if len(theirs) == 0 {
		r.track.say(p.Name + ": the service shows no work item at all, which is no proof that they are gone. Nothing was deleted.")
		return b, nil
	}
	missing := without(ours, theirs)
	if len(missing) == 0 {
		return b, nil
	}
	reviser := newReviser(r.names)
	var destroyed []int
	for ids := range slices.Chunk(missing, azdo.BatchLimit) {
		found, err := r.Client.WorkItemsBatch(ctx, "", ids, nil, azdo.NewRevisionDecoder())
		if err != nil {
			return b, err
		}
		readable := reviser.append(nil, "", found)
		found.Release()
		for _, w := range readable {
			if w.ProjectID != p.ID {
				b.Revisions = append(b.Revisions, w)
			}
		}
		rest := slices.DeleteFunc(slices.Clone(ids), func(id int) bool {
			return slices.ContainsFunc(readable, func(w devops.Revision) bool { return w.ID == id })
		})
		if len(rest) == 0 {
			continue
		}
		binned, err := r.Client.RecycleBin(ctx, p.ID, rest)
		if err != nil {
			return b, err
		}
		destroyed = append(destroyed, slices.DeleteFunc(rest, func(id int) bool {
			return slices.ContainsFunc(binned, func(d azdo.DeletedWorkItem) bool { return d.ID == id })
		})...)
	}
	if len(destroyed) > max(fewMissing, int(mostMissing*float64(len(ours)))) {
		r.track.say(fmt.Sprintf("%s: %d of %d work items are no longer shown. So many at once look like a lost permission, so they are kept.", p.Name, len(destroyed), len(ours)))
		r.skip(p.Name, fmt.Sprintf("%d work items", len(destroyed)), fault.New(fault.Forbidden, "refresh.vanished", "They are no longer shown to this account; what was loaded of them stays.", ""))
		return b, nil
	}
	b.Destroyed = destroyed
	return b, nil
}

// without returns the members of a that are not in b. Both ascend.
func without(a, b []int) []int {
	var out []int
	for _, x := range a {
		for len(b) > 0 && b[0] < x {
			b = b[1:]
		}
		if len(b) == 0 || b[0] != x {
			out = append(out, x)
		}
	}
	return out
}
