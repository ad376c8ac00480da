package sqlite

import (
	"time"

	zs "zombiezen.com/go/sqlite"
)

// dictionary gives each different key a small number, from 1. What the numbers stand for is stored by
// the caller, who learns from add that a key is new.
type dictionary[K comparable] struct {
	ids  map[K]int64
	last int64
}

func (d *dictionary[K]) load(key K, id int64) {
	if d.ids == nil {
		d.ids = map[K]int64{}
	}
	d.ids[key] = id
	d.last = max(d.last, id)
}

func (d *dictionary[K]) add(key K) (id int64, isNew bool) {
	if id, ok := d.ids[key]; ok {
		return id, false
	}
	d.load(key, d.last+1)
	return d.last, true
}

type boardKey struct {
	column, lane string
	done         int8 // -1 not said, 0, 1
}

// openNames loads the dictionaries of plain texts.
func (t *tables) openNames() error {
	for _, n := range []struct {
		query string
		into  *dictionary[string]
	}{
		{"SELECT id, tags FROM dim_tag_set", &t.tagSets},
		{"SELECT id, name FROM dim_severity", &t.severities},
		{"SELECT id, reference_name FROM dim_field", &t.fields},
		{"SELECT id, name FROM dim_link_type", &t.linkTypes},
	} {
		err := each(t.c, n.query, func(row *zs.Stmt) error { n.into.load(row.ColumnText(1), row.ColumnInt64(0)); return nil })
		if err != nil {
			return err
		}
	}
	t.usedFields = map[int64]bool{}
	if err := each(t.c, "SELECT id FROM dim_field WHERE used = 1", func(row *zs.Stmt) error {
		t.usedFields[row.ColumnInt64(0)] = true
		return nil
	}); err != nil {
		return err
	}
	return each(t.c, "SELECT id, board_column, lane, coalesce(done, -1) FROM dim_board", func(row *zs.Stmt) error {
		t.boards.load(boardKey{row.ColumnText(1), row.ColumnText(2), int8(row.ColumnInt64(3))}, row.ColumnInt64(0))
		return nil
	})
}

func (t *tables) severity(name string) (int64, error) {
	if name == "" {
		return 0, nil
	}
	id, isNew := t.severities.add(name)
	if !isNew {
		return id, nil
	}
	return id, run(t.c, "INSERT INTO dim_severity (id, name) VALUES (?, ?)", id, name)
}

// tagSet numbers a set of tags; two orders of the same tags are two sets, as they were sent.
func (t *tables) tagSet(tags []string) (int64, error) {
	if len(tags) == 0 {
		return 0, nil
	}
	t.scratch = appendTexts(t.scratch[:0], tags)
	if id, ok := t.tagSets.ids[string(t.scratch)]; ok { // no allocation
		return id, nil
	}
	text := string(t.scratch)
	id, _ := t.tagSets.add(text)
	return id, run(t.c, "INSERT INTO dim_tag_set (id, tags) VALUES (?, ?)", id, text)
}

func (t *tables) board(column, lane string, done *bool) (int64, error) {
	if column == "" && lane == "" && done == nil {
		return 0, nil
	}
	key := boardKey{column: column, lane: lane, done: -1}
	var stored any
	if done != nil {
		key.done = 0
		if *done {
			key.done = 1
		}
		stored = int64(key.done)
	}
	id, isNew := t.boards.add(key)
	if !isNew {
		return id, nil
	}
	return id, run(t.c, "INSERT INTO dim_board (id, board_column, lane, done) VALUES (?, ?, ?, ?)", id, column, lane, stored)
}

func (t *tables) linkType(name string) (int64, error) {
	id, isNew := t.linkTypes.add(name)
	if !isNew {
		return id, nil
	}
	return id, run(t.c, "INSERT INTO dim_link_type (id, name) VALUES (?, ?)", id, name)
}

// field numbers a field by its reference name, also one that no list has named yet.
func (t *tables) field(referenceName string) (int64, error) {
	id, isNew := t.fields.add(referenceName)
	if !isNew {
		return id, nil
	}
	return id, run(t.c, "INSERT INTO dim_field (id, reference_name) VALUES (?, ?)", id, referenceName)
}

// usedField numbers a field that a revision carries, and notes the first time that one does.
func (t *tables) usedField(referenceName string) (int64, error) {
	id, err := t.field(referenceName)
	if err != nil || t.usedFields[id] {
		return id, err
	}
	t.usedFields[id] = true
	return id, run(t.c, "UPDATE dim_field SET used = 1 WHERE id = ?", id)
}

// millis is a time as it is stored: milliseconds since 1970 UTC, nil when not known.
func millis(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}
