package browser

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"sightline/backend/fault"
)

// attempt is the folder of one window: cacheDir/sign-in/<random>, with the profile in it or, for a confined
// browser, where that browser can write. As long as this process lives it holds <random>.lock beside the
// folder, which is how Sweep tells a window in use from what a crash left.
type attempt struct {
	dir     string // 0700
	profile string // 0700, empty at the start
	lock    *flock.Flock
}

// attemptName is what newAttempt calls a folder. Sweep touches nothing else.
var attemptName = regexp.MustCompile(`^[0-9a-f]{32}$`)

// outside is the file that names a profile kept outside the attempt's folder.
const outside = "profile-outside"

func signInDir(cacheDir string) string { return filepath.Join(cacheDir, "sign-in") }

func newAttempt(b Browser, cacheDir string) (*attempt, error) {
	const op = "browser.newAttempt"
	refused := func(cause error) error {
		return fault.New(fault.NoIsolation, op, "Sightline could not make a fresh folder for the sign-in window.",
			"Check that the cache folder may be written, or copy the sign-in link into a private window yourself.").
			Offering(noIsolation...).Because(cause)
	}
	random := make([]byte, 16)
	_, _ = rand.Read(random) // crypto/rand ends the program rather than return an error
	name := hex.EncodeToString(random)
	parent := signInDir(cacheDir)
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, refused(err)
	}
	a := &attempt{dir: filepath.Join(parent, name), lock: flock.New(filepath.Join(parent, name+".lock"))}
	if got, err := a.lock.TryLock(); err != nil || !got { // before the folder: a folder without a held lock is stale
		return nil, refused(err)
	}
	a.profile = filepath.Join(a.dir, "profile")
	if b.Home != "" {
		a.profile = filepath.Join(b.Home, name)
	}
	if err := a.prepare(b); err != nil {
		a.remove()
		return nil, refused(err)
	}
	return a, nil
}

func (a *attempt) prepare(b Browser) error {
	if err := os.Mkdir(a.dir, 0o700); err != nil {
		return err
	}
	if b.Home != "" {
		if err := os.WriteFile(filepath.Join(a.dir, outside), []byte(a.profile), 0o600); err != nil {
			return err
		}
		if err := os.MkdirAll(b.Home, 0o700); err != nil {
			return err
		}
	}
	if err := os.Mkdir(a.profile, 0o700); err != nil {
		return err
	}
	if b.Family == Firefox {
		return os.WriteFile(filepath.Join(a.profile, "user.js"), []byte(firefoxSettings), 0o600)
	}
	return nil
}

// remove deletes the folders and frees the lock. A browser that was killed may still be writing, and Windows
// lets go of files late, so it tries for three seconds; what is left then is for the next Sweep.
func (a *attempt) remove() bool {
	deadline := time.Now().Add(3 * time.Second)
	for {
		err := os.RemoveAll(a.profile)
		if err == nil {
			err = os.RemoveAll(a.dir)
		}
		if err == nil || time.Now().After(deadline) {
			_ = a.lock.Unlock()
			if err == nil {
				_ = os.Remove(a.lock.Path())
			}
			return err == nil
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Sweep ends the windows and removes the folders that a killed Sightline left below cacheDir, and returns how
// many. Windows of a Sightline that still runs are left alone. Call it once at program start.
func Sweep(cacheDir string) int {
	parent := signInDir(cacheDir)
	entries, err := os.ReadDir(parent)
	if err != nil {
		return 0
	}
	removed := 0
	for _, entry := range entries {
		if name, isLock := strings.CutSuffix(entry.Name(), ".lock"); isLock && attemptName.MatchString(name) {
			sweepLock(parent, name)
			continue
		}
		if !entry.IsDir() || !attemptName.MatchString(entry.Name()) {
			continue
		}
		a := &attempt{dir: filepath.Join(parent, entry.Name()), lock: flock.New(filepath.Join(parent, entry.Name()+".lock"))}
		if got, err := a.lock.TryLock(); err != nil || !got {
			continue
		}
		a.profile = profileOf(a.dir)
		endAll(a.profile)
		if a.remove() {
			removed++
		}
	}
	return removed
}

// profileOf returns the profile of a folder found on disk. One outside counts only if it carries the attempt's
// own random name, so that a damaged file never makes us delete something else.
func profileOf(dir string) string {
	if path, err := os.ReadFile(filepath.Join(dir, outside)); err == nil {
		profile := filepath.Clean(string(path))
		if filepath.IsAbs(profile) && filepath.Base(profile) == filepath.Base(dir) {
			return profile
		}
	}
	return filepath.Join(dir, "profile")
}

// sweepLock removes a lock without a folder once it is too old to belong to a window that is about to open.
func sweepLock(parent, name string) {
	path := filepath.Join(parent, name+".lock")
	info, err := os.Stat(path)
	if err != nil || time.Since(info.ModTime()) < time.Hour {
		return
	}
	if _, err := os.Stat(filepath.Join(parent, name)); err == nil {
		return
	}
	lock := flock.New(path)
	if got, err := lock.TryLock(); err == nil && got {
		_ = lock.Unlock()
		_ = os.Remove(path)
	}
}
