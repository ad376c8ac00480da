package vault

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// Keyrings returns one keyring made of several, best first: a secret is kept by the first that takes it
// and looked for in all. Nil ones are left out.
func Keyrings(rings ...Keyring) Keyring {
	var c chain
	for _, r := range rings {
		if r != nil {
			c = append(c, r)
		}
	}
	return c
}

type chain []Keyring

func (c chain) Set(service, user, secret string) error {
	var errs []error
	for _, r := range c {
		err := r.Set(service, user, secret)
		if err == nil {
			return nil
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Get says ErrNotFound only when at least one keyring answered that it has no such item and none has it.
func (c chain) Get(service, user string) (string, error) {
	var errs []error
	for _, r := range c {
		secret, err := r.Get(service, user)
		if err == nil {
			return secret, nil
		}
		if errors.Is(err, keyring.ErrNotFound) {
			errs = append([]error{keyring.ErrNotFound}, errs...)
			continue
		}
		errs = append(errs, err)
	}
	return "", errors.Join(errs...)
}

func (c chain) Delete(service, user string) error {
	var errs []error
	for _, r := range c {
		if err := r.Delete(service, user); err != nil && !errors.Is(err, keyring.ErrNotFound) {
			errs = append(errs, err)
		}
	}
	if len(errs) < len(c) {
		return nil // it is gone from wherever it could have been
	}
	return errors.Join(errs...)
}
