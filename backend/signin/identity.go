package signin

import (
	"net/url"
	"strings"

	"sightline/backend/fault"
)

// account makes the account of the claims. The claim email takes no part: anybody may set it.
func (c Claims) account() Account {
	a := Account{TenantID: c.TenantID, ObjectID: c.ObjectID, Name: c.Name, Address: c.PreferredUsername, Kind: KindWork}
	if a.Address == "" {
		a.Address = c.UPN
	}
	idp := strings.ToLower(c.IdentityProvider)
	switch {
	case c.TenantID == personalTenant:
		a.Kind = KindPersonal
	case idp != "" && !strings.Contains(idp, c.TenantID):
		a.Kind, a.HomeIssuer, a.Home = KindGuest, c.IdentityProvider, homeOf(idp, a.Address)
	default:
		_, a.Directory, _ = strings.Cut(a.Address, "@")
	}
	return a
}

// homeOf is the domain that a guest comes from: what the claim idp says, or else what the address does.
func homeOf(idp, address string) string {
	if strings.Contains(idp, personalTenant) || idp == "live.com" {
		return "live.com"
	}
	if strings.Contains(strings.ToUpper(address), guestMark) { // priya_quayside.example#EXT#@lumen.example
		address = invited(address)
	}
	if _, domain, found := strings.Cut(address, "@"); found {
		return domain
	}
	if u, err := url.Parse(idp); err == nil && u.Host == "" && strings.Contains(idp, ".") {
		return idp // google.com
	}
	return ""
}

// answersTo reports whether the person goes by the address.
func (c Claims) answersTo(address string) bool {
	address = strings.TrimSpace(address)
	return address != "" && (strings.EqualFold(address, c.PreferredUsername) || strings.EqualFold(address, c.UPN))
}

// guestMark is in the name that a directory makes of an invited person's address.
const guestMark = "#EXT#"

// invited returns the address that was invited: priya@quayside.example for priya_quayside.example#EXT#@lumen.example.
func invited(name string) string {
	before := name[:strings.Index(strings.ToUpper(name), guestMark)]
	if at := strings.LastIndex(before, "_"); at >= 0 {
		return before[:at] + "@" + before[at+1:]
	}
	return before
}

// claimsIdentity begins the descriptor of a person whom a directory vouches for:
// Microsoft.IdentityModel.Claims.ClaimsIdentity;{tenant}\{name}.
const claimsIdentity = "Microsoft.IdentityModel.Claims.ClaimsIdentity;"

// Fits reports, by fault.WrongPerson, that the person whom Azure DevOps sees is not the one of the id token. descriptor
// and address are of connectionData. A form of descriptor that is not known proves nothing and is no fault, and the
// name of a guest is not compared, because every directory writes it in its own way.
func (r *Result) Fits(descriptor, address string) error {
	return r.Account.fits(descriptor, func(name string) bool {
		nameless := r.Claims.PreferredUsername == "" && r.Claims.UPN == ""
		return nameless || r.Claims.answersTo(name) || r.Claims.answersTo(address)
	})
}

// Fits is Result.Fits for a sign-in that was kept before.
func (a Account) Fits(descriptor, address string) error {
	return a.fits(descriptor, func(name string) bool { return a.Address == "" || a.Is(name) || a.Is(address) })
}

// fits compares the directory of a descriptor, and by goesBy the name in it.
func (a Account) fits(descriptor string, goesBy func(name string) bool) error {
	identity, known := strings.CutPrefix(descriptor, claimsIdentity)
	tenant, name, cut := strings.Cut(identity, `\`)
	if !known || !cut {
		return nil
	}
	sameDirectory := !guid.MatchString(tenant) || strings.EqualFold(tenant, a.TenantID)
	guest := a.Kind == KindGuest || strings.Contains(strings.ToUpper(name), guestMark)
	if sameDirectory && (guest || goesBy(name)) {
		return nil
	}
	return fault.New(fault.WrongPerson, "signin.Fits",
		"You signed in as "+a.String()+", but Azure DevOps takes you for "+name+" of the directory "+tenant+".",
		"Sign in as someone else; if it comes back, tell your administrator. Nothing was stored.").
		With("Signed in", a.Address).With("Directory", a.TenantID).With("Azure DevOps says", identity).
		Offering(fault.SignInElse, fault.CopyForAdmin)
}
