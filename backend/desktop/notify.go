package desktop

import (
	"context"
	"slices"
	"strings"

	"sightline/backend/fault"
)

// Notification is what the operating system shows while nobody looks at Sightline. Title and Text may hold text of a
// server: a Platform shows them as plain text.
type Notification struct {
	ID        string `json:"id"`
	DatasetID string `json:"datasetId"`
	Title     string `json:"title"`
	Text      string `json:"text"`
}

// notificationSetting keeps what the operating system shows: failed, all or none.
const notificationSetting = "notifications"

// The choices. What needs a person is what they hear of by default: a refresh that goes well is no news.
const (
	notifyFailed = "failed"
	notifyAll    = "all"
	notifyNone   = "none"
)

// SetNotifications says what the operating system shows when a refresh ends and nobody looks: failed, all or none.
func (s *Shell) SetNotifications(which string) error {
	s.p.await()
	return guardDo(s.p.Log, "Shell.SetNotifications", func() error {
		if !slices.Contains([]string{notifyFailed, notifyAll, notifyNone}, which) {
			return fault.New(fault.Invalid, "desktop.SetNotifications", "There are no notifications called "+which+".", "Choose failed, all or none.")
		}
		if err := s.p.Workspace.PutSetting(s.p.ctx, notificationSetting, which); err != nil {
			return err
		}
		s.p.emit("workspace:changed", nil)
		return nil
	})
}

// SetWatched says whether a person looks at Sightline now. What they see themselves is not shown again beside it.
func (s *Shell) SetWatched(watched bool) error {
	return guardDo(s.p.Log, "Shell.SetWatched", func() error {
		s.p.watched.Store(watched)
		return nil
	})
}

func (p *Program) notifications(ctx context.Context) (string, error) {
	which, err := p.Workspace.Setting(ctx, notificationSetting)
	if which == "" {
		which = notifyFailed
	}
	return which, err
}

// notifyOutside hands a notice to the operating system when nobody looks and the person wants to hear of its kind.
// A system that shows none is no reason for anything to fail: the notice is in the program either way.
func (p *Program) notifyOutside(n *NoticeView) {
	if p.watched.Load() {
		return
	}
	which, err := p.notifications(p.ctx)
	if err != nil || which == notifyNone || which == notifyFailed && (n.Kind == "refreshed" || n.Kind == "slowed") {
		return
	}
	err = p.Platform.Notify(Notification{ID: n.ID, DatasetID: n.DatasetID, Title: oneLine(n.Title, 120), Text: oneLine(n.Text, 400)})
	if err != nil {
		p.Log.Info("the operating system shows no notifications", "err", err)
	}
}

// oneLine makes a line of a text: no control characters, no line feeds, at most so many characters.
func oneLine(text string, most int) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f || r == ' ' }), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}
