package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"sightline/backend/sampleorg"
)

// serveEnvironment names the size of the organization that a child process serves.
const serveEnvironment = "SIGHTLINE_BENCH_SERVE"

// TestMain lets this program be the service of a benchmark.
func TestMain(m *testing.M) {
	if name := os.Getenv(serveEnvironment); name != "" {
		os.Exit(serveOrganization(name))
	}
	os.Exit(m.Run())
}

// serveOrganization announces an organization on standard output and serves it until standard input ends.
func serveOrganization(name string) int {
	size, err := sampleorg.ParseSize(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s, err := sampleorg.Start(context.Background(), sampleorg.Options{Seed: 1, Size: size, FullIdentities: true, Today: benchToday})
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(s.Announcement())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // its end is the only news
	_ = s.Close()
	return 0
}

// ownOrganization serves a sample organization in a process of its own, which uses one core.
func ownOrganization(b *testing.B, size string) sampleorg.Announcement {
	b.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), serveEnvironment+"="+size, "GOMAXPROCS=1")
	child.Stderr = os.Stderr
	alive, err := child.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	said, err := child.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := child.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = alive.Close()
		_ = child.Wait() // it served, and how it ended says nothing
	})
	var a sampleorg.Announcement
	if err := json.NewDecoder(said).Decode(&a); err != nil {
		b.Fatal(err)
	}
	return a
}
