package rest

import (
	"bytes"
	"strconv"
	"time"
)

// appendTime writes an instant as the service does: UTC, with as many digits of a second as it has.
func appendTime(b []byte, ms int64) []byte {
	day := ms / 86_400_000
	rest := int(ms - day*86_400_000)
	b = appendDate(b, day)
	b = append(b, 'T')
	b = appendTwo(b, rest/3_600_000)
	b = append(b, ':')
	b = appendTwo(b, rest/60_000%60)
	b = append(b, ':')
	b = appendTwo(b, rest/1000%60)
	if f := rest % 1000; f != 0 {
		b = append(b, '.', byte('0'+f/100))
		if f%100 != 0 {
			b = append(b, byte('0'+f/10%10))
			if f%10 != 0 {
				b = append(b, byte('0'+f%10))
			}
		}
	}
	return append(b, 'Z')
}

// appendDate writes the date of a day counted from the epoch. The arithmetic is Howard Hinnant's
// civil_from_days; it is ours to spell because every revision has a dozen dates.
func appendDate(b []byte, days int64) []byte {
	z := days + 719_468
	era := z / 146_097
	doe := z - era*146_097
	yoe := (doe - doe/1460 + doe/36_524 - doe/146_096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day := doy - (153*mp+2)/5 + 1
	month, year := mp+3, yoe+era*400
	if month > 12 {
		month -= 12
		year++
	}
	b = appendTwo(appendTwo(b, int(year/100)), int(year%100))
	b = append(b, '-')
	b = appendTwo(b, int(month))
	b = append(b, '-')
	return appendTwo(b, int(day))
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// zuluTime is an instant as text.
func zuluTime(ms int64) string { return string(appendTime(nil, ms)) }

// midnight is a day as the service writes it.
func midnight(ms int64) string {
	return string(append(appendDate(nil, ms/86_400_000), "T00:00:00Z"...))
}

// parseTime reads what clients send as a date or an instant.
func parseTime(text string) (time.Time, bool) {
	// Microsoft's Node client writes dates as HTTP does.
	for _, layout := range []string{time.RFC3339Nano, time.RFC1123, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", time.DateOnly, "1/2/2006 3:04:05 PM", "1/2/2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// appendDouble writes a number as the service writes doubles: 5.0, 0.5.
func appendDouble(b []byte, f float64) []byte {
	start := len(b)
	b = strconv.AppendFloat(b, f, 'f', -1, 64)
	if bytes.IndexByte(b[start:], '.') < 0 {
		b = append(b, '.', '0')
	}
	return b
}

// usTime is an instant as the recycle bin writes it: 1/31/2017 9:21:14 PM.
func usTime(ms int64) string { return time.UnixMilli(ms).UTC().Format("1/2/2006 3:04:05 PM") }

// asOfNow asks for things as they are.
var asOfNow time.Time
