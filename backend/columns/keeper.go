package columns

import (
	"sync"
	"time"
)

// keeper writes snapshots behind the engine's back: not of every generation of a refresh, but of the one that
// stands for a while, and of the last one.
type keeper struct {
	path string
	warn func(error)
	mu   sync.Mutex
	next *generation // to be written; nil when the last one is
	wait *time.Timer
	busy sync.WaitGroup
	one  sync.Mutex // one is written at a time
}

// keepAfter is how long a generation has to stand before it is written.
const keepAfter = 5 * time.Second

// keep writes the generation later, unless another one comes before.
func (k *keeper) keep(g *generation) {
	if k.path == "" {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next = g
	if k.wait == nil {
		k.wait = time.AfterFunc(keepAfter, k.write)
		return
	}
	k.wait.Reset(keepAfter)
}

// write writes what is to be written.
func (k *keeper) write() {
	k.mu.Lock()
	g := k.next
	if k.next = nil; g != nil {
		k.busy.Add(1)
	}
	k.mu.Unlock()
	if g == nil {
		return
	}
	defer k.busy.Done()
	k.one.Lock()
	defer k.one.Unlock()
	if err := writeSnapshot(k.path, g); err != nil && k.warn != nil {
		k.warn(err)
	}
}

// end writes what is still to be written and returns when nothing is being written any more.
func (k *keeper) end() {
	k.mu.Lock()
	if k.wait != nil {
		k.wait.Stop()
	}
	k.mu.Unlock()
	k.write()
	k.busy.Wait()
}
