package browser

import (
	"context"
	"os"
	"strings"

	"golang.org/x/sys/windows/registry"
)

// Where Windows lists browsers. Cross-built here; not run on Windows yet.
const (
	startMenuInternet = `SOFTWARE\Clients\StartMenuInternet`
	appPaths          = `SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths`
	httpsChoice       = `SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice`
)

// installed reads the registered browsers and the application paths, the default browser first.
func installed(context.Context) []Browser {
	var paths []string
	for _, root := range []registry.Key{registry.CURRENT_USER, registry.LOCAL_MACHINE} {
		for _, client := range subKeys(root, startMenuInternet) {
			paths = append(paths, program(text(root, startMenuInternet+`\`+client+`\shell\open\command`, "")))
		}
		for _, exe := range []string{"chrome.exe", "msedge.exe", "firefox.exe", "brave.exe", "vivaldi.exe"} {
			paths = append(paths, program(text(root, appPaths+`\`+exe, "")))
		}
	}
	chosen := strings.ToLower(text(registry.CURRENT_USER, httpsChoice, "ProgId")) // ChromeHTML, MSEdgeHTM, FirefoxURL-…
	var first, rest []Browser
	for _, path := range paths {
		if path == "" {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			continue
		}
		b, known := At(path)
		switch {
		case !known:
		case isChosen(b, chosen):
			first = append(first, b)
		default:
			rest = append(rest, b)
		}
	}
	return append(first, rest...)
}

func isChosen(b Browser, progID string) bool {
	for _, known := range names {
		if known.name == b.Name {
			return strings.Contains(progID, known.part)
		}
	}
	return false
}

// program takes the path out of a command: "C:\Program Files\…\chrome.exe" --flag.
func program(command string) string {
	command = strings.TrimSpace(command)
	if quoted, found := strings.CutPrefix(command, `"`); found {
		path, _, _ := strings.Cut(quoted, `"`)
		return path
	}
	if at := strings.Index(strings.ToLower(command), ".exe"); at >= 0 {
		return command[:at+len(".exe")]
	}
	return ""
}

func subKeys(root registry.Key, path string) []string {
	key, err := registry.OpenKey(root, path, registry.ENUMERATE_SUB_KEYS)
	if err != nil {
		return nil
	}
	defer key.Close()
	list, _ := key.ReadSubKeyNames(-1)
	return list
}

func text(root registry.Key, path, value string) string {
	key, err := registry.OpenKey(root, path, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer key.Close()
	s, _, err := key.GetStringValue(value)
	if err != nil {
		return ""
	}
	return s
}

func number(root registry.Key, path, value string) uint64 {
	key, err := registry.OpenKey(root, path, registry.QUERY_VALUE)
	if err != nil {
		return 0
	}
	defer key.Close()
	n, _, err := key.GetIntegerValue(value)
	if err != nil {
		return 0
	}
	return n
}

func confinedHome(string) string { return "" }
