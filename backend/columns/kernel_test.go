package columns

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// codesFor makes rows whose codes are skewed, as people and states are.
func codesFor[C code](r *rand.Rand, rows, codes int) []C {
	out := make([]C, rows)
	for i := range out {
		x := r.Float64()
		out[i] = C(float64(codes) * x * x * x)
	}
	return out
}

func maskFor(r *rand.Rand, rows, percent int) []uint8 {
	out := make([]uint8, rows)
	for i := range out {
		if r.IntN(100) < percent {
			out[i] = 1
		}
	}
	return out
}

func testKernels[C code](t *testing.T, codes int) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, rows := range []int{0, 1, 3, 7, 8, 9, 1000, 1003, 2*kernelRows + 7} {
		for _, percent := range []int{0, 4, 50, 100} {
			keys, mask := codesFor[C](r, rows, codes), maskFor(r, rows, percent)
			table := maskFor(r, codes, 50)
			all, masked, listed := make([]uint32, codes), make([]uint32, codes), []int32{}
			passing := 0
			both, kept := make([]uint8, rows), make([]uint8, rows)
			for i, k := range keys {
				all[k]++
				if mask[i] == 1 {
					masked[k]++
					passing++
					listed = append(listed, int32(i+100))
				}
				kept[i] = table[k]
				if mask[i] == 1 && table[k] == 1 {
					both[i] = 1
				}
			}
			if got := countMask(mask); got != passing {
				t.Errorf("%d rows: %d pass, want %d", rows, got, passing)
			}
			list := maskRows(mask, 100, passing)
			if !slices.Equal(list, listed) {
				t.Errorf("%d rows: listed %v, want %v", rows, list, listed)
			}
			tallies := map[string]*tally{"all": newTally(codes), "masked": newTally(codes), "listed": newTally(codes)}
			countCodes(tallies["all"], keys)
			countMasked(tallies["masked"], keys, mask)
			countRows(tallies["listed"], keys, maskRows(mask, 0, passing))
			for name, want := range map[string][]uint32{"all": all, "masked": masked, "listed": masked} {
				if got := tallies[name].sums(); !slices.Equal(got, want) {
					t.Errorf("%d rows, %s: %v, want %v", rows, name, got, want)
				}
			}
			set := slices.Repeat([]uint8{9}, rows)
			setMask(set, keys, table)
			if !slices.Equal(set, kept) {
				t.Errorf("%d rows: set %v, want %v", rows, set, kept)
			}
			testSelection(t, keys, mask, table)
			and := slices.Clone(mask)
			bothMasks(and, kept)
			keepMask(mask, keys, table)
			if !slices.Equal(mask, both) || !slices.Equal(and, both) {
				t.Errorf("%d rows: kept %v and %v, want %v", rows, mask, and, both)
			}
		}
	}
}

// testSelection lists rows by a look-up table, all of them and those of a mask.
func testSelection[C code](t *testing.T, codes []C, mask, table []uint8) {
	v := vector{b1: ofWidth[uint8](codes), b2: ofWidth[uint16](codes), b4: ofWidth[uint32](codes)}
	lo := min(3, len(codes))
	var want, wantOfList, list []int32
	for i, c := range codes {
		if i >= lo && table[c] == 1 {
			want = append(want, int32(i))
		}
		if mask[i] == 1 {
			list = append(list, int32(i))
			if table[c] == 1 {
				wantOfList = append(wantOfList, int32(i))
			}
		}
	}
	for _, share := range []float64{0, 0.5, 1} {
		if got := v.selected(lo, len(codes)-lo, table, share); !slices.Equal(got, want) {
			t.Errorf("%d rows: selected %d, want %d", len(codes), len(got), len(want))
		}
	}
	if got := v.keepRows(list, table); !slices.Equal(got, wantOfList) {
		t.Errorf("%d rows: kept %d of the list, want %d", len(codes), len(got), len(wantOfList))
	}
}

// ofWidth are the codes if they have that width, nil if not.
func ofWidth[D, C code](codes []C) []D {
	same, _ := any(codes).([]D)
	return same
}

func TestKernelsCountAsPlainLoopsDo(t *testing.T) {
	t.Run("codes of one byte", func(t *testing.T) { testKernels[uint8](t, 40) })
	t.Run("codes of two bytes", func(t *testing.T) { testKernels[uint16](t, 700) })
	t.Run("codes of four bytes", func(t *testing.T) { testKernels[uint32](t, 700) })
}

