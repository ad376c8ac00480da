package refresh

import (
	"context"
	"fmt"
	"slices"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

const (
	// retentionPages is how many pages of builds one daily look reads; a project with more is looked through
	// in turns, one stretch a day.
	retentionPages = 20
	// askedAlone is how many missing builds are asked for alone. Of more, so many are, spread evenly; the rest
	// is believed only when each of those is not there.
	askedAlone = 20
)

// retention looks once a day for builds that the service no longer has, and marks them: their rows and
// timelines are kept. Builds are listed by queue time, and what we hold of the same stretch is compared.
func (l *buildLoader) retention(ctx context.Context) error {
	s, known, err := l.window(ctx, retentionFeed, l.project.ID)
	if err != nil || known && !l.due(s.Checked) {
		return err
	}
	s.Checked = l.Clock().UTC()
	if !known {
		// The first load has just read them all.
		return l.store(ctx, PhasePipelines, devops.Batch{Cursor: s.cursor(retentionFeed, l.project.ID, true)})
	}
	ours, err := l.Store.BuildIDs(ctx, l.project.ID, l.since)
	if err != nil {
		return err
	}
	if s.Reached.Before(l.since) {
		s.Reached = l.since // the window moved on
	}
	from := s.Last
	var theirs []int
	if len(ours) > 0 {
		if theirs, err = l.listed(ctx, &s); err != nil {
			return err
		}
	}
	missing := without(within(ours, from, s.Last), theirs)
	if len(missing) > 0 && len(theirs) == 0 {
		l.track.say(l.project.Name + ": the service shows no build at all, which is no proof that they are gone. Nothing was marked.")
		missing = nil
	}
	gone, found, err := l.vanishedBuilds(ctx, missing)
	if err != nil {
		return err
	}
	b := devops.Batch{GoneBuilds: gone, Cursor: s.cursor(retentionFeed, l.project.ID, true)}
	for i := range found {
		l.add(&b, &found[i])
	}
	if len(gone) > 0 {
		l.track.say(fmt.Sprintf("%s: %d builds are gone on the server. What was loaded of them stays.", l.project.Name, len(gone)))
	}
	return l.store(ctx, PhasePipelines, b)
}

// listed lists, in ascending order, the ids that the service shows from the state's time on, and moves the
// state to the end of that stretch: back to the beginning when the list ended.
func (l *buildLoader) listed(ctx context.Context, s *windowState) (ids []int, err error) {
	left := retentionPages
	ended := false
	err = l.pages(ctx, azdo.BuildsQuery{QueryOrder: azdo.QueueTimeAscending, MinTime: s.Reached}, func(rows []azdo.Build, last bool) (bool, error) {
		for i := range rows {
			ids = append(ids, int(rows[i].ID))
			if at := rows[i].QueueTime.Time; at.After(s.Reached) {
				s.Reached = at
			}
		}
		left--
		ended = last
		return left == 0, nil
	})
	slices.Sort(ids)
	switch {
	case err != nil:
		return nil, err
	case ended || len(ids) == 0:
		s.Reached, s.Last = l.since, 0
	default:
		s.Last = ids[len(ids)-1]
	}
	return ids, nil
}

// within returns the ids from one up to another; to is 0 for no end. Ids are given out in the order in which
// builds are queued; one that is out of order at the border is found again when it is asked for.
func within(ids []int, from, to int) []int {
	return slices.DeleteFunc(slices.Clone(ids), func(id int) bool { return id < from || to > 0 && id > to })
}

// vanishedBuilds tells which of the missing builds are gone. Lists are trimmed by permission without a word,
// so missing from a list, and from another one by id, is a suspicion; the proof is to ask for a build alone.
func (l *buildLoader) vanishedBuilds(ctx context.Context, ids []int) (gone []int, found []azdo.Build, err error) {
	var missing []int
	for some := range slices.Chunk(ids, azdo.BuildIDsLimit) {
		rows, without, err := l.byIDs(ctx, some)
		if err != nil {
			return nil, nil, err
		}
		found = append(found, rows...)
		missing = append(missing, without...)
	}
	sample := missing
	if len(missing) > askedAlone {
		sample = nil
		for i := range askedAlone {
			sample = append(sample, missing[i*(len(missing)-1)/(askedAlone-1)])
		}
	}
	live, gone, err := l.prove(ctx, sample)
	if err != nil {
		return nil, nil, err
	}
	if len(gone) == len(sample) {
		return missing, found, nil
	}
	return gone, append(found, live...), nil
}

// byIDs reads builds by id and says which did not come. One that the service shows as deleted did not.
func (l *buildLoader) byIDs(ctx context.Context, ids []int) (rows []azdo.Build, missing []int, err error) {
	if err := l.hold(ctx); err != nil {
		return nil, nil, err
	}
	page, err := l.Client.Builds(ctx, azdo.BuildsQuery{Project: l.project.ID, IDs: ids})
	if err != nil {
		return nil, nil, err
	}
	came := map[int]bool{}
	for i := range page.Builds {
		if b := page.Builds[i]; slices.Contains(ids, int(b.ID)) && !b.Deleted {
			rows = append(rows, b)
			came[int(b.ID)] = true
		}
	}
	return rows, slices.DeleteFunc(slices.Clone(ids), func(id int) bool { return came[id] }), nil
}

// prove asks for builds alone: those that the service still has, and those of which it says that there is
// none. One that may not be read is neither, and is listed as skipped.
func (l *buildLoader) prove(ctx context.Context, ids []int) (found []azdo.Build, gone []int, err error) {
	refused := 0
	var why error
	for _, id := range ids {
		if err := l.hold(ctx); err != nil {
			return nil, nil, err
		}
		b, there, err := l.Client.Build(ctx, l.project.ID, id)
		switch {
		case err != nil && mayBeSkipped(err):
			refused++
			why = err
		case err != nil:
			return nil, nil, err
		case there && !b.Deleted:
			found = append(found, b)
		default:
			gone = append(gone, id)
		}
	}
	if refused > 0 {
		l.skip(l.project.Name, fmt.Sprintf("%d builds that are no longer shown", refused), why)
	}
	return found, gone, nil
}
