package columns

import "slices"

// cellsOf puts the combinations of rows and columns into the order of their rows, and parts those that Top cut off.
func (a *assembly) cellsOf(rowDims int) (kept, cut []tuple) {
	rankOf := a.ranks(rowDims)
	ranks, begins := make([]int32, len(a.cells)), make([]int, len(a.kept)+1)
	for i := range a.cells {
		at, ok := rankOf(a.cells[i].ordinals[:rowDims])
		if ranks[i] = int32(at); !ok {
			if ranks[i] = -1; a.p.r.Others {
				cut = append(cut, a.cells[i])
			}
			continue
		}
		begins[at+1]++
	}
	for at := range a.kept {
		begins[at+1] += begins[at]
	}
	kept = make([]tuple, begins[len(a.kept)])
	next := slices.Clone(begins)
	for i, at := range ranks {
		if at >= 0 {
			kept[next[at]] = a.cells[i]
			next[at]++
		}
	}
	byColumns := func(x, y tuple) int { return slices.Compare(x.ordinals[rowDims:], y.ordinals[rowDims:]) }
	for at := range a.kept {
		if row := kept[begins[at]:begins[at+1]]; !slices.IsSortedFunc(row, byColumns) {
			slices.SortFunc(row, byColumns)
		}
	}
	return kept, cut
}

// ranks finds the position among the kept rows that members of the rows have; ok is false when Top cut them off.
func (a *assembly) ranks(rowDims int) func(ordinals []uint32) (at int, ok bool) {
	p := a.p
	if rowDims == 1 && p.detail != 0 {
		rows := newPositions(len(p.dims[0].members), len(a.kept))
		for i := range a.kept {
			rows.put(a.kept[i].ordinals[0], i)
		}
		return func(ordinals []uint32) (int, bool) { return rows.of(ordinals[0]) }
	}
	ranks := make(map[string]int, len(a.kept))
	for i := range a.kept {
		ranks[nameOf(a.kept[i].ordinals)] = i
	}
	return func(ordinals []uint32) (int, bool) {
		at, ok := ranks[nameOf(ordinals)]
		return at, ok
	}
}
