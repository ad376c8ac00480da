package columns

import (
	"slices"

	"sightline/backend/dataset"
)

// A snapshot whose checksum is right may still have been written by anybody. So
// every place that is looked up later is checked once: a wrong number then is one that somebody forged, never a crash.

// validate checks the work items that were read back.
func (g *generation) validate(c *codec) {
	it, iv, sizes := g.items, g.intervals, g.dicts.sizes()
	c.check(len(it.vector) == vectors+len(g.fields.rows) && len(iv.vector) == len(it.vector))
	if c.err != nil {
		return
	}
	for v := range vectors {
		c.check(it.vector[v].within(it.n, sizes[v]))
		c.check(v >= firstOfItem && iv.vector[v].rows() == 0 || v < firstOfItem && iv.vector[v].within(iv.n, sizes[v]))
	}
	for i := range g.fields.rows {
		size := len(g.fields.values[i].values)
		c.check(it.vector[vectors+i].within(it.n, size) && (i >= g.fields.history || iv.vector[vectors+i].within(iv.n, size)))
	}
	c.check(equal(it.n, len(it.id), it.from.rows(), it.completed.rows(), it.created.rows(), it.firstStarted.rows(), it.parent.rows(), it.comments.rows(), len(it.titles.ends)))
	for _, days := range it.dates() {
		c.check(days.codes.within(it.n, int(days.last)+1))
	}
	c.check(it.past == nil && iv.past != nil && iv.from.rows() == iv.n)
	for _, i := range []*instants{&it.created, &it.completed, &it.firstStarted, &it.from, &iv.from} {
		c.check(i.day.fits(g.cal) && len(i.ms) == i.rows())
	}
	if c.err == nil {
		iv.past.validate(c, it.n, iv.n)
	}
}

func (i *instants) rows() int { return i.day.codes.rows() }

// validate checks that every item has its intervals.
func (t *timeline) validate(c *codec, items, rows int) {
	c.check(len(t.ends) == items && (items > 0 || rows == 0))
	before := int32(0)
	for _, end := range t.ends {
		c.check(end > before)
		before = end
	}
	c.check(int(before) == rows)
	for _, e := range []*exceptions{&t.gaps, &t.completions} {
		c.check(len(e.rows) == len(e.at) && slices.IsSorted(e.rows) && rowsBelow(e.rows, rows))
	}
}

// validate checks the columns of a table of facts that was read back, before anything is made of them.
func (f *facts) validate(c *codec, g *generation) {
	c.check(f.n >= 0)
	for i := range f.columns {
		column := &f.columns[i]
		if size := f.size(i, g.dicts); size > 0 {
			c.check(column.vector >= 0 && column.vector < len(f.vector) && f.vector[max(0, min(column.vector, len(f.vector)-1))].within(f.n, size))
			continue
		}
		switch f.layout.Columns[i].Kind {
		case dataset.FactTitle:
			c.check(column.titles != nil && len(column.titles.ends) == f.n)
		case dataset.FactInstant:
			c.check(column.instant.fits(f.n, g.cal))
		case dataset.FactNumber:
			c.check(len(column.numbers) == f.n)
		default:
			c.check(len(column.ids) == f.n)
		}
	}
}

// size is how many codes a dictionary column has, 0 for a column without a dictionary.
func (f *facts) size(i int, d *dictionaries) int {
	switch f.layout.Columns[i].Kind {
	case dataset.FactProject:
		return len(d.projects)
	case dataset.FactPerson:
		return len(d.people)
	case dataset.FactRepository:
		return len(d.repositories)
	case dataset.FactPipeline:
		return len(d.pipelines)
	case dataset.FactFlag:
		return 3
	case dataset.FactText, dataset.FactTags:
		return len(f.columns[i].codes)
	case dataset.FactParent:
		if f.parent == nil {
			return 1
		}
		return 1 + f.parent.n
	case dataset.FactNumber:
		return len(f.columns[i].values)
	}
	return 0
}

// fits reports whether there is an instant of each row, with its day in the calendar.
func (in *factInstant) fits(rows int, cal *calendar) bool {
	return equal(rows, len(in.ms), in.days.codes.rows()) && in.days.fits(cal)
}

// fits reports whether the codes are days of the calendar.
func (d *dayColumn) fits(cal *calendar) bool {
	like := days(cal, nil)
	return d.base == like.base && d.last == like.last && d.codes.within(d.codes.rows(), int(d.last)+1)
}

func (v *vector) rows() int {
	if v.runs != nil {
		return v.runs.n
	}
	return len(v.b1) + len(v.b2) + len(v.b4)
}

// within reports whether the vector has so many rows and each code lies below size.
func (v *vector) within(rows, size int) bool {
	return v.rows() == rows && (rows == 0 || size > 0 && int(max(highest(v.b1), highest(v.b2), highest(v.b4))) < size)
}

func highest[C code](codes []C) uint32 {
	var most C
	for _, c := range codes {
		most = max(most, c)
	}
	return uint32(most)
}

func rowsBelow(rows []int32, n int) bool {
	for _, r := range rows {
		if r < 0 || int(r) >= n {
			return false
		}
	}
	return true
}

func equal(n int, lengths ...int) bool {
	for _, l := range lengths {
		if l != n {
			return false
		}
	}
	return true
}
