package azdo

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// ClassificationNode is an area or an iteration with those below it. Path has a second segment Area or
// Iteration that the paths of work items lack.
type ClassificationNode struct {
	ID            int                  `json:"id"`
	Identifier    string               `json:"identifier"`
	Name          string               `json:"name"`
	StructureType string               `json:"structureType"` // area, iteration
	HasChildren   bool                 `json:"hasChildren"`
	Path          string               `json:"path"`
	Attributes    *NodeAttributes      `json:"attributes"` // absent when undated
	Children      []ClassificationNode `json:"children"`   // absent below the depth asked for
}

// NodeAttributes are the dates of an iteration, at midnight UTC.
type NodeAttributes struct {
	StartDate  Time `json:"startDate"`
	FinishDate Time `json:"finishDate"`
}

// nodeDepth is as deep as one call may look; deeper nodes are asked for by path.
const nodeDepth = 14

// ClassificationNodes reads both trees of a project whole.
func (c *Client) ClassificationNodes(ctx context.Context, project string) ([]ClassificationNode, error) {
	var l list[ClassificationNode]
	err := c.do(ctx, call{op: "azdo.ClassificationNodes", what: "the areas and iterations of a project", project: project, area: areaWit,
		path: segments(project) + "/_apis/wit/classificationnodes", query: url.Values{"$depth": {strconv.Itoa(nodeDepth)}}}, decodeJSON(&l))
	if err != nil {
		return nil, err
	}
	roots := l.all()
	for i := range roots {
		if err := c.deepen(ctx, project, &roots[i], nil); err != nil {
			return nil, err
		}
	}
	return roots, nil
}

// deepen reads the children that the depth of the first call cut off. names is the path below the root.
func (c *Client) deepen(ctx context.Context, project string, n *ClassificationNode, names []string) error {
	if n.HasChildren && n.Children == nil {
		group := "areas"
		if strings.EqualFold(n.StructureType, "iteration") {
			group = "iterations"
		}
		var full ClassificationNode
		err := c.do(ctx, call{op: "azdo.ClassificationNodes", what: "the areas and iterations of a project", project: project, area: areaWit,
			path:  segments(project) + "/_apis/wit/classificationnodes/" + group + segments(names...),
			query: url.Values{"$depth": {strconv.Itoa(nodeDepth)}}}, decodeJSON(&full))
		if err != nil {
			return err
		}
		n.Children = full.Children
		if n.Children == nil {
			return nil // the service says there are some and shows none
		}
	}
	for i := range n.Children {
		below := append(names[:len(names):len(names)], n.Children[i].Name)
		if err := c.deepen(ctx, project, &n.Children[i], below); err != nil {
			return err
		}
	}
	return nil
}

// Field is a work item field.
type Field struct {
	Name          string `json:"name"`
	ReferenceName string `json:"referenceName"`
	Type          string `json:"type"`
	Usage         string `json:"usage"`
	ReadOnly      bool   `json:"readOnly"`
	IsQueryable   bool   `json:"isQueryable"`
	IsIdentity    bool   `json:"isIdentity"`
	IsPicklist    bool   `json:"isPicklist"`
	IsDeleted     bool   `json:"isDeleted"`
}

// Fields lists the fields of a project, or of the organization when project is empty.
func (c *Client) Fields(ctx context.Context, project string) ([]Field, error) {
	var l list[Field]
	err := c.do(ctx, call{op: "azdo.Fields", what: "the work item fields", project: project, area: areaWit,
		path: segments(project) + "/_apis/wit/fields"}, decodeJSON(&l))
	return l.all(), err
}

// WorkItemType is a type of a project.
type WorkItemType struct {
	Name          string          `json:"name"`
	ReferenceName string          `json:"referenceName"`
	Description   string          `json:"description"`
	Color         string          `json:"color"`
	IsDisabled    bool            `json:"isDisabled"`
	States        []WorkItemState `json:"states"` // with categories, removed ones included; absent on older servers
}

// WorkItemState is a state of a type.
type WorkItemState struct {
	Name     string `json:"name"`
	Color    string `json:"color"`
	Category string `json:"category"` // Proposed, InProgress, Resolved, Completed, Removed
}

// WorkItemTypes lists the types of a project.
func (c *Client) WorkItemTypes(ctx context.Context, project string) ([]WorkItemType, error) {
	var l list[WorkItemType]
	err := c.do(ctx, call{op: "azdo.WorkItemTypes", what: "the work item types of a project", project: project, area: areaWit,
		path: segments(project) + "/_apis/wit/workitemtypes"}, decodeJSON(&l))
	return l.all(), err
}

// WorkItemTypeStates lists the states of one type in workflow order, removed ones included.
func (c *Client) WorkItemTypeStates(ctx context.Context, project, workItemType string) ([]WorkItemState, error) {
	var l list[WorkItemState]
	err := c.do(ctx, call{op: "azdo.WorkItemTypeStates", what: "the states of " + workItemType, project: project, area: areaWit,
		path: segments(project) + "/_apis/wit/workitemtypes" + segments(workItemType) + "/states"}, decodeJSON(&l))
	return l.all(), err
}

// WorkItemTypeCategory groups types: Microsoft.BugCategory holds those that count as bugs.
type WorkItemTypeCategory struct {
	Name          string     `json:"name"`
	ReferenceName string     `json:"referenceName"`
	WorkItemTypes []NamedRef `json:"workItemTypes"`
}

// WorkItemTypeCategories lists the categories of a project.
func (c *Client) WorkItemTypeCategories(ctx context.Context, project string) ([]WorkItemTypeCategory, error) {
	var l list[WorkItemTypeCategory]
	err := c.do(ctx, call{op: "azdo.WorkItemTypeCategories", what: "the work item type categories of a project", project: project, area: areaWit,
		path: segments(project) + "/_apis/wit/workitemtypecategories"}, decodeJSON(&l))
	return l.all(), err
}

// BatchLimit is how many work items one batch may ask for.
const BatchLimit = 200

// WorkItemsBatch reads up to 200 work items with every field as they are now, in the shape of the
// reporting feed. Ids that do not exist or may not be read are left out.
func (c *Client) WorkItemsBatch(ctx context.Context, project string, ids []int, fields []string, d *RevisionDecoder) (*RevisionPage, error) {
	body := map[string]any{"ids": ids, "errorPolicy": "omit"}
	if len(fields) > 0 {
		body["fields"] = fields
	}
	var page *RevisionPage
	err := c.do(ctx, call{op: "azdo.WorkItemsBatch", what: "the present state of some work items", project: project, area: areaWit, method: http.MethodPost,
		path: segments(project) + "/_apis/wit/workitemsbatch", body: body, keep: true}, func(a *answer) (err error) {
		page, err = d.decode(a)
		return err
	})
	return page, err
}

// WorkItemProjectAt reads in which project one revision of a work item was made, by its name then.
func (c *Client) WorkItemProjectAt(ctx context.Context, id, rev int) (string, error) {
	var r struct {
		Fields struct {
			TeamProject string `json:"System.TeamProject"`
		} `json:"fields"`
	}
	err := c.do(ctx, call{op: "azdo.WorkItemProjectAt", what: "an earlier revision of work item " + strconv.Itoa(id), area: areaWit,
		path: "/_apis/wit/workItems/" + strconv.Itoa(id) + "/revisions/" + strconv.Itoa(rev)}, decodeJSON(&r))
	return r.Fields.TeamProject, err
}
