package columns

// summed adds the numbers of codes up by key; NaN is no number. Nothing is written down for each row but for a block of them.
func (s *rowSet) summed(parts []keyPart, codes *vector, numbers []float64, keys int) []cell {
	parts = merged(parts)
	sums, block, xs := newSums(keys), make([]uint32, kernelRows), make([]float64, kernelRows)
	if s.mask == nil && s.rows == nil {
		for at := 0; at < s.n; at += kernelRows {
			n := min(kernelRows, s.n-at)
			clear(block[:n])
			for i := range parts {
				parts[i].setKeys(block[:n], s.lo+at, i > 0)
			}
			codes.lookUpFrom(s.lo+at, numbers, xs[:n])
			sums.add(block[:n], xs[:n])
		}
		return sums.cells()
	}
	for list := s.list(); len(list) > 0; {
		n := min(kernelRows, len(list))
		clear(block[:n])
		for i := range parts {
			parts[i].setRowKeys(block[:n], list[:n], i > 0)
		}
		lookUp(codes, list[:n], numbers, xs[:n])
		sums.add(block[:n], xs[:n])
		list = list[n:]
	}
	return sums.cells()
}

// sums holds one cell for each key and lane: rows that stand side by side often have the same key, and to add to what was
// just stored is to wait for it.
type sums struct {
	lane [lanes][]cell
	keys int
}

func newSums(keys int) *sums {
	s := &sums{keys: keys}
	if lanes*keys > maxLaned {
		one := make([]cell, keys)
		for l := range s.lane {
			s.lane[l] = one
		}
		return s
	}
	for l := range s.lane {
		s.lane[l] = make([]cell, keys)
	}
	return s
}

func (s *sums) add(keys []uint32, xs []float64) {
	xs = xs[:len(keys)]
	i := 0
	for ; i+lanes <= len(keys); i += lanes {
		k, x := keys[i:i+lanes:i+lanes], xs[i:i+lanes:i+lanes]
		s.lane[0][k[0]].plus(x[0])
		s.lane[1][k[1]].plus(x[1])
		s.lane[2][k[2]].plus(x[2])
		s.lane[3][k[3]].plus(x[3])
	}
	for ; i < len(keys); i++ {
		s.lane[0][keys[i]].plus(xs[i])
	}
}

func (c *cell) plus(x float64) {
	if x == x {
		c.n++
		c.x += x
	}
}

func (s *sums) cells() []cell {
	out := s.lane[0]
	if lanes*s.keys > maxLaned {
		return out
	}
	for _, other := range s.lane[1:] {
		for key := range other {
			out[key].n += other[key].n
			out[key].x += other[key].x
		}
	}
	return out
}

// lookUpFrom writes table[code] of the rows from lo on.
func (v *vector) lookUpFrom(lo int, table, out []float64) {
	switch {
	case v.runs != nil:
		v.spreadBlocks(lo, len(out), func(at int, codes []uint32) { lookUpEach(codes, table, out[at:]) })
	case v.b1 != nil:
		lookUpEach(v.b1[lo:lo+len(out)], table, out)
	case v.b2 != nil:
		lookUpEach(v.b2[lo:lo+len(out)], table, out)
	default:
		lookUpEach(v.b4[lo:lo+len(out)], table, out)
	}
}

func lookUpEach[C code](codes []C, table, out []float64) {
	out = out[:len(codes)]
	for i, c := range codes {
		out[i] = table[c]
	}
}
