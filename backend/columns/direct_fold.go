package columns

// foldFinest is the group of this table for each group of the finest one, when that one stands at the same dates: counts
// and sums then are added up from it instead of from rows. nil when it cannot be.
func (t *table) foldFinest() []uint32 {
	f := t.p.finest
	if f == nil || f.onAxis != t.onAxis {
		return nil
	}
	at := make([]int, len(t.dims)) // of each dim in the finest table
	for i, d := range t.dims {
		at[i] = -1
		for j, e := range f.dims {
			if d == e {
				at[i] = j
			}
		}
		if at[i] < 0 {
			return nil
		}
	}
	out := make([]uint32, f.groups)
	for g := range out {
		key := uint64(0)
		for i, j := range at {
			key += uint64(f.ordinal(uint32(g), j)) * t.strides[i]
		}
		out[g] = uint32(key)
	}
	return out
}

// folded adds the cells of the finest table up.
func (t *table) folded(fold []uint32, of series) series {
	if of.cells == nil {
		return of
	}
	groups := len(fold)
	out := series{periods: of.periods, cells: make([]cell, of.periods*t.groups)}
	for i, c := range of.cells {
		if c.n == 0 && c.x == 0 {
			continue
		}
		slot := fold[i%groups]
		to := &out.cells[i/groups*t.groups+int(slot)]
		to.n += c.n
		to.x += c.x
		t.touched[slot] = t.touched[slot] || c.n != 0
	}
	return out
}
