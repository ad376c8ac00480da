package refresh

import (
	"testing"
	"time"
)

func TestTimeLeftFollowsTheHistoryOnceItsSizeIsKnown(t *testing.T) {
	for name, tc := range map[string]struct {
		p    Progress
		want time.Duration
	}{
		// Seen in the sample: 6,731 of 40,074 revisions at 862 a second, while the percentage stood at 59.
		"size and speed known": {Progress{Percent: 59, Elapsed: 9 * time.Second, Phases: []PhaseProgress{
			{Phase: PhaseHistory, State: Running, Done: 6731, Expected: 40074, Rate: 862},
		}}, 38681 * time.Millisecond},
		"size not known": {Progress{Percent: 25, Elapsed: 10 * time.Second, Phases: []PhaseProgress{
			{Phase: PhaseHistory, State: Running, Done: 100, Rate: 10},
		}}, 30 * time.Second},
		"held back":    {Progress{Percent: 50, Elapsed: 10 * time.Second, Phases: []PhaseProgress{{Phase: PhaseHistory, State: Waiting, Expected: 10}}}, 10 * time.Second},
		"hardly begun": {Progress{Percent: 3, Elapsed: 10 * time.Second}, 0},
	} {
		if got := timeLeft(tc.p).Round(time.Millisecond); got != tc.want {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}
