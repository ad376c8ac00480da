package sqlite

import (
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// presence says whether a row is held, as the counts of changes see it.
type presence int8

const (
	absent  presence = iota
	retired          // kept, but the server no longer has it, or it was deleted there
	held
)

func presenceOf(gone bool) presence {
	if gone {
		return retired
	}
	return held
}

// note counts what storing a row did. differs says that anything in the row is not as it was. A row that is
// gone when it is first heard of is kept and counted nowhere.
func (t *tables) note(e devops.Entity, was, is presence, differs bool) {
	var c devops.Change
	switch {
	case was != held && is == held:
		c.Added = 1
	case was == held && is != held:
		c.Deleted = 1
	case was == is && differs && was != absent:
		c.Changed = 1
	case differs:
		t.dirty = true
		return
	default:
		return
	}
	t.count(e, c)
}

func (t *tables) count(e devops.Entity, c devops.Change) {
	if c != (devops.Change{}) {
		t.dirty = true
		t.changes.Add(e, c)
	}
}

// keeper stores the rows of one table by their key, and tells what that did. The caller binds the key with
// the key methods and the other columns through put, whose parameters are numbered like the columns: the key
// first.
type keeper struct {
	c    *zs.Conn
	find binder
	put  binder
}

// keeper prepares one. A column is a name, or NAME=EXPRESSION for one whose new value is not simply what is
// bound; it may name the old value and excluded.NAME. A column "gone" says whether a row is held.
func (t *tables) keeper(table string, keys, columns []string) (*keeper, error) {
	var names, marks, sets, olds, news []string
	for _, k := range keys {
		names, marks = append(names, k), append(marks, "?")
	}
	gone := "0"
	for _, column := range columns {
		name, value, given := strings.Cut(column, "=")
		if !given {
			value = "excluded." + name
		}
		if name == "gone" {
			gone = "gone"
		}
		names, marks = append(names, name), append(marks, "?")
		sets, olds, news = append(sets, name+" = "+value), append(olds, name), append(news, value)
	}
	list := func(of []string) string { return strings.Join(of, ", ") }
	k := &keeper{c: t.c}
	var err error
	// The plus keeps SQLite from planning it anew at each row, where an index over a part of the rows might do.
	if k.find, err = newBinder(t.c, "SELECT "+gone+" FROM "+table+" WHERE "+strings.Join(keys, " = +? AND ")+" = +?"); err != nil {
		return nil, err
	}
	k.put, err = newBinder(t.c, "INSERT INTO "+table+" ("+list(names)+") VALUES ("+list(marks)+") ON CONFLICT ("+list(keys)+") DO UPDATE SET "+
		list(sets)+" WHERE ("+list(olds)+") IS NOT ("+list(news)+")")
	return k, err
}

func (k *keeper) keyInt(i int, v int64) {
	k.find.int(i, v)
	k.put.int(i, v)
}

func (k *keeper) keyText(i int, s string) {
	k.find.text(i, s)
	k.put.text(i, s)
}

// was reads whether the row of the bound key is there.
func (k *keeper) was() (presence, error) {
	more, err := k.find.stmt.Step()
	if err != nil || !more {
		return absent, firstOf(err, k.find.stmt.Reset())
	}
	was := presenceOf(k.find.stmt.ColumnBool(0))
	return was, k.find.stmt.Reset()
}

// write stores the bound row and reports whether anything in the file changed.
func (k *keeper) write() (wrote bool, err error) {
	if err := k.put.step(); err != nil {
		return false, err
	}
	return k.c.Changes() > 0, nil
}

// keep stores the bound row and counts what that did. gone is what was bound to the column of that name.
func (t *tables) keep(k *keeper, e devops.Entity, gone bool) (was presence, wrote bool, err error) {
	if was, err = k.was(); err != nil {
		return was, false, err
	}
	if wrote, err = k.write(); err != nil {
		return was, wrote, err
	}
	t.note(e, was, presenceOf(gone), wrote)
	return was, wrote, nil
}

// observe counts what do does to one row that is stored in several statements. look selects a presence and
// the whole content of the row; no row is absent.
func (t *tables) observe(e devops.Entity, do func() error, look string, args ...any) error {
	read := func() (is presence, content string, err error) {
		err = each(t.c, look, func(row *zs.Stmt) error {
			is, content = presence(row.ColumnInt(0)), row.ColumnText(1)
			return nil
		}, args...)
		return is, content, err
	}
	was, before, err := read()
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	is, after, err := read()
	if err != nil {
		return err
	}
	t.note(e, was, is, before != after)
	return nil
}

// retire marks rows of a list that is whole and did not hold them any more. The query selects keys of rows
// that are held; come says which of them the list has, and mark is run with the key of each other one.
func (t *tables) retire(e devops.Entity, query string, owner any, come func(row *zs.Stmt) bool, mark string) error {
	var gone []int64
	err := each(t.c, query, func(row *zs.Stmt) error {
		if !come(row) {
			gone = append(gone, row.ColumnInt64(0))
		}
		return nil
	}, owner)
	if err != nil {
		return err
	}
	for _, key := range gone {
		if err := run(t.c, mark, key, owner); err != nil {
			return err
		}
		t.note(e, held, retired, true)
	}
	return nil
}
