package browser

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
)

// Find returns the browsers that can open a window here, the person's default one first. It returns none
// where there is no display. SIGHTLINE_BROWSER=none says so for any machine; a program's name or path there
// is the only one returned.
func Find(ctx context.Context) []Browser {
	chosen := os.Getenv("SIGHTLINE_BROWSER")
	if chosen == "none" || !canShowWindow() {
		return nil
	}
	if chosen != "" {
		return chosenBrowser(chosen)
	}
	return inOrder(unique(installed(ctx)))
}

// chosenBrowser trusts the person: a program of an unknown name is taken for a Chromium.
func chosenBrowser(chosen string) []Browser {
	path, err := exec.LookPath(chosen)
	if err != nil {
		return nil
	}
	if path, err = filepath.Abs(path); err != nil {
		return nil
	}
	b, known := At(path)
	if !known {
		b = Browser{Name: filepath.Base(path), Path: path, Family: Chromium}
	}
	return []Browser{b}
}

// canShowWindow reports whether a program can open a window: on Linux only with a display, or with the
// argument that makes a browser do without one.
func canShowWindow() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	if os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" {
		return true
	}
	for _, arg := range extraArguments() {
		if strings.HasPrefix(arg, "--headless") {
			return true
		}
	}
	return false
}

// unique leaves out programs that are found under two names.
func unique(found []Browser) []Browser {
	seen := map[string]bool{}
	kept := found[:0]
	for _, b := range found {
		real := b.Path
		if resolved, err := filepath.EvalSymlinks(b.Path); err == nil && filepath.Base(resolved) != "snap" {
			real = resolved // every Snap is a link to one program, which tells them apart by the link's name
		}
		if !seen[real] {
			seen[real] = true
			kept = append(kept, b)
		}
	}
	return kept
}

// inOrder puts browsers whose private mode a policy forbids last, Firefox first among them; Edge on Windows is
// left out then, because without InPrivate it signs the person's Windows account in by itself.
func inOrder(found []Browser) []Browser {
	kept := found[:0]
	for _, b := range found {
		if !(b.PrivateForbidden && b.Family == Edge && runtime.GOOS == "windows") {
			kept = append(kept, b)
		}
	}
	rank := func(b Browser) int {
		switch {
		case !b.PrivateForbidden:
			return 0
		case b.Family == Firefox:
			return 1
		}
		return 2
	}
	sort.SliceStable(kept, func(i, j int) bool { return rank(kept[i]) < rank(kept[j]) })
	return kept
}
