package sqlite

import (
	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// names turn the small numbers of a file back into what they stand for. Every slice is indexed by the
// number; 0 is none.
type names struct {
	people     []devops.Person
	projects   []projectRecord
	types      []typeRecord
	states     []stateRecord
	situations []situationRecord
	places     []placeRecord
	tagSets    [][]string
	severities []string
	boards     []boardRecord
	fields     []string
}

type projectRecord struct {
	devops.Project
	backlog devops.BacklogFields
	listed  bool
}

type typeRecord struct {
	devops.WorkItemType
	project int32
	listed  bool
	used    bool // by any revision
}

type stateRecord struct {
	devops.State
	kind   int32
	listed bool
	used   bool
}

type situationRecord struct {
	project, kind, state int32
	projectName, reason  string
}

type placeRecord struct {
	kind int8
	node int32
	path string
	seen int64
}

type boardRecord struct {
	column, lane string
	done         *bool
}

// at reads a slice by a number of the file; a number that is not there, which a sound file never has, is
// read as none.
func at[T any](list []T, i int32) (v T) {
	if i >= 0 && int(i) < len(list) {
		v = list[i]
	}
	return v
}

// put stores a value at its number.
func put[T any](list *[]T, id int64, v T) {
	for int64(len(*list)) <= id {
		var none T
		*list = append(*list, none)
	}
	(*list)[id] = v
}

func readNames(c *zs.Conn) (*names, error) {
	n := &names{people: make([]devops.Person, 1), fields: make([]string, 1), severities: make([]string, 1), tagSets: make([][]string, 1),
		places: make([]placeRecord, 1), boards: make([]boardRecord, 1), situations: make([]situationRecord, 1),
		projects: make([]projectRecord, 1), types: make([]typeRecord, 1), states: make([]stateRecord, 1)}
	for _, read := range []func(*zs.Conn) error{checkNumbers, n.readPeople, n.readProjects, n.readTypes, n.readSituations, n.readPlaces, n.readTexts} {
		if err := read(c); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func (n *names) readPeople(c *zs.Conn) error {
	return each(c, "SELECT id, guid, name, address, descriptor FROM dim_person", func(row *zs.Stmt) error {
		put(&n.people, row.ColumnInt64(0), devops.Person{ID: row.ColumnText(1), Name: row.ColumnText(2),
			UniqueName: row.ColumnText(3), Descriptor: row.ColumnText(4)})
		return nil
	})
}

func (n *names) readProjects(c *zs.Conn) error {
	return each(c, `SELECT id, guid, name, description, state, visibility, last_update, process_id, process_name, process, tfvc, git,
		default_team, gone, listed, effort_field, remaining_field, order_field, activity_field FROM dim_project`, func(row *zs.Stmt) error {
		p := projectRecord{listed: row.ColumnBool(14)}
		p.Project = devops.Project{ID: row.ColumnText(1), Name: row.ColumnText(2), Description: row.ColumnText(3), State: row.ColumnText(4),
			Visibility: row.ColumnText(5), LastUpdate: columnTime(row, 6), ProcessID: row.ColumnText(7), ProcessName: row.ColumnText(8),
			Process: devops.Process(row.ColumnText(9)), TFVC: row.ColumnBool(10), Git: row.ColumnBool(11),
			DefaultTeam: row.ColumnText(12), Gone: row.ColumnBool(13)}
		p.backlog = devops.BacklogFields{ProjectID: p.ID, Effort: row.ColumnText(15), RemainingWork: row.ColumnText(16),
			Order: row.ColumnText(17), Activity: row.ColumnText(18)}
		put(&n.projects, row.ColumnInt64(0), p)
		return nil
	})
}

func (n *names) readTypes(c *zs.Conn) error {
	err := each(c, `SELECT id, project, name, reference_name, color, disabled, backlog_id, backlog_name, backlog_rank, backlog_kind, bug, listed
		FROM dim_type`, func(row *zs.Stmt) error {
		w := typeRecord{project: row.ColumnInt32(1), listed: row.ColumnBool(11)}
		w.WorkItemType = devops.WorkItemType{Name: row.ColumnText(2), ReferenceName: row.ColumnText(3), Color: row.ColumnText(4),
			Disabled: row.ColumnBool(5), BacklogID: row.ColumnText(6), BacklogName: row.ColumnText(7), BacklogRank: row.ColumnInt(8),
			BacklogKind: devops.BacklogKind(row.ColumnText(9)), Bug: row.ColumnBool(10)}
		put(&n.types, row.ColumnInt64(0), w)
		return nil
	})
	if err != nil {
		return err
	}
	return each(c, "SELECT id, type, name, color, category, position, listed FROM dim_state", func(row *zs.Stmt) error {
		s := stateRecord{kind: row.ColumnInt32(1), listed: row.ColumnBool(6)}
		s.State = devops.State{Name: row.ColumnText(2), Color: row.ColumnText(3), Category: devops.StateCategory(row.ColumnText(4)), Order: row.ColumnInt(5)}
		put(&n.states, row.ColumnInt64(0), s)
		return nil
	})
}

// readSituations also notes which types and states any revision uses. It comes after readTypes.
func (n *names) readSituations(c *zs.Conn) error {
	return each(c, "SELECT id, project, project_name, type, state, reason FROM dim_situation", func(row *zs.Stmt) error {
		s := situationRecord{project: row.ColumnInt32(1), projectName: row.ColumnText(2), kind: row.ColumnInt32(3),
			state: row.ColumnInt32(4), reason: row.ColumnText(5)}
		put(&n.situations, row.ColumnInt64(0), s)
		if s.kind > 0 && int(s.kind) < len(n.types) {
			n.types[s.kind].used = true
		}
		if s.state > 0 && int(s.state) < len(n.states) {
			n.states[s.state].used = true
		}
		return nil
	})
}

func (n *names) readPlaces(c *zs.Conn) error {
	return each(c, "SELECT id, kind, node, path, seen FROM dim_place", func(row *zs.Stmt) error {
		put(&n.places, row.ColumnInt64(0), placeRecord{int8(row.ColumnInt64(1)), row.ColumnInt32(2), row.ColumnText(3), row.ColumnInt64(4)})
		return checkPath(row.ColumnText(3))
	})
}

func (n *names) readTexts(c *zs.Conn) error {
	if err := each(c, "SELECT id, tags FROM dim_tag_set", func(row *zs.Stmt) error {
		put(&n.tagSets, row.ColumnInt64(0), parseTexts(row.ColumnText(1)))
		return nil
	}); err != nil {
		return err
	}
	if err := each(c, "SELECT id, name FROM dim_severity", func(row *zs.Stmt) error {
		put(&n.severities, row.ColumnInt64(0), row.ColumnText(1))
		return nil
	}); err != nil {
		return err
	}
	if err := each(c, "SELECT id, reference_name FROM dim_field", func(row *zs.Stmt) error {
		put(&n.fields, row.ColumnInt64(0), row.ColumnText(1))
		return nil
	}); err != nil {
		return err
	}
	return each(c, "SELECT id, board_column, lane, done FROM dim_board", func(row *zs.Stmt) error {
		b := boardRecord{column: row.ColumnText(1), lane: row.ColumnText(2)}
		if !row.ColumnIsNull(3) {
			done := row.ColumnBool(3)
			b.done = &done
		}
		put(&n.boards, row.ColumnInt64(0), b)
		return nil
	})
}
