package signin

import (
	"errors"
	"slices"

	"sightline/backend/fault"
)

// over marks the refusal of a directory, or of the store, after which a sign-in is over. A service that refuses a
// person says the same code of one of its organizations only, and gets no mark.
type over struct{ error }

// Unwrap returns the refusal.
func (o over) Unwrap() error { return o.error }

// judged marks what came from the directory or the store if it ends the sign-in.
func judged(err error) error {
	if !fault.Is(err, fault.NotSignedIn) || Locked(err) {
		return err // nil, or something that passes
	}
	return over{err}
}

// Locked reports whether err means that what is stored cannot be opened for now.
func Locked(err error) bool {
	return fault.Is(err, fault.NotSignedIn) && slices.Contains(fault.ReportOf(err).Actions, fault.UnlockKeys)
}

// Ended reports whether err means that a sign-in is over until the person signs in again: the directory refused it, or
// nothing usable is stored of it. A refusal by a service, which concerns one connection, is none.
func Ended(err error) bool {
	var mark over
	return errors.As(err, &mark)
}
