package dataset

// Overtime values of Measure.OverTime.
const (
	OverTimeAsOf   = "asOf"
	OverTimeEvents = "events"
)

// The folders of the measures.
const (
	folderCounts = "Counts"
	folderEvents = "Created and closed"
	folderLead   = "Lead and cycle time"
	folderStates = "Time in state"
	folderScope  = "Scope and burndown"
	folderSums   = "Sums"
)

const (
	openWords    = "state category Proposed, InProgress or Resolved"
	eventWords   = " Filters apply to the item as it is at the as-of time; Dates[Date] to the day of the event."
	reopened     = " A reopened item counts when it is completed again."
	percentile   = " Percentiles interpolate linearly (M7)."
	scopeWords   = " Null when nothing is in scope; a missing estimate adds 0."
	startOfRange = "the first day of the range: of the one dated iteration or of the Dates[Date] filter"
)

func measures(unit string) []Measure {
	var out []Measure
	for _, group := range [][]Measure{counts(), events(), leadAndCycle(), timeInState(), scope(unit), sums(unit),
		velocity(unit), movingAverages(), projection(unit), targets(), boards(), rollups(unit), daysInState()} {
		out = append(out, group...)
	}
	for i := range out {
		out[i].Table = WorkItems
		if out[i].Direction == "" {
			out[i].Direction = Neutral
		}
	}
	return out
}

func counts() []Measure {
	count := func(name, number, description, formula string, d Direction, synonyms ...string) Measure {
		return Measure{Name: name, Number: number, Synonyms: synonyms, Description: description, Formula: formula,
			Unit: "items", Format: "integer", Additive: true, Direction: d, OverTime: OverTimeAsOf, Folder: folderCounts}
	}
	bugs := count(OpenBugs, "M1", "Bugs that are still work to do, in any process.", "M1 over types of the bug category with "+openWords+".", UpIsWorse, "Active bugs", "Bugs open")
	bugs.Unit = "bugs"
	age := func(name, description, formula string) Measure {
		return Measure{Name: name, Number: "M10", Description: description, Formula: formula, Unit: "days", Format: "days",
			Direction: UpIsWorse, OverTime: OverTimeAsOf, Folder: folderCounts}
	}
	return []Measure{
		count(CountOfWorkItems, "M1", "How many work items there are.", "M1: distinct work items.", Neutral, "Count", "Items", "Number of work items"),
		count(OpenWorkItems, "M1", "Work items that are still work to do.", "M1 over "+openWords+".", UpIsWorse, "Open items"),
		bugs,
		age(AverageAge, "How old the open work items are, on average.", "M10: mean over open items of the as-of day minus the day of creation, in whole days of the dataset's zone."),
		age(OldestAge, "How old the oldest open work item is.", "M10: the largest such age."),
	}
}

func events() []Measure {
	event := func(name, description, formula, unit string, d Direction, synonyms ...string) Measure {
		return Measure{Name: name, Synonyms: synonyms, Description: description, Formula: formula + eventWords, Unit: unit,
			Format: "integer", Additive: true, Direction: d, OverTime: OverTimeEvents, Folder: folderEvents}
	}
	return []Measure{
		event(Created, "Work items created in the period.", "Items by day of creation.", "items", Neutral, "Work items created", "Items created"),
		event(Closed, "Work items completed in the period.", "Items whose category is Completed, by the day they last entered it (M2)."+reopened, "items", UpIsBetter, "Completed", "Work items closed", "Items closed", "Items completed"),
		event(BugsCreated, "Bugs created in the period.", "Items of the bug category by day of creation.", "bugs", UpIsWorse, "Created bugs"),
		event(BugsClosed, "Bugs completed in the period.", "Items of the bug category whose category is Completed, by the day they last entered it (M2)."+reopened, "bugs", UpIsBetter, "Closed bugs", "Bugs completed"),
	}
}

func leadAndCycle() []Measure {
	days := func(name, number, description, formula string, synonyms ...string) Measure {
		return Measure{Name: name, Number: number, Synonyms: synonyms, Description: description, Formula: formula + reopened + eventWords,
			Unit: "days", Format: "days", Direction: UpIsWorse, OverTime: OverTimeEvents, Folder: folderLead}
	}
	lead := "completion minus creation in days with decimals, over items whose category is Completed, by day of completion."
	cycle := "completion minus the first time in progress (category InProgress or Resolved) in days with decimals, 0 for an item that skipped it, over items whose category is Completed, by day of completion."
	return []Measure{
		days(AverageLeadTime, "M2", "Days from creation to completion, on average.", "M2, M4: mean of "+lead, "M4", "Lead time"),
		days(MedianLeadTime, "M2", "Days from creation to completion: half of the items took longer.", "M2: median of "+lead+percentile),
		days(LeadTimeP85, "M2", "Days from creation to completion that 85 % of the items kept.", "M2: 85th percentile of "+lead+percentile),
		days(AverageCycleTime, "M3", "Days from first in progress to completion, on average.", "M3, M4: mean of "+cycle, "M4", "Cycle time"),
		days(MedianCycleTime, "M3", "Days from first in progress to completion: half of the items took longer.", "M3: median of "+cycle+percentile),
		days(CycleTimeP85, "M3", "Days from first in progress to completion that 85 % of the items kept.", "M3: 85th percentile of "+cycle+percentile),
	}
}

