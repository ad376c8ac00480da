package refresh

import (
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// nodesOf transforms both trees of a project into rows, parents first. Paths are built from names, because
// the service's own have a segment Area or Iteration that work items' paths lack.
func nodesOf(projectID string, roots []azdo.ClassificationNode) []devops.Node {
	var rows []devops.Node
	for i := range roots {
		kind := devops.AreaNode
		if strings.EqualFold(roots[i].StructureType, "iteration") {
			kind = devops.IterationNode
		}
		rows = appendNode(rows, projectID, kind, &roots[i], 0, "", 0)
	}
	return rows
}

func appendNode(rows []devops.Node, projectID string, kind devops.NodeKind, w *azdo.ClassificationNode, parent int, above string, depth int) []devops.Node {
	path := w.Name
	if above != "" {
		path = above + `\` + w.Name
	}
	n := devops.Node{
		ID: w.ID, Identifier: strings.ToLower(w.Identifier), ProjectID: projectID, Kind: kind, ParentID: parent,
		Name: w.Name, Path: path, Depth: depth,
	}
	if kind == devops.IterationNode && w.Attributes != nil {
		n.Start, n.Finish = w.Attributes.StartDate.Time, w.Attributes.FinishDate.Time
	}
	rows = append(rows, n)
	for i := range w.Children {
		rows = appendNode(rows, projectID, kind, &w.Children[i], w.ID, path, depth+1)
	}
	return rows
}

// lastNode is the largest id of a tree: ids only grow, so a larger one in a revision means a node we have
// not read yet.
func lastNode(nodes []devops.Node) int {
	last := 0
	for i := range nodes {
		last = max(last, nodes[i].ID)
	}
	return last
}
