package columns

import word "math/bits"

// runs make a vector one code for each run of rows that have the same, which of an item's history are many: a
// revision changes one field or two. A bit for each row says whether a run begins there.
type runs struct {
	n      int      // rows
	begins []uint64 // bits
	before []uint32 // of each 64 rows, how many runs begin in front of them
}

// run is the position of the row's run.
func (r *runs) run(row int32) int32 {
	at := row >> 6
	return int32(r.before[at]) + int32(word.OnesCount64(r.begins[at]<<(63-row&63))) - 1
}

func (r *runs) bytes() int { return 8*len(r.begins) + 4*len(r.before) }

// settle counts the runs in front of each word, and returns how many there are.
func (r *runs) settle() int {
	r.before = make([]uint32, len(r.begins))
	n := 0
	for at, bits := range r.begins {
		r.before[at] = uint32(n)
		n += word.OnesCount64(bits)
	}
	return n
}

// inRuns writes the vector with one code a run, if that is much smaller.
func (v vector) inRuns() vector {
	r := &runs{n: v.rows(), begins: make([]uint64, v.rows()/64+1)}
	before := uint32(0)
	for row := range int32(r.n) {
		if code := v.at(row); row == 0 || code != before {
			r.begins[row>>6] |= 1 << (row & 63)
			before = code
		}
	}
	width := v.bytes() / max(1, r.n)
	if n := r.settle(); n*width+r.bytes() > v.bytes()*2/3 {
		return v
	}
	return vector{b1: firsts(v.b1, r), b2: firsts(v.b2, r), b4: firsts(v.b4, r), runs: r}
}

// firsts are the codes of the rows where runs begin.
func firsts[C code](codes []C, r *runs) []C {
	var out []C
	for at, bits := range r.begins {
		for ; bits != 0 && codes != nil; bits &= bits - 1 {
			out = append(out, codes[at*64+word.TrailingZeros64(bits)])
		}
	}
	return append([]C(nil), out...) // without room to spare
}

// spread writes the codes of the rows from lo on.
func (v *vector) spread(codes []uint32, lo int) {
	switch {
	case v.b1 != nil:
		spreadRuns(codes, v.b1, v.runs, lo)
	case v.b2 != nil:
		spreadRuns(codes, v.b2, v.runs, lo)
	default:
		spreadRuns(codes, v.b4, v.runs, lo)
	}
}

func spreadRuns[C code](codes []uint32, values []C, r *runs, lo int) {
	if len(codes) == 0 {
		return
	}
	run := r.run(int32(lo))
	codes[0] = uint32(values[run])
	for i := 1; i < len(codes); i++ {
		row := lo + i
		run += int32(r.begins[row>>6] >> (row & 63) & 1)
		codes[i] = uint32(values[run])
	}
}

// spreadBlocks hands out the codes of n rows from lo on, some thousand at a time.
func (v *vector) spreadBlocks(lo, n int, visit func(at int, codes []uint32)) {
	room := make([]uint32, min(kernelRows, n))
	for at := 0; at < n; at += kernelRows {
		codes := room[:min(kernelRows, n-at)]
		v.spread(codes, lo+at)
		visit(at, codes)
	}
}

// listed are the codes of listed rows.
func (v *vector) listed(rows []int32) []uint32 {
	out := make([]uint32, len(rows))
	switch {
	case v.b1 != nil:
		listRuns(out, v.b1, v.runs, rows)
	case v.b2 != nil:
		listRuns(out, v.b2, v.runs, rows)
	default:
		listRuns(out, v.b4, v.runs, rows)
	}
	return out
}

func listRuns[C code](codes []uint32, values []C, r *runs, rows []int32) {
	for i, row := range rows {
		codes[i] = uint32(values[r.run(row)])
	}
}

// rowSpan is the rows from lo on, before end.
type rowSpan struct{ lo, end int32 }

// passing are the rows whose code passes the look-up table, when they stand in so few runs that to look at those alone pays;
// nil when they do not, or when the vector has no runs.
func (v *vector) passing(table []uint8) []rowSpan {
	switch {
	case v.runs == nil:
		return nil
	case v.b1 != nil:
		return passingRuns(v.b1, v.runs, table)
	case v.b2 != nil:
		return passingRuns(v.b2, v.runs, table)
	}
	return passingRuns(v.b4, v.runs, table)
}

// spanShare: spans pay when one row in so many, at most, is in one.
const spanShare = 4

func passingRuns[C code](values []C, r *runs, table []uint8) []rowSpan {
	out, rows, most := make([]rowSpan, 0, 16), 0, max(64, r.n/spanShare)
	open := false // whether the row in front passes
	end := func(row int32) {
		at := len(out) - 1
		out[at].end, open = row, false
		rows += int(row - out[at].lo)
	}
	for w, bits := range r.begins {
		if bits == 0 {
			continue
		}
		first := int(r.before[w])
		codes := values[first : first+word.OnesCount64(bits)]
		if !open {
			any := uint8(0)
			for _, c := range codes {
				any |= table[c]
			}
			if any == 0 {
				continue // as most words do
			}
		}
		for _, c := range codes {
			row := int32(w*64 + word.TrailingZeros64(bits))
			bits &= bits - 1
			switch pass := table[c] == 1; {
			case pass && !open:
				out, open = append(out, rowSpan{lo: row}), true
			case !pass && open:
				end(row)
			}
		}
		if rows > most || len(out) > most/8 {
			return nil
		}
	}
	if open {
		end(int32(r.n))
	}
	return out
}
