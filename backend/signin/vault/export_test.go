package vault

// SetScryptWorkFactor makes passphrase tests quick; it returns the function that restores the real one.
func SetScryptWorkFactor(log2n int) (restore func()) {
	before := scryptWorkFactor
	scryptWorkFactor = log2n
	return func() { scryptWorkFactor = before }
}
