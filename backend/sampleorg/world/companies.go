package world

// Company says whose organization a world is. Most of the sample is Lumen Works; the others are small and show
// what one company alone cannot: another directory, personal accounts, and projects that everybody may read.
type Company uint8

// The companies.
const (
	LumenWorks Company = iota
	QuaysideFreight
	FischerHome // an organization of personal accounts, with one member
	OpenCharts  // a community in the directory of Lumen, with a public project
)

// company is how a company is laid out.
type company struct {
	name, domain string
	seed         uint64 // set apart from the seed of the world, so that no id is the same in two organizations
	people       []colleague
	guests       map[string]string // addresses of those who sign in at another company, by name
	plans        []plan
}

// colleague is somebody with a name of their own, and the hours their day is off UTC.
type colleague struct {
	name  string
	hours int64
}

func (c Company) layout() *company { return &companies[c] }

// String is the name of the company.
func (c Company) String() string { return companies[c].name }

var companies = [...]company{
	LumenWorks: {name: "Lumen Works", domain: Domain, people: named, guests: guests, plans: handMade},
	QuaysideFreight: {name: "Quayside Freight", domain: "quayside.example", seed: 0x9a4151de,
		people: []colleague{{"Priya Nair", 5}, {"Marcus Hale", 0}, {"Birgit Olsen", 1}, {"Tariq Aziz", 4}, {"Lin Zhao", 8}, {"Ewan Ross", 0}, {"Carla Mendez", -5}, {"Pieter Smit", 1}},
		plans: []plan{
			{name: "Harbour Board", description: "Berths, cranes and the ships that wait for them.", process: "Agile", visibility: "private", layout: flatSprints, weekday: 1,
				areas: []string{"Berths", "Cranes"},
				teams: []teamPlan{{name: "Harbour Board Team", description: "The default project team.", areas: []string{"*"}, bugs: "asRequirements", developers: 2, weight: 0.5, work: []string{"dispatch:Berths", "routing:Cranes"}}}},
			{name: "Customs Desk", description: "Papers for everything that crosses a border.", process: "Basic", visibility: "private", layout: flatSprints, opens: 14,
				areas: []string{"Declarations"},
				teams: []teamPlan{{name: "Customs Desk Team", description: "The default project team.", areas: []string{"*"}, bugs: "off", developers: 2, weight: 0.4, work: []string{"dispatch:Declarations"}}}},
		}},
	FischerHome: {name: "Jo Fischer", domain: "personal.example", seed: 0xf15c4e12,
		people: []colleague{{"Jo Fischer", 1}},
		plans: []plan{{name: "Greenhouse", description: "Sensors, pumps and a lot of tomatoes.", process: "Basic", visibility: "private", layout: flatSprints,
			teams: []teamPlan{{name: "Greenhouse Team", description: "The default project team.", areas: []string{"*"}, bugs: "off", developers: 1, weight: 0.3, work: []string{"telematics:"}}}}}},
	OpenCharts: {name: "Open Charts", domain: Domain, seed: 0x09e2c4a7,
		people: []colleague{{"Mira Okafor", 1}, {"Elias Brandt", 1}, {"Hana Novák", 1}, {"Grace Kim", 9}},
		plans: []plan{
			{name: "Charts", description: "A library of charts that anybody may read along with.", process: "Basic", visibility: "public", layout: flatSprints,
				teams: []teamPlan{{name: "Charts Team", description: "The default project team.", areas: []string{"*"}, bugs: "off", developers: 1, weight: 0.3, work: []string{"insights:"}}}},
			{name: "Security Reports", description: "What must be fixed before it is told.", process: "Basic", visibility: "private", layout: flatSprints, opens: 14,
				teams: []teamPlan{{name: "Security Reports Team", description: "The default project team.", areas: []string{"*"}, bugs: "off", developers: 1, weight: 0.2, work: []string{"insights:"}}}},
		}},
}
