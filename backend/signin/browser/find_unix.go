//go:build unix && !darwin

package browser

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// programs are the names that distributions install browsers under, in the order they are tried.
var programs = []string{
	"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable", "microsoft-edge",
	"brave-browser", "vivaldi-stable", "vivaldi", "firefox", "firefox-esr",
	"org.chromium.Chromium", "com.google.Chrome", "com.microsoft.Edge", "com.brave.Browser", "org.mozilla.firefox",
}

// installed looks at $BROWSER, the desktop's default and the usual names.
func installed(ctx context.Context) []Browser {
	candidates := strings.Split(os.Getenv("BROWSER"), ":")
	if id := defaultDesktopID(ctx); id != "" {
		name := strings.TrimSuffix(id, ".desktop")
		candidates = append(candidates, name)
		if _, after, found := strings.Cut(name, "_"); found { // a Snap: chromium_chromium.desktop
			candidates = append(candidates, after)
		}
	}
	candidates = append(candidates, programs...)
	var found []Browser
	for _, name := range candidates {
		if path := locate(name); path != "" {
			if b, known := At(path); known {
				found = append(found, b)
			}
		}
	}
	return found
}

// defaultDesktopID asks the desktop, for at most two seconds: firefox-esr.desktop.
func defaultDesktopID(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "xdg-settings", "get", "default-web-browser").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// locate returns the whole path of a program in PATH or where Snap and Flatpak put theirs.
func locate(name string) string {
	name, _, _ = strings.Cut(strings.TrimSpace(name), " ") // $BROWSER may hold arguments
	if name == "" {
		return ""
	}
	if path, err := exec.LookPath(name); err == nil {
		if path, err = filepath.Abs(path); err == nil {
			return path
		}
	}
	if strings.ContainsRune(name, '/') {
		return ""
	}
	folders := []string{"/snap/bin", "/var/lib/flatpak/exports/bin"}
	if home, err := os.UserHomeDir(); err == nil {
		folders = append(folders, filepath.Join(home, ".local/share/flatpak/exports/bin"))
	}
	for _, folder := range folders {
		if info, err := os.Stat(filepath.Join(folder, name)); err == nil && !info.IsDir() && info.Mode()&0o111 != 0 {
			return filepath.Join(folder, name)
		}
	}
	return ""
}

// confinedHome returns the folder a Snap or Flatpak may write in; it cannot see any other of ours.
func confinedHome(path string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	program := filepath.Base(path)
	if strings.Contains(path, "/flatpak/exports/bin/") {
		return filepath.Join(home, ".var", "app", program, "cache", "sightline-sign-in")
	}
	target, _ := filepath.EvalSymlinks(path)
	snap := ""
	if strings.HasPrefix(path, "/snap/") || filepath.Base(target) == "snap" {
		snap = program
	} else if script := firstBytes(path); bytes.HasPrefix(script, []byte("#!")) {
		// Ubuntu's chromium-browser is a script that starts the Snap.
		if _, after, found := bytes.Cut(script, []byte("/snap/bin/")); found {
			snap = leadingName(string(after))
		}
	}
	if snap == "" {
		return ""
	}
	return filepath.Join(home, "snap", snap, "common", "sightline-sign-in")
}

// leadingName returns what s begins with, as far as it can be a Snap's name.
func leadingName(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if end < 0 {
		return s
	}
	return s[:end]
}

func firstBytes(path string) []byte {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, _ := f.Read(head)
	return head[:n]
}
