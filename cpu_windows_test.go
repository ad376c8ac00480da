package main

import (
	"syscall"
	"time"
)

// processorTime is what this process has used, user and system, all threads, as coarsely as Windows counts it.
func processorTime() time.Duration {
	var created, ended, kernel, user syscall.Filetime
	p, err := syscall.GetCurrentProcess()
	if err == nil {
		err = syscall.GetProcessTimes(p, &created, &ended, &kernel, &user)
	}
	if err != nil {
		panic(err)
	}
	sum := func(t syscall.Filetime) time.Duration {
		return time.Duration(int64(t.HighDateTime)<<32|int64(t.LowDateTime)) * 100
	}
	return sum(kernel) + sum(user)
}
