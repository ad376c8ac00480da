package refresh

import (
	"context"
	"fmt"
	"math"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// dated is a row of the service by its id, with the time at which it came or changed last.
type dated struct {
	id int
	at time.Time
}

// byDatedID compares ids, and takes rows that came since the last refresh for no gap.
func (v *verifier) byDatedID(ctx context.Context, p devops.Project, e devops.Entity, server []dated) error {
	at := make(map[int]time.Time, len(server))
	ids := make([]int, 0, len(server))
	for _, d := range server {
		if _, twice := at[d.id]; !twice {
			ids = append(ids, d.id)
		}
		at[d.id] = d.at
	}
	held, ok, err := v.Store.HeldIDs(ctx, p.ID, e)
	if err != nil {
		return err
	}
	gone := v.counts[p.ID].gone[e]
	if !ok {
		v.counted(p, e, len(ids))
		return nil
	}
	theirs, ours := sorted(ids), sorted(held)
	v.extra[e] += max(0, len(without(ours, theirs))-gone)
	missing := 0
	for _, id := range without(theirs, ours) {
		if !v.isNewer(e, at[id]) {
			missing++
		}
	}
	v.add(e, len(ids), len(held)-gone, gone, missing)
	return nil
}

func (v *verifier) askDefinitions(ctx context.Context, p devops.Project) error {
	var ids []int
	var watch pageWatch
	for token := ""; ; {
		page, err := v.Client.Definitions(ctx, p.ID, token)
		if err != nil {
			return err
		}
		var some []int
		for _, d := range page.Definitions {
			some = append(some, int(d.ID))
		}
		ids = append(ids, some...)
		token = page.ContinuationToken
		if _, stuck := watch.turn(token, some); token == "" || stuck {
			return v.byID(ctx, p, devops.Definitions, ids)
		}
	}
}

// askBuilds lists the builds that were queued in the window, by the queue time, which a refresh does not read
// finished ones by.
func (v *verifier) askBuilds(ctx context.Context, p devops.Project) error {
	var rows []dated
	var watch pageWatch
	query := azdo.BuildsQuery{Project: p.ID, QueryOrder: azdo.QueueTimeAscending, MinTime: v.since}
	for {
		page, err := v.Client.Builds(ctx, query)
		if err != nil {
			return err
		}
		var some []int
		for _, b := range page.Builds {
			rows = append(rows, dated{int(b.ID), b.QueueTime.Time})
			some = append(some, int(b.ID))
		}
		query.ContinuationToken = page.ContinuationToken
		if _, stuck := watch.turn(query.ContinuationToken, some); query.ContinuationToken == "" || stuck {
			return v.byDatedID(ctx, p, devops.Builds, rows)
		}
	}
}

// askTimelines asks nobody: the service does not count timelines, but which builds have to have one is known.
func (v *verifier) askTimelines(ctx context.Context, p devops.Project) error {
	failed, err := v.Store.FailedBuildsWithoutTimeline(ctx, p.ID, v.since, math.MaxInt32)
	if err != nil {
		return err
	}
	recent := v.Clock().Add(-timelineAge)
	if recent.Before(v.since) {
		recent = v.since
	}
	others, err := v.Store.BuildsWithoutTimeline(ctx, p.ID, recent, math.MaxInt32)
	if err != nil {
		return err
	}
	missing := map[int]bool{}
	for _, id := range append(failed, others...) {
		missing[id] = true
	}
	held := v.counts[p.ID].held[devops.Timelines]
	v.add(devops.Timelines, held+len(missing), held, 0, len(missing))
	if !v.timelinesTold {
		v.timelinesTold = true
		v.note(devops.Timelines, fmt.Sprintf("The service does not count them. One is expected of each failed build, and of each build of the last %d days.", int(timelineAge/(24*time.Hour))))
	}
	return nil
}

func (v *verifier) askDeployments(ctx context.Context, p devops.Project) error {
	var rows []dated
	var watch pageWatch
	query := azdo.DeploymentsQuery{Project: p.ID, MinModified: v.since}
	for {
		page, err := v.Client.Deployments(ctx, query)
		if err != nil {
			return err
		}
		var some []int
		for _, d := range page.Deployments {
			rows = append(rows, dated{int(d.ID), d.LastModifiedOn.Time})
			some = append(some, int(d.ID))
		}
		query.ContinuationToken = page.ContinuationToken
		if _, stuck := watch.turn(query.ContinuationToken, some); query.ContinuationToken == "" || stuck {
			return v.byDatedID(ctx, p, devops.Deployments, rows)
		}
	}
}

// askTestRuns walks the window in the longest stretches that the service takes.
func (v *verifier) askTestRuns(ctx context.Context, p devops.Project) error {
	var rows []dated
	from, now := v.since, v.Clock().UTC()
	if from.IsZero() {
		from = firstTestRuns
	}
	for ; from.Before(now); from = from.Add(azdo.TestRunsWindow) {
		var watch pageWatch
		query := azdo.TestRunsQuery{Project: p.ID, Min: from, Max: from.Add(azdo.TestRunsWindow)}
		for {
			page, err := v.Client.TestRuns(ctx, query)
			if err != nil {
				return err
			}
			var some []int
			for _, r := range page.Runs {
				rows = append(rows, dated{int(r.ID), r.LastUpdatedDate.Time})
				some = append(some, int(r.ID))
			}
			query.ContinuationToken = page.ContinuationToken
			if _, stuck := watch.turn(query.ContinuationToken, some); query.ContinuationToken == "" || stuck {
				break
			}
		}
	}
	return v.byDatedID(ctx, p, devops.TestRuns, rows)
}
