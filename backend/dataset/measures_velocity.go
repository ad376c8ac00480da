package dataset

const (
	folderVelocity = "Velocity"

	velocityTypes = " Types of the requirement backlog that are not bugs, unless a filter names types or backlogs: then those."
	velocityWhen  = " An iteration without dates, or that has not begun by the as-of time, is left out. Dates[Date] is the first day of the iteration."
	velocityNull  = " A missing estimate adds 0; null where nothing was planned and nothing is."
)

// velocity are M21 to M25, by estimate and by items.
func velocity(unit string) []Measure {
	pair := func(byEstimate, byItems, number, description, formula string, d Direction, additive bool) []Measure {
		m := Measure{Name: byEstimate, Number: number, Description: description + " By estimate.", Formula: formula + velocityTypes + velocityWhen + velocityNull,
			Unit: unit, Format: "decimal1", Additive: additive, Direction: d, OverTime: OverTimeEvents, Folder: folderVelocity}
		if number != "" {
			m.Formula = number + ": " + m.Formula
		}
		n := m
		n.Name, n.Unit, n.Format = byItems, "items", "integer"
		n.Description = description + " By number of items."
		if !additive {
			n.Format = "decimal1"
		}
		return []Measure{m, n}
	}
	var out []Measure
	for _, group := range [][]Measure{
		pair(VelocityPlanned, VelocityPlannedItems, "M21", "What was planned for the iteration when it began, whatever became of it.",
			"the items that stood in the iteration at the end of its first day plus the query's planning days, not Removed, with their estimate then.", Neutral, true),
		pair(VelocityCompleted, VelocityCompletedItems, "M22", "What of the iteration was completed in time.",
			"the items now in the iteration whose category is Completed since the end of its last day plus the query's grace days, or before.", UpIsBetter, true),
		pair(VelocityLate, VelocityLateItems, "M23", "What of the iteration was completed after its end.",
			"the items now in the iteration whose category is Completed since after the end of its last day plus the query's grace days.", UpIsWorse, true),
		pair(VelocityIncomplete, VelocityIncompleteItems, "M24", "What of the iteration is in progress.",
			"the items now in the iteration whose category is InProgress; Proposed and Resolved are a measure of their own.", UpIsWorse, true),
		pair(VelocityNotStarted, VelocityNotStartedItems, "", "What of the iteration is not started, or resolved and not completed.",
			"The items now in the iteration whose category is Proposed or Resolved: those that M22 to M24 leave out.", Neutral, true),
		pair(AverageVelocity, AverageVelocityItems, "M25", "What an iteration completes, on average.",
			"the mean of M22 + M23 over the iterations shown that have ended and in which something was planned or is.", UpIsBetter, false),
	} {
		out = append(out, group...)
	}
	return out
}
