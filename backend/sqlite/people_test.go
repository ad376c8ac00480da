package sqlite_test

import (
	"fmt"
	"slices"
	"testing"

	"sightline/backend/devops"
)

func peopleOf(t *testing.T, batches ...devops.Batch) []string {
	t.Helper()
	d := openNew(t)
	commit(t, d, batches...)
	var out []string
	for _, p := range read(t, d).People() {
		out = append(out, fmt.Sprintf("%s <%s>", p.Name, p.Address))
	}
	slices.Sort(out)
	return out
}

func wantTexts(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

// by is a revision that this person made in this month.
func by(id, month int, p devops.Person) devops.Batch {
	return revisions(revision(id, 1, func(r *devops.Revision) { r.ChangedBy, r.Changed = p, epoch.AddDate(0, month, 0) }))
}

func TestPeopleAreOnePersonByIDWhateverTheirName(t *testing.T) {
	maiden := devops.Person{ID: "ABCD-1", Name: "Ann Adams", UniqueName: "ann@example.com"}
	married := devops.Person{ID: "abcd-1", Name: "Ann Brown", UniqueName: "ann.brown@example.com"}
	want := "Ann Brown <ann.brown@example.com>"
	wantTexts(t, peopleOf(t, by(1, 0, maiden), by(2, 5, married)), want)
	wantTexts(t, peopleOf(t, by(2, 5, married), by(1, 0, maiden)), want)
	// What a list of the service says stands above every revision, and the last list above the others.
	wantTexts(t, peopleOf(t, devops.Batch{People: []devops.Person{maiden}}, by(2, 5, married)), "Ann Adams <ann@example.com>")
	wantTexts(t, peopleOf(t, devops.Batch{People: []devops.Person{married}}, devops.Batch{People: []devops.Person{maiden}}), "Ann Adams <ann@example.com>")
	// A list that knows less takes nothing away.
	wantTexts(t, peopleOf(t, by(1, 0, married), devops.Batch{People: []devops.Person{{ID: "abcd-1"}}}), want)
}

func TestPeopleWithoutAnIDAreKnownByTheirAddressThenByTheirName(t *testing.T) {
	wantTexts(t, peopleOf(t, by(1, 0, devops.Person{Name: "Bob", UniqueName: "Bob@Example.com"}), by(2, 1, devops.Person{Name: "Bob B.", UniqueName: "bob@example.com"}),
		by(3, 0, devops.Person{Name: "Project Collection Build Service"})),
		"Bob B. <bob@example.com>", "Project Collection Build Service <>")
}

func TestSomebodyKnownByAddressIsThePersonWithTheIDWhoHasIt(t *testing.T) {
	old := devops.Person{Name: "Ann", UniqueName: "Ann@example.com"}
	now := devops.Person{ID: "abcd-1", Name: "Ann Adams", UniqueName: "ann@example.com"}
	d := openNew(t)
	commit(t, d, by(1, 0, old), by(2, 0, now))
	r := read(t, d)
	if people := r.People(); len(people) != 1 || people[0].Name != "Ann Adams" {
		t.Errorf("%+v", people)
	}
	for _, i := range flatten(r).items(t) {
		if i.ChangedBy != "ann@example.com" {
			t.Errorf("item %d was changed by %q", i.ID, i.ChangedBy)
		}
	}
	// Two people with one address: nobody knows which of them it was.
	wantTexts(t, peopleOf(t, by(1, 0, old), by(2, 0, now), by(3, 0, devops.Person{ID: "abcd-2", Name: "Another Ann", UniqueName: "ann@example.com"})),
		"Ann <Ann@example.com>", "Ann Adams <ann@example.com>", "Another Ann <ann@example.com>")
}

func TestTwoPeopleOfOneNameWithoutAddressKeepTheirIDs(t *testing.T) {
	d := openNew(t)
	commit(t, d, by(1, 0, devops.Person{ID: "abcd-1", Name: "Ann"}), by(2, 0, devops.Person{ID: "abcd-2", Name: "Ann"}))
	var got []string
	for _, p := range read(t, d).People() {
		got = append(got, p.Name+" "+p.Identity)
	}
	slices.Sort(got)
	wantTexts(t, got, "Ann abcd-1", "Ann abcd-2")
}
