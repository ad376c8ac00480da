//go:build unix && !darwin

package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// policyRoot is where the system's settings begin.
var policyRoot = "/etc"

// managed are the folders, below policyRoot, of each browser's policy files.
var managed = map[string][]string{
	"Chromium":       {"chromium/policies/managed", "chromium-browser/policies/managed"},
	"Google Chrome":  {"opt/chrome/policies/managed"},
	"Microsoft Edge": {"opt/edge/policies/managed"},
	"Brave":          {"brave/policies/managed", "opt/brave/policies/managed"},
	"Vivaldi":        {"opt/vivaldi/policies/managed", "vivaldi/policies/managed"},
}

// privateForbidden reads the policy files that say whether private windows are allowed. A file that cannot be
// read counts as allowing them: the throw-away profile isolates in either case.
func privateForbidden(b Browser) bool {
	if b.Family == Firefox {
		return firefoxForbids(filepath.Join(policyRoot, "firefox", "policies", "policies.json")) ||
			firefoxForbids(filepath.Join(filepath.Dir(resolved(b.Path)), "distribution", "policies.json"))
	}
	key := "IncognitoModeAvailability"
	if b.Family == Edge {
		key = "InPrivateModeAvailability"
	}
	for _, folder := range managed[b.Name] {
		files, _ := filepath.Glob(filepath.Join(policyRoot, folder, "*.json"))
		for _, file := range files {
			var policy map[string]json.RawMessage
			content, err := os.ReadFile(file)
			if err == nil && json.Unmarshal(content, &policy) == nil && strings.TrimSpace(string(policy[key])) == "1" {
				return true
			}
		}
	}
	return false
}

// firefoxForbids reads either name of the policy: since version 130 there is one with three values. To miss it would
// be worse than elsewhere, because a Firefox that may not open a private window opens no page at all.
func firefoxForbids(file string) bool {
	var document struct {
		Policies struct {
			Disabled     bool `json:"DisablePrivateBrowsing"`
			Availability int  `json:"PrivateBrowsingModeAvailability"`
		} `json:"policies"`
	}
	content, err := os.ReadFile(file)
	return err == nil && json.Unmarshal(content, &document) == nil && (document.Policies.Disabled || document.Policies.Availability == 1)
}

func resolved(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}
