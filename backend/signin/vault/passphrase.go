package vault

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"github.com/gofrs/flock"
	"golang.org/x/crypto/chacha20poly1305"

	"sightline/backend/fault"
)

// shortestPassphrase is a floor against accidents; scrypt makes guessing slow, not a short passphrase strong.
const shortestPassphrase = 8

// scryptWorkFactor is log2(N) of a new passphrase file: about a second on a desktop of today.
var scryptWorkFactor = 18

// passphraseKeys is the one key of a vault that a passphrase opens. It has no name.
type passphraseKeys []byte

func (k passphraseKeys) sealing(string, keyName) (keyName, []byte, error) { return keyName{}, k, nil }
func (passphraseKeys) forget(string, keyName)                             {}

func (k passphraseKeys) opening(_ string, name keyName) ([]byte, error) {
	if name != (keyName{}) { // sealed under a key of a keyring, before there was a passphrase
		return nil, fault.New(fault.NotSignedIn, "vault.opening", "Your passphrase does not open this sign-in: its key is in the keyring of this computer.",
			"Sign in again; your data stays.")
	}
	return k, nil
}

// passphraseKey asks for the passphrase and returns the key it opens, a new one when there is none yet, or
// nil when nobody can or wants to answer.
func (v *Vault) passphraseKey(ask func(bool) (string, error), path string, exists bool) ([]byte, error) {
	const op = "vault.passphraseKey"
	if ask == nil {
		return nil, nil
	}
	passphrase, err := ask(!exists)
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