func timeInState() []Measure {
	days := func(name, category, which string) Measure {
		return Measure{Name: name, Number: "M8", Description: "Days that items spent in the category " + category + ".",
			Formula: "M8: " + which + " over items of the time their revisions were in the category " + category + ", up to the as-of time, intra-day moves included." + percentile,
			Unit:    "days", Format: "days", Direction: UpIsWorse, OverTime: OverTimeAsOf, Folder: folderStates}
	}
	return []Measure{
		days(MedianProposed, "Proposed", "median"), days(P95Proposed, "Proposed", "95th percentile"),
		days(MedianInProgress, "In progress", "median"), days(P95InProgress, "In progress", "95th percentile"),
		days(MedianResolved, "Resolved", "median"), days(P95Resolved, "Resolved", "95th percentile"),
	}
}

func scope(unit string) []Measure {
	pair := func(byEstimate, byItems, number, description, formula string, additive bool, d Direction, synonyms ...string) []Measure {
		m := Measure{Name: byEstimate, Number: number, Synonyms: synonyms, Description: description + " By estimate.", Formula: number + ": " + formula + scopeWords,
			Unit: unit, Format: "decimal1", Additive: additive, Direction: d, OverTime: OverTimeAsOf, Folder: folderScope}
		n := m
		n.Name, n.Synonyms, n.Unit, n.Format = byItems, nil, "items", "integer"
		n.Description = description + " By number of items."
		return []Measure{m, n}
	}
	ratio := func(ms []Measure) []Measure {
		for i := range ms {
			ms[i].Unit, ms[i].Format = "", "percent"
		}
		return ms
	}
	ideal := pair(Ideal, IdealItems, "M19", "What would remain if the work went evenly.", "Remaining at "+startOfRange+", falling straight to 0 on its last working day, level on other days. Working days are those of the teams that are filtered on, else of the teams that selected the iteration, else Monday to Friday.", true, Neutral, "Ideal")
	ideal[1].Format = "decimal1"
	var out []Measure
	for _, group := range [][]Measure{
		pair(RemainingEstimate, RemainingItems, "M11", "Work left in scope.", "the sum over items with "+openWords+".", true, UpIsWorse, "Remaining"),
		pair(CompletedEstimate, CompletedItems, "M12", "Work done in scope.", "the sum over items whose category is Completed.", true, UpIsBetter, "Done"),
		pair(TotalScope, TotalScopeItems, "M13", "All work in scope, done and left.", "M11 + M12.", true, Neutral, "Scope"),
		pair(OriginalScope, OriginalScopeItems, "M14", "Work left in scope at the start.", "M11 at the end of "+startOfRange+".", true, Neutral),
		pair(ScopeIncrease, ScopeIncreaseItems, "M15", "How much the scope grew since the start.", "M13 - M14.", true, UpIsWorse),
		ratio(pair(PercentComplete, PercentCompleteItems, "M16", "Share of the scope that is done.", "M12 / M13.", false, UpIsBetter, "Percent complete")),
		ratio(pair(PercentOfOriginal, PercentOfOriginalItems, "M16", "Share of the original scope that is no longer left.", "(M14 - M11) / M14.", false, UpIsBetter)),
		ideal,
		{{Name: NotEstimated, Number: "M20", Description: "Open items without an estimate; 0 is an estimate.", Formula: "M20: items with " + openWords + " whose estimate is missing.",
			Unit: "items", Format: "integer", Additive: true, Direction: UpIsWorse, OverTime: OverTimeAsOf, Folder: folderScope, Synonyms: []string{"Unestimated"}}},
	} {
		out = append(out, group...)
	}
	return out
}

func sums(unit string) []Measure {
	sum := func(name, unit, format string) Measure {
		return Measure{Name: name, Description: "Sum of " + name + ".", Formula: "Sum over all items; items without a value are left out, and without any value the sum is null.",
			Unit: unit, Format: format, Additive: true, OverTime: OverTimeAsOf, Folder: folderSums}
	}
	return []Measure{
		sum(SumEstimate, unit, "decimal1"), sum(SumStoryPoints, "story points", "decimal1"),
		sum(SumEffort, "effort", "decimal1"), sum(SumSize, "size", "decimal1"),
		sum(SumOriginal, "hours", "hours"), sum(SumRemainingWork, "hours", "hours"), sum(SumCompletedWork, "hours", "hours"),
	}
}
