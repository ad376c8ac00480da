package dataset

const (
	folderBoard  = "Boards"
	folderRollup = "Rollup"
)

func boards() []Measure {
	return []Measure{{Name: BoardItems, Number: "M26", Description: "Work items on a board; by Board column over Dates it is the cumulative flow.",
		Formula: "M26: distinct work items that stand in a column of a board at the time. A column that no board has any more is (Blank).",
		Unit:    "items", Format: "integer", Additive: true, OverTime: OverTimeAsOf, Folder: folderBoard, Synonyms: []string{"Cumulative flow", "Items on boards"}}}
}

const rollupNow = " Parents and descendants are those of now: links have no history in memory."

// rollups are M27 to M29 over the items shown.
func rollups(unit string) []Measure {
	sum := func(name, what, unit, format string) Measure {
		return Measure{Name: name, Number: "M27", Description: "Sum over descendants of the items shown: " + what + ".",
			Formula: "M27: the sum of " + what + " at any depth; null counts as 0. Items of which one lies below the other count what they share twice, so show one type of parent." + rollupNow,
			Unit:    unit, Format: format, Additive: true, OverTime: OverTimeAsOf, Folder: folderRollup}
	}
	ratio := func(name, number, description, formula string) Measure {
		return Measure{Name: name, Number: number, Description: description, Formula: number + ": " + formula + rollupNow, Format: "percent", Direction: UpIsBetter, OverTime: OverTimeAsOf, Folder: folderRollup}
	}
	return []Measure{
		sum(SumRollupEstimate, "estimates of requirements", unit, "decimal1"), sum(SumRollupCompletedEstimate, "estimates of requirements that are Completed", unit, "decimal1"),
		sum(SumRollupRemainingWork, "remaining work", "hours", "hours"), sum(SumRollupCompletedWork, "completed work", "hours", "hours"),
		ratio(RollupProgressRatio, "M28", "Share of the estimates below the items shown that is completed.", "estimates of the requirements below that are Completed / estimates of all of them but Removed ones; blank when that is 0 or nothing is estimated."),
		ratio(RollupHoursRatio, "M29", "Share of the hours below the items shown that is done.", "completed work / (completed work + remaining work) of the descendants that have either; 0 when that is 0, blank when none has either."),
	}
}

// daysInState is the time in state of reports.md §8 (A4), by revisions and by daily snapshots.
func daysInState() []Measure {
	const exact = "time in state by revisions: the stretches of time in which an item stood in the group, cut to the range of Dates[Date] and to the as-of time, moves within a day included, are added up for each item; "
	days := func(name, description, formula string) Measure {
		return Measure{Name: name, Number: "M8", Description: description, Formula: "M8: " + formula + " Groups and filters apply to the item as it was during that time, so State in rows splits the time by state.",
			Unit: "days", Format: "days", Direction: UpIsWorse, OverTime: OverTimeEvents, Folder: folderStates}
	}
	return []Measure{
		days(AverageDaysInState, "Days that an item spent in the state (or category, board column, hands) of the group, on average, to the moment.", exact+"then their mean."),
		days(MedianDaysInState, "Days that half of the items spent in the group at most, to the moment.", exact+"then their median."+percentile),
		days(P95DaysInState, "Days that 95 % of the items spent in the group at most, to the moment.", exact+"then their 95th percentile."+percentile),
		days(SnapshotDaysInState, "Days that an item spent in the group by daily snapshots, on average: moves within a day are not seen.",
			"time by daily snapshots: for each item the days at whose end it stood in the group, each counted with the days since the item's snapshot before it in the range (1 for the first), are added up; then their mean."),
	}
}
