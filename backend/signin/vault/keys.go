package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"filippo.io/age"
	"github.com/gofrs/flock"
	"golang.org/x/crypto/chacha20poly1305"

	"sightline/backend/fault"
)

// service names Sightline's items in the keyring.
const service = "Sightline"

// shortestPassphrase is a floor against accidents; scrypt makes guessing slow, not a short passphrase strong.
const shortestPassphrase = 8

// scryptWorkFactor is log2(N) of a new passphrase file: about a second on a desktop of today.
var scryptWorkFactor = 18

// keySource gives the key that seals one connection.
type keySource interface {
	// key returns the key of id; with make it creates one where there is none.
	key(id string, make bool) ([]byte, error)
	forget(id string)
}

// open decides once where the keys rest: an existing passphrase file first (the person chose it, and the
// files on disk are sealed under it), then a keyring that works, then a new passphrase, then memory.
func (v *Vault) open() (Mode, keySource, error) {
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
	key, err := v.passphraseKey(wrapped, hasPassphrase)
	if err != nil {
		return "", nil, err
	}
	if key == nil {
		v.mode = ModeSession
		return v.mode, nil, nil
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

func (k *keyringKeys) key(id string, make bool) ([]byte, error) {
	const op = "vault.key"
	k.mu.Lock()
	defer k.mu.Unlock()
	if key := k.known[id]; key != nil {
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
	if !make {
		return nil, fault.New(fault.NotSignedIn, op, "The keyring of this computer no longer holds the key of this sign-in.", "Sign in again; your data stays.")
	}
	key := newKey()
	if err := k.keyring.set(k.prefix+id, base64.StdEncoding.EncodeToString(key)); err != nil {
		return nil, keyringFault(op, err)
	}
	k.known[id] = key
	return key, nil
}

func (k *keyringKeys) forget(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.known, id)
	_ = k.keyring.remove(k.prefix + id)
}

// keyringFault keeps the reason of the keyring out of sight: it may quote the item.
func keyringFault(op string, err error) error {
	if errors.Is(err, errKeyringSilent) {
		return fault.Wrap(op, errKeyringSilent)
	}
	return fault.New(fault.NotSignedIn, op, "The keyring of this computer refused.", "Unlock it by logging in to your desktop, then try again.")
}

// passphraseKeys is the one key of a vault that a passphrase opens.
type passphraseKeys []byte

func (k passphraseKeys) key(string, bool) ([]byte, error) { return k, nil }
func (passphraseKeys) forget(string)                      {}

// passphraseKey asks for the passphrase and returns the key it opens, a new one when there is none yet, or
// nil when nobody can or wants to answer.
func (v *Vault) passphraseKey(path string, exists bool) ([]byte, error) {
	const op = "vault.passphraseKey"
	if v.options.Passphrase == nil {
		return nil, nil
	}
	passphrase, err := v.options.Passphrase(!exists)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if passphrase == "" {
		return nil, nil
	}
	if exists {
		return unwrapKey(path, passphrase)
	}
	if len(passphrase) < shortestPassphrase {
		return nil, fault.New(fault.Invalid, op, "That passphrase is too short.", "Choose one of at least eight characters; several words are best.")
	}
	if err := v.prepareDir(); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(v.options.Dir, "vault.lock"))
	if err := lock.Lock(); err != nil {
		return nil, diskFault(op, "The folder of the sign-ins could not be locked.", err)
	}
	defer func() { _ = lock.Unlock() }()
	if _, err := os.Stat(path); err == nil { // another process was quicker: its passphrase counts
		return unwrapKey(path, passphrase)
	}
	return wrapKey(path, passphrase)
}

func wrapKey(path, passphrase string) ([]byte, error) {
	const op = "vault.wrapKey"
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	recipient.SetWorkFactor(scryptWorkFactor)
	key := newKey()
	var wrapped bytes.Buffer
	w, err := age.Encrypt(&wrapped, recipient)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if _, err := w.Write(key); err != nil {
		return nil, fault.Wrap(op, err)
	}
	if err := w.Close(); err != nil {
		return nil, fault.Wrap(op, err)
	}
	return key, writeFile(path, wrapped.Bytes())
}

func unwrapKey(path, passphrase string) ([]byte, error) {
	const op = "vault.unwrapKey"
	damaged := fault.New(fault.Corrupt, op, "The file that your passphrase opens is damaged.",
		"Delete key.age in the data folder and sign in again; your data stays.")
	wrapped, err := os.ReadFile(path)
	if err != nil {
		return nil, diskFault(op, "The file that your passphrase opens could not be read.", err)
	}
	if !strings.HasPrefix(string(wrapped), "age-encryption.org/") {
		return nil, damaged
	}
	identity, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	r, err := age.Decrypt(bytes.NewReader(wrapped), identity)
	var noMatch *age.NoIdentityMatchError
	if errors.As(err, &noMatch) {
		return nil, fault.New(fault.Invalid, op, "That is not the passphrase of these sign-ins.", "Type it again, or sign in for this session only; your data stays.")
	}
	if err != nil {
		return nil, damaged
	}
	key, err := io.ReadAll(io.LimitReader(r, chacha20poly1305.KeySize+1))
	if err != nil || len(key) != chacha20poly1305.KeySize {
		return nil, damaged
	}
	return key, nil
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

