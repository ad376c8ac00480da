package world

import "sightline/backend/devops"

// cmmi is the formal process: it knows change requests, risks and reviews, and resolves before it closes.
func cmmi() *Process {
	formal := func() []State {
		return states(proposed("Proposed"), inProgress("Active"), reviewed, completed("Closed"))
	}
	defect := func() []State {
		return states(proposed("Proposed"), inProgress("Active"), resolved, completed("Closed"))
	}
	formalWithRemoved := func() []State { return append(formal(), removed) }
	return &Process{
		ID: cmmiID, Name: "CMMI", ReferenceName: "ProcessTemplate.CMMI", System: devops.ProcessCMMI, BugsBehavior: "asRequirements",
		Description: "This template is for more formal projects requiring a framework for process improvement and an auditable record of decisions.",
		Types: append([]*Type{
			{Name: "Bug", ReferenceName: wit("Bug"), Color: "CC293D", Icon: "icon_insect", Kind: KindBug, Categories: []string{bugCategory}, States: defect(),
				Description: "Describes a divergence between required and actual behavior, and tracks the work done to correct the defect and verify the correction.",
				Fields: with(fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Severity", "Microsoft.VSTS.Scheduling.Size", "Microsoft.VSTS.Common.Discipline", "Microsoft.VSTS.Common.Triage",
					"Microsoft.VSTS.CMMI.Blocked", "Microsoft.VSTS.CMMI.RootCause", "Microsoft.VSTS.CMMI.FoundInEnvironment", "Microsoft.VSTS.Common.ResolvedReason", "Microsoft.VSTS.Build.FoundIn",
					"Microsoft.VSTS.Build.IntegrationBuild", "Microsoft.VSTS.CMMI.Symptom"), hours)},
			{Name: "Change Request", ReferenceName: wit("ChangeRequest"), Color: "B4009E", Icon: "icon_asterisk", Kind: KindChange, States: defect(),
				Fields:      with(fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Triage", "Microsoft.VSTS.CMMI.Blocked"), hours),
				Description: "Tracks a proposed change to a baseline."},
			epicType(formalWithRemoved()), featureType(formalWithRemoved()),
			{Name: "Issue", ReferenceName: wit("Issue"), Color: "B4009E", Icon: "icon_clipboard_issue", Kind: KindImpediment, States: defect(),
				Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.CMMI.Escalate", "Microsoft.VSTS.CMMI.TargetResolveDate"), Description: "Tracks an obstacle to progress."},
			{Name: "Requirement", ReferenceName: wit("Requirement"), Color: "009CCC", Icon: "icon_list", Kind: KindRequirement, Categories: []string{requirementCategory}, States: formal(),
				Fields: with(fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Scheduling.Size", "Microsoft.VSTS.Common.Triage", "Microsoft.VSTS.CMMI.Blocked", "Microsoft.VSTS.CMMI.Committed",
					"Microsoft.VSTS.CMMI.RequirementType", "Microsoft.VSTS.Common.Discipline"), hours),
				Description: "Tracks what the product needs to do to solve the customer problem."},
			{Name: "Review", ReferenceName: wit("Review"), Color: "FF9D00", Icon: "icon_review", Kind: KindReview,
				States: states(inProgress("Active"), resolved, completed("Closed")), Fields: fields("Microsoft.VSTS.Common.Priority"), Description: "Documents the review of a design or code."},
			{Name: "Risk", ReferenceName: wit("Risk"), Color: "339947", Icon: "icon_flame", Kind: KindRisk, States: defect(),
				Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Severity", "Microsoft.VSTS.CMMI.Probability", "Microsoft.VSTS.CMMI.Blocked"), Description: "Tracks a probable event or condition that may have a negative effect."},
			{Name: "Task", ReferenceName: wit("Task"), Color: "F2CB1D", Icon: "icon_clipboard", Kind: KindTask, Categories: []string{taskCategory}, States: formal(),
				Fields:      with(fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.Discipline", "Microsoft.VSTS.CMMI.Blocked", "Microsoft.VSTS.CMMI.TaskType"), hours),
				Description: "Tracks work that needs to be done."},
		}, testTypes()...),
		Backlogs: backlogs("Requirements", "Requirement", true),
		Columns: []BoardColumn{{Name: "Proposed", Role: roleNew}, {Name: "Active", Role: roleActive, Split: true, Limit: 6}, {Name: "Resolved", Role: roleResolved, Limit: 5},
			{Name: "Closed", Role: roleDone}},
		EffortField: "Microsoft.VSTS.Scheduling.Size", OrderField: "Microsoft.VSTS.Common.StackRank", ActivityField: "Microsoft.VSTS.Common.Discipline",
	}
}

// lumenAgile is the process the company inherited from Agile: its own GUID and name, a custom type on the
// requirement level, custom states, and custom fields.
func lumenAgile(w *World) *Process {
	p := agile()
	p.ID = w.GUID("process", "Lumen Agile")
	p.Name, p.ReferenceName, p.ParentID = "Lumen Agile", "Inherited."+compact(p.ID), agileID
	p.Description = "Agile with the reviews and spikes of Lumen Works."
	inReview := State{"In Review", "5688E0", devops.InProgress}
	blocked := State{"Blocked", "E60017", devops.InProgress}
	for _, t := range p.Types {
		switch t.Name {
		case "User Story":
			t.States = append(append(states(), t.States[:2]...), append(states(inReview), t.States[2:]...)...)
			t.Fields = append(t.Fields, "Custom.CustomerSegment", "Custom.CostOfDelay")
		case "Bug":
			t.States = append(append(states(), t.States[:2]...), append(states(inReview), t.States[2:]...)...)
			t.Fields = append(t.Fields, "Custom.CustomerSegment", "Custom.CustomerEscalation", "Custom.ReviewedBy", "Custom.ReviewedOn")
		case "Task":
			t.States = append(append(states(), t.States[:2]...), append(states(blocked), t.States[2:]...)...)
		}
	}
	p.Types = append(p.Types, &Type{Name: "Spike", ReferenceName: "LumenAgile.Spike", Color: "60AF49", Icon: "icon_test_beaker", Kind: KindSpike, Custom: true,
		Categories: []string{requirementCategory}, Description: "A question that is answered within a fixed time.",
		States: states(proposed("New"), inProgress("Active"), completed("Concluded"), removed),
		Fields: fields("Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Scheduling.StoryPoints", "Microsoft.VSTS.Common.ValueArea", "Custom.Timebox")})
	for i := range p.Backlogs {
		if p.Backlogs[i].Kind == devops.RequirementBacklog {
			p.Backlogs[i].Types = append(p.Backlogs[i].Types, "Spike")
		}
	}
	p.Columns = []BoardColumn{{Name: "New", Role: roleNew}, {Name: "Ready", Role: roleNew, Limit: 12}, {Name: "Development", Role: roleActive, Split: true, Limit: 8},
		{Name: "Review", Former: "Code Review", Role: roleReview, Limit: 5}, {Name: "Acceptance", Role: roleResolved, Limit: 6}, {Name: "Closed", Role: roleDone}}
	return p
}

func compact(id string) string {
	out := make([]byte, 0, 32)
	for i := 0; i < len(id); i++ {
		if id[i] != '-' {
			out = append(out, id[i])
		}
	}
	return string(out)
}
