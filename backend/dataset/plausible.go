package dataset

import "math"

// MostNumber is the largest amount of a number that people or programs put into a field and that is taken for one,
// 10^12. Beyond it a number is a slip of typing; and a sum that has held a much larger one has lost its small
// digits for good, also after somebody corrected it.
const MostNumber = 1e12

// PlausibleNumber is the number, or NaN, which is blank, for one beyond MostNumber and for none.
func PlausibleNumber(x float64) float64 {
	if math.Abs(x) <= MostNumber {
		return x
	}
	return math.NaN()
}
