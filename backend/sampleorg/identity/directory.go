package identity

import (
	"fmt"
	"strings"
)

// directory knows the tenants and who has an account.
type directory struct {
	tenants  []Tenant
	accounts []Account
	app      registration
}

// audience is the {tenant} of a path: one tenant, or any tenant (organizations, common).
type audience struct {
	segment string // as the discovery document repeats it: the tenant's GUID, or the alias as asked
	tenant  Tenant // the zero Tenant for organizations and common
}

// any reports whether people of every directory may sign in, each as their own directory knows them.
func (a audience) any() bool { return a.tenant.ID == "" }

// name is what a page calls the directory.
func (a audience) name() string {
	if a.any() {
		return "Sample directory"
	}
	return a.tenant.Name
}

// resolve reads the {tenant} segment of a path: a GUID, a domain, organizations or common.
func (d directory) resolve(segment string) (audience, *refusal) {
	lower := strings.ToLower(segment)
	switch lower {
	case "organizations", "common":
		return audience{segment: lower}, nil
	case "consumers", PersonalTenantID:
		return audience{}, consumersRefused(d.app)
	}
	for _, t := range d.tenants {
		if lower == strings.ToLower(t.ID) || lower == strings.ToLower(t.Domain) {
			return audience{segment: t.ID, tenant: t}, nil
		}
	}
	return audience{}, tenantUnknown(segment)
}

// byEmail finds the account behind what a person types, ignoring case and surrounding space.
func (d directory) byEmail(typed string) (Account, bool) {
	typed = strings.TrimSpace(typed)
	for _, a := range d.accounts {
		if strings.EqualFold(a.UPN, typed) {
			return a, true
		}
	}
	return Account{}, false
}

// byKey finds the account a session or a token names.
func (d directory) byKey(key string) (Account, bool) {
	for _, a := range d.accounts {
		if a.key() == key {
			return a, true
		}
	}
	return Account{}, false
}

// identityIn says who an account is in the asked directory. In its own tenant, and under organizations
// and common, that is the identity of home; in a tenant that invited it, another object id; elsewhere
// it is nobody. typed tells a password just typed from a session of the browser, for which the
// service has another number for the same refusal.
func (d directory) identityIn(a Account, in audience, typed bool) (Person, *refusal) {
	if a.Kind == Personal {
		return Person{}, personalRefused()
	}
	homeTenant, homeObject := a.home()
	switch {
	case in.any(), in.tenant.ID == homeTenant:
		if a.Kind != Guest {
			return a.Person, nil
		}
		// At home the guest is an ordinary employee, unknown to the organization.
		return Person{ObjectID: homeObject, TenantID: homeTenant, Name: a.Name, UPN: a.UPN, Kind: Outsider}, nil
	case in.tenant.ID == a.TenantID:
		return a.Person, nil
	}
	return Person{}, notInTenant(d.app, in.tenant, typed)
}

// check refuses a cast that cannot work: ids twice, or a person of a tenant that is not there.
func (d directory) check() error {
	tenants := map[string]bool{PersonalTenantID: true}
	for _, t := range d.tenants {
		tenants[t.ID] = true
	}
	seen := map[string]bool{}
	for _, a := range d.accounts {
		home, _ := a.home()
		if !tenants[a.TenantID] || !tenants[home] {
			return fmt.Errorf("identity: %s belongs to a directory that is not among the tenants", a.UPN)
		}
		for _, k := range []string{a.key(), strings.ToLower(a.UPN)} {
			if seen[k] {
				return fmt.Errorf("identity: %s is in the cast twice", a.UPN)
			}
			seen[k] = true
		}
	}
	return nil
}
