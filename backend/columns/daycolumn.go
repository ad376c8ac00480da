package columns

import "sightline/backend/dataset"

// dayColumn is a column of days as codes: 0 is none, 1 is base, and one more each day. The code last stands for
// what has no end.
type dayColumn struct {
	codes vector
	base  dataset.Day
	last  uint32
}

// days are those of instants; 0 is none.
func days(cal *calendar, instants []int64) dayColumn {
	d := dayColumn{base: cal.base, last: uint32(len(cal.starts) + 1)}
	var codes column[uint32]
	for _, ms := range instants {
		switch ms {
		case 0:
			codes.add(0)
		case forever:
			codes.add(d.last)
		default:
			codes.add(uint32(cal.day(ms)-d.base) + 1)
		}
	}
	d.codes = pack(&codes, nil, int(d.last)+1)
	return d
}

// packDays makes a column with a range of its own: what people write into a date need not lie near the days of the rows.
func packDays(list []dataset.Day) dayColumn {
	first, last := noDay, noDay
	for _, day := range list {
		if day != noDay {
			if first == noDay || day < first {
				first = day
			}
			last = max(last, day)
		}
	}
	d := dayColumn{base: first, last: 1}
	if first != noDay {
		d.last = uint32(last-first) + 2
	}
	var codes column[uint32]
	for _, day := range list {
		if day == noDay {
			codes.add(0)
		} else {
			codes.add(uint32(day-first) + 1)
		}
	}
	d.codes = pack(&codes, nil, int(d.last)+1).inRuns()
	return d
}

// packNumbers makes the narrowest vector of numbers that are their own codes.
func packNumbers(numbers *column[uint32]) vector {
	most := uint32(0)
	for i := range numbers.n {
		most = max(most, numbers.at(i))
	}
	return pack(numbers, nil, int(most)+1).inRuns()
}

// at is the day of the row, noDay for none.
func (d *dayColumn) at(row int32) dataset.Day { return d.dayOf(d.codes.at(row)) }

func (d *dayColumn) dayOf(code uint32) dataset.Day {
	switch code {
	case 0:
		return noDay
	case d.last:
		return dataset.LastDay
	}
	return d.base + dataset.Day(code-1)
}

// codeOf is the code of a day of the calendar.
func (d *dayColumn) codeOf(day dataset.Day) uint32 {
	if day == dataset.LastDay {
		return d.last
	}
	return uint32(day-d.base) + 1
}

func (d *dayColumn) bytes() int { return d.codes.bytes() }

// table looks something up for each code.
func (d *dayColumn) table(of func(dataset.Day) uint32) []uint32 {
	out := make([]uint32, d.last+1)
	for c := range out {
		out[c] = of(d.dayOf(uint32(c)))
	}
	return out
}
