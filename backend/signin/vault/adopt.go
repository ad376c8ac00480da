package vault

import (
	"path/filepath"

	"github.com/gofrs/flock"
)

// adopt moves to where keys rest now what rested in memory only, or under a key that rests worse: a sign-in of this
// session is kept once the keyring is unlocked or a passphrase was chosen. It opens no dialog. What somebody holds
// just now is left to them: their unlock or their next Put does the same.
func (v *Vault) adopt() {
	if v.options.Dir == "" {
		return
	}
	ids := v.stored()
	v.mu.Lock()
	for id := range v.memory {
		ids = append(ids, id)
	}
	v.mu.Unlock()
	for _, id := range ids {
		v.adoptOne(id)
	}
}

func (v *Vault) adoptOne(id string) {
	turn := v.turn(id)
	select {
	case turn <- struct{}{}:
	default:
		return
	}
	defer func() { <-turn }()
	if !v.restsElsewhere(id) || v.prepareDir() != nil {
		return
	}
	file := flock.New(filepath.Join(v.options.Dir, id+".lock"))
	if locked, err := file.TryLock(); err != nil || !locked {
		return
	}
	defer func() { _ = file.Unlock() }()
	v.settle(id)
}

// settle seals anew what rests elsewhere than where new keys do. The caller holds the lock of id.
func (v *Vault) settle(id string) {
	mark := v.forgottenMark(id)
	secret, here := v.remembered(id)
	if !here {
		var err error
		if !v.restsElsewhere(id) {
			return
		}
		if secret, err = v.unseal(id, false); err != nil {
			return // it is locked, and says so when it is asked for
		}
	}
	if kept, err := v.seal(id, secret, false); err != nil || !kept {
		return // it stays where it is
	}
	v.release(id)
	if v.forgottenMark(id) != mark { // meanwhile, by a process that found no file to lock
		_ = v.erase(id)
	}
}

// restsElsewhere reports whether the secret of id could rest better now than it does. It asks no keyring that was not
// asked before.
func (v *Vault) restsElsewhere(id string) bool {
	_, inMemory := v.remembered(id)
	chosen, open := v.chosen(), v.passphrase() != nil
	v.mu.Lock()
	s := v.standing
	v.mu.Unlock()
	if chosen && !open || !chosen && s.primary == nil {
		return false
	}
	if inMemory {
		return true
	}
	sealed, err := v.read(id)
	name, ok := keyOf(sealed)
	if err != nil || !ok {
		return false
	}
	if chosen {
		return name != (keyName{})
	}
	return name == (keyName{}) || !name.restsIn(s.primary.mode())
}
