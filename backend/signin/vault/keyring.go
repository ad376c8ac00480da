package vault

import (
	"errors"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"sightline/backend/fault"
)

// Keyring is the store of the operating system for small secrets.
type Keyring interface {
	Set(service, user, secret string) error
	// Get returns keyring.ErrNotFound of zalando/go-keyring when there is no such item.
	Get(service, user string) (string, error)
	Delete(service, user string) error
}

// OSKeyring returns the keyring of this computer: Credential Manager, Keychain or the Secret Service.
func OSKeyring() Keyring { return osKeyring{} }

type osKeyring struct{}

// oneCall lets one call at a time through: unlock dialogs must not pile up, and the library's mock is a plain map.
var oneCall sync.Mutex

func (osKeyring) Set(service, user, secret string) error {
	oneCall.Lock()
	defer oneCall.Unlock()
	return keyring.Set(service, user, secret)
}

func (osKeyring) Get(service, user string) (string, error) {
	oneCall.Lock()
	defer oneCall.Unlock()
	return keyring.Get(service, user)
}

func (osKeyring) Delete(service, user string) error {
	oneCall.Lock()
	defer oneCall.Unlock()
	return keyring.Delete(service, user)
}

// errKeyringSilent stands for a keyring that did not answer within the limit.
var errKeyringSilent = fault.New(fault.Timeout, "vault.keyring", "The keyring of this computer does not answer.",
	"Unlock it by logging in to your desktop, then try again.")

// limited gives every call of a keyring a limit; those of a chain have one each, so that a silent one does not
// keep the next from answering.
func limited(k Keyring, limit time.Duration) Keyring {
	if several, isChain := k.(chain); isChain {
		all := make(chain, len(several))
		for i, one := range several {
			all[i] = limited(one, limit)
		}
		return all
	}
	return &limitedKeyring{inner: k, limit: limit}
}

// limitedKeyring gives every call a limit, because a Secret Service that waits for an unlock dialog nobody
// sees would hang the program. After one silence it is not asked again: each call would leave a goroutine
// and three seconds behind.
type limitedKeyring struct {
	inner Keyring
	limit time.Duration

	mu     sync.Mutex
	silent bool
}

func (k *limitedKeyring) within(call func() error) error {
	k.mu.Lock()
	silent := k.silent
	k.mu.Unlock()
	if silent {
		return errKeyringSilent
	}
	answer := make(chan error, 1)
	go func() { answer <- call() }()
	timer := time.NewTimer(k.limit)
	defer timer.Stop()
	select {
	case err := <-answer:
		return err
	case <-timer.C:
		k.mu.Lock()
		k.silent = true
		k.mu.Unlock()
		return errKeyringSilent
	}
}

func (k *limitedKeyring) Set(service, user, secret string) error {
	return k.within(func() error { return k.inner.Set(service, user, secret) })
}

func (k *limitedKeyring) Get(service, user string) (string, error) {
	found := make(chan string, 1) // not a plain variable: a call that comes back late must not write into it
	err := k.within(func() error {
		secret, err := k.inner.Get(service, user)
		found <- secret
		return err
	})
	if err != nil {
		return "", err
	}
	return <-found, nil
}

func (k *limitedKeyring) Delete(service, user string) error {
	return k.within(func() error { return k.inner.Delete(service, user) })
}

// works proves that a keyring stores and gives back, since many answer politely and keep nothing.
func works(k Keyring) bool {
	user := "probe/" + randomHex(8)
	if k.Set(service, user, "probe") != nil {
		return false
	}
	got, err := k.Get(service, user)
	_ = k.Delete(service, user) // a probe that stays behind opens nothing
	return err == nil && got == "probe"
}

func keyringHasNot(err error) bool { return errors.Is(err, keyring.ErrNotFound) }
