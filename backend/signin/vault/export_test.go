package vault

// SetScryptWorkFactor makes passphrase tests quick; it returns the function that restores the real one.
func SetScryptWorkFactor(log2n int) (restore func()) {
	before := scryptWorkFactor
	scryptWorkFactor = log2n
	return func() { scryptWorkFactor = before }
}

// UntilRestart is a keyring that forgets when the computer restarts.
func UntilRestart(k Keyring) Keyring { return forgetting{k} }

type forgetting struct{ Keyring }

func (forgetting) untilRestart() {}

// Lockable is a keyring that tells whether it is locked.
func Lockable(k Keyring, locked func() bool) Keyring { return lockable{k, locked} }

type lockable struct {
	Keyring
	is func() bool
}

func (l lockable) locked() bool { return l.is() }
