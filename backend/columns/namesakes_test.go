package columns_test

import (
	"context"
	"testing"

	"sightline/backend/dataset"
)

// namesakes is a world in which Tom Becker has no address and the name of Ana Sousa, so that his value is her label.
type namesakes struct{ *world }

func (w namesakes) Read(ctx context.Context) (dataset.Reading, error) {
	r, err := w.world.Read(ctx)
	return namesakesReading{r}, err
}

type namesakesReading struct{ dataset.Reading }

func (r namesakesReading) People() []dataset.PersonRow {
	var out []dataset.PersonRow
	for _, p := range r.Reading.People() {
		if p.Name == "Tom Becker" {
			p.Name, p.Address = "Ana Sousa", ""
		}
		out = append(out, p)
	}
	return out
}

func TestTheTopOfTwoPeopleOfOneNameIsOneOfThem(t *testing.T) {
	w, now := manyBugs(5, 60)
	for i, it := range w.items {
		for j := range it.revs {
			it.revs[j].assigned = "Tom Becker"
			if i%3 == 0 {
				it.revs[j].assigned = "Ana Sousa"
			}
		}
	}
	e := open(t, namesakes{w}, now)
	count := dataset.Value{Measure: dataset.CountOfWorkItems}
	q := dataset.Query{Values: []dataset.Value{count}, Rows: []dataset.Group{{Field: dataset.AssignedTo}}}
	all, err := e.Answer(context.Background(), q)
	if err != nil || len(all.Rows) != 2 {
		t.Fatalf("%v, %v: want two people", all.Rows, err)
	}
	want := map[any]float64{}
	for _, row := range all.Rows {
		want[all.Dimensions[0].Members[row.Keys[0]].Value] = *row.Values[0]
	}
	if want["Ana Sousa"] <= want["ana.sousa@example.com"] {
		t.Fatalf("%v: who has no address should have more", want)
	}
	q.Filters = []dataset.Filter{{Field: dataset.AssignedTo, Op: dataset.TopN, Values: []any{1}, By: &count}}
	top, err := e.Answer(context.Background(), q)
	if err != nil || len(top.Rows) != 1 || *top.Total.Values[0] != want["Ana Sousa"] {
		t.Errorf("top 1 of %v keeps %v, %v", want, plain(top.Total.Values), err)
	}
}
