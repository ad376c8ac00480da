package columns_test

import (
	"fmt"
	"math"
	"time"

	"sightline/backend/dataset"
)

// worldBoard is a board of a team as it is now. Kinds are those of its columns.
type worldBoard struct {
	team, name, backlog string
	columns, kinds      []string
	lanes               []string
}

// worldFields are the fields of an organization beside the common ones; the first four have a history.
var worldFields = []dataset.FieldRow{
	{Name: "Risk", ReferenceName: "Custom.Risk", Kind: dataset.FactText, Custom: true, History: true},
	{Name: "Reviewer", ReferenceName: "Custom.Reviewer", Kind: dataset.FactPerson, Custom: true, History: true},
	{Name: "Score", ReferenceName: "Custom.Score", Kind: dataset.FactNumber, Custom: true, History: true},
	{Name: "Signed", ReferenceName: "Custom.Signed", Kind: dataset.FactFlag, Custom: true, History: true},
	{Name: "Value Area", ReferenceName: "Microsoft.VSTS.Common.ValueArea", Kind: dataset.FactText},
	{Name: "Start Date", ReferenceName: "Microsoft.VSTS.Scheduling.StartDate", Kind: dataset.FactInstant},
}

// The columns of those fields.
const (
	riskField     dataset.FieldRef = "Work items[Risk]"
	reviewerField dataset.FieldRef = "Work items[Reviewer]"
	scoreField    dataset.FieldRef = "Work items[Score]"
	signedField   dataset.FieldRef = "Work items[Signed]"
	valueField    dataset.FieldRef = "Work items[Value Area]"
	startField    dataset.FieldRef = "Work items[Start Date]"
)

// Boards lists the places that revisions name.
func (r *worldReading) Boards() []dataset.BoardRow { return r.places }

// Texts are those of the fields.
func (r *worldReading) Texts() []dataset.TextRow { return r.texts }

// Fields lists the fields, when the organization has them.
func (r *worldReading) Fields() []dataset.FieldRow {
	if !r.w.fields {
		return nil
	}
	return worldFields
}

// TeamBoards lists the boards as they are now.
func (r *worldReading) TeamBoards() []dataset.TeamBoardRow {
	var out []dataset.TeamBoardRow
	for _, b := range r.w.boards {
		row := dataset.TeamBoardRow{Name: b.name, Backlog: b.backlog, Lanes: b.lanes}
		for i, t := range r.w.teams {
			if t.name == b.team {
				row.Team = int32(i + 1)
			}
		}
		for i, c := range b.columns {
			row.Columns = append(row.Columns, dataset.BoardColumn{Name: c, Kind: b.kinds[i]})
		}
		out = append(out, row)
	}
	return out
}

// place is the small id of where a revision stands on a board.
func (r *worldReading) place(v *rev) int32 {
	if v.column == "" {
		return 0
	}
	key := fmt.Sprintf("place %s/%s/%d", v.column, v.lane, v.columnDone)
	id, ok := r.ids[key]
	if !ok {
		id = int32(len(r.places) + 1)
		r.ids[key] = id
		r.places = append(r.places, dataset.BoardRow{ID: id, Column: v.column, Lane: v.lane, Done: v.columnDone})
	}
	return id
}

func (r *worldReading) text(s string) int64 {
	if s == "" {
		return 0
	}
	id, ok := r.ids["text "+s]
	if !ok {
		id = int32(len(r.texts) + 1)
		r.ids["text "+s] = id
		r.texts = append(r.texts, dataset.TextRow{ID: id, Text: s})
	}
	return int64(id)
}

func (r *worldReading) fieldsOf(v *rev) []int64 {
	return []int64{r.text(v.risk), int64(r.person(v.reviewer)), int64(math.Float64bits(v.score)), int64(v.signed)}
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
