package dataset

import (
	"fmt"
	"strconv"
	"strings"
)

// Percentile is the share of the values that lie below a percentile: 0.85 of p85, 0.5 of the median. Every
// aggregate from p1 to p99 is one; the others are none.
func (a Aggregate) Percentile() (share float64, ok bool) {
	if a == Median {
		return 0.5, true
	}
	digits, isP := strings.CutPrefix(string(a), "p")
	n, err := strconv.Atoi(digits)
	if !isP || err != nil || n < 1 || n > 99 || strconv.Itoa(n) != digits {
		return 0, false
	}
	return float64(n) / 100, true
}

var aggregateNames = map[Aggregate]string{
	Sum: "Sum of", Average: "Average of", Min: "Smallest", Max: "Largest", Count: "Count of",
	CountDistinct: "Distinct count of", Median: "Median of", StandardDeviation: "Standard deviation of",
}

// heading begins the name of such a value: Sum of, 85th percentile of. It is "" for an aggregate that is none.
func (a Aggregate) heading() string {
	if name, ok := aggregateNames[a]; ok {
		return name
	}
	if share, ok := a.Percentile(); ok {
		return ordinal(int(share*100+0.5)) + " percentile of"
	}
	return ""
}

// ordinal writes 1st, 2nd, 85th.
func ordinal(n int) string {
	ending := "th"
	if n/10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, ending)
}
