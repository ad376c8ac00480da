package refresh

import (
	"context"
	"slices"
	"strings"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// Capacities are two requests a team and sprint, so only sprints are read whose capacity may still change,
// and older ones of the history window once.
const (
	sprintsBack  = 2 // finished sprints that are read again, since people tidy up afterwards
	sprintsAhead = 3 // coming sprints; those further off have no plan yet
)

// dueSprints chooses the sprints of a team whose capacity has to be read at now: the current one, the last
// finished and the next ones, and once each older sprint that finished after since. Sprints that had finished
// by read are settled. until is where the next choice begins: all sprints finished by then are settled.
// Sprints without dates have no capacity that a day could use.
func dueSprints(all []azdo.TeamIteration, now, since, read time.Time) (due []azdo.TeamIteration, until time.Time) {
	var past, open []azdo.TeamIteration
	today := now.UTC().Truncate(24 * time.Hour)
	for _, i := range all {
		switch a := i.Attributes; {
		case a.StartDate.IsZero() || a.FinishDate.IsZero():
		case a.FinishDate.Before(today):
			past = append(past, i)
		default:
			open = append(open, i)
		}
	}
	byFinish := func(a, b azdo.TeamIteration) int {
		return a.Attributes.FinishDate.Compare(b.Attributes.FinishDate.Time)
	}
	slices.SortStableFunc(past, byFinish)
	slices.SortStableFunc(open, byFinish)
	settled := max(0, len(past)-sprintsBack)
	for _, i := range past[:settled] {
		finish := i.Attributes.FinishDate.Time
		if finish.After(read) && !finish.Before(since) {
			due = append(due, i)
		}
		until = finish
	}
	if until.Before(read) {
		until = read
	}
	due = append(due, past[settled:]...)
	coming := 0
	for _, i := range open {
		if i.Attributes.StartDate.After(today) {
			if coming++; coming > sprintsAhead {
				continue
			}
		}
		due = append(due, i)
	}
	return due, until
}

// readCapacities adds what the people of a team can do in the sprints that are due to a batch, and returns
// until when sprints are settled. Capacities that may not be read are skipped.
func (r *run) readCapacities(ctx context.Context, p devops.Project, team azdo.Team, read time.Time, b *devops.Batch) (until time.Time, err error) {
	if err := r.hold(ctx); err != nil {
		return read, err
	}
	skip := func(err error) (time.Time, error) {
		if !mayBeSkipped(err) {
			return read, err
		}
		r.skip(p.Name, "the capacities of the team "+team.Name, err)
		return read, nil
	}
	iterations, err := r.Client.TeamIterations(ctx, p.ID, team.ID)
	if err != nil {
		return skip(err)
	}
	due, until := dueSprints(iterations, r.Clock(), r.since, read)
	for _, i := range due {
		if err := r.hold(ctx); err != nil {
			return read, err
		}
		capacity, err := r.Client.TeamCapacity(ctx, p.ID, team.ID, i.ID)
		if err != nil {
			return skip(err)
		}
		off, err := r.Client.TeamDaysOff(ctx, p.ID, team.ID, i.ID)
		if err != nil {
			return skip(err)
		}
		of := devops.TeamIteration{TeamID: strings.ToLower(team.ID), IterationID: strings.ToLower(i.ID)}
		b.CapacitiesOf = append(b.CapacitiesOf, of)
		appendCapacities(b, of, &capacity, off)
	}
	return until, nil
}

// appendCapacities transforms what the people of a team can do in one sprint. A person who does one activity
// twice does it with the sum.
func appendCapacities(b *devops.Batch, of devops.TeamIteration, w *azdo.TeamCapacity, teamOff []azdo.DateRange) {
	daysOff := func(person string, ranges []azdo.DateRange) {
		for _, d := range ranges {
			if !d.Start.IsZero() && !d.End.IsZero() {
				b.DaysOff = append(b.DaysOff, devops.DaysOff{TeamID: of.TeamID, IterationID: of.IterationID, PersonID: person, Start: d.Start.Time, End: d.End.Time})
			}
		}
	}
	for _, m := range w.TeamMembers {
		person := personFrom(m.TeamMember)
		if person.ID == "" {
			continue // days off of nobody would be those of the whole team
		}
		first := len(b.Capacities)
		for _, a := range m.Activities {
			same := slices.IndexFunc(b.Capacities[first:], func(c devops.Capacity) bool { return c.Activity == a.Name })
			if same >= 0 {
				b.Capacities[first+same].PerDay += a.CapacityPerDay
				continue
			}
			b.Capacities = append(b.Capacities, devops.Capacity{TeamID: of.TeamID, IterationID: of.IterationID, Person: person, Activity: a.Name, PerDay: a.CapacityPerDay})
		}
		daysOff(person.ID, m.DaysOff)
	}
	daysOff("", teamOff)
}
