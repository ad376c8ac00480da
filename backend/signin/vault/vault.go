// Package vault keeps the secrets of sign-ins at rest: refresh tokens and personal access tokens.
//
// Each sign-in is one file, sealed with XChaCha20-Poly1305 under a 32-byte key of its own that rests in a keyring of
// the operating system, or under one key that a passphrase opens. Where there is neither, secrets stay in the memory
// of this process and end with it, unless a keyring or a passphrase comes first. Nothing is ever written in plain text.
//
// A Vault may be used by any number of goroutines, and its folder by several processes of one person. No lock of a
// Vault is held while a keyring or the disk is waited for.
package vault

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"sightline/backend/fault"
)

// Mode says where the keys rest.
type Mode string

// The modes, best first.
const (
	ModeKeyring    Mode = "keyring"    // one key per sign-in in the keyring of the operating system
	ModeKernel     Mode = "kernel"     // the same in the memory of the Linux kernel: until the computer is restarted
	ModePassphrase Mode = "passphrase" // one key, in a file that a passphrase opens
	ModeSession    Mode = "session"    // nothing is written; secrets end with this process
	ModeUnknown    Mode = "unknown"    // the keyring has not answered yet
)

// Options say where a vault is and what may open it.
type Options struct {
	// Dir is the folder of the sealed files; it is made when it is first needed. Empty: memory only.
	Dir string
	// Keyring is asked with a limit of three seconds a call. Nil: there is none. OSKeyring is the real one.
	Keyring Keyring
	// Fallback keeps keys while Keyring cannot, and gives them up to it once it can. Nil: there is none.
	Fallback Keyring
	// KeyringTimeout is the limit of one keyring call; 0 means three seconds.
	KeyringTimeout time.Duration
	Clock          func() time.Time // nil means time.Now
}

// Vault holds the secrets of one workspace. Make it with Open.
type Vault struct {
	options Options
	rings   []*ring // best first
	keys    *ringKeys

	mu       sync.Mutex // guards what follows; never held while anything is waited for
	standing standing
	// lateAnswers counts the calls of keyrings that were answered after their time.
	lateAnswers int
	flight      chan struct{}   // closed when the look at the keyrings that is on its way ends; nil: none is
	key         []byte          // what the passphrase opened; nil while locked, or when there is none
	memory      map[string]held // what rests nowhere else
	// announcements tell other processes what memory holds.
	announcements map[string]*flock.Flock
	locks         map[string]chan struct{}
}

// identifier is what may name a secret: it becomes a file name, on file systems without upper and lower case too.
var identifier = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,99}$`)

// Open returns the vault of a folder. It touches neither disk nor keyring: the first use does, so that a
// program start never waits for a keyring.
func Open(o Options) (*Vault, error) {
	if o.KeyringTimeout <= 0 {
		o.KeyringTimeout = 3 * time.Second
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Dir != "" && !filepath.IsAbs(o.Dir) {
		return nil, fault.New(fault.Invalid, "vault.Open", "The folder of the sign-ins is not a whole path.", "Give the data folder as a whole path.")
	}
	v := &Vault{options: o, memory: map[string]held{}, announcements: map[string]*flock.Flock{}, locks: map[string]chan struct{}{}}
	v.keys = &ringKeys{prefix: v.vaultName, known: map[keyName][]byte{}}
	v.rings = rings(o.KeyringTimeout, v.cameBack, o.Keyring, o.Fallback)
	return v, nil
}

// Put stores a secret under id, replacing what was there. The file is complete on disk when Put returns; where there
// is no key to seal it with, the secret stays in memory until there is.
func (v *Vault) Put(id string, secret []byte) error {
	const op = "vault.Put"
	if err := checkID(op, id); err != nil {
		return err
	}
	kept, err := v.seal(id, secret, true)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if kept {
		v.release(id)
	} else {
		v.hold(id, secret)
	}
	return nil
}

// seal writes the file of id; false: there is no key to seal it with. asking allows a keyring to open its dialog, once.
func (v *Vault) seal(id string, secret []byte, asking bool) (kept bool, err error) {
	if v.options.Dir == "" {
		return false, nil
	}
	for range 2 { // once more where a keyring failed that had worked: the next one may do
		if !v.chosen() {
			v.stand(asking) // before the file is read: the first look may seal it under another key
		}
		var before keyName
		if sealed, err := v.read(id); err == nil {
			before, _ = keyOf(sealed)
		}
		name, key, err := v.sealing(id, before, asking)
		switch {
		case fault.Is(err, fault.NotSignedIn), fault.Is(err, fault.Timeout):
			v.doubt()
			continue
		case err != nil:
			return false, err
		case key == nil:
			return false, nil
		}
		sealed, err := seal(name, key, id, secret)
		if err != nil {
			return false, err
		}
		if err := writeFile(v.path(id), sealed); err != nil {
			return false, err
		}
		if before != (keyName{}) && before != name {
			v.keys.forget(v.stand(false).working, id, before)
		}
		return true, nil
	}
	return false, nil
}

// sealing returns the key for the file of id, which was sealed under the key named before; nil: there is none now.
func (v *Vault) sealing(id string, before keyName, asking bool) (keyName, []byte, error) {
	if v.chosen() {
		return keyName{}, v.passphrase(), nil
	}
	s := v.stand(asking)
	if s.primary == nil {
		return keyName{}, nil, nil
	}
	return v.keys.sealing(s.primary, id, before)
}

// Get returns the secret of id. fault.NotFound: there is none. fault.NotSignedIn: there is one, but it is
// locked or its key is gone. fault.Corrupt: the file was damaged or belongs to another sign-in.
func (v *Vault) Get(id string) ([]byte, error) {
	const op = "vault.Get"
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	if secret, here := v.remembered(id); here {
		return secret, nil
	}
	secret, err := v.unseal(id, true)
	return secret, fault.Wrap(op, err)
}

// unseal reads and opens the file of id. The key may be gone because the file was sealed under another one since it
// was read: the first look at the keyrings moves it to a better one, and so may another process. It is then read anew.
func (v *Vault) unseal(id string, asking bool) ([]byte, error) {
	sealed, err := v.read(id)
	for err == nil {
		name, ok := keyOf(sealed)
		if !ok {
			return nil, damaged("vault.unseal")
		}
		key, refused := v.opening(id, name, asking)
		if refused == nil {
			return unseal(key, id, sealed)
		}
		if sealed, err = v.read(id); err == nil {
			if now, _ := keyOf(sealed); now == name {
				return nil, refused
			}
		}
	}
	return nil, err
}

// Delete forgets the secret of id: the file, the key in the keyring and the copy in memory. It is no error when there
// is none. Other processes that hold it in their memory find a mark and forget it too. A keyring that does not answer,
// or is locked, keeps a key that opens nothing any more; nobody is asked for a passphrase to forget a sign-in.
func (v *Vault) Delete(id string) error {
	const op = "vault.Delete"
	if err := checkID(op, id); err != nil {
		return err
	}
	v.release(id)
	if v.options.Dir == "" {
		return nil
	}
	marked := v.markForgotten(id) // first, for who moves it out of memory just now
	return fault.Wrap(op, errors.Join(v.erase(id), marked))
}

// erase removes the file of id and its key.
func (v *Vault) erase(id string) error {
	const op = "vault.erase"
	sealed, unread := v.read(id)
	if err := os.Remove(v.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return diskFault(op, "The stored sign-in could not be deleted.", err)
	}
	if name, ok := keyOf(sealed); ok && unread == nil && name != (keyName{}) {
		v.keys.forget(v.stand(false).working, id, name)
	}
	return nil
}
