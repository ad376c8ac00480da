package sqlite

import "time"

// A name is spelled in many revisions, and may have changed. The newest spelling stands, in whatever
// order they arrive. "When" is counted in periods of 30 days, so that a name that never changes costs
// one write a period and not one a revision; within one period the spelling that sorts last stands.
const (
	periodMillis = 30 * 24 * 60 * 60 * 1000
	// listed is the period of a spelling that a list of the service gave: it stands above every other,
	// and a later list replaces it.
	listed = int64(1) << 40
)

func periodOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return max(0, t.UnixMilli()/periodMillis)
}

type spelling struct {
	text string
	seen int64
}

// offer takes a spelling that is newer than the one held; it reports whether anything changed. An empty
// text says nothing.
func (s *spelling) offer(text string, seen int64) bool {
	if text == "" || seen < s.seen || (seen == s.seen && (text == s.text || (seen != listed && text < s.text))) {
		return false
	}
	s.text, s.seen = text, seen
	return true
}
