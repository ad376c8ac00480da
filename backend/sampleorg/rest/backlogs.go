package rest

import (
	"strings"

	"sightline/backend/devops"
	"sightline/backend/sampleorg/world"
)

// backlogConfiguration tells, in one answer, levels, types, states and the fields that play a role.
func (c *call) backlogConfiguration() *refusal {
	return c.cached(func() (any, *refusal) {
		p := c.project.Process
		v := obj{"portfolioBacklogs": []any{}, "bugsBehavior": c.team.Bugs, "hiddenBacklogs": []any{}, "isBugsBehaviorConfigured": true,
			"url": c.at(c.project, "/_apis/work/backlogconfiguration"), "workItemTypeMappedStates": c.mappedStates()}
		if c.team != c.project.DefaultTeam() {
			v["hiddenBacklogs"] = []any{"Microsoft.EpicCategory"}
		}
		var portfolio []any
		for i := range p.Backlogs {
			b := &p.Backlogs[i]
			switch b.Kind {
			case devops.TaskBacklog:
				v["taskBacklog"] = c.level(b)
			case devops.RequirementBacklog:
				v["requirementBacklog"] = c.level(b)
			default:
				portfolio = append(portfolio, c.level(b))
			}
		}
		v["portfolioBacklogs"] = portfolio
		roles := obj{"Order": p.OrderField, "Effort": p.EffortField, "RemainingWork": "Microsoft.VSTS.Scheduling.RemainingWork", "Activity": p.ActivityField, "Team": "System.AreaPath"}
		v["backlogFields"] = obj{"typeFields": roles}
		return v, nil
	})
}

// mappedStates leaves out states that are removed, as the published example does.
func (c *call) mappedStates() []any {
	var out []any
	for _, t := range c.project.Process.Types {
		if t.Kind == world.KindOther {
			continue
		}
		states := obj{}
		for _, s := range t.States {
			if s.Category != devops.Removed {
				states[s.Name] = string(s.Category)
			}
		}
		out = append(out, obj{"workItemTypeName": t.Name, "states": states})
	}
	return out
}

// level is one backlog level. Bugs join the requirements, or the tasks, where the team shows them so.
func (c *call) level(b *world.Backlog) obj {
	fieldRef := func(reference, name string) obj {
		return obj{"referenceName": reference, "name": name, "url": c.base + "/_apis/wit/fields/" + reference}
	}
	column := func(reference, name string, width int) obj {
		return obj{"columnFieldReference": fieldRef(reference, name), "width": width}
	}
	names := append([]string(nil), b.Types...)
	bug := c.project.Process.TypeOf(world.KindBug)
	if bug != nil && (b.Kind == devops.RequirementBacklog && c.team.Bugs == "asRequirements" || b.Kind == devops.TaskBacklog && c.team.Bugs == "asTasks") {
		names = append(names, bug.Name)
	}
	var types []any
	for _, n := range names {
		types = append(types, c.typeRef(n))
	}
	columns := []any{column("System.WorkItemType", "Work Item Type", 100), column("System.Title", "Title", 400), column("System.State", "State", 100), column("System.Tags", "Tags", 200)}
	effort := c.world.Field(c.project.Process.EffortField)
	if b.Kind == devops.RequirementBacklog {
		columns = append(columns, column(effort.ReferenceName, effort.Name, 50), column("System.IterationPath", "Iteration Path", 200))
	}
	kind := map[devops.BacklogKind]string{devops.PortfolioBacklog: "portfolio", devops.RequirementBacklog: "requirement", devops.TaskBacklog: "task"}[b.Kind]
	return obj{"id": b.ID, "name": b.Name, "rank": b.Rank, "workItemCountLimit": 1000, "addPanelFields": []any{fieldRef("System.Title", "Title")}, "columnFields": columns,
		"workItemTypes": types, "defaultWorkItemType": types[0], "color": b.Color, "isHidden": false, "type": kind}
}

// processConfiguration is the same for the whole project, in the older form.
func (c *call) processConfiguration() *refusal {
	return c.cached(func() (any, *refusal) {
		v := obj{"url": c.at(c.project, "/_apis/work/processconfiguration")}
		one := func(b *world.Backlog) obj {
			var types []any
			for _, n := range b.Types {
				types = append(types, c.typeRef(n))
			}
			return obj{"name": b.Name, "referenceName": b.ID, "workItemTypes": types}
		}
		var portfolio []any
		p := c.project.Process
		for i := range p.Backlogs {
			b := &p.Backlogs[i]
			switch b.Kind {
			case devops.TaskBacklog:
				v["taskBacklog"] = one(b)
			case devops.RequirementBacklog:
				v["requirementBacklog"] = one(b)
			default:
				portfolio = append(portfolio, one(b))
			}
		}
		v["portfolioBacklogs"] = portfolio
		if bug := p.TypeOf(world.KindBug); bug != nil {
			v["bugWorkItems"] = obj{"name": "Bug Category", "referenceName": "Microsoft.BugCategory", "workItemTypes": []any{c.typeRef(bug.Name)}}
		}
		ref := func(name string) obj {
			return obj{"referenceName": name, "url": c.base + "/_apis/wit/fields/" + name}
		}
		v["typeFields"] = obj{"Order": ref(p.OrderField), "Effort": ref(p.EffortField), "RemainingWork": ref("Microsoft.VSTS.Scheduling.RemainingWork"), "Activity": ref(p.ActivityField), "Team": ref("System.AreaPath")}
		return v, nil
	})
}

