package refresh

import (
	"context"
	"fmt"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

const (
	// testRunsBack is how far the cursor of test runs is set back.
	testRunsBack = time.Hour
	// windowsAtOnce is how many windows of test runs are read at once and stored together. The first load of
	// two years has 105, most of them empty in most projects; a later refresh has one.
	windowsAtOnce = 4
)

// firstTestRuns is before any test run of a service that can be loaded from: what a load of everything begins
// with, because the service wants two dates for each query.
var firstTestRuns = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

// tests brings the test runs of a project up to date, in windows of time of their last update: the service
// takes no query of more than seven days.
func (r *run) tests(ctx context.Context, p devops.Project) error {
	s, done, err := r.window(ctx, testRunsFeed, p.ID)
	if err != nil {
		return err
	}
	now := r.Clock().UTC()
	from := s.from(testRunsBack)
	if from.IsZero() {
		from = firstTestRuns
	}
	rows := 0
	for more := true; more; {
		windows := testWindows(from, now)
		reads, err := r.readWindows(ctx, p, windows)
		if err != nil {
			return err
		}
		from = windows[len(windows)-1].Add(azdo.TestRunsWindow)
		more = from.Before(now)
		if end := readUntil(from, now, reads[len(reads)-1].at); end.After(s.Reached) {
			s.Reached = end
		}
		b := devops.Batch{TestRuns: joinWindows(p.ID, reads), Cursor: s.cursor(testRunsFeed, p.ID, done || !more)}
		if err := r.store(ctx, PhaseTests, b); err != nil {
			return err
		}
		rows += len(b.TestRuns)
	}
	if rows > 0 && !done {
		r.track.say(fmt.Sprintf("%s: %d test runs.", p.Name, rows))
	}
	return nil
}

// readUntil is how far a window counts as read: to its end, but no further than the present by our clock and
// by the service's. Either may be wrong by hours. The service's is zero when it did not say.
func readUntil(end, now, service time.Time) time.Time {
	if now.Before(end) {
		end = now
	}
	if !service.IsZero() && service.Before(end) {
		end = service
	}
	return end
}

// testWindows are the beginnings of the next windows, until one reaches the present. That one ends beyond it,
// so that a clock of ours that is slow hides nothing.
func testWindows(from, now time.Time) []time.Time {
	windows := []time.Time{from}
	for len(windows) < windowsAtOnce && from.Add(azdo.TestRunsWindow).Before(now) {
		from = from.Add(azdo.TestRunsWindow)
		windows = append(windows, from)
	}
	return windows
}

// readWindows reads several windows at once.
func (r *run) readWindows(ctx context.Context, p devops.Project, windows []time.Time) ([]windowRead, error) {
	reads := make([]windowRead, len(windows))
	var asks []func(context.Context) error
	for i := range windows {
		asks = append(asks, func(ctx context.Context) (err error) {
			reads[i], err = r.readWindow(ctx, p, windows[i])
			return err
		})
	}
	return reads, together(ctx, windowsAtOnce, asks...)
}

// windowRead is what one window gave.
type windowRead struct {
	runs []azdo.TestRun
	at   time.Time // when the service answered its first page, by its clock; zero when it did not say
}

// readWindow reads the test runs of one window, page by page.
func (r *run) readWindow(ctx context.Context, p devops.Project, from time.Time) (out windowRead, err error) {
	q := azdo.TestRunsQuery{Project: p.ID, Min: from, Max: from.Add(azdo.TestRunsWindow)}
	var watch pageWatch
	for {
		if err := r.hold(ctx); err != nil {
			return out, err
		}
		page, err := r.Client.TestRuns(ctx, q)
		if err != nil {
			return out, err
		}
		if out.at.IsZero() {
			out.at = page.At
		}
		ids := make([]int, len(page.Runs))
		for i := range page.Runs {
			ids[i] = int(page.Runs[i].ID)
		}
		_, stuck := watch.turn(page.ContinuationToken, ids)
		if stuck && len(ids) >= azdo.TestRunsLimit {
			return out, r.samePage(p, "the test runs")
		}
		out.runs = append(out.runs, page.Runs...)
		if page.ContinuationToken == "" || stuck {
			return out, nil
		}
		q.ContinuationToken = page.ContinuationToken
	}
}

// joinWindows transforms the test runs of windows, each run once: windows share the instant between them, and
// a run that was updated while we read comes in two. The later one stands.
func joinWindows(projectID string, reads []windowRead) []devops.TestRun {
	var rows []devops.TestRun
	at := map[int]int{}
	for i := range reads {
		for j := range reads[i].runs {
			row := testRunOf(projectID, &reads[i].runs[j])
			if k, twice := at[row.ID]; twice {
				if !row.Updated.Before(rows[k].Updated) {
					rows[k] = row
				}
				continue
			}
			at[row.ID] = len(rows)
			rows = append(rows, row)
		}
	}
	return rows
}
