//go:build desktop || bindings

package main

import (
	"context"
	"sync"

	wails_runtime "github.com/wailsapp/wails/v2/pkg/runtime"

	"sightline/backend/desktop"
	"sightline/backend/fault"
)

// notifier hands notifications to the operating system. It asks for them when the first one is due, so that a person
// who wants none is never asked for permission (macOS), and a computer without a service for them starts as any other.
type notifier struct {
	once sync.Once
	err  error
	sent sync.Map // by id
}

// Notify shows a notification while the window is there.
func (w *window) Notify(n desktop.Notification) error {
	var err error = fault.New(fault.NotFound, "main.Notify", "There is no window to notify from.", "Open Sightline.")
	w.with(func(c context.Context) {
		w.notifier.once.Do(func() { w.notifier.err = w.beginNotifying(c) })
		if err = w.notifier.err; err != nil {
			return
		}
		w.notifier.sent.Store(n.ID, n)
		err = wails_runtime.SendNotification(c, wails_runtime.NotificationOptions{ID: n.ID, Title: n.Title, Body: asBody(n.Text)})
	})
	return err
}

func (w *window) beginNotifying(c context.Context) error {
	if !wails_runtime.IsNotificationAvailable(c) {
		return fault.New(fault.NotFound, "main.Notify", "This system shows no notifications.", "The bell shows them.")
	}
	if err := wails_runtime.InitializeNotifications(c); err != nil {
		return fault.Wrap("main.Notify", err)
	}
	if allowed, err := wails_runtime.RequestNotificationAuthorization(c); err != nil || !allowed {
		return fault.New(fault.Forbidden, "main.Notify", "Notifications of Sightline are switched off in this system.", "The bell shows them.").Because(err)
	}
	wails_runtime.OnNotificationResponse(c, w.notificationClicked)
	return nil
}

func (w *window) notificationClicked(r wails_runtime.NotificationResult) {
	if r.Error != nil {
		return
	}
	n, ours := w.notifier.sent.LoadAndDelete(r.Response.ID)
	if !ours {
		return
	}
	w.raise()
	w.Emit("notice:opened", n)
}
