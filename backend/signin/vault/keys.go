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

// keyName is the random name of a key, which the file it seals carries. A file can so never be tried with a key
// of the same connection that an earlier sign-in left in a keyring which was out of reach when it was replaced.
type keyName [16]byte

func (n keyName) String() string { return hex.EncodeToString(n[:]) }

// keySource gives the keys that seal connections.
type keySource interface {
	// sealing returns the key to seal id with: the one named current, if it is still there, else a new one.
	sealing(id string, current keyName) (keyName, []byte, error)
	// opening returns the key of that name.
	opening(id string, name keyName) ([]byte, error)
	// forget removes the key from where it rests.
	forget(id string, name keyName)
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
	if !hasPassphrase && v.keyring != nil && works(v.keyring) {
		name, err := v.vaultName()
		if err != nil {
			return "", nil, err
		}
		v.mode, v.keys = ModeKeyring, &keyringKeys{keyring: v.keyring, prefix: name + "/", known: map[keyName][]byte{}}
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
	name := randomHex(16)
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
	keyring Keyring
	prefix  string

	mu    sync.Mutex
	known map[keyName][]byte
}

func (k *keyringKeys) item(id string, name keyName) string {
	return k.prefix + id + "/" + name.String()
}

// sealing looks into the keyring even for a key it remembers: another process may have signed out meanwhile, and to
// seal under a key that rests nowhere would lose the secret.
func (k *keyringKeys) sealing(id string, current keyName) (keyName, []byte, error) {
	if current != (keyName{}) {
		if key, err := k.fetch(id, current); err == nil {
			return current, key, nil
		}
	}
	var name keyName
	_, _ = rand.Read(name[:]) // crypto/rand ends the program rather than return an error
	key := newKey()
	if err := k.keyring.Set(service, k.item(id, name), base64.StdEncoding.EncodeToString(key)); err != nil {
		return keyName{}, nil, keyringFault("vault.sealing", err)
	}
	k.remember(name, key)
	return name, key, nil
}

func (k *keyringKeys) opening(id string, name keyName) ([]byte, error) {
	const op = "vault.opening"
	k.mu.Lock()
	key := k.known[name]
	k.mu.Unlock()
	if key != nil {
		return key, nil
	}
	key, err := k.fetch(id, name)
	if keyringHasNot(err) {
		return nil, fault.New(fault.NotSignedIn, op, "The keyring that answers here does not hold the key of this sign-in.",
			"Sign in again, or unlock the keyring you signed in with by logging in to your desktop; your data stays.")
	}
	return key, fault.Wrap(op, err)
}

func (k *keyringKeys) fetch(id string, name keyName) ([]byte, error) {
	const op = "vault.fetch"
	text, err := k.keyring.Get(service, k.item(id, name))
	if err != nil {
		if keyringHasNot(err) {
			return nil, err
		}
		return nil, keyringFault(op, err)
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != chacha20poly1305.KeySize {
		return nil, fault.New(fault.Corrupt, op, "The key of this sign-in in the keyring is damaged.", "Sign in again; your data stays.")
	}
	k.remember(name, key)
	return key, nil
}

func (k *keyringKeys) remember(name keyName, key []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known[name] = key
}

func (k *keyringKeys) forget(id string, name keyName) {
	k.mu.Lock()
	delete(k.known, name)
	k.mu.Unlock()
	_ = k.keyring.Delete(service, k.item(id, name))
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

func randomHex(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // crypto/rand ends the program rather than return an error
	return hex.EncodeToString(b)
}
