package dataset

import "math"

// pointwise is a step that looks at its own period only.
func (s *step) pointwise(at int, results [][]Cell) Cell {
	arg := func(i int) Cell {
		if i < 0 {
			return noCell
		}
		return results[i][at]
	}
	a, b := arg(s.a), arg(s.b)
	empty := a.Empty && b.Empty
	switch s.op {
	case stepConstant, stepTruth:
		return Cell{X: s.number, Empty: true}
	case stepBlank:
		return noCell
	case stepAdd, stepSubtract:
		return sum(s.op, a, b)
	case stepMultiply:
		if a.Blank || b.Blank {
			return Cell{Blank: true, Empty: empty}
		}
		return finite(a.X*b.X, empty)
	case stepDivide:
		return quotient(a, b, arg(s.c), false)
	case stepShare:
		return quotient(a, b, noCell, true)
	case stepNegate, stepAbsolute, stepRound:
		return s.single(a)
	case stepCoalesce:
		if a.Blank {
			b.Empty = empty
			return b
		}
		a.Empty = empty
		return a
	case stepIf:
		chosen := arg(s.c)
		empty = empty && chosen.Empty
		if a.X != 0 {
			chosen = b
		}
		chosen.Empty = empty
		return chosen
	default:
		return truth(s.holds(a, b), empty)
	}
}

// sum adds or subtracts; a blank adds nothing, and two blanks are blank.
func sum(op stepOp, a, b Cell) Cell {
	empty := a.Empty && b.Empty
	if a.Blank && b.Blank {
		return Cell{Blank: true, Empty: empty}
	}
	x, y := a.X, b.X
	if a.Blank {
		x = 0
	}
	if b.Blank {
		y = 0
	}
	if op == stepSubtract {
		y = -y
	}
	return finite(x+y, empty)
}

// quotient is a / b. The rows of a share are those of a: that there is a total makes no row.
func quotient(a, b, instead Cell, share bool) Cell {
	empty := a.Empty && (b.Empty || share) && instead.Empty
	switch {
	case a.Blank:
		return Cell{Blank: true, Empty: empty}
	case b.Blank || b.X == 0:
		instead.Empty = empty
		return instead
	}
	return finite(a.X/b.X, empty)
}

func (s *step) single(a Cell) Cell {
	if a.Blank {
		return a
	}
	switch s.op {
	case stepNegate:
		a.X = -a.X
	case stepAbsolute:
		a.X = math.Abs(a.X)
	default:
		tens := math.Pow(10, math.Abs(s.number))
		if s.number < 0 {
			return finite(math.Round(a.X/tens)*tens, a.Empty)
		}
		if scaled := a.X * tens; math.Abs(scaled) < 1<<52 { // beyond it there are no such digits
			a.X = math.Round(scaled) / tens
		}
	}
	return a
}

// holds compares and joins. In a comparison a blank stands for 0, as in DAX; ISBLANK tells the two apart.
func (s *step) holds(a, b Cell) bool {
	x, y := a.X, b.X
	if a.Blank {
		x = 0
	}
	if b.Blank {
		y = 0
	}
	switch s.op {
	case stepAnd:
		return x != 0 && y != 0
	case stepOr:
		return x != 0 || y != 0
	case stepNot:
		return x == 0
	case stepIsBlank:
		return a.Blank
	case stepEqual:
		return x == y
	case stepUnequal:
		return x != y
	case stepLess:
		return x < y
	default:
		return x <= y
	}
}

func truth(holds, empty bool) Cell {
	n := Cell{Empty: empty}
	if holds {
		n.X = 1
	}
	return n
}

// acrossTotal is a step along the dates where there are none: a total. What adds up is its total; there is no
// period before a total.
func acrossTotal(out []Cell, s *step, a []Cell) {
	for i := range out {
		out[i] = a[i]
		if s.op != stepRunning {
			out[i] = Cell{Blank: true, Empty: a[i].Empty}
		}
	}
}

// alongPeriods is a step that reads earlier periods. A period that has not begun is blank.
func alongPeriods(out []Cell, s *step, a []Cell, begun int) {
	switch s.op {
	case stepRunning:
		running(out, a)
	case stepMoving:
		moving(out, a, int(s.number))
	default:
		for i := range out {
			before := noCell
			if i > 0 {
				before = a[i-1]
			}
			out[i] = compared(s.op, before, a[i])
		}
	}
	for i := begun; i < len(out); i++ {
		out[i] = Cell{Blank: true, Empty: a[i].Empty}
	}
}

// compared is PREVIOUS, DIFFERENCE or GROWTH. Against nothing there is neither difference nor growth.
func compared(op stepOp, before, now Cell) Cell {
	empty := before.Empty && now.Empty
	switch {
	case op == stepPrevious:
		before.Empty = empty
		return before
	case before.Blank || now.Blank:
		return Cell{Blank: true, Empty: empty}
	case op == stepDifference:
		return finite(now.X-before.X, empty)
	}
	return finite((now.X-before.X)/before.X, empty)
}

// running adds up from the first period on; it is blank until there is something to add.
func running(out, a []Cell) {
	total := noCell
	for i, n := range a {
		total = sum(stepAdd, total, n)
		total.Empty = n.Empty
		out[i] = total
	}
}

// moving is the mean of the numbers of the last width periods; blanks are left out, and the first periods take
// those that there are. The periods are cut into blocks of that width, so that each window is the end of one
// block and the beginning of the next: nothing is taken away again, so no digits are lost.
func moving(out, a []Cell, width int) {
	type part struct {
		x float64
		n int
	}
	add := func(p part, m Cell) part {
		if m.Blank {
			return p
		}
		return part{p.x + m.X, p.n + 1}
	}
	ends := make([]part, len(a)+1) // from each period to the end of its block
	for i := len(a) - 1; i >= 0; i-- {
		var later part
		if (i+1)%width != 0 {
			later = ends[i+1]
		}
		ends[i] = add(later, a[i])
	}
	var begin part // of the block of the period, up to it
	for i, m := range a {
		if i%width == 0 {
			begin = part{}
		}
		begin = add(begin, m)
		window := begin
		if first := i - width + 1; first > 0 && first%width != 0 {
			window = part{begin.x + ends[first].x, begin.n + ends[first].n}
		}
		out[i] = Cell{Blank: true, Empty: m.Empty}
		if window.n > 0 {
			out[i] = finite(window.x/float64(window.n), m.Empty)
		}
	}
}
