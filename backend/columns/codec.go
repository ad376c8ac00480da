package columns

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"unsafe"
)

// codec writes columns to a snapshot or reads them back: one description of a structure serves both ways, so
// that the two cannot drift apart. After the first fault it does nothing more; err has it.
//
// Columns go as they lie in memory. The first word of a snapshot tells the order of bytes, so one from another
// kind of machine is no snapshot.
type codec struct {
	w    *bufio.Writer // set while writing
	r    *bufio.Reader // set while reading
	left int64         // bytes that may still come, while reading
	sum  uint32        // CRC-32C of everything so far
	err  error
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errDamaged says that the bytes of a snapshot cannot be what was written.
var errDamaged = errors.New("the snapshot is damaged")

func newWriter(w io.Writer) *codec { return &codec{w: bufio.NewWriterSize(w, 1<<18)} }

// newReader reads at most size bytes, which bounds what a damaged length can make it ask for.
func newReader(r io.Reader, size int64) *codec {
	return &codec{r: bufio.NewReaderSize(r, 1<<18), left: size}
}

func (c *codec) writing() bool { return c.w != nil }

// fail keeps the first fault.
func (c *codec) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// check refuses what was read when it cannot be so.
func (c *codec) check(ok bool) {
	if !ok {
		c.fail(errDamaged)
	}
}

// bytes moves b, whose length both sides know.
func (c *codec) bytes(b []byte) {
	if c.err != nil || len(b) == 0 {
		return
	}
	if c.writing() {
		_, err := c.w.Write(b)
		c.fail(err)
	} else {
		if c.left -= int64(len(b)); c.left < 0 {
			c.fail(errDamaged)
			return
		}
		if _, err := io.ReadFull(c.r, b); err != nil {
			c.fail(err)
			return
		}
	}
	c.sum = crc32.Update(c.sum, castagnoli, b)
}

// length moves the length of something whose elements take at least size bytes each.
func (c *codec) length(n, size int) int {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	c.bytes(b[:])
	if c.err != nil {
		return 0
	}
	got := binary.LittleEndian.Uint64(b[:])
	if !c.writing() && got > uint64(c.left)/uint64(size) {
		c.fail(errDamaged)
		return 0
	}
	return int(got)
}

// fixed are the types that lie in memory as they lie in a file.
type fixed interface {
	~uint8 | ~int8 | ~uint16 | ~int16 | ~uint32 | ~int32 | ~uint64 | ~int64 | ~float32 | ~float64
}

// one moves a single number.
func one[T fixed](c *codec, p *T) {
	c.bytes(unsafe.Slice((*byte)(unsafe.Pointer(p)), unsafe.Sizeof(*p)))
}

// many moves a column. A column without rows comes back as nil.
func many[T fixed](c *codec, p *[]T) {
	var zero T
	size := int(unsafe.Sizeof(zero))
	n := c.length(len(*p), size)
	if c.err != nil || n == 0 {
		if !c.writing() {
			*p = nil
		}
		return
	}
	if !c.writing() {
		*p = make([]T, n)
	}
	c.bytes(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(*p))), n*size))
}

// flag moves a truth.
func flag(c *codec, p *bool) {
	var b uint8
	if *p {
		b = 1
	}
	one(c, &b)
	if b > 1 {
		c.fail(errDamaged)
	}
	if !c.writing() { // what is written is read by queries at the same time
		*p = b == 1
	}
}

// text moves a string.
func text(c *codec, p *string) {
	n := c.length(len(*p), 1)
	if c.err != nil {
		return
	}
	if c.writing() {
		c.bytes([]byte(*p))
		return
	}
	b := make([]byte, n)
	c.bytes(b)
	*p = string(b)
}

// list moves a slice element by element.
func list[T any](c *codec, p *[]T, element func(*codec, *T)) {
	n := c.length(len(*p), 1)
	if c.err != nil {
		return
	}
	if !c.writing() {
		*p = make([]T, 0, min(n, 1<<16)) // a damaged length must not ask for everything at once
	}
	for i := range n {
		if c.err != nil {
			return
		}
		if c.writing() {
			element(c, &(*p)[i])
			continue
		}
		var x T
		element(c, &x)
		*p = append(*p, x)
	}
}

// seal moves the checksum of everything before it: the last word of a snapshot.
func (c *codec) seal() {
	sum := c.sum
	got := sum
	one(c, &got)
	if c.err == nil && got != sum {
		c.fail(errDamaged)
	}
	if c.writing() && c.err == nil {
		c.fail(c.w.Flush())
	}
}
