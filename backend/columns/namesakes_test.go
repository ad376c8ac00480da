package columns_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

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
			p.Name, p.Address, p.Identity = "Ana Sousa", "", "id-of-tom"
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
	if want["Ana Sousa <id-of-tom>"] <= want["ana.sousa@example.com"] {
		t.Fatalf("%v: who has no address should have more", want)
	}
	q.Filters = []dataset.Filter{{Field: dataset.AssignedTo, Op: dataset.TopN, Values: []any{1}, By: &count}}
	top, err := e.Answer(context.Background(), q)
	if err != nil || len(top.Rows) != 1 || *top.Total.Values[0] != want["Ana Sousa <id-of-tom>"] {
		t.Errorf("top 1 of %v keeps %v, %v", want, plain(top.Total.Values), err)
	}
}

// crowd is a world whose people all have the name Ana Sousa; of three only the first has an address.
type crowd struct{ *world }

func (w crowd) Read(ctx context.Context) (dataset.Reading, error) {
	r, err := w.world.Read(ctx)
	return crowdReading{r}, err
}

type crowdReading struct{ dataset.Reading }

func (r crowdReading) People() []dataset.PersonRow {
	out := append([]dataset.PersonRow(nil), r.Reading.People()...)
	for i := range out {
		if i > 0 {
			out[i].Name, out[i].Address, out[i].Identity = "Ana Sousa", "", fmt.Sprint("id-", i)
		}
	}
	return out
}

// manyOf gives the i-th bug to the person names[i mod len(names)], in all its revisions, and tells how many each has
// that no recycle bin holds.
func manyOf(n int, names ...string) (w *world, now time.Time, has map[string]float64) {
	w, now = manyBugs(5, n)
	has = map[string]float64{}
	for i, it := range w.items {
		for j := range it.revs {
			it.revs[j].assigned = names[i%len(names)]
		}
		if !it.last().gone {
			has[names[i%len(names)]]++
		}
	}
	return w, now, has
}

func TestThePickedOneOfSeveralPeopleOfOneNameIsThatPersonOnly(t *testing.T) {
	w, now, has := manyOf(60, "Ana Sousa", "Tom Becker", "Ana Sousa", "Uma Okoro", "Tom Becker")
	whole := has["Ana Sousa"] + has["Tom Becker"] + has["Uma Okoro"]
	e := open(t, crowd{w}, now)
	count := dataset.Value{Measure: dataset.CountOfWorkItems}
	byPerson := dataset.Query{Values: []dataset.Value{count}, Rows: []dataset.Group{{Field: dataset.AssignedTo}}}
	answer := func(q dataset.Query, filter dataset.Filter) dataset.Result {
		q.Filters = []dataset.Filter{filter}
		r, err := e.Answer(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	all := answer(byPerson, dataset.Filter{Field: dataset.ID, Op: dataset.IsNotBlank})
	var counts []float64
	for _, row := range all.Rows {
		m, n := all.Dimensions[0].Members[row.Keys[0]], *row.Values[0]
		counts = append(counts, n)
		if m.Label != "Ana Sousa" {
			t.Errorf("%v is called %s", m.Value, m.Label)
		}
		picked := answer(byPerson, dataset.Filter{Field: dataset.AssignedTo, Values: []any{m.Value}})
		if len(picked.Rows) != 1 || *picked.Total.Values[0] != n || len(picked.Notes) != 0 {
			t.Errorf("%v alone has %v, %v: want %v", m.Value, plain(picked.Total.Values), picked.Notes, n)
		}
		others := answer(byPerson, dataset.Filter{Field: dataset.AssignedTo, Op: dataset.NotIn, Values: []any{m.Value}})
		if *others.Total.Values[0] != whole-n {
			t.Errorf("all but %v have %v: want %v", m.Value, plain(others.Total.Values), whole-n)
		}
	}
	want := []float64{has["Ana Sousa"], has["Tom Becker"], has["Uma Okoro"]}
	slices.Sort(want)
	if slices.Sort(counts); !slices.Equal(counts, want) {
		t.Errorf("three people have %v, want %v", counts, want)
	}
	named := answer(byPerson, dataset.Filter{Field: dataset.AssignedTo, Values: []any{"ana sousa"}})
	if *named.Total.Values[0] != whole {
		t.Errorf("who writes the name means everybody of that name: %v, want %v", plain(named.Total.Values), whole)
	}
}

// nobodys is a world in which Tom Becker has no address and is called as the label of no person is.
type nobodys struct{ *world }

func (w nobodys) Read(ctx context.Context) (dataset.Reading, error) {
	r, err := w.world.Read(ctx)
	return nobodysReading{r}, err
}

type nobodysReading struct{ dataset.Reading }

func (r nobodysReading) People() []dataset.PersonRow {
	out := append([]dataset.PersonRow(nil), r.Reading.People()...)
	for i := range out {
		if out[i].Name == "Tom Becker" {
			out[i].Name, out[i].Address, out[i].Identity = dataset.Unassigned, "", "id-of-tom"
		}
	}
	return out
}

func TestAPersonCalledUnassignedIsNotNobody(t *testing.T) {
	w, now, has := manyOf(60, "Tom Becker", "", "Ana Sousa")
	e := open(t, nobodys{w}, now)
	count := dataset.Value{Measure: dataset.CountOfWorkItems}
	for value, want := range map[any]float64{nil: has[""], "Unassigned <id-of-tom>": has["Tom Becker"], "Unassigned": has[""] + has["Tom Becker"]} {
		got, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{count}, Filters: []dataset.Filter{{Field: dataset.AssignedTo, Values: []any{value}}}})
		if err != nil || *got.Total.Values[0] != want {
			t.Errorf("%v has %v, %v: want %v", value, plain(got.Total.Values), err, want)
		}
	}
}

func TestAPickedNodeIsNotAnotherOfItsName(t *testing.T) {
	w, now := manyBugs(5, 60)
	paths := []string{`Shop`, `Alpha\Shop`, `Alpha\Web\Shop`}
	has := map[string]float64{}
	for i, it := range w.items {
		for j := range it.revs {
			it.revs[j].area, it.revs[j].iteration = paths[i%3], paths[i%3]
		}
		if !it.last().gone {
			has[paths[i%3]]++
		}
	}
	w.areas = append(w.areas, paths...)
	for _, path := range paths {
		w.iterations = append(w.iterations, worldIteration{path: path})
	}
	e := open(t, w, now)
	count := dataset.Value{Measure: dataset.CountOfWorkItems}
	for _, field := range []dataset.FieldRef{dataset.Area, dataset.AreaPath, dataset.Iteration, dataset.IterationPath} {
		for _, path := range paths {
			got, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{count}, Filters: []dataset.Filter{{Field: field, Values: []any{path}}}})
			if err != nil || *got.Total.Values[0] != has[path] {
				t.Errorf("%s %s has %v, %v: want %v", field, path, plain(got.Total.Values), err, has[path])
			}
		}
	}
}
