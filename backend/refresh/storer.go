package refresh

import (
	"context"

	"sightline/backend/devops"
)

// storer transforms pages and commits them, those of one feed that wait together in one transaction.
type storer struct {
	*run
	reviser  *reviser
	lastNode map[string]int   // by project: the largest area or iteration id in a revision
	items    map[int]struct{} // work items met in the history; nil once a first look counts them
	revSum   int              // revisions that the first look promises
	rows     []devops.Revision
}

func newStorer(r *run) *storer {
	return &storer{run: r, reviser: newReviser(r.names), lastNode: map[string]int{}, items: map[int]struct{}{}}
}

// storeAll stores pages until there are no more. Pages that were read before a fault of the reader are stored
// too, because their cursors are good.
func (s *storer) storeAll(ctx context.Context, pages <-chan page) error {
	var next *page
	for {
		if next == nil {
			p, more := <-pages
			if !more {
				return nil
			}
			next = &p
		}
		together := []page{*next}
		rows := next.rows()
		next = nil
	gather:
		for rows < rowsTogether {
			select {
			case p, more := <-pages:
				if !more {
					break gather
				}
				if !p.follows(&together[0]) {
					next = &p
					break gather
				}
				together = append(together, p)
				rows += p.rows()
			default:
				break gather
			}
		}
		if err := s.store(ctx, together); err != nil {
			if next != nil {
				next.drop()
			}
			return err
		}
	}
}

func (p *page) rows() int {
	if p.revisions != nil {
		return len(p.revisions.Revisions)
	}
	return len(p.links)
}

// follows reports whether a page continues the feed of another, so that one cursor covers both.
func (p *page) follows(first *page) bool {
	return p.cursor.Feed != "" && p.cursor.Feed == first.cursor.Feed && p.cursor.Scope == first.cursor.Scope
}

// store commits pages of one feed with the cursor of the last.
func (s *storer) store(ctx context.Context, pages []page) error {
	last := &pages[len(pages)-1]
	if last.cursor.Feed != "" {
		b := devops.Batch{Cursor: &last.cursor, Revisions: s.rows[:0]}
		for i := range pages {
			p := &pages[i]
			if p.revisions != nil {
				b.Revisions = s.reviser.append(b.Revisions, p.project.ID, p.revisions)
				p.drop()
			}
			b.Links = append(b.Links, linksOf(p.links)...)
		}
		if err := s.commit(ctx, b); err != nil {
			return err
		}
		s.note(last, &b)
		clear(b.Revisions) // so that nothing of it stays alive
		s.rows = b.Revisions[:0]
	}
	for i := range pages {
		if pages[i].after != nil {
			pages[i].after()
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
