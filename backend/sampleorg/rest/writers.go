package rest

import (
	"sightline/backend/sampleorg/world"
)

// level writes one level of a path; nodes that are not so deep have none.
func level(of func(*rows, *world.Revision) *pathText, n int) func(*rows, *world.Revision) bool {
	return func(e *rows, r *world.Revision) bool {
		l := of(e, r).levels[n]
		return l != nil && e.raw(l)
	}
}

func areaOf(e *rows, r *world.Revision) *pathText { return e.t.area(r) }

func iterationOf(e *rows, r *world.Revision) *pathText { return &e.t.nodes[r.Iteration].now }

// stepTime writes when the item entered a step, stepPerson who brought it there. Both are those of a
// revision of the same item.
func stepTime(step func(*world.Revision) uint16) func(*rows, *world.Revision) bool {
	return func(e *rows, r *world.Revision) bool {
		at := e.w.Revision(r, step(r))
		return at != nil && e.time(at.Changed)
	}
}

func stepPerson(step func(*world.Revision) uint16) func(*rows, *world.Revision) bool {
	return func(e *rows, r *world.Revision) bool {
		at := e.w.Revision(r, step(r))
		return at != nil && e.person(at.ChangedBy)
	}
}

func activated(r *world.Revision) uint16    { return r.Activated }
func resolved(r *world.Revision) uint16     { return r.Resolved }
func closed(r *world.Revision) uint16       { return r.Closed }
func stateChanged(r *world.Revision) uint16 { return r.StateChanged }
func reviewedAt(r *world.Revision) uint16   { return r.Reviewed }

func boardColumn(e *rows, r *world.Revision) bool {
	name := e.w.ColumnName(r)
	return name != "" && e.text(name)
}

func boardColumnDone(e *rows, r *world.Revision) bool {
	return r.Column != 0 && e.bool(r.Has(world.ColumnDone))
}

func boardLane(e *rows, r *world.Revision) bool {
	lane := e.w.Lane(r)
	return lane != "" && e.text(lane)
}

func yesNo(flag world.Flags) func(*rows, *world.Revision) bool {
	return func(e *rows, r *world.Revision) bool {
		if r.Has(flag) {
			return e.text("Yes")
		}
		return e.text("No")
	}
}

func always(text string) func(*rows, *world.Revision) bool {
	return func(e *rows, _ *world.Revision) bool { return e.text(text) }
}

// oneOf writes the numbered text of a list, which starts at 1.
func oneOf(list []string, of func(*world.Revision) uint8) func(*rows, *world.Revision) bool {
	return func(e *rows, r *world.Revision) bool {
		n := int(of(r))
		return n > 0 && n <= len(list) && e.text(list[n-1])
	}
}

func category(e *rows, r *world.Revision) string {
	return string(e.w.Types[r.Type].States[r.State].Category)
}

func estimate(e *rows, r *world.Revision) bool { return e.halves(r.Estimate) }

func rank(e *rows, r *world.Revision) bool { return e.double(float64(r.Rank)) }

func activity(e *rows, r *world.Revision) bool {
	return oneOf(world.Activities, func(r *world.Revision) uint8 { return r.Activity })(e, r)
}

