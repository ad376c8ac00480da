package world

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// Domain is the invented domain of every address of the company.
const Domain = "lumen.example"

// PersonKind tells people from programs.
type PersonKind int

// The kinds of identity.
const (
	User PersonKind = iota
	Guest
	Service
)

// Person is one identity of the organization. A human may have two of them.
type Person struct {
	ID         string // identity GUID: System.AssignedTo, connectionData and X-VSS-UserData carry it
	Name       string
	UPN        string // the address they sign in with
	Descriptor string
	Kind       PersonKind
	Number     int   // System.PersonId
	hours      int64 // offset of their working day from UTC, in hours
	index      uint16
}

// named are the first people of the company, with the hours their day is off UTC (summer time is ignored).
// The sample's identity provider lets three of them sign in: Mira Okafor, Elias Brandt, and Priya Nair, a
// guest from a partner.
var named = []colleague{
	{"Mira Okafor", 1}, {"Tom Becker", 1}, {"Priya Raman", 5}, {"Diego Marín", 1}, {"Hana Novák", 1}, {"Kenji Sato", 9},
	{"Ana Sousa", 0}, {"Jonas Weber", 1}, {"Grace Kim", 9}, {"Elias Brandt", 1}, {"Priya Nair", 5}, {"Lena Fischer", 1}, {"Omar Haddad", 2}, {"Tomasz Zieliński", 1}, {"Mara Lindqvist", 1},
	{"Aoife Brennan", 0}, {"Rafael Duarte", -3}, {"Ingrid Solberg", 1}, {"Wei Chen", 8}, {"Noor Rahimi", 4},
	{"Eleni Papadaki", 2}, {"Samuel Achterberg", 1}, {"Zainab Yusuf", 1}, {"Lucía Ferrer", 1}, {"Mikkel Dahl", 1}, {"Asha Menon", 5},
	{"Victor Lemaire", 1}, {"Yuki Tanabe", 9}, {"Dorota Wrona", 1}, {"Emeka Obi", 1}, {"Freya Lund", 1}, {"Hugo Castellan", -5},
	{"Sofia Marchetti", 1}, {"Arjun Nair", 5}, {"Beatriz Pires", 0}, {"Callum Reid", 0}, {"Darya Volkova", 3}, {"Elif Aydın", 3},
	{"Farid Mansour", 2}, {"Gwen Pritchard", 0}, {"Henrik Aalto", 2}, {"Isabel Quiroga", -5}, {"Jakub Hruška", 1}, {"Keiko Mori", 9},
	{"Liam Delaney", -5}, {"Maëlle Roux", 1}, {"Nikolai Petrov", 2}, {"Oluwaseun Bello", 1}, {"Paula Stein", 1}, {"Quentin Moreau", 1},
	{"Rosa Benítez", -6}, {"Stefan Ilić", 1}, {"Tara Whitfield", -8}, {"Ulrike Brandt", 1}, {"Vikram Desai", 5}, {"Wanda Kowal", 1},
	{"Ximena Rojas", -4}, {"Yara Haddad", 2}, {"Zoltán Kiss", 1}, {"Björn Ek", 1}, {"Chloe Tremblay", -5}, {"Dmitri Orlov", 3},
}

