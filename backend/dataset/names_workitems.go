package dataset

// More columns of work items: places on boards, dates, rollups, the quality of the data.
const (
	IsRequirement    FieldRef = "Work items[Is requirement]"
	BoardColumnName  FieldRef = "Work items[Board column]"
	BoardLane        FieldRef = "Work items[Board lane]"
	BoardDone        FieldRef = "Work items[Board done]"
	ActivatedDate    FieldRef = "Work items[Activated date]"
	ResolvedDate     FieldRef = "Work items[Resolved date]"
	ClosedDate       FieldRef = "Work items[Closed date]"
	StateChangedDate FieldRef = "Work items[State changed date]"
	DaysUntilTarget  FieldRef = "Work items[Days until target]"
	DaysPastTarget   FieldRef = "Work items[Days past target]"

	Children                FieldRef = "Work items[Children]"
	Descendants             FieldRef = "Work items[Descendants]"
	RollupRequirements      FieldRef = "Work items[Rollup requirements]"
	RollupBugs              FieldRef = "Work items[Rollup bugs]"
	RollupEstimate          FieldRef = "Work items[Rollup estimate]"
	RollupCompletedEstimate FieldRef = "Work items[Rollup completed estimate]"
	RollupRemainingWork     FieldRef = "Work items[Rollup remaining work]"
	RollupCompletedWork     FieldRef = "Work items[Rollup completed work]"
	RollupProgress          FieldRef = "Work items[Progress %]"
	RollupHours             FieldRef = "Work items[Hours %]"

	IsUnestimated  FieldRef = "Work items[Is unestimated]"
	IsUnassigned   FieldRef = "Work items[Is unassigned]"
	HasNoIteration FieldRef = "Work items[Has no iteration]"
	IsStale        FieldRef = "Work items[Is stale]"
)

// StaleDays is after how many days without a change an open item counts as stale.
const StaleDays = 30

// ParentOf names the column that holds the nearest ancestor of a type: Work items[Parent Feature].
func ParentOf(itemType string) FieldRef { return FieldRef(WorkItems + "[Parent " + itemType + "]") }

// Unparented labels the value nil of the columns that ParentOf names.
const Unparented = "(Unparented)"

// More measures of work items. A pair is one by estimate and one by number of items.
const (
	VelocityPlanned         = "Velocity planned"
	VelocityPlannedItems    = "Velocity planned items"
	VelocityCompleted       = "Velocity completed"
	VelocityCompletedItems  = "Velocity completed items"
	VelocityLate            = "Velocity completed late"
	VelocityLateItems       = "Velocity completed late items"
	VelocityIncomplete      = "Velocity incomplete"
	VelocityIncompleteItems = "Velocity incomplete items"
	VelocityNotStarted      = "Velocity not started or resolved"
	VelocityNotStartedItems = "Velocity not started or resolved items"
	AverageVelocity         = "Average velocity"
	AverageVelocityItems    = "Average velocity items"

	LeadTimeMovingAverage  = "Lead time moving average"
	CycleTimeMovingAverage = "Cycle time moving average"
	LeadTimeDeviation      = "Lead time standard deviation"
	CycleTimeDeviation     = "Cycle time standard deviation"

	AverageBurndown      = "Average burndown"
	AverageBurndownItems = "Average burndown items"
	IntervalsLeft        = "Intervals left"
	IntervalsLeftItems   = "Intervals left by items"
	ProjectedEnd         = "Projected end"
	ProjectedEndItems    = "Projected end by items"

	NextTarget   = "Days until target"
	OldestTarget = "Days past target"

	BoardItems = "Board items"

	SumRollupEstimate          = "Rollup estimate"
	SumRollupCompletedEstimate = "Rollup completed estimate"
	SumRollupRemainingWork     = "Rollup remaining work"
	SumRollupCompletedWork     = "Rollup completed work"
	RollupProgressRatio        = "Rollup progress"
	RollupHoursRatio           = "Rollup hours"

	AverageDaysInState  = "Average days in state"
	MedianDaysInState   = "Median days in state"
	P95DaysInState      = "Days in state 95th percentile"
	SnapshotDaysInState = "Days in state (daily snapshots)"
)
