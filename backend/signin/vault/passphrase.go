package vault

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"filippo.io/age"
	"github.com/gofrs/flock"
	"golang.org/x/crypto/chacha20poly1305"

	"sightline/backend/fault"
)

// shortestPassphrase is a floor against accidents; scrypt makes guessing slow, not a short passphrase strong.
const shortestPassphrase = 8

// scryptWorkFactor is log2(N) of a new passphrase file: about a second on a desktop of today.
var scryptWorkFactor = 18

// chosen reports whether a passphrase was chosen, by this process or another.
func (v *Vault) chosen() bool {
	if v.options.Dir == "" {
		return false
	}
	_, err := os.Stat(v.wrapped())
	return err == nil
}

// wrapped is the file that the passphrase opens.
func (v *Vault) wrapped() string { return filepath.Join(v.options.Dir, "key.age") }

// passphrase returns the key that the passphrase opened; nil while nobody gave it.
func (v *Vault) passphrase() []byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.key
}

// UsePassphrase unlocks the vault, or chooses a passphrase of at least eight characters when there is none yet. What
// rested in memory or in a keyring is sealed under it from then on. fault.NotSignedIn: it is the wrong one;
// fault.Invalid: too short to be chosen; fault.Corrupt: the file that it opens is damaged.
func (v *Vault) UsePassphrase(passphrase string) error {
	const op = "vault.UsePassphrase"
	if v.options.Dir == "" {
		return fault.New(fault.Invalid, op, "There is no data folder in which a passphrase could keep sign-ins.", "Sign in for this session.")
	}
	var key []byte
	var err error
	if v.chosen() {
		key, err = unwrapKey(v.wrapped(), passphrase)
	} else {
		key, err = v.choose(passphrase)
	}
	if err != nil {
		return fault.Wrap(op, err)
	}
	v.mu.Lock()
	v.key = key
	v.mu.Unlock()
	v.adopt()
	return nil
}

// choose makes the one key of the vault and the file that the passphrase opens.
func (v *Vault) choose(passphrase string) ([]byte, error) {
	const op = "vault.choose"
	if utf8.RuneCountInString(passphrase) < shortestPassphrase {
		return nil, fault.New(fault.Invalid, op, "That passphrase is too short.", "Choose one of at least eight characters; several words are best.")
	}
	key, wrapped, err := wrapKey(passphrase) // takes a second: before the lock
	if err != nil {
		return nil, err
	}
	if err := v.prepareDir(); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(v.options.Dir, "vault.lock"))
	if err := lock.Lock(); err != nil {
		return nil, diskFault(op, "The folder of the sign-ins could not be locked.", err)
	}
	if v.chosen() { // somebody else was quicker: that passphrase counts
		_ = lock.Unlock()
		return unwrapKey(v.wrapped(), passphrase)
	}
	defer func() { _ = lock.Unlock() }()
	return key, writeFile(v.wrapped(), wrapped)
}

// wrapKey makes a key and seals it under the passphrase.
func wrapKey(passphrase string) (key, wrapped []byte, err error) {
	const op = "vault.wrapKey"
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, nil, fault.Wrap(op, err)
	}
	recipient.SetWorkFactor(scryptWorkFactor)
	key = newKey()
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipient)
	if err != nil {
		return nil, nil, fault.Wrap(op, err)
	}
	if _, err := w.Write(key); err != nil {
		return nil, nil, fault.Wrap(op, err)
	}
	if err := w.Close(); err != nil {
		return nil, nil, fault.Wrap(op, err)
	}
	return key, out.Bytes(), nil
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
	if err != nil { // an empty one
		return nil, wrongPassphrase(op)
	}
	r, err := age.Decrypt(bytes.NewReader(wrapped), identity)
	var noMatch *age.NoIdentityMatchError
	if errors.As(err, &noMatch) {
		return nil, wrongPassphrase(op)
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

func wrongPassphrase(op string) error {
	return fault.New(fault.NotSignedIn, op, "That is not the passphrase of these sign-ins.", "Type it again, or sign in for this session only; your data stays.").
		Offering(fault.UnlockKeys)
}
