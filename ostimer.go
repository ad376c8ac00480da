package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/timer"
)

// osTimer is the operating system's timer of one data folder.
type osTimer struct{ timer *timer.Timer }

// timerOf makes the timer of a data folder. It touches nothing.
func timerOf(dir string) osTimer {
	program, err := os.Executable()
	if err != nil {
		program = os.Args[0] // what was typed finds it as well, while the search path stays
	}
	usual, err := defaultDataDir()
	return osTimer{timer.New(timer.Options{Program: program, DataDir: dir, Usual: err == nil && filepath.Clean(usual) == dir})}
}

// State says what there is of the timer.
func (t osTimer) State(ctx context.Context) (desktop.TimerState, error) {
	s, err := t.timer.State(ctx)
	return timerState(s), fault.Wrap("main.timer", err)
}

// Set writes or removes the timer.
func (t osTimer) Set(ctx context.Context, on bool) (desktop.TimerState, error) {
	s, err := t.timer.Set(ctx, on)
	return timerState(s), fault.Wrap("main.timer", err)
}

func timerState(s timer.State) desktop.TimerState {
	return desktop.TimerState{
		Supported: s.Supported, Kind: s.Kind, On: s.On, EveryMinutes: int(timer.Every / time.Minute), Entries: s.Entries, Detail: s.Detail,
	}
}
