package browser

import "golang.org/x/sys/windows/registry"

// privateForbidden reads the group policies that say whether private windows are allowed. Cross-built here; not
// run on Windows yet.
func privateForbidden(b Browser) bool {
	policies := map[string]struct {
		path   string
		values []string
	}{
		"Chromium":       {`SOFTWARE\Policies\Chromium`, []string{"IncognitoModeAvailability"}},
		"Google Chrome":  {`SOFTWARE\Policies\Google\Chrome`, []string{"IncognitoModeAvailability"}},
		"Microsoft Edge": {`SOFTWARE\Policies\Microsoft\Edge`, []string{"InPrivateModeAvailability"}},
		"Brave":          {`SOFTWARE\Policies\BraveSoftware\Brave`, []string{"IncognitoModeAvailability"}},
		"Vivaldi":        {`SOFTWARE\Policies\Vivaldi`, []string{"IncognitoModeAvailability"}},
		"Firefox":        {`SOFTWARE\Policies\Mozilla\Firefox`, []string{"DisablePrivateBrowsing", "PrivateBrowsingModeAvailability"}},
	}
	policy := policies[b.Name]
	for _, value := range policy.values {
		if number(registry.LOCAL_MACHINE, policy.path, value) == 1 || number(registry.CURRENT_USER, policy.path, value) == 1 {
			return true
		}
	}
	return false
}
