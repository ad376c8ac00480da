package columns_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"sightline/backend/dataset"
)

// dice makes random worlds and queries from one seed.
type dice struct {
	*rand.Rand
	fields bool // the world has fields of its own
}

func newDice(seed uint64) dice { return dice{Rand: rand.New(rand.NewPCG(seed, 20260101))} }

func pick[T any](d dice, xs []T) T { return xs[d.IntN(len(xs))] }

func (d dice) chance(p float64) bool { return d.Float64() < p }

// maybe is a number out of xs or null.
func (d dice) maybe(xs ...float64) float64 {
	if d.chance(0.25) {
		return null
	}
	return pick(d, xs)
}

func scrumTypes() []worldType {
	states := []worldState{{"New", 1}, {"Approved", 1}, {"Committed", 2}, {"Done", 4}, {"Removed", 5}}
	return []worldType{
		{name: "Feature", level: "portfolio", plural: "Features", rank: 30, states: []worldState{{"New", 1}, {"In Progress", 2}, {"Done", 4}, {"Removed", 5}}},
		{name: "Product Backlog Item", level: "requirement", plural: "Backlog items", rank: 20, states: states},
		{name: "Bug", bug: true, level: "requirement", plural: "Backlog items", rank: 20, states: states},
		{name: "Impediment", states: []worldState{{"Open", 2}, {"Closed", 4}, {"Lost", 0}}}, // no backlog; a state without a category
	}
}

var worldZones = []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo", "Africa/Cairo"}

// world is a small organization of a few months around a change of clocks.
func (d dice) world() (*world, time.Time) {
	w := &world{
		zone: pick(d, worldZones), weekStart: pick(d, []time.Weekday{time.Sunday, time.Monday, time.Saturday}),
		projects: []worldProject{{"Alpha", "Agile", 1, agileTypes}, {"Beta", "Scrum", 2, scrumTypes()}},
		areas:    []string{"Alpha", `Alpha\Web`, `Alpha\Web\Cart`, `Alpha\Web2`, "Beta", `Beta\Core`},
		iterations: []worldIteration{{"Alpha", "", ""}, {`Alpha\R1`, "2024-03-01", "2024-04-26"}, {`Alpha\R1\S1`, "2024-03-04", "2024-03-15"}, {`Alpha\R1\S2`, "2024-03-18", "2024-03-29"},
			{`Alpha\R1\S3`, "2024-04-01", "2024-04-12"}, {`Alpha\Later`, "", ""}, {"Beta", "", ""}, {`Beta\S1`, "2024-03-25", "2024-04-07"}},
		teams: []worldTeam{
			{"Shop", "Alpha", []string{`Alpha\Web`}, []string{`Alpha\R1\S1`, `Alpha\R1\S2`}, [7]bool{false, true, true, true, true, true, false}},
			{"Cart", "Alpha", []string{`Alpha\Web\Cart`, `Alpha\Web2`}, []string{`Alpha\R1\S2`, `Alpha\R1\S3`}, [7]bool{true, true, true, true, false, false, false}},
			{"Core", "Beta", []string{"Beta"}, []string{`Beta\S1`}, [7]bool{}},
		},
	}
	w.boards = []worldBoard{
		{"Shop", "Stories", "Stories", []string{"New", "Doing", "Review", "Closed"}, []string{"incoming", "inProgress", "inProgress", "outgoing"}, []string{"Fast", "Slow"}},
		{"Core", "Backlog items", "Backlog items", []string{"New", "Review", "Testing", "Done"}, []string{"incoming", "inProgress", "inProgress", "outgoing"}, nil},
	}
	w.fields = d.chance(0.8)
	loc := w.location()
	now := time.Date(2024, 4, 10, 15, 30, 0, 0, loc)
	for id := range int32(5 + d.IntN(40)) {
		w.items = append(w.items, d.item(w, id+1, now))
	}
	return w, now
}

