package sqlite

import (
	"encoding/json"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

func (r *reading) Boards() []dataset.BoardRow {
	var out []dataset.BoardRow
	for id, b := range r.names.boards[1:] {
		row := dataset.BoardRow{ID: int32(id + 1), Column: b.column, Lane: b.lane}
		switch {
		case b.done == nil:
		case *b.done:
			row.Done = 2
		default:
			row.Done = 1
		}
		out = append(out, row)
	}
	return out
}

func (r *reading) TeamBoards() []dataset.TeamBoardRow { return r.teamBoards }

// readTeamBoards reads the boards as they are now. The name of a level is what its types say; a level that no type
// stands on is called like its board.
func (r *reading) readTeamBoards() error {
	levels := map[int32]map[string]string{} // names by project and id
	for _, t := range r.names.types {
		if t.BacklogID == "" || t.BacklogName == "" {
			continue
		}
		if levels[t.project] == nil {
			levels[t.project] = map[string]string{}
		}
		levels[t.project][t.BacklogID] = t.BacklogName
	}
	return each(r.conn, `SELECT t.id, t.project, b.name, b.backlog, b.columns, b.lanes FROM dim_team_board b JOIN dim_team t ON t.guid = b.team
		ORDER BY t.id, b.name, b.board`, func(row *zs.Stmt) error {
		b := dataset.TeamBoardRow{Team: row.ColumnInt32(0), Name: row.ColumnText(2), Backlog: levels[row.ColumnInt32(1)][row.ColumnText(3)]}
		if b.Backlog == "" {
			b.Backlog = b.Name
		}
		var columns []storedColumn
		var lanes []storedLane
		// What is no board any more, in a file that somebody changed, has no columns.
		_ = json.Unmarshal([]byte(row.ColumnText(4)), &columns)
		_ = json.Unmarshal([]byte(row.ColumnText(5)), &lanes)
		for _, c := range columns {
			b.Columns = append(b.Columns, dataset.BoardColumn{Name: c.Name, Kind: c.Kind})
		}
		for _, l := range lanes {
			b.Lanes = append(b.Lanes, l.Name)
		}
		r.teamBoards = append(r.teamBoards, b)
		return nil
	})
}
