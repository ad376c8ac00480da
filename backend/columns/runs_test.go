package columns

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestRunsOfCodesAreReadAsTheCodesOfTheirRows(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for _, codes := range []int{200, 3000, 100_000} {
		for _, n := range []int{1, 63, 64, 65, kernelRows + 1, 3*kernelRows - 5} {
			var built column[uint32]
			want := make([]uint32, 0, n)
			code := uint32(r.IntN(codes))
			for range n {
				if r.IntN(9) == 0 {
					code = uint32(r.IntN(codes))
				}
				built.add(code)
				want = append(want, code)
			}
			v := pack(&built, nil, codes).inRuns()
			if n > kernelRows && v.runs == nil {
				t.Fatalf("%d rows of %d codes are not in runs", n, codes)
			}
			if v.rows() != n {
				t.Fatalf("%d rows, want %d", v.rows(), n)
			}
			for row, code := range want {
				if got := v.at(int32(row)); got != code {
					t.Fatalf("row %d of %d has %d, want %d", row, n, got, code)
				}
			}
			lo := r.IntN(n)
			table, numbers := maskFor(r, codes, 40), make([]uint32, codes)
			for c := range numbers {
				numbers[c] = uint32(c * 3)
			}
			mask, fresh, keys := maskFor(r, n-lo, 50), make([]uint8, n-lo), make([]uint32, n-lo)
			var rows, kept []int32
			wantMask, wantFresh, wantKeys := slices.Clone(mask), slices.Clone(fresh), slices.Clone(keys)
			for i := range wantMask {
				c := want[lo+i]
				wantMask[i] &= table[c]
				wantFresh[i], wantKeys[i] = table[c], numbers[c]
				if mask[i] == 1 {
					rows = append(rows, int32(lo+i))
					if table[c] == 1 {
						kept = append(kept, int32(lo+i))
					}
				}
			}
			if got := v.keepRows(rows, table); !slices.Equal(got, kept) {
				t.Errorf("%d rows are kept, want %d", len(got), len(kept))
			}
			v.keep(mask, lo, table)
			v.pass(fresh, lo, table, true)
			part := keyPart{&v, numbers}
			part.setKeys(keys, lo, false)
			if !slices.Equal(mask, wantMask) || !slices.Equal(fresh, wantFresh) || !slices.Equal(keys, wantKeys) {
				t.Errorf("%d rows from %d on are masked or keyed differently", n, lo)
			}
			out := make([]uint32, len(rows))
			lookUp(&v, rows, numbers, out)
			for i, row := range rows {
				if out[i] != 3*want[row] {
					t.Fatalf("row %d is looked up as %d, want %d", row, out[i], 3*want[row])
				}
			}
		}
	}
}

// TestRowsThatPassInRunsAreThoseOfAPlainLoop also looks for the answer that too many pass.
func TestRowsThatPassInRunsAreThoseOfAPlainLoop(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	few, many := 0, 0
	for _, codes := range []int{200, 3000, 100_000} {
		for _, n := range []int{63, 64, 65, kernelRows + 1, 9*kernelRows - 5} {
			for _, percent := range []int{0, 1, 5, 20, 60, 100} {
				var built column[uint32]
				var want []int32
				code, table := uint32(r.IntN(codes)), maskFor(r, codes, percent)
				for row := range int32(n) {
					if r.IntN(15) == 0 {
						code = uint32(r.IntN(codes))
					}
					built.add(code)
					if table[code] == 1 {
						want = append(want, row)
					}
				}
				v := pack(&built, nil, codes).inRuns()
				if v.runs == nil {
					continue
				}
				spans := v.passing(table)
				if spans == nil {
					if many++; len(want) < n/64 {
						t.Errorf("%d of %d rows pass, and nothing was found", len(want), n)
					}
					continue
				}
				few++
				var got []int32
				for _, s := range spans {
					for row := s.lo; row < s.end; row++ {
						got = append(got, row)
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("%d of %d rows pass, want %d", len(got), n, len(want))
				}
			}
		}
	}
	if few < 20 || many < 5 {
		t.Errorf("%d times few rows passed and %d times many: that proves nothing", few, many)
	}
}
