package rest

import (
	"net/http"
	"strings"

	"sightline/backend/sampleorg/world"
)

// coreProcesses lists processes as the core area knows them.
func (c *call) coreProcesses() *refusal {
	one := func(p *world.Process) obj {
		kind := "system"
		if p.ParentID != "" {
			kind = "inherited"
		}
		return obj{"id": p.ID, "description": p.Description, "isDefault": p.Default, "type": kind, "url": c.base + "/_apis/process/processes/" + p.ID, "name": p.Name}
	}
	return c.processes(one)
}

// workProcesses lists processes as the work item tracking area knows them: it knows where one inherits from.
func (c *call) workProcesses() *refusal {
	one := func(p *world.Process) obj {
		parent, kind := zeroTenant, "system"
		if p.ParentID != "" {
			parent, kind = p.ParentID, "inherited"
		}
		return obj{"typeId": p.ID, "name": p.Name, "referenceName": p.ReferenceName, "description": p.Description, "parentProcessTypeId": parent,
			"isEnabled": true, "isDefault": p.Default, "customizationType": kind}
	}
	return c.processes(one)
}

func (c *call) processes(one func(*world.Process) obj) *refusal {
	if id := c.vars["process"]; id != "" {
		p := c.world.Process(id)
		if p == nil {
			return &refusal{status: http.StatusNotFound, typeKey: "ProcessNotFoundByTypeIdException", message: "VS402362: The process with ID " + id + " does not exist.",
				typeName: "Microsoft.TeamFoundation.Core.WebApi.ProcessNotFoundByTypeIdException, Microsoft.TeamFoundation.Core.WebApi"}
		}
		return c.json(one(p))
	}
	values := make([]any, 0, len(c.world.Processes))
	for _, p := range c.world.Processes {
		values = append(values, one(p))
	}
	return c.list(values)
}

// fields lists the fields of the organization, or those that the types of a project use.
func (c *call) fields() *refusal {
	return c.cached(func() (any, *refusal) {
		if name := c.vars["field"]; name != "" {
			for _, f := range c.world.Fields {
				if strings.EqualFold(f.ReferenceName, name) || strings.EqualFold(f.Name, name) {
					return c.field(f), nil
				}
			}
			refused := noField(name)
			refused.status = http.StatusNotFound
			return nil, refused
		}
		var used map[string]bool
		if c.project != nil {
			used = c.fieldsOf(c.project)
		}
		var values []any
		for _, f := range c.world.Fields {
			if used == nil || used[f.ReferenceName] {
				values = append(values, c.field(f))
			}
		}
		return obj{"count": len(values), "value": values}, nil
	})
}

// fieldsOf are the fields of a project: the common ones, those of its types, and those of its boards.
func (c *call) fieldsOf(p *world.Project) map[string]bool {
	used := map[string]bool{}
	for _, f := range c.world.Fields {
		if strings.HasPrefix(f.ReferenceName, "System.") || dated[f.ReferenceName] {
			used[f.ReferenceName] = true
		}
	}
	used[p.Process.OrderField] = true
	for _, t := range p.Process.Types {
		for _, f := range t.Fields {
			used[f] = true
		}
	}
	for _, t := range p.Teams {
		for _, b := range t.Boards {
			for _, suffix := range []string{".Column", ".Column.Done", ".Lane"} {
				used[b.Field+suffix] = true
			}
		}
	}
	return used
}

// dated are the fields every type of every process has besides System ones.
var dated = map[string]bool{"Microsoft.VSTS.Common.StateChangeDate": true, "Microsoft.VSTS.Common.ActivatedDate": true, "Microsoft.VSTS.Common.ActivatedBy": true,
	"Microsoft.VSTS.Common.ResolvedDate": true, "Microsoft.VSTS.Common.ResolvedBy": true, "Microsoft.VSTS.Common.ClosedDate": true, "Microsoft.VSTS.Common.ClosedBy": true}

func (c *call) field(f *world.Field) obj {
	v := obj{"name": f.Name, "referenceName": f.ReferenceName, "description": "", "type": f.Type, "usage": "workItem", "readOnly": f.ReadOnly, "canSortBy": !f.Unsorted, "isQueryable": true,
		"isIdentity": f.Identity, "isPicklist": f.Picklist != "", "isPicklistSuggested": false, "isDeleted": false, "isLocked": false,
		"supportedOperations": operations(f.Type), "url": c.base + "/_apis/wit/fields/" + f.ReferenceName}
	if f.Picklist != "" {
		v["picklistId"] = f.Picklist
		v["type"] = "string"
	}
	return v
}

// operations are what a query may do with a field of a type.
func operations(kind string) []any {
	named := [][2]string{{"Equals", "="}, {"NotEquals", "<>"}, {"GreaterThan", ">"}, {"LessThan", "<"}, {"GreaterThanEquals", ">="}, {"LessThanEquals", "<="}, {"In", "In"}}
	switch kind {
	case "treePath":
		named = [][2]string{{"Under", "Under"}, {"NotUnder", "Not Under"}, {"Equals", "="}, {"NotEquals", "<>"}, {"In", "In"}}
	case "html", "history", "plainText":
		named = [][2]string{{"Contains", "Contains"}, {"NotContains", "Does Not Contain"}}
	case "boolean":
		named = [][2]string{{"Equals", "="}, {"NotEquals", "<>"}}
	case "string":
		named = append(named, [2]string{"Contains", "Contains"}, [2]string{"NotContains", "Does Not Contain"}, [2]string{"Ever", "Was Ever"})
	}
	out := make([]any, 0, len(named))
	for _, o := range named {
		out = append(out, obj{"referenceName": "SupportedOperations." + o[0], "name": o[1]})
	}
	return out
}
