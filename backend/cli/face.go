package cli

import (
	"io"
	"os/exec"
	"runtime"
	"sync/atomic"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/serve"
)

// servedFace is the platform under `sightline serve`.
type servedFace struct{ server atomic.Pointer[serve.Server] }

func (f *servedFace) set(s *serve.Server) { f.server.Store(s) }

// Face is serve.
func (f *servedFace) Face() string { return "serve" }

// Emit reaches every open page.
func (f *servedFace) Emit(event string, data any) {
	if s := f.server.Load(); s != nil {
		s.Emit(event, data)
	}
}

// OpenURL opens an address with the system's own opener.
func (f *servedFace) OpenURL(address string) error { return openAddress(address) }

// openAddress opens an address with the system's own opener.
func openAddress(address string) error {
	opener := map[string][]string{
		"darwin":  {"open", address},
		"windows": {"rundll32", "url.dll,FileProtocolHandler", address},
	}[runtime.GOOS]
	if opener == nil {
		opener = []string{"xdg-open", address}
	}
	c := exec.Command(opener[0], opener[1:]...)
	if err := c.Start(); err != nil {
		return fault.New(fault.NoBrowser, "cli.OpenURL", "No browser could be started on this computer.", "Open the address yourself.").With("Address", address).Because(err)
	}
	go func() { _ = c.Wait() }() // the opener ends by itself; its status says nothing about the browser
	return nil
}

// Reveal shows a file in the file manager.
func (f *servedFace) Reveal(path string) error { return Reveal(path) }

// SaveFile leaves saving to the page: a browser has its own dialog.
func (f *servedFace) SaveFile(string, []byte) (saved string, ok bool, err error) {
	return "", false, nil
}

// SaveStream leaves saving to the page.
func (f *servedFace) SaveStream(string, func(io.Writer) error) (saved string, ok bool, err error) {
	return "", false, nil
}

// Notify leaves it to the page, whose browser shows it when the person allowed that.
func (f *servedFace) Notify(n desktop.Notification) error {
	f.Emit("notice:outside", n)
	return nil
}

// Quit is refused: who started the server ends it.
func (f *servedFace) Quit() error {
	return fault.New(fault.Invalid, "cli.Quit", "Sightline has no window here that could be closed.", "End it where it was started: press Ctrl+C there.")
}
