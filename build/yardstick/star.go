package main

import "database/sql/driver"

// starTable is a table of the star that both databases get: current items, one interval an item and changed day, and
// the events. What an engine computes from an instant (days, months) is a column here.
type starTable struct{ name, columns string }

var (
	starItems = starTable{"wi", `id int, project utinyint, type utinyint, state utinyint, cat utinyint, prio utinyint, sev utinyint, area usmallint, iter usmallint,
		assigned usmallint, sp utinyint, rem int, created bigint, activated bigint, closed bigint, created_day int, closed_day int`}
	starIntervals = starTable{"ivl", `wi int, from_day smallint, to_day smallint, project utinyint, type utinyint, state utinyint, cat utinyint, sp utinyint, area usmallint,
		iter usmallint, assigned usmallint, rem int`}
	starCommits = starTable{"commits", "repo usmallint, author usmallint, day int, month int, files int"}
	starPulls   = starTable{"prs", "id int, repo usmallint, author usmallint, status utinyint, created bigint, closed bigint, closed_day int"}
	starRuns    = starTable{"runs", "id int, def usmallint, result utinyint, queued bigint, started bigint, finished bigint, finished_day int"}
	starTests   = starTable{"tests", "id int, completed_day int, total int, passed int, failed int, not_run int, not_impacted int"}
)

var star = []*starTable{&starItems, &starIntervals, &starCommits, &starPulls, &starRuns, &starTests}

// lastsForever is to_day of an interval that is current. Days of intervals count from firstDay.
const lastsForever = 32767

// sink takes a row of a table of the star.
type sink func(table *starTable, row ...driver.Value) error

// starRows hands out the whole star, table after table but for items with their intervals.
func (w *world) starRows(to sink) error {
	if err := w.each(func(it *item) error { return it.starRows(to) }); err != nil {
		return err
	}
	if err := w.commits(func(c *commit) error {
		return to(&starCommits, uint16(c.repository), uint16(c.author), dayOf(c.authored), month(c.authored), c.added+c.edited+c.deleted)
	}); err != nil {
		return err
	}
	if err := w.pulls(func(p *pull) error {
		return to(&starPulls, int32(p.id), uint16(p.repository), uint16(p.author), uint8(p.status), p.created, set(p.closed), dayOf(p.closed))
	}); err != nil {
		return err
	}
	if err := w.runs(func(v *pipelineRun) error {
		return to(&starRuns, int32(v.id), uint16(v.pipeline), uint8(v.result), v.queued, set(v.started), set(v.finished), dayOf(v.finished))
	}); err != nil {
		return err
	}
	return w.tests(func(t *testRun) error {
		return to(&starTests, int32(t.id), dayOf(t.completed), t.total, t.passed, t.failed, t.notRun, t.notImpacted)
	})
}

func (it *item) starRows(to sink) error {
	v, created, closed := it.last(), it.revisions[0].at, it.closed()
	if err := to(&starItems, int32(it.id), uint8(it.project), uint8(it.typ), uint8(v.state), uint8(states[v.state].category), uint8(it.priority), uint8(it.severity),
		uint16(it.area), uint16(v.iteration), uint16(v.assigned), small(v.points), hours(v.left), created, set(it.activated()), set(closed), dayOf(created), dayOf(closed)); err != nil {
		return err
	}
	for i := range it.revisions {
		v := &it.revisions[i]
		from, end := v.at/millisADay, int64(lastsForever+firstDay)
		if i+1 < len(it.revisions) {
			end = it.revisions[i+1].at / millisADay
		}
		if from == end {
			continue // it does not hold at the end of a day
		}
		if err := to(&starIntervals, int32(it.id), int16(from-firstDay), int16(end-firstDay), uint8(it.project), uint8(it.typ), uint8(v.state), uint8(states[v.state].category), small(v.points),
			uint16(it.area), uint16(v.iteration), uint16(v.assigned), hours(v.left)); err != nil {
			return err
		}
	}
	return nil
}

// set is an instant, null when it is not set.
func set(at int64) driver.Value {
	if at == 0 {
		return nil
	}
	return at
}

// dayOf is the day of an instant since 1970, null when that is not set.
func dayOf(at int64) driver.Value {
	if at == 0 {
		return nil
	}
	return int32(at / millisADay)
}

func small(x int32) driver.Value {
	if x == 0 {
		return nil
	}
	return uint8(x)
}

func hours(x int32) driver.Value {
	if x == none {
		return nil
	}
	return x
}
