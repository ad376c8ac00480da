package columns

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sightline/backend/dataset"
)

// rowKey is a column whose values no two rows share: grouped by it, every group is one row.
type rowKey struct {
	// order lists the rows in the order of the column, rank has the place of each; both are nil when that is
	// the order of the rows.
	order []int32
	rank  []uint32
	texts *titles // nil when the values are numbers
	ids   func(row int32) int64
}

// keyColumns are the columns of a relation that were looked at, nil for those that are no keys.
type keyColumns struct {
	mu   sync.Mutex
	seen map[dataset.FieldRef]*rowKey
}

// keyOf is the column as a key of the rows, nil when rows may share a value. It is found out once.
func (r *relation) keyOf(g *generation, ref dataset.FieldRef) *rowKey {
	src := r.sources[ref]
	isID := ref == dataset.ID && r.facts == nil
	var ids []int64
	if r.facts != nil {
		ids = r.facts.idsOf(ref)
	}
	if src == nil || !isID && ids == nil && (r.facts == nil || src.titles == nil || src.up != nil) {
		return nil
	}
	r.keys.mu.Lock()
	defer r.keys.mu.Unlock()
	if k, ok := r.keys.seen[ref]; ok {
		return k
	}
	var k *rowKey
	switch {
	case isID: // items stand in the order of their numbers
		k = &rowKey{ids: func(row int32) int64 { return int64(g.items.id[row]) }}
	case ids != nil:
		k = keyOfNumbers(ids)
	default:
		k = keyOfTexts(src.titles, r.now.n)
	}
	if r.keys.seen == nil {
		r.keys.seen = map[dataset.FieldRef]*rowKey{}
	}
	r.keys.seen[ref] = k
	return k
}

// idsOf are the numbers of a stored column of ids; nil for other columns.
func (f *facts) idsOf(ref dataset.FieldRef) []int64 {
	for i, c := range f.layout.Columns {
		if c.Kind == dataset.FactID && ref == dataset.FieldRef(f.layout.Table+"["+c.Name+"]") {
			return f.columns[i].ids
		}
	}
	return nil
}

func keyOfNumbers(ids []int64) *rowKey {
	k := &rowKey{ids: func(row int32) int64 { return ids[row] }}
	k.sort(len(ids), func(x, y int32) int { return cmp.Compare(ids[x], ids[y]) })
	for i := 1; i < len(ids); i++ {
		if ids[k.row(uint32(i-1))] == ids[k.row(uint32(i))] {
			return nil
		}
	}
	return k
}

// keyOfTexts is the key of texts that all differ and are not blank. Most columns fail by their hashes, before
// anything is put in order.
func keyOfTexts(t *titles, n int) *rowKey {
	seed, hashes := maphash.MakeSeed(), make([]uint64, n)
	for row := range hashes {
		text := t.raw(int32(row))
		if len(text) == 0 {
			return nil
		}
		hashes[row] = maphash.Bytes(seed, text)
	}
	slices.Sort(hashes)
	if len(slices.Compact(hashes)) < n {
		return nil
	}
	k, folded := &rowKey{texts: t}, make([]string, n)
	for row := range folded {
		folded[row] = strings.ToLower(t.at(int32(row)))
	}
	k.sort(n, func(x, y int32) int {
		return cmp.Or(cmp.Compare(folded[x], folded[y]), cmp.Compare(t.at(x), t.at(y)))
	})
	return k
}

func (k *rowKey) sort(n int, compare func(x, y int32) int) {
	order := make([]int32, n)
	for row := range order {
		order[row] = int32(row)
	}
	if slices.IsSortedFunc(order, compare) {
		return
	}
	slices.SortFunc(order, compare)
	k.order, k.rank = order, make([]uint32, n)
	for place, row := range order {
		k.rank[row] = uint32(place)
	}
}

// place is where the row stands in the order of the column.
func (k *rowKey) place(row int32) uint32 {
	if k.rank == nil {
		return uint32(row)
	}
	return k.rank[row]
}

// row is the row at a place.
func (k *rowKey) row(place uint32) int32 {
	if k.order == nil {
		return int32(place)
	}
	return k.order[place]
}

// members are the values at places, with room for one more. Their labels stand in one text.
func (k *rowKey) members(places []uint32) []dataset.Member {
	out := make([]dataset.Member, len(places), len(places)+1)
	if k.texts != nil {
		for i, place := range places {
			text := k.texts.at(k.row(place))
			out[i] = dataset.Member{Value: text, Label: text}
		}
		return out
	}
	labels, ends := make([]byte, 0, 8*len(places)), make([]int32, len(places))
	for i, place := range places {
		id := k.ids(k.row(place))
		out[i].Value = float64(id)
		labels = strconv.AppendInt(labels, id, 10)
		ends[i] = int32(len(labels))
	}
	begin, text := int32(0), string(labels)
	for i, end := range ends {
		out[i].Label, begin = text[begin:end], end
	}
	return out
}
