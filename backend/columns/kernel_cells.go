package columns

import (
	"math"
	"slices"
)

// ranked are the different numbers that codes stand for, ascending, and the place of each code's among them. Codes
// without a number have the place behind the last.
type ranked struct {
	numbers []float64
	place   []uint32 // of each code
}

func rankNumbers(ofCodes []float64) ranked {
	r := ranked{place: make([]uint32, len(ofCodes))}
	r.numbers = slices.Clone(ofCodes)
	r.numbers = slices.DeleteFunc(r.numbers, math.IsNaN)
	slices.Sort(r.numbers)
	r.numbers = slices.Compact(r.numbers)
	for c, x := range ofCodes {
		if math.IsNaN(x) {
			r.place[c] = uint32(len(r.numbers))
			continue
		}
		at, _ := slices.BinarySearch(r.numbers, x)
		r.place[c] = uint32(at)
	}
	return r
}

// places is how many places there are, that of no number included.
func (r *ranked) places() int { return len(r.numbers) + 1 }

// part makes a part of a key that stands above keys smaller ones.
func (r *ranked) part(v *vector, keys int) keyPart {
	add := make([]uint32, len(r.place))
	for c, at := range r.place {
		add[c] = at * uint32(keys)
	}
	return keyPart{v, add}
}

// histogramCells aggregates numbers of which there are counts: counts[place*keys+key] rows of the key have the number
// at the place. Every aggregate is exact, percentiles too: the numbers stand in their order.
func histogramCells(counts []uint32, r *ranked, keys int, agg aggregation, p float64) []cell {
	out := make([]cell, keys)
	for at, x := range r.numbers {
		for key, n := range counts[at*keys : (at+1)*keys] {
			if n == 0 {
				continue
			}
			c := &out[key]
			switch agg {
			case aggSum:
				c.x += float64(n) * x
			case aggMin:
				if c.n == 0 {
					c.x = x
				}
			case aggMax:
				c.x = x
			case aggDistinct:
				n = 1
			}
			c.n += int64(n)
		}
	}
	if agg == aggPercentile {
		for key := range out {
			if out[key].n > 0 {
				out[key].x = histogramPercentile(counts, r, keys, key, out[key].n, p)
			}
		}
	}
	return out
}

// histogramPercentile is M7 over the n numbers of one key.
func histogramPercentile(counts []uint32, r *ranked, keys, key int, n int64, p float64) float64 {
	rank := p * float64(n-1)
	k := int64(rank)
	frac := rank - float64(k)
	seen, low := int64(0), nan
	for at, x := range r.numbers {
		seen += int64(counts[at*keys+key])
		if math.IsNaN(low) && seen > k {
			low = x
			if frac == 0 {
				return low
			}
		}
		if seen > k+1 {
			return low + frac*(x-low)
		}
	}
	return low
}

// listCells aggregates numbers that are listed with their keys; NaN is no number.
func listCells(keysOf []uint32, xs []float64, keys int, agg aggregation, p float64) []cell {
	out := make([]cell, keys)
	if agg != aggPercentile && agg != aggDistinct {
		for i, x := range xs {
			if x != x {
				continue
			}
			c := &out[keysOf[i]]
			switch {
			case agg == aggSum:
				x += c.x
			case c.n > 0 && agg == aggMin:
				x = min(x, c.x)
			case c.n > 0 && agg == aggMax:
				x = max(x, c.x)
			}
			c.x = x
			c.n++
		}
		return out
	}
	return sortNumbers(keysOf, xs, keys).cells(agg, p)
}

// sortedNumbers are numbers by their key: those of key k stand from ends[k] to ends[k+1].
type sortedNumbers struct {
	xs      []float64
	ends    []int
	buckets []*buckets // of each key, once a percentile was asked for
}

// sortNumbers sorts numbers by their keys; NaN is left out.
func sortNumbers(keysOf []uint32, xs []float64, keys int) *sortedNumbers {
	ends := make([]int, keys+1)
	for i, x := range xs {
		if x == x {
			ends[keysOf[i]+1]++
		}
	}
	for k := range keys {
		ends[k+1] += ends[k]
	}
	next, sorted := slices.Clone(ends), make([]float64, ends[keys])
	for i, x := range xs {
		if x == x {
			k := keysOf[i]
			sorted[next[k]] = x
			next[k]++
		}
	}
	return &sortedNumbers{xs: sorted, ends: ends}
}

// cells are percentiles or the counts of different numbers. The numbers of a key change their order.
func (s *sortedNumbers) cells(agg aggregation, p float64) []cell {
	out := make([]cell, len(s.ends)-1)
	for k := range out {
		list := s.xs[s.ends[k]:s.ends[k+1]]
		if out[k].n = int64(len(list)); len(list) == 0 {
			continue
		}
		if agg == aggPercentile {
			if s.buckets == nil {
				s.buckets = make([]*buckets, len(out))
			}
			if s.buckets[k] == nil {
				s.buckets[k] = bucketsOf(list)
			}
			out[k].x = percentileIn(list, s.buckets[k], p)
			continue
		}
		list = slices.Sorted(slices.Values(list))
		out[k].n = int64(len(slices.Compact(list)))
	}
	return out
}
