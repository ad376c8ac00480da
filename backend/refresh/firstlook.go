package refresh

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/fault"
)

const (
	// usualRevisions is how many revisions a work item has on average, for an estimate.
	usualRevisions = 8
	// worthALook is how much reading must lie ahead for a separate first look to pay. The first look costs
	// about an eighth of the history and delays it by that.
	worthALook = 20 * time.Second
)

// considerFirstLook decides once, after some seconds of history, whether current work items should come
// before the rest. What was read until then is kept. An organization whose history is done within that time,
// as small ones and fast feeds are, is asked nothing more; else one query per project counts its items, and
// with the speed seen so far that says how long the history will take.
func (f *feedReader) considerFirstLook(ctx context.Context) error {
	elapsed := f.Clock().Sub(f.began)
	if f.decided || elapsed < f.Patience {
		return nil
	}
	f.decided = true
	items, known := 0, true
	for _, p := range f.left {
		ids, err := f.Client.WorkItemIDs(ctx, p.ID)
		switch {
		case err == nil:
			items += len(ids)
		case mayBeSkipped(err) || fault.Is(err, fault.Timeout) || fault.Is(err, fault.Invalid):
			known = false // too much to count is too much to wait for
		default:
			return err
		}
	}
	if known {
		ahead := time.Duration(float64(items*usualRevisions-f.read) / float64(max(1, f.read)) * float64(elapsed))
		if ahead < worthALook {
			return nil
		}
		f.track.say(fmt.Sprintf("%d work items: their present state comes first, then their history.", items))
	}
	return f.firstLook(ctx, items)
}

// firstLook reads the latest revision of each work item of the projects whose history is not yet read.
func (f *feedReader) firstLook(ctx context.Context, items int) error {
	f.track.rest(PhaseHistory)
	f.track.start(PhaseWorkItems)
	f.track.expect(PhaseWorkItems, items)
	for _, p := range f.left {
		if cursor, _, err := f.Store.Cursor(ctx, currentFeed, p.ID); err != nil {
			return err
		} else if cursor.Done {
			continue // by an earlier run that was stopped
		}
		if err := f.settle(ctx, PhaseWorkItems, p.Name, "the present state of the work items", f.revisions(ctx, p, currentFeed, PhaseWorkItems)); err != nil {
			return err
		}
	}
	f.sum.FirstLook = true
	err := f.send(ctx, page{after: func() {
		f.track.finish(PhaseWorkItems)
		f.track.firstLook()
	}})
	f.track.start(PhaseHistory)
	return err
}
