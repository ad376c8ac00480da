package desktop

import "sightline/backend/dataset"

// usualColumns are those that a list begins with.
var usualColumns = map[string][]string{
	dataset.WorkItems:    {"Title", "State", "Priority", "Severity", "Assigned to", "Project", "Age in days", "Changed date"},
	dataset.PullRequests: {"Title", "Status", "Repository", "Created by", "Target branch", "Created date", "Closed date", "Hours to close"},
	dataset.PipelineRuns: {"Number", "Pipeline", "Result", "Branch", "Requested for", "Finished date", "Total minutes"},
	dataset.TestRuns:     {"Name", "Pipeline", "State", "Completed date", "Total", "Passed", "Failed"},
	dataset.Deployments:  {"Release", "Release pipeline", "Environment", "Status", "Requested for", "Completed date", "Minutes"},
	dataset.Commits:      {"Comment", "Repository", "Author", "Author date", "Files added", "Files edited", "Files deleted"},
	dataset.Changesets:   {"Comment", "Project", "Author", "Created date", "Files"},
	dataset.TFVCBranches: {"Project", "Parent branch", "Owner", "Created date"},
}

// usualOrder is the oldest work items first, and of everything else the newest.
func (l *listing) usualOrder() (by string, descending bool) {
	switch l.table {
	case dataset.WorkItems:
		return "Age in days", true
	case dataset.Commits:
		return "Author date", true
	case dataset.TFVCBranches:
		return "Branch", false
	}
	return "Id", true
}
