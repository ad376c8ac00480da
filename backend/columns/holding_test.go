package columns

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sightline/backend/dataset"
)

// interval is a row as it was before it was packed.
type interval struct {
	item     int32
	from, to int64
}

// packedHistory makes many items in the order of their creation, with intervals of minutes to months and some gaps.
func packedHistory(r *rand.Rand) ([]interval, *segment, *calendar) {
	const start = int64(19_000) * millisADay
	cal := newCalendar(time.UTC, time.Sunday, start, start+900*millisADay)
	var rows []interval
	b := &builder{dicts: &dictionaries{}, fields: &fieldColumns{}}
	b.dicts.kinds.values = []kind{{category: inProgress}}
	for item := range int32(700) {
		at := start + int64(item)*millisADay/2
		for n := 1 + r.IntN(9); n > 0; n-- {
			to := at + 1 + r.Int64N(1<<(20+r.IntN(14)))
			if len(rows)%stretch == stretch-1 { // the last row of a stretch ends long after all others
				to = at + 300*millisADay
			}
			if n == 1 {
				to = forever
			}
			rows = append(rows, interval{item, at, to})
			at = to
			if r.IntN(20) == 0 && n > 1 {
				at += 1 + r.Int64N(3*millisADay)
			}
		}
		b.ends = append(b.ends, int32(len(rows)))
	}
	for _, row := range rows {
		b.spans.from.add(row.from)
		b.spans.to.add(row.to)
		b.spans.ended.add(0)
		for v := range b.spans.facts[:firstOfItem] {
			b.spans.facts[v].add(0)
		}
	}
	for v := range b.facts {
		b.facts[v].add(0)
	}
	var sizes [vectors]int
	s := b.timeline(cal, sizes)
	s.from.starts = cal.starts
	s.past.settle(s, b.dicts.kinds.values)
	return rows, s, cal
}

func TestIntervalsKeepTheirEndsAndItemsThoughOnlyTheirBeginningsAreStored(t *testing.T) {
	rows, s, cal := packedHistory(rand.New(rand.NewPCG(1, 2)))
	if len(s.past.gaps.rows) == 0 || s.n < 4*stretch {
		t.Fatalf("%d rows with %d gaps prove nothing", s.n, len(s.past.gaps.rows))
	}
	for i, row := range rows {
		got := interval{s.itemOf(int32(i)), s.from.at(int32(i)), s.endOf(int32(i))}
		if got != row {
			t.Fatalf("row %d is %v, want %v", i, got, row)
		}
		if day, want := s.endDay(int32(i), cal), cal.day(row.to); day != want {
			t.Fatalf("row %d ends on %v, want %v", i, day, want)
		}
	}
}

func TestIntervalsThatHoldAtACutAreThoseOfAPlainLoop(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	rows, s, cal := packedHistory(r)
	cuts := map[string]int64{"before all": cal.start(18_990), "now": forever}
	for day := dataset.Day(18_999); day < 19_800; day += 37 {
		cuts[fmt.Sprint("the start of ", day)] = cal.start(day)
		cuts[fmt.Sprint("within ", day)] = cal.start(day) + 40_000_000
	}
	for i := stretch; i < len(rows); i += stretch {
		cuts[fmt.Sprint("long before row ", i, " begins")] = rows[i].from - 5*millisADay
	}
	for i := 0; i < len(rows); i += 211 {
		cuts[fmt.Sprint("when row ", i, " begins")] = rows[i].from
		cuts[fmt.Sprint("after row ", i, " began")] = rows[i].from + 1
	}
	for name, cut := range cuts {
		var hold, later []int32
		for i, row := range rows {
			if row.to >= cut {
				later = append(later, int32(i))
				if row.from < cut {
					hold = append(hold, int32(i))
				}
			}
		}
		all := []rowSpan{{0, int32(s.n)}}
		if got := s.holding(cal, cut, true, all); !slices.Equal(got, hold) {
			t.Errorf("%s: %d rows hold, want %d", name, len(got), len(hold))
		}
		if got := s.holding(cal, cut, false, all); !slices.Equal(got, later) {
			t.Errorf("%s: %d rows end then or later, want %d", name, len(got), len(later))
		}
		var some []rowSpan
		inSome := make([]bool, s.n)
		for lo := int32(r.IntN(90)); int(lo) < s.n; lo += int32(r.IntN(900)) {
			end := min(lo+1+int32(r.IntN(200)), int32(s.n))
			some = append(some, rowSpan{lo, end})
			for ; lo < end; lo++ {
				inSome[lo] = true
			}
		}
		outside := func(row int32) bool { return !inSome[row] }
		for only, want := range map[bool][]int32{true: hold, false: later} {
			got := slices.DeleteFunc(s.holding(cal, cut, only, some), outside)
			if want = slices.DeleteFunc(slices.Clone(want), outside); !slices.Equal(got, want) {
				t.Errorf("%s, of some rows, only %t: %d rows, want %d", name, only, len(got), len(want))
			}
		}
	}
}
