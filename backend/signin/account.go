package signin

import (
	"strings"

	"sightline/backend/fault"
)

// Kind says what sort of account somebody signed in with.
type Kind string

// The kinds.
const (
	KindWork     Kind = "work"     // a member of the directory
	KindGuest    Kind = "guest"    // somebody of another directory, or with a personal account, who was invited
	KindPersonal Kind = "personal" // a personal Microsoft account
	KindToken    Kind = "token"    // known by a personal access token only
)

// personalTenant is the directory Microsoft keeps for personal accounts; it is the same everywhere.
const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

// AccountKey identifies an account: one person has another object id in every directory, and name and address
// may change.
type AccountKey struct {
	TenantID string `json:"tenantId"` // GUID in lower case
	ObjectID string `json:"objectId"` // GUID in lower case
}

// Account is a person as one directory knows them. Only the key identifies; the rest is for display.
type Account struct {
	TenantID  string `json:"tenantId"`
	ObjectID  string `json:"objectId"`
	Name      string `json:"name"`
	Address   string `json:"address"`   // as the directory prefers it: ada@contoso.example
	Directory string `json:"directory"` // domain of a member's address; empty where only the tenant's id is known
	Kind      Kind   `json:"kind"`
	// Home is the domain of a guest's own directory, or live.com for a personal account; empty for members, and where
	// it is not known. HomeIssuer is that directory's issuer, as the claim idp names it.
	Home       string `json:"home,omitempty"`
	HomeIssuer string `json:"homeIssuer,omitempty"`
}

// Key returns what identifies the account.
func (a Account) Key() AccountKey { return AccountKey{TenantID: a.TenantID, ObjectID: a.ObjectID} }

// String names the account for a sentence: Ada B. (ada@contoso.example).
func (a Account) String() string {
	switch {
	case a.Name != "" && a.Address != "":
		return a.Name + " (" + a.Address + ")"
	case a.Name != "":
		return a.Name
	case a.Address != "":
		return a.Address
	}
	return "an account without a name"
}

// Is reports whether the account is the one a person named by address, in whatever case.
func (a Account) Is(address string) bool {
	address = strings.TrimSpace(address)
	return address != "" && strings.EqualFold(a.Address, address)
}

// CheckExpected returns fault.WrongPerson when address is not empty and the account is somebody else.
func (a Account) CheckExpected(address, organization string) error {
	if strings.TrimSpace(address) == "" || a.Is(address) {
		return nil
	}
	return fault.New(fault.WrongPerson, "signin.CheckExpected",
		"You signed in to "+named(organization)+" as "+a.String()+", but "+strings.TrimSpace(address)+" was expected.",
		"Sign in as someone else; nothing was stored.").
		With("Expected", strings.TrimSpace(address)).With("Got", a.Address).With("Organization", organization).
		Offering(fault.SignInElse)
}

// named returns the organization's name for a sentence.
func named(organization string) string {
	if organization == "" {
		return "the organization"
	}
	return organization
}
