package sqlite

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// The key of a record is its build and its number there in one integer.
const (
	recordBits = 16
	maxRecords = 1<<recordBits - 1
)

// timelineTable stores the timelines of builds.
type timelineTable struct {
	put    *keeper
	read   binder
	find   *zs.Stmt
	clear  *zs.Stmt
	insert binder
}

// record is one row of fact_timeline_record, with the ids of the service instead of numbers.
type record struct {
	id, parent                                    string
	kind, name, identifier, state, result, worker int64
	position, attempt, errors, warnings           int64
	started, finished                             int64 // instants
}

func (t *tables) openTimelines() (err error) {
	m := &t.timelines
	if m.put, err = t.keeper("fact_timeline", []string{"build"}, []string{"project", "empty", "records"}); err != nil {
		return err
	}
	if m.read, err = newBinder(t.c, "UPDATE fact_timeline SET read = ?2, finished = (SELECT finished FROM fact_build WHERE id = ?1) WHERE build = ?1"); err != nil {
		return err
	}
	if m.find, err = t.c.Prepare(`SELECT id, parent, kind, name, identifier, state, result, worker, position, attempt, errors, warnings, started, finished
		FROM fact_timeline_record WHERE rk > ? AND rk <= ? ORDER BY rk`); err != nil {
		return err
	}
	if m.clear, err = t.c.Prepare("DELETE FROM fact_timeline_record WHERE rk > ? AND rk <= ?"); err != nil {
		return err
	}
	m.insert, err = newBinder(t.c, `INSERT INTO fact_timeline_record (rk, id, parent, kind, name, identifier, state, result, worker, position, attempt,
		errors, warnings, started, finished) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	return err
}

func (t *tables) storeTimelines(b *devops.Batch) error {
	for i := range b.Timelines {
		if err := t.storeTimeline(&b.Timelines[i]); err != nil {
			return err
		}
	}
	return nil
}

// storeTimeline replaces the records of a build as a whole.
func (t *tables) storeTimeline(l *devops.Timeline) error {
	if l.BuildID <= 0 || l.BuildID > maxBuild || len(l.Records) > maxRecords {
		return invalidRow(fmt.Sprintf("the timeline of build %d", l.BuildID), "with a number or a size out of range")
	}
	project, err := t.project(l.ProjectID, "", 0)
	if err != nil {
		return err
	}
	records, err := t.records(l)
	if err != nil {
		return err
	}
	k := t.timelines.put
	k.keyInt(1, int64(l.BuildID))
	k.put.int(2, project)
	k.put.bool(3, l.Empty)
	k.put.int(4, int64(len(records)))
	was, err := k.was()
	if err != nil {
		return err
	}
	wrote, err := k.write()
	if err != nil {
		return err
	}
	differs, err := t.replaceRecords(l.BuildID, was == absent, records)
	if err != nil {
		return err
	}
	t.note(devops.Timelines, was, held, wrote || differs)
	read := &t.timelines.read
	read.int(1, int64(l.BuildID))
	read.time(2, l.Read)
	return firstOf(read.step(), t.buildWaits(l.BuildID))
}

// records are the rows of a timeline in the order of their ids. Of two with one id the later stands.
func (t *tables) records(l *devops.Timeline) ([]record, error) {
	rows := make([]record, 0, len(l.Records))
	for i := range l.Records {
		r := &l.Records[i]
		if r.ID == "" {
			return nil, invalidRow(fmt.Sprintf("a record in the timeline of build %d", l.BuildID), "without an id")
		}
		words, err := t.texts(r.Kind, r.Name, r.Identifier, r.State, r.Result, r.Worker)
		if err != nil {
			return nil, err
		}
		rows = append(rows, record{
			id: strings.ToLower(r.ID), parent: strings.ToLower(r.ParentID),
			kind: words[0], name: words[1], identifier: words[2], state: words[3], result: words[4], worker: words[5],
			position: int64(r.Order), attempt: int64(r.Attempt), errors: int64(r.Errors), warnings: int64(r.Warnings),
			started: instant(r.Started), finished: instant(r.Finished),
		})
	}
	slices.Reverse(rows)
	slices.SortStableFunc(rows, func(a, b record) int { return cmp.Compare(a.id, b.id) })
	return slices.CompactFunc(rows, func(a, b record) bool { return a.id == b.id }), nil
}

// replaceRecords stores the records of a build in the place of those that are there, counts what that
// changed, and reports whether anything did.
func (t *tables) replaceRecords(build int, isNew bool, records []record) (differs bool, err error) {
	var old []record
	if !isNew {
		if old, err = t.readRecords(build); err != nil || slices.Equal(old, records) {
			return false, err
		}
		from := int64(build) << recordBits
		t.timelines.clear.BindInt64(1, from)
		t.timelines.clear.BindInt64(2, from|maxRecords)
		if _, err := t.timelines.clear.Step(); err != nil {
			return false, err
		}
		if err := t.timelines.clear.Reset(); err != nil {
			return false, err
		}
	}
	t.count(devops.TimelineRows, compareRecords(old, records))
	number := make(map[string]int64, len(records))
	for i := range records {
		number[records[i].id] = int64(i) + 1
	}
	for i := range records {
		if err := t.insertRecord(int64(build)<<recordBits|int64(i+1), &records[i], number); err != nil {
			return false, err
		}
	}
	return len(old)+len(records) > 0, nil
}

// compareRecords counts what became of the records; both lists are in the order of their ids.
func compareRecords(old, new []record) (c devops.Change) {
	known := make(map[string]*record, len(old))
	for i := range old {
		known[old[i].id] = &old[i]
	}
	for i := range new {
		switch was := known[new[i].id]; {
		case was == nil:
			c.Added++
		case *was != new[i]:
			c.Changed++
		}
		delete(known, new[i].id)
	}
	c.Deleted = len(known)
	return c
}

func (t *tables) insertRecord(rk int64, r *record, number map[string]int64) error {
	b := &t.timelines.insert
	b.int(1, rk)
	b.guid(2, r.id)
	switch n := number[r.parent]; {
	case r.parent == "":
		b.null(3)
	case n > 0:
		b.int(3, n)
	default:
		b.guid(3, r.parent)
	}
	for i, v := range [...]int64{r.kind, r.name, r.identifier, r.state, r.result, r.worker, r.position, r.attempt, r.errors, r.warnings} {
		b.int(4+i, v)
	}
	b.instant(14, r.started)
	b.instant(15, r.finished)
	return b.step()
}

func (b *binder) guid(i int, id string) {
	if v := guidBytes(id); v != nil {
		b.bytes(i, v)
		return
	}
	b.text(i, id)
}

func (t *tables) readRecords(build int) (records []record, err error) {
	find := t.timelines.find
	from := int64(build) << recordBits
	find.BindInt64(1, from)
	find.BindInt64(2, from|maxRecords)
	var parents []int // numbers, 0 for none
	for {
		more, err := find.Step()
		if err != nil {
			return nil, firstOf(err, find.Reset())
		}
		if !more {
			break
		}
		r := record{id: columnGUID(find, 0)}
		parent := 0
		if find.ColumnType(1) == zs.TypeInteger {
			parent = find.ColumnInt(1)
		} else if !find.ColumnIsNull(1) {
			r.parent = columnGUID(find, 1)
		}
		for i, v := range [...]*int64{&r.kind, &r.name, &r.identifier, &r.state, &r.result, &r.worker, &r.position, &r.attempt, &r.errors, &r.warnings} {
			*v = find.ColumnInt64(2 + i)
		}
		r.started, r.finished = columnInstant(find, 12), columnInstant(find, 13)
		records, parents = append(records, r), append(parents, parent)
	}
	for i, n := range parents {
		if n > 0 && n <= len(records) {
			records[i].parent = records[n-1].id
		}
	}
	return records, find.Reset()
}
