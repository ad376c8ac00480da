//go:build !desktop && !bindings

package main

import (
	"context"
	"io/fs"

	"sightline/backend/fault"
)

// openWindow says that this build has no window: it was made without GTK, for a machine without display.
func openWindow(context.Context, string, fs.FS) error {
	return fault.New(fault.NotFound, "main.openWindow", "This build of Sightline has no window.", "Run `sightline serve` and open the printed address in your browser.")
}
