package main

import (
	"runtime"
	"slices"
	"syscall"
	"time"
)

// processCPU is the time that all threads of this process have had, which other programs disturb less than wall time.
func processCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// timing is a task measured several times, in turn with the others.
type timing struct {
	run       func() error
	cpu, wall []time.Duration
}

// inTurn measures the tasks in turn, so that a busy moment hits all of them. Short tasks are repeated until the clock can tell.
func inTurn(runs int, tasks ...*timing) error {
	repeats := make([]int, len(tasks))
	for i, t := range tasks {
		began := time.Now()
		if err := t.run(); err != nil {
			return err
		}
		repeats[i] = max(1, int(15*time.Millisecond/(time.Since(began)+1)))
	}
	for range runs {
		for i, t := range tasks {
			runtime.GC()
			cpu, least := processCPU(), time.Hour
			for range repeats[i] {
				began := time.Now()
				if err := t.run(); err != nil {
					return err
				}
				least = min(least, time.Since(began))
			}
			t.cpu = append(t.cpu, (processCPU()-cpu)/time.Duration(repeats[i]))
			t.wall = append(t.wall, least)
		}
	}
	return nil
}

func (t *timing) medianCPU() time.Duration {
	xs := slices.Sorted(slices.Values(t.cpu))
	return xs[len(xs)/2]
}

func (t *timing) leastWall() time.Duration { return slices.Min(t.wall) }
