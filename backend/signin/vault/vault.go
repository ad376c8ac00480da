// Package vault keeps the secrets of connections at rest: refresh tokens and personal access tokens.
//
// Each connection is one file, sealed with XChaCha20-Poly1305 under a 32-byte key of its own that rests in
// the keyring of the operating system, or under one key that a passphrase opens. Where there is neither,
// secrets stay in the memory of this process and end with it. Nothing is ever written in plain text.
//
// A Vault may be used by any number of goroutines, and its folder by several processes of one person.
package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"time"

	"sightline/backend/fault"
)

// Mode says where the keys rest.
type Mode string

// The modes, best first.
const (
	ModeKeyring    Mode = "keyring"    // one key per connection in the keyring of the operating system
	ModePassphrase Mode = "passphrase" // one key, in a file that a passphrase opens
	ModeSession    Mode = "session"    // nothing is written; secrets end with this process
)

// Options say where a vault is and what may open it.
type Options struct {
	// Dir is the folder of the sealed files; it is made when it is first needed. Empty: memory only.
	Dir string
	// Keyring is asked with a limit of three seconds a call. Nil: there is none. OSKeyring is the real one.
	Keyring Keyring
	// Passphrase asks the person, at most once per use of a locked vault. fresh is true when a passphrase
	// is chosen for the first time. An empty answer means: this session only. Nil: nobody can be asked.
	Passphrase func(fresh bool) (string, error)
	// KeyringTimeout is the limit of one keyring call; 0 means three seconds.
	KeyringTimeout time.Duration
}

// Vault holds the secrets of one workspace. Make it with Open.
type Vault struct {
	options Options
	keyring Keyring // with a limit on every call; nil when there is none

	mu     sync.Mutex        // guards what follows, and is held while the vault is opened
	mode   Mode              // empty until the first use
	keys   keySource         // nil in session mode
	memory map[string][]byte // what session mode keeps
	locks  map[string]chan struct{}
}

// identifier is what may name a secret: it becomes a file name, on file systems without upper and lower case too.
var identifier = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,99}$`)

// Open returns the vault of a folder. It touches neither disk nor keyring: the first use does, so that a
// program start never waits for a keyring and nobody is asked for a passphrase before it is needed.
func Open(o Options) (*Vault, error) {
	if o.KeyringTimeout <= 0 {
		o.KeyringTimeout = 3 * time.Second
	}
	if o.Dir != "" && !filepath.IsAbs(o.Dir) {
		return nil, fault.New(fault.Invalid, "vault.Open", "The folder of the sign-ins is not a whole path.", "Give the data folder as a whole path.")
	}
	v := &Vault{options: o, memory: map[string][]byte{}, locks: map[string]chan struct{}{}}
	if o.Keyring != nil {
		v.keyring = limited(o.Keyring, o.KeyringTimeout)
	}
	return v, nil
}

// Mode opens the vault if it is not open yet and says where its keys rest. A vault that a wrong passphrase
// kept shut counts as ModeSession until the right one is given.
func (v *Vault) Mode() Mode {
	mode, _, err := v.open()
	if err != nil {
		return ModeSession
	}
	return mode
}

// Put stores a secret under id, replacing what was there. The file is complete on disk when Put returns.
func (v *Vault) Put(id string, secret []byte) error {
	const op = "vault.Put"
	if err := checkID(op, id); err != nil {
		return err
	}
	mode, keys, err := v.open()
	if err != nil {
		return fault.Wrap(op, err)
	}
	if mode == ModeSession {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.memory[id] = append([]byte(nil), secret...)
		return nil
	}
	var current keyName
	if before, err := v.read(id); err == nil {
		current, _ = keyOf(before)
	}
	name, key, err := keys.sealing(id, current)
	if err != nil {
		return fault.Wrap(op, err)
	}
	sealed, err := seal(name, key, id, secret)
	if err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, writeFile(v.path(id), sealed))
}

// Get returns the secret of id. fault.NotFound: there is none. fault.NotSignedIn: there is one, but it is
// locked or its key is gone. fault.Corrupt: the file was damaged or belongs to another connection.
func (v *Vault) Get(id string) ([]byte, error) {
	const op = "vault.Get"
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	mode, keys, err := v.open()
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if mode == ModeSession {
		v.mu.Lock()
		secret, here := v.memory[id]
		v.mu.Unlock()
		if here {
			return append([]byte(nil), secret...), nil
		}
	}
	sealed, err := v.read(id)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if mode == ModeSession {
		return nil, fault.New(fault.NotSignedIn, op, "The stored sign-in is locked: neither the keyring of this computer nor a passphrase opens it now.",
			"Unlock the keyring by logging in to your desktop, or sign in again for this session; your data stays.")
	}
	name, ok := keyOf(sealed)
	if !ok {
		return nil, damaged(op)
	}
	key, err := keys.opening(id, name)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	secret, err := unseal(key, id, sealed)
	return secret, fault.Wrap(op, err)
}

// Delete forgets the secret of id: the file, the key in the keyring and the copy in memory. It is no error
// when there is none. A keyring that does not answer keeps a key that opens nothing any more.
func (v *Vault) Delete(id string) error {
	const op = "vault.Delete"
	if err := checkID(op, id); err != nil {
		return err
	}
	mode, keys, err := v.openAsking(nil) // nobody has to remember a passphrase to forget a sign-in
	v.mu.Lock()
	delete(v.memory, id)
	v.mu.Unlock()
	sealed, unread := v.read(id)
	if v.options.Dir != "" {
		if err := os.Remove(v.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return diskFault(op, "The stored sign-in could not be deleted.", err)
		}
	}
	if name, ok := keyOf(sealed); ok && unread == nil && err == nil && mode != ModeSession {
		keys.forget(id, name)
	}
	return nil
}

// read returns the sealed file of id.
func (v *Vault) read(id string) ([]byte, error) {
	const op = "vault.read"
	missing := fault.New(fault.NotFound, op, "No sign-in is stored for this connection.", "Sign in.")
	if v.options.Dir == "" {
		return nil, missing
	}
	sealed, err := os.ReadFile(v.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing
	}
	if err != nil {
		return nil, diskFault(op, "The stored sign-in could not be read.", err)
	}
	return sealed, nil
}

func (v *Vault) path(id string) string { return filepath.Join(v.options.Dir, id+".sealed") }

func checkID(op, id string) error {
	if identifier.MatchString(id) {
		return nil
	}
	return fault.New(fault.Invalid, op, fmt.Sprintf("%q cannot name a stored sign-in.", id), "Names hold lower-case letters, digits, dots, hyphens and underscores.")
}

// diskFault says in a person's words what the disk refused.
func diskFault(op, message string, cause error) error {
	switch {
	case errors.Is(cause, syscall.ENOSPC):
		return fault.New(fault.DiskFull, op, message+" The disk is full.", "Free some space, then try again.").Because(cause)
	case errors.Is(cause, fs.ErrPermission), errors.Is(cause, syscall.EROFS):
		return fault.New(fault.ReadOnly, op, message+" The folder does not allow it.", "Check the permissions of the data folder.").Because(cause)
	}
	return fault.New(fault.Internal, op, message, "Try again; if it comes back, restart Sightline.").Because(cause)
}
