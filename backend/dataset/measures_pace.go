package dataset

const folderTarget = "Target date"

const (
	windowWords   = " The window of a day is the day and the N days before it, where N is the largest odd number that is at most a fifth of the days shown; a longer period takes the window of its last day, and without Dates[Date] in rows or columns it is that of the last day of the range. Null without an item."
	intervalWords = " Intervals are the periods of Dates[Date] in rows or columns, else days; all count as equally long, and those that end after the first day of the range up to the as-of time count."
)

// movingAverages are M5 and M6.
func movingAverages() []Measure {
	days := func(name, number, description, formula string) Measure {
		return Measure{Name: name, Number: number, Description: description, Formula: number + ": " + formula + windowWords + reopened + eventWords,
			Unit: "days", Format: "days", Direction: UpIsWorse, OverTime: OverTimeEvents, Folder: folderLead}
	}
	lead, cycle := "the lead times (M2) of the items completed in a window of days.", "the cycle times (M3) of the items completed in a window of days."
	return []Measure{
		days(LeadTimeMovingAverage, "M5", "Lead time over the last days, smoothed.", "mean over items, not over days, of "+lead),
		days(CycleTimeMovingAverage, "M5", "Cycle time over the last days, smoothed.", "mean over items, not over days, of "+cycle),
		days(LeadTimeDeviation, "M6", "How far lead times lie from their moving average; the band around it is one of these wide on each side.", "standard deviation of the population of "+lead),
		days(CycleTimeDeviation, "M6", "How far cycle times lie from their moving average; the band around it is one of these wide on each side.", "standard deviation of the population of "+cycle),
	}
}

// projection are M17 and M18, by estimate and by items.
func projection(unit string) []Measure {
	start := " The start is the end of " + startOfRange + "."
	pair := func(byEstimate, byItems, number, description, formula, unit, format string, d Direction) []Measure {
		m := Measure{Name: byEstimate, Number: number, Description: description + " By estimate.", Formula: number + ": " + formula + intervalWords + start,
			Unit: unit, Format: format, Direction: d, OverTime: OverTimeAsOf, Folder: folderScope}
		n := m
		n.Name, n.Description = byItems, description+" By number of items."
		if unit != "" && unit != "intervals" {
			n.Unit = "items"
		}
		return []Measure{m, n}
	}
	left := "M11 now / ((M12 now - M12 at the start - (M13 now - M13 at the start)) / intervals so far), which is the average burndown less the average increase of the scope; none when that is not above 0."
	var out []Measure
	for _, group := range [][]Measure{
		pair(AverageBurndown, AverageBurndownItems, "M17", "How much work is completed in an interval, on average.", "(M12 now - M12 at the start) / intervals so far.", unit, "decimal1", UpIsBetter),
		pair(IntervalsLeft, IntervalsLeftItems, "M18", "How many intervals the rest will take at the pace so far.", left, "intervals", "decimal1", UpIsWorse),
		pair(ProjectedEnd, ProjectedEndItems, "M18", "The day on which nothing will be left at the pace so far; a number counts days since 1970-01-01.", "the last day of the interval in which nothing is left: "+left, "", "date", UpIsWorse),
	} {
		out = append(out, group...)
	}
	return out
}

// targets are the two numbers of M9 over items.
func targets() []Measure {
	m := func(name, description, formula string, d Direction) Measure {
		return Measure{Name: name, Number: "M9", Description: description, Formula: "M9: " + formula + " The target date is that of now.", Unit: "days", Format: "days",
			Direction: d, OverTime: OverTimeAsOf, Folder: folderTarget}
	}
	return []Measure{
		m(NextTarget, "Days to the nearest target date of items that are not completed.", "the smallest target date minus the as-of day, in whole days, over items that are not Completed and whose target date does not lie before it.", Neutral),
		m(OldestTarget, "Days since the oldest target date that was missed.", "the largest number of days from the target date to the as-of day, over items that are not Completed and whose target date lies before it.", UpIsWorse),
	}
}
