package columns

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"sightline/backend/dataset"
)

// hierarchy is the tree of the parent links as they are now. It is made once, when somebody asks for it.
type hierarchy struct {
	once sync.Once
	// parent is the position of each item's parent, -1 for none and for one that is not here.
	parent []int32
	above  [][]uint8 // of parent's and child's type: 1 when the link counts on the way to an ancestor
	types  []string  // of the type of each item, by code, in lower case
	ranked []int32   // items that have children, by title
	rank   []int32   // place in ranked of each item, -1 without children
	totals []rollup  // of what lies below each item that has children
	at     []int32   // position in totals of each item, -1 without children
}

// tree is the hierarchy of the items, complete.
func (g *generation) tree() *hierarchy {
	h := g.hierarchy
	h.once.Do(func() {
		h.link(g)
		h.rollUp(g)
		h.byTitle(g)
	})
	return h
}

func (h *hierarchy) link(g *generation) {
	it := g.items
	h.parent = make([]int32, it.n)
	for i := range h.parent {
		h.parent[i] = -1
		id := int32(it.parent.at(int32(i)))
		if at, ok := slices.BinarySearch(it.id, id); ok && id != 0 && at != i {
			h.parent[i] = int32(at)
		}
	}
	types := g.dicts.types
	ancestry := dataset.NewAncestry(g.dicts.projects)
	h.above = make([][]uint8, len(types))
	for p := range types {
		h.types = append(h.types, strings.ToLower(types[p].Name))
		h.above[p] = make([]uint8, len(types))
		for c := range types {
			h.above[p][c] = uint8(boolInt(ancestry.Above(types[p], types[c])))
		}
	}
}

// typeAt is the code of the item's type.
func (g *generation) typeAt(item int32) uint32 {
	return g.dicts.kinds.values[g.items.vector[vKind].at(item)].typ
}

// ancestor is the position of the nearest item of the type, in lower case, above the item; -1 for none.
func (h *hierarchy) ancestor(g *generation, item int32, itemType string) int32 {
	child := g.typeAt(item)
	for range dataset.MaxAncestors {
		if item = h.parent[item]; item < 0 {
			return -1
		}
		parent := g.typeAt(item)
		if h.above[parent][child] == 0 {
			return -1
		}
		if h.types[parent] == itemType {
			return item
		}
		child = parent
	}
	return -1
}

// byTitle ranks the items that have children by their titles, in which order they are shown.
func (h *hierarchy) byTitle(g *generation) {
	h.rank = make([]int32, g.items.n)
	lower := map[int32]string{}
	for i, at := range h.at {
		h.rank[i] = -1
		if at >= 0 {
			h.ranked = append(h.ranked, int32(i))
			lower[int32(i)] = strings.ToLower(g.items.titles.at(int32(i)))
		}
	}
	slices.SortStableFunc(h.ranked, func(a, b int32) int { return cmp.Compare(lower[a], lower[b]) })
	for r, item := range h.ranked {
		h.rank[item] = int32(r)
	}
}

// hierarchySources declares the ancestors of each type and what rolls up.
func (g *generation) hierarchySources() {
	now := func(ref dataset.FieldRef, number func(h *hierarchy, g *generation, item int32) float64) *source {
		s := &source{ref: ref, present: true, number: func(g *generation, s *segment, row int32, _ *moment) float64 {
			return number(g.tree(), g, s.itemOf(row))
		}}
		g.sources[ref] = s
		return s
	}
	for ref, number := range rollupNumbers {
		now(ref, func(h *hierarchy, _ *generation, item int32) float64 { return number(h.below(item)) })
	}
	for _, name := range dataset.NewAncestry(g.dicts.projects[1:]).Types(g.dicts.types[1:]) {
		lower := strings.ToLower(name)
		now(dataset.ParentOf(name), func(h *hierarchy, g *generation, item int32) float64 {
			if a := h.ancestor(g, item, lower); a >= 0 {
				return float64(h.rank[a])
			}
			return nan
		}).member = g.ancestorMember
	}
}

// ancestorMember names an ancestor by its title; its value is its number.
func (g *generation) ancestorMember(rank float64) dataset.Member {
	if rank != rank {
		return dataset.Member{Label: dataset.Unparented}
	}
	item := g.tree().ranked[int(rank)]
	id := strconv.Itoa(int(g.items.id[item]))
	label := g.items.titles.at(item)
	if label == "" {
		label = id
	}
	return dataset.Member{Value: id, Label: label, Detail: g.dicts.types[g.typeAt(item)].Name + " " + id}
}

// ancestorsNumbered parts the values that are the number of an ancestor, which mean that one, from those that are titles.
func (g *generation) ancestorsNumbered(values []any, ref dataset.FieldRef) (numbers, titles []any) {
	h := g.tree()
	isAncestor := func(v any) bool {
		s, _ := v.(string)
		id, err := strconv.ParseInt(s, 10, 32)
		item, ok := slices.BinarySearch(g.items.id, int32(id))
		return err == nil && ok && h.rank[item] >= 0 && strconv.FormatInt(id, 10) == s && dataset.ParentOf(g.dicts.types[g.typeAt(int32(item))].Name) == ref
	}
	for _, v := range values {
		if isAncestor(v) {
			numbers = append(numbers, v)
		} else {
			titles = append(titles, v)
		}
	}
	return numbers, titles
}

// ancestorMatch tests the member of an ancestor.
func (g *generation) ancestorMatch(f dataset.ResolvedFilter, ref dataset.FieldRef) func(*dataset.Member) bool {
	if len(f.Any) > 0 {
		return anyTest(f, func(a dataset.ResolvedFilter) func(*dataset.Member) bool { return g.ancestorMatch(a, ref) })
	}
	if f.Op != dataset.In && f.Op != dataset.NotIn {
		return memberTest(f)
	}
	numbered, titled := f, f
	numbered.Values, titled.Values = g.ancestorsNumbered(f.Values, ref)
	numbered.Exact = true
	byNumber, byTitle := memberTest(numbered), memberTest(titled)
	if f.Op == dataset.NotIn {
		return func(m *dataset.Member) bool { return byNumber(m) && byTitle(m) }
	}
	return func(m *dataset.Member) bool { return byNumber(m) || byTitle(m) }
}

// ancestorTest tests the rank of an ancestor. Each ancestor is looked at once, however many items lie below.
func (g *generation) ancestorTest(f dataset.ResolvedFilter, src *source) func(rank float64) bool {
	match := g.ancestorMatch(f, src.ref)
	passes := func(rank float64) bool {
		m := src.member(rank)
		return match(&m)
	}
	none, known := passes(nan), make([]atomic.Uint32, len(g.tree().ranked)) // 0 not looked at, 1 fails, 2 passes
	return func(rank float64) bool {
		if rank != rank {
			return none
		}
		k := &known[int(rank)]
		if k.Load() == 0 { // two goroutines may both look: they see the same
			k.Store(uint32(1 + boolInt(passes(rank))))
		}
		return k.Load() == 2
	}
}
