package signin

// Rung is the way the person gets to the sign-in page.
type Rung string

// The rungs of the ladder, best first.
const (
	RungIsolated     Rung = "isolated"                 // own throw-away profile, private window
	RungIsolatedOpen Rung = "isolated-without-private" // the same where a policy forbids private windows
	RungEphemeral    Rung = "ephemeral"                // the system's own sign-in sheet on a Mac, which keeps nothing
	RungSystem       Rung = "system"                   // the normal browser; isolation is not claimed
	RungCopyLink     Rung = "copy-link"                // the person opens the link; isolation is not claimed
	RungDeviceCode   Rung = "device-code"              // a code is typed in any browser anywhere; isolation is not claimed
	// RungToken is named by Ways only: a personal access token needs no Session.
	RungToken Rung = "token"
)

// known reports whether a Session can be started on the rung.
func (r Rung) known() bool {
	switch r {
	case RungIsolated, RungEphemeral, RungSystem, RungCopyLink, RungDeviceCode:
		return true
	}
	return false
}

// usesBrowser reports whether the answer comes back to a local address.
func (r Rung) usesBrowser() bool { return r != RungDeviceCode }
