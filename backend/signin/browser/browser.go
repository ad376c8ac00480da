// Package browser opens browser windows that share nothing with the person's daily browser: an installed
// browser, started on a fresh throw-away profile and in private mode, watched, and removed afterwards.
//
// A private window of the daily profile is not isolation: all private windows of one profile share their
// cookies, and where a policy forbids private mode the flag is ignored without a word. The fresh profile is
// what isolates; Verify proves that the browser really took it.
package browser

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Family says which command line a browser understands.
type Family string

// The families.
const (
	Chromium Family = "chromium" // Chromium, Chrome, Brave, Vivaldi
	Edge     Family = "edge"
	Firefox  Family = "firefox"
)

// Browser is an installed browser.
type Browser struct {
	Name   string // as people call it: Chromium, Microsoft Edge
	Path   string // the program
	Family Family
	// PrivateForbidden is true when a policy of this computer forbids private windows. The throw-away profile
	// isolates all the same; only the protection from single sign-on by the operating system is missing.
	PrivateForbidden bool
	// Home is the only folder that a confined browser (Snap, Flatpak) can keep a profile in; "" is anywhere.
	Home string
}

// names maps a part of a program's name to the name people use. The first that fits counts.
var names = []struct {
	part, name string
	family     Family
}{
	{"edge", "Microsoft Edge", Edge},
	{"brave", "Brave", Chromium},
	{"vivaldi", "Vivaldi", Chromium},
	{"chromium", "Chromium", Chromium},
	{"chrome", "Google Chrome", Chromium},
	{"firefox", "Firefox", Firefox},
}

// At describes the browser whose program is at path. False: it is of no family whose command line is known.
func At(path string) (Browser, bool) {
	program := strings.ToLower(filepath.Base(path))
	for _, known := range names {
		if strings.Contains(program, known.part) {
			b := Browser{Name: known.name, Path: path, Family: known.family}
			b.Home = confinedHome(path)
			b.PrivateForbidden = privateForbidden(b)
			return b, true
		}
	}
	return Browser{}, false
}

// arguments returns the command line that opens address in a window of the profile folder.
func (b Browser) arguments(profile, address string) []string {
	var args []string
	switch b.Family {
	case Firefox:
		args = []string{"--no-remote", "--profile", profile}
		if runtime.GOOS == "windows" {
			args = append(args, "--wait-for-browser") // else the launcher ends at once and looks like a closed window
		}
		args = append(args, extraArguments()...)
		if b.PrivateForbidden {
			return append(args, "--new-window", address)
		}
		return append(args, "--private-window", address)
	case Edge:
		args = []string{"--user-data-dir=" + profile, "--inprivate"}
	default:
		args = []string{"--user-data-dir=" + profile, "--incognito"}
	}
	if b.PrivateForbidden {
		args = args[:1]
	}
	args = append(args, "--no-first-run", "--no-default-browser-check", "--new-window")
	switch runtime.GOOS {
	case "linux":
		args = append(args, "--password-store=basic") // a profile that lives minutes must not ask to unlock the keyring
		if os.Geteuid() == 0 {
			args = append(args, "--no-sandbox") // Chromium refuses to start as root otherwise
		}
	case "darwin":
		args = append(args, "--use-mock-keychain")
	}
	return append(append(args, extraArguments()...), address)
}

// extraArguments are those of SIGHTLINE_BROWSER_ARGS, separated by blanks: for closed networks and tests.
func extraArguments() []string { return strings.Fields(os.Getenv("SIGHTLINE_BROWSER_ARGS")) }

// marker is the file in the profile folder that proves the browser took it.
func (b Browser) marker() string {
	if b.Family == Firefox {
		return "times.json"
	}
	return "Local State"
}

// crashSettings keep a crash report, which is a copy of the browser's memory, out of the folders that stay: a
// Chromium writes it into the profile, a Firefox none.
func (b Browser) crashSettings(profile string) []string {
	if b.Family == Firefox {
		return []string{"MOZ_CRASHREPORTER_DISABLE=1"}
	}
	return []string{"BREAKPAD_DUMP_LOCATION=" + filepath.Join(profile, "Crash Reports")}
}

// firefoxSettings is user.js of the throw-away profile: no first-run pages, no report to Mozilla, no single
// sign-on by Windows, no offer to remember a password.
const firefoxSettings = `user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.preonboarding.enabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("startup.homepage_welcome_url", "");
user_pref("termsofuse.bypassNotification", true);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("network.http.windows-sso.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("signon.rememberSignons", false);
user_pref("app.update.enabled", false);
`
