package azdo

import (
	"net/url"
	"testing"
)

// Who may name a host below visualstudio.com or dev.azure.com is not said anywhere, so only hosts that answer for this
// organization, or that azure-devops-api.md §1 lists, get what opens everything its person sees.
func TestOnlyHostsOfTheOrganizationAndKnownServicesAreTrusted(t *testing.T) {
	devAzure, old, server, local := "https://dev.azure.com/contoso", "https://contoso.visualstudio.com", "https://tfs.contoso.example:8080/tfs/Main", "http://127.0.0.1:8123/contoso"
	for _, c := range []struct {
		base, at string
		want     bool
	}{
		{devAzure, "https://dev.azure.com/contoso", true},
		{devAzure, "https://vsrm.dev.azure.com/contoso", true},
		{devAzure, "https://vssps.dev.azure.com/contoso", true},
		{devAzure, "https://VSRM.dev.azure.com:443/contoso", true},
		{devAzure, "https://contoso.visualstudio.com/", true},
		{devAzure, "https://CONTOSO.visualstudio.com/", true},
		{devAzure, "https://contoso.vsrm.visualstudio.com/", true},
		{devAzure, "https://contoso.vssps.visualstudio.com/", true},
		{devAzure, "https://app.vssps.visualstudio.com", true},
		{devAzure, "https://app.vssps.dev.azure.com", true},
		{old, "https://contoso.vsrm.visualstudio.com/", true},
		{old, "https://dev.azure.com/contoso", true},
		{old, "https://vsrm.dev.azure.com/contoso", true},
		{server, "https://tfs.contoso.example:8080/tfs/Main", true},
		{local, "http://127.0.0.1:8123/vsrm/contoso", true},

		{devAzure, "https://a.b.contoso.visualstudio.com/", false},
		{devAzure, "https://evil.contoso.visualstudio.com/", false},
		{devAzure, "https://contoso.evil.visualstudio.com/", false},
		{devAzure, "https://contoso.vsrm.evil.visualstudio.com/", false},
		{devAzure, "https://fabrikam.visualstudio.com/", false},
		{devAzure, "https://fabrikam.vsrm.visualstudio.com/", false},
		{devAzure, "https://x.vssps.visualstudio.com/", false},
		{devAzure, "https://.visualstudio.com/", false},
		{devAzure, "https://visualstudio.com/", false},
		{devAzure, "https://evilvisualstudio.com/", false},
		{devAzure, "https://evil.dev.azure.com/contoso", false},
		{devAzure, "https://a.vsrm.dev.azure.com/contoso", false},
		{devAzure, "https://dev.azure.com.evil.example/contoso", false},
		{devAzure, "https://vsrm.dev.azure.com:8443/contoso", false},
		{devAzure, "https://dev.azure.com:8443/contoso", false},
		{devAzure, "http://vsrm.dev.azure.com/contoso", false},
		{devAzure, "https://somebody:secret@vsrm.dev.azure.com/contoso", false},
		{devAzure, "https://tfs.contoso.example/", false},
		{server, "https://contoso.visualstudio.com/", false},
		{server, "https://vsrm.dev.azure.com/contoso", false},
		{server, "https://tfs.contoso.example:9090/tfs/Main", false},
		{local, "http://127.0.0.1:8124/contoso", false},
	} {
		client, err := New(Options{BaseURL: c.base, Credential: bearer("x")})
		if err != nil {
			t.Fatal(err)
		}
		at, err := url.Parse(c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := client.trusted(at); got != c.want {
			t.Errorf("the service at %s names %s: trusted %v, want %v", c.base, c.at, got, c.want)
		}
	}
}
