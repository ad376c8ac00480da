//go:build !(darwin && desktop && cgo)

package browser

import (
	"runtime"

	"sightline/backend/fault"
)

// SheetMissing says why the sign-in sheet of macOS cannot be shown here, or "" when it can.
func SheetMissing() string {
	if runtime.GOOS == "darwin" {
		return "Only Sightline's own window can show the sign-in sheet of macOS; this is Sightline without it."
	}
	return "Only macOS has a sign-in sheet of its own."
}

// OpenSheet shows address in the sign-in sheet of macOS. fault.NoBrowser: there is none here.
func OpenSheet(string) (*Sheet, error) {
	return nil, fault.New(fault.NoBrowser, "browser.OpenSheet", SheetMissing(), "Choose another way to sign in.").
		Offering(fault.Retry, fault.NormalBrowser, fault.UseDeviceCode)
}
