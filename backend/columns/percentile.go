package columns

import (
	"math"
	"slices"
)

// percentile is M7: linear interpolation between the closest ranks, rank = p * (n-1), exact. It
// reorders xs, which must not be empty and holds no NaN.
func percentile(xs []float64, p float64) float64 {
	rank := p * float64(len(xs)-1)
	k := int(rank)
	frac := rank - float64(k)
	next := k
	if frac > 0 && k+1 < len(xs) {
		next = k + 1
	}
	low, high := twoRanks(xs, k, next)
	return low + frac*(high-low)
}

// manyNumbers is from how many numbers on counting passes are faster than selecting in place.
const manyNumbers = 2048

// twoRanks are the k-th and the next-th smallest number, next being k or k+1.
func twoRanks(xs []float64, k, next int) (low, high float64) {
	if len(xs) >= manyNumbers {
		var before int
		xs, before = rankBucket(xs, k, next)
		k, next = k-before, next-before
	}
	low = selectRank(xs, k)
	if next == k {
		return low, low
	}
	return low, slices.Min(xs[k+1:]) // everything behind k is at least xs[k]
}

// bucketBits is how finely a counting pass divides the range of the numbers.
const bucketBits = 10

// rankBucket narrows numbers to those that can stand at the ranks k to next: it counts them in buckets of their bits, which
// stand in the order of the numbers, and copies out the buckets that hold the two. before is how many numbers are smaller.
func rankBucket(xs []float64, k, next int) (bucket []float64, before int) {
	least, most := sortable(xs[0]), sortable(xs[0])
	for _, x := range xs {
		b := sortable(x)
		least, most = min(least, b), max(most, b)
	}
	shift := 0
	for (most-least)>>shift >= 1<<bucketBits {
		shift++
	}
	var counts [lanes][1 << bucketBits]int32
	i := 0
	for ; i+lanes <= len(xs); i += lanes {
		s := xs[i : i+lanes : i+lanes]
		counts[0][(sortable(s[0])-least)>>shift&(1<<bucketBits-1)]++
		counts[1][(sortable(s[1])-least)>>shift&(1<<bucketBits-1)]++
		counts[2][(sortable(s[2])-least)>>shift&(1<<bucketBits-1)]++
		counts[3][(sortable(s[3])-least)>>shift&(1<<bucketBits-1)]++
	}
	for ; i < len(xs); i++ {
		counts[0][(sortable(xs[i])-least)>>shift&(1<<bucketBits-1)]++
	}
	first, last, seen := -1, -1, 0
	for b := range counts[0] {
		n := int(counts[0][b] + counts[1][b] + counts[2][b] + counts[3][b])
		if first < 0 && seen+n > k {
			first, before = b, seen
		}
		if seen += n; seen > next {
			last = b
			break
		}
	}
	for _, x := range xs {
		if b := int((sortable(x) - least) >> shift); b >= first && b <= last {
			bucket = append(bucket, x)
		}
	}
	return bucket, before
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
