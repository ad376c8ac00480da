package refresh

import (
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// teamParts are the answers that make up one team. Parts that may not be read stay empty.
type teamParts struct {
	team       azdo.Team
	settings   azdo.TeamSettings
	areas      azdo.TeamFieldValues
	iterations []azdo.TeamIteration
}

// teamOf transforms a team. nodes are those of its project, which know the paths by identifier.
func teamOf(project *devops.Project, nodes []devops.Node, w *teamParts) devops.Team {
	t := devops.Team{
		ID: strings.ToLower(w.team.ID), ProjectID: project.ID, Name: w.team.Name, Description: w.team.Description,
		WorkingDays: w.settings.WorkingDays, BugsBehavior: w.settings.BugsBehavior, DefaultAreaPth: w.areas.DefaultValue,
	}
	if b := w.settings.BacklogIteration; b != nil {
		t.BacklogPath = backlogPath(project.Name, nodes, b)
	}
	// Teams may own something else than areas on old servers; those values are no area paths.
	if f := w.areas.Field.ReferenceName; f == "" || f == "System.AreaPath" {
		for _, v := range w.areas.Values {
			t.Areas = append(t.Areas, devops.TeamArea{Path: v.Value, IncludeChildren: v.IncludeChildren})
		}
	}
	for _, i := range w.iterations {
		t.IterationIDs = append(t.IterationIDs, strings.ToLower(i.ID))
	}
	return t
}

// backlogPath is the path of the backlog iteration as work items spell it. The answer's own path is relative
// to the project (empty for its root), so the node of that identifier is asked first.
func backlogPath(project string, nodes []devops.Node, b *azdo.NodeRef) string {
	for i := range nodes {
		if nodes[i].Kind == devops.IterationNode && strings.EqualFold(nodes[i].Identifier, b.ID) {
			return nodes[i].Path
		}
	}
	below := strings.Trim(b.Path, `\`)
	switch {
	case below == "" || strings.EqualFold(below, project):
		return project
	case strings.HasPrefix(strings.ToLower(below), strings.ToLower(project)+`\`):
		return below
	}
	return project + `\` + below
}