// percentileSlowly sorts, and reads M7 off the sorted list.
func percentileSlowly(xs []float64, p float64) float64 {
	xs = slices.Sorted(slices.Values(xs))
	rank := p * float64(len(xs)-1)
	k := int(math.Floor(rank))
	if k+1 == len(xs) || rank == float64(k) {
		return xs[k] // exactly a rank: between the two ends of the numbers lies infinity, and 0 of it is none
	}
	return xs[k] + (rank-float64(k))*(xs[k+1]-xs[k])
}

func TestPercentileOfFewAndManyNumbersIsThatOfTheSortedList(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	shapes := map[string]func() float64{
		"lead times": func() float64 { return math.Exp(3 + 1.1*r.NormFloat64()) },
		"whole days": func() float64 { return float64(r.IntN(40)) },
		"negative":   func() float64 { return r.NormFloat64() * 1e3 },
		"both ends":  func() float64 { return math.Copysign(math.MaxFloat64, r.Float64()-0.5) },
		"all equal":  func() float64 { return 7.25 },
		"one apart":  func() float64 { return 1e-300 * float64(r.IntN(2)) * math.Exp(float64(r.IntN(600))) },
	}
	for name, one := range shapes {
		for _, n := range []int{1, 2, 5, manyNumbers - 1, manyNumbers, 20_000} {
			xs := make([]float64, n)
			for i := range xs {
				xs[i] = one()
			}
			for _, p := range []float64{0, 0.5, 0.85, 0.9, 0.95, 1} {
				if got, want := percentile(slices.Clone(xs), p), percentileSlowly(xs, p); got != want {
					t.Errorf("%s: %v of %d is %v, want %v", name, p, n, got, want)
				}
			}
		}
	}
}

// BenchmarkKernel tells the cost of a row beside that of copying a column of bytes.
func BenchmarkKernel(b *testing.B) {
	const rows = 2_000_000
	r := rand.New(rand.NewPCG(1, 1))
	few, many, mask, sparse := codesFor[uint8](r, rows, 40), codesFor[uint16](r, rows, 2000), maskFor(r, rows, 60), maskFor(r, rows, 3)
	to, table, strict := make([]uint8, rows), maskFor(r, 2000, 50), maskFor(r, 2000, 20)
	zipf := rand.NewZipf(r, 1.1, 4, 1999)
	for i := range many {
		many[i] = uint16(zipf.Uint64())
	}
	wide := vector{b2: many}
	var chosen []int32
	for i := range int32(rows) {
		if r.IntN(5) == 0 {
			chosen = append(chosen, i)
		}
	}
	listed := maskRows(sparse, 0, countMask(sparse))
	passing := countMask(mask)
	xs := make([]float64, 240_000)
	for i := range xs {
		xs[i] = math.Exp(3 + 1.1*r.NormFloat64())
	}
	small, large := newTally(40), newTally(2000)
	for _, k := range []struct {
		name string
		rows int
		run  func()
	}{
		{"memcpy", rows, func() { copy(to, few) }},
		{"count 40 codes", rows, func() { countCodes(small, few) }},
		{"count 2000 codes", rows, func() { countCodes(large, many) }},
		{"count 40 codes masked", rows, func() { countMasked(small, few, mask) }},
		{"count 2000 codes masked", rows, func() { countMasked(large, many, mask) }},
		{"count 2000 codes of listed rows", len(listed), func() { countRows(large, many, listed) }},
		{"count 2000 codes of one row in five", len(chosen), func() { countRows(large, many, chosen) }},
		{"rows by 2000 codes", rows, func() { wide.selected(0, rows, strict, 0.2) }},
		{"mask by 2000 codes", rows, func() { setMask(to, many, table) }},
		{"mask and mask", rows, func() { bothMasks(to, mask) }},
		{"rows of a full mask", rows, func() { maskRows(mask, 0, passing) }},
		{"rows of a sparse mask", rows, func() { maskRows(sparse, 0, len(listed)) }},
		{"percentile", len(xs), func() { percentile(xs, 0.85) }},
	} {
		b.Run(k.name, func(b *testing.B) {
			for range b.N {
				k.run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(k.rows), "ns/row")
		})
	}
}