func (d dice) item(w *world, id int32, now time.Time) *worldItem {
	it := &worldItem{id: id * 7, title: fmt.Sprintf("Item %d", id%9), createdBy: pick(d, people)}
	at := now.Add(-time.Duration(1+d.IntN(100*24*60)) * time.Minute)
	v := rev{at: at}
	d.anyItem(it, now)
	d.anyFacts(w, &v)
	for {
		it.revs = append(it.revs, v)
		step := time.Duration(d.IntN(12*24*60)) * time.Minute
		if d.chance(0.1) {
			step = 0 // two revisions at one instant
		}
		if d.chance(0.15) { // exactly at midnight of the zone
			y, m, day := v.at.Add(step + 24*time.Hour).In(w.location()).Date()
			step = max(0, time.Date(y, m, day, 0, 0, 0, 0, w.location()).Sub(v.at))
		}
		v.at = v.at.Add(step)
		if v.at.After(now) || len(it.revs) > 12 {
			break
		}
		v.gone = !v.gone && len(it.revs) > 1 && d.chance(0.04)
		d.change(w, &v)
	}
	return it
}

var people = []string{"Ana Sousa", "Tom Becker", "Mira Okafor", ""}

func (d dice) anyFacts(w *world, v *rev) {
	p := pick(d, w.projects)
	t := pick(d, p.types)
	v.project, v.typ, v.state = p.name, t.name, pick(d, t.states).name
	d.place(w, v)
	d.board(v)
	v.risk, v.reviewer, v.score, v.signed = pick(d, []string{"", "High", "low"}), pick(d, people), d.maybe(0, 1.5, 8), int8(d.IntN(3))
	v.assigned, v.by = pick(d, people), pick(d, people)
	v.severity = pick(d, []string{"1 - Critical", "2 - High", "3 - Medium", ""})
	v.tags = pick(d, [][]string{nil, {"ui"}, {"api"}, {"api", "ui"}, {"late"}})
	v.priority = d.maybe(1, 2, 3, 4)
	v.points, v.effort, v.size = d.maybe(0, 1, 2, 3, 5, 8), d.maybe(0, 0.5, 1, 13), null
	v.original, v.remaining, v.workDone = d.maybe(4, 8), d.maybe(0, 0.1, 0.7, 2, 3.3), d.maybe(0, 1, 6)
}

