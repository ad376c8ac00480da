package dataset

import "math"

// Formula is a measure of a person made ready for one query: what an engine computes in each cell (Bases), in
// which groups (Scopes), and the steps that make one number of them. It holds no data; any goroutine may use it.
type Formula struct {
	// Bases are measures of the model and aggregates of columns, each with its filters.
	Bases []ResolvedValue
	// Scopes are the groups in which bases are wanted. The first is the cell itself.
	Scopes []Scope
	steps  []step
	result int // the step that is the measure
}

// Scope says which groups of the query are taken off: bit i stands for the i-th of its rows and then columns.
// SHARE divides by a number of such wider groups.
type Scope uint64

// Holds reports whether the group at the position is taken off.
func (s Scope) Holds(group int) bool { return s&(1<<group) != 0 }

// maxScopedGroups is how many groups a Scope has room for.
const maxScopedGroups = 64

// Cell is the number of a cell, or none. Empty says that no row took part, so that it alone makes no row of
// a result.
type Cell struct {
	X            float64
	Blank, Empty bool
}

// noCell is a blank that no row stands behind.
var noCell = Cell{Blank: true, Empty: true}

// stepOp is what a step does with the results of earlier ones.
type stepOp uint8

const (
	stepLeaf stepOp = iota // a base in a scope
	stepConstant
	stepTruth // TRUE or FALSE
	stepBlank
	stepAdd
	stepSubtract
	stepMultiply
	stepDivide // a / b, c instead when there is no quotient
	stepShare  // a / b, where b is a wider group than a
	stepNegate
	stepAbsolute
	stepRound // to number digits
	stepCoalesce
	stepIf // a decides between b and c
	stepAnd
	stepOr
	stepNot
	stepIsBlank
	stepEqual
	stepUnequal
	stepLess
	stepLessEqual
	stepPrevious
	stepDifference
	stepGrowth
	stepRunning
	stepMoving // over number periods
)

// along reports whether the step reads other periods than its own.
func (op stepOp) along() bool { return op >= stepPrevious }

// step is one operation of a formula; a, b and c are earlier steps, -1 for none.
type step struct {
	op      stepOp
	a, b, c int
	number  float64
	base    int
	scope   int
	flat    bool // the date axis is taken off here
}

// Cells is what a formula is evaluated over: one group of an answer.
type Cells struct {
	// Periods is how many periods the date axis has; 0 when the group is not on dates.
	Periods int
	// Begun is how many of them have begun at the as-of time.
	Begun int
	// Base is a base in a scope at every period, or one number that stands for all. It holds until the next call.
	Base func(base, scope int) []Cell
}

// Scratch is the room in which formulas are evaluated one after the other, by one goroutine. The zero Scratch is
// ready to use.
type Scratch struct {
	results [][]Cell
	room    []Cell
}

// rows are n cells for each of some steps.
func (s *Scratch) rows(steps, n int) [][]Cell {
	if cap(s.room) < steps*n {
		s.room = make([]Cell, steps*n)
	}
	s.results = s.results[:0]
	for i := range steps {
		s.results = append(s.results, s.room[i*n:(i+1)*n])
	}
	return s.results
}

// Evaluate computes the formula at every period of the cells, or once without periods. What it returns holds until
// the scratch is used again.
//
// A blank is nothing rather than 0, as in DAX: it adds nothing, and what is multiplied with it or divided by it
// is blank. What has no value, such as a division by 0, is blank too.
func (f *Formula) Evaluate(cells Cells, scratch *Scratch) []Cell {
	results := scratch.rows(len(f.steps), max(1, cells.Periods))
	for i := range f.steps {
		s, out := &f.steps[i], results[i]
		switch {
		case s.op == stepLeaf:
			spread(out, cells.Base(s.base, s.scope))
		case s.op.along() && (s.flat || cells.Periods == 0):
			acrossTotal(out, s, results[s.a])
		case s.op.along():
			alongPeriods(out, s, results[s.a], cells.Begun)
		default:
			for at := range out {
				out[at] = s.pointwise(at, results)
			}
		}
	}
	return results[f.result]
}

// spread copies the numbers; one stands for all.
func spread(out, from []Cell) {
	for i := range out {
		out[i] = noCell
		if len(from) > 0 {
			out[i] = from[min(i, len(from)-1)]
		}
	}
}

// finite is x, or blank when there is no such number.
func finite(x float64, empty bool) Cell {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Cell{Blank: true, Empty: empty}
	}
	return Cell{X: x, Empty: empty}
}
