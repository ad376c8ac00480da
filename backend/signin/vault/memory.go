package vault

import (
	"os"
	"path/filepath"

	"sightline/backend/fault"
)

// held is a secret that rests in the memory of this process only.
type held struct {
	secret []byte
	mark   string // of the last time the sign-in had been forgotten when this one was stored
}

// hold keeps a secret in memory.
func (v *Vault) hold(id string, secret []byte) {
	v.announce(id)
	h := held{secret: append([]byte(nil), secret...), mark: v.forgottenMark(id)}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.memory[id] = h
}

// release drops what memory holds of id.
func (v *Vault) release(id string) {
	v.withdraw(id)
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.memory, id)
}

// remembered returns a copy of what memory holds of id, and has somebody look for a better place once in a while. What
// another process forgot since is forgotten here too: signing out in one window counts for all of them.
func (v *Vault) remembered(id string) ([]byte, bool) {
	v.mu.Lock()
	h, here := v.memory[id]
	v.mu.Unlock()
	if !here {
		return nil, false
	}
	mark := v.forgottenMark(id) // from the disk, so without the lock
	v.mu.Lock()
	defer v.mu.Unlock()
	now, here := v.memory[id]
	if here && now.mark == h.mark && h.mark != mark {
		delete(v.memory, id)
		here = false
	}
	if !here {
		return nil, false
	}
	if v.flight == nil && v.due() {
		v.look(false)
	}
	return append([]byte(nil), now.secret...), true
}

// forgotten is the file that tells the memory of other processes that id was forgotten. It holds a random mark, a new
// one each time, and stays: nobody knows how long the others live.
func (v *Vault) forgotten(id string) string { return filepath.Join(v.options.Dir, id+".forgotten") }

// markForgotten tells the other processes.
func (v *Vault) markForgotten(id string) error {
	err := writeFile(v.forgotten(id), []byte(randomHex(16)))
	if err == nil || fault.Is(err, fault.ReadOnly) { // what nobody may write to, no memory can be moved to either
		return nil
	}
	return fault.New(fault.CodeOf(err), "vault.markForgotten", "The sign-in is forgotten here, but a Sightline that is open elsewhere could not be told.",
		"Close every other window of Sightline.").Because(err)
}

// forgottenMark returns the mark of the last time id was forgotten; "": it never was.
func (v *Vault) forgottenMark(id string) string {
	if v.options.Dir == "" {
		return ""
	}
	mark, _ := os.ReadFile(v.forgotten(id))
	return string(mark)
}
