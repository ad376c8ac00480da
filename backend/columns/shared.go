package columns

import (
	"context"
	"errors"
	"sync"
)

// shared keeps the rows that filters select for all queries of one page, or of one generation. Two goroutines may ask
// for the same rows; the first finds them.
type shared struct {
	mu    sync.Mutex
	lists map[string]*found[[]int32]
	sets  map[string]*found[*rowSet]
	made  map[string]*predicate // by their filters; they are never changed
}

// found is what one goroutine finds and the others wait for.
type found[T any] struct {
	done chan struct{} // closed when the two below are set
	what T
	err  error
}

func newShared() *shared {
	return &shared{lists: map[string]*found[[]int32]{}, sets: map[string]*found[*rowSet]{}, made: map[string]*predicate{}}
}

// rows are the list of the key, read unless it is here.
func (sh *shared) rows(ctx context.Context, key string, read func() ([]int32, error)) ([]int32, error) {
	return findOnce(ctx, &sh.mu, sh.lists, key, read)
}

// set is the set of the key, chosen unless it is here.
func (sh *shared) set(ctx context.Context, key string, choose func() (*rowSet, error)) (*rowSet, error) {
	return findOnce(ctx, &sh.mu, sh.sets, key, choose)
}

// errUnfinished is what those hear who wait for a goroutine that ends by a panic; they try themselves.
var errUnfinished = errors.New("columns: not finished")

// findOnce keeps what find returns, but never a fault: it may be that of one goroutine alone, whose person clicked on.
// Those who waited for it try again, each under the context of its own.
func findOnce[T any](ctx context.Context, mu *sync.Mutex, all map[string]*found[T], key string, find func() (T, error)) (T, error) {
	for {
		mu.Lock()
		f, ok := all[key]
		if !ok {
			f = &found[T]{done: make(chan struct{}), err: errUnfinished}
			all[key] = f
		}
		mu.Unlock()
		if !ok {
			defer func() {
				if f.err != nil {
					mu.Lock()
					delete(all, key)
					mu.Unlock()
				}
				close(f.done)
			}()
			f.what, f.err = find()
			return f.what, f.err
		}
		select {
		case <-f.done:
			if f.err == nil {
				return f.what, nil
			}
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
	}
}
