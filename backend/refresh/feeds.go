package refresh

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// Names of the feeds that have cursors. The token of a feed belongs to the flags it was read with; other
// flags need another name.
const (
	revisionsFeed = "revisions" // every revision, in the order of time
	currentFeed   = "current"   // the latest revision of each item: the first look
	linksFeed     = "links"
)

const (
	// pageSize is what we ask the revisions feed for. The service publishes neither default nor maximum and
	// may send less; clients were seen to ask for 2,000.
	pageSize = 1000
	// pagesAhead is how many pages may be read while earlier ones are being stored: enough to store several
	// in one transaction, little enough to keep memory flat (a page is some megabytes).
	pagesAhead = 4
	// rowsTogether is when a transaction is large enough.
	rowsTogether = 10_000
)

// page is one page of a feed on its way from the reader to the store.
type page struct {
	project   devops.Project
	revisions *azdo.RevisionPage // or
	links     []azdo.WorkItemLink
	cursor    devops.Cursor
	phase     Phase
	// after is called when everything before and with this page is stored.
	after func()
}

// feeds reads history and links of all projects. One goroutine reads, because the service wants one request
// at a time on its reporting feeds; another stores, so that a page is stored while the next is on its way.
func (r *run) feeds(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	pages := make(chan page, pagesAhead)
	stored := make(chan error, 1)
	s := newStorer(r)
	go func() {
		// What was read is good, whatever ends the reading: a few pages at most are still stored.
		stored <- s.storeAll(context.WithoutCancel(ctx), pages, cancel)
	}()
	reader := &feedReader{run: r, pages: pages, decoder: azdo.NewRevisionDecoder(), size: r.PageSize}
	readErr := guarded(func() error { return reader.all(ctx) })
	close(pages)
	if err := <-stored; err != nil {
		return err
	}
	if readErr != nil {
		return readErr
	}
	return r.newNodes(ctx, s.lastNode)
}

func (p *page) drop() {
	if p.revisions != nil {
		p.revisions.Release()
	}
}

// newNodes reads the schema of projects again whose revisions name areas or iterations that are newer than
// what we know: a sprint that was made today.
func (r *run) newNodes(ctx context.Context, seen map[string]int) error {
	return r.schemas(ctx, func(p devops.Project) (bool, error) { return !r.fresh[p.ID] && seen[p.ID] > r.last[p.ID], nil })
}

// feedReader reads pages and sends them to the store.
type feedReader struct {
	*run
	pages   chan<- page
	decoder *azdo.RevisionDecoder

	began   time.Time // of reading the history
	read    int       // revisions read so far
	left    []devops.Project
	decided bool // whether a first look pays
	size    int  // of pages asked for; 0 once the service refused ours
}

func (f *feedReader) all(ctx context.Context) error {
	if err := f.history(ctx); err != nil {
		return err
	}
	f.track.start(PhaseLinks)
	for _, p := range f.load {
		if err := f.settle(ctx, PhaseLinks, p.Name, "the links", f.links(ctx, p)); err != nil {
			return err
		}
	}
	return f.send(ctx, page{after: func() { f.track.finish(PhaseLinks) }})
}

// history reads the revisions of every project from its cursor on, with a first look in between if it pays.
func (f *feedReader) history(ctx context.Context) error {
	f.track.start(PhaseHistory)
	f.track.start(PhaseWorkItems)
	f.began = f.Clock()
	f.left = f.load
	for len(f.left) > 0 {
		p := f.left[0]
		if err := f.settle(ctx, PhaseHistory, p.Name, "the history", f.revisions(ctx, p, revisionsFeed, PhaseHistory)); err != nil {
			return err
		}
		f.left = f.left[1:]
	}
	return f.send(ctx, page{after: func() {
		f.track.finish(PhaseHistory)
		f.track.finish(PhaseWorkItems)
	}})
}

