//go:build desktop || bindings

package main

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"os"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	wails_runtime "github.com/wailsapp/wails/v2/pkg/runtime"

	"sightline/backend/cli"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/instance"
)

// openWindow opens the window and returns when it was closed. A second start raises the first window.
func openWindow(ctx context.Context, dir string, pages fs.FS) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" && !generatingBindings {
		return fault.New(fault.NotFound, "main.openWindow", "There is no display for the window.", "Run `sightline serve` and open the printed address in your browser.")
	}
	w := &window{}
	p := &desktop.Program{}
	if !generatingBindings {
		first, err := instance.Acquire(dir, w.raise)
		if err != nil || first == nil {
			return err
		}
		defer func() { _ = first.Release() }() // the process ends here; the lock ends with it
		opened, done, err := openProgram(ctx, cli.OpenOptions{DataDir: dir, Platform: w, Background: true})
		if err != nil {
			return err
		}
		defer done()
		p = opened
	}
	return fault.Wrap("main.openWindow", wails.Run(&options.App{
		Title: "Sightline", Width: 1440, Height: 900, MinWidth: 640, MinHeight: 480,
		AssetServer:      &assetserver.Options{Assets: pages, Handler: p.API(), Middleware: withPolicy},
		BackgroundColour: &options.RGBA{R: 243, G: 244, B: 247, A: 255},
		OnStartup:        func(c context.Context) { w.open(c); closeWith(ctx, w) },
		OnBeforeClose:    func(context.Context) bool { return w.hides(p) },
		OnShutdown:       func(context.Context) { w.close() },
		Bind:             p.Services().Bound(),
		Linux:            &linux.Options{ProgramName: "sightline", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	}))
}

// closeWith ends the window when the process is asked to end.
func closeWith(process context.Context, w *window) {
	context.AfterFunc(process, func() { _ = w.Quit() }) // it never refuses
}

// withPolicy puts the policy on every answer of the window's own pages.
func withPolicy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Security-Policy", policy)
		rw.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(rw, r)
	})
}

// window is the platform of the window. Wails hands its context over at startup; before that and after
// shutdown there is nobody to tell.
type window struct {
	mu  sync.RWMutex
	ctx context.Context

	quitting atomic.Bool // somebody asked for the end, not only for the window to go
	notifier notifier
}

func (w *window) open(ctx context.Context) { w.mu.Lock(); w.ctx = ctx; w.mu.Unlock() }
func (w *window) close()                   { w.mu.Lock(); w.ctx = nil; w.mu.Unlock() }

// with runs do while the window is there. An event with any other context would end the process.
func (w *window) with(do func(context.Context)) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.ctx != nil {
		do(w.ctx)
	}
}

// raise brings the window back, whether it is hidden, minimised or behind others.
func (w *window) raise() {
	w.with(func(c context.Context) {
		wails_runtime.Show(c)
		wails_runtime.WindowUnminimise(c)
		wails_runtime.WindowShow(c)
	})
}

// hides hides a window that a person closes, when the schedule shall go on without it, and reports whether it
// did. Wails asks this before every end.
func (w *window) hides(p *desktop.Program) bool {
	if w.quitting.Load() || !p.StaysInBackground() {
		return false
	}
	w.with(wails_runtime.Hide) // the whole program, so that the Dock of macOS brings it back as well
	return true
}

// Quit ends the program.
func (w *window) Quit() error {
	w.quitting.Store(true)
	w.with(func(c context.Context) { go wails_runtime.Quit(c) }) // the page that asked gets its answer first
	return nil
}

// Face is window.
func (w *window) Face() string { return "window" }

// Emit sends an event to the page.
func (w *window) Emit(event string, data any) {
	w.with(func(c context.Context) { wails_runtime.EventsEmit(c, event, data) })
}

// OpenURL opens an address in the person's own browser.
func (w *window) OpenURL(address string) error {
	w.with(func(c context.Context) { wails_runtime.BrowserOpenURL(c, address) })
	return nil
}

// Reveal shows a file in the file manager.
func (w *window) Reveal(path string) error { return cli.Reveal(path) }

// SaveFile asks where to save and writes the file.
func (w *window) SaveFile(suggested string, content []byte) (saved string, ok bool, err error) {
	return w.SaveStream(suggested, func(out io.Writer) error {
		_, err := out.Write(content)
		return err
	})
}

// SaveStream asks where to save and writes the file beside its place first, so that a file that was there stays whole
// until the new one is.
func (w *window) SaveStream(suggested string, write func(io.Writer) error) (saved string, ok bool, err error) {
	w.mu.RLock()
	c := w.ctx
	w.mu.RUnlock()
	if c == nil {
		return "", true, nil
	}
	saved, err = wails_runtime.SaveFileDialog(c, wails_runtime.SaveDialogOptions{DefaultFilename: suggested})
	if err != nil || saved == "" {
		return "", true, err
	}
	return saved, true, cli.WriteWhole(saved, write)
}
