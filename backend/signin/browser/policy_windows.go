package browser

import "golang.org/x/sys/windows/registry"

// privateForbidden reads the group policies that say whether private windows are allowed. Cross-built here; not
// run on Windows yet.
func privateForbidden(b Browser) bool {
	policies := map[string]struct{ path, value string }{
		"Chromium":       {`SOFTWARE\Policies\Chromium`, "IncognitoModeAvailability"},
		"Google Chrome":  {`SOFTWARE\Policies\Google\Chrome`, "IncognitoModeAvailability"},
		"Microsoft Edge": {`SOFTWARE\Policies\Microsoft\Edge`, "InPrivateModeAvailability"},
		"Brave":          {`SOFTWARE\Policies\BraveSoftware\Brave`, "IncognitoModeAvailability"},
		"Vivaldi":        {`SOFTWARE\Policies\Vivaldi`, "IncognitoModeAvailability"},
		"Firefox":        {`SOFTWARE\Policies\Mozilla\Firefox`, "DisablePrivateBrowsing"},
	}
	policy, known := policies[b.Name]
	if !known {
		return false
	}
	return number(registry.LOCAL_MACHINE, policy.path, policy.value) == 1 ||
		number(registry.CURRENT_USER, policy.path, policy.value) == 1
}
