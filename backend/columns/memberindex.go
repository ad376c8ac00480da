package columns

import (
	"strings"
	"sync"
	"unicode"

	"sightline/backend/dataset"
)

// memberIndex finds members by their value or label, whatever the case of its letters. It is made when the first
// filter asks: a filter on fifty people else compares every person with every one of them.
type memberIndex struct {
	once            sync.Once
	valued, labeled map[string][]uint32
	blank           []uint32
}

// find lists the members that a value of a filter means: the one whose value it is, which alone is meant when somebody
// picked a mark, else all that have it for a label, as a person writes names.
func (d *domain) find(v any) []uint32 {
	d.index.once.Do(d.makeIndex)
	switch v := v.(type) {
	case nil:
		return d.index.blank
	case string:
		key := foldCase(v)
		found := d.index.valued[key]
		if found == nil {
			found = d.index.labeled[key]
		}
		if v == dataset.Blank {
			found = append(found[:len(found):len(found)], d.index.blank...)
		}
		return found
	case bool:
		var found []uint32
		for i := range d.members {
			if d.members[i].Value == v {
				found = append(found, uint32(i))
			}
		}
		return found
	}
	return nil
}

func (d *domain) makeIndex() {
	x := &d.index
	x.valued, x.labeled = map[string][]uint32{}, map[string][]uint32{}
	for i, m := range d.members {
		switch value := m.Value.(type) {
		case nil:
			x.blank = append(x.blank, uint32(i))
		case bool:
			continue
		case string:
			key := foldCase(value)
			x.valued[key] = append(x.valued[key], uint32(i))
		}
		label := foldCase(m.Label)
		x.labeled[label] = append(x.labeled[label], uint32(i))
	}
}

// kept tells of each member whether the filter keeps it.
func (d *domain) kept(f dataset.ResolvedFilter) []bool {
	if f.Op == dataset.In || f.Op == dataset.NotIn {
		return d.named(f)
	}
	ok := make([]bool, len(d.members))
	if len(f.Any) > 0 {
		for _, a := range f.Any {
			for i, kept := range d.kept(a) {
				ok[i] = ok[i] || kept
			}
		}
		return ok
	}
	test := memberTest(f)
	for i := range ok {
		ok[i] = test(&d.members[i])
	}
	return ok
}

// named tells of each member whether it is one that an in or not-in filter keeps.
func (d *domain) named(f dataset.ResolvedFilter) []bool {
	in := f.Op == dataset.In
	ok := make([]bool, len(d.members))
	for i := range ok {
		ok[i] = !in
	}
	if f.Exact {
		listed := listing(f)
		for i := range ok {
			ok[i] = listed(&d.members[i]) == in
		}
		return ok
	}
	for _, v := range f.Values {
		for _, m := range d.find(v) {
			ok[m] = in
		}
	}
	return ok
}

// foldCase writes texts that strings.EqualFold holds for equal in one way.
func foldCase(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && r != 'k' && r != 'K' && r != 's' && r != 'S' { // the two have relatives outside ASCII
			return unicode.ToLower(r)
		}
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, s)
}
