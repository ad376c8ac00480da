package refresh

import (
	"maps"
	"slices"
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// bugCategory is the category whose types count as bugs, whatever a process calls them.
const bugCategory = "Microsoft.BugCategory"

// typeParts are the answers that make up the types of one project. backlogs may be nil when it may not be
// read; process then stands in, and without it the names of the system processes' types.
type typeParts struct {
	types      []azdo.WorkItemType
	states     map[string][]azdo.WorkItemState // by type, when the list of types has none
	categories []azdo.WorkItemTypeCategory
	backlogs   *azdo.BacklogConfiguration
	process    *azdo.ProcessConfiguration
}

// level is a backlog level as a type stands on it.
type level struct {
	id, name string
	rank     int
	kind     devops.BacklogKind
}

// typesOf transforms the types of a project with their states and backlog levels.
func typesOf(projectID string, w *typeParts) []devops.WorkItemType {
	levels := levelsOf(w)
	bugs := map[string]bool{}
	for _, c := range w.categories {
		if c.ReferenceName == bugCategory {
			for _, t := range c.WorkItemTypes {
				bugs[t.Name] = true
			}
		}
	}
	rows := make([]devops.WorkItemType, 0, len(w.types))
	for _, t := range w.types {
		row := devops.WorkItemType{
			ProjectID: projectID, Name: t.Name, ReferenceName: t.ReferenceName, Color: t.Color, Disabled: t.IsDisabled,
			States: statesOf(w, &t), Bug: bugs[t.Name],
		}
		if len(w.categories) == 0 {
			row.Bug = t.Name == "Bug"
		}
		l, ok := levels[t.Name]
		if !ok && row.Bug {
			l = bugLevel(w, levels)
		}
		row.BacklogID, row.BacklogName, row.BacklogRank, row.BacklogKind = l.id, l.name, l.rank, l.kind
		rows = append(rows, row)
	}
	return rows
}

// statesOf takes the states of the type itself, which include removed ones, and only without them those of
// the backlog configuration, which leaves removed ones out and has no order.
func statesOf(w *typeParts, t *azdo.WorkItemType) []devops.State {
	from := t.States
	if len(from) == 0 {
		from = w.states[t.Name]
	}
	states := make([]devops.State, 0, len(from))
	for i, s := range from {
		states = append(states, devops.State{Name: s.Name, Color: s.Color, Category: categoryOf(s.Category), Order: i})
	}
	if len(states) > 0 || w.backlogs == nil {
		return states
	}
	for _, m := range w.backlogs.WorkItemTypeMappedStates {
		if m.WorkItemTypeName != t.Name {
			continue
		}
		for _, category := range devops.StateCategories {
			for _, name := range slices.Sorted(maps.Keys(m.States)) {
				if categoryOf(m.States[name]) == category {
					states = append(states, devops.State{Name: name, Category: category, Order: len(states)})
				}
			}
		}
	}
	return states
}

// categoryOf reads a state category without regard to case; anything else is unknown.
func categoryOf(s string) devops.StateCategory {
	for _, c := range devops.StateCategories {
		if strings.EqualFold(s, string(c)) {
			return c
		}
	}
	return devops.UnknownCategory
}

// levelsOf maps each type to its backlog level from the best source there is.
func levelsOf(w *typeParts) map[string]level {
	levels := map[string]level{}
	put := func(l level, types []azdo.NamedRef) {
		for _, t := range types {
			levels[t.Name] = l
		}
	}
	switch {
	case w.backlogs != nil:
		b := w.backlogs
		for _, p := range b.PortfolioBacklogs {
			put(level{p.ID, p.Name, p.Rank, devops.PortfolioBacklog}, p.WorkItemTypes)
		}
		put(level{b.RequirementBacklog.ID, b.RequirementBacklog.Name, b.RequirementBacklog.Rank, devops.RequirementBacklog}, b.RequirementBacklog.WorkItemTypes)
		put(level{b.TaskBacklog.ID, b.TaskBacklog.Name, b.TaskBacklog.Rank, devops.TaskBacklog}, b.TaskBacklog.WorkItemTypes)
	case w.process != nil:
		// The older form has no ranks; it lists portfolio backlogs from the lowest up.
		p := w.process
		if p.TaskBacklog != nil {
			put(level{p.TaskBacklog.ReferenceName, p.TaskBacklog.Name, 1, devops.TaskBacklog}, p.TaskBacklog.WorkItemTypes)
		}
		if p.RequirementBacklog != nil {
			put(level{p.RequirementBacklog.ReferenceName, p.RequirementBacklog.Name, 2, devops.RequirementBacklog}, p.RequirementBacklog.WorkItemTypes)
		}
		for i, c := range p.PortfolioBacklogs {
			put(level{c.ReferenceName, c.Name, 3 + i, devops.PortfolioBacklog}, c.WorkItemTypes)
		}
	default:
		for _, t := range w.types {
			// Issue stands on a backlog in Basic only.
			if l, ok := systemLevels[t.Name]; ok && (t.Name != "Issue" || processRoot(w.types) == devops.ProcessBasic) {
				levels[t.Name] = l
			}
		}
	}
	return levels
}

// bugLevel is where the default team keeps its bugs, which the levels' own lists leave out.
func bugLevel(w *typeParts, levels map[string]level) level {
	if w.backlogs == nil {
		return level{}
	}
	kind := devops.NoBacklog
	switch w.backlogs.BugsBehavior {
	case "asRequirements":
		kind = devops.RequirementBacklog
	case "asTasks":
		kind = devops.TaskBacklog
	}
	for _, l := range levels {
		if kind != devops.NoBacklog && l.kind == kind {
			return l
		}
	}
	return level{}
}

// systemLevels are the levels of the system processes' types, the last resort when neither configuration
// may be read.
var systemLevels = map[string]level{
	"Epic":                 {"Microsoft.EpicCategory", "Epics", 4, devops.PortfolioBacklog},
	"Feature":              {"Microsoft.FeatureCategory", "Features", 3, devops.PortfolioBacklog},
	"User Story":           {"Microsoft.RequirementCategory", "Stories", 2, devops.RequirementBacklog},
	"Product Backlog Item": {"Microsoft.RequirementCategory", "Backlog items", 2, devops.RequirementBacklog},
	"Requirement":          {"Microsoft.RequirementCategory", "Requirements", 2, devops.RequirementBacklog},
	"Issue":                {"Microsoft.RequirementCategory", "Issues", 2, devops.RequirementBacklog},
	"Task":                 {"Microsoft.TaskCategory", "Tasks", 1, devops.TaskBacklog},
}

// backlogFieldsOf says which fields play which role.
func backlogFieldsOf(projectID string, w *typeParts) []devops.BacklogFields {
	roles := map[string]string{}
	switch {
	case w.backlogs != nil:
		roles = w.backlogs.BacklogFields.TypeFields
	case w.process != nil:
		for role, f := range w.process.TypeFields {
			roles[role] = f.ReferenceName
		}
	}
	if len(roles) == 0 {
		return nil
	}
	return []devops.BacklogFields{{
		ProjectID: projectID, Effort: roles["Effort"], RemainingWork: roles["RemainingWork"], Order: roles["Order"], Activity: roles["Activity"],
	}}
}

// processRoot infers the system process from the names of requirement types, when the process itself may
// not be read. CMMI and Basic both have Issue, but only CMMI has Requirement.
func processRoot(types []azdo.WorkItemType) devops.Process {
	has := map[string]bool{}
	for _, t := range types {
		has[t.Name] = true
	}
	switch {
	case has["Requirement"]:
		return devops.ProcessCMMI
	case has["User Story"]:
		return devops.ProcessAgile
	case has["Product Backlog Item"]:
		return devops.ProcessScrum
	case has["Issue"]:
		return devops.ProcessBasic
	}
	return devops.ProcessUnknown
}
