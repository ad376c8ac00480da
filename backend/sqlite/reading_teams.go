package sqlite

import (
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

func (r *reading) readTeams() ([]dataset.TeamRow, error) {
	var teams []dataset.TeamRow
	at := map[int64]int{}
	err := each(r.conn, "SELECT id, project, name, working_days FROM dim_team ORDER BY id", func(row *zs.Stmt) error {
		at[row.ColumnInt64(0)] = len(teams)
		teams = append(teams, dataset.TeamRow{ID: row.ColumnInt32(0), Project: row.ColumnInt32(1), Name: row.ColumnText(2),
			WorkingDays: weekdays(parseTexts(row.ColumnText(3)))})
		return nil
	})
	if err != nil {
		return nil, err
	}
	positions := make([][]int32, len(teams))
	err = each(r.conn, "SELECT team, path, include_children FROM dim_team_area ORDER BY team, position", func(row *zs.Stmt) error {
		team, known := at[row.ColumnInt64(0)]
		area, found := r.areas.byPath[fold(row.ColumnText(1))]
		switch {
		case !known || !found:
		case row.ColumnBool(2):
			positions[team] = append(positions[team], r.areas.under(area)...)
		default:
			positions[team] = append(positions[team], area)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range teams {
		slices.Sort(positions[i])
		for _, p := range slices.Compact(positions[i]) {
			teams[i].Areas = append(teams[i].Areas, r.areas.rows[p].ID)
		}
	}
	// A node that no list has carries no identifier, so only listed ones are found.
	err = each(r.conn, `SELECT i.team, n.id FROM dim_team_iteration i JOIN dim_node n ON n.kind = 1 AND lower(n.identifier) = lower(i.identifier)
		ORDER BY i.team, i.position`, func(row *zs.Stmt) error {
		if team, known := at[row.ColumnInt64(0)]; known && !slices.Contains(teams[team].Iterations, row.ColumnInt32(1)) {
			teams[team].Iterations = append(teams[team].Iterations, row.ColumnInt32(1))
		}
		return nil
	})
	return teams, err
}

func weekdays(names []string) (days [7]bool) {
	for _, name := range names {
		for day := time.Sunday; day <= time.Saturday; day++ {
			if strings.EqualFold(name, day.String()) {
				days[day] = true
			}
		}
	}
	return days
}
