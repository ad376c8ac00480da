package signin

import (
	"net/url"
	"slices"
	"strings"

	"sightline/backend/fault"
)

// mayReceive refuses to let a sign-in of a directory go to a place that it was not made for. addresses are all those
// that the sign-in uses; destination is the organization, or one request to it, or empty for a sign-in that goes
// nowhere. A token opens everything that its person sees in Azure DevOps, and a server names its directory itself: so
// Azure DevOps Services alone gets one. A directory's name says nothing: Microsoft's answer under many, and any other
// page can lead on to them. Only where organization and directory both are on this computer, as those of the sample
// organization are, is nobody else there to give it to. Empty addresses are those that a directory does not have; a
// sign-in without any could be anybody's. Fault SignInRefused.
func mayReceive(op, destination string, addresses ...string) error {
	if destination == "" {
		return nil
	}
	to, err := url.Parse(destination)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if isServices(to) {
		return nil
	}
	known := false
	for _, address := range addresses {
		if address == "" {
			continue
		}
		known = true
		from, err := url.Parse(address)
		if err != nil {
			return fault.Wrap(op, err)
		}
		if loopback(to.Hostname()) && loopback(from.Hostname()) {
			continue
		}
		return fault.New(fault.SignInRefused, op,
			to.Host+" is not Azure DevOps Services, so no sign-in of "+from.Host+" goes there: whoever runs that server could use it as you.",
			"Make a personal access token on "+to.Host+" and connect with it.").
			With("Server", to.Scheme+"://"+to.Host).With("Directory", from.Scheme+"://"+from.Host).Offering(fault.UseToken)
	}
	if !known {
		return fault.New(fault.SignInRefused, op,
			to.Host+" is not Azure DevOps Services, and nothing says which directory this sign-in is of, so it does not go there.",
			"Make a personal access token on "+to.Host+" and connect with it.").
			With("Server", to.Scheme+"://"+to.Host).Offering(fault.UseToken)
	}
	return nil
}

// isServices reports whether an address is one of Azure DevOps Services, which Microsoft runs.
func isServices(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	return u.Scheme == "https" && (u.Port() == "" || u.Port() == "443") &&
		(host == "dev.azure.com" || strings.HasSuffix(host, ".dev.azure.com") || isVisualStudio(host))
}

// visualStudioServices are the parts of Azure DevOps Services that answer beside an organization with an old address,
// as ORG.vsrm.visualstudio.com does for releases. They are vsrm.dev.azure.com and so on for the others.
var visualStudioServices = []string{"almsearch", "analytics", "extmgmt", "feeds", "pkgs", "vsaex", "vsblob", "vsrm", "vssps", "vstmr"}

// isVisualStudio reports whether a host is ORG.visualstudio.com or a service of one. Other hosts of that domain are
// Microsoft's too, and belong to no organization.
func isVisualStudio(host string) bool {
	labels, ok := strings.CutSuffix(host, ".visualstudio.com")
	organization, service, of := strings.Cut(labels, ".")
	return ok && organization != "" && (!of || slices.Contains(visualStudioServices, service))
}
