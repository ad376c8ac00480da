package vault

import (
	"slices"
	"time"
)

// State says where the keys of sign-ins rest now.
type State struct {
	Mode   Mode
	Locked bool   // sign-ins are stored that nothing opens now
	Chosen bool   // a passphrase exists: it is asked for, not chosen
	Why    string // a sentence: why they do not rest better; "" when there is nothing to say
}

// State says where keys rest, or would when the first sign-in is stored. It waits for a keyring for three seconds at
// most, opens no dialog, and asks no keyring when a passphrase was chosen.
func (v *Vault) State() State {
	if v.options.Dir == "" {
		return State{Mode: ModeSession, Why: "There is no data folder; sign-ins end with the program."}
	}
	if v.chosen() {
		s := State{Mode: ModePassphrase, Chosen: true, Locked: v.passphrase() == nil}
		if s.Locked {
			s.Why = "The sign-ins are locked until the passphrase is given."
		}
		return s
	}
	looked := make(chan standing, 1)
	go func() { looked <- v.stand(false) }()
	limit := time.NewTimer(v.options.KeyringTimeout)
	defer limit.Stop()
	select {
	case s := <-looked:
		state := State{Mode: ModeSession, Why: s.why, Locked: v.lockedIn(s)}
		if s.primary != nil {
			state.Mode = s.primary.mode()
		}
		return state
	case <-limit.C:
		return State{Mode: ModeUnknown, Why: errKeyringSilent.Message}
	}
}

// lockedIn reports whether a sign-in is stored whose key none of the keyrings that work can have.
func (v *Vault) lockedIn(s standing) bool {
	for _, id := range v.stored() {
		sealed, err := v.read(id)
		name, ok := keyOf(sealed)
		if err != nil || !ok || v.keys.remembers(name) {
			continue
		}
		if name == (keyName{}) || !slices.ContainsFunc(s.working, func(r *ring) bool { return name.restsIn(r.mode()) }) {
			return true
		}
	}
	return false
}
