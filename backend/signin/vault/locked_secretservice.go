//go:build (dragonfly && cgo) || (freebsd && cgo) || linux || netbsd || openbsd

package vault

import "github.com/godbus/dbus/v5"

// The Secret Service of the desktop, as zalando/go-keyring uses it.
const (
	secretService   = "org.freedesktop.secrets"
	loginCollection = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	defaultAlias    = dbus.ObjectPath("/org/freedesktop/secrets/aliases/default")
	isLocked        = "org.freedesktop.Secret.Collection.Locked"
)

// locked reads whether the keyring is locked, which no call of zalando/go-keyring does without opening the dialog
// that unlocks it. A service that is not there is not locked.
func (osKeyring) locked() bool {
	bus, err := dbus.SessionBus()
	if err != nil {
		return false
	}
	for _, collection := range []dbus.ObjectPath{loginCollection, defaultAlias} { // in the order of go-keyring
		if value, err := bus.Object(secretService, collection).GetProperty(isLocked); err == nil {
			locked, _ := value.Value().(bool)
			return locked
		}
	}
	return false
}
