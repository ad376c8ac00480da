//go:build unix

package vault

import "os"

// syncDir makes a rename survive a power cut. Some file systems refuse it; then the rename is as safe as they are.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
