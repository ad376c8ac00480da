package columns

import "sync"

// rowSet is the rows of a segment that a filter keeps.
type rowSet struct {
	lo, n int     // the rows it was chosen from: n of them from lo on
	mask  []uint8 // of those rows; nil when all of them pass
	count int     // of the rows that pass
	rows  []int32 // the rows that pass, when they are few enough for a list to be faster than the mask

	mu      sync.Mutex           // of tallied: visuals of a page share the set
	tallied map[*vector][]uint32 // counts of codes that were asked for
}

// listedShare: a list of rows is faster than a mask when fewer than one row in so many passes.
const listedShare = 2

// allRows are rows without a filter.
func allRows(lo, n int) *rowSet { return &rowSet{lo: lo, n: n, count: n} }

// maskedRows are the rows that pass the mask.
func maskedRows(lo int, mask []uint8) *rowSet {
	s := &rowSet{lo: lo, n: len(mask), mask: mask, count: countMask(mask)}
	if s.count == s.n {
		s.mask = nil
	} else if s.count < s.n/listedShare {
		s.rows = maskRows(mask, int32(lo), s.count)
	}
	return s
}

// list are the rows that pass.
func (s *rowSet) list() []int32 {
	if s.rows != nil || s.count == 0 {
		return s.rows
	}
	if s.mask != nil {
		return maskRows(s.mask, int32(s.lo), s.count)
	}
	rows := make([]int32, s.n)
	for i := range rows {
		rows[i] = int32(s.lo + i)
	}
	return rows
}

// counts is how many rows have each key.
func (s *rowSet) counts(parts []keyPart, keys int) []uint32 {
	parts = merged(parts)
	switch {
	case len(parts) == 0:
		out := make([]uint32, max(keys, 1))
		out[0] = uint32(s.count)
		return out
	case len(parts) == 1 && len(parts[0].add) <= s.count/2:
		return folded(s.codeCounts(parts[0].codes, len(parts[0].add)), parts[0].add, keys)
	case s.rows != nil:
		t := newTally(keys)
		countCodes(t, rowKeys(parts, s.rows))
		return t.sums()
	}
	t := newTally(keys)
	block := make([]uint32, kernelRows)
	for at := 0; at < s.n; at += kernelRows {
		b := block[:min(kernelRows, s.n-at)]
		for i := range parts {
			parts[i].setKeys(b, s.lo+at, i > 0)
		}
		if s.mask == nil {
			countCodes(t, b)
		} else {
			countMasked(t, b, s.mask[at:at+len(b)])
		}
	}
	return t.sums()
}

// codeCounts is how many rows have each code of the column. They are counted once: the groups of several visuals, and
// the total, are often columns of the same codes.
func (s *rowSet) codeCounts(v *vector, codes int) []uint32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if counts, ok := s.tallied[v]; ok {
		return counts
	}
	if s.tallied == nil {
		s.tallied = map[*vector][]uint32{}
	}
	t := newTally(codes)
	switch {
	case v.runs != nil:
		s.tallyRuns(t, v)
	case v.b1 != nil:
		tallyCodes(t, s, v.b1)
	case v.b2 != nil:
		tallyCodes(t, s, v.b2)
	default:
		tallyCodes(t, s, v.b4)
	}
	s.tallied[v] = t.sums()
	return s.tallied[v]
}

func (s *rowSet) tallyRuns(t *tally, v *vector) {
	if s.rows != nil {
		countCodes(t, v.listed(s.rows))
		return
	}
	v.spreadBlocks(s.lo, s.n, func(at int, codes []uint32) {
		if s.mask == nil {
			countCodes(t, codes)
		} else {
			countMasked(t, codes, s.mask[at:at+len(codes)])
		}
	})
}

func tallyCodes[C code](t *tally, s *rowSet, codes []C) {
	switch {
	case s.rows != nil:
		countRows(t, codes, s.rows)
	case s.mask == nil:
		countCodes(t, codes[s.lo:s.lo+s.n])
	default:
		countMasked(t, codes[s.lo:s.lo+s.n], s.mask)
	}
}

// folded adds the counts of codes up by key.
func folded(counts, add []uint32, keys int) []uint32 {
	out := make([]uint32, keys)
	for c, n := range counts {
		if n > 0 {
			out[add[c]] += n
		}
	}
	return out
}

// keyedBelow are the rows to which a part gives a key below the bound.
func (s *rowSet) keyedBelow(p keyPart, bound int) *rowSet {
	table := make([]uint8, len(p.add))
	for c, key := range p.add {
		table[c] = uint8(boolInt(int(key) < bound))
	}
	if s.rows != nil {
		list := p.codes.keepRows(s.rows, table)
		return &rowSet{lo: s.lo, n: s.n, rows: list, count: len(list)}
	}
	mask := make([]uint8, s.n)
	p.codes.pass(mask, s.lo, table, true)
	if s.mask != nil {
		bothMasks(mask, s.mask)
	}
	return maskedRows(s.lo, mask)
}

// keepRows are those of the rows whose code passes the look-up table.
func (v *vector) keepRows(rows []int32, table []uint8) []int32 {
	switch {
	case v.runs != nil:
		out, k := make([]int32, len(rows)+1), 0
		for i, code := range v.listed(rows) {
			out[k] = rows[i]
			k += int(table[code])
		}
		return out[:k]
	case v.b1 != nil:
		return keepListed(rows, v.b1, table)
	case v.b2 != nil:
		return keepListed(rows, v.b2, table)
	}
	return keepListed(rows, v.b4, table)
}

func keepListed[C code](rows []int32, codes []C, table []uint8) []int32 {
	out, k, i := make([]int32, len(rows)+1), 0, 0
	for ; i+4 <= len(rows); i += 4 {
		r := rows[i : i+4 : i+4]
		a, b, c, d := table[codes[r[0]]], table[codes[r[1]]], table[codes[r[2]]], table[codes[r[3]]]
		out[k] = r[0]
		k += int(a)
		out[k] = r[1]
		k += int(b)
		out[k] = r[2]
		k += int(c)
		out[k] = r[3]
		k += int(d)
	}
	for _, row := range rows[i:] {
		out[k] = row
		k += int(table[codes[row]])
	}
	return out[:k]
}
