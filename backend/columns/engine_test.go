package columns_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// fixed is a source that hands out one reading.
type fixed struct{ dataset.Reading }

func (f fixed) Read(context.Context) (dataset.Reading, error) { return f.Reading, nil }

func open(t testing.TB, s dataset.Source, now time.Time) *columns.Engine {
	t.Helper()
	e, err := columns.Open(context.Background(), s, columns.Options{Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestAnEmptyDatasetAnswersEveryVisual(t *testing.T) {
	for _, w := range []*world{{zone: "UTC"}, {zone: "", projects: []worldProject{{name: "Gold", process: "Agile", types: agileTypes}}}} {
		e := open(t, w, goldenNow)
		for _, v := range append(slices.Clone(openBugStatus), dashboard...) {
			r := ask(t, e, v.query)
			if dated := slices.ContainsFunc(r.Dimensions, func(d dataset.Dimension) bool { return d.Field == dataset.DateAxis }); !dated {
				for _, row := range r.Rows {
					expect(t, v.name, plain(row.Values)[:1], 0)
				}
			}
		}
		expect(t, "counts are 0, the rest is null", plain(ask(t, e, `{"values":["Open bugs","Closed","Story points","Average age","M2","Remaining estimate","% complete"]}`).Total.Values), 0, 0, null, null, null, null, null)
		r := ask(t, e, `{"values":["Open bugs"],"rows":[{"field":"Dates[Date]","grain":"week"}]}`)
		if len(r.Rows) != 26 {
			t.Errorf("%d weeks", len(r.Rows))
		}
	}
}

func TestAnEmptyDatasetAnswersEveryMeasureAndEveryColumn(t *testing.T) {
	for _, w := range []*world{{zone: "UTC", fields: true}, {zone: "UTC", projects: []worldProject{{name: "Gold", process: "Agile", types: agileTypes}}, boards: []worldBoard{{"", "Stories", "Stories", []string{"New"}, []string{"incoming"}, nil}}}} {
		e := open(t, w, goldenNow)
		for _, m := range e.Model().Measures {
			for _, rows := range []string{``, `"Dates[Date]"`, `"Iterations[Iteration]","Work items[Board column]"`} {
				r := ask(t, e, fmt.Sprintf(`{"values":[%q],"rows":[%s],"filters":[{"field":"Dates[Date]","op":"last","values":[7,"day"]}]}`, m.Name, rows))
				if x := r.Total.Values[0]; x != nil && *x != 0 {
					t.Errorf("%s by %s: %v", m.Name, rows, *x)
				}
			}
		}
		for _, table := range e.Model().Tables {
			for _, c := range table.Columns {
				if c.Groupable && c.Ref() != dataset.DateAxis {
					if r := ask(t, e, fmt.Sprintf(`{"values":["Work items","Average days in state","Velocity planned"],"rows":[%q]}`, c.Ref())); len(r.Rows) != 0 {
						t.Errorf("%s: %v", c.Ref(), values(r))
					}
				}
			}
		}
	}
}

func TestListsOfAResultAreNeverNull(t *testing.T) {
	e := golden("UTC").engine(goldenNow)
	for _, query := range []string{`{"values":["Open bugs"]}`, `{"rows":["Work items[State]"]}`, `{"values":["Open bugs"],"highlight":[]}`} {
		text, err := json.Marshal(ask(t, e, query))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"keys":null`) || strings.Contains(string(text), `"values":null`) || strings.Contains(string(text), `"rows":null`) {
			t.Errorf("%s: %s", query, text)
		}
	}
}

func TestReadersNeverSeeHalfAReload(t *testing.T) {
	w, now := manyBugs(5, 60)
	source := &growing{w: w}
	e := open(t, source, now)
	base := *ask(t, e, `{"values":["Work items"]}`).Total.Values[0] - 1
	var failed atomic.Value
	stop := make(chan struct{})
	var wait sync.WaitGroup
	for range 3 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for {
				select {
				case <-stop:
					return
				default:
				}
				qs := []dataset.Query{decode(t, `{"values":["Work items"]}`), decode(t, `{"values":["Work items"],"rows":["State"],"columns":["Assigned to"]}`),
					decode(t, `{"values":["Work items"],"rows":["Dates[Date]"]}`)}
				rs, errs := e.AnswerAll(context.Background(), qs)
				if err := errors.Join(errs...); err != nil {
					failed.Store(err.Error())
					return
				}
				n := *rs[0].Total.Values[0]
				for _, r := range rs {
					if r.Generation != rs[0].Generation || *r.Total.Values[0] != n || n != base+float64(r.Generation) {
						failed.Store(fmt.Sprintf("generation %d with %v items beside generation %d with %v", r.Generation, *r.Total.Values[0], rs[0].Generation, n))
						return
					}
				}
			}
		}()
	}
	for range 30 {
		if err := e.Reload(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	wait.Wait()
	if msg := failed.Load(); msg != nil {
		t.Error(msg)
	}
	if e.Generation() != 31 {
		t.Errorf("generation %d", e.Generation())
	}
}

// growing has one more item in each generation.
type growing struct {
	w *world
	n int64
}

func (g *growing) Read(context.Context) (dataset.Reading, error) {
	g.n++
	w := *g.w
	w.generation = g.n
	for i := range g.n - 1 {
		it := *g.w.items[0]
		it.id = 100_000 + int32(i)
		w.items = append(slices.Clone(w.items), &it)
	}
	return newReading(&w), nil
}

func TestAFailedReloadKeepsTheOldGeneration(t *testing.T) {
	w, now := manyBugs(5, 20)
	s := &failing{Source: w}
	e := open(t, s, now)
	before := ask(t, e, `{"values":["Work items"]}`)
	s.err = fault.New(fault.Corrupt, "test", "The file is damaged.", "Load it again.")
	if err := e.Reload(context.Background()); !fault.Is(err, fault.Corrupt) {
		t.Errorf("reload: %v", err)
	}
	after := ask(t, e, `{"values":["Work items"]}`)
	expect(t, "still answers", plain(after.Total.Values), plain(before.Total.Values)...)
}

type failing struct {
	dataset.Source
	err error
}

func (f *failing) Read(ctx context.Context) (dataset.Reading, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.Source.Read(ctx)
}

func TestAnswersCanBeCanceledAndRefusedAfterClose(t *testing.T) {
	w, now := manyBugs(5, 20)
	e := open(t, w, now)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Answer(ctx, decode(t, `{"values":["Open bugs"]}`)); !fault.Is(err, fault.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if _, err := columns.Open(ctx, w, columns.Options{}); !fault.Is(err, fault.Canceled) {
		t.Errorf("canceled open: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := e.Answer(context.Background(), decode(t, `{"values":["Open bugs"]}`))
	_, errs := e.AnswerAll(context.Background(), make([]dataset.Query, 2))
	for _, err := range []error{err, errs[0], errs[1], e.Reload(context.Background())} {
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("closed: %v", err)
		}
	}
}

func TestUnknownTimeZoneIsRefusedWithASentence(t *testing.T) {
	_, err := columns.Open(context.Background(), &world{zone: "Mars/Olympus"}, columns.Options{})
	if r := fault.ReportOf(err); r.Code != fault.Invalid || !strings.Contains(r.Message, "Mars/Olympus") {
		t.Errorf("%+v", r)
	}
}

// While a first load runs, current rows are there before their revisions.
func TestCurrentRowsAheadOfTheirRevisionsAreTheTruth(t *testing.T) {
	w, now := manyBugs(9, 80)
	w.incomplete = true
	full := open(t, w, now)
	part := open(t, firstLook{w}, now)
	for _, v := range openBugStatus {
		a, b := ask(t, full, v.query), ask(t, part, v.query)
		if fmt.Sprint(values(a)) != fmt.Sprint(values(b)) {
			t.Errorf("%s differs while revisions are missing", v.name)
		}
	}
	r := ask(t, part, `{"values":["Work items"],"rows":["Dates[Date]"],"filters":[{"field":"Dates[Date]","op":"last","values":[1,"day"]}]}`)
	expect(t, "the trend ends with the current rows", plain(r.Total.Values), plain(ask(t, full, `{"values":["Work items"]}`).Total.Values)...)
	if len(r.Notes) == 0 || !strings.Contains(r.Notes[0], "not loaded whole") {
		t.Errorf("notes %q", r.Notes)
	}
}

// firstLook leaves out some items' revisions, and the last ones of others.
type firstLook struct{ w *world }

func (f firstLook) Read(context.Context) (dataset.Reading, error) {
	return lookReading{newReading(f.w)}, nil
}

type lookReading struct{ *worldReading }

func (r lookReading) Revisions(visit func(*dataset.RevisionRow) error) error {
	return r.worldReading.Revisions(func(row *dataset.RevisionRow) error {
		switch row.ID % 3 {
		case 0:
			return nil
		case 1:
			if row.Rev > 1 {
				return nil
			}
			row.To = dataset.Forever
		}
		return visit(row)
	})
}

func TestOneItemWith25000Revisions(t *testing.T) {
	s := newScene("UTC")
	it := s.add(1, "User Story", made("01-01 00:00"))
	states := []string{"Active", "New", "Closed"}
	for i := range 25_000 {
		v := it.revs[len(it.revs)-1]
		v.at, v.state = v.at.Add(5*time.Minute), states[i%3]
		it.revs = append(it.revs, v)
	}
	e := s.engine(goldenNow)
	// the last of 25,000 changes: 24,999 % 3 = 0, Active since 5 minutes × 25,000 after the new year
	r := ask(t, e, `{"values":["Work items","Closed",{"field":"Days in progress","aggregate":"max"}],"rows":["State"]}`)
	inProgress := 8333*5.0/1440 + goldenNow.Sub(it.revs[25_000].at).Hours()/24
	expect(t, "Active", values(r)["Active"], 1, 0, inProgress)
	if n := e.Size().Intervals; n != 25_001 {
		t.Errorf("%d intervals", n)
	}
}

// Metamorphic checks: what must hold between answers, whatever the data.

func TestSplittingAnAdditiveMeasureSumsToItsTotal(t *testing.T) {
	w, now := manyBugs(11, 200)
	e := w.engine(now)
	model := e.Model()
	for _, m := range model.Measures {
		if !m.Additive || strings.HasPrefix(m.Name, "Ideal") || strings.HasPrefix(m.Name, "Original") || strings.HasPrefix(m.Name, "Scope") {
			continue
		}
		for _, c := range groupColumns {
			if c == dataset.Tag || c == dataset.Team {
				continue
			}
			r, err := e.Answer(context.Background(), dataset.Query{Values: []dataset.Value{{Measure: m.Name}}, Rows: []dataset.Group{{Field: c}}})
			if err != nil {
				t.Fatal(err)
			}
			sum, any := 0.0, false
			for _, row := range r.Rows {
				if row.Values[0] != nil {
					sum += *row.Values[0]
					any = true
				}
			}
			if any && !same(sum, *r.Total.Values[0]) {
				t.Errorf("%s by %s: %v, total %v", m.Name, c, sum, *r.Total.Values[0])
			}
		}
	}
}

func TestAsOfTodayIsTheCurrentState(t *testing.T) {
	w, now := manyBugs(12, 120)
	e := w.engine(now)
	d := newDice(12)
	for range 100 {
		q := d.query(w, now)
		q.AsOf = ""
		want, err := e.Answer(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, asOf := range []string{now.Format(time.DateOnly), now.AddDate(0, 0, 3).Format(time.DateOnly), now.Format(time.RFC3339)} {
			q.AsOf = asOf
			got, err := e.Answer(context.Background(), q)
			if err != nil || !alike(got, want) {
				t.Fatalf("as of %s differs from now: %v", asOf, err)
			}
		}
	}
}

// alike reports whether two results show the same numbers at the same time.
func alike(a, b dataset.Result) bool {
	rowsA, partsA := flatten(a)
	rowsB, partsB := flatten(b)
	return a.AsOf == b.AsOf && len(differences("", rowsA, rowsB)) == 0 && len(differences("", partsA, partsB)) == 0 &&
		slices.EqualFunc(plain(a.Total.Values), plain(b.Total.Values), same) && slices.EqualFunc(plain(a.Total.Parts), plain(b.Total.Parts), same)
}

func TestHighlightWithoutFiltersIsTheWholeAndFiltersCommute(t *testing.T) {
	w, now := manyBugs(13, 120)
	e := w.engine(now)
	d := newDice(13)
	shuffle := rand.New(rand.NewPCG(1, 1))
	for range 150 {
		q := d.query(w, now)
		q.Highlight = []dataset.Filter{}
		r, err := e.Answer(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range append(slices.Clone(r.Rows), r.Total) {
			if !slices.EqualFunc(plain(row.Values), plain(row.Parts), same) {
				t.Fatalf("part %v of whole %v", plain(row.Parts), plain(row.Values))
			}
		}
		shuffle.Shuffle(len(q.Filters), func(i, j int) { q.Filters[i], q.Filters[j] = q.Filters[j], q.Filters[i] })
		again, err := e.Answer(context.Background(), q)
		if err != nil || !alike(again, r) {
			t.Fatalf("other order of filters, other answer: %v", err)
		}
	}
}

func TestAnswerAllGivesWhatAnswerGives(t *testing.T) {
	w, now := manyBugs(14, 150)
	e := w.engine(now)
	d := newDice(14)
	var qs []dataset.Query
	for range 60 {
		qs = append(qs, d.query(w, now))
	}
	rs, errs := e.AnswerAll(context.Background(), qs)
	for i, q := range qs {
		one, err := e.Answer(context.Background(), q)
		if err != nil || errs[i] != nil || !alike(one, rs[i]) {
			t.Errorf("query %d differs: %v %v", i, err, errs[i])
		}
	}
}

// counted counts how often its rows are read.
type counted struct {
	w     *world
	walks int
}

func (c *counted) Read(context.Context) (dataset.Reading, error) {
	return &countedReading{newReading(c.w), c}, nil
}

type countedReading struct {
	dataset.Reading
	of *counted
}

func (r *countedReading) Revisions(each func(*dataset.RevisionRow) error) error {
	r.of.walks++
	return r.Reading.Revisions(each)
}

func TestAReloadOfUnchangedDataReadsNoRows(t *testing.T) {
	w, now := manyBugs(5, 60)
	source := &counted{w: w}
	e := open(t, source, now)
	before := *ask(t, e, `{"values":["Work items"]}`).Total.Values[0]
	first := source.walks
	for range 3 {
		if err := e.Reload(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if first == 0 || source.walks != first {
		t.Errorf("rows were walked %d times at first and %d times after", first, source.walks-first)
	}
	if after := *ask(t, e, `{"values":["Work items"]}`).Total.Values[0]; after != before {
		t.Errorf("%v work items, were %v", after, before)
	}
	changed := *w
	changed.generation += 2
	source.w = &changed
	if err := e.Reload(context.Background()); err != nil || source.walks == first {
		t.Errorf("a new generation was not read: %v", err)
	}
}
