package columns_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// walked counts how often the rows of a source are read, and refuses them while told to.
type walked struct {
	source dataset.Source
	walks  int
	texts  int // times that the texts were asked for
	fail   error
}

func (c *walked) Read(ctx context.Context) (dataset.Reading, error) {
	r, err := c.source.Read(ctx)
	return walkedReading{r, c}, err
}

type walkedReading struct {
	dataset.Reading
	c *walked
}

func (r walkedReading) Revisions(visit func(*dataset.RevisionRow) error) error {
	r.c.walks++
	if r.c.fail != nil {
		return r.c.fail
	}
	return r.Reading.Revisions(visit)
}

func (r walkedReading) Texts() []dataset.TextRow {
	r.c.texts++
	return r.Reading.Texts()
}

func TestColumnsThatNobodyAskedForAreNotBuilt(t *testing.T) {
	ctx := context.Background()
	w, now := manyBugs(11, 50)
	source := &walked{source: w}
	e, err := columns.Open(ctx, source, columns.Options{Clock: func() time.Time { return now }, WhenAsked: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := e.Reload(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if source.walks != 0 || e.Size() != (columns.Size{}) || e.Generation() == 0 {
		t.Fatalf("before anybody asked: %d walks over the rows, size %+v, generation %d", source.walks, e.Size(), e.Generation())
	}
	source.fail = errors.New("the disk is gone")
	if _, err := e.Answer(ctx, dataset.Query{Values: []dataset.Value{{Measure: "Work items"}}}); !errors.Is(err, source.fail) {
		t.Errorf("rows that cannot be read answered %v", err)
	}
	if _, errs := e.AnswerAll(ctx, make([]dataset.Query, 2)); !errors.Is(errs[1], source.fail) {
		t.Errorf("a page of them answered %v", errs)
	}
	source.fail, source.walks = nil, 0
	whole := w.engine(now)
	for range 2 {
		q := dataset.Query{Values: []dataset.Value{{Measure: "Work items"}}, Rows: []dataset.Group{{Field: dataset.State}}}
		got, err := e.Answer(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		want, err := whole.Answer(ctx, q)
		if err != nil || !alike(got, want) {
			t.Errorf("asked late it answers %v, at once %v (%v)", got.Rows, want.Rows, err)
		}
	}
	if source.walks != 1 || len(e.Model().Tables) == 0 || e.Size().Items != whole.Size().Items {
		t.Errorf("%d walks for the first answer and the second, size %+v", source.walks, e.Size())
	}
	w.generation = 7
	if err := e.Reload(ctx); err != nil || source.walks != 2 {
		t.Errorf("once asked, a reload reads at once: %d walks, %v", source.walks, err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Answer(ctx, dataset.Query{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("closed: %v", err)
	}
}

func TestClosedBeforeAnybodyAsked(t *testing.T) {
	w, now := manyBugs(11, 5)
	e, err := columns.Open(context.Background(), w, columns.Options{Clock: func() time.Time { return now }, WhenAsked: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Answer(context.Background(), dataset.Query{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("answer: %v", err)
	}
	if err := e.Reload(context.Background()); !fault.Is(err, fault.Conflict) {
		t.Errorf("reload: %v", err)
	}
	if m := e.Model(); len(m.Tables) != 0 {
		t.Error("a closed engine has a model")
	}
}
