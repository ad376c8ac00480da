//go:build !((dragonfly && cgo) || (freebsd && cgo) || linux || netbsd || openbsd)

package vault

// locked is false: only the Secret Service locks itself while its person is logged in.
func (osKeyring) locked() bool { return false }
