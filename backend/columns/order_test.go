package columns

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestOrderedIsTheOrderOfAPlainComparison holds every way of ordering tuples, by how many there are and how many are
// wanted, against a stable sort by a comparison that is written out.
func TestOrderedIsTheOrderOfAPlainComparison(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	numbers := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 1e300, -1e300, math.Inf(1), math.Inf(-1), math.NaN(), 7, 1 << 40}
	for _, n := range []int{0, 1, 7, manyTuples - 1, manyTuples, 9000} {
		for _, shuffled := range []bool{false, true} {
			for sorts := range 3 {
				tuples, values := make([]tuple, n), make([][]float64, sorts)
				for i := range tuples {
					tuples[i] = tuple{slot: uint32(i), ordinals: []uint32{uint32(i / 3), uint32(i)}}
				}
				if shuffled {
					r.Shuffle(n, func(i, j int) { tuples[i], tuples[j] = tuples[j], tuples[i] })
				}
				descending := []bool{r.IntN(2) == 0, r.IntN(2) == 0}
				by := make([][]uint64, sorts)
				for s := range by {
					for range n {
						x := numbers[r.IntN(len(numbers))]
						values[s], by[s] = append(values[s], x), append(by[s], sortKey(x, descending[s]))
					}
				}
				want := make([]int32, n)
				for i := range want {
					want[i] = int32(i)
				}
				slices.SortStableFunc(want, func(x, y int32) int {
					for s := range values {
						if c := plainComparison(values[s][x], values[s][y], descending[s]); c != 0 {
							return c
						}
					}
					return cmp.Compare(tuples[x].ordinals[1], tuples[y].ordinals[1])
				})
				for _, top := range []int{min(n, 1), min(n, 20), min(n, 1+n/2), n} {
					got := ordered(tuples, by, top)
					if got == nil && sorts == 0 && slices.IsSorted(want) {
						continue // as they stand
					}
					if !slices.Equal(got, want[:top]) {
						t.Fatalf("%d of %d tuples, shuffled %t, by %d values: not the order of the comparison", top, n, shuffled, sorts)
					}
				}
			}
		}
	}
}

// plainComparison puts what is no number last.
func plainComparison(x, y float64, descending bool) int {
	switch {
	case math.IsNaN(x) && math.IsNaN(y):
		return 0
	case math.IsNaN(x):
		return 1
	case math.IsNaN(y):
		return -1
	case x == y:
		return 0
	case (x < y) != descending:
		return -1
	}
	return 1
}
