package vault

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// announceLimit is how long a process waits for another that looks whether anybody holds a sign-in: that is a moment.
const announceLimit = 2 * time.Second

// HeldInMemory reports whether a process that is alive, this one or another, holds the secret of id in its memory. A
// process that ends, however it ends, holds nothing any more.
func (v *Vault) HeldInMemory(id string) bool {
	v.mu.Lock()
	_, here := v.memory[id]
	v.mu.Unlock()
	if here || v.options.Dir == "" {
		return here
	}
	if _, err := os.Stat(v.announced(id)); err != nil {
		return !errors.Is(err, fs.ErrNotExist) // what cannot be known is not said to be over
	}
	file := flock.New(v.announced(id))
	alone, err := file.TryLock()
	_ = file.Close()
	return err != nil || !alone
}

// announce tells other processes that this one holds id in its memory, as long as it lives. Where the folder cannot be
// written to, nobody else sees it either.
func (v *Vault) announce(id string) {
	v.mu.Lock()
	already := v.announcements[id] != nil
	v.mu.Unlock()
	if already || v.options.Dir == "" || os.MkdirAll(filepath.Dir(v.announced(id)), 0o700) != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), announceLimit)
	defer cancel()
	file := flock.New(v.announced(id)) // it is shared: two windows may have signed in as the same person
	if locked, err := file.TryRLockContext(ctx, 5*time.Millisecond); err != nil || !locked {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.announcements[id] != nil {
		_ = file.Close()
		return
	}
	v.announcements[id] = file
}

// withdraw ends an announcement. The file stays, as that of a lock does.
func (v *Vault) withdraw(id string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if file := v.announcements[id]; file != nil {
		_ = file.Close()
		delete(v.announcements, id)
	}
}

// announced is the empty file of an announcement, in a folder beside that of the sealed files: where nothing may be
// kept, nothing is written there.
func (v *Vault) announced(id string) string { return filepath.Join(v.options.Dir+".open", id) }
