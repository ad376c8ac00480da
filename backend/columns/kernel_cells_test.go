package columns

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// aggregateSlowly aggregates the numbers of one key as the definition says.
func aggregateSlowly(xs []float64, agg aggregation, p float64) cell {
	xs = slices.DeleteFunc(slices.Clone(xs), math.IsNaN)
	c := cell{n: int64(len(xs))}
	if len(xs) == 0 {
		return c
	}
	switch agg {
	case aggSum:
		for _, x := range xs {
			c.x += x
		}
	case aggMin:
		c.x = slices.Min(xs)
	case aggMax:
		c.x = slices.Max(xs)
	case aggPercentile:
		c.x = percentileSlowly(xs, p)
	case aggDistinct:
		seen := map[float64]bool{}
		for _, x := range xs {
			seen[x] = true
		}
		c.n = int64(len(seen))
	}
	return c
}

func sameCell(a, b cell) bool { return a.n == b.n && math.Abs(a.x-b.x) <= 1e-9*max(1, math.Abs(b.x)) }

// It compares counts and aggregates by the keys of two columns with plain loops, for every way a
// set of rows can be written down.
func TestRowsAreCountedAndAggregatedByKeysAsPlainLoopsDo(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	const n, lo = 2*kernelRows + 77, 13
	few, many := vector{b1: codesFor[uint8](r, n, 9)}, vector{b2: codesFor[uint16](r, n, 300)}
	values := []float64{2, nan, 0.5, -3, 2, nan, 8, 0, 100}
	wide := vector{b4: codesFor[uint32](r, n, 9)}
	firstOf, secondOf := make([]uint32, 9), make([]uint32, 300)
	for c := range firstOf {
		firstOf[c] = uint32(c % 3)
	}
	for c := range secondOf {
		secondOf[c] = uint32(c%20) * 3
	}
	ways := map[string][]keyPart{"no column": nil, "one column": {{&many, secondOf}}, "two columns": {{&few, firstOf}, {&many, secondOf}},
		"a column twice": {{&few, firstOf}, {&many, secondOf}, {&few, make([]uint32, 9)}}}
	const keys = 60
	for _, percent := range []int{0, 3, 50, 100} {
		mask := maskFor(r, n-lo, percent)
		set := maskedRows(lo, mask)
		for name, parts := range ways {
			counts, xs := make([]uint32, keys), make([][]float64, keys)
			passing := 0
			for i, m := range mask {
				if m == 0 {
					continue
				}
				passing++
				key := uint32(0)
				for _, p := range parts {
					key += p.add[p.codes.at(int32(lo+i))]
				}
				counts[key]++
				xs[key] = append(xs[key], values[wide.b4[lo+i]])
			}
			if got := set.counts(parts, keys); !slices.Equal(got, counts) || set.count != passing {
				t.Errorf("%d %% by %s: counted %v, want %v", percent, name, got, counts)
			}
			ranks := rankNumbers(values)
			joint := set.counts(append(slices.Clone(parts), ranks.part(&wide, keys)), keys*ranks.places())
			rows := set.list()
			for key, c := range set.summed(parts, &wide, values, keys) {
				if want := aggregateSlowly(xs[key], aggSum, 0); !sameCell(c, want) {
					t.Fatalf("%d %% by %s, sum of key %d: %v, want %v", percent, name, key, c, want)
				}
			}
			for agg := aggSum; agg <= aggDistinct; agg++ {
				listed := make([]float64, len(rows))
				for i, row := range rows {
					listed[i] = values[wide.b4[row]]
				}
				byCount, byList := histogramCells(joint, &ranks, keys, agg, 0.85), listCells(rowKeys(parts, rows), listed, keys, agg, 0.85)
				for key := range keys {
					want := aggregateSlowly(xs[key], agg, 0.85)
					if !sameCell(byCount[key], want) || !sameCell(byList[key], want) {
						t.Fatalf("%d %% by %s, aggregation %d of key %d: %v and %v, want %v", percent, name, agg, key, byCount[key], byList[key], want)
					}
				}
			}
		}
	}
}
