package desktop

import "time"

// orphanAge is how old a secret without a sign-in must be to be forgotten. Accepting stores the secret first, so that a
// younger one may be about to get its sign-in, in this process or another.
const orphanAge = time.Hour

// forgetOrphans forgets the secrets of sign-ins that a kill kept from being stored: nobody could sign them out.
func (p *Program) forgetOrphans() {
	ids := p.Vault.StoredBefore(p.Clock().Add(-orphanAge))
	if len(ids) == 0 {
		return
	}
	signIns, err := p.signIns(p.ctx)
	if err != nil {
		return // it is not known which they are
	}
	for _, id := range ids {
		if _, known := signIns[id]; known {
			continue
		}
		if err := p.forgetSecret(id); err != nil {
			p.Log.Warn("a secret that no sign-in has could not be forgotten", "err", err)
		}
	}
}
