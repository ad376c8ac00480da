package vault

import (
	"crypto/rand"
	"os"
	"path/filepath"

	"golang.org/x/crypto/chacha20poly1305"

	"sightline/backend/fault"
)

// magic opens every sealed file: name and version of the format. Nonce (24 bytes) and ciphertext follow.
const magic = "SLVAULT1"

// unfinished begins the name of a file that is being written.
const unfinished = ".new-"

// boundTo is the additional data: it ties a file to its connection, so that one copied over another does not open.
func boundTo(id string) []byte { return []byte("sightline vault 1\x00" + id) }

func seal(key []byte, id string, secret []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(magic)+aead.NonceSize(), len(magic)+aead.NonceSize()+len(secret)+aead.Overhead())
	copy(out, magic)
	nonce := out[len(magic):]
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return aead.Seal(out, nonce, secret, boundTo(id)), nil
}

func unseal(key []byte, id string, sealed []byte) ([]byte, error) {
	const op = "vault.unseal"
	damaged := func() ([]byte, error) {
		return nil, fault.New(fault.Corrupt, op, "The stored sign-in is damaged.", "Sign in again; your data stays.")
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	head := len(magic) + aead.NonceSize()
	if len(sealed) < head+aead.Overhead() || string(sealed[:len(magic)]) != magic {
		return damaged()
	}
	secret, err := aead.Open(nil, sealed[len(magic):head], sealed[head:], boundTo(id))
	if err != nil {
		return damaged()
	}
	return secret, nil
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
