package columns_test

import (
	"context"
	"testing"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// captured is a reading whose rows are ready, so that a benchmark measures the engine alone.
type captured struct {
	*worldReading
	items     []dataset.ItemRow
	revisions []dataset.RevisionRow
}

func (c *captured) Read(context.Context) (dataset.Reading, error) { return c, nil }

func (c *captured) Items(visit func(*dataset.ItemRow) error) error {
	for i := range c.items {
		if err := visit(&c.items[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *captured) Revisions(visit func(*dataset.RevisionRow) error) error {
	for i := range c.revisions {
		if err := visit(&c.revisions[i]); err != nil {
			return err
		}
	}
	return nil
}

// smallWorld has 5,000 items and about 40,000 revisions over two years.
func smallWorld() (*captured, time.Time) {
	d := newDice(99)
	w, now := d.world()
	w.items = nil
	for p := range 2 {
		root := w.projects[p].name
		for _, a := range []string{"Orders", "Search", "Catalog", "Payments", "Ingest", "Android", "Accounts"} {
			w.areas = append(w.areas, root+`\`+a, root+`\`+a+`\Core`, root+`\`+a+`\Edge`)
		}
	}
	for i := range 40 {
		people = append(people, "Person "+string(rune('A'+i%26))+string(rune('a'+i/26)))
	}
	defer func() { people = people[:4] }()
	for id := int32(1); id <= 5000; id++ {
		it := d.item(w, id, now)
		for len(it.revs) < 8 {
			v := it.revs[len(it.revs)-1]
			v.gone = false
			v.at = v.at.Add(time.Minute)
			d.change(w, &v)
			it.revs = append(it.revs, v)
		}
		back := time.Duration(d.IntN(600*24)) * time.Hour
		for i := range it.revs {
			it.revs[i].at = it.revs[i].at.Add(-back)
		}
		w.items = append(w.items, it)
	}
	c := &captured{worldReading: newReading(w)}
	_ = c.worldReading.Items(func(r *dataset.ItemRow) error {
		row := *r
		row.Title = append([]byte(nil), r.Title...)
		c.items = append(c.items, row)
		return nil
	})
	_ = c.worldReading.Revisions(func(r *dataset.RevisionRow) error {
		c.revisions = append(c.revisions, *r)
		return nil
	})
	return c, now
}

func smallEngine(b *testing.B) (*columns.Engine, *captured) {
	c, now := smallWorld()
	e, err := columns.Open(context.Background(), c, columns.Options{Clock: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	return e, c
}

// yardstick is the time to copy the columns of the items once.
func yardstick(e *columns.Engine) float64 {
	from := make([]byte, e.Size().Bytes)
	to := make([]byte, len(from))
	best := time.Hour
	for range 50 {
		start := time.Now()
		copy(to, from)
		best = min(best, time.Since(start))
	}
	return float64(best.Nanoseconds())
}

func report(b *testing.B, yard float64) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/yard, "x-memcpy")
}

func BenchmarkBuild(b *testing.B) {
	c, now := smallWorld()
	e, _ := smallEngine(b)
	yard := yardstick(e)
	b.ResetTimer()
	for range b.N {
		if _, err := columns.Open(context.Background(), c, columns.Options{Clock: func() time.Time { return now }}); err != nil {
			b.Fatal(err)
		}
	}
	report(b, yard)
	b.ReportMetric(float64(len(c.revisions)), "revisions")
	b.ReportMetric(float64(e.Size().Bytes), "column-bytes")
}

func BenchmarkVisual(b *testing.B) {
	e, _ := smallEngine(b)
	yard := yardstick(e)
	for page, list := range map[string][]pageQuery{"bugs": openBugStatus, "dashboard": dashboard} {
		for _, v := range list {
			b.Run(page+"/"+v.name, func(b *testing.B) {
				q := decode(b, v.query)
				b.ReportAllocs()
				for range b.N {
					if _, err := e.Answer(context.Background(), q); err != nil {
						b.Fatal(err)
					}
				}
				report(b, yard)
			})
		}
	}
}

// BenchmarkPage answers the whole page Open Bug Status, plain and cross-highlighted.
func BenchmarkPage(b *testing.B) {
	e, _ := smallEngine(b)
	yard := yardstick(e)
	for name, highlight := range map[string]string{"plain": "", "highlighted": `{"field":"Areas[Area]","values":["Alpha\\Web"]}`} {
		b.Run(name, func(b *testing.B) {
			var qs []dataset.Query
			for _, v := range openBugStatus {
				q := decode(b, v.query)
				q.Filters = append(q.Filters, filterOf(b, `{"field":"Projects[Project]","values":["Alpha"]}`)...)
				q.Highlight = filterOf(b, highlight)
				qs = append(qs, q)
			}
			for range b.N {
				e.AnswerAll(context.Background(), qs)
			}
			report(b, yard)
		})
	}
}

// BenchmarkAsOf answers a card and a matrix on a day of last year.
func BenchmarkAsOf(b *testing.B) {
	e, _ := smallEngine(b)
	yard := yardstick(e)
	q := decode(b, `{"values":["Open bugs"],"rows":["Work items[Assigned to]"],"columns":["Work items[State]"],"asOf":"2023-10-01"}`)
	b.ResetTimer()
	for range b.N {
		if _, err := e.Answer(context.Background(), q); err != nil {
			b.Fatal(err)
		}
	}
	report(b, yard)
}
