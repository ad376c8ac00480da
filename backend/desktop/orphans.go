package desktop

import (
	"slices"
	"time"
)

// orphanAge is how old a secret without a sign-in must be to be forgotten. Accepting stores the secret first, so that a
// younger one may be about to get its sign-in, in this process or another.
const orphanAge = time.Hour

// reconcile makes vault and workspace agree at a start: a kill can have left a secret without a sign-in, which nobody
// could sign out, and a sign-in that was kept in memory only is over.
func (p *Program) reconcile() {
	now := p.Clock()
	signIns, err := p.signIns(p.ctx) // before the vault: accepting stores the secret first
	if err != nil {
		return // it is not known which they are
	}
	for _, id := range p.Vault.StoredBefore(now.Add(-orphanAge)) {
		if _, known := signIns[id]; known {
			continue
		}
		if err := p.forgetSecret(id); err != nil {
			p.Log.Warn("a secret that no sign-in has could not be forgotten", "err", err)
		}
	}
	for id, s := range signIns {
		if p.isKept(id) {
			continue
		}
		p.endSignIn(p.ctx, id, s.Renewed, "This sign-in was kept in memory only, and Sightline was closed since.")
	}
}

// isKept reports whether the secret of a sign-in rests in a file, or in the memory of a Sightline that is open. Memory is
// asked first: from there a secret moves into a file, never back.
func (p *Program) isKept(id string) bool {
	return p.Vault.HeldInMemory(id) || slices.Contains(p.Vault.StoredBefore(p.Clock().AddDate(1, 0, 0)), id)
}
