package vault

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/crypto/chacha20poly1305"

	"sightline/backend/fault"
)

// service names Sightline's items in the keyring.
const service = "Sightline"

// keySource gives the key that seals one connection.
type keySource interface {
	// key returns the key of id. To write, it looks where the keys rest and creates one where there is none;
	// to read, a key it remembers will do.
	key(id string, write bool) ([]byte, error)
	// drop forgets only what is remembered in memory.
	drop(id string)
	// forget also removes the key from where it rests.
	forget(id string)
}

// open decides once where the keys rest: an existing passphrase file first (the person chose it, and the
// files on disk are sealed under it), then a keyring that works, then a new passphrase, then memory.
func (v *Vault) open() (Mode, keySource, error) { return v.openAsking(v.options.Passphrase) }

func (v *Vault) openAsking(ask func(fresh bool) (string, error)) (Mode, keySource, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.mode != "" {
		return v.mode, v.keys, nil
	}
	if v.options.Dir == "" {
		v.mode = ModeSession
		return v.mode, nil, nil
	}
	wrapped := filepath.Join(v.options.Dir, "key.age")
	_, err := os.Stat(wrapped)
	hasPassphrase := err == nil
	if !hasPassphrase && v.keyring != nil && v.keyring.works() {
		name, err := v.vaultName()
		if err != nil {
			return "", nil, err
		}
		v.mode, v.keys = ModeKeyring, &keyringKeys{keyring: v.keyring, prefix: name + "/", known: map[string][]byte{}}
		return v.mode, v.keys, nil
	}
	key, err := v.passphraseKey(ask, wrapped, hasPassphrase)
	if err != nil {
		return "", nil, err
	}
	if key == nil {
		if ask != nil || v.options.Passphrase == nil { // else nobody was asked yet
			v.mode = ModeSession
		}
		return ModeSession, nil, nil
	}
	v.mode, v.keys = ModePassphrase, passphraseKeys(key)
	return v.mode, v.keys, nil
}

// vaultName returns the random name that keeps the keyring items of two data folders apart.
func (v *Vault) vaultName() (string, error) {
	const op = "vault.vaultName"
	if err := v.prepareDir(); err != nil {
		return "", err
	}
	lock := flock.New(filepath.Join(v.options.Dir, "vault.lock"))
	if err := lock.Lock(); err != nil {
		return "", diskFault(op, "The folder of the sign-ins could not be locked.", err)
	}
	defer func() { _ = lock.Unlock() }()
	path := filepath.Join(v.options.Dir, "vault.name")
	if name, err := os.ReadFile(path); err == nil && len(name) == 32 {
		return string(name), nil
	}
	name, err := randomHex(16)
	if err != nil {
		return "", fault.Wrap(op, err)
	}
	return name, writeFile(path, []byte(name))
}

// prepareDir makes the folder and removes what a kill during a write left there (it is sealed anyway).
func (v *Vault) prepareDir() error {
	if err := os.MkdirAll(v.options.Dir, 0o700); err != nil {
		return diskFault("vault.prepareDir", "The folder of the sign-ins could not be made.", err)
	}
	leftovers, _ := filepath.Glob(filepath.Join(v.options.Dir, unfinished+"*"))
	for _, path := range leftovers {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(path)
		}
	}
	return nil
}

// keyringKeys keeps one key per connection in the keyring, so that forgetting the key forgets every copy of
// the file, backups included.
type keyringKeys struct {
	keyring *limitedKeyring
	prefix  string

	mu    sync.Mutex
	known map[string][]byte
}

func (k *keyringKeys) key(id string, write bool) ([]byte, error) {
	const op = "vault.key"
	k.mu.Lock()
	defer k.mu.Unlock()
	// Another process may have signed out meanwhile: to seal under a key that rests nowhere would lose the secret.
	if key := k.known[id]; key != nil && !write {
		return key, nil
	}
	text, err := k.keyring.get(k.prefix + id)
	if err == nil {
		key, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(key) != chacha20poly1305.KeySize {
			return nil, fault.New(fault.Corrupt, op, "The key of this sign-in in the keyring is damaged.", "Sign in again; your data stays.")
		}
		k.known[id] = key
		return key, nil
	}
	if !keyringHasNot(err) {
		return nil, keyringFault(op, err)
	}
	if !write {
		return nil, fault.New(fault.NotSignedIn, op, "The keyring of this computer no longer holds the key of this sign-in.", "Sign in again; your data stays.")
	}
	key := newKey()
	if err := k.keyring.set(k.prefix+id, base64.StdEncoding.EncodeToString(key)); err != nil {
		return nil, keyringFault(op, err)
	}
	k.known[id] = key
	return key, nil
}

func (k *keyringKeys) drop(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.known, id)
}

func (k *keyringKeys) forget(id string) {
	k.drop(id)
	_ = k.keyring.remove(k.prefix + id)
}

// keyringFault keeps the reason of the keyring out of sight: it may quote the item.
func keyringFault(op string, err error) error {
	if errors.Is(err, errKeyringSilent) {
		return fault.Wrap(op, errKeyringSilent)
	}
	return fault.New(fault.NotSignedIn, op, "The keyring of this computer refused.", "Unlock it by logging in to your desktop, then try again.")
}

func newKey() []byte {
	key := make([]byte, chacha20poly1305.KeySize)
	_, _ = rand.Read(key) // crypto/rand ends the program rather than return an error
	return key
}

func randomHex(bytes int) (string, error) {
	b := make([]byte, bytes)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	return hex.EncodeToString(b), nil
}
