//go:build !linux

package vault

// KernelKeyring is nil: only Linux has one.
func KernelKeyring() Keyring { return nil }
