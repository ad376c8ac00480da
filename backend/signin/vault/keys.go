package vault

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"
	"golang.org/x/crypto/chacha20poly1305"

	"sightline/backend/fault"
)

// service names Sightline's items in the keyring.
const service = "Sightline"

// keyName is the random name of a key, which the file it seals carries. A file can so never be tried with a key
// of the same connection that an earlier sign-in left in a keyring which was out of reach when it was replaced. The
// key that a passphrase opens has no name. The first byte tells which kind of keyring holds the key.
type keyName [16]byte

// The first bytes of names.
const (
	inKeyring byte = 'r'
	inKernel  byte = 'k'
)

func newKeyName(m Mode) keyName {
	var name keyName
	_, _ = rand.Read(name[:]) // crypto/rand ends the program rather than return an error
	name[0] = inKeyring
	if m == ModeKernel {
		name[0] = inKernel
	}
	return name
}

func (n keyName) String() string { return hex.EncodeToString(n[:]) }

// restsIn reports whether a key of that name can rest in a keyring of that kind.
func (n keyName) restsIn(m Mode) bool {
	switch n[0] {
	case inKeyring:
		return m == ModeKeyring
	case inKernel:
		return m == ModeKernel
	}
	return true // of an older Sightline, which did not tell
}

// ringKeys are the keys in keyrings: one per sign-in, so that forgetting the key forgets every copy of the file,
// backups included.
type ringKeys struct {
	prefix func() (string, error)

	mu    sync.Mutex
	known map[keyName][]byte
}

func (k *ringKeys) item(id string, name keyName) (string, error) {
	prefix, err := k.prefix()
	return prefix + "/" + id + "/" + name.String(), err
}

func (k *ringKeys) remembers(name keyName) bool { return k.remembered(name) != nil }

func (k *ringKeys) remembered(name keyName) []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.known[name]
}

func (k *ringKeys) remember(name keyName, key []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.known[name] = key
}

// sealing returns the key to seal id with: the one named current if r holds it, else a new one. It looks into the
// keyring even for a key it remembers: another process may have signed out meanwhile, and to seal under a key that
// rests nowhere would lose the secret. Only when the keyring was locked since, the remembered one must do.
func (k *ringKeys) sealing(r *ring, id string, current keyName) (keyName, []byte, error) {
	const op = "vault.sealing"
	if current != (keyName{}) && current.restsIn(r.mode()) {
		remembered := k.remembered(current)
		if remembered != nil && r.locked() {
			return current, remembered, nil
		}
		key, err := k.fetch(r, id, current)
		if err != nil && !keyringHasNot(err) {
			key = remembered
		}
		if key != nil {
			return current, key, nil
		}
	}
	name, key := newKeyName(r.mode()), newKey()
	item, err := k.item(id, name)
	if err != nil {
		return keyName{}, nil, err
	}
	if err := r.set(item, base64.StdEncoding.EncodeToString(key)); err != nil {
		return keyName{}, nil, keyringFault(op, err)
	}
	k.remember(name, key)
	return name, key, nil
}

// fetch asks one keyring. The error is keyring.ErrNotFound when it has no such key.
func (k *ringKeys) fetch(r *ring, id string, name keyName) ([]byte, error) {
	const op = "vault.fetch"
	item, err := k.item(id, name)
	if err != nil {
		return nil, err
	}
	text, err := r.get(item)
	if keyringHasNot(err) {
		return nil, err
	}
	if err != nil {
		return nil, keyringFault(op, err)
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != chacha20poly1305.KeySize {
		return nil, fault.New(fault.Corrupt, op, "The key of this sign-in in the keyring is damaged.", "Sign in again; your data stays.").
			Offering(fault.SignInAgain)
	}
	k.remember(name, key)
	return key, nil
}

func (k *ringKeys) forget(rings []*ring, id string, name keyName) {
	k.mu.Lock()
	delete(k.known, name)
	k.mu.Unlock()
	item, err := k.item(id, name)
	if err != nil {
		return
	}
	for _, r := range rings {
		_ = r.delete(item) // a key without its file opens nothing
	}
}

// opening returns the key that a file is sealed under. asking allows a keyring to open its dialog, once.
func (v *Vault) opening(id string, name keyName, asking bool) ([]byte, error) {
	const op = "vault.opening"
	if name == (keyName{}) {
		if key := v.passphrase(); key != nil {
			return key, nil
		}
		return nil, fault.New(fault.NotSignedIn, op, "The stored sign-in is locked by your passphrase.", "Give the passphrase, or sign in again; your data stays.").
			Offering(fault.UnlockKeys, fault.SignInAgain)
	}
	if key := v.keys.remembered(name); key != nil {
		return key, nil
	}
	s := v.stand(asking)
	asked := false // one that could have it
	for _, r := range s.working {
		key, err := v.keys.fetch(r, id, name)
		if err == nil {
			return key, nil
		}
		if !keyringHasNot(err) {
			v.doubt()
			return nil, fault.Wrap(op, err)
		}
		asked = asked || name.restsIn(r.mode())
	}
	if !asked {
		return nil, fault.New(fault.NotSignedIn, op, "The stored sign-in is locked: the keyring of this computer does not open it now.",
			"Unlock the keyring by logging in to your desktop, or sign in again; your data stays.").Offering(fault.UnlockKeys, fault.SignInAgain)
	}
	if name[0] == inKernel {
		return nil, fault.New(fault.NotSignedIn, op, "The sign-in was kept until this computer was restarted.", "Sign in again; your data stays.").
			Offering(fault.SignInAgain)
	}
	return nil, fault.New(fault.NotSignedIn, op, "The keyring that answers here does not hold the key of this sign-in.",
		"Sign in again, or unlock the keyring you signed in with by logging in to your desktop; your data stays.").Offering(fault.SignInAgain)
}

// vaultName returns the random name that keeps the keyring items of two data folders apart.
func (v *Vault) vaultName() (string, error) {
	const op = "vault.vaultName"
	path := filepath.Join(v.options.Dir, "vault.name")
	if name, err := os.ReadFile(path); err == nil && len(name) == 32 {
		return string(name), nil
	}
	if err := v.prepareDir(); err != nil {
		return "", err
	}
	lock := flock.New(filepath.Join(v.options.Dir, "vault.lock"))
	if err := lock.Lock(); err != nil {
		return "", diskFault(op, "The folder of the sign-ins could not be locked.", err)
	}
	defer func() { _ = lock.Unlock() }()
	if name, err := os.ReadFile(path); err == nil && len(name) == 32 {
		return string(name), nil
	}
	name := randomHex(16)
	return name, writeFile(path, []byte(name))
}

// keyringFault keeps the reason of the keyring out of sight: it may quote the item.
func keyringFault(op string, err error) error {
	if errors.Is(err, errKeyringSilent) {
		return fault.Wrap(op, errKeyringSilent)
	}
	return fault.New(fault.NotSignedIn, op, "The keyring of this computer refused.", "Unlock it by logging in to your desktop, then try again.").
		Offering(fault.UnlockKeys)
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
