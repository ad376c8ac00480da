package dataset

import (
	"math"
	"strings"
)

// nature is what is known of a step before anything is computed: from it follow the format, the unit and what
// may be done with the number.
type nature struct {
	boolean   bool
	constant  bool
	value     float64 // of a constant
	unit      string
	format    string
	additive  bool
	overTime  string
	direction Direction
}

// precision ranks the formats that are plain numbers.
var precision = map[string]int{"integer": 0, "decimal1": 1, "decimal2": 2}

func constantNature(x float64) nature {
	n := nature{constant: true, value: x, format: "decimal2", additive: x == 0, direction: Neutral}
	if x == math.Trunc(x) {
		n.format = "integer"
	}
	return n
}

func natureOf(info ValueInfo) nature {
	return nature{unit: info.Unit, format: info.Format, additive: info.Additive, overTime: info.OverTime, direction: info.Direction}
}

func booleanNature(a, b nature) nature {
	return nature{boolean: true, constant: a.constant && b.constant, overTime: jointTime(a, b)}
}

// jointTime is how two values together behave on dates: like states as soon as one is a state, and not at all
// when one cannot stand there.
func jointTime(a, b nature) string {
	switch {
	case a.constant:
		return b.overTime
	case b.constant || a.overTime == b.overTime:
		return a.overTime
	case a.overTime == "" || b.overTime == "":
		return ""
	}
	return OverTimeAsOf
}

// joined is the nature of either of two values, or of their sum: the unit they share, the finer format.
func joined(a, b nature) nature {
	n := nature{constant: a.constant && b.constant, overTime: jointTime(a, b), additive: a.additive && b.additive && a.overTime == b.overTime, direction: a.direction}
	if a.additive && a.constant && b.additive || b.additive && b.constant && a.additive {
		n.additive = true // 0 beside it
	}
	switch {
	case a.constant && !b.constant:
		n.unit, n.format, n.direction = b.unit, finer(b.format, a.format), b.direction
	case b.constant:
		n.unit, n.format = a.unit, finer(a.format, b.format)
	default:
		if n.unit = a.unit; a.unit != b.unit {
			n.unit = ""
		}
		n.format = finer(a.format, b.format)
		if _, plain := precision[n.format]; a.unit != b.unit && a.format != b.format && !plain {
			n.format = "decimal2" // hours and points
		}
		if a.direction != b.direction {
			n.direction = Neutral
		}
	}
	return n
}

// finer is the format that shows both; the format of a constant counts as a plain number.
func finer(a, b string) string {
	pa, plainA := precision[a]
	pb, plainB := precision[b]
	switch {
	case a == b || plainA && plainB && pa > pb:
		return a
	case plainA && plainB:
		return b
	case plainB:
		return a // days + 1, percent - 0.5
	case plainA:
		return b
	}
	return "decimal2"
}

func difference(a, b nature) nature {
	n := joined(a, b)
	if !b.constant {
		n.direction = Neutral
	}
	return n
}

func product(a, b nature) nature {
	n := nature{constant: a.constant && b.constant, overTime: jointTime(a, b), direction: Neutral}
	if !a.constant && (b.constant || b.format == percentFormat) {
		a, b = b, a
	}
	switch {
	case a.constant:
		n.unit, n.format = b.unit, finer(b.format, a.format)
		n.additive = b.additive
		if a.value > 0 {
			n.direction = b.direction
		}
	case a.format == percentFormat: // a share of something
		n.unit, n.format = b.unit, finer(b.format, "decimal1")
	default:
		n.format = "decimal1"
	}
	return n
}

const percentFormat = "percent"

// ratio of two values of one unit is a percentage; of different ones it is so much of the first per the second.
func ratio(a, b nature) nature {
	n := nature{constant: a.constant && b.constant, overTime: jointTime(a, b), direction: Neutral, format: "decimal2"}
	switch {
	case b.constant:
		n.unit, n.format, n.additive = a.unit, finer(a.format, "decimal1"), a.additive
		if b.value > 0 {
			n.direction = a.direction
		}
	case a.constant:
	case a.format == percentFormat && b.format == percentFormat:
	case a.unit == b.unit:
		n.format = percentFormat
	case a.unit != "" && b.unit != "":
		n.unit = a.unit + " per " + singular(b.unit)
	}
	return n
}

// singular of the units of the model: items, bugs, story points, branches.
func singular(unit string) string {
	for _, sound := range []string{"ch", "sh", "x"} {
		if s, ok := strings.CutSuffix(unit, sound+"es"); ok {
			return s + sound
		}
	}
	return strings.TrimSuffix(unit, "s")
}

// meanOf is the nature of a mean of such values.
func meanOf(a nature) nature {
	a.additive = false
	a.format = finer(a.format, "decimal1")
	return a
}

// formats are those that a definition may ask for.
var formats = []string{"integer", "decimal1", "decimal2", percentFormat, "days", "hours", "duration"}

// info heads the value of a formula of this nature.
func (n nature) info(d *Definition) ValueInfo {
	info := ValueInfo{Name: d.Name, Measure: d.Name, Unit: n.unit, Format: n.format, Additive: n.additive, Direction: n.direction, OverTime: n.overTime}
	if n.constant {
		info.OverTime = OverTimeAsOf
	}
	if d.Format != "" {
		info.Format = d.Format
	}
	if d.Unit != "" {
		info.Unit = d.Unit
	}
	if info.Format == percentFormat && d.Unit == "" {
		info.Unit = ""
	}
	return info
}
