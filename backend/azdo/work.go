package azdo

import (
	"context"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// NodeRef names an iteration by identifier (GUID) and path.
type NodeRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Path string `json:"path"`
}

// TeamSettings are the settings of one team.
type TeamSettings struct {
	BacklogIteration      *NodeRef        `json:"backlogIteration"`
	DefaultIteration      *NodeRef        `json:"defaultIteration"`
	DefaultIterationMacro string          `json:"defaultIterationMacro"`
	BugsBehavior          string          `json:"bugsBehavior"` // off, asTasks, asRequirements
	WorkingDays           []string        `json:"workingDays"`  // monday, …
	BacklogVisibilities   map[string]bool `json:"backlogVisibilities"`
}

// TeamSettings reads the settings of a team; team "" is the default team of the project.
func (c *Client) TeamSettings(ctx context.Context, project, team string) (TeamSettings, error) {
	var s TeamSettings
	err := c.do(ctx, call{op: "azdo.TeamSettings", what: "the settings of a team", project: project, area: areaWork,
		path: segments(project, team) + "/_apis/work/teamsettings"}, decodeJSON(&s))
	return s, err
}

// TeamFieldValues are the areas of one team.
type TeamFieldValues struct {
	Field struct {
		ReferenceName string `json:"referenceName"`
	} `json:"field"`
	DefaultValue string           `json:"defaultValue"` // empty for a new team
	Values       []TeamFieldValue `json:"values"`
}

// TeamFieldValue is one area of a team.
type TeamFieldValue struct {
	Value           string `json:"value"`
	IncludeChildren bool   `json:"includeChildren"`
}

// TeamFieldValues reads the areas of a team.
func (c *Client) TeamFieldValues(ctx context.Context, project, team string) (TeamFieldValues, error) {
	var v TeamFieldValues
	err := c.do(ctx, call{op: "azdo.TeamFieldValues", what: "the areas of a team", project: project, area: areaWork,
		path: segments(project, team) + "/_apis/work/teamsettings/teamfieldvalues"}, decodeJSON(&v))
	return v, err
}

// TeamIteration is an iteration a team selected. ID is the node's identifier.
type TeamIteration struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Path       string `json:"path"`
	Attributes struct {
		StartDate  Time   `json:"startDate"`
		FinishDate Time   `json:"finishDate"`
		TimeFrame  string `json:"timeFrame"` // as of the server's now: past, current, future
	} `json:"attributes"`
}

// TeamIterations lists the iterations of a team.
func (c *Client) TeamIterations(ctx context.Context, project, team string) ([]TeamIteration, error) {
	var l list[TeamIteration]
	err := c.do(ctx, call{op: "azdo.TeamIterations", what: "the iterations of a team", project: project, area: areaWork,
		path: segments(project, team) + "/_apis/work/teamsettings/iterations"}, decodeJSON(&l))
	return l.all(), err
}

// BacklogConfiguration says how a project's process maps types to backlogs and states to categories.
type BacklogConfiguration struct {
	TaskBacklog                BacklogLevel       `json:"taskBacklog"`
	RequirementBacklog         BacklogLevel       `json:"requirementBacklog"`
	PortfolioBacklogs          []BacklogLevel     `json:"portfolioBacklogs"`
	WorkItemTypeMappedStates   []TypeStateMapping `json:"workItemTypeMappedStates"`
	BacklogFields              BacklogFields      `json:"backlogFields"`
	BugsBehavior               string             `json:"bugsBehavior"`
	HiddenBacklogs             []string           `json:"hiddenBacklogs"`
	IsBugsBehaviorConfigurable bool               `json:"isBugsBehaviorConfigured"`
}

// BacklogLevel is one backlog. Rank grows upwards.
type BacklogLevel struct {
	ID                  string     `json:"id"` // Microsoft.EpicCategory
	Name                string     `json:"name"`
	Rank                int        `json:"rank"`
	Color               string     `json:"color"`
	Type                string     `json:"type"` // portfolio, requirement, task; often absent
	WorkItemTypes       []NamedRef `json:"workItemTypes"`
	DefaultWorkItemType *NamedRef  `json:"defaultWorkItemType"`
}

// NamedRef names something by its name alone.
type NamedRef struct {
	Name string `json:"name"`
}

// TypeStateMapping maps the states of one type to categories. It leaves out removed states.
type TypeStateMapping struct {
	WorkItemTypeName string            `json:"workItemTypeName"`
	States           map[string]string `json:"states"`
}

// BacklogFields maps roles (Order, Effort, RemainingWork, Activity) to field reference names.
type BacklogFields struct {
	TypeFields map[string]string `json:"typeFields"`
}

// BacklogConfiguration reads the backlogs of a team; team "" is the default team.
func (c *Client) BacklogConfiguration(ctx context.Context, project, team string) (BacklogConfiguration, error) {
	var b BacklogConfiguration
	err := c.do(ctx, call{op: "azdo.BacklogConfiguration", what: "the backlog levels of a project", project: project, area: areaWork,
		path: segments(project, team) + "/_apis/work/backlogconfiguration"}, decodeJSON(&b))
	return b, err
}

// ProcessConfiguration is the older, project-wide form of the backlog levels.
type ProcessConfiguration struct {
	BugWorkItems       *CategoryConfiguration  `json:"bugWorkItems"`
	TaskBacklog        *CategoryConfiguration  `json:"taskBacklog"`
	RequirementBacklog *CategoryConfiguration  `json:"requirementBacklog"`
	PortfolioBacklogs  []CategoryConfiguration `json:"portfolioBacklogs"`
	TypeFields         map[string]FieldRef     `json:"typeFields"`
}

// CategoryConfiguration is one level of the older form.
type CategoryConfiguration struct {
	ReferenceName string     `json:"referenceName"`
	Name          string     `json:"name"`
	WorkItemTypes []NamedRef `json:"workItemTypes"`
}

// FieldRef names a field by reference name, as an object or a bare string.
type FieldRef struct {
	ReferenceName string
	Name          string
}

// UnmarshalJSONFrom reads both forms.
func (f *FieldRef) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() == '"' {
		return json.UnmarshalDecode(d, &f.ReferenceName)
	}
	var o struct {
		ReferenceName string `json:"referenceName"`
		Name          string `json:"name"`
	}
	err := json.UnmarshalDecode(d, &o)
	f.ReferenceName, f.Name = o.ReferenceName, o.Name
	return err
}

// ProcessConfiguration reads the project-wide form, for those who may not read a team's.
func (c *Client) ProcessConfiguration(ctx context.Context, project string) (ProcessConfiguration, error) {
	var p ProcessConfiguration
	err := c.do(ctx, call{op: "azdo.ProcessConfiguration", what: "the process of a project", project: project, area: areaWork,
		path: segments(project) + "/_apis/work/processconfiguration"}, decodeJSON(&p))
	return p, err
}
