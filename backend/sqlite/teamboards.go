package sqlite

import (
	"encoding/json"
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// boardTable stores the boards and capacities of teams.
type boardTable struct {
	put, capacity *keeper
}

// storedColumn is a column of a board as it is stored; the names of its parts are read by the views.
type storedColumn struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Kind        string            `json:"kind"`
	Limit       int               `json:"limit"`
	Split       bool              `json:"split"`
	Description string            `json:"description"`
	States      map[string]string `json:"states"`
}

type storedLane struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (t *tables) openTeamBoards() (err error) {
	t.teamBoards.put, err = t.keeper("dim_team_board", []string{"team", "board"}, []string{"name", "backlog", "column_field", "done_field", "lane_field",
		"columns", "lanes"})
	if err != nil {
		return err
	}
	t.teamBoards.capacity, err = t.keeper("dim_capacity", []string{"team", "iteration", "person", "activity"}, []string{"per_day"})
	return err
}

func (t *tables) storeTeamBoards(b *devops.Batch) error {
	come := map[[2]string]bool{}
	for i := range b.Boards {
		if err := t.storeTeamBoard(&b.Boards[i]); err != nil {
			return err
		}
		come[[2]string{strings.ToLower(b.Boards[i].TeamID), strings.ToLower(b.Boards[i].ID)}] = true
	}
	for _, of := range b.BoardsOf {
		team := strings.ToLower(of)
		var gone []string
		err := each(t.c, "SELECT board FROM dim_team_board WHERE team = ?", func(row *zs.Stmt) error {
			if board := row.ColumnText(0); !come[[2]string{team, board}] {
				gone = append(gone, board)
			}
			return nil
		}, team)
		if err != nil {
			return err
		}
		for _, board := range gone {
			if err := run(t.c, "DELETE FROM dim_team_board WHERE team = ? AND board = ?", team, board); err != nil {
				return err
			}
			t.note(devops.Boards, held, absent, true)
		}
	}
	return t.storeCapacities(b)
}

func (t *tables) storeTeamBoard(b *devops.Board) error {
	if b.TeamID == "" || b.ID == "" {
		return invalidRow("a board", "without a team or an id")
	}
	columns, lanes := make([]storedColumn, len(b.Columns)), make([]storedLane, len(b.Lanes))
	for i, c := range b.Columns {
		columns[i] = storedColumn{c.ID, c.Name, c.Kind, c.ItemLimit, c.Split, c.Description, c.States}
		if c.States == nil {
			columns[i].States = map[string]string{}
		}
	}
	for i, l := range b.Lanes {
		lanes[i] = storedLane(l)
	}
	columnText, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	laneText, err := json.Marshal(lanes)
	if err != nil {
		return err
	}
	k := t.teamBoards.put
	k.keyText(1, strings.ToLower(b.TeamID))
	k.keyText(2, strings.ToLower(b.ID))
	for i, s := range [...]string{b.Name, b.BacklogID, b.ColumnField, b.DoneField, b.LaneField, string(columnText), string(laneText)} {
		k.put.text(3+i, s)
	}
	_, _, err = t.keep(k, devops.Boards, false)
	return err
}

// capacityKey is one row of dim_capacity or dim_day_off.
type capacityKey struct {
	team, iteration string
	person          int64
	activity        string
	first, last     int64
}

func (t *tables) storeCapacities(b *devops.Batch) error {
	capacities, daysOff := map[capacityKey]bool{}, map[capacityKey]bool{}
	for i := range b.Capacities {
		key, err := t.storeCapacity(&b.Capacities[i])
		if err != nil {
			return err
		}
		capacities[key] = true
	}
	for i := range b.DaysOff {
		key, err := t.storeDayOff(&b.DaysOff[i])
		if err != nil {
			return err
		}
		daysOff[key] = true
	}
	for _, of := range b.CapacitiesOf {
		team, iteration := strings.ToLower(of.TeamID), strings.ToLower(of.IterationID)
		err := t.dropOthers(capacities, "SELECT person, activity, 0, 0 FROM dim_capacity WHERE team = ? AND iteration = ?",
			"DELETE FROM dim_capacity WHERE team = ?1 AND iteration = ?2 AND person = ?3 AND activity = ?4", team, iteration)
		if err != nil {
			return err
		}
		err = t.dropOthers(daysOff, "SELECT person, '', first, last FROM dim_day_off WHERE team = ? AND iteration = ?",
			"DELETE FROM dim_day_off WHERE team = ?1 AND iteration = ?2 AND person = ?3 AND ?4 = '' AND first = ?5 AND last = ?6", team, iteration)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeCapacity(c *devops.Capacity) (capacityKey, error) {
	key := capacityKey{team: strings.ToLower(c.TeamID), iteration: strings.ToLower(c.IterationID), activity: c.Activity}
	var err error
	if key.person, err = t.person(&c.Person, 0); err != nil {
		return key, err
	}
	if key.team == "" || key.iteration == "" || key.person == 0 {
		return key, invalidRow("a capacity", "without a team, an iteration or a person")
	}
	k := t.teamBoards.capacity
	k.keyText(1, key.team)
	k.keyText(2, key.iteration)
	k.keyInt(3, key.person)
	k.keyText(4, key.activity)
	k.put.number(5, &c.PerDay)
	_, _, err = t.keep(k, devops.Capacities, false)
	return key, err
}

func (t *tables) storeDayOff(o *devops.DaysOff) (capacityKey, error) {
	key := capacityKey{team: strings.ToLower(o.TeamID), iteration: strings.ToLower(o.IterationID), first: instant(o.Start), last: instant(o.End)}
	if key.team == "" || key.iteration == "" || o.Start.IsZero() || o.End.IsZero() {
		return key, invalidRow("days off", "without a team, an iteration or a day")
	}
	var err error
	if key.person, err = t.person(&devops.Person{ID: o.PersonID}, 0); err != nil {
		return key, err
	}
	err = run(t.c, "INSERT INTO dim_day_off (team, iteration, person, first, last) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		key.team, key.iteration, key.person, key.first, key.last)
	if err == nil && t.c.Changes() > 0 {
		t.note(devops.Capacities, absent, held, true)
	}
	return key, err
}

// dropOthers removes the rows of a team's iteration that did not come.
func (t *tables) dropOthers(come map[capacityKey]bool, query, remove, team, iteration string) error {
	var gone []capacityKey
	err := each(t.c, query, func(row *zs.Stmt) error {
		key := capacityKey{team, iteration, row.ColumnInt64(0), row.ColumnText(1), row.ColumnInt64(2), row.ColumnInt64(3)}
		if !come[key] {
			gone = append(gone, key)
		}
		return nil
	}, team, iteration)
	if err != nil {
		return err
	}
	for _, key := range gone {
		args := []any{key.team, key.iteration, key.person, key.activity, key.first, key.last}
		if strings.Contains(remove, "dim_capacity") {
			args = args[:4]
		}
		if err := run(t.c, remove, args...); err != nil {
			return err
		}
		t.note(devops.Capacities, held, absent, true)
	}
	return nil
}
