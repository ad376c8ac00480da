package identity

// Kind says how a person stands to the sample organization.
type Kind string

// The kinds. Whether a person may read the organization is decided by the organization, not here: a
// token of an outsider is a good token, which the organization refuses with TF400813.
const (
	Member   Kind = "member"   // of the organization's own directory, and a member of the organization
	Guest    Kind = "guest"    // of another directory, invited into the organization's
	Outsider Kind = "outsider" // has a work account, but is no member of the organization
	Personal Kind = "personal" // a personal Microsoft account, which Azure DevOps does not accept here
)

// Person is somebody as one directory knows them. (TenantID, ObjectID) is the key; UPN and Name are for
// display. A guest seen through the own directory is another Person, with the ids of home.
type Person struct {
	ObjectID string `json:"objectId"`
	TenantID string `json:"tenantId"`
	Name     string `json:"name"`
	UPN      string `json:"upn"`
	Kind     Kind   `json:"kind"`
	// HomeTenantID and HomeObjectID are where a guest comes from; empty for everybody else.
	HomeTenantID string `json:"homeTenantId,omitempty"`
	HomeObjectID string `json:"homeObjectId,omitempty"`
}

// home returns the ids of the account itself, which for a guest differ from the ids in the tenant.
func (p Person) home() (tenantID, objectID string) {
	if p.HomeTenantID != "" {
		return p.HomeTenantID, p.HomeObjectID
	}
	return p.TenantID, p.ObjectID
}

// Account is a person who can sign in. The password is sample data and is shown on the sign-in page.
type Account struct {
	Person
	Password string `json:"password"`
	// About is the small print beside the name on the sign-in page.
	About string `json:"about,omitempty"`
}

// key identifies the account in sessions and tokens: the directory of home and the object there.
func (a Account) key() string {
	tenant, object := a.home()
	return object + "@" + tenant
}

// Tenant is one directory.
type Tenant struct {
	ID     string `json:"id"`
	Domain string `json:"domain"`
	Name   string `json:"name"`
}

// Ids that never change, so that documents, tests and stored connections may name them.
const (
	LumenTenantID    = "982c3ad2-8f4f-460e-9bcf-126c4a166272"
	LumenDomain      = "lumen.example"
	QuaysideTenantID = "8bd0f0fc-1543-489c-8a70-38310ecfa3b2"
	QuaysideDomain   = "quayside.example"
	// PersonalTenantID is the directory Microsoft keeps for personal accounts; it is the same everywhere.
	PersonalTenantID = "9188040d-6c67-4c5b-b112-36a304b66dad"

	// ClientID is the application id under which a program is registered at the sample organization. It is
	// random and known nowhere else.
	ClientID = "524f6dfe-bd52-49d9-a82e-f59c7dc149a9"

	// SamplePassword is the password of every person of the cast. It protects nothing.
	SamplePassword = "lumen-sample"
)

// Directories returns the two directories of the cast: the organization's own, and a partner's.
func Directories() []Tenant {
	return []Tenant{
		{ID: LumenTenantID, Domain: LumenDomain, Name: "Lumen"},
		{ID: QuaysideTenantID, Domain: QuaysideDomain, Name: "Quayside Freight"},
	}
}

// Cast returns the people of the sample: one for each way in which a sign-in can end.
func Cast() []Account {
	return []Account{
		{
			Person: Person{
				ObjectID: "59ba1b34-1d7a-4c15-bb1a-8cf141b33e84", TenantID: LumenTenantID,
				Name: "Mira Okafor", UPN: "mira.okafor@lumen.example", Kind: Member,
			},
			Password: SamplePassword, About: "Lumen, member of the organization",
		},
		{
			Person: Person{
				ObjectID: "d932e1ff-37d9-4861-bdeb-ceed75f4839d", TenantID: LumenTenantID,
				Name: "Elias Brandt", UPN: "elias.brandt@lumen.example", Kind: Member,
			},
			Password: SamplePassword, About: "Lumen, member of the organization",
		},
		{
			Person: Person{
				ObjectID: "20129a4e-7c6b-49ab-839b-c6fe28094caa", TenantID: LumenTenantID,
				Name: "Priya Nair", UPN: "priya.nair@quayside.example", Kind: Guest,
				HomeTenantID: QuaysideTenantID, HomeObjectID: "670fe0ce-efec-4aa4-88ee-a3b142f8f3f7",
			},
			Password: SamplePassword, About: "Quayside Freight, guest at Lumen",
		},
		{
			Person: Person{
				ObjectID: "5b7c08d1-2b78-4256-bf06-67c8e1f15196", TenantID: LumenTenantID,
				Name: "Sofia Lindqvist", UPN: "sofia.lindqvist@lumen.example", Kind: Outsider,
			},
			Password: SamplePassword, About: "Lumen, but no member of the organization",
		},
		{
			Person: Person{
				ObjectID: "1b21dcd3-44ff-40e0-9f45-e28cfb8fd453", TenantID: QuaysideTenantID,
				Name: "Marcus Hale", UPN: "marcus.hale@quayside.example", Kind: Outsider,
			},
			Password: SamplePassword, About: "Quayside Freight, never invited",
		},
		{
			Person: Person{
				ObjectID: "5175c2fb-730b-4349-9fec-bfc0e72e21b9", TenantID: PersonalTenantID,
				Name: "Jo Fischer", UPN: "jo.fischer@personal.example", Kind: Personal,
			},
			Password: SamplePassword, About: "Personal account, refused",
		},
	}
}
