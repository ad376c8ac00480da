package gunzip

import "math/bits"

const (
	maxLiterals  = 286 // literals, the end and lengths; the fixed code has two more, which mean nothing
	maxDistances = 30  // and two more too
	longest      = 15  // bits of a code

	lengthBits   = 7
	literalBits  = 11
	distanceBits = 8

	// What the tables need at most with those many symbols, for any whole code of 15 bits: their first level, and
	// second ones for the longer codes. They are the ENOUGH of zlib's enough.c for (288, 11, 15) and (32, 8, 15),
	// rounded up to powers of two so that an index is cut to size by a mask.
	literalTable  = 4096
	distanceTable = 512
)

// An entry of a table is 0 for a code that does not exist, or
//
//	bits 0–5    how many bits it consumes, with the extra bits of a length or distance
//	bits 8–11   how many of them come before the extra bits; of a link, how many bits the second level has
//	bits 16–31  the byte, the base of the length or distance, or where the second level begins
const (
	isEnd     = 1 << 12
	isMatch   = 1 << 13
	isLink    = 1 << 14
	isLiteral = 1 << 15
)

// kind says what the symbols of a code mean.
type kind int

const (
	plainSymbols kind = iota // themselves
	literalSymbols
	distanceSymbols
)

// entry is what a symbol stands for, without how many bits its code has.
func (k kind) entry(symbol int) (entry uint32, extra int) {
	switch {
	case k == plainSymbols, k == literalSymbols && symbol < 256:
		return isLiteral | uint32(symbol)<<16, 0
	case k == literalSymbols && symbol == 256:
		return isEnd, 0
	case k == literalSymbols && symbol < maxLiterals:
		symbol -= 257
		if symbol == 28 {
			return isMatch | 258<<16, 0
		}
		if symbol < 8 {
			return isMatch | uint32(3+symbol)<<16, 0
		}
		extra = symbol/4 - 1
		return isMatch | uint32(3+(4+symbol%4)<<extra)<<16, extra
	case k == distanceSymbols && symbol < maxDistances:
		if symbol < 4 {
			return isMatch | uint32(1+symbol)<<16, 0
		}
		extra = symbol/2 - 1
		return isMatch | uint32(1+(2+symbol%2)<<extra)<<16, extra
	}
	return 0, 0
}

// makeTable makes the table of the code whose symbols have these lengths. It reports whether there is such a code:
// a whole one, one of a single bit, or none at all, which is a fault only when it is used.
func makeTable(table []uint32, first int, lengths []uint8, k kind) bool {
	var count [longest + 1]int
	for _, n := range lengths {
		count[n]++
	}
	count[0] = 0
	// A code begins where those of the shorter lengths end; sorted holds the symbols by length.
	var code, offset [longest + 2]int
	most, left := 0, 1
	for n := 1; n <= longest; n++ {
		left = left<<1 - count[n]
		if left < 0 {
			return false
		}
		if count[n] > 0 {
			most = n
		}
		code[n+1] = (code[n] + count[n]) << 1
		offset[n+1] = offset[n] + count[n]
	}
	if left > 0 {
		if most > 1 {
			return false
		}
		clear(table[:1<<first])
	}
	var sorted [maxLiterals + 2]uint16
	for symbol, n := range lengths {
		if n > 0 {
			sorted[offset[n]] = uint16(symbol)
			offset[n]++
		}
	}
	used := 1 << first
	prefix := -1 // the bits that all codes of the second level have that is being filled
	var second []uint32
	for _, symbol := range sorted[:offset[longest]] {
		n := int(lengths[symbol])
		reversed := int(bits.Reverse16(uint16(code[n])) >> (16 - n))
		code[n]++
		entry, extra := k.entry(int(symbol))
		if entry != 0 {
			entry |= uint32(n)<<8 | uint32(n+extra)
		}
		if n <= first {
			for i := reversed; i < 1<<first; i += 1 << n {
				table[i] = entry
			}
			continue
		}
		if p := reversed & (1<<first - 1); p != prefix {
			prefix = p
			size := secondBits(count[:], n, first)
			table[prefix] = isLink | uint32(used)<<16 | uint32(size)<<8
			second = table[used : used+1<<size]
			used += 1 << size
		}
		count[n]-- // of those that have no place yet
		for i := reversed >> first; i < len(second); i += 1 << (n - first) {
			second[i] = entry
		}
	}
	return true
}

// secondBits is how many bits a second level has whose first code has n bits: as many as the codes that share it
// need. count are the codes of each length that have no place yet.
func secondBits(count []int, n, first int) int {
	size := n - first
	for used := count[n]; used < 1<<size; {
		size++
		used = used<<1 + count[first+size]
	}
	return size
}
