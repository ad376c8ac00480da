package world

// Field is one work item field of the organization.
type Field struct {
	ReferenceName string
	Name          string
	Type          string // as the service spells it: string, integer, double, dateTime, html, treePath, …
	ReadOnly      bool
	Identity      bool
	Picklist      string // GUID of the list, when the values are picked from one
	// Long text is left out of the reporting feed unless it is asked for.
	Long bool
	// Unsorted fields cannot be sorted by; the service says so.
	Unsorted bool
}

// Custom reports whether the field is neither the service's nor a system process's.
func (f *Field) Custom() bool {
	return len(f.ReferenceName) > 7 && f.ReferenceName[:7] == "Custom."
}

const (
	fieldReadOnly = 1 << iota
	fieldIdentity
	fieldLong
)

// catalogue lists the fields in the order the reporting feed writes them.
var catalogue = []struct {
	ref, name, kind string
	flags           int
}{
	{"System.Id", "ID", "integer", fieldReadOnly},
	{"System.AreaId", "Area ID", "integer", 0},
	{"System.AreaPath", "Area Path", "treePath", 0},
	{"System.TeamProject", "Team Project", "string", fieldReadOnly},
	{"System.NodeName", "Node Name", "string", fieldReadOnly},
	{"System.AreaLevel1", "Area Level 1", "string", fieldReadOnly},
	{"System.AreaLevel2", "Area Level 2", "string", fieldReadOnly},
	{"System.AreaLevel3", "Area Level 3", "string", fieldReadOnly},
	{"System.AreaLevel4", "Area Level 4", "string", fieldReadOnly},
	{"System.Rev", "Rev", "integer", fieldReadOnly},
	{"System.AuthorizedDate", "Authorized Date", "dateTime", fieldReadOnly},
	{"System.RevisedDate", "Revised Date", "dateTime", fieldReadOnly},
	{"System.IterationId", "Iteration ID", "integer", 0},
	{"System.IterationPath", "Iteration Path", "treePath", 0},
	{"System.IterationLevel1", "Iteration Level 1", "string", fieldReadOnly},
	{"System.IterationLevel2", "Iteration Level 2", "string", fieldReadOnly},
	{"System.IterationLevel3", "Iteration Level 3", "string", fieldReadOnly},
	{"System.IterationLevel4", "Iteration Level 4", "string", fieldReadOnly},
	{"System.WorkItemType", "Work Item Type", "string", fieldReadOnly},
	{"System.State", "State", "string", 0},
	{"System.Reason", "Reason", "string", 0},
	{"System.AssignedTo", "Assigned To", "string", fieldIdentity},
	{"System.CreatedDate", "Created Date", "dateTime", fieldReadOnly},
	{"System.CreatedBy", "Created By", "string", fieldIdentity | fieldReadOnly},
	{"System.ChangedDate", "Changed Date", "dateTime", fieldReadOnly},
	{"System.ChangedBy", "Changed By", "string", fieldIdentity | fieldReadOnly},
	{"System.AuthorizedAs", "Authorized As", "string", fieldIdentity | fieldReadOnly},
	{"System.PersonId", "Person ID", "integer", fieldReadOnly},
	{"System.Watermark", "Watermark", "integer", fieldReadOnly},
	{"System.IsDeleted", "Is Deleted", "boolean", fieldReadOnly},
	{"System.CommentCount", "Comment Count", "integer", fieldReadOnly},
	{"System.Title", "Title", "string", 0},
	{"System.BoardColumn", "Board Column", "string", fieldReadOnly},
	{"System.BoardColumnDone", "Board Column Done", "boolean", fieldReadOnly},
	{"System.BoardLane", "Board Lane", "string", fieldReadOnly},
	{"System.Tags", "Tags", "plainText", 0},
	{"System.Parent", "Parent", "integer", fieldReadOnly},
	{"Microsoft.VSTS.Common.StateChangeDate", "State Change Date", "dateTime", fieldReadOnly},
	{"Microsoft.VSTS.Common.ActivatedDate", "Activated Date", "dateTime", fieldReadOnly},
	{"Microsoft.VSTS.Common.ActivatedBy", "Activated By", "string", fieldIdentity | fieldReadOnly},
	{"Microsoft.VSTS.Common.ResolvedDate", "Resolved Date", "dateTime", fieldReadOnly},
	{"Microsoft.VSTS.Common.ResolvedBy", "Resolved By", "string", fieldIdentity | fieldReadOnly},
	{"Microsoft.VSTS.Common.ResolvedReason", "Resolved Reason", "string", fieldReadOnly},
	{"Microsoft.VSTS.Common.ClosedDate", "Closed Date", "dateTime", fieldReadOnly},
	{"Microsoft.VSTS.Common.ClosedBy", "Closed By", "string", fieldIdentity | fieldReadOnly},
	{"Microsoft.VSTS.Common.Priority", "Priority", "integer", 0},
	{"Microsoft.VSTS.Common.Severity", "Severity", "string", 0},
	{"Microsoft.VSTS.Common.StackRank", "Stack Rank", "double", 0},
	{"Microsoft.VSTS.Common.BacklogPriority", "Backlog Priority", "double", 0},
	{"Microsoft.VSTS.Common.ValueArea", "Value Area", "string", 0},
	{"Microsoft.VSTS.Common.BusinessValue", "Business Value", "integer", 0},
	{"Microsoft.VSTS.Common.TimeCriticality", "Time Criticality", "double", 0},
	{"Microsoft.VSTS.Common.Risk", "Risk", "string", 0},
	{"Microsoft.VSTS.Common.Rating", "Rating", "string", 0},
	{"Microsoft.VSTS.Common.Triage", "Triage", "string", 0},
	{"Microsoft.VSTS.Common.Activity", "Activity", "string", 0},
	{"Microsoft.VSTS.Common.Discipline", "Discipline", "string", 0},
	{"Microsoft.VSTS.Common.Issue", "Issue", "string", 0},
	{"Microsoft.VSTS.Scheduling.StoryPoints", "Story Points", "double", 0},
	{"Microsoft.VSTS.Scheduling.Effort", "Effort", "double", 0},
	{"Microsoft.VSTS.Scheduling.Size", "Size", "double", 0},
	{"Microsoft.VSTS.Scheduling.OriginalEstimate", "Original Estimate", "double", 0},
	{"Microsoft.VSTS.Scheduling.RemainingWork", "Remaining Work", "double", 0},
	{"Microsoft.VSTS.Scheduling.CompletedWork", "Completed Work", "double", 0},
	{"Microsoft.VSTS.Scheduling.StartDate", "Start Date", "dateTime", 0},
	{"Microsoft.VSTS.Scheduling.FinishDate", "Finish Date", "dateTime", 0},
	{"Microsoft.VSTS.Scheduling.TargetDate", "Target Date", "dateTime", 0},
	{"Microsoft.VSTS.Scheduling.DueDate", "Due Date", "dateTime", 0},
	{"Microsoft.VSTS.Build.FoundIn", "Found In", "string", 0},
	{"Microsoft.VSTS.Build.IntegrationBuild", "Integration Build", "string", 0},
	{"Microsoft.VSTS.CMMI.Blocked", "Blocked", "string", 0},
	{"Microsoft.VSTS.CMMI.Committed", "Committed", "string", 0},
	{"Microsoft.VSTS.CMMI.Escalate", "Escalate", "string", 0},
	{"Microsoft.VSTS.CMMI.FoundInEnvironment", "Found In Environment", "string", 0},
	{"Microsoft.VSTS.CMMI.HowFound", "How Found", "string", 0},
	{"Microsoft.VSTS.CMMI.Probability", "Probability", "integer", 0},
	{"Microsoft.VSTS.CMMI.RequirementType", "Requirement Type", "string", 0},
	{"Microsoft.VSTS.CMMI.RequiresReview", "Requires Review", "string", 0},
	{"Microsoft.VSTS.CMMI.RequiresTest", "Requires Test", "string", 0},
	{"Microsoft.VSTS.CMMI.RootCause", "Root Cause", "string", 0},
	{"Microsoft.VSTS.CMMI.SubjectMatterExpert1", "Subject Matter Expert 1", "string", fieldIdentity},
	{"Microsoft.VSTS.CMMI.SubjectMatterExpert2", "Subject Matter Expert 2", "string", fieldIdentity},
	{"Microsoft.VSTS.CMMI.SubjectMatterExpert3", "Subject Matter Expert 3", "string", fieldIdentity},
	{"Microsoft.VSTS.CMMI.TargetResolveDate", "Target Resolve Date", "dateTime", 0},
	{"Microsoft.VSTS.CMMI.TaskType", "Task Type", "string", 0},
	{"Microsoft.VSTS.CMMI.UserAcceptanceTest", "User Acceptance Test", "string", 0},
	{"Microsoft.VSTS.TCM.AutomationStatus", "Automation status", "string", 0},
	{"Microsoft.VSTS.TCM.AutomatedTestId", "Automated Test Id", "string", 0},
	{"Microsoft.VSTS.TCM.AutomatedTestName", "Automated Test Name", "string", 0},
	{"Microsoft.VSTS.TCM.AutomatedTestStorage", "Automated Test Storage", "string", 0},
	{"Microsoft.VSTS.TCM.AutomatedTestType", "Automated Test Type", "string", 0},
	{"Custom.CustomerSegment", "Customer Segment", "string", 0},
	{"Custom.CustomerEscalation", "Customer Escalation", "boolean", 0},
	{"Custom.CostOfDelay", "Cost of Delay", "double", 0},
	{"Custom.Timebox", "Timebox", "integer", 0},
	{"Custom.ReviewedBy", "Reviewed By", "string", fieldIdentity},
	{"Custom.ReviewedOn", "Reviewed On", "dateTime", 0},
	{"System.AttachedFileCount", "Attached File Count", "integer", fieldReadOnly},
	{"System.HyperLinkCount", "Hyperlink Count", "integer", fieldReadOnly},
	{"System.ExternalLinkCount", "External Link Count", "integer", fieldReadOnly},
	{"System.RelatedLinkCount", "Related Link Count", "integer", fieldReadOnly},
	{"System.RemoteLinkCount", "Remote Link Count", "integer", fieldReadOnly},
	{"System.Description", "Description", "html", fieldLong},
	{"System.History", "History", "history", fieldLong},
	{"Microsoft.VSTS.TCM.ReproSteps", "Repro Steps", "html", fieldLong},
	{"Microsoft.VSTS.TCM.SystemInfo", "System Info", "html", fieldLong},
	{"Microsoft.VSTS.Common.AcceptanceCriteria", "Acceptance Criteria", "html", fieldLong},
	{"Microsoft.VSTS.CMMI.Symptom", "Symptom", "html", fieldLong},
	{"Microsoft.VSTS.CMMI.Justification", "Justification", "html", fieldLong},
}

// defineFields fills World.Fields from the catalogue. The Kanban fields of each board follow later.
func (w *World) defineFields() {
	for _, c := range catalogue {
		f := &Field{ReferenceName: c.ref, Name: c.name, Type: c.kind, ReadOnly: c.flags&fieldReadOnly != 0, Identity: c.flags&fieldIdentity != 0, Long: c.flags&fieldLong != 0}
		f.Unsorted = f.Long || c.ref == "System.Tags"
		if c.ref == "Custom.CustomerSegment" {
			f.Picklist = w.GUID("picklist", c.ref)
		}
		w.Fields = append(w.Fields, f)
	}
}