// revisions reads one feed of one project to its end, from its cursor on.
func (f *feedReader) revisions(ctx context.Context, p devops.Project, feed string, phase Phase) error {
	cursor, _, err := f.Store.Cursor(ctx, feed, p.ID)
	if err != nil {
		return err
	}
	first, rows := !cursor.Done, 0
	for {
		if err := f.hold(ctx); err != nil {
			return err
		}
		if phase == PhaseHistory && first {
			if err := f.considerFirstLook(ctx); err != nil {
				return err
			}
		}
		got, err := f.Client.ReportingRevisions(ctx, azdo.RevisionsQuery{
			Project: p.ID, ProjectName: p.Name, ContinuationToken: cursor.Token, IncludeIdentityRef: true,
			IncludeDeleted: feed == revisionsFeed, IncludeLatestOnly: feed == currentFeed, MaxPageSize: f.size,
		}, f.decoder)
		if fault.Is(err, fault.Invalid) && f.size > 0 {
			f.size = 0 // what is the largest page is published nowhere
			continue
		}
		if err != nil {
			if mayBeSkipped(err) {
				f.skip(p.Name, "history", err)
				return nil
			}
			return err
		}
		next, end, err := advance(f.Client, p, "history", cursor.Token, got.ContinuationToken, len(got.Revisions), got.IsLast)
		if err != nil {
			got.Release()
			return err
		}
		f.read += len(got.Revisions)
		rows += len(got.Revisions)
		cursor = devops.Cursor{Feed: feed, Scope: p.ID, Token: next, Done: cursor.Done || end}
		out := page{project: p, revisions: got, cursor: cursor, phase: phase}
		if end && rows > 0 {
			out.after = func() { f.track.say(fmt.Sprintf("%s: %d revisions.", p.Name, rows)) }
		}
		if err := f.send(ctx, out); err != nil {
			return err
		}
		if end {
			return nil
		}
	}
}

// links reads the links feed of one project to its end, from its cursor on.
func (f *feedReader) links(ctx context.Context, p devops.Project) error {
	cursor, _, err := f.Store.Cursor(ctx, linksFeed, p.ID)
	if err != nil {
		return err
	}
	for {
		if err := f.hold(ctx); err != nil {
			return err
		}
		got, err := f.Client.ReportingLinks(ctx, azdo.LinksQuery{Project: p.ID, ProjectName: p.Name, ContinuationToken: cursor.Token})
		if err != nil {
			if mayBeSkipped(err) {
				f.skip(p.Name, "links", err)
				return nil
			}
			return err
		}
		next, end, err := advance(f.Client, p, "links", cursor.Token, got.ContinuationToken, len(got.Values), got.IsLast)
		if err != nil {
			return err
		}
		cursor = devops.Cursor{Feed: linksFeed, Scope: p.ID, Token: next, Done: cursor.Done || end}
		if err := f.send(ctx, page{project: p, links: got.Values, cursor: cursor, phase: PhaseLinks}); err != nil {
			return err
		}
		if end {
			return nil
		}
	}
}

// advance decides how a feed goes on after a page: only isLastBatch ends it, never an empty page. A token
// that does not move ends it too when nothing came; with rows it would loop for ever, and is a fault.
func advance(c *Client, p devops.Project, what, before, after string, rows int, last bool) (next string, end bool, err error) {
	next = firstNonEmpty(after, before)
	if last || next == before && rows == 0 {
		return next, true, nil
	}
	if next == before {
		return "", false, fault.New(fault.BadAnswer, "refresh.advance", fmt.Sprintf("%s sends the same page of the %s of %s again and again.", c.Organization(), what, p.Name),
			"Everything read so far is kept. Refresh again later; if it stays, report it.").With("Organization", c.Organization()).With("Project", p.Name)
	}
	return next, false, nil
}

// send hands a page to the store, which takes pages until the reader ends, also when it can store no more.
func (f *feedReader) send(ctx context.Context, p page) error {
	f.pages <- p
	return ctx.Err()
}
