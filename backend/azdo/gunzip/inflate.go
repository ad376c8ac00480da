package gunzip

import (
	"encoding/binary"
	"io"
	"slices"
)

// inflater unpacks deflate (RFC 1951). It keeps the memory of its tables between calls.
type inflater struct {
	literals  [literalTable]uint32
	distances [distanceTable]uint32
	lengths   [maxLiterals + maxDistances + 138]uint8 // with room for one run too many
}

const (
	// step is the most that one round of a block writes: two literals and a match.
	step = 2 + 258
	// slack is the room behind the output that is written at will: a copy goes on for some bytes beyond its end.
	slack = 32
)

// inflate unpacks one stream at the begin of in and appends it to dst until that is most bytes long. It returns
// how many bytes of in the stream has.
func (d *inflater) inflate(dst, in []byte, most int) (_ []byte, read int, err error) {
	var r reader
	start := len(dst)
	for last := false; !last; {
		r = r.filled(in)
		head := r.first(3)
		r = r.without(3)
		last = head&1 != 0
		switch head >> 1 {
		case 0:
			dst, r, err = stored(dst, in, r, most)
		case 1:
			d.fixedTables()
			dst, r, err = d.block(dst, in, r, start, most)
		case 2:
			if r, err = d.readTables(in, r); err == nil {
				dst, r, err = d.block(dst, in, r, start, most)
			}
		default:
			err = ErrCorrupt
		}
		if r.over(in) {
			err = io.ErrUnexpectedEOF // whatever else the zeros behind the end were taken for
		}
		if err != nil {
			return dst, 0, err
		}
	}
	return dst, r.at(), nil
}

// stored copies a block that is not packed.
func stored(dst, in []byte, r reader, most int) ([]byte, reader, error) {
	at := r.at() // the rest of the byte before it is skipped
	if at+4 > len(in) {
		return dst, r, io.ErrUnexpectedEOF
	}
	n := binary.LittleEndian.Uint16(in[at:])
	if n != ^binary.LittleEndian.Uint16(in[at+2:]) {
		return dst, r, ErrCorrupt
	}
	at += 4
	there := in[at:min(at+int(n), len(in))]
	if len(dst)+len(there) > most {
		return dst, r, ErrTooLong
	}
	return append(dst, there...), reader{next: at + int(n)}, nil
}

// block unpacks the symbols of a block. start is where the stream begins in dst: no match goes back beyond it.
func (d *inflater) block(dst, in []byte, r reader, start, most int) ([]byte, reader, error) {
	out, at := dst[:cap(dst)], len(dst)
	literals, distances := &d.literals, &d.distances
	for {
		if len(out)-at < step+slack {
			if at > most {
				return out[:most], r, ErrTooLong
			}
			out = slices.Grow(out[:at], min(max(at, 4096), most-at)+step+slack)
			out = out[:cap(out)]
		}
		r = r.filled(in)
		if r.over(in) {
			return out[:min(at, most)], r, io.ErrUnexpectedEOF
		}
		// 56 bits are two literals of the first level and a length, which are 42 at most, or 3 literals.
		e := literals[r.held&(1<<literalBits-1)]
		if e&isLiteral != 0 {
			out[at] = byte(e >> 16)
			at++
			r = r.without(e)
			e = literals[r.held&(1<<literalBits-1)]
			if e&isLiteral != 0 {
				out[at] = byte(e >> 16)
				at++
				r = r.without(e)
				e = literals[r.held&(1<<literalBits-1)]
			}
		}
		if e&isLink != 0 {
			e = literals[(uint(e>>16)+uint(r.held>>literalBits)&(1<<(e>>8&15)-1))%literalTable]
		}
		if e&isMatch == 0 {
			switch r = r.without(e); {
			case e&isLiteral != 0:
				out[at] = byte(e >> 16)
				at++
				continue
			case e&isEnd == 0:
				return out[:min(at, most)], r, ErrCorrupt
			case at > most:
				return out[:most], r, ErrTooLong
			}
			return out[:at], r, nil
		}
		length := int(e>>16) + int(r.first(e)>>(e>>8&15))
		r = r.without(e)

		if r.kept < 28 { // the most that a distance has
			r = r.filled(in)
		}
		e = distances[r.held&(1<<distanceBits-1)]
		if e&isLink != 0 {
			e = distances[(uint(e>>16)+uint(r.held>>distanceBits)&(1<<(e>>8&15)-1))%distanceTable]
		}
		distance := int(e>>16) + int(r.first(e)>>(e>>8&15))
		r = r.without(e)
		if e&isMatch == 0 || distance > at-start {
			return out[:min(at, most)], r, ErrCorrupt
		}
		repeat(out[at:at+length+slack], out[at-distance:], length, distance)
		at += length
	}
}

