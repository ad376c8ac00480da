package sqlite_test

import "time"

var started = time.Now()

// cpuTime is wall time here: Windows counts processor time too coarsely for these benchmarks.
func cpuTime() time.Duration { return time.Since(started) }
