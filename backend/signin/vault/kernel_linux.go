package vault

import (
	"errors"

	"github.com/zalando/go-keyring"
	"golang.org/x/sys/unix"
)

// KernelKeyring returns the key store of the Linux kernel for this user: memory that no file and no other
// user sees, shared by all processes of the person and gone when the computer restarts. It serves
// machines without a desktop session, where no Secret Service runs.
func KernelKeyring() Keyring { return kernelKeyring{} }

type kernelKeyring struct{}

// sameUser lets any process of this user view, read, write, search, link and change the key, and nobody
// else anything. The default would let only the process that possesses it read.
const sameUser = 0x3f3f0000

// longestItem bounds what is read back; an item is a 32-byte key in base64.
const longestItem = 4096

func description(service, user string) string { return service + ":" + user }

// untilRestart: what is kept here ends with the computer's uptime.
func (kernelKeyring) untilRestart() {}

func (kernelKeyring) Set(service, user, secret string) error {
	id, err := unix.AddKey("user", description(service, user), []byte(secret), unix.KEY_SPEC_USER_KEYRING)
	if err != nil {
		return err
	}
	return unix.KeyctlSetperm(id, sameUser)
}

func (kernelKeyring) Get(service, user string) (string, error) {
	id, err := findKey(service, user)
	if err != nil {
		return "", err
	}
	secret := make([]byte, longestItem)
	n, err := unix.KeyctlBuffer(unix.KEYCTL_READ, id, secret, 0)
	if err != nil {
		return "", err
	}
	return string(secret[:min(n, len(secret))]), nil
}

func (kernelKeyring) Delete(service, user string) error {
	id, err := findKey(service, user)
	if err != nil {
		return err
	}
	_, err = unix.KeyctlInt(unix.KEYCTL_UNLINK, id, unix.KEY_SPEC_USER_KEYRING, 0, 0)
	return err
}

func findKey(service, user string) (int, error) {
	id, err := unix.KeyctlSearch(unix.KEY_SPEC_USER_KEYRING, "user", description(service, user), 0)
	if errors.Is(err, unix.ENOKEY) || errors.Is(err, unix.EKEYREVOKED) || errors.Is(err, unix.EKEYEXPIRED) {
		return 0, keyring.ErrNotFound
	}
	return id, err
}
