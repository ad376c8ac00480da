package main

import (
	"context"
	"sightline/backend/desktop"
)

func timerOf(string) desktop.Timer { return osTimer{} }

type osTimer struct{}

func (osTimer) State(context.Context) (desktop.TimerState, error) { return desktop.TimerState{}, nil }
func (osTimer) Set(context.Context, bool) (desktop.TimerState, error) {
	return desktop.TimerState{}, nil
}