// writers are the fields that have values here, by reference name. A field without a writer is listed by
// the service but never has a value, as in most organizations.
var writers = map[string]func(*rows, *world.Revision) bool{
	"System.Id":              func(e *rows, r *world.Revision) bool { return e.whole(int64(r.Item)) },
	"System.AreaId":          func(e *rows, r *world.Revision) bool { return e.whole(int64(e.w.Nodes[r.Area].ID)) },
	"System.AreaPath":        func(e *rows, r *world.Revision) bool { return e.raw(e.t.area(r).path) },
	"System.TeamProject":     func(e *rows, r *world.Revision) bool { return e.raw(e.t.projects[r.Project]) },
	"System.NodeName":        func(e *rows, r *world.Revision) bool { return e.raw(e.t.area(r).name) },
	"System.AreaLevel1":      level(areaOf, 0),
	"System.AreaLevel2":      level(areaOf, 1),
	"System.AreaLevel3":      level(areaOf, 2),
	"System.AreaLevel4":      level(areaOf, 3),
	"System.Rev":             func(e *rows, r *world.Revision) bool { return e.whole(int64(r.Rev)) },
	"System.AuthorizedDate":  func(e *rows, r *world.Revision) bool { return e.time(r.Changed) },
	"System.RevisedDate":     revised,
	"System.IterationId":     func(e *rows, r *world.Revision) bool { return e.whole(int64(e.w.Nodes[r.Iteration].ID)) },
	"System.IterationPath":   func(e *rows, r *world.Revision) bool { return e.raw(iterationOf(e, r).path) },
	"System.IterationLevel1": level(iterationOf, 0),
	"System.IterationLevel2": level(iterationOf, 1),
	"System.IterationLevel3": level(iterationOf, 2),
	"System.IterationLevel4": level(iterationOf, 3),
	"System.WorkItemType":    func(e *rows, r *world.Revision) bool { return e.raw(e.t.types[r.Type].name) },
	"System.State":           func(e *rows, r *world.Revision) bool { return e.raw(e.t.types[r.Type].states[r.State]) },
	"System.Reason":          func(e *rows, r *world.Revision) bool { return e.raw(e.t.reasons[r.Reason]) },
	"System.AssignedTo":      func(e *rows, r *world.Revision) bool { return e.person(r.Assigned) },
	"System.CreatedDate":     func(e *rows, r *world.Revision) bool { return e.time(e.w.Revision(r, 1).Changed) },
	"System.CreatedBy":       func(e *rows, r *world.Revision) bool { return e.person(e.w.Revision(r, 1).ChangedBy) },
	"System.ChangedDate":     func(e *rows, r *world.Revision) bool { return e.time(r.Changed) },
	"System.ChangedBy":       func(e *rows, r *world.Revision) bool { return e.person(r.ChangedBy) },
	"System.AuthorizedAs":    func(e *rows, r *world.Revision) bool { return e.person(r.ChangedBy) },
	"System.PersonId":        func(e *rows, r *world.Revision) bool { return e.whole(int64(e.w.People[r.ChangedBy].Number)) },
	"System.Watermark":       func(e *rows, r *world.Revision) bool { return e.whole(int64(r.Watermark)) },
	"System.IsDeleted":       isDeleted,
	"System.CommentCount":    func(e *rows, r *world.Revision) bool { return e.whole(int64(r.Comments)) },
	"System.Title":           func(e *rows, r *world.Revision) bool { return e.text(e.w.Title(r)) },
	"System.BoardColumn":     boardColumn,
	"System.BoardColumnDone": boardColumnDone,
	"System.BoardLane":       boardLane,
	"System.Tags":            func(e *rows, r *world.Revision) bool { return e.tags(r.Tags) },
	"System.Parent":          parent,

	"Microsoft.VSTS.Common.StateChangeDate": stepTime(stateChanged),
	"Microsoft.VSTS.Common.ActivatedDate":   stepTime(activated),
	"Microsoft.VSTS.Common.ActivatedBy":     stepPerson(activated),
	"Microsoft.VSTS.Common.ResolvedDate":    stepTime(resolved),
	"Microsoft.VSTS.Common.ResolvedBy":      stepPerson(resolved),
	"Microsoft.VSTS.Common.ResolvedReason":  resolvedReason,
	"Microsoft.VSTS.Common.ClosedDate":      stepTime(closed),
	"Microsoft.VSTS.Common.ClosedBy":        stepPerson(closed),
	"Microsoft.VSTS.Common.Priority":        func(e *rows, r *world.Revision) bool { return r.Priority > 0 && e.whole(int64(r.Priority)) },
	"Microsoft.VSTS.Common.Severity":        oneOf(world.Severities, func(r *world.Revision) uint8 { return r.Severity }),
	"Microsoft.VSTS.Common.StackRank":       rank,
	"Microsoft.VSTS.Common.BacklogPriority": rank,
	"Microsoft.VSTS.Common.ValueArea":       oneOf([]string{"Business", "Architectural"}, func(r *world.Revision) uint8 { return r.Value }),
	"Microsoft.VSTS.Common.BusinessValue":   func(e *rows, r *world.Revision) bool { return r.Business >= 0 && e.whole(int64(r.Business)) },
	"Microsoft.VSTS.Common.TimeCriticality": func(e *rows, r *world.Revision) bool { return r.Business > 10 && e.double(float64(r.Business)/4) },
	"Microsoft.VSTS.Common.Risk":            oneOf(world.Risks, func(r *world.Revision) uint8 { return r.Risk }),
	"Microsoft.VSTS.Common.Triage":          triage,
	"Microsoft.VSTS.Common.Activity":        activity,
	"Microsoft.VSTS.Common.Discipline":      activity,

	"Microsoft.VSTS.Scheduling.StoryPoints":      estimate,
	"Microsoft.VSTS.Scheduling.Effort":           estimate,
	"Microsoft.VSTS.Scheduling.Size":             estimate,
	"Microsoft.VSTS.Scheduling.OriginalEstimate": func(e *rows, r *world.Revision) bool { return e.halves(r.Original) },
	"Microsoft.VSTS.Scheduling.RemainingWork":    func(e *rows, r *world.Revision) bool { return e.halves(r.Remaining) },
	"Microsoft.VSTS.Scheduling.CompletedWork":    func(e *rows, r *world.Revision) bool { return e.halves(r.Completed) },
	"Microsoft.VSTS.Scheduling.StartDate":        func(e *rows, r *world.Revision) bool { return e.day(r.Begin) },
	"Microsoft.VSTS.Scheduling.TargetDate":       func(e *rows, r *world.Revision) bool { return e.day(r.Target) },

	"Microsoft.VSTS.Build.FoundIn":          func(e *rows, r *world.Revision) bool { return build(e, r, r.FoundIn) },
	"Microsoft.VSTS.Build.IntegrationBuild": func(e *rows, r *world.Revision) bool { return build(e, r, r.Integration) },

	"Microsoft.VSTS.CMMI.Blocked": yesNo(world.Blocked),
	"Microsoft.VSTS.CMMI.Committed": func(e *rows, r *world.Revision) bool {
		return e.text(map[bool]string{true: "Yes", false: "No"}[r.Activated > 0])
	},
	"Microsoft.VSTS.CMMI.FoundInEnvironment": always("Production"),
	"Microsoft.VSTS.CMMI.RequirementType":    always("Functional"),
	"Microsoft.VSTS.CMMI.RootCause": func(e *rows, r *world.Revision) bool {
		return r.Resolved > 0 && e.text([]string{"Coding Error", "Design Error", "Specification Error", "Communication Error", "Unknown"}[r.Item%5])
	},
	"Microsoft.VSTS.CMMI.Probability":     func(e *rows, r *world.Revision) bool { return e.whole(int64(20 + r.Item%7*10)) },
	"Microsoft.VSTS.CMMI.Escalate":        yesNo(world.Escalated),
	"Microsoft.VSTS.TCM.AutomationStatus": always("Not Automated"),

	"Custom.CustomerSegment":    oneOf(world.Segments, func(r *world.Revision) uint8 { return r.Segment }),
	"Custom.CustomerEscalation": func(e *rows, r *world.Revision) bool { return e.bool(r.Has(world.Escalated)) },
	"Custom.CostOfDelay":        func(e *rows, r *world.Revision) bool { return r.Estimate >= 0 && e.double(float64(r.Item%90)/2+2.5) },
	"Custom.Timebox":            func(e *rows, r *world.Revision) bool { return e.whole(int64(8 * (1 + r.Item%3))) },
	"Custom.ReviewedBy":         stepPerson(reviewedAt),
	"Custom.ReviewedOn":         stepTime(reviewedAt),

	"System.Description":                       func(e *rows, r *world.Revision) bool { return e.text(e.w.Description(r.Item)) },
	"System.History":                           history,
	"Microsoft.VSTS.TCM.ReproSteps":            func(e *rows, r *world.Revision) bool { return e.text(e.w.Steps(r.Item)) },
	"Microsoft.VSTS.Common.AcceptanceCriteria": func(e *rows, r *world.Revision) bool { return e.text(e.w.Acceptance(r.Item)) },
	"Microsoft.VSTS.CMMI.Symptom":              func(e *rows, r *world.Revision) bool { return e.text(e.w.Steps(r.Item)) },
}

