package dataset

// factTables is the layout of every fact table that a reading may hand out. A name that is a column of
// the model means that column; "Repository" and "Pipeline" stand for all columns of their tables.
var factTables = []FactTable{
	{Commits, []FactColumn{{"Project", FactProject}, {"Repository", FactRepository}, {"Commit id", FactTitle},
		{"Author", FactPerson}, {"Committer", FactPerson}, {"Authored", FactInstant}, {"Committed", FactInstant},
		{"Files added", FactNumber}, {"Files edited", FactNumber}, {"Files deleted", FactNumber}}},
	{PullRequests, []FactColumn{{"Id", FactID}, {"Project", FactProject}, {"Repository", FactRepository}, {"Title", FactTitle},
		{"Status", FactText}, {"Is draft", FactFlag}, {"Created by", FactPerson}, {"Source branch", FactText}, {"Target branch", FactText},
		{"Label", FactTags}, {"Created", FactInstant}, {"Closed", FactInstant}, {"First review", FactInstant},
		{"Comments", FactNumber}, {"Reviewers", FactNumber}}},
	{Reviews, []FactColumn{{"Pull request", FactParent}, {"Reviewer", FactPerson}, {"Vote", FactText}, {"Is required", FactFlag}}},
	{PipelineRuns, []FactColumn{{"Id", FactID}, {"Project", FactProject}, {"Pipeline", FactPipeline}, {"Repository", FactRepository},
		{"Number", FactTitle}, {"Status", FactText}, {"Result", FactText}, {"Reason", FactText}, {"Branch", FactText}, {"Pool", FactText},
		{"Requested for", FactPerson}, {"Tag", FactTags}, {"Queued", FactInstant}, {"Started", FactInstant}, {"Finished", FactInstant},
		{"Gone on server", FactFlag}}},
	{PipelineTasks, []FactColumn{{"Run", FactParent}, {"Task", FactText}, {"Job", FactText}, {"Stage", FactText}, {"Result", FactText},
		{"Started", FactInstant}, {"Finished", FactInstant}}},
	{TestRuns, []FactColumn{{"Id", FactID}, {"Project", FactProject}, {"Run", FactParent}, {"Name", FactTitle}, {"State", FactText},
		{"Is automated", FactFlag}, {"Workflow", FactText}, {"Stage", FactText}, {"Started", FactInstant}, {"Completed", FactInstant},
		{"Total", FactNumber}, {"Passed", FactNumber}, {"Failed", FactNumber}, {"Not executed", FactNumber}, {"Not impacted", FactNumber}}},
	{Deployments, []FactColumn{{"Id", FactID}, {"Project", FactProject}, {"Run", FactParent}, {"Release", FactTitle}, {"Release pipeline", FactText},
		{"Environment", FactText}, {"Status", FactText}, {"Reason", FactText}, {"Requested for", FactPerson},
		{"Queued", FactInstant}, {"Started", FactInstant}, {"Completed", FactInstant}}},
	{Changesets, []FactColumn{{"Id", FactID}, {"Project", FactProject}, {"Author", FactPerson}, {"Checked in by", FactPerson},
		{"Created", FactInstant}, {"Comment", FactTitle}, {"Branch", FactTags}, {"Files", FactNumber}}},
	{FileChanges, []FactColumn{{"Changeset", FactParent}, {"Change type", FactTags}, {"Extension", FactText}, {"Folder", FactText}}},
	{TFVCBranches, []FactColumn{{"Branch", FactText}, {"Project", FactProject}, {"Parent branch", FactText}, {"Depth", FactNumber},
		{"Owner", FactPerson}, {"Created", FactInstant}}},
}

// FactTableOf is the layout of a fact table; nil when there is none of that name.
func FactTableOf(table string) *FactTable {
	for i := range factTables {
		if factTables[i].Table == table {
			return &factTables[i]
		}
	}
	return nil
}

// FactParents says which fact table the column of kind FactParent of a table joins: a filter on the parent's
// columns reaches the rows of the table.
var FactParents = map[string]string{Reviews: PullRequests, PipelineTasks: PipelineRuns, TestRuns: PipelineRuns,
	Deployments: PipelineRuns, FileChanges: Changesets}
