package gunzip

import "encoding/binary"

// reader takes bits from bytes, the lowest of each first. It is a value, so that a loop keeps it in registers.
type reader struct {
	next int    // the byte that comes next
	held uint64 // bits, the next one lowest; above those that are kept are the ones of next, or zeros
	kept uint   // how many of held count
}

// filled takes bits until 56 are held at least. Behind the end of in come zeros, which over tells.
func (r reader) filled(in []byte) reader {
	if r.next+8 > len(in) {
		return r.filledAtEnd(in)
	}
	return reader{r.next + int(63-r.kept)>>3, r.held | binary.LittleEndian.Uint64(in[r.next:])<<(r.kept&63), r.kept | 56}
}

func (r reader) filledAtEnd(in []byte) reader {
	for r.kept < 56 {
		if r.next < len(in) {
			r.held |= uint64(in[r.next]) << (r.kept & 63)
		}
		r.next++
		r.kept += 8
	}
	return r
}

// without drops n bits of those that are held, at most 63.
func (r reader) without(n uint32) reader {
	r.held >>= n & 63
	r.kept -= uint(n & 63)
	return r
}

// first are the next n bits, which have to be held.
func (r reader) first(n uint32) uint { return uint(r.held & (1<<(n&63) - 1)) }

// at is where the first byte is of which no bit was taken yet.
func (r reader) at() int { return r.next - int(r.kept/8) }

// over reports whether more bits were taken than there are.
func (r reader) over(in []byte) bool { return r.at() > len(in) }
