package vault

import (
	"sync"
	"time"

	"sightline/backend/fault"
)

// errKeyringSilent stands for a keyring that did not answer within the limit.
var errKeyringSilent = fault.New(fault.Timeout, "vault.keyring", "The keyring of this computer does not answer.",
	"Unlock it by logging in to your desktop, then try again.").Offering(fault.UnlockKeys)

// ring is a keyring with a limit on every call, because a Secret Service that waits for an unlock dialog nobody sees
// would hang the program. While a call that ran out of time is still on its way it is not asked anything else: each
// call would leave a goroutine and three seconds behind, and perhaps one more dialog.
type ring struct {
	inner Keyring
	limit time.Duration
	// cameBack is called when a call that had run out of time was answered after all: somebody unlocked the keyring.
	cameBack func()

	mu    sync.Mutex
	late  int // calls that ran out of time and are still on their way
	round int // counts how often a person wanted to go on without them
}

// rings gives every keyring there is a limit of its own.
func rings(limit time.Duration, cameBack func(), keyrings ...Keyring) (all []*ring) {
	for _, k := range keyrings {
		if k != nil {
			all = append(all, &ring{inner: k, limit: limit, cameBack: cameBack})
		}
	}
	return all
}

func (r *ring) within(limit time.Duration, call func() error) error {
	r.mu.Lock()
	silent, round := r.late > 0, r.round
	r.mu.Unlock()
	if silent {
		return errKeyringSilent
	}
	answer := make(chan error, 1)
	go func() { answer <- call() }()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case err := <-answer:
		return err
	case <-timer.C:
		r.count(1, round)
		go func() {
			<-answer
			r.count(-1, round)
			r.cameBack()
		}()
		return errKeyringSilent
	}
}

// count keeps the number of calls that are late. Those of an earlier round do not count any more.
func (r *ring) count(change, round int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.round == round {
		r.late += change
	}
}

// goOn forgets the calls that never came back.
func (r *ring) goOn() {
	r.mu.Lock()
	r.late = 0
	r.round++
	r.mu.Unlock()
	if inner, can := r.inner.(canGoOn); can {
		inner.goOn()
	}
}

func (r *ring) set(user, secret string) error {
	return r.within(r.limit, func() error { return r.inner.Set(service, user, secret) })
}

func (r *ring) get(user string) (string, error) {
	found := make(chan string, 1) // not a plain variable: a call that comes back late must not write into it
	err := r.within(r.limit, func() error {
		secret, err := r.inner.Get(service, user)
		found <- secret
		return err
	})
	if err != nil {
		return "", err
	}
	return <-found, nil
}

func (r *ring) delete(user string) error {
	return r.within(r.limit, func() error { return r.inner.Delete(service, user) })
}

// locked reports whether it would ask the person to unlock it. It asks nobody, and takes a quarter of the limit at most.
func (r *ring) locked() bool {
	inner, can := r.inner.(canBeLocked)
	if !can {
		return false
	}
	is := make(chan bool, 1)
	err := r.within(r.limit/4, func() error {
		is <- inner.locked()
		return nil
	})
	return err == nil && <-is
}

// mode is how long the keys live that rest here.
func (r *ring) mode() Mode {
	if _, ends := r.inner.(untilRestart); ends {
		return ModeKernel
	}
	return ModeKeyring
}
