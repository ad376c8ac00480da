package vault

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"sightline/backend/fault"
)

// magic opens every sealed file: name and version of the format. The name of the key (16 bytes), the nonce (24
// bytes) and the ciphertext follow.
const magic = "SLVAULT1"

// unfinished begins the name of a file that is being written.
const unfinished = ".new-"

const (
	nonceAt      = len(magic) + len(keyName{})
	ciphertextAt = nonceAt + chacha20poly1305.NonceSizeX
)

// boundTo is the additional data: it ties a file to its sign-in, so that one copied over another does not open.
func boundTo(id string) []byte { return []byte("sightline vault 1\x00" + id) }

func seal(name keyName, key []byte, id string, secret []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, ciphertextAt, ciphertextAt+len(secret)+aead.Overhead())
	copy(out, magic)
	copy(out[len(magic):], name[:])
	_, _ = rand.Read(out[nonceAt:]) // crypto/rand ends the program rather than return an error
	return aead.Seal(out, out[nonceAt:ciphertextAt], secret, boundTo(id)), nil
}

// keyOf returns the name of the key that a file is sealed under; false: it is no sealed file.
func keyOf(sealed []byte) (name keyName, ok bool) {
	if len(sealed) < ciphertextAt || string(sealed[:len(magic)]) != magic {
		return name, false
	}
	copy(name[:], sealed[len(magic):])
	return name, true
}

func unseal(key []byte, id string, sealed []byte) ([]byte, error) {
	const op = "vault.unseal"
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	secret, err := aead.Open(nil, sealed[nonceAt:ciphertextAt], sealed[ciphertextAt:], boundTo(id))
	if err != nil {
		return nil, damaged(op)
	}
	return secret, nil
}

func damaged(op string) error {
	return fault.New(fault.Corrupt, op, "The stored sign-in is damaged.", "Sign in again; your data stays.")
}

// writeFile replaces a file as one step: a kill leaves the old one or the new one, never a half. Only the
// person may read it.
func writeFile(path string, content []byte) (err error) {
	const op = "vault.writeFile"
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return diskFault(op, "The folder of the sign-ins could not be made.", err)
	}
	f, err := os.CreateTemp(dir, unfinished+"*") // mode 0600
	if err != nil {
		return diskFault(op, "The sign-in could not be stored.", err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(content); err != nil {
		return diskFault(op, "The sign-in could not be stored.", err)
	}
	if err := f.Sync(); err != nil {
		return diskFault(op, "The sign-in could not be stored.", err)
	}
	if err := f.Close(); err != nil {
		return diskFault(op, "The sign-in could not be stored.", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return diskFault(op, "The sign-in could not be stored.", err)
	}
	syncDir(dir)
	return nil
}

// prepareDir makes the folder and removes what a kill during a write left there (it is sealed anyway).
func (v *Vault) prepareDir() error {
	if err := os.MkdirAll(v.options.Dir, 0o700); err != nil {
		return diskFault("vault.prepareDir", "The folder of the sign-ins could not be made.", err)
	}
	entries, _ := os.ReadDir(v.options.Dir) // not a pattern: the name of the folder may hold anything
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), unfinished) {
			continue
		}
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(v.options.Dir, entry.Name()))
		}
	}
	return nil
}
