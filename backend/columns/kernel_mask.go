package columns

import "encoding/binary"

// The kernels work on masks: one byte a row, 1 when the row passes and 0 when not. Bytes instead of bits let a count
// add the mask itself, without a branch that skewed data would make guess wrong.

// setMask writes whether each code passes the look-up table, which holds 0 or 1 for every code.
func setMask[C code](mask []uint8, codes []C, table []uint8) {
	codes = codes[:len(mask)]
	for i, c := range codes {
		mask[i] = table[c]
	}
}

// keepMask takes away the rows whose code does not pass.
func keepMask[C code](mask []uint8, codes []C, table []uint8) {
	codes = codes[:len(mask)]
	for i, c := range codes {
		mask[i] &= table[c]
	}
}

// bothMasks takes away the rows that another mask has not, eight at a time.
func bothMasks(mask, other []uint8) {
	other = other[:len(mask)]
	i := 0
	for ; i+8 <= len(mask); i += 8 {
		binary.LittleEndian.PutUint64(mask[i:], binary.LittleEndian.Uint64(mask[i:])&binary.LittleEndian.Uint64(other[i:]))
	}
	for ; i < len(mask); i++ {
		mask[i] &= other[i]
	}
}

// countMask is how many rows pass. Eight rows are added at a time, each in a byte of its own, until a byte could be full.
func countMask(mask []uint8) int {
	n := 0
	for len(mask) >= 8 {
		words := min(len(mask)/8, 255)
		sum := uint64(0)
		for i := 0; i < 8*words; i += 8 {
			sum += binary.LittleEndian.Uint64(mask[i:])
		}
		const pairs = 0x00ff00ff00ff00ff
		sum = sum&pairs + sum>>8&pairs
		n += int(sum * 0x0001000100010001 >> 48)
		mask = mask[8*words:]
	}
	for _, m := range mask {
		n += int(m)
	}
	return n
}

// maskRows are the rows that pass, numbered from lo, of which there are count. Runs of eight rows of which none passes
// cost one comparison.
func maskRows(mask []uint8, lo int32, count int) []int32 {
	rows := make([]int32, count+1) // one to spare: a row that does not pass is written and overwritten
	k, i := 0, 0
	for ; i+8 <= len(mask); i += 8 {
		word := binary.LittleEndian.Uint64(mask[i:])
		if word == 0 {
			continue
		}
		for row := lo + int32(i); word != 0; word >>= 32 { // four at a time, without a loop over each
			rows[k] = row
			k += int(word & 1)
			rows[k] = row + 1
			k += int(word >> 8 & 1)
			rows[k] = row + 2
			k += int(word >> 16 & 1)
			rows[k] = row + 3
			k += int(word >> 24 & 1)
			row += 4
		}
	}
	for ; i < len(mask); i++ {
		rows[k] = lo + int32(i)
		k += int(mask[i])
	}
	return rows[:k]
}
