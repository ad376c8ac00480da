package vault

import (
	"context"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"sightline/backend/fault"
)

// Lock waits until this caller alone may change the secret of id, among all goroutines and, where secrets
// are on disk, among all processes. It ends with the context's error, or returns the function that frees it.
// Get and Put do not take the lock themselves: whoever reads, renews and writes holds it around all three.
func (v *Vault) Lock(ctx context.Context, id string) (unlock func(), err error) {
	const op = "vault.Lock"
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	turn := v.turn(id)
	select {
	case turn <- struct{}{}:
	case <-ctx.Done():
		return nil, fault.Wrap(op, ctx.Err())
	}
	if !v.writes(id) {
		return func() { v.settle(id); <-turn }, nil
	}
	if err := v.prepareDir(); err != nil {
		<-turn
		return nil, fault.Wrap(op, err)
	}
	// The lock file stays: deleting it would let two processes hold two files of one name.
	file := flock.New(filepath.Join(v.options.Dir, id+".lock"))
	if _, err := file.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		<-turn
		if ctx.Err() != nil {
			return nil, fault.Wrap(op, ctx.Err())
		}
		return nil, diskFault(op, "The stored sign-in could not be locked.", err)
	}
	return func() {
		v.settle(id)
		_ = file.Unlock()
		<-turn
	}, nil
}

// writes reports whether the secret of id is on disk, or will be once it is stored.
func (v *Vault) writes(id string) bool {
	if v.options.Dir == "" {
		return false
	}
	if v.chosen() {
		return v.passphrase() != nil
	}
	if v.stand(true).primary != nil {
		return true
	}
	_, err := v.read(id)
	return err == nil
}

// turn returns the semaphore of id.
func (v *Vault) turn(id string) chan struct{} {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.locks[id] == nil {
		v.locks[id] = make(chan struct{}, 1)
	}
	return v.locks[id]
}