// repeat copies a match of length bytes from what lies distance bytes before it. It may write a few bytes more.
func repeat(to, from []byte, length, distance int) {
	switch {
	// Most matches are short: a few moves without a loop, and without a call of copy. Each step reads nothing that
	// it writes itself.
	case distance >= 32:
		*(*[32]byte)(to) = *(*[32]byte)(from)
		for i := 32; i < length; i += 32 {
			*(*[32]byte)(to[i:]) = *(*[32]byte)(from[i:])
		}
	case distance >= 8:
		for i := 0; i < length; i += 8 {
			*(*[8]byte)(to[i:]) = *(*[8]byte)(from[i:])
		}
	default:
		for i := range length {
			to[i] = from[i]
		}
	}
}

// readTables reads the codes of a block.
func (d *inflater) readTables(in []byte, r reader) (reader, error) {
	take := func(n uint32) int {
		v := r.first(n)
		r = r.without(n)
		return int(v)
	}
	literals, distances, count := take(5)+257, take(5)+1, take(4)+4
	if literals > maxLiterals || distances > maxDistances {
		return r, ErrCorrupt
	}
	var lengths [19]uint8
	for i := range count {
		if i%16 == 0 {
			r = r.filled(in) // 56 bits are 16 lengths
		}
		lengths[lengthOrder[i]] = uint8(take(3))
	}
	// The room of the literals holds the table of the lengths for a moment.
	if !makeTable(d.literals[:], lengthBits, lengths[:], plainSymbols) {
		return r, ErrCorrupt
	}
	for i := 0; i < literals+distances; {
		if r = r.filled(in); r.over(in) {
			return r, io.ErrUnexpectedEOF
		}
		e := d.literals[r.held&(1<<lengthBits-1)]
		if e&isLiteral == 0 {
			return r, ErrCorrupt
		}
		r = r.without(e)
		times, value := 1, uint8(e>>16)
		switch value {
		case 16: // the one before again
			if i == 0 {
				return r, ErrCorrupt
			}
			times, value = 3+take(2), d.lengths[i-1]
		case 17:
			times, value = 3+take(3), 0
		case 18:
			times, value = 11+take(7), 0
		}
		for range times {
			d.lengths[i] = value
			i++
		}
		if i > literals+distances {
			return r, ErrCorrupt
		}
	}
	if !makeTable(d.literals[:], literalBits, d.lengths[:literals], literalSymbols) ||
		!makeTable(d.distances[:], distanceBits, d.lengths[literals:literals+distances], distanceSymbols) {
		return r, ErrCorrupt
	}
	return r, nil
}

// lengthOrder is the order in which the lengths of the code of the lengths come.
var lengthOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// fixedTables makes the codes of a block that brings none.
func (d *inflater) fixedTables() {
	for i := range 288 {
		switch {
		case i < 144, i >= 280:
			d.lengths[i] = 8
		case i < 256:
			d.lengths[i] = 9
		default:
			d.lengths[i] = 7
		}
	}
	makeTable(d.literals[:], literalBits, d.lengths[:288], literalSymbols)
	for i := range 32 {
		d.lengths[i] = 5
	}
	makeTable(d.distances[:], distanceBits, d.lengths[:32], distanceSymbols)
}
