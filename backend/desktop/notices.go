package desktop

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"sightline/backend/workspace"
)

// notices are what a person should hear of when a refresh ends. They live in memory: the history keeps what
// happened, and a notice of last week is no news.
type notices struct {
	mu   sync.Mutex
	list []NoticeView // newest first
}

// mostNotices is how many are kept.
const mostNotices = 50

// slowedAfter is from when on the history says that the service slowed a refresh.
const slowedAfter = time.Second

// slowedLong is from when on a person hears of it.
const slowedLong = time.Minute

func slowed(waited time.Duration) bool { return waited >= slowedAfter }

// Notices lists what happened since the program started, newest first.
func (s *Shell) Notices() ([]NoticeView, error) {
	s.p.await()
	return guard(s.p.Log, "Shell.Notices", func() ([]NoticeView, error) {
		s.p.notices.mu.Lock()
		defer s.p.notices.mu.Unlock()
		return append([]NoticeView{}, s.p.notices.list...), nil
	})
}

// SeeNotices takes the mark of the new from all notices.
func (s *Shell) SeeNotices() error {
	s.p.await()
	return guardDo(s.p.Log, "Shell.SeeNotices", func() error {
		s.p.notices.mu.Lock()
		defer s.p.notices.mu.Unlock()
		for i := range s.p.notices.list {
			s.p.notices.list[i].Seen = true
		}
		return nil
	})
}

// tell adds a notice about a dataset and sends it to the interface.
func (p *Program) tell(datasetID, kind, title, text string) {
	n := NoticeView{ID: newID(), DatasetID: datasetID, Kind: kind, Title: title, Text: text, At: stamp(p.Clock())}
	p.notices.mu.Lock()
	p.notices.list = append([]NoticeView{n}, p.notices.list...)
	if len(p.notices.list) > mostNotices {
		p.notices.list = p.notices.list[:mostNotices]
	}
	p.notices.mu.Unlock()
	p.emit("notice", n)
	p.notifyOutside(&n)
}

// tellEnd tells how a refresh ended. What a person stopped or closed is no news to them, and neither is a
// refresh of the schedule that found nothing.
func (p *Program) tellEnd(name string, line *workspace.RefreshRun) {
	switch line.Status {
	case "failed":
		p.tell(line.DatasetID, "failed", name+" could not be refreshed", line.Message)
	case "succeeded":
		v := runView(line)
		switch {
		case line.Waited >= slowedLong:
			p.tell(line.DatasetID, "slowed", name+" is refreshed",
				fmt.Sprintf("Azure DevOps made us wait for %s. %s", line.Waited.Round(time.Second), changeText(&v)))
		case line.Type != workspace.ScheduledRun || v.Added+v.Changed+v.Deleted > 0:
			p.tell(line.DatasetID, "refreshed", name+" is refreshed", changeText(&v))
		}
	}
}

// onceEach remembers what was said already.
type onceEach struct {
	mu   sync.Mutex
	said map[string]bool
}

// first reports whether id comes for the first time.
func (o *onceEach) first(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.said == nil {
		o.said = map[string]bool{}
	}
	said := o.said[id]
	o.said[id] = true
	return !said
}

// changeText says what a refresh changed.
func changeText(v *RunView) string {
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{v.Added, "added"}, {v.Changed, "changed"}, {v.Deleted, "deleted"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(parts) == 0 {
		return "Nothing had changed."
	}
	return "Rows: " + strings.Join(parts, ", ") + "."
}
