//go:build desktop || bindings

package main

import (
	"html"
	"slices"

	"github.com/godbus/dbus/v5"
)

// asBody is a text as the body of a notification. Some desktops read a small HTML there (the capability
// "body-markup" of the Desktop Notifications Specification), and a text may come from a server.
func asBody(text string) string {
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return html.EscapeString(text)
	}
	defer func() { _ = bus.Close() }() // it only asked
	var can []string
	err = bus.Object("org.freedesktop.Notifications", "/org/freedesktop/Notifications").
		Call("org.freedesktop.Notifications.GetCapabilities", 0).Store(&can)
	if err == nil && !slices.Contains(can, "body-markup") {
		return text
	}
	return html.EscapeString(text)
}