func revised(e *rows, r *world.Revision) bool {
	if at := e.w.Revised(r); at != 0 {
		return e.time(at)
	}
	return e.raw(still)
}

// isDeleted is written for items that are or were in the recycle bin; others do not have it.
func isDeleted(e *rows, r *world.Revision) bool {
	return (r.Has(world.Deleted) || r.Has(world.WasDeleted)) && e.bool(r.Has(world.Deleted))
}

func parent(e *rows, r *world.Revision) bool {
	id := r.Parent
	if e.current {
		id = e.w.Items[r.Item-1].Parent
	}
	return id != 0 && e.whole(int64(id))
}

func resolvedReason(e *rows, r *world.Revision) bool {
	at := e.w.Revision(r, r.Resolved)
	return at != nil && e.raw(e.t.reasons[at.Reason])
}

func triage(e *rows, r *world.Revision) bool {
	if category(e, r) == "Proposed" && r.Rev == 1 {
		return e.text("Pending")
	}
	return e.text("Triaged")
}

func build(e *rows, r *world.Revision, number uint16) bool {
	return number > 0 && e.text(e.w.BuildNumber(e.w.Projects[r.Project], number))
}

func history(e *rows, r *world.Revision) bool {
	return r.Has(world.Commented) && e.text(e.w.Remark(r.Item, int(r.Comments)))
}
