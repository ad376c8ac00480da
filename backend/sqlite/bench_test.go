package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/sqlite"
)

// benchWorld makes revisions like those of a real organization: in time order, most of an item's close
// together, nine of them, with a handful of custom fields.
func benchBatches(revisions, page int) []devops.Batch {
	const perItem = 9
	people := make([]devops.Person, 400)
	for i := range people {
		people[i] = personNamed(i)
	}
	var batches []devops.Batch
	open := map[int]*devops.Revision{}
	var order []int
	b := devops.Batch{}
	next := 0
	random := uint64(1)
	roll := func(n int) int {
		random = random*6364136223846793005 + 1442695040888963407
		return int(random>>33) % n
	}
	at := epoch
	for made := 0; made < revisions; made++ {
		at = at.Add(time.Duration(1+roll(60_000)) * time.Millisecond)
		var r *devops.Revision
		if len(order) < 3000 || roll(perItem) == 0 {
			next++
			r = &devops.Revision{ID: next, ProjectID: fabrikam, ProjectName: "Fabrikam", Type: typeNames[roll(3)], State: "New", Reason: "New",
				Title: fmt.Sprintf("The checkout page forgets the cart when step %d is repeated", next), AreaID: 10 + roll(200), AreaPath: `Fabrikam\Web`,
				IterationID: 20 + roll(40), Iteration: `Fabrikam\Sprint`, Created: at, CreatedBy: people[roll(400)], Priority: number(float64(1 + roll(4))),
				Severity: "3 - Medium", ValueArea: "Business", StateChanged: at,
				Other: map[string]any{"Custom.Risk": "High", "Custom.Customer": fmt.Sprintf("Customer %d", roll(500)), "Custom.Score": float64(roll(100)),
					"System.AuthorizedDate": at, "Microsoft.VSTS.Build.FoundIn": "2024.1"}}
			order = append(order, next)
			open[next] = r
		} else {
			i := roll(len(order))
			r = open[order[i]]
			if r.Rev >= 2*perItem-1-roll(perItem) {
				order[i] = order[len(order)-1]
				order = order[:len(order)-1]
			}
		}
		r.Rev++
		r.Changed, r.ChangedBy, r.Watermark = at, people[roll(400)], int64(made)
		r.Revised = at.Add(time.Hour)
		switch roll(5) {
		case 0:
			r.State = states[roll(4)].Name
			r.StateChanged, r.Activated = at, at
			r.BoardColumn = r.State
		case 1:
			r.AssignedTo = people[roll(400)]
		case 2:
			r.RemainingWork = number(float64(roll(40)))
		case 3:
			r.StackRank = number(float64(roll(1 << 30)))
		}
		b.Revisions = append(b.Revisions, *r)
		if len(b.Revisions) == page || made == revisions-1 {
			b.Cursor = &devops.Cursor{Feed: "revisions", Token: fmt.Sprint(made)}
			batches = append(batches, b)
			b = devops.Batch{}
		}
	}
	return batches
}

func benchDataset(b *testing.B) *sqlite.Dataset {
	b.Helper()
	d, err := sqlite.OpenDataset(context.Background(), filepath.Join(b.TempDir(), "bench.sightline"), options)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	return d
}

// BenchmarkCommit stores 100,000 revisions in pages of one and of two thousand, and of ten pages at once.
func BenchmarkCommit(b *testing.B) {
	const revisions = 100_000
	for _, page := range []int{1000, 2000, 10_000} {
		batches := benchBatches(revisions, page)
		b.Run(fmt.Sprint("page", page), func(b *testing.B) {
			for range b.N {
				d := benchDataset(b)
				b.StartTimer()
				before := cpuTime()
				for _, batch := range batches {
					if _, err := d.Commit(context.Background(), batch); err != nil {
						b.Fatal(err)
					}
				}
				spent := cpuTime() - before
				b.StopTimer()
				if err := d.Refreshed(context.Background(), epoch); err != nil {
					b.Fatal(err)
				}
				info, err := os.Stat(d.Path())
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(revisions/spent.Seconds(), "revisions/s-cpu")
				b.ReportMetric(float64(info.Size())/revisions, "bytes/revision")
				d.Close()
			}
		})
	}
}

// BenchmarkRead reads 40,000 revisions and the items, beside copying the bytes of the file.
func BenchmarkRead(b *testing.B) {
	const revisions = 40_000
	d := benchDataset(b)
	for _, batch := range benchBatches(revisions, 2000) {
		if _, err := d.Commit(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
	}
	if err := d.Refreshed(context.Background(), epoch); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(d.Path())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("revisions", func(b *testing.B) { benchRead(b, d, revisions, false) })
	b.Run("items", func(b *testing.B) { benchRead(b, d, revisions, true) })
	b.Run("memcpy", func(b *testing.B) {
		from, to := make([]byte, info.Size()), make([]byte, info.Size())
		before := cpuTime()
		for range b.N {
			copy(to, from)
		}
		b.ReportMetric(float64((cpuTime()-before).Microseconds())/1000/float64(b.N), "ms-cpu/op")
	})
}

func benchRead(b *testing.B, d *sqlite.Dataset, revisions int, items bool) {
	b.ReportAllocs()
	before, rows := cpuTime(), 0
	for range b.N {
		r, err := d.Read(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		if items {
			err = r.Items(func(*dataset.ItemRow) error { rows++; return nil })
		} else {
			err = r.Revisions(func(*dataset.RevisionRow) error { rows++; return nil })
		}
		if err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
	spent := cpuTime() - before
	b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "ms-cpu/op")
	b.ReportMetric(float64(spent.Nanoseconds())/float64(rows), "ns-cpu/row")
}
