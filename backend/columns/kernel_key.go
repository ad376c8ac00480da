package columns

// keyPart is what a column of codes adds to the key of each row. The key of a row is the sum over its parts, so groups
// of several columns are numbers in mixed radix.
type keyPart struct {
	codes *vector
	add   []uint32 // of each code
}

// kernelRows is how many rows are worked on at a time: their masks, keys and numbers stay in the nearest caches.
const kernelRows = 1 << 12

// setKeys writes what the part adds for the rows from lo on, or with more set adds it.
func (k *keyPart) setKeys(keys []uint32, lo int, more bool) {
	v := k.codes
	switch {
	case v.runs != nil:
		v.spreadBlocks(lo, len(keys), func(at int, codes []uint32) { keysOfCodes(keys[at:at+len(codes)], codes, k.add, more) })
	case v.b1 != nil:
		keysOfCodes(keys, v.b1[lo:], k.add, more)
	case v.b2 != nil:
		keysOfCodes(keys, v.b2[lo:], k.add, more)
	default:
		keysOfCodes(keys, v.b4[lo:], k.add, more)
	}
}

func keysOfCodes[C code](keys []uint32, codes []C, add []uint32, more bool) {
	codes = codes[:len(keys)]
	if more {
		for i, c := range codes {
			keys[i] += add[c]
		}
		return
	}
	for i, c := range codes {
		keys[i] = add[c]
	}
}

// setRowKeys is setKeys for listed rows.
func (k *keyPart) setRowKeys(keys []uint32, rows []int32, more bool) {
	v := k.codes
	switch {
	case v.runs != nil:
		keysOfCodes(keys[:len(rows)], v.listed(rows), k.add, more)
	case v.b1 != nil:
		keysOfRows(keys, v.b1, rows, k.add, more)
	case v.b2 != nil:
		keysOfRows(keys, v.b2, rows, k.add, more)
	default:
		keysOfRows(keys, v.b4, rows, k.add, more)
	}
}

func keysOfRows[C code](keys []uint32, codes []C, rows []int32, add []uint32, more bool) {
	keys = keys[:len(rows)]
	if more {
		for i, r := range rows {
			keys[i] += add[codes[r]]
		}
		return
	}
	for i, r := range rows {
		keys[i] = add[codes[r]]
	}
}

// rowKeys are the keys of listed rows.
func rowKeys(parts []keyPart, rows []int32) []uint32 {
	keys := make([]uint32, len(rows))
	for i := range parts {
		parts[i].setRowKeys(keys, rows, i > 0)
	}
	return keys
}

// merged joins parts of the same column into one.
func merged(parts []keyPart) []keyPart {
	var out []keyPart
next:
	for _, p := range parts {
		for i := range out {
			if out[i].codes == p.codes {
				add := make([]uint32, len(p.add))
				for c := range add {
					add[c] = out[i].add[c] + p.add[c]
				}
				out[i].add = add
				continue next
			}
		}
		out = append(out, p)
	}
	return out
}