// furtherFirst and furtherLast make the names of the many people of the larger sizes.
var (
	furtherFirst = strings.Fields("Adrian Agnes Ahmed Alba Alexei Amara Amit Andrea Anouk Anton Astrid Bartosz Beata Bruno Camila Carmen Chen Clara Daan Dalia David Elena Emil Esther Fatima Felix Filipa Flora Gabor Gita Goran Greta Hassan Helena Ines Ivan Jana Jorge Julia Kai Karin Kwame Leila Leon Lina Lorenzo Maja Malik Marco Marta Mateo Mei Mina Nadia Naomi Nils Nina Olga Oskar Pavel Petra Rahul Ravi Rita Ruben Saanvi Salma Sanna Sergei Silvia Sunil Tariq Teresa Theo Tuva Uma Valeria Vera Viktor Wen Yasmin Youssef Zara Zeynep")
	furtherLast  = strings.Fields("Abbas Adeyemi Almeida Andersen Arslan Bakker Banerjee Barros Bauer Berg Bianchi Blanco Botha Bravo Carvalho Chavez Conti Cruz Das Demir Diaz Dubois Eriksen Farouk Fernandes Ferri Fontaine Franco Friis Garcia Gomes Gruber Gupta Haas Hansen Horvat Hussain Ibrahim Iyer Jansen Joshi Kaya Keller Khan Klein Kovacs Krause Kumar Larsen Lehto Leroy Lopez Luna Maier Malik Mendes Meyer Nagy Ndiaye Nguyen Nilsen Novak Nunes Oduya Olsen Ortiz Osei Park Patel Pereira Popescu Rao Ricci Rossi Ruiz Saito Santos Schmid Serrano Shah Silva Singh Suzuki Takeda Torres Toth Tran Vargas Vasquez Virtanen Vogel Wagner Wang Yilmaz Zhang Ziegler")
)

// MemberUPN is the address of the person the sample signs in as when nobody is asked.
const MemberUPN = "mira.okafor@" + Domain

// guests are the people who sign in with an address of another company.
var guests = map[string]string{"Priya Nair": "priya.nair@quayside.example"}

// formerAddress is where Tomasz Zieliński, a contractor at first, signed in before the company hired him:
// one human with two identities.
const (
	formerAddress = "tomasz.zielinski@vantage-staffing.example"
	formerOf      = "Tomasz Zieliński"
)

// hire makes the company's first n human identities; the same n people come first in every size.
func (w *World) hire(n int) {
	known := w.company.people
	taken := map[string]bool{}
	for i := 0; i < n; i++ {
		name, hours := furtherName(i-len(known)), int64(i%9-2)
		if i < len(known) {
			name, hours = known[i].name, known[i].hours
		}
		upn := w.address(name)
		for number := 2; taken[upn]; number++ {
			upn = w.address(name + " " + strconv.Itoa(number))
		}
		taken[upn] = true
		kind := User
		if at, ok := w.company.guests[name]; ok && i < len(known) {
			upn, kind = at, Guest
		}
		w.enroll(name, upn, kind, hours)
	}
}

// enroll adds one identity and returns it. Index 0 of World.People stays empty: it means nobody.
func (w *World) enroll(name, upn string, kind PersonKind, hours int64) *Person {
	p := &Person{Name: name, UPN: upn, Kind: kind, hours: hours, Number: 1000 + 7*len(w.People), index: uint16(len(w.People))}
	p.ID = w.GUID("person", upn)
	prefix := "aad."
	if kind == Service {
		prefix = "svc."
	}
	p.Descriptor = prefix + base64.RawURLEncoding.EncodeToString([]byte(p.ID))
	w.People = append(w.People, p)
	return p
}

func furtherName(i int) string {
	if i < 0 {
		return ""
	}
	// Steps that share no factor with the list lengths spread the pairs before any repeats.
	first := furtherFirst[(i*7)%len(furtherFirst)]
	last := furtherLast[(i*13+i/len(furtherLast)*5)%len(furtherLast)]
	return first + " " + last
}

// address folds a name into an address.
func (w *World) address(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('.')
		default:
			b.WriteString(folded[r])
		}
	}
	return b.String() + "@" + w.company.domain
}

var folded = map[rune]string{'á': "a", 'ë': "e", 'é': "e", 'í': "i", 'ı': "i", 'ń': "n", 'ň': "n", 'ö': "o", 'ø': "o", 'š': "s", 'ć': "c", 'č': "c", 'ł': "l", 'ñ': "n", 'ü': "u", 'ę': "e"}
