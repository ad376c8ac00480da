package world

import "sightline/backend/devops"

// Kind is the role a work item type plays in the simulation, whatever a process calls it.
type Kind uint8

// The kinds.
const (
	KindEpic Kind = iota
	KindFeature
	KindRequirement
	KindSpike
	KindBug
	KindTask
	KindTestCase
	KindImpediment // Issue of Agile and CMMI, Impediment of Scrum
	KindRisk
	KindChange
	KindReview
	KindOther // types that nobody creates here: plans, suites, shared steps
)

// Process is one process of the organization.
type Process struct {
	ID            string
	Name          string
	ReferenceName string
	Description   string
	ParentID      string // the system process of an inherited one
	System        devops.Process
	Default       bool
	Types         []*Type
	Backlogs      []Backlog // from the highest level to tasks
	Columns       []BoardColumn
	EffortField   string
	OrderField    string
	ActivityField string
	BugsBehavior  string // what a new team starts with
}

// Type is one work item type of one process.
type Type struct {
	Name          string
	ReferenceName string
	Description   string
	Color         string
	Icon          string
	Kind          Kind
	States        []State
	Fields        []string // beyond those every type has
	Categories    []string
	Custom        bool
	Process       *Process
	index         uint8
	flow          workflow
	hours         bool // has Original Estimate and Completed Work besides Remaining Work
	remaining     bool // has Remaining Work
	pointed       bool // has the estimate of requirements
}

// State is one state of a type, in workflow order.
type State struct {
	Name     string
	Color    string
	Category devops.StateCategory
}

// Backlog is one level of a process.
type Backlog struct {
	ID    string // Microsoft.EpicCategory, …
	Name  string // Epics, Stories, …
	Kind  devops.BacklogKind
	Rank  int
	Color string
	Types []string
}

// BoardColumn is one column of a requirement board and the role of the state it shows.
type BoardColumn struct {
	Name   string
	Former string // the name before the team renamed it, if it did
	Role   role
	Split  bool
	Limit  int
}

// role names a step of a workflow that several processes share under different state names.
type role uint8

const (
	roleNew role = iota
	roleReady
	roleActive
	roleReview
	roleBlocked
	roleResolved
	roleDone
	roleRemoved
	roles
)

// workflow maps a role to the index of a type's state; none where the type has no such step.
type workflow [roles]int8

const none = int8(-1)

// roleOf says which role each state name plays.
var roleOf = map[string]role{
	"New": roleNew, "To Do": roleNew, "Proposed": roleNew, "Design": roleNew, "Requested": roleNew,
	"Approved": roleReady,
	"Active":   roleActive, "Committed": roleActive, "In Progress": roleActive, "Doing": roleActive, "Open": roleActive, "Ready": roleActive, "In Planning": roleActive,
	"In Review": roleReview, "Blocked": roleBlocked, "Resolved": roleResolved,
	"Closed": roleDone, "Done": roleDone, "Completed": roleDone, "Inactive": roleDone, "Concluded": roleDone,
	"Removed": roleRemoved,
}

// settle fills in what follows from the declarations: back references, workflows and indexes.
func (p *Process) settle(w *World) {
	for _, t := range p.Types {
		t.Process = p
		t.index = uint8(len(w.Types))
		for i := range t.flow {
			t.flow[i] = none
		}
		for i, s := range t.States {
			if r := roleOf[s.Name]; t.flow[r] == none {
				t.flow[r] = int8(i)
			}
		}
		for _, f := range t.Fields {
			switch f {
			case "Microsoft.VSTS.Scheduling.CompletedWork":
				t.hours = true
			case "Microsoft.VSTS.Scheduling.RemainingWork":
				t.remaining = true
			case p.EffortField:
				t.pointed = true
			}
		}
		w.Types = append(w.Types, t)
	}
	w.Processes = append(w.Processes, p)
}

// TypeOf returns the process's type of a kind, or nil.
func (p *Process) TypeOf(k Kind) *Type {
	for _, t := range p.Types {
		if t.Kind == k {
			return t
		}
	}
	return nil
}

// TypeNamed returns the process's type of that name, or nil.
func (p *Process) TypeNamed(name string) *Type {
	for _, t := range p.Types {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// state returns the state that plays a role, or the nearest earlier step the type has.
func (t *Type) state(r role) uint8 {
	for {
		if i := t.flow[r]; i != none {
			return uint8(i)
		}
		switch r {
		case roleRemoved:
			r = roleDone
		case roleReview, roleBlocked, roleResolved:
			r = roleActive
		case roleNew:
			return 0
		default:
			r--
		}
	}
}

// has reports whether the type has a state for the role.
func (t *Type) has(r role) bool { return t.flow[r] != none }

// BacklogOf returns the level a type stands on, or nil.
func (p *Process) BacklogOf(typeName string) *Backlog {
	for i := range p.Backlogs {
		for _, n := range p.Backlogs[i].Types {
			if n == typeName {
				return &p.Backlogs[i]
			}
		}
	}
	return nil
}

// Requirements is the level of stories, backlog items, requirements or issues.
func (p *Process) Requirements() *Backlog {
	for i := range p.Backlogs {
		if p.Backlogs[i].Kind == devops.RequirementBacklog {
			return &p.Backlogs[i]
		}
	}
	return nil
}

// StateOn is the name of the state in which the type stands in a board column.
func (t *Type) StateOn(c *BoardColumn) string { return t.States[t.state(c.Role)].Name }
