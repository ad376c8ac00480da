package rest

import (
	"strconv"

	"sightline/backend/sampleorg/world"
)

// identityForm is how a row names people.
type identityForm uint8

const (
	plainIdentity identityForm = iota
	shortIdentity
	fullIdentity
)

// rows encodes revisions. It is written by hand because a first load asks for tens of thousands.
type rows struct {
	t       *tables
	w       *world.World
	plan    *plan
	people  identityForm
	tagRefs bool
	// current writes what is known now and not what the revision knew: a parent changed without a revision.
	current bool
	b       []byte
}

// still is the RevisedDate of a revision that stands.
var still = []byte(`"9999-01-01T00:00:00Z"`)

// fields writes the object of a revision's fields.
func (e *rows) fields(r *world.Revision) {
	e.b = append(e.b, '{')
	first := true
	for i := range e.plan.byType[r.Type] {
		c := &e.plan.byType[r.Type][i]
		before := len(e.b)
		if !first {
			e.b = append(e.b, ',')
		}
		e.b = append(e.b, c.key...)
		if c.put(e, r) {
			first = false
		} else {
			e.b = e.b[:before]
		}
	}
	if r.Column != 0 && (e.plan.kanban || e.plan.chosen != nil) {
		e.boards(r, first)
	}
	e.b = append(e.b, '}')
}

// boards writes the fields of every board the item stands on.
func (e *rows) boards(r *world.Revision, first bool) {
	add := func(reference string, key []byte, put func(*rows, *world.Revision) bool) {
		if !e.plan.kanban && !e.plan.chosen[reference] {
			return
		}
		before := len(e.b)
		if !first {
			e.b = append(e.b, ',')
		}
		e.b = append(e.b, key...)
		if put(e, r) {
			first = false
		} else {
			e.b = e.b[:before]
		}
	}
	for _, k := range e.t.kanban[kanbanKey(r)] {
		add(k.columnRef, k.column, boardColumn)
		add(k.doneRef, k.done, boardColumnDone)
		add(k.laneRef, k.lane, boardLane)
	}
}

func (e *rows) raw(b []byte) bool {
	e.b = append(e.b, b...)
	return true
}

func (e *rows) text(s string) bool {
	e.b = appendString(e.b, s)
	return true
}

func (e *rows) whole(n int64) bool {
	e.b = strconv.AppendInt(e.b, n, 10)
	return true
}

func (e *rows) double(f float64) bool {
	e.b = appendDouble(e.b, f)
	return true
}

// halves writes a number kept in halves; -1 is no number.
func (e *rows) halves(n int16) bool {
	if n < 0 {
		return false
	}
	return e.double(float64(n) / 2)
}

func (e *rows) time(ms int64) bool {
	e.b = append(e.b, '"')
	e.b = append(appendTime(e.b, ms), '"')
	return true
}

func (e *rows) day(n int16) bool {
	if n < 0 {
		return false
	}
	e.b = append(e.b, '"')
	e.b = append(appendDate(e.b, e.w.DayStart(int(n))/86_400_000), "T00:00:00Z\""...)
	return true
}

func (e *rows) bool(v bool) bool {
	e.b = strconv.AppendBool(e.b, v)
	return true
}

func (e *rows) person(index uint16) bool {
	if index == 0 {
		return false
	}
	p := &e.t.people[index]
	switch e.people {
	case shortIdentity:
		return e.raw(p.short)
	case fullIdentity:
		return e.raw(p.full)
	}
	return e.raw(p.plain)
}

// tags writes the tags of a revision, as one text or as objects.
func (e *rows) tags(set uint32) bool {
	if set == 0 {
		return false
	}
	first := true
	if e.tagRefs {
		e.b = append(e.b, '[')
	} else {
		e.b = append(e.b, '"')
	}
	for i := range world.Tags {
		if set&(1<<i) == 0 {
			continue
		}
		name := e.w.TagName(i)
		switch {
		case e.tagRefs:
			if !first {
				e.b = append(e.b, ',')
			}
			e.b = appendString(append(e.b, `{"id":`...), e.w.GUID("tag", name))
			e.b = append(appendString(append(e.b, `,"name":`...), name), '}')
		default:
			if !first {
				e.b = append(e.b, "; "...)
			}
			text := appendString(nil, name)
			e.b = append(e.b, text[1:len(text)-1]...)
		}
		first = false
	}
	if e.tagRefs {
		e.b = append(e.b, ']')
	} else {
		e.b = append(e.b, '"')
	}
	return true
}
