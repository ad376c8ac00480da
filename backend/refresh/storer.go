package refresh

import (
	"context"
	"time"

	"sightline/backend/devops"
)

// storer transforms pages and commits them, those of one feed that wait together in one transaction. One
// goroutine transforms while another commits: together they take longer than reading, apart they do not.
type storer struct {
	*run
	reviser  *reviser
	lastNode map[string]int   // by project: the largest area or iteration id in a revision
	items    map[int]struct{} // work items met in the history; nil once a first look counts them
	revSum   int              // revisions that the first look promises
	room     chan []devops.Revision
}

// bundle is pages of one feed as rows, on their way to the file.
type bundle struct {
	pages []page
	batch devops.Batch
}

func newStorer(r *run) *storer {
	s := &storer{run: r, reviser: newReviser(r.names), lastNode: map[string]int{}, items: map[int]struct{}{}, room: make(chan []devops.Revision, 2)}
	s.room <- nil // one room is filled while the other is stored
	s.room <- nil
	return s
}

// storeAll stores pages until there are no more. Pages that were read before a fault of the reader are stored
// too, because their cursors are good. At the first fault of its own it calls fail, which ends the reader, and
// drops what still comes.
func (s *storer) storeAll(ctx context.Context, pages <-chan page, fail func(error)) error {
	bundles := make(chan bundle)
	transformed := make(chan error, 1)
	go func() {
		err := guarded(func() error { s.transformAll(pages, bundles); return nil })
		close(bundles)
		if err != nil {
			fail(err)
			for p := range pages {
				p.drop()
			}
		}
		transformed <- err
	}()
	var failed error
	for b := range bundles {
		if failed == nil {
			if failed = guarded(func() error { return s.store(ctx, &b) }); failed != nil {
				fail(failed)
			}
		}
		clear(b.batch.Revisions) // so that nothing of it stays alive
		s.room <- b.batch.Revisions[:0]
	}
	if err := <-transformed; failed == nil {
		return err
	}
	return failed
}

// gatherFor is how long a bundle may wait for further pages of its feed: one transaction of ten pages writes less
// than ten of one, and what a person sees of a load is no older than this.
const gatherFor = 500 * time.Millisecond

// transformAll makes bundles of pages. It hands one over when it is large enough for a transaction or nothing
// more belongs to it, and after a while as soon as the store is free.
func (s *storer) transformAll(pages <-chan page, bundles chan<- bundle) {
	var next *page
	for {
		if next == nil {
			p, more := <-pages
			if !more {
				return
			}
			next = &p
		}
		b := bundle{batch: devops.Batch{Revisions: (<-s.room)[:0]}}
		s.add(&b, *next)
		next = nil
		handed := false
		var offer chan<- bundle // nil, which nobody takes, while more pages are worth the wait
		waited := time.NewTimer(gatherFor)
	gather:
		for rows := b.batch.Rows(); rows < rowsTogether; rows = b.batch.Rows() {
			select {
			case p, more := <-pages:
				if !more {
					break gather
				}
				if !p.follows(&b.pages[0]) {
					next = &p
					break gather
				}
				s.add(&b, p)
			case <-waited.C:
				offer = bundles
			case offer <- b:
				handed = true
				break gather
			}
		}
		waited.Stop()
		if !handed {
			bundles <- b
		}
	}
}

// add transforms one page into a bundle and lets go of its bytes.
func (s *storer) add(b *bundle, p page) {
	if p.revisions != nil {
		b.batch.Revisions = s.reviser.append(b.batch.Revisions, p.project.ID, p.revisions)
		p.drop()
	}
	b.batch.Links = append(b.batch.Links, linksOf(p.links)...)
	p.links = nil
	b.pages = append(b.pages, p)
}

// follows reports whether a page continues the feed of another, so that one cursor covers both.
func (p *page) follows(first *page) bool {
	return p.cursor.Feed != "" && p.cursor.Feed == first.cursor.Feed && p.cursor.Scope == first.cursor.Scope
}

// store commits a bundle with the cursor of its last page.
func (s *storer) store(ctx context.Context, b *bundle) error {
	last := &b.pages[len(b.pages)-1]
	if last.cursor.Feed != "" {
		b.batch.Cursor = &last.cursor
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		if err := s.commit(ctx, b.batch); err != nil {
			return err
		}
		s.note(last, &b.batch)
	}
	for i := range b.pages {
		if b.pages[i].after != nil {
			b.pages[i].after()
		}
	}
	return nil
}

// note tells the screen what was stored.
func (s *storer) note(p *page, b *devops.Batch) {
	if p.phase == PhaseWorkItems && s.items != nil {
		s.items = nil
		s.track.set(PhaseWorkItems, 0) // from now on the first look counts them
	}
	s.track.add(p.phase, len(b.Revisions)+len(b.Links))
	if p.phase == PhaseLinks {
		return
	}
	newest := s.lastNode[p.project.ID]
	for i := range b.Revisions {
		newest = max(newest, b.Revisions[i].AreaID, b.Revisions[i].IterationID)
	}
	s.lastNode[p.project.ID] = newest
	if p.phase == PhaseWorkItems {
		for i := range b.Revisions {
			s.revSum += b.Revisions[i].Rev
		}
		s.track.expect(PhaseHistory, s.revSum)
		return
	}
	s.track.reached(p.project.ID, b.Revisions, p.cursor.Done)
	if s.items != nil {
		for i := range b.Revisions {
			s.items[b.Revisions[i].ID] = struct{}{}
		}
		s.track.set(PhaseWorkItems, len(s.items))
	}
}
