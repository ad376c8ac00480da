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
	stored := p.Vault.StoredBefore(now.AddDate(1, 0, 0))
	signIns, err := p.signIns(p.ctx)
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
		if !slices.Contains(stored, id) {
			p.endSignIn(p.ctx, id, s.Renewed, "This sign-in was kept in memory only, and Sightline was closed since.")
		}
	}
}
