package rest

import (
	"net/http"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// teamAt is the address of a resource of the team.
func (c *call) teamAt(rest string) string {
	return c.base + "/" + c.project.ID + "/" + c.team.ID + "/_apis/work/" + rest
}

// teamLinks are the _links of a team's resources.
func (c *call) teamLinks(self string) obj {
	return obj{"self": link(self), "project": link(c.base + "/_apis/projects/" + c.project.ID),
		"team": link(c.base + "/_apis/projects/" + c.project.ID + "/teams/" + c.team.ID)}
}

// iterationAddress is the classification node of an iteration.
func (c *call) iterationAddress(n *world.Node) string {
	return c.at(c.project, "/_apis/wit/classificationNodes/Iterations"+path(strings.Split(n.Path, `\`)[1:]...))
}

// iterationRef is an iteration as team settings name it: its path begins below the project.
func (c *call) iterationRef(n *world.Node) obj {
	below := strings.TrimPrefix(n.Path, c.project.Name)
	return obj{"id": n.GUID, "name": n.Name, "path": below, "url": c.iterationAddress(n)}
}

// teamSettings are the settings of a team.
func (c *call) teamSettings() *refusal {
	return c.cached(func() (any, *refusal) {
		self := c.teamAt("teamsettings")
		links := c.teamLinks(self)
		links["teamIterations"], links["teamFieldValues"] = link(self+"/iterations"), link(self+"/teamfieldvalues")
		nodes := []any{link(c.iterationAddress(c.project.Iterations))}
		current := c.current()
		if current == nil {
			current = c.project.Iterations
		} else {
			nodes = append(nodes, link(c.iterationAddress(current)))
		}
		links["classificationNode"] = nodes
		visible := obj{}
		for _, b := range c.project.Process.Backlogs {
			if b.ID != "Microsoft.TaskCategory" {
				visible[b.ID] = b.ID != "Microsoft.EpicCategory" || c.team == c.project.DefaultTeam()
			}
		}
		return obj{"backlogIteration": c.iterationRef(c.project.Iterations), "bugsBehavior": c.team.Bugs, "workingDays": []any{"monday", "tuesday", "wednesday", "thursday", "friday"},
			"backlogVisibilities": visible, "defaultIteration": c.iterationRef(current), "defaultIterationMacro": "@currentIteration", "url": self, "_links": links}, nil
	})
}

// current is the team's sprint of today, or nil.
func (c *call) current() *world.Node {
	for _, s := range c.team.Sprints() {
		if timeFrame(s, c.world.Now) == "current" {
			return s
		}
	}
	return nil
}

// timeFrame is where a sprint lies, as seen by the server's now. Its last day is included.
func timeFrame(n *world.Node, now int64) string {
	switch {
	case n.Start > now:
		return "future"
	case n.Finish+86_400_000 <= now:
		return "past"
	}
	return "current"
}

// teamFieldValues are the areas of a team. A team that never chose any has none and no default.
func (c *call) teamFieldValues() *refusal {
	return c.cached(func() (any, *refusal) {
		self := c.teamAt("teamsettings/teamfieldvalues")
		links := c.teamLinks(self)
		links["teamSettings"] = link(c.teamAt("teamsettings"))
		links["areaPathClassificationNodes"] = link(c.at(c.project, "/_apis/wit/classificationNodes/Areas"))
		values := []any{}
		var first any
		for _, a := range c.team.Areas {
			if first == nil {
				first = a.Node.Path
			}
			values = append(values, obj{"value": a.Node.Path, "includeChildren": a.Children})
		}
		return obj{"field": obj{"referenceName": "System.AreaPath", "url": c.base + "/_apis/wit/fields/System.AreaPath"}, "defaultValue": first, "values": values, "url": self, "_links": links}, nil
	})
}

// teamIterationRef is a sprint as the team's list shows it.
func (c *call) teamIterationRef(n *world.Node) obj {
	return obj{"id": n.GUID, "name": n.Name, "path": n.Path, "attributes": obj{"startDate": midnight(n.Start), "finishDate": midnight(n.Finish), "timeFrame": timeFrame(n, c.world.Now)},
		"url": c.teamAt("teamsettings/iterations/" + n.GUID)}
}

// teamIterations lists the team's sprints, or the current one.
func (c *call) teamIterations() *refusal {
	return c.cached(func() (any, *refusal) {
		values := []any{}
		for _, s := range c.team.Sprints() {
			if frame := c.param("$timeframe"); frame != "" && !strings.EqualFold(frame, timeFrame(s, c.world.Now)) {
				continue
			}
			values = append(values, c.teamIterationRef(s))
		}
		return obj{"count": len(values), "value": values}, nil
	})
}

// sprint finds the iteration a route names.
func (c *call) sprint() (*world.Node, *refusal) {
	id := c.vars["iteration"]
	for _, s := range c.team.Sprints() {
		if strings.EqualFold(s.GUID, id) {
			return s, nil
		}
	}
	return nil, &refusal{status: http.StatusNotFound, typeKey: "InvalidTeamSettingsIterationException",
		message:  "VS402488: The iteration with id '" + id + "' is not selected by the team " + c.team.Name + ".",
		typeName: "Microsoft.TeamFoundation.Agile.Server.Exceptions.InvalidTeamSettingsIterationException, Microsoft.TeamFoundation.Agile.Server"}
}

func (c *call) teamIteration() *refusal {
	n, refused := c.sprint()
	if refused != nil {
		return refused
	}
	v := c.teamIterationRef(n)
	self := c.teamAt("teamsettings/iterations/" + n.GUID)
	links := c.teamLinks(self)
	links["teamSettings"], links["teamIterations"] = link(c.teamAt("teamsettings")), link(c.teamAt("teamsettings/iterations"))
	links["capacity"], links["classificationNode"], links["teamDaysOff"] = link(self+"/capacities"), link(c.iterationAddress(n)), link(self+"/teamdaysoff")
	v["_links"] = links
	return c.json(v)
}

// hoursADay is what a member has for a sprint; it depends on both alone.
func hoursADay(n *world.Node, p *world.Person) float64 {
	return float64(4 + (n.ID+p.Number/7)%3)
}

// daysOff is a member's holiday within a sprint: now and then a stretch of days.
func daysOff(n *world.Node, p *world.Person) []any {
	if (n.ID*7+p.Number)%9 != 0 {
		return []any{}
	}
	start := n.Start + int64(p.Number%5)*86_400_000
	return []any{obj{"start": midnight(start), "end": midnight(start + 2*86_400_000)}}
}

func (c *call) capacity(n *world.Node, p *world.Person) obj {
	return obj{"teamMember": c.identity(p), "activities": []any{obj{"capacityPerDay": jsonDouble(hoursADay(n, p)), "name": "Development"}}, "daysOff": daysOff(n, p),
		"url": c.teamAt("teamsettings/iterations/" + n.GUID + "/capacities/" + p.ID)}
}

// jsonDouble is written with a decimal point, as the service writes doubles.
type jsonDouble float64

// MarshalJSON writes 5.0 for 5.
func (d jsonDouble) MarshalJSON() ([]byte, error) { return appendDouble(nil, float64(d)), nil }

// capacities lists what the members of a team have for a sprint. Up to version 5 it was a plain list.
func (c *call) capacities() *refusal {
	n, refused := c.sprint()
	if refused != nil {
		return refused
	}
	if who := c.vars["member"]; who != "" {
		for _, p := range c.team.Members {
			if strings.EqualFold(p.ID, who) {
				v := c.capacity(n, p)
				v["_links"] = c.teamLinks(v["url"].(string))
				return c.json(v)
			}
		}
		return &refusal{status: http.StatusNotFound, typeKey: "TeamMemberNotFoundException", message: "The team member " + who + " does not exist."}
	}
	values, total, off := []any{}, 0.0, 0
	for _, p := range c.team.Members {
		values = append(values, c.capacity(n, p))
		total += hoursADay(n, p)
		if len(daysOff(n, p)) > 0 {
			off += 3
		}
	}
	if c.major() <= 5 {
		return c.list(values)
	}
	return c.json(obj{"teamMembers": values, "totalCapacityPerDay": jsonDouble(total), "totalDaysOff": off, "url": c.teamAt("teamsettings/iterations/" + n.GUID + "/capacities"),
		"_links": c.teamLinks(c.teamAt("teamsettings/iterations/" + n.GUID + "/capacities"))})
}

// teamDaysOff are the days on which the whole team is away: the last day of every fifth sprint.
func (c *call) teamDaysOff() *refusal {
	n, refused := c.sprint()
	if refused != nil {
		return refused
	}
	self := c.teamAt("teamsettings/iterations/" + n.GUID + "/teamdaysoff")
	return c.json(obj{"daysOff": teamOff(n), "url": self, "_links": c.teamLinks(self)})
}

func teamOff(n *world.Node) []any {
	if n.ID%5 != 0 {
		return []any{}
	}
	day := n.Start + 8*86_400_000
	return []any{obj{"start": midnight(day), "end": midnight(day)}}
}

// iterationCapacities sums up a sprint over all teams of the project.
func (c *call) iterationCapacities() *refusal {
	var n *world.Node
	for _, s := range c.project.Sprints {
		if strings.EqualFold(s.GUID, c.vars["iteration"]) {
			n = s
		}
	}
	if n == nil {
		return noNode(c.vars["iteration"])
	}
	teams, total, off := []any{}, 0.0, 0
	for _, t := range c.project.Teams {
		sum := 0.0
		for _, p := range t.Members {
			sum += hoursADay(n, p)
		}
		days := len(teamOff(n))
		teams = append(teams, obj{"teamId": t.ID, "teamCapacityPerDay": jsonDouble(sum), "teamTotalDaysOff": days})
		total, off = total+sum, off+days
	}
	return c.json(obj{"teams": teams, "totalIterationCapacityPerDay": jsonDouble(total), "totalIterationDaysOff": off})
}

// wholeNumber reads a segment of a path.
func wholeNumber(text string) (int, *refusal) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, badRequest("VssPropertyValidationException", "The value '"+text+"' is not a valid id.")
	}
	return n, nil
}
