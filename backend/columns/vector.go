package columns

// code is a position in a dictionary, in the narrowest width that holds its dictionary.
type code interface{ ~uint8 | ~uint16 | ~uint32 }

// vector is one dictionary-coded column: one code a row, or with runs one code a run of rows. Exactly one of the three
// slices is set. It holds no pointer per row, so the collector never looks inside.
type vector struct {
	b1   []uint8
	b2   []uint16
	b4   []uint32
	runs *runs
}

// at is the code of one row.
func (v *vector) at(row int32) uint32 {
	if v.runs != nil {
		row = v.runs.run(row)
	}
	switch {
	case v.b1 != nil:
		return uint32(v.b1[row])
	case v.b2 != nil:
		return uint32(v.b2[row])
	}
	return v.b4[row]
}

// bytes is what the vector takes in memory.
func (v *vector) bytes() int {
	n := len(v.b1) + 2*len(v.b2) + 4*len(v.b4)
	if v.runs != nil {
		n += v.runs.bytes()
	}
	return n
}

// keep multiplies mask by the look-up table: the rows of mask begin at row lo of the vector. The table
// holds 0 or 1 for every code.
func (v *vector) keep(mask []uint8, lo int, table []uint8) {
	switch {
	case v.runs != nil:
		v.pass(mask, lo, table, false)
	case v.b1 != nil:
		keepMask(mask, v.b1[lo:], table)
	case v.b2 != nil:
		keepMask(mask, v.b2[lo:], table)
	default:
		keepMask(mask, v.b4[lo:], table)
	}
}

// pass writes whether the rows from lo on pass the look-up table, or when the mask is not fresh takes away those that do not.
func (v *vector) pass(mask []uint8, lo int, table []uint8, fresh bool) {
	switch {
	case v.runs != nil:
		v.spreadBlocks(lo, len(mask), func(at int, codes []uint32) { passCodes(mask[at:at+len(codes)], codes, table, fresh) })
	case v.b1 != nil:
		passCodes(mask, v.b1[lo:], table, fresh)
	case v.b2 != nil:
		passCodes(mask, v.b2[lo:], table, fresh)
	default:
		passCodes(mask, v.b4[lo:], table, fresh)
	}
}

func passCodes[C code](mask []uint8, codes []C, table []uint8, fresh bool) {
	if fresh {
		setMask(mask, codes, table)
		return
	}
	keepMask(mask, codes, table)
}

// lookUp writes table[code] of the given rows.
func lookUp[T any](v *vector, rows []int32, table []T, out []T) {
	switch {
	case v.runs != nil:
		for i, code := range v.listed(rows) {
			out[i] = table[code]
		}
	case v.b1 != nil:
		lookUpCodes(v.b1, rows, table, out)
	case v.b2 != nil:
		lookUpCodes(v.b2, rows, table, out)
	default:
		lookUpCodes(v.b4, rows, table, out)
	}
}

func lookUpCodes[C code, T any](codes []C, rows []int32, table, out []T) {
	out = out[:len(rows)]
	for i, r := range rows {
		out[i] = table[codes[r]]
	}
}
