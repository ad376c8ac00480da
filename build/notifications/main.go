// Command notifications stands in for the notification service of a desktop (org.freedesktop.Notifications, version 1.2
// of its specification) on the session bus, for tests of the real window. It prints each notification as one line of
// JSON and clicks the last one for every line it reads.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sync/atomic"

	"github.com/godbus/dbus/v5"
)

const (
	name = "org.freedesktop.Notifications"
	path = dbus.ObjectPath("/org/freedesktop/Notifications")
)

type service struct{ last atomic.Uint32 }

// GetCapabilities says that bodies are read as markup, so that what comes unescaped is seen.
func (*service) GetCapabilities() ([]string, *dbus.Error) {
	return []string{"body", "body-markup", "actions"}, nil
}

// Notify prints what it is asked to show.
func (s *service) Notify(app string, _ uint32, _, summary, body string, actions []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	id := s.last.Add(1)
	line, err := json.Marshal(map[string]any{"id": id, "app": app, "summary": summary, "body": body, "actions": actions})
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	fmt.Println(string(line))
	return id, nil
}

// CloseNotification does nothing: nothing is on a screen.
func (*service) CloseNotification(uint32) *dbus.Error { return nil }

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return err
	}
	s := &service{}
	if err := bus.Export(s, path, name); err != nil {
		return err
	}
	if reply, err := bus.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		return fmt.Errorf("the name %s is not to be had: %v, %w", name, reply, err)
	}
	fmt.Println(`{"ready":true}`)
	clicks := bufio.NewScanner(os.Stdin)
	for clicks.Scan() {
		if err := bus.Emit(path, name+".ActionInvoked", s.last.Load(), "default"); err != nil {
			return err
		}
	}
	return clicks.Err()
}
