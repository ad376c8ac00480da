package columns

// percentile is M7: linear interpolation between the closest ranks, rank = p * (n-1), exact. It
// reorders xs, which must not be empty.
func percentile(xs []float64, p float64) float64 {
	rank := p * float64(len(xs)-1)
	k := int(rank)
	low := selectRank(xs, k)
	if frac := rank - float64(k); frac > 0 && k+1 < len(xs) {
		high := xs[k+1] // everything behind k is at least xs[k]
		for _, x := range xs[k+2:] {
			high = min(high, x)
		}
		return low + frac*(high-low)
	}
	return low
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
