package azdo

import (
	"context"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// BoardRef names a board of a team as the list of boards does.
type BoardRef struct {
	ID   string `json:"id"`
	Name string `json:"name"` // the name of its backlog level: Stories, Features, …
}

// Board is one board of a team with its columns and swim lanes.
type Board struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Columns []BoardColumn `json:"columns"`
	Rows    []BoardRow    `json:"rows"`
	Fields  BoardFields   `json:"fields"`
}

// BoardColumn is one column. StateMappings says by work item type which state stands for it.
type BoardColumn struct {
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	ItemLimit     int               `json:"itemLimit"`
	ColumnType    string            `json:"columnType"` // incoming, inProgress, outgoing
	IsSplit       bool              `json:"isSplit"`    // absent on columns that cannot be split
	Description   string            `json:"description"`
	StateMappings map[string]string `json:"stateMappings"`
}

// BoardRow is one swim lane. The default lane has the zero id and no name.
type BoardRow struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// BoardFields are the fields of work items in which a board keeps their places.
type BoardFields struct {
	ColumnField FieldRef `json:"columnField"`
	RowField    FieldRef `json:"rowField"`
	DoneField   FieldRef `json:"doneField"`
}

// Boards lists the boards of a team.
func (c *Client) Boards(ctx context.Context, project, team string) ([]BoardRef, error) {
	var l list[BoardRef]
	err := c.do(ctx, call{op: "azdo.Boards", what: "the boards of a team", project: project, area: areaWork,
		path: segments(project, team) + "/_apis/work/boards"}, decodeJSON(&l))
	return l.all(), err
}

// Board reads one board of a team by its id.
func (c *Client) Board(ctx context.Context, project, team, id string) (Board, error) {
	var b Board
	err := c.do(ctx, call{op: "azdo.Board", what: "a board of a team", project: project, area: areaWork,
		path: segments(project, team) + "/_apis/work/boards" + segments(id)}, decodeJSON(&b))
	return b, err
}

// TeamCapacity is what the people of a team can do in one iteration.
type TeamCapacity struct {
	TeamMembers         []MemberCapacity `json:"teamMembers"`
	TotalCapacityPerDay float64          `json:"totalCapacityPerDay"`
	TotalDaysOff        int              `json:"totalDaysOff"`
}

// MemberCapacity is what one person can do.
type MemberCapacity struct {
	TeamMember IdentityRef        `json:"teamMember"`
	Activities []ActivityCapacity `json:"activities"`
	DaysOff    []DateRange        `json:"daysOff"`
}

// ActivityCapacity is for how long one person does one activity.
type ActivityCapacity struct {
	CapacityPerDay float64 `json:"capacityPerDay"` // hours
	Name           string  `json:"name"`           // "" for a person without an activity
}

// DateRange is a range of days, both ends included, at midnight UTC.
type DateRange struct {
	Start Time `json:"start"`
	End   Time `json:"end"`
}

// UnmarshalJSONFrom reads the object of version 7.1, and the list of people of older servers.
func (t *TeamCapacity) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() == '[' {
		*t = TeamCapacity{}
		return json.UnmarshalDecode(d, &t.TeamMembers)
	}
	type object TeamCapacity // without this method
	var o struct {
		object
		Value  []MemberCapacity `json:"value"`
		Values []MemberCapacity `json:"values"`
	}
	if err := json.UnmarshalDecode(d, &o); err != nil {
		return err
	}
	*t = TeamCapacity(o.object)
	for _, older := range [][]MemberCapacity{o.Value, o.Values} {
		if t.TeamMembers == nil {
			t.TeamMembers = older
		}
	}
	return nil
}

// TeamCapacity reads what the people of a team can do in an iteration, which it names by identifier.
func (c *Client) TeamCapacity(ctx context.Context, project, team, iteration string) (TeamCapacity, error) {
	var t TeamCapacity
	err := c.do(ctx, call{op: "azdo.TeamCapacity", what: "the capacity of a team", project: project, area: areaWork,
		path: segments(project, team) + "/_apis/work/teamsettings/iterations" + segments(iteration) + "/capacities"}, decodeJSON(&t))
	return t, err
}

type teamDaysOff struct {
	DaysOff []DateRange `json:"daysOff"`
}

// TeamDaysOff reads on which days of an iteration a whole team does not work.
func (c *Client) TeamDaysOff(ctx context.Context, project, team, iteration string) ([]DateRange, error) {
	var o teamDaysOff
	err := c.do(ctx, call{op: "azdo.TeamDaysOff", what: "the days off of a team", project: project, area: areaWork,
		path: segments(project, team) + "/_apis/work/teamsettings/iterations" + segments(iteration) + "/teamdaysoff"}, decodeJSON(&o))
	return o.DaysOff, err
}
