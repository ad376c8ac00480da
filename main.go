// Sightline loads Azure DevOps into files on the person's own machine and shows them as a dashboard, a
// report and a dataset. One binary has three faces: the window, `sightline serve` and the verbs.
package main

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // days are days of the dataset's zone, also where the system has no zone files

	"sightline/backend/cli"
)

//go:embed all:frontend/dist
var built embed.FS

// version is set by the build.
var version = "0.1.0"

// policy is the Content-Security-Policy of every page. frame-src 'none' also closes the hole of Wails
// 2.16.0 on Linux through which a frame with scripts reaches the bound methods (GHSA-r5j2-ghh9-2jqw).
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self' data:; connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func main() {
	// DMABUF rendering draws artefacts and costs 100 MB where there is no GPU (Wails issue 2977).
	if _, set := os.LookupEnv("WEBKIT_DISABLE_DMABUF_RENDERER"); !set {
		_ = os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1") // a failure leaves the default, which works
	}
	// A load makes garbage faster than anything else here; collecting it sooner keeps its memory flat (175 MB
	// in place of 280 MB at 1.6 million revisions) and costs a few percent of its time.
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(60)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks a second time does not want to wait for an orderly end
	pages := pages()
	status := cli.Run(ctx, cli.Host{
		Version: version, Pages: pages, CSP: policy,
		Open: openProgram, DefaultDataDir: defaultDataDir,
		Window: func(ctx context.Context, dir string) error { return openWindow(ctx, dir, pages) },
	}, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// pages is the built interface.
func pages() fs.FS {
	dist, err := fs.Sub(built, "frontend/dist")
	if err != nil {
		panic(err) // the embedded folder is part of the program
	}
	return dist
}
