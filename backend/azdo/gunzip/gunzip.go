// Package gunzip unpacks gzip (RFC 1952) that is in memory as a whole into memory, in one go. A decompressor that
// reads a stream keeps a window of its own, takes its input byte by byte and hands on what it has in pieces; knowing
// both ends needs less than half of that work.
//
// It takes any input: what is no gzip, broken, cut off or too long becomes an error, never more than it was allowed.
package gunzip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"sync"
)

// The errors, to be asked for by errors.Is. Input that ends too early is io.ErrUnexpectedEOF, and no input io.EOF.
var (
	ErrHeader   = errors.New("gunzip: no gzip")
	ErrCorrupt  = errors.New("gunzip: broken data")
	ErrChecksum = errors.New("gunzip: wrong checksum")
	ErrTooLong  = errors.New("gunzip: longer than allowed")
)

// Append unpacks all members of packed and appends them to dst, at most most bytes. With an error it returns dst
// with what was unpacked before. What lies behind the end of dst in its memory is overwritten.
func Append(dst, packed []byte, most int) ([]byte, error) {
	if len(packed) == 0 {
		return dst, io.EOF
	}
	most += len(dst)
	// The last four bytes say how long it is. They may lie, or be others because the end is missing: room is made for
	// what is likely, and more when it comes.
	if n := len(packed); n >= trailerLength {
		says := uint64(binary.LittleEndian.Uint32(packed[n-4:]))
		dst = slices.Grow(dst, int(min(says, uint64(n)*likelyPerByte, uint64(most-len(dst))))+step+slack)
	}
	d := inflaters.Get().(*inflater)
	defer inflaters.Put(d)
	for len(packed) > 0 {
		header, err := headerLength(packed)
		if err != nil {
			return dst, err
		}
		packed = packed[header:]
		start := len(dst)
		var read int
		if dst, read, err = d.inflate(dst, packed, most); err != nil {
			return dst, err
		}
		packed = packed[read:]
		if len(packed) < trailerLength {
			return dst, io.ErrUnexpectedEOF
		}
		sum, length := binary.LittleEndian.Uint32(packed), binary.LittleEndian.Uint32(packed[4:])
		if sum != crc32.ChecksumIEEE(dst[start:]) || length != uint32(len(dst)-start) {
			return dst, ErrChecksum
		}
		packed = packed[trailerLength:]
	}
	return dst, nil
}

// likelyPerByte is how many bytes one packed byte stands for in any answer that we saw; deflate can do 1,032.
const likelyPerByte = 64

const trailerLength = 8

var inflaters = sync.Pool{New: func() any { return new(inflater) }}

// The flags of a header.
const (
	hasChecksum = 1 << 1
	hasExtra    = 1 << 2
	hasName     = 1 << 3
	hasComment  = 1 << 4
)

// headerLength checks the header of a member and says how long it is.
func headerLength(b []byte) (int, error) {
	if len(b) < 10 {
		return 0, io.ErrUnexpectedEOF
	}
	if b[0] != 0x1f || b[1] != 0x8b || b[2] != 8 {
		return 0, ErrHeader
	}
	flags, n := b[3], 10
	if flags&hasExtra != 0 {
		if len(b) < n+2 {
			return 0, io.ErrUnexpectedEOF
		}
		n += 2 + int(binary.LittleEndian.Uint16(b[n:]))
	}
	for _, text := range []byte{hasName, hasComment} {
		if flags&text == 0 {
			continue
		}
		end := bytes.IndexByte(b[min(n, len(b)):], 0)
		if end < 0 {
			return 0, io.ErrUnexpectedEOF
		}
		n += end + 1
	}
	if flags&hasChecksum != 0 {
		if len(b) < n+2 {
			return 0, io.ErrUnexpectedEOF
		}
		if binary.LittleEndian.Uint16(b[n:]) != uint16(crc32.ChecksumIEEE(b[:n])) {
			return 0, fmt.Errorf("%w: its header has another checksum", ErrHeader)
		}
		n += 2
	}
	if n > len(b) {
		return 0, io.ErrUnexpectedEOF
	}
	return n, nil
}
