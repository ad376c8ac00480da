package vault

import (
	"os"
	"time"
)

// StoredBefore lists the ids whose files were written before an instant, for who looks for secrets that nothing uses.
func (v *Vault) StoredBefore(at time.Time) []string {
	var ids []string
	for _, id := range v.stored() {
		if info, err := os.Stat(v.path(id)); err == nil && info.ModTime().Before(at) {
			ids = append(ids, id)
		}
	}
	return ids
}
