package rest

import (
	"net/http"
	"strings"

	"sightline/backend/sampleorg/world"
)

// types lists the work item types of a project, or gives one of them whole.
func (c *call) types() *refusal {
	return c.cached(func() (any, *refusal) {
		if name := c.vars["type"]; name != "" {
			t := c.project.Process.TypeNamed(name)
			if t == nil {
				return nil, c.noType(name)
			}
			v := c.workItemType(t)
			v["xmlForm"] = form(t)
			return v, nil
		}
		var values []any
		for _, t := range c.project.Process.Types {
			v := c.workItemType(t)
			v["xmlForm"] = form(t)
			values = append(values, v)
		}
		return obj{"count": len(values), "value": values}, nil
	})
}

func (c *call) noType(name string) *refusal {
	return &refusal{status: http.StatusNotFound, typeKey: "WorkItemTypeNotFoundException", eventID: 3200,
		message:  "VS402323: Work item type " + name + " does not exist in project " + c.project.Name + " or you do not have permission to access it.",
		typeName: "Microsoft.TeamFoundation.WorkItemTracking.Server.WorkItemTypeNotFoundException, Microsoft.TeamFoundation.WorkItemTracking.Server"}
}

func (c *call) workItemType(t *world.Type) obj {
	self := c.at(c.project, "/_apis/wit/workItemTypes"+path(t.Name))
	used := c.fieldsOfType(t)
	var instances []any
	for _, f := range used {
		instances = append(instances, obj{"alwaysRequired": required[f.ReferenceName], "referenceName": f.ReferenceName, "name": f.Name, "url": c.base + "/_apis/wit/fields/" + f.ReferenceName,
			"dependentFields": []any{}, "helpText": "", "defaultValue": nil})
	}
	return obj{"name": t.Name, "referenceName": t.ReferenceName, "description": t.Description, "color": t.Color, "isDisabled": false,
		"icon": obj{"id": t.Icon, "url": c.base + "/_apis/wit/workItemIcons/" + t.Icon + "?color=" + t.Color + "&v=2"}, "fields": instances, "fieldInstances": instances,
		"transitions": transitions(t), "states": stateList(t), "_links": obj{"self": link(self)}, "url": self}
}

var required = map[string]bool{"System.Id": true, "System.IterationId": true, "System.AreaId": true, "System.Title": true, "System.State": true, "System.WorkItemType": true}

// fieldsOfType are the fields a type has, in the order of the catalogue.
func (c *call) fieldsOfType(t *world.Type) []*world.Field {
	var out []*world.Field
	for _, f := range c.world.Fields {
		if applies(t, f) {
			out = append(out, f)
		}
	}
	return out
}

// transitions lists, for every state, those that may follow; the empty state is an item that is being made.
func transitions(t *world.Type) obj {
	v := obj{"": []any{obj{"to": t.States[0].Name, "actions": nil}}}
	for _, from := range t.States {
		var to []any
		for _, s := range t.States {
			to = append(to, obj{"to": s.Name, "actions": nil})
		}
		v[from.Name] = to
	}
	return v
}

func stateList(t *world.Type) []any {
	out := make([]any, 0, len(t.States))
	for _, s := range t.States {
		out = append(out, obj{"name": s.Name, "color": s.Color, "category": string(s.Category)})
	}
	return out
}

// form is a small work item form; nobody draws it, but the service sends one.
func form(t *world.Type) string {
	return `<FORM><Layout HideReadOnlyEmptyFields="true" HideControlBorders="true"><Group Margin="(4,0,0,0)"><Column PercentWidth="100"><Control Label="" LabelPosition="Top" FieldName="System.Title" Type="FieldControl" EmptyText="` +
		escapeText("Enter the title of the "+t.Name) + `" /><Control Label="Stat&amp;e" LabelPosition="Left" FieldName="System.State" Type="FieldControl" /></Column></Group></Layout></FORM>`
}

// typeStates lists the states of a type with their categories.
func (c *call) typeStates() *refusal {
	t := c.project.Process.TypeNamed(c.vars["type"])
	if t == nil {
		return c.noType(c.vars["type"])
	}
	return c.list(stateList(t))
}

// categoryNames are the names of the categories of types.
var categoryNames = []struct{ reference, name string }{
	{"Microsoft.EpicCategory", "Epic Category"}, {"Microsoft.FeatureCategory", "Feature Category"}, {"Microsoft.RequirementCategory", "Requirement Category"},
	{"Microsoft.TaskCategory", "Task Category"}, {"Microsoft.BugCategory", "Bug Category"}, {"Microsoft.TestCaseCategory", "Test Case Category"},
	{"Microsoft.TestPlanCategory", "Test Plan Category"}, {"Microsoft.TestSuiteCategory", "Test Suite Category"}, {"Microsoft.SharedStepCategory", "Shared Steps Category"},
	{"Microsoft.HiddenCategory", "Hidden Types Category"},
}

