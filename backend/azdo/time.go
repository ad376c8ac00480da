package azdo

import (
	"fmt"
	"time"
)

// Time is an instant as Azure DevOps writes it: RFC 3339 with 0 to 9 fraction digits, or the same
// without a zone, which means UTC. The sentinels 0001-01-01 ("never") and 9999-01-01 ("still current")
// both become the zero time, as does null.
type Time struct{ time.Time }

// UnmarshalJSON reads a string or null.
func (t *Time) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		t.Time = time.Time{}
		return nil
	}
	if len(b) < 2 || b[0] != '"' || b[len(b)-1] != '"' {
		return fmt.Errorf("azdo: %.40q is no date", b)
	}
	at, err := ParseTime(string(b[1 : len(b)-1]))
	if err != nil {
		return err
	}
	t.Time = at
	return nil
}

// usDate is how the recycle bin writes a deletion.
const usDate = "1/2/2006 3:04:05 PM"

// ParseTime reads a date of Azure DevOps. An empty string and the sentinels give the zero time.
func ParseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if at, ok := scanTime([]byte(s)); ok {
		return at, nil
	}
	for _, layout := range []string{usDate, "2006-01-02"} {
		if at, err := time.Parse(layout, s); err == nil {
			if sentinel(at.Year()) {
				return time.Time{}, nil
			}
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("azdo: %.40q is no date", s)
}

// scanTime reads 2006-01-02T15:04:05[.fffffff][Z|±hh:mm] without allocating. ok is false for anything
// else, an impossible day included.
func scanTime(b []byte) (at time.Time, ok bool) {
	if len(b) < 19 || b[4] != '-' || b[7] != '-' || (b[10] != 'T' && b[10] != 't' && b[10] != ' ') || b[13] != ':' || b[16] != ':' {
		return at, false
	}
	year, ok1 := digits(b[0:4])
	month, ok2 := digits(b[5:7])
	day, ok3 := digits(b[8:10])
	hour, ok4 := digits(b[11:13])
	minute, ok5 := digits(b[14:16])
	second, ok6 := digits(b[17:19])
	if !(ok1 && ok2 && ok3 && ok4 && ok5 && ok6) || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ||
		hour > 23 || minute > 59 || second > 59 {
		return at, false
	}
	rest, nanos := b[19:], 0
	if len(rest) > 0 && rest[0] == '.' {
		n := 1
		for scale := 100_000_000; n < len(rest) && rest[n] >= '0' && rest[n] <= '9'; n++ {
			nanos += int(rest[n]-'0') * scale
			scale /= 10
		}
		if n == 1 || n > 10 {
			return at, false
		}
		rest = rest[n:]
	}
	offset, ok := scanZone(rest)
	if !ok {
		return at, false
	}
	if sentinel(year) {
		return time.Time{}, true
	}
	return time.Date(year, time.Month(month), day, hour, minute, second-offset, nanos, time.UTC), true
}

// sentinel reports whether a year stands for never or for still current.
func sentinel(year int) bool { return year <= 1 || year >= 9999 }

// scanZone reads nothing, Z or ±hh:mm and returns seconds east of UTC.
func scanZone(b []byte) (seconds int, ok bool) {
	switch {
	case len(b) == 0, len(b) == 1 && (b[0] == 'Z' || b[0] == 'z'):
		return 0, true
	case len(b) != 6 || (b[0] != '+' && b[0] != '-') || b[3] != ':':
		return 0, false
	}
	hours, ok1 := digits(b[1:3])
	minutes, ok2 := digits(b[4:6])
	if !ok1 || !ok2 || hours > 23 || minutes > 59 {
		return 0, false
	}
	seconds = hours*3600 + minutes*60
	if b[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

func digits(b []byte) (n int, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}
