package rest

import (
	"net/http"
	"net/url"
	"strings"

	"sightline/backend/sampleorg/world"
)

// tfvcBranches lists the TFVC branches: the roots, each with the tree of its children when asked for. A deleted
// branch has left its tree and stands beside the roots. Below a scope path the list is flat.
func (c *call) tfvcBranches() *refusal {
	if name := strings.Trim(c.vars["path"], "/"); name != "" {
		return c.oneBranch(name)
	}
	scope := strings.ToLower(strings.TrimSuffix(c.param("scopePath"), "/"))
	rows := []any{}
	for _, b := range c.allBranches() {
		switch {
		case b.Deleted != 0 && !c.flag("includeDeleted"):
		case scope != "":
			if isBelow(b.Path, scope) {
				v := c.branchRow(b)
				delete(v, "relatedBranches")
				delete(v, "mappings")
				rows = append(rows, v)
			}
		case b.Parent == nil || b.Deleted != 0:
			rows = append(rows, c.branchTree(b))
		}
	}
	return c.list(rows)
}

// allBranches are the branches of the project, or of all projects the caller sees.
func (c *call) allBranches() []*world.TFVCBranch {
	var all []*world.TFVCBranch
	for _, p := range c.world.Projects {
		if (c.project == nil || p == c.project) && !c.hides(p) {
			all = append(all, c.world.TFVCBranches(p)...)
		}
	}
	return all
}

func (c *call) oneBranch(name string) *refusal {
	for _, b := range c.allBranches() {
		if strings.EqualFold(b.Path, name) && (b.Deleted == 0 || c.flag("includeDeleted")) {
			v := c.branchTree(b)
			if c.flag("includeParent") && b.Parent != nil {
				v["parent"] = obj{"path": b.Parent.Path}
			}
			return c.json(v)
		}
	}
	return &refusal{status: http.StatusNotFound, typeKey: "BranchNotFoundException", message: "TF50309: The branch " + name + " does not exist, or you do not have permission to see it.",
		typeName: "Microsoft.TeamFoundation.VersionControl.Server.BranchNotFoundException, Microsoft.TeamFoundation.VersionControl.Server"}
}

func (c *call) branchRow(b *world.TFVCBranch) obj {
	v := obj{"path": b.Path, "owner": c.identity(b.Owner), "createdDate": zuluTime(b.Created), "url": c.base + "/_apis/tfvc/branches" + escapedPath(b.Path), "relatedBranches": []any{}, "mappings": []any{}}
	if b.Description != "" {
		v["description"] = b.Description
	}
	if b.Deleted != 0 {
		v["isDeleted"] = true
		if b.Parent != nil {
			v["relatedBranches"] = []any{obj{"path": b.Parent.Path}}
		}
	}
	return v
}

// branchTree is a branch with its children below it when they are asked for.
func (c *call) branchTree(b *world.TFVCBranch) obj {
	v := c.branchRow(b)
	if !c.flag("includeChildren") {
		return v
	}
	children := []any{}
	for _, other := range c.allBranches() {
		if other.Parent == b && other.Deleted == 0 {
			children = append(children, c.branchTree(other))
		}
	}
	v["children"] = children
	return v
}

// escapedPath is a path of TFVC as it stands in an address.
func escapedPath(p string) string {
	var b strings.Builder
	for _, s := range strings.Split(p, "/") {
		b.WriteByte('/')
		b.WriteString(strings.ReplaceAll(url.PathEscape(s), "$", "%24"))
	}
	return b.String()
}
