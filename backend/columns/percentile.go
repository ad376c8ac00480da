package columns

import (
	"math"
	"slices"
)

// percentile is M7: linear interpolation between the closest ranks, rank = p * (n-1), exact. It
// reorders xs, which must not be empty and holds no NaN.
func percentile(xs []float64, p float64) float64 { return percentileIn(xs, bucketsOf(xs), p) }

// percentileIn is a percentile of numbers whose buckets are known.
func percentileIn(xs []float64, counted *buckets, p float64) float64 {
	rank := p * float64(len(xs)-1)
	k := int(rank)
	frac := rank - float64(k)
	next := k
	if frac > 0 && k+1 < len(xs) {
		next = k + 1
	}
	if counted != nil {
		var before int
		xs, before = counted.holding(xs, k, next)
		k, next = k-before, next-before
	}
	low := selectRank(xs, k)
	if next == k {
		return low
	}
	return low + frac*(slices.Min(xs[k+1:])-low) // everything behind k is at least xs[k]
}

// manyNumbers is from how many numbers on counting passes are faster than selecting in place.
const manyNumbers = 2048

// bucketBits is how finely a counting pass divides the range of the numbers.
const bucketBits = 10

// buckets count numbers by their bits, which stand in the order of the numbers.
type buckets struct {
	least  uint64
	shift  int
	counts [1 << bucketBits]int32
}

// bucketsOf counts numbers; nil when they are few.
func bucketsOf(xs []float64) *buckets {
	if len(xs) < manyNumbers {
		return nil
	}
	b, most := &buckets{least: sortable(xs[0])}, sortable(xs[0])
	for _, x := range xs {
		bits := sortable(x)
		b.least, most = min(b.least, bits), max(most, bits)
	}
	for (most-b.least)>>b.shift >= 1<<bucketBits {
		b.shift++
	}
	for _, x := range xs {
		b.counts[(sortable(x)-b.least)>>b.shift&(1<<bucketBits-1)]++
	}
	return b
}

// holding copies out the numbers of the buckets that hold the ranks k to next. before is how many numbers are smaller.
func (b *buckets) holding(xs []float64, k, next int) (out []float64, before int) {
	first, last, seen := -1, -1, 0
	for i, n := range b.counts {
		if first < 0 && seen+int(n) > k {
			first, before = i, seen
		}
		if seen += int(n); seen > next {
			last = i
			break
		}
	}
	// Those of the buckets lie between two bit patterns, which costs no shift; each is written, and stays when it lies there.
	low, most := b.least+uint64(first)<<b.shift, uint64(last-first+1)<<b.shift-1
	out = make([]float64, seen-before+1)
	at := 0
	for _, x := range xs {
		out[at] = x
		if sortable(x)-low <= most {
			at++
		}
	}
	out = out[:at]
	return out, before
}

// sortable turns a number into bits that compare as the numbers do.
func sortable(x float64) uint64 {
	b := math.Float64bits(x)
	return b ^ (uint64(int64(b)>>63) | 1<<63)
}

// selectRank moves the k-th smallest number to place k, smaller ones before it and larger ones behind.
func selectRank(xs []float64, k int) float64 {
	lo, hi := 0, len(xs)-1
	for lo < hi {
		mid := lo + (hi-lo)/2
		if xs[mid] < xs[lo] {
			xs[mid], xs[lo] = xs[lo], xs[mid]
		}
		if xs[hi] < xs[lo] {
			xs[hi], xs[lo] = xs[lo], xs[hi]
		}
		if xs[hi] < xs[mid] {
			xs[hi], xs[mid] = xs[mid], xs[hi]
		}
		pivot := xs[mid]
		i, j := lo, hi
		for i <= j {
			for xs[i] < pivot {
				i++
			}
			for xs[j] > pivot {
				j--
			}
			if i <= j {
				xs[i], xs[j] = xs[j], xs[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return xs[k]
		}
	}
	return xs[k]
}
