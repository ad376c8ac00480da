package world

// away says whether a person is on holiday on a day: five weeks a year, and a day now and then.
func away(p *Person, day int) bool {
	if p.Kind == Service {
		return false
	}
	return mix(uint64(p.index)<<20|uint64(day/7)|1<<50)%10 == 0 || mix(uint64(p.index)<<20|uint64(day))%45 == 0
}

const (
	millisPerHour = 3_600_000
	// officeHours is how long people are at work on a day, from nine on their own clock.
	officeHours = 8.5
)

// working is the instant at which a person has been at work for some hours since another instant. Nights,
// weekends and holidays do not count, so a vote asked for on Friday evening comes on Monday.
func (w *World) working(p *Person, since int64, hours float64) int64 {
	need := int64(hours * millisPerHour)
	for day := w.day(since + p.hours*millisPerHour); ; day++ {
		if w.idle(day) || away(p, day) {
			continue
		}
		start := w.DayStart(day) + (9-p.hours)*millisPerHour
		left := start + int64(officeHours*millisPerHour) - max(since, start)
		if left <= 0 {
			continue
		}
		if need < left {
			return max(since, start) + need
		}
		need -= left
	}
}
