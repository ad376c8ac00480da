package columns

import "slices"

// selected lists those of the n rows from lo on whose code passes the look-up table. share is about how many of them do.
func (v *vector) selected(lo, n int, table []uint8, share float64) []int32 {
	room := make([]int32, 0, int(float64(n)*share*1.1)+2*kernelRows)
	switch {
	case v.runs != nil:
		v.spreadBlocks(lo, n, func(at int, codes []uint32) { room = selectWide(room, codes, int32(lo+at), table) })
		return room
	case v.b1 != nil:
		return selectCodes(room, v.b1[lo:lo+n], int32(lo), table)
	case v.b2 != nil:
		return selectCodes(room, v.b2[lo:lo+n], int32(lo), table)
	}
	return selectWide(room, v.b4[lo:lo+n], int32(lo), table)
}

// selectCodes adds the rows whose code passes, numbered from lo. Each is written, and stays when it passes. A table with a
// place for every code of two bytes needs no look at its length, and four rows at a time halve the time again.
func selectCodes[C ~uint8 | ~uint16](rows []int32, codes []C, lo int32, table []uint8) []int32 {
	var passes [1 << 16]uint8
	copy(passes[:], table)
	for len(codes) > 0 {
		block := codes[:min(kernelRows, len(codes))]
		codes = codes[len(block):]
		rows = slices.Grow(rows, len(block))
		room, k, i := rows[len(rows):len(rows)+len(block)], 0, 0
		for ; i+4 <= len(block); i += 4 {
			s := block[i : i+4 : i+4]
			a, b, c, d := passes[uint16(s[0])], passes[uint16(s[1])], passes[uint16(s[2])], passes[uint16(s[3])]
			room[k] = lo
			k += int(a)
			room[k] = lo + 1
			k += int(b)
			room[k] = lo + 2
			k += int(c)
			room[k] = lo + 3
			k += int(d)
			lo += 4
		}
		for ; i < len(block); i++ {
			room[k] = lo
			k += int(passes[uint16(block[i])])
			lo++
		}
		rows = rows[:len(rows)+k]
	}
	return rows
}

// selectWide is selectCodes for codes of any width.
func selectWide(rows []int32, codes []uint32, lo int32, table []uint8) []int32 {
	for len(codes) > 0 {
		block := codes[:min(kernelRows, len(codes))]
		codes = codes[len(block):]
		rows = slices.Grow(rows, len(block))
		room, k := rows[len(rows):len(rows)+len(block)], 0
		for _, c := range block {
			room[k] = lo
			k += int(table[c])
			lo++
		}
		rows = rows[:len(rows)+k]
	}
	return rows
}