func (d dice) place(w *world, v *rev) {
	in := func(path string) bool {
		return path == v.project || len(path) > len(v.project) && path[:len(v.project)+1] == v.project+`\`
	}
	for v.area = pick(d, w.areas); !in(v.area); {
		v.area = pick(d, w.areas)
	}
	for v.iteration = pick(d, w.iterations).path; !in(v.iteration); {
		v.iteration = pick(d, w.iterations).path
	}
}

// change makes one revision differ from the last, mostly in its state.
func (d dice) change(w *world, v *rev) {
	switch d.IntN(12) {
	case 10:
		d.board(v)
	case 11:
		v.risk, v.score, v.signed = pick(d, []string{"", "High", "low"}), d.maybe(0, 1.5, 8), int8(d.IntN(3))
	case 0:
		at, gone := v.at, v.gone
		d.anyFacts(w, v) // another project and type
		v.at, v.gone = at, gone
	case 1:
		d.place(w, v)
	case 2:
		v.assigned, v.priority = pick(d, people), d.maybe(1, 2, 3, 4)
	case 3:
		v.points, v.effort = d.maybe(0, 1, 3, 5), d.maybe(0.5, 2)
		v.remaining = d.maybe(0, 0.1, 1.1, 4)
	case 4:
		v.tags = pick(d, [][]string{nil, {"ui"}, {"api", "ui"}})
	default:
		v.state = pick(d, w.typeOf(v.project, v.typ).states).name
	}
	v.by = pick(d, people)
}

var plainMeasures = []string{
	dataset.CountOfWorkItems, dataset.OpenWorkItems, dataset.OpenBugs, dataset.Created, dataset.Closed, dataset.BugsCreated, dataset.BugsClosed,
	dataset.AverageLeadTime, dataset.MedianLeadTime, dataset.LeadTimeP85, dataset.AverageCycleTime, dataset.MedianCycleTime, dataset.CycleTimeP85,
	dataset.MedianProposed, dataset.P95InProgress, dataset.AverageAge, dataset.OldestAge,
	dataset.RemainingEstimate, dataset.RemainingItems, dataset.CompletedEstimate, dataset.CompletedItems, dataset.TotalScope, dataset.TotalScopeItems,
	dataset.OriginalScope, dataset.OriginalScopeItems, dataset.ScopeIncrease, dataset.ScopeIncreaseItems, dataset.PercentComplete, dataset.PercentCompleteItems,
	dataset.PercentOfOriginal, dataset.PercentOfOriginalItems, dataset.Ideal, dataset.IdealItems, dataset.NotEstimated,
	dataset.SumEstimate, dataset.SumStoryPoints, dataset.SumRemainingWork,
	dataset.VelocityPlanned, dataset.VelocityPlannedItems, dataset.VelocityCompleted, dataset.VelocityCompletedItems, dataset.VelocityLate, dataset.VelocityLateItems,
	dataset.VelocityIncomplete, dataset.VelocityIncompleteItems, dataset.VelocityNotStarted, dataset.VelocityNotStartedItems, dataset.AverageVelocity, dataset.AverageVelocityItems,
	dataset.LeadTimeMovingAverage, dataset.CycleTimeMovingAverage, dataset.LeadTimeDeviation, dataset.CycleTimeDeviation,
	dataset.AverageBurndown, dataset.AverageBurndownItems, dataset.IntervalsLeft, dataset.IntervalsLeftItems, dataset.ProjectedEnd, dataset.ProjectedEndItems,
	dataset.NextTarget, dataset.OldestTarget, dataset.BoardItems, dataset.SumRollupEstimate, dataset.SumRollupCompletedEstimate, dataset.SumRollupRemainingWork,
	dataset.SumRollupCompletedWork, dataset.RollupProgressRatio, dataset.RollupHoursRatio,
	dataset.AverageDaysInState, dataset.MedianDaysInState, dataset.P95DaysInState, dataset.SnapshotDaysInState,
}

var groupColumns = []dataset.FieldRef{
	dataset.ID, dataset.Title, dataset.Type, dataset.State, dataset.Category, dataset.Priority, dataset.Severity, dataset.AssignedTo, dataset.CreatedBy,
	dataset.ChangedBy, dataset.TagSet, dataset.IsBug, dataset.BacklogLevel, dataset.Backlog, dataset.Project, dataset.Process, dataset.Area, dataset.AreaPath,
	dataset.Iteration, dataset.AreaLevel(2), dataset.Tag, dataset.Team, dataset.AgeBucket, dataset.AgeDays, dataset.StoryPoints, dataset.Estimate,
	dataset.RemainingWork, dataset.CreatedDate, dataset.ChangedDate, dataset.CompletedDate, dataset.StartDate, dataset.EndDate,
	dataset.IsRequirement, dataset.BoardColumnName, dataset.BoardLane, dataset.BoardDone, dataset.TargetDate, dataset.ActivatedDate, dataset.ResolvedDate, dataset.ClosedDate,
	dataset.StateChangedDate, dataset.DaysUntilTarget, dataset.DaysPastTarget, dataset.IsUnestimated, dataset.IsUnassigned, dataset.HasNoIteration, dataset.IsStale,
	dataset.Children, dataset.Descendants, dataset.RollupRequirements, dataset.RollupBugs, dataset.RollupEstimate,
	dataset.ParentOf("Epic"), dataset.ParentOf("Feature"), dataset.ParentOf("User Story"), dataset.ParentOf("Bug"), dataset.ParentOf("Product Backlog Item"),
}

// fieldGroups are the columns of the fields that some worlds have.
var fieldGroups = []dataset.FieldRef{riskField, reviewerField, scoreField, signedField, valueField, startField}

// dateColumns are those of every world.
var dateColumns = slices.DeleteFunc(slices.Clone(slowDates), func(ref dataset.FieldRef) bool { return ref == startField })

func (d dice) group() dataset.Group {
	g := dataset.Group{Field: pick(d, groupColumns)}
	if d.fields && d.chance(0.15) {
		g.Field = pick(d, fieldGroups)
	}
	if slices.Contains(slowDates, g.Field) {
		g.Grain = pick(d, grains)
	}
	return g
}

var grains = []dataset.Grain{dataset.GrainDay, dataset.GrainWeek, dataset.GrainMonth, dataset.GrainQuarter, dataset.GrainYear}

func (d dice) query(w *world, now time.Time) dataset.Query {
	var q dataset.Query
	d.fields = w.fields
	if d.chance(0.3) {
		q.PlanningDays, q.GraceDays = d.IntN(4), d.IntN(6)
	}
	for range 1 + d.IntN(3) {
		q.Values = append(q.Values, d.value(w, now))
	}
	for range d.IntN(3) {
		q.Rows = append(q.Rows, d.group())
	}
	if d.chance(0.4) {
		axis := dataset.Group{Field: dataset.DateAxis, Grain: pick(d, append([]dataset.Grain{""}, grains...))}
		if d.chance(0.7) {
			q.Rows = append([]dataset.Group{axis}, q.Rows...)
		} else {
			q.Columns = append(q.Columns, axis)
		}
	} else if d.chance(0.3) {
		q.Columns = append(q.Columns, d.group())
	}
	for range d.IntN(4) {
		q.Filters = append(q.Filters, d.filter(w, now))
	}
	if d.chance(0.4) {
		q.Filters = append(q.Filters, d.dateFilter(dataset.DateAxis, now))
	}
	if d.chance(0.4) {
		q.Highlight = []dataset.Filter{}
		for range d.IntN(3) {
			q.Highlight = append(q.Highlight, d.filter(w, now))
		}
		if d.chance(0.1) {
			q.Highlight = append(q.Highlight, d.dateFilter(dataset.DateAxis, now))
		}
	}
	switch d.IntN(4) {
	case 0:
		q.AsOf = now.AddDate(0, 0, -d.IntN(80)).Format(time.DateOnly)
	case 1:
		q.AsOf = now.Add(-time.Duration(d.IntN(60*24*60)) * time.Minute).Format(time.RFC3339)
	}
	return q
}

func (d dice) value(w *world, now time.Time) dataset.Value {
	v := dataset.Value{Measure: pick(d, plainMeasures)}
	if d.chance(0.25) {
		v = dataset.Value{Field: pick(d, []dataset.FieldRef{dataset.StoryPoints, dataset.RemainingWork, dataset.AgeDays, dataset.LeadTime, dataset.CycleTime, dataset.LeadTimeWhole, dataset.CycleTimeWhole, dataset.DaysResolved, dataset.Estimate,
			dataset.DaysUntilTarget, dataset.DaysPastTarget, dataset.Descendants, dataset.RollupEstimate, dataset.RollupRemainingWork, dataset.RollupProgress, dataset.RollupHours}),
			Aggregate: pick(d, []dataset.Aggregate{dataset.Sum, dataset.Average, dataset.Min, dataset.Max, dataset.Count, dataset.CountDistinct, dataset.Median, dataset.P85, dataset.P90, dataset.P95, dataset.StandardDeviation})}
	} else if d.chance(0.15) {
		v = dataset.Value{Field: pick(d, []dataset.FieldRef{dataset.AssignedTo, dataset.State, dataset.Tag, dataset.Area, dataset.Severity, dataset.TagSet}),
			Aggregate: pick(d, []dataset.Aggregate{dataset.Count, dataset.CountDistinct})}
	}
	if d.chance(0.15) {
		v.Filters = append(v.Filters, d.filter(w, now))
	}
	if d.chance(0.05) {
		v.Filters = append(v.Filters, d.dateFilter(dataset.DateAxis, now))
	}
	return v
}

// filter is a filter of one row, sometimes with alternatives on the same column.
func (d dice) filter(w *world, now time.Time) dataset.Filter {
	f := d.plainFilter(w, now)
	if len(f.Any) > 0 || !d.chance(0.15) {
		return f
	}
	either := dataset.Filter{Field: f.Field, Any: []dataset.Filter{f}}
	for range 200 { // until another one is on the same column
		if g := d.plainFilter(w, now); g.Field == f.Field && len(g.Any) == 0 {
			either.Any = append(either.Any, g)
			break
		}
	}
	return either
}

func (d dice) plainFilter(w *world, now time.Time) dataset.Filter {
	f := dataset.Filter{Op: pick(d, []dataset.Op{"", dataset.In, dataset.NotIn})}
	some := func(xs ...any) []any { return []any{pick(d, xs), pick(d, xs)} }
	if d.chance(0.3) {
		return d.moreFilter(w, now)
	}
	switch d.IntN(16) {
	case 0:
		f.Field, f.Values = dataset.Type, some("Bug", "bug", "User Story", "Task", "Impediment")
	case 1:
		f.Field, f.Values = dataset.State, some("New", "Closed", "Done", "Resolved", "Active")
	case 2:
		f.Field, f.Values = dataset.Category, some("Proposed", "InProgress", "In progress", "Resolved", "Completed", nil)
	case 3:
		f.Field, f.Values = dataset.Priority, some(1.0, 2.0, 3.0, nil)
		if d.chance(0.5) {
			f.Op, f.Values = pick(d, []dataset.Op{dataset.GreaterEqual, dataset.Less, dataset.LessEqual, dataset.Greater}), []any{2.0}
		}
	case 4:
		f.Field, f.Values = dataset.AssignedTo, some("Ana Sousa", "tom.becker@example.com", nil)
	case 5:
		f.Field, f.Values, f.Op = dataset.Area, []any{pick(d, w.areas)}, pick(d, []dataset.Op{dataset.Under, dataset.In})
	case 6:
		f.Field, f.Values, f.Op = dataset.IterationPath, []any{pick(d, w.iterations).path}, pick(d, []dataset.Op{dataset.Under, dataset.In})
	case 7:
		f.Field, f.Op = dataset.Iteration, dataset.Current
	case 8:
		f.Field, f.Values = dataset.Tag, some("ui", "API", nil)
		if d.chance(0.4) {
			f.Op, f.Values = pick(d, []dataset.Op{dataset.Contains, dataset.NotContains, dataset.NotStartsWith}), []any{pick(d, []string{"u", "AP", "i"})}
		}
	case 9:
		f.Field, f.Values = dataset.Team, some("Shop", "Cart", "Core")
	case 10:
		f.Field, f.Values = dataset.AgeBucket, some("0–7 days", "8–30", "31–90", nil)
	case 11:
		f.Field, f.Op, f.Values = dataset.AgeDays, dataset.Between, []any{5.0, 40.0}
	case 12:
		f.Field, f.Values = dataset.Severity, some("1 - Critical", "2 - High", nil)
		if d.chance(0.4) {
			f.Op, f.Values = pick(d, []dataset.Op{dataset.IsBlank, dataset.IsNotBlank}), nil
		}
	case 13:
		f.Field, f.Op = dataset.Title, pick(d, []dataset.Op{dataset.Contains, dataset.StartsWith, dataset.NotContains, dataset.NotStartsWith})
		f.Values = []any{pick(d, []string{"item 3", "Item", "4"})}
	case 14:
		return d.dateFilter(pick(d, dateColumns), now)
	case 15:
		f.Field, f.Op, f.Values = dataset.Estimate, pick(d, []dataset.Op{dataset.Greater, dataset.LessEqual}), []any{1.0}
	}
	return f
}

// dateFilter is a filter of days, sometimes with alternatives.
func (d dice) dateFilter(field dataset.FieldRef, now time.Time) dataset.Filter {
	f := d.plainDateFilter(field, now)
	if d.chance(0.15) {
		return dataset.Filter{Field: field, Any: []dataset.Filter{f, d.plainDateFilter(field, now)}}
	}
	return f
}

func (d dice) plainDateFilter(field dataset.FieldRef, now time.Time) dataset.Filter {
	day := func() string { return now.AddDate(0, 0, 10-d.IntN(90)).Format(time.DateOnly) }
	f := dataset.Filter{Field: field}
	switch d.IntN(6) {
	case 0:
		f.Op, f.Values = pick(d, []dataset.Op{dataset.GreaterEqual, dataset.Greater, dataset.LessEqual, dataset.Less}), []any{day()}
	case 1:
		a, b := day(), day()
		f.Op, f.Values = dataset.Between, []any{min(a, b), max(a, b)}
	case 2:
		f.Op, f.Values = dataset.In, []any{day(), day(), day()}
	case 3:
		f.Op, f.Values = pick(d, []dataset.Op{dataset.Last, dataset.This, dataset.Next, dataset.LastCalendar, dataset.NextCalendar}), []any{float64(1 + d.IntN(3)), pick(d, []string{"week", "month"})}
		if (f.Op == dataset.Last || f.Op == dataset.Next) && d.chance(0.4) {
			f.Values = append(f.Values, d.chance(0.3))
		}
	default:
		f.Op, f.Values = dataset.Last, []any{float64(1 + d.IntN(60)), "day"}
	}
	return f
}
