package columns

// column is a column while it is built: pieces of one size, so that it grows without being copied and
// without room to spare.
type column[T any] struct {
	pieces [][]T
	n      int
}

// pieceBits: a piece has 2 to the power of them values.
const (
	pieceBits = 14
	pieceMask = 1<<pieceBits - 1
)

func (c *column[T]) add(x T) {
	if c.n>>pieceBits == len(c.pieces) {
		c.pieces = append(c.pieces, make([]T, 1<<pieceBits))
	}
	c.pieces[c.n>>pieceBits][c.n&pieceMask] = x
	c.n++
}

func (c *column[T]) at(i int) T { return c.pieces[i>>pieceBits][i&pieceMask] }

func (c *column[T]) set(i int, x T) { c.pieces[i>>pieceBits][i&pieceMask] = x }

// cut drops the values from the n-th on.
func (c *column[T]) cut(n int) { c.n = n }

// taken is the column in an order (nil for its own), which is all that is left of it.
func taken[T any](c *column[T], order []int32) []T {
	out := make([]T, c.n)
	for i := range out {
		from := i
		if order != nil {
			from = int(order[i])
		}
		out[i] = c.at(from)
	}
	*c = column[T]{}
	return out
}

// pack makes the narrowest vector of a column of codes below size, in an order (nil for its own). Nothing is
// left of the column.
func pack(codes *column[uint32], order []int32, size int) vector {
	var v vector
	switch {
	case size <= 1<<8:
		v.b1 = narrow[uint8](codes, order)
	case size <= 1<<16:
		v.b2 = narrow[uint16](codes, order)
	default:
		v.b4 = narrow[uint32](codes, order)
	}
	*codes = column[uint32]{}
	return v
}

func narrow[C code](codes *column[uint32], order []int32) []C {
	out := make([]C, codes.n)
	for i := range out {
		from := i
		if order != nil {
			from = int(order[i])
		}
		out[i] = C(codes.at(from))
	}
	return out
}