// categories lists the categories of types that the process has types for.
func (c *call) categories() *refusal {
	return c.cached(func() (any, *refusal) {
		var values []any
		for _, category := range categoryNames {
			var types []any
			var first obj
			for _, t := range c.project.Process.Types {
				for _, r := range t.Categories {
					if r == category.reference {
						ref := c.typeRef(t.Name)
						if first == nil {
							first = ref
						}
						types = append(types, ref)
					}
				}
			}
			if first == nil {
				continue
			}
			v := obj{"name": category.name, "referenceName": category.reference, "defaultWorkItemType": first, "workItemTypes": types,
				"url": c.at(c.project, "/_apis/wit/workItemTypeCategories/"+category.reference)}
			if wanted := c.vars["category"]; wanted != "" && strings.EqualFold(wanted, category.reference) {
				return v, nil
			}
			values = append(values, v)
		}
		if wanted := c.vars["category"]; wanted != "" {
			return nil, &refusal{status: http.StatusNotFound, typeKey: "WorkItemTypeCategoryNotFoundException", eventID: 3200, message: "VS402347: Work item type category " + wanted + " does not exist."}
		}
		return obj{"count": len(values), "value": values}, nil
	})
}

func (c *call) typeRef(name string) obj {
	return obj{"name": name, "url": c.at(c.project, "/_apis/wit/workItemTypes"+path(name))}
}

// relations are the relation types of a stock organization, of which people here make the first five pairs.
var relations = []struct {
	reference, name, opposite, topology string
	forward                             bool
	resource                            string
}{
	{"System.LinkTypes.Hierarchy-Forward", "Child", "System.LinkTypes.Hierarchy-Reverse", "tree", true, ""},
	{"System.LinkTypes.Hierarchy-Reverse", "Parent", "System.LinkTypes.Hierarchy-Forward", "tree", false, ""},
	{"System.LinkTypes.Related", "Related", "System.LinkTypes.Related", "network", true, ""},
	{"System.LinkTypes.Dependency-Forward", "Successor", "System.LinkTypes.Dependency-Reverse", "dependency", true, ""},
	{"System.LinkTypes.Dependency-Reverse", "Predecessor", "System.LinkTypes.Dependency-Forward", "dependency", false, ""},
	{"System.LinkTypes.Duplicate-Forward", "Duplicate", "System.LinkTypes.Duplicate-Reverse", "tree", true, ""},
	{"System.LinkTypes.Duplicate-Reverse", "Duplicate Of", "System.LinkTypes.Duplicate-Forward", "tree", false, ""},
	{"Microsoft.VSTS.Common.TestedBy-Forward", "Tested By", "Microsoft.VSTS.Common.TestedBy-Reverse", "dependency", true, ""},
	{"Microsoft.VSTS.Common.TestedBy-Reverse", "Tests", "Microsoft.VSTS.Common.TestedBy-Forward", "dependency", false, ""},
	{"Microsoft.VSTS.Common.Affects-Forward", "Affects", "Microsoft.VSTS.Common.Affects-Reverse", "dependency", true, ""},
	{"Microsoft.VSTS.Common.Affects-Reverse", "Affected By", "Microsoft.VSTS.Common.Affects-Forward", "dependency", false, ""},
	{"Microsoft.VSTS.TestCase.SharedStepReferencedBy-Forward", "Test Case", "Microsoft.VSTS.TestCase.SharedStepReferencedBy-Reverse", "dependency", true, ""},
	{"Microsoft.VSTS.TestCase.SharedStepReferencedBy-Reverse", "Shared Steps", "Microsoft.VSTS.TestCase.SharedStepReferencedBy-Forward", "dependency", false, ""},
	{"AttachedFile", "Attached File", "", "", false, "attachedFile"},
	{"Hyperlink", "Hyperlink", "", "", false, "hyperlink"},
	{"ArtifactLink", "Artifact Link", "", "", false, "artifactLink"},
}

// relationTypes lists them, or gives one.
func (c *call) relationTypes() *refusal {
	wanted := c.vars["relation"]
	var values []any
	for _, r := range relations {
		attributes := obj{"usage": "resourceLink", "editable": false, "enabled": true, "acyclic": false, "directional": false, "singleTarget": false}
		if r.resource == "" {
			attributes = obj{"usage": "workItemLink", "editable": false, "enabled": true, "acyclic": r.topology != "network", "directional": r.topology != "network", "singleTarget": r.topology == "tree" && !r.forward,
				"topology": r.topology, "isForward": r.forward, "oppositeEndReferenceName": r.opposite}
		}
		v := obj{"attributes": attributes, "referenceName": r.reference, "name": r.name, "url": c.base + "/_apis/wit/workItemRelationTypes/" + r.reference}
		if strings.EqualFold(wanted, r.reference) {
			return c.json(v)
		}
		values = append(values, v)
	}
	if wanted != "" {
		return &refusal{status: http.StatusNotFound, typeKey: "WorkItemLinkTypeNotFoundException", eventID: 3200, message: "TF51002: The link type " + wanted + " does not exist."}
	}
	return c.list(values)
}
