package columns

import (
	"fmt"
	"slices"

	"sightline/backend/dataset"
)

// asked is a value that the query shows: one that is computed over rows, or a formula over several.
type asked struct {
	value   int // position in plan.values; of a formula unused
	formula *dataset.Formula
	bases   []int // of the formula, positions in plan.values
}

// resolveAsked lists what is computed over rows, each once: the values of the query and the bases of its formulas.
func (p *plan) resolveAsked() {
	at := map[string]int{}
	leaf := func(v *dataset.ResolvedValue) int {
		key := v.Key()
		i, ok := at[key]
		if !ok {
			i = len(p.leaves)
			at[key] = i
			p.leaves = append(p.leaves, *v)
		}
		return i
	}
	for i := range p.r.Values {
		v := &p.r.Values[i]
		if v.Formula == nil {
			p.asked = append(p.asked, asked{value: leaf(v)})
			continue
		}
		a := asked{formula: v.Formula}
		for j := range v.Formula.Bases {
			a.bases = append(a.bases, leaf(&v.Formula.Bases[j]))
		}
		p.asked = append(p.asked, a)
	}
}

// widens reports whether some formula divides by wider groups than its own.
func (p *plan) widens() bool {
	return slices.ContainsFunc(p.asked, func(a asked) bool { return a.formula != nil && len(a.formula.Scopes) > 1 })
}

// grouped is the table of some of the query's groups, with the wider tables that its formulas divide by.
func (p *plan) grouped(dims []int) (*table, error) {
	t, err := p.tableOf(dims)
	if err != nil {
		return nil, err
	}
	for _, a := range p.asked {
		if a.formula == nil {
			continue
		}
		for _, scope := range a.formula.Scopes {
			if scope == 0 || t.wider[scope] != nil {
				continue
			}
			w, err := p.tableOf(slices.DeleteFunc(slices.Clone(dims), scope.Holds))
			if err != nil {
				return nil, err
			}
			if t.wider == nil {
				t.wider = map[dataset.Scope]*wider{}
			}
			t.wider[scope] = newWider(w)
		}
	}
	return t, nil
}

// tableOf makes the table of some of the query's groups once.
func (p *plan) tableOf(dims []int) (*table, error) {
	key := fmt.Sprint(dims)
	if t := p.tables[key]; t != nil {
		return t, nil
	}
	t, err := p.newTable(dims)
	if err != nil {
		return nil, err
	}
	if p.tables == nil {
		p.tables = map[string]*table{}
	}
	p.tables[key] = t
	return t, nil
}

// wider is a table with fewer groups than another, and its slots by the members of its own.
type wider struct {
	*table
	slots map[string]uint32
}

func newWider(t *table) *wider {
	w := &wider{table: t, slots: map[string]uint32{}}
	ordinals := make([]uint32, len(t.dims))
	for slot, touched := range t.touched {
		if !touched {
			continue
		}
		for i := range t.dims {
			ordinals[i] = t.ordinal(uint32(slot), i)
		}
		w.slots[nameOf(ordinals)] = uint32(slot)
	}
	return w
}

// slotFor is the group that holds a group of the finer table.
func (w *wider) slotFor(finer *table, slot uint32) uint32 {
	if len(w.dims) == 0 {
		return 0
	}
	if slot == noSlot {
		return noSlot
	}
	ordinals := make([]uint32, len(w.dims))
	for i, d := range w.dims {
		ordinals[i] = finer.member(&tuple{slot: slot}, d)
	}
	if s, ok := w.slots[nameOf(ordinals)]; ok {
		return s
	}
	return noSlot
}

// evaluate is a value of the query in one cell, or its highlighted part.
func (t *table) evaluate(value int, slot uint32, period int, part bool) answer {
	a := &t.p.asked[value]
	if a.formula == nil {
		return t.leaf(a.value, slot, period, part)
	}
	if !t.onAxis {
		period = 0
	}
	c := t.workerOf(value, part).in(slot)[period]
	return answer{x: c.X, null: c.Blank, empty: c.Empty}
}
