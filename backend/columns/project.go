package columns

import (
	"math"
	"slices"
)

// noSlot is the slot of members that no entry of a table has.
const noSlot = math.MaxUint32

// project finds the groups of this table that hold the given cells of a finer one: its dims are the
// cells' ordinals from the position on. The groups stand in the order of the cells.
func (t *table) project(cells []tuple, dims []int, from int) []tuple {
	if len(dims) == 1 && dims[0] != t.p.detail {
		return t.projectOne(cells, dims[0], from)
	}
	slots := map[string]uint32{}
	for slot, touched := range t.touched {
		if !touched {
			continue
		}
		tu := tuple{slot: uint32(slot), ordinals: make([]uint32, len(dims))}
		for i, d := range dims {
			if d != t.p.dated {
				tu.ordinals[i] = t.member(&tu, d)
			}
		}
		slots[nameOf(tu.ordinals)] = tu.slot
	}
	seen := map[string]bool{}
	var out []tuple
	for _, c := range cells {
		tu := tuple{slot: noSlot, ordinals: c.ordinals[from : from+len(dims)]}
		if name := nameOf(tu.ordinals); !seen[name] {
			seen[name] = true
			undated := slices.Clone(tu.ordinals)
			for i, d := range dims {
				if d == t.p.dated {
					tu.period, undated[i] = int32(tu.ordinals[i]), 0
				}
			}
			if slot, ok := slots[nameOf(undated)]; ok {
				tu.slot = slot
			}
			out = append(out, tu)
		}
	}
	return out
}

// projectOne is project by one group, whose members are numbered.
func (t *table) projectOne(cells []tuple, dim, from int) []tuple {
	members := len(t.p.dims[dim].members)
	slots := newPositions(members, min(members, len(cells))) // a slot where others have a position
	for slot, touched := range t.touched {
		if touched && dim != t.p.dated {
			slots.put(t.member(&tuple{slot: uint32(slot)}, dim), slot)
		}
	}
	seen := newPositions(members, min(members, len(cells)))
	var out []tuple
	for i := range cells {
		ordinals := cells[i].ordinals[from : from+1]
		if _, ok := seen.of(ordinals[0]); ok {
			continue
		}
		seen.put(ordinals[0], 0)
		tu := tuple{slot: noSlot, ordinals: ordinals}
		if dim == t.p.dated {
			tu.slot, tu.period = 0, int32(ordinals[0])
			if len(t.touched) == 0 || !t.touched[0] {
				tu.slot = noSlot
			}
		} else if slot, ok := slots.of(ordinals[0]); ok {
			tu.slot = uint32(slot)
		}
		out = append(out, tu)
	}
	return out
}
