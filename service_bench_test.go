package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

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

// serveOrganization announces an organization on standard output and serves it until standard input ends. Each
// line of that is answered with the processor time used so far, in nanoseconds.
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
	for asked := bufio.NewScanner(os.Stdin); asked.Scan(); {
		fmt.Println(processorTime().Nanoseconds())
	}
	_ = s.Close()
	return 0
}

// ownService is a sample organization in a process of its own, which uses one core.
type ownService struct {
	sampleorg.Announcement
	ask   io.Writer
	hears *json.Decoder
}

// processorTime is what the service has used so far.
func (s *ownService) processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used time.Duration
	_, err := fmt.Fprintln(s.ask)
	if err == nil {
		err = s.hears.Decode(&used)
	}
	if err != nil {
		b.Fatal(err)
	}
	return used
}

func serveOwn(b *testing.B, size string) *ownService {
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
	s := &ownService{ask: alive, hears: json.NewDecoder(said)}
	if err := s.hears.Decode(&s.Announcement); err != nil {
		b.Fatal(err)
	}
	return s
}
