package azdo

import (
	"context"
	"net/url"
	"strings"

	"sightline/backend/fault"
)

// Ids of the resource areas we call. Names repeat when case is ignored, so areas are keyed by id.
const (
	areaCore = "79134c72-4a58-4b42-976c-04e7115f32bf"
	areaWit  = "5264459e-e5e0-4bd8-b118-0985e68a4ec5"
	areaWork = "1d4f49f9-02b9-4e26-b826-2cdb6195f2a9"
)

// ResourceArea is where one area of the interface lives.
type ResourceArea struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	LocationURL string `json:"locationUrl"`
}

// ResourceAreas reads where the areas of the organization live. A Server answers an empty list: there
// every area lives at the base.
func (c *Client) ResourceAreas(ctx context.Context) ([]ResourceArea, error) {
	var l list[ResourceArea]
	err := c.do(ctx, call{op: "azdo.ResourceAreas", what: "the services of " + c.o.Organization, path: "/_apis/ResourceAreas",
		preview: "-preview.1", root: true}, decodeJSON(&l))
	return l.all(), err
}

// baseOf finds the base of a call's area, once per client.
func (c *Client) baseOf(ctx context.Context, q call) (*url.URL, error) {
	if q.host != "" {
		return url.Parse(q.host)
	}
	if q.area == "" {
		return c.base, nil
	}
	c.areasMu.Lock()
	defer c.areasMu.Unlock()
	if c.areas == nil {
		areas, err := c.ResourceAreas(ctx)
		if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.OrganizationGone) {
			return nil, err
		}
		c.areas = map[string]*url.URL{}
		for _, a := range areas {
			if at, err := url.Parse(strings.TrimRight(a.LocationURL, "/")); err == nil && c.trusted(at) {
				c.areas[strings.ToLower(a.ID)] = at
			}
		}
	}
	if at := c.areas[q.area]; at != nil {
		return at, nil
	}
	return c.base, nil
}

// trusted reports whether our authorization may be sent to a base that the service named: its own host and port, or
// for Azure DevOps Services another host that answers for this organization.
func (c *Client) trusted(at *url.URL) bool {
	if at.Scheme != c.base.Scheme || at.User != nil {
		return false
	}
	if strings.EqualFold(at.Hostname(), c.base.Hostname()) && portOf(at) == portOf(c.base) {
		return true
	}
	organization := servicesOrganization(c.base)
	return organization != "" && isServicesHost(at, organization)
}

// servicesOrganization is the organization that an address of Azure DevOps Services names; "" for other addresses.
func servicesOrganization(base *url.URL) string {
	host := strings.ToLower(base.Hostname())
	if name, ok := strings.CutSuffix(host, ".visualstudio.com"); ok && !strings.Contains(name, ".") {
		return name
	}
	if host != "dev.azure.com" {
		return ""
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(base.EscapedPath(), "/"), "/")
	return strings.ToLower(name)
}

// besideOrganizations are the services that answer under a host of their own: releases, and identities.
var besideOrganizations = []string{"vsrm", "vssps"}

// isServicesHost reports whether an address is one of an organization's on Azure DevOps Services, in the form of now or
// in the old one, or that of profiles. Names are compared whole: what stands deeper below visualstudio.com, or belongs
// to another organization, is a stranger.
func isServicesHost(at *url.URL, organization string) bool {
	host := strings.ToLower(at.Hostname())
	if at.Scheme != "https" || portOf(at) != "443" {
		return false
	}
	switch host {
	case "dev.azure.com", organization + ".visualstudio.com", "app.vssps.visualstudio.com", "app.vssps.dev.azure.com":
		return true
	}
	for _, service := range besideOrganizations {
		if host == service+".dev.azure.com" || host == organization+"."+service+".visualstudio.com" {
			return true
		}
	}
	return false
}

// portOf is the port of an address, also where it goes without saying.
func portOf(u *url.URL) string {
	switch port := u.Port(); {
	case port != "":
		return port
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}
