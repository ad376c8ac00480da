package columns_test

import (
	"math"
	"strings"

	"sightline/backend/dataset"
)

// deviationOf is the standard deviation of a population.
func deviationOf(xs []float64) float64 {
	sum, squares := 0.0, 0.0
	for _, x := range xs {
		sum += x
	}
	for _, x := range xs {
		squares += (x - sum/float64(len(xs))) * (x - sum/float64(len(xs)))
	}
	return math.Sqrt(squares / float64(len(xs)))
}

func (s *slow) rollupRatio(name string, rows []slowRow) slowValue {
	all, part, any := 0.0, 0.0, false
	for _, r := range rows {
		for _, d := range s.below(r.item, 1000) {
			v := d.last()
			row := slowRow{item: d, rev: v}
			if name == dataset.RollupHoursRatio {
				for i, x := range []float64{v.remaining, v.workDone} {
					if x == x {
						any = true
						all += x
						part += float64(i) * x
					}
				}
				continue
			}
			x, c := s.number(dataset.Estimate, row), s.category(v)
			if s.isRequirement(v) && c >= 1 && c <= 4 && x == x {
				any = true
				all += x
				if c == 4 {
					part += x
				}
			}
		}
	}
	switch {
	case !any || all == 0 && name == dataset.RollupProgressRatio:
		return none
	case all == 0:
		return slowValue{0, false}
	}
	return slowValue{part / all, false}
}

// spentDays adds the days up for each item and aggregates the items.
func spentDays(spans []slowSpan, how string) slowValue {
	byItem := map[int32]float64{}
	for _, sp := range spans {
		byItem[sp.item.id] += sp.days
	}
	var xs []float64
	sum := 0.0
	for _, x := range byItem {
		xs, sum = append(xs, x), sum+x
	}
	if len(xs) == 0 {
		return none
	}
	switch how {
	case "median":
		return slowValue{percentileOf(xs, 0.5), false}
	case "p95":
		return slowValue{percentileOf(xs, 0.95), false}
	}
	return slowValue{sum / float64(len(xs)), false}
}

// projection is M17 and M18.
func (s *slow) projection(name string, c slowCell) slowValue {
	unit := "estimate"
	if strings.HasSuffix(name, "items") {
		unit = "items"
	}
	amount := func(rows []slowRow, first, last int8) (sum float64, any bool) {
		for _, r := range rows {
			cat := s.category(r.rev)
			if cat >= 1 && cat <= 4 {
				any = true
			}
			if cat < first || cat > last {
				continue
			}
			if x := s.number(dataset.Estimate, r); unit == "items" {
				sum++
			} else if x == x {
				sum += x
			}
		}
		return sum, any
	}
	left, is := amount(c.asOf, 1, 3)
	done, _ := amount(c.asOf, 4, 4)
	left0, was := amount(c.start, 1, 3)
	done0, _ := amount(c.start, 4, 4)
	if c.noStart || c.noEnd || c.intervals <= 0 || !is && !was {
		return none
	}
	k := float64(c.intervals)
	burndown, increase := (done-done0)/k, (left+done-left0-done0)/k
	if strings.HasPrefix(name, "Average") {
		return slowValue{burndown, false}
	}
	intervals := 0.0
	if left > 0 {
		if burndown-increase < 1e-9 {
			return none
		}
		intervals = left / (burndown - increase)
	}
	if intervals > 1000 {
		return none
	}
	if strings.HasPrefix(name, "Intervals") {
		return slowValue{intervals, false}
	}
	day, n := c.last, int(math.Ceil(intervals-1e-9))
	switch {
	case n == 0:
	case c.grain == dataset.GrainDay:
		day = shift(day, n)
	default: // on to the end of the n-th period behind this one
		for p := s.periodOf(day, c.grain); n >= 0; day = shift(day, 1) {
			if next := s.periodOf(shift(day, 1), c.grain); next != p {
				if p = next; n == 0 {
					break
				}
				n--
			}
		}
	}
	return slowValue{daysBetween("1970-01-01", day), false}
}
