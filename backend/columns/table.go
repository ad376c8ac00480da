package columns

import (
	"fmt"
	"math"
	"slices"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// table holds every base of a query for one set of groups: all of them, the rows, the columns, or none
// for the total. A cell is a group (slot) at a period.
type table struct {
	p      *plan
	dims   []int // positions of the grouped dims without the date axis, in their order
	onAxis bool
	// Keys of groups are numbers in mixed radix over the members. Small key spaces use the key as slot,
	// others number the keys as they come.
	strides []uint64
	dense   bool
	slotOf  map[uint64]uint32
	keyOf   []uint64
	// names are the keys when there are more combinations of members than a number holds: a key then
	// stands for a key of one dim less and a member.
	names     map[[2]uint64]uint64
	named     [][2]uint64
	groups    int
	periods   int
	numbers   map[listKey]*sortedNumbers // of percentiles, by group
	cellsRoom []cell                     // where a value finds its bases
	touched   []bool                     // groups that some entry fell into
	entries   []entryRef
	list      *rowList   // of the direct way, when every group is a row
	values    [][]series // of each value its bases
	parts     [][]series // of the highlight; nil without one
	wider     map[dataset.Scope]*wider
	workers   map[workKey]*worker
}

// entryRef is some entry of a group; it tells the members of the other columns when the group is one item.
type entryRef struct {
	s     *scan
	entry int32
}

// series is one base in every cell. One without a date axis has one period, which stands for all.
type series struct {
	cells   []cell
	periods int
	missing bool // there was no time to look at, or the highlight cannot be computed
}

// maxDenseCells bounds the key spaces whose keys are slots, and maxCells what one query may fill.
const (
	maxDenseCells = 1 << 20
	maxCells      = 1 << 23
)

// keyed are the groups of the entries of a scan: entry of[i] falls into slot[i].
type keyed struct {
	of   []int32 // nil when entry i is i
	slot []uint32
}

// newTable groups the scans by these dims and computes every base.
func (p *plan) newTable(dims []int) (*table, error) {
	t := &table{p: p, periods: 1}
	for _, d := range dims {
		if d == p.dated {
			t.onAxis = true
			t.periods = len(p.axis.cuts)
		} else {
			t.dims = append(t.dims, d)
		}
	}
	if p.direct {
		return p.directTable(t)
	}
	scans := make([][]*scan, len(p.values))
	for i := range p.values {
		for j := range p.values[i].bases {
			s, err := p.scanFor(&p.values[i].bases[j], t.onAxis)
			if err != nil {
				return nil, err
			}
			scans[i] = append(scans[i], s)
		}
	}
	keys := map[*scan]keyed{}
	t.chooseKeys(scans)
	for _, list := range scans {
		for _, s := range list {
			if _, done := keys[s]; s != nil && !done {
				if err := p.ctx.Err(); err != nil {
					return nil, err
				}
				keys[s] = t.keysOf(s)
			}
		}
	}
	if err := t.seal(); err != nil {
		return nil, err
	}
	for i := range p.values {
		var whole, part []series
		for j := range p.values[i].bases {
			if err := p.ctx.Err(); err != nil {
				return nil, err
			}
			w, l := t.fill(&p.values[i].bases[j], scans[i][j], keys[scans[i][j]])
			whole, part = append(whole, w), append(part, l)
		}
		t.values, t.parts = append(t.values, whole), append(t.parts, part)
	}
	return t, nil
}

// chooseKeys decides between dense slots and numbered keys.
func (t *table) chooseKeys(scans [][]*scan) {
	p := t.p
	t.strides = make([]uint64, len(t.dims))
	if t.isDetail() {
		t.dense, t.groups = true, p.sides[0].rel.now.n
		return
	}
	size, entries, fits := uint64(1), 0, true
	if p.r.ShowEmpty && len(t.dims) == 1 {
		entries = maxDenseCells // every member has its slot, also without rows
	}
	for i := len(t.dims) - 1; i >= 0; i-- {
		t.strides[i] = size
		n := uint64(max(1, len(p.dims[t.dims[i]].members)))
		fits = fits && size <= math.MaxUint64/n
		size *= n
	}
	for _, list := range scans {
		for _, s := range list {
			if s != nil {
				entries = max(entries, len(s.rows))
			}
		}
	}
	if t.dense = fits && size*uint64(max(1, t.periods)) <= uint64(min(maxDenseCells, 4096+4*entries*max(1, t.periods))); t.dense {
		t.groups = int(size)
		return
	}
	t.slotOf = map[uint64]uint32{}
	if !fits {
		t.strides, t.names = nil, map[[2]uint64]uint64{}
	}
}

// isDetail reports whether the group is the row itself, or the item.
func (t *table) isDetail() bool { return t.p.detail >= 0 && slices.Contains(t.dims, t.p.detail) }

// keysOf finds the group of each entry. An entry under several members stands in several groups.
func (t *table) keysOf(s *scan) keyed {
	n := len(s.rows)
	var of []int32
	keys := make([]uint64, n)
	if t.isDetail() {
		for i, row := range s.rows {
			keys[i] = uint64(t.p.key.place(s.seg.itemOf(row)))
		}
		return t.slots(s, keyed{}, keys)
	}
	for i, d := range t.dims {
		o := t.p.ordinalsOf(s, d)
		add := func(key uint64, ordinal uint32) uint64 { return key + uint64(ordinal)*t.strides[i] }
		if t.strides == nil {
			add = t.nameKey
		}
		entry := func(k int) int {
			if of == nil {
				return k
			}
			return int(of[k])
		}
		if o.many == nil {
			for k := range keys {
				keys[k] = add(keys[k], o.one[entry(k)])
			}
			continue
		}
		var moreKeys []uint64
		var moreOf []int32
		for k, key := range keys {
			for _, m := range o.many[entry(k)] {
				moreKeys, moreOf = append(moreKeys, add(key, m)), append(moreOf, int32(entry(k)))
			}
		}
		keys, of = moreKeys, moreOf
	}
	return t.slots(s, keyed{of: of}, keys)
}

func (t *table) nameKey(key uint64, ordinal uint32) uint64 {
	pair := [2]uint64{key, uint64(ordinal)}
	name, ok := t.names[pair]
	if !ok {
		t.named = append(t.named, pair)
		name = uint64(len(t.named))
		t.names[pair] = name
	}
	return name
}

// ordinal is the member of the group in the i-th of the table's dims.
func (t *table) ordinal(slot uint32, i int) uint32 {
	d := t.p.dims[t.dims[i]]
	if t.list != nil {
		return t.listedOrdinal(slot, i)
	}
	if t.isDetail() {
		if t.dims[i] == t.p.detail {
			return slot
		}
		ref := t.entries[slot]
		return t.p.ordinalsOf(ref.s, t.dims[i]).one[ref.entry]
	}
	key := uint64(slot)
	if !t.dense {
		key = t.keyOf[slot]
	}
	if t.strides != nil {
		return uint32(key / t.strides[i] % uint64(max(1, len(d.members))))
	}
	for last := len(t.dims) - 1; last > i; last-- {
		key = t.named[key-1][0]
	}
	return uint32(t.named[key-1][1])
}

// rowBehind adds the row that a group of a list is.
func (t *table) rowBehind(slot uint32, rows []int32) (*scan, []int32) {
	if t.list != nil {
		return t.list.scan, append(rows, t.list.scan.rows[slot])
	}
	e := t.entries[slot]
	return e.s, append(rows, e.s.rows[e.entry])
}

// seal fixes the number of groups, once every scan has its keys.
func (t *table) seal() error {
	if !t.dense {
		t.groups = len(t.keyOf)
	}
	if len(t.dims) == 0 { // the one group there is stands even without rows
		t.touch(0)
	}
	return t.tooLarge()
}

// tooLarge refuses more cells than one query may fill.
func (t *table) tooLarge() error {
	if t.groups*max(1, t.periods) > maxCells {
		return fault.New(fault.Invalid, "columns.Answer", fmt.Sprintf("The query makes %d groups at %d dates, which is more than %d.", t.groups, t.periods, maxCells),
			"Take out a group, choose a coarser grain, or filter.")
	}
	return nil
}

func (t *table) touch(slot uint32) {
	if len(t.touched) <= int(slot) {
		t.touched = append(t.touched, make([]bool, max(int(slot)+1-len(t.touched), len(t.touched)))...)
		t.entries = append(t.entries, make([]entryRef, len(t.touched)-len(t.entries))...)
	}
	t.touched[slot] = true
}

func (t *table) slots(s *scan, k keyed, keys []uint64) keyed {
	k.slot = make([]uint32, len(keys))
	if t.dense && t.touched == nil {
		t.touched, t.entries = make([]bool, t.groups), make([]entryRef, t.groups)
	}
	for i, key := range keys {
		slot := uint32(key)
		if !t.dense {
			var ok bool
			if slot, ok = t.slotOf[key]; !ok {
				slot = uint32(len(t.keyOf))
				t.slotOf[key] = slot
				t.keyOf = append(t.keyOf, key)
			}
		}
		if int(slot) >= len(t.touched) || !t.touched[slot] {
			t.touch(slot)
			entry := i
			if k.of != nil {
				entry = int(k.of[i])
			}
			t.entries[slot] = entryRef{s, int32(entry)}
		}
		k.slot[i] = slot
	}
	return k
}