// boards lists the boards of a team.
func (c *call) boards() *refusal {
	values := []any{}
	for i := range c.team.Boards {
		b := &c.team.Boards[i]
		values = append(values, obj{"id": b.ID, "url": c.teamAt("boards/" + b.ID), "name": b.Name})
	}
	return c.list(values)
}

// findBoard finds the board a route names, by id or name.
func (c *call) findBoard() (*world.Board, *refusal) {
	for i := range c.team.Boards {
		if b := &c.team.Boards[i]; strings.EqualFold(b.ID, c.vars["board"]) || strings.EqualFold(b.Name, c.vars["board"]) {
			return b, nil
		}
	}
	return nil, &refusal{status: 404, typeKey: "BoardDoesNotExistException", message: "VS403157: The board " + c.vars["board"] + " does not exist.",
		typeName: "Microsoft.TeamFoundation.Agile.Server.Exceptions.BoardDoesNotExistException, Microsoft.TeamFoundation.Agile.Server"}
}

func (c *call) board() *refusal {
	b, refused := c.findBoard()
	if refused != nil {
		return refused
	}
	self := c.teamAt("boards/" + b.ID)
	links := c.teamLinks(self)
	links["columns"], links["rows"] = link(self+"/columns"), link(self+"/rows")
	ref := func(suffix string) obj {
		return obj{"referenceName": b.Field + suffix, "url": c.base + "/_apis/wit/fields/" + b.Field + suffix}
	}
	return c.json(obj{"id": b.ID, "url": self, "name": b.Name, "revision": 3, "columns": c.columnsOf(b), "rows": c.rowsOf(b), "isValid": true, "canEdit": false,
		"allowedMappings": obj{}, "fields": obj{"columnField": ref(".Column"), "rowField": ref(".Lane"), "doneField": ref(".Column.Done")}, "_links": links})
}

func (c *call) boardColumns() *refusal {
	b, refused := c.findBoard()
	if refused != nil {
		return refused
	}
	return c.list(c.columnsOf(b))
}

func (c *call) boardRows() *refusal {
	b, refused := c.findBoard()
	if refused != nil {
		return refused
	}
	return c.list(c.rowsOf(b))
}

func (c *call) rowsOf(b *world.Board) []any {
	rows := []any{obj{"id": zeroTenant, "name": nil, "color": nil}}
	if b.Backlog.Kind == devops.RequirementBacklog {
		rows = append(rows, obj{"id": c.world.GUID("lane", b.ID), "name": world.ExpediteLane, "color": nil})
	}
	return rows
}

// columnsOf lists a board's columns with the states they stand for.
func (c *call) columnsOf(b *world.Board) []any {
	p := c.project.Process
	type column struct {
		name, kind string
		limit      int
		split      bool
		states     obj
	}
	var columns []column
	if b.Backlog.Kind == devops.RequirementBacklog {
		for _, bc := range p.Columns {
			states := obj{}
			for _, n := range b.Backlog.Types {
				states[n] = p.TypeNamed(n).StateOn(&bc)
			}
			if bug := p.TypeOf(world.KindBug); bug != nil && c.team.Bugs == "asRequirements" {
				states[bug.Name] = bug.StateOn(&bc)
			}
			columns = append(columns, column{name: bc.Name, kind: "inProgress", limit: bc.Limit, split: bc.Split, states: states})
		}
	} else {
		for _, s := range p.TypeNamed(b.Backlog.Types[0]).States {
			if s.Category != devops.Removed {
				columns = append(columns, column{name: s.Name, kind: "inProgress", states: obj{b.Backlog.Types[0]: s.Name}})
			}
		}
	}
	columns[0].kind, columns[len(columns)-1].kind = "incoming", "outgoing"
	out := make([]any, 0, len(columns))
	for _, col := range columns {
		v := obj{"id": c.world.GUID("column", b.ID, col.name), "name": col.name, "itemLimit": col.limit, "stateMappings": col.states, "columnType": col.kind}
		if col.kind == "inProgress" {
			v["isSplit"], v["description"] = col.split, ""
		}
		out = append(out, v)
	}
	return out
}
