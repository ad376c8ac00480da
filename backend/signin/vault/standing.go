package vault

import (
	"errors"
	"time"

	"sightline/backend/fault"
)

// lookAgainAfter is how long a keyring that could not be used is left alone.
const lookAgainAfter = time.Minute

// standing is what is known of the keyrings.
type standing struct {
	known   bool
	primary *ring   // where new keys rest; nil: none of the keyrings can be used
	working []*ring // those that can be read, the primary included
	why     string  // why it is not the first one; "" when it is
	at      time.Time
	asked   bool // the person may have seen a dialog to unlock it; no second one comes by itself
}

// stand returns what is known of the keyrings. It looks when nothing is known yet; and once more, in the background,
// when the best one could not be used a minute ago. asking allows the dialog of the operating system to unlock one,
// once. No lock is held while a keyring answers.
func (v *Vault) stand(asking bool) standing {
	for {
		v.mu.Lock()
		s, f := v.standing, v.flight
		wanted := !s.known || (asking && !s.asked && s.why != "")
		if f == nil && (wanted || v.due()) {
			f = v.look(asking && !s.asked)
		}
		v.mu.Unlock()
		if !wanted {
			return s
		}
		<-f
	}
}

// due reports whether it is time to look at the keyrings again. The caller holds v.mu.
func (v *Vault) due() bool {
	s := v.standing
	return s.known && s.why != "" && v.options.Clock().Sub(s.at) >= lookAgainAfter
}

// look starts to find out which keyrings work, and returns what is closed when that is known. The caller holds v.mu,
// and has seen that no look is on its way.
func (v *Vault) look(asking bool) (done chan struct{}) {
	f := make(chan struct{})
	before, answers := v.standing, v.lateAnswers
	v.flight = f
	go func() {
		s := v.probe(asking)
		v.mu.Lock()
		s.asked = asking || v.standing.asked
		if answers != v.lateAnswers { // meanwhile, so that what was seen may be old already
			s.at = time.Time{}
		}
		v.standing, v.flight = s, nil
		v.mu.Unlock()
		if s.primary != nil && s.primary != before.primary {
			v.adopt() // what rests worse, or only in memory, moves there
		}
		close(f)
	}()
	return f
}

// probe tries each keyring. It takes less than the limit of one call as long as the first one alone is silent.
func (v *Vault) probe(asking bool) standing {
	s := standing{known: true, at: v.options.Clock()}
	limit := v.options.KeyringTimeout / 2
	if asking {
		limit = v.options.KeyringTimeout * 2 / 3
	}
	for _, r := range v.rings {
		reason := ""
		if !asking && r.locked() {
			reason = "The keyring of your desktop is locked."
		} else if err := r.within(limit, func() error { return works(r.inner) }); errors.Is(err, errKeyringSilent) {
			reason = "The keyring of this computer does not answer."
		} else if err != nil {
			reason = "The keyring of your desktop is not there, or it refused."
		}
		switch {
		case reason == "":
			s.working = append(s.working, r)
			if s.primary == nil {
				s.primary = r
			}
		case s.primary == nil && s.why == "":
			s.why = reason
		}
	}
	if len(v.rings) == 0 {
		s.why = "There is no keyring to use."
	}
	return s
}

// doubt makes the next use look at the keyrings again: one of them failed that had worked.
func (v *Vault) doubt() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.standing.known = false
	v.standing.asked = true // a dialog in the middle of a refresh would come out of nowhere
}

// cameBack lets the next use look again without waiting for the minute: a keyring answered late.
func (v *Vault) cameBack() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.standing.at = time.Time{}
	v.lateAnswers++
}

// Retry asks the keyring again, with leave to open the dialog of the operating system that unlocks it, and moves to it
// what is kept worse. Nil: the keys rest better than in memory now. It waits three seconds at most; a person who
// takes longer for the dialog finds the keyring in use all the same once they unlocked it. fault.NotSignedIn, fault.Timeout.
func (v *Vault) Retry() error {
	const op = "vault.Retry"
	for _, r := range v.rings {
		r.goOn()
	}
	limit := time.NewTimer(v.options.KeyringTimeout)
	defer limit.Stop()
	for mine := false; !mine; {
		v.mu.Lock()
		f := v.flight
		if f == nil {
			f, mine = v.look(true), true
		}
		v.mu.Unlock()
		select {
		case <-f:
		case <-limit.C:
			return fault.Wrap(op, errKeyringSilent)
		}
	}
	v.adopt() // also what was busy when the keyring was found
	s := v.State()
	if s.Mode == ModeSession {
		return fault.New(fault.NotSignedIn, op, s.Why, "Unlock it by logging in to your desktop, or choose a passphrase.").Offering(fault.UnlockKeys)
	}
	return nil
}
