package vault

import (
	"errors"
	"sync"
	"sync/atomic"

	"github.com/zalando/go-keyring"
)

// Keyring is the store of the operating system for small secrets.
type Keyring interface {
	Set(service, user, secret string) error
	// Get returns keyring.ErrNotFound of zalando/go-keyring when there is no such item.
	Get(service, user string) (string, error)
	Delete(service, user string) error
}

// What else a keyring may know of itself.
type (
	// canBeLocked says whether it would ask the person to unlock it, without asking them.
	canBeLocked interface{ locked() bool }
	// untilRestart is of a keyring that forgets when the computer restarts.
	untilRestart interface{ untilRestart() }
	// canGoOn stops waiting for a call that never came back.
	canGoOn interface{ goOn() }
)

// OSKeyring returns the keyring of this computer: Credential Manager, Keychain or the Secret Service.
func OSKeyring() Keyring { return osKeyring{} }

type osKeyring struct{}

// oneCall lets one call at a time through: unlock dialogs must not pile up, and the library's mock is a plain map. It
// is replaced when a person wants to go on in spite of a call that never came back.
var oneCall atomic.Pointer[sync.Mutex]

func init() { oneCall.Store(new(sync.Mutex)) }

func (osKeyring) goOn() { oneCall.Store(new(sync.Mutex)) }

func (osKeyring) Set(service, user, secret string) error {
	turn := oneCall.Load()
	turn.Lock()
	defer turn.Unlock()
	return keyring.Set(service, user, secret)
}

func (osKeyring) Get(service, user string) (string, error) {
	turn := oneCall.Load()
	turn.Lock()
	defer turn.Unlock()
	return keyring.Get(service, user)
}

func (osKeyring) Delete(service, user string) error {
	turn := oneCall.Load()
	turn.Lock()
	defer turn.Unlock()
	return keyring.Delete(service, user)
}

// works proves that a keyring stores and gives back, since many answer politely and keep nothing.
func works(k Keyring) error {
	user := "probe/" + randomHex(8)
	if err := k.Set(service, user, "probe"); err != nil {
		return err
	}
	got, err := k.Get(service, user)
	_ = k.Delete(service, user) // a probe that stays behind opens nothing
	if err == nil && got != "probe" {
		err = errors.New("the keyring gave back something else than it was given")
	}
	return err
}

func keyringHasNot(err error) bool { return errors.Is(err, keyring.ErrNotFound) }
