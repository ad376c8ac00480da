package main

import (
	"testing"

	"sightline/backend/desktop"
)

func TestClosingTheWindowEndsSightlineUnlessAPersonSwitchedThatOff(t *testing.T) {
	dir := t.TempDir()
	for _, step := range []struct{ is, next bool }{{false, true}, {true, true}, {true, false}, {false, false}} {
		p, _, done := open(t, dir, false)
		shell := p.Services().Shell
		if v := answered[desktop.ShellView](t)(shell.State()); v.Background != step.is || p.StaysInBackground() != step.is {
			t.Errorf("after a start: %v and %v, want %v", v.Background, p.StaysInBackground(), step.is)
		}
		if err := shell.SetBackground(step.next); err != nil {
			t.Fatal(err)
		}
		if v := answered[desktop.ShellView](t)(shell.State()); v.Background != step.next || p.StaysInBackground() != step.next {
			t.Errorf("switched to %v: %v and %v", step.next, v.Background, p.StaysInBackground())
		}
		done()
	}
}

func TestQuitAsksTheFaceForTheEnd(t *testing.T) {
	p, face, done := open(t, t.TempDir(), false)
	defer done()
	if err := p.Services().Shell.Quit(); err != nil || !face.quit {
		t.Errorf("quit: %v, %v", err, face.quit)
	}
}
