package rest

import (
	"net/http"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// classificationNodes gives both trees of a project, or the nodes of some ids.
func (c *call) classificationNodes() *refusal {
	depth, refused := c.number("$depth", 0)
	if refused != nil {
		return refused
	}
	return c.cached(func() (any, *refusal) {
		if ids := c.param("ids"); ids != "" {
			return c.nodesByID(strings.Split(ids, ","), depth)
		}
		values := []any{c.node(c.project.Areas, depth, false), c.node(c.project.Iterations, depth, false)}
		return obj{"count": len(values), "value": values}, nil
	})
}

func (c *call) nodesByID(ids []string, depth int) (any, *refusal) {
	values := []any{}
	for _, text := range ids {
		id, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return nil, badRequest("VssPropertyValidationException", "The value '"+text+"' is not valid for ids.")
		}
		found := false
		for _, n := range c.world.Nodes {
			if n.ID == id && n.Project == c.project {
				values, found = append(values, c.node(n, depth, true)), true
			}
		}
		switch {
		case found:
		case strings.EqualFold(c.param("errorPolicy"), "omit") || c.param("errorPolicy") == "2":
			values = append(values, nil)
		default:
			return nil, noNode(text)
		}
	}
	return obj{"count": len(values), "value": values}, nil
}

func noNode(name string) *refusal {
	return &refusal{status: http.StatusNotFound, typeKey: "ClassificationNodeNotFoundException", eventID: 3200,
		message:  "VS402485: The area/iteration path specified is not recognized: " + name + ". Verify the area/iteration path was entered correctly.",
		typeName: "Microsoft.TeamFoundation.WorkItemTracking.Server.ClassificationNodeNotFoundException, Microsoft.TeamFoundation.WorkItemTracking.Server"}
}

// classificationNode gives one tree, or one node of it by its path. Clients separate the names of the path
// by slashes or by escaped backslashes.
func (c *call) classificationNode() *refusal {
	root := c.project.Areas
	switch strings.ToLower(c.vars["group"]) {
	case "areas":
	case "iterations":
		root = c.project.Iterations
	default:
		return noRoute(c.r.URL.Path)
	}
	depth, refused := c.number("$depth", 0)
	if refused != nil {
		return refused
	}
	return c.cached(func() (any, *refusal) {
		names := strings.FieldsFunc(c.vars["node"], func(r rune) bool { return r == '/' || r == '\\' })
		n := root.Find(names, strings.EqualFold)
		if n == nil {
			return nil, noNode(c.vars["node"])
		}
		return c.node(n, depth, true), nil
	})
}

// node is a node with those below it down to the depth. Children beyond it are left out, although
// hasChildren says that there are some. Only what was asked for by itself carries _links.
func (c *call) node(n *world.Node, depth int, links bool) obj {
	group, kind, segment := "Areas", "area", "Area"
	if n.Iteration {
		group, kind, segment = "Iterations", "iteration", "Iteration"
	}
	names := strings.Split(n.Path, `\`)
	self := c.at(n.Project, "/_apis/wit/classificationNodes/"+group+path(names[1:]...))
	v := obj{"id": n.ID, "identifier": n.GUID, "name": n.Name, "structureType": kind, "hasChildren": len(n.Children) > 0,
		"path": `\` + strings.Join(append([]string{names[0], segment}, names[1:]...), `\`), "url": self}
	if n.Start != 0 {
		v["attributes"] = obj{"startDate": midnight(n.Start), "finishDate": midnight(n.Finish)}
	}
	if depth > 0 && len(n.Children) > 0 {
		children := make([]any, 0, len(n.Children))
		for _, child := range n.Children {
			children = append(children, c.node(child, depth-1, false))
		}
		v["children"] = children
	}
	if links {
		l := obj{"self": link(self)}
		if n.Parent != nil {
			l["parent"] = link(c.at(n.Project, "/_apis/wit/classificationNodes/"+group+path(names[1:len(names)-1]...)))
		}
		v["_links"] = l
	}
	return v
}
