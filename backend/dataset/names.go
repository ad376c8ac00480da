package dataset

import "strconv"

// The tables of the model.
const (
	WorkItems  = "Work items"
	Projects   = "Projects"
	Areas      = "Areas"
	Iterations = "Iterations"
	Teams      = "Teams"
	Tags       = "Tags"
	Dates      = "Dates"

	Repositories  = "Repositories"
	Commits       = "Commits"
	PullRequests  = "Pull requests"
	Reviews       = "Reviews" // one row a reviewer of a pull request
	Pipelines     = "Pipelines"
	PipelineRuns  = "Pipeline runs"
	PipelineTasks = "Pipeline tasks" // one row a task of a run that was attempted
	TestRuns      = "Test runs"
	Deployments   = "Deployments"
	Changesets    = "Changesets"
	FileChanges   = "File changes" // one row a file of a changeset
	TFVCBranches  = "TFVC branches"
)

// The columns of the model. Levels of areas and iterations are named by AreaLevel and IterationLevel.
const (
	ID               FieldRef = "Work items[Id]"
	Title            FieldRef = "Work items[Title]"
	Type             FieldRef = "Work items[Type]"
	State            FieldRef = "Work items[State]"
	Category         FieldRef = "Work items[State category]"
	Reason           FieldRef = "Work items[Reason]"
	Priority         FieldRef = "Work items[Priority]"
	Severity         FieldRef = "Work items[Severity]"
	AssignedTo       FieldRef = "Work items[Assigned to]"
	CreatedBy        FieldRef = "Work items[Created by]"
	ChangedBy        FieldRef = "Work items[Changed by]"
	TagSet           FieldRef = "Work items[Tags]"
	IsBug            FieldRef = "Work items[Is bug]"
	BacklogLevel     FieldRef = "Work items[Backlog level]"
	Backlog          FieldRef = "Work items[Backlog]"
	ParentID         FieldRef = "Work items[Parent id]"
	Comments         FieldRef = "Work items[Comments]"
	CreatedDate      FieldRef = "Work items[Created date]"
	ChangedDate      FieldRef = "Work items[Changed date]"
	CompletedDate    FieldRef = "Work items[Completed date]"
	TargetDate       FieldRef = "Work items[Target date]"
	AgeDays          FieldRef = "Work items[Age in days]"
	AgeBucket        FieldRef = "Work items[Age bucket]"
	LeadTime         FieldRef = "Work items[Lead time days]"
	CycleTime        FieldRef = "Work items[Cycle time days]"
	LeadTimeWhole    FieldRef = "Work items[Lead time in whole days]"
	CycleTimeWhole   FieldRef = "Work items[Cycle time in whole days]"
	DaysProposed     FieldRef = "Work items[Days in Proposed]"
	DaysInProgress   FieldRef = "Work items[Days in progress]"
	DaysResolved     FieldRef = "Work items[Days in Resolved]"
	Estimate         FieldRef = "Work items[Estimate]"
	StoryPoints      FieldRef = "Work items[Story points]"
	Effort           FieldRef = "Work items[Effort]"
	Size             FieldRef = "Work items[Size]"
	OriginalEstimate FieldRef = "Work items[Original estimate]"
	RemainingWork    FieldRef = "Work items[Remaining work]"
	CompletedWork    FieldRef = "Work items[Completed work]"
	Project          FieldRef = "Projects[Project]"
	Process          FieldRef = "Projects[Process]"
	Area             FieldRef = "Areas[Area]"
	AreaPath         FieldRef = "Areas[Area path]"
	Iteration        FieldRef = "Iterations[Iteration]"
	IterationPath    FieldRef = "Iterations[Iteration path]"
	StartDate        FieldRef = "Iterations[Start date]"
	EndDate          FieldRef = "Iterations[End date]"
	Team             FieldRef = "Teams[Team]"
	Tag              FieldRef = "Tags[Tag]"
	DateAxis         FieldRef = "Dates[Date]"
)

// AreaLevel names the column of the n-th level of the area tree; level 1 is the project's root.
func AreaLevel(n int) FieldRef {
	return FieldRef("Areas[Area level " + strconv.Itoa(n) + "]")
}

// IterationLevel names the column of the n-th level of the iteration tree; level 1 is the root.
func IterationLevel(n int) FieldRef {
	return FieldRef("Iterations[Iteration level " + strconv.Itoa(n) + "]")
}

// The measures of the model.
const (
	CountOfWorkItems       = "Work items"
	OpenWorkItems          = "Open work items"
	OpenBugs               = "Open bugs"
	Created                = "Created"
	Closed                 = "Closed"
	BugsCreated            = "Bugs created"
	BugsClosed             = "Bugs closed"
	AverageLeadTime        = "Average lead time"
	MedianLeadTime         = "Median lead time"
	LeadTimeP85            = "Lead time 85th percentile"
	AverageCycleTime       = "Average cycle time"
	MedianCycleTime        = "Median cycle time"
	CycleTimeP85           = "Cycle time 85th percentile"
	MedianProposed         = "Median days in Proposed"
	P95Proposed            = "Days in Proposed 95th percentile"
	MedianInProgress       = "Median days in progress"
	P95InProgress          = "Days in progress 95th percentile"
	MedianResolved         = "Median days in Resolved"
	P95Resolved            = "Days in Resolved 95th percentile"
	AverageAge             = "Average age"
	OldestAge              = "Oldest age"
	RemainingEstimate      = "Remaining estimate"
	RemainingItems         = "Remaining items"
	CompletedEstimate      = "Completed estimate"
	CompletedItems         = "Completed items"
	TotalScope             = "Total scope"
	TotalScopeItems        = "Total scope items"
	OriginalScope          = "Original scope"
	OriginalScopeItems     = "Original scope items"
	ScopeIncrease          = "Scope increase"
	ScopeIncreaseItems     = "Scope increase items"
	PercentComplete        = "% complete"
	PercentCompleteItems   = "% complete by items"
	PercentOfOriginal      = "% complete of original scope"
	PercentOfOriginalItems = "% complete of original scope by items"
	Ideal                  = "Ideal trend"
	IdealItems             = "Ideal trend items"
	NotEstimated           = "Not estimated"
	SumEstimate            = "Estimate"
	SumStoryPoints         = "Story points"
	SumEffort              = "Effort"
	SumSize                = "Size"
	SumOriginal            = "Original estimate"
	SumRemainingWork       = "Remaining work"
	SumCompletedWork       = "Completed work"
)

// The values of the columns whose members do not come from the data.
const (
	CategoryProposed   = "Proposed"
	CategoryInProgress = "InProgress"
	CategoryResolved   = "Resolved"
	CategoryCompleted  = "Completed"
	CategoryRemoved    = "Removed"

	LevelPortfolio   = "Portfolio"
	LevelRequirement = "Requirement"
	LevelTask        = "Task"
)

// StateCategories are the values of State category in their own order; a StateRow's Category is the
// position from 1.
var StateCategories = []string{CategoryProposed, CategoryInProgress, CategoryResolved, CategoryCompleted, CategoryRemoved}

// AgeBuckets are the values of Age bucket in their own order; AgeBucketEnds are their last days.
var (
	AgeBuckets    = []string{"0–7 days", "8–30", "31–90", "over 90"}
	AgeBucketEnds = []int{7, 30, 90}
)

// Blank and Unassigned label the value nil.
const (
	Blank      = "(Blank)"
	Unassigned = "Unassigned"
)
