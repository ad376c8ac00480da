package sampleorg

import (
	"slices"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/sampleorg/world"
)

// Announcement is what `sightline sample serve` prints as one line of JSON. It holds sample credentials,
// which protect nothing.
type Announcement struct {
	OrganizationURL     string `json:"organizationUrl"`
	Authority           string `json:"authority"`
	ClientID            string `json:"clientId"`
	PersonalAccessToken string `json:"personalAccessToken"`
	// ControlToken is what POST {organizationUrl}/_sample/… asks for, as Bearer: to let days pass and to begin faults.
	ControlToken string     `json:"controlToken"`
	People       []Attendee `json:"people"`
	// Organizations are all that are served: the sample organization first, then its neighbours.
	Organizations []Organization `json:"organizations"`
}

// Attendee is a person who can sign in.
type Attendee struct {
	Name     string `json:"name"`
	UserName string `json:"userName"`
	Password string `json:"password"`
	Kind     string `json:"kind"`   // member, guest, outsider, personal
	Member   bool   `json:"member"` // of the organization
}

// Announcement says where the organization is served and who can sign in.
func (s *Server) Announcement() Announcement {
	a := Announcement{
		OrganizationURL: "http://" + s.listener.Addr().String() + "/" + world.Name, Authority: s.provider.Authority(), ClientID: s.provider.ClientID(),
		PersonalAccessToken: s.token, ControlToken: s.control, Organizations: slices.Clone(s.organizations),
	}
	for _, p := range s.provider.Accounts() {
		a.People = append(a.People, Attendee{Name: p.Name, UserName: p.UPN, Password: p.Password, Kind: string(p.Kind), Member: p.Kind == identity.Member || p.Kind == identity.Guest})
	}
	return a
}
