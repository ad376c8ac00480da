package columns

// instants is a column of milliseconds since 1970: the day as a code, and the milliseconds since it began. Days
// are what most questions are about, and both together are narrower than one number.
type instants struct {
	day    dayColumn
	ms     []uint32
	starts []int64 // of the days of the calendar
}

// newInstants makes a column; 0 is none, forever has no end.
func newInstants(cal *calendar, at []int64) instants {
	c := instants{day: days(cal, at), ms: make([]uint32, len(at)), starts: cal.starts}
	for row, ms := range at {
		if code := c.day.codes.at(int32(row)); code != 0 && code != c.day.last {
			c.ms[row] = uint32(ms - c.starts[code-1])
		}
	}
	return c
}

// at is the instant of the row, 0 for none.
func (c *instants) at(row int32) int64 {
	switch code := c.day.codes.at(row); code {
	case 0:
		return 0
	case c.day.last:
		return forever
	default:
		return c.starts[code-1] + int64(c.ms[row])
	}
}

func (c *instants) bytes() int { return c.day.bytes() + 4*len(c.ms) }
