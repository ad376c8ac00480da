package world

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"runtime"
	"testing"
	"time"
	"unsafe"

	"sightline/backend/devops"
)

var today = time.Date(2026, time.November, 20, 15, 4, 5, 0, time.UTC)

func small(t testing.TB, now time.Time) *World {
	t.Helper()
	return New(Options{Seed: 1, Now: now})
}

// digest sums up everything that the history consists of.
func digest(w *World) string {
	h := sha256.New()
	for _, it := range w.Items {
		h.Write([]byte(it.Title))
		binary.Write(h, binary.LittleEndian, []uint32{it.First, uint32(it.Count), it.Parent})
	}
	if len(w.Revisions) > 0 {
		// Revision holds no pointer and no padding that is not zero.
		h.Write(unsafe.Slice((*byte)(unsafe.Pointer(&w.Revisions[0])), len(w.Revisions)*int(unsafe.Sizeof(Revision{}))))
	}
	for _, l := range w.Links {
		binary.Write(h, binary.LittleEndian, []int64{l.Changed, int64(l.Source), int64(l.Target), int64(l.Watermark), int64(l.By), int64(l.Kind)})
		binary.Write(h, binary.LittleEndian, []bool{l.Active, l.Stale})
	}
	for _, n := range w.Nodes {
		h.Write([]byte(n.GUID + n.Path))
	}
	for _, p := range w.People[1:] {
		h.Write([]byte(p.ID + p.UPN))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestTheSameOptionsMakeTheSameWorldOnAnyNumberOfProcessors(t *testing.T) {
	one := digest(small(t, today))
	before := runtime.GOMAXPROCS(1)
	two := digest(small(t, today))
	runtime.GOMAXPROCS(before)
	if one != two {
		t.Fatal("two runs of the same seed and day differ")
	}
	if other := digest(New(Options{Seed: 2, Now: today})); other == one {
		t.Fatal("another seed made the same world")
	}
}

func TestALaterNowContinuesTheSameHistory(t *testing.T) {
	since := DefaultSince(today)
	before := New(Options{Seed: 1, Since: since, Now: today.AddDate(0, 0, -150)})
	after := New(Options{Seed: 1, Since: since, Now: today})
	if before.ID != after.ID {
		t.Fatal("the organization's id changed although it began on the same day")
	}
	destroyed := map[int]bool{}
	for _, id := range after.Destroyed {
		destroyed[id] = true
	}
	lost, k := 0, 0
	for _, at := range before.Order {
		old := before.Revisions[at]
		if destroyed[int(old.Item)] {
			lost++
			continue
		}
		got := after.Revisions[after.Order[k]]
		// Nodes are numbered within one run: their ids and paths are what must stay.
		if before.Nodes[old.Iteration].ID != after.Nodes[got.Iteration].ID || before.Nodes[old.Area].Path != after.Nodes[got.Area].Path {
			t.Fatalf("item %d rev %d moved to another node", old.Item, old.Rev)
		}
		old.Iteration, got.Iteration, old.Area, got.Area = 0, 0, 0, 0
		if old != got {
			t.Fatalf("revision %d of the feed changed:\n%+v\n%+v", k, old, got)
		}
		k++
	}
	if len(after.Order) <= k {
		t.Fatal("nothing new happened in 150 days")
	}
	if lost == 0 {
		t.Fatal("nothing that was seen has been destroyed in 150 days")
	}
	k = 0
	for _, l := range before.Links {
		if destroyed[int(l.Source)] || destroyed[int(l.Target)] {
			continue
		}
		got := after.Links[k]
		got.Stale = l.Stale // whether a link will be replaced is not known before
		if got != l {
			t.Fatalf("link %d of the feed changed:\n%+v\n%+v", k, l, got)
		}
		k++
	}
}

func TestEveryHistoryIsConsistent(t *testing.T) {
	for _, o := range []Options{
		{Seed: 1, Now: today}, {Seed: 7, Now: today.AddDate(0, 1, 3)}, {Seed: 9, Now: time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)},
		{Seed: 1, Since: today, Now: today}, {Seed: 1, Since: today.AddDate(0, 0, 30), Now: today}, {Seed: 3, Since: today.AddDate(0, 0, -24), Now: today},
		{Seed: 4, Size: Medium, Since: today.AddDate(0, 0, -120), Now: today},
	} {
		consistent(t, New(o))
	}
}

func consistent(t *testing.T, w *World) {
	t.Helper()
	for i := range w.Items {
		id := i + 1
		all := w.Item(id)
		for k := range all {
			r := &all[k]
			ty := w.Types[r.Type]
			p := w.Projects[r.Project]
			switch {
			case int(r.Item) != id || int(r.Rev) != k+1:
				t.Fatalf("item %d: revision %d stands at place %d", id, r.Rev, k)
			case k > 0 && r.Changed <= all[k-1].Changed:
				t.Fatalf("item %d rev %d is not later than the one before", id, r.Rev)
			case r.Changed > w.Now:
				t.Fatalf("item %d rev %d lies in the future", id, r.Rev)
			case ty.Process != p.Process:
				t.Fatalf("item %d rev %d is a %s of %s in a project of %s", id, r.Rev, ty.Name, ty.Process.Name, p.Process.Name)
			case int(r.State) >= len(ty.States):
				t.Fatalf("item %d rev %d is in a state its type does not have", id, r.Rev)
			case w.Nodes[r.Area].Project != p || w.Nodes[r.Area].Iteration:
				t.Fatalf("item %d rev %d has area %s in project %s", id, r.Rev, w.Nodes[r.Area].Path, p.Name)
			case w.Nodes[r.Iteration].Project != p || !w.Nodes[r.Iteration].Iteration:
				t.Fatalf("item %d rev %d has iteration %s in project %s", id, r.Rev, w.Nodes[r.Iteration].Path, p.Name)
			case r.Closed > r.Rev || r.Activated > r.Rev || r.Resolved > r.Rev || r.StateChanged > r.Rev || r.StateChanged == 0:
				t.Fatalf("item %d rev %d refers to a later step: %+v", id, r.Rev, *r)
			case ty.States[r.State].Category == devops.Completed && r.Closed == 0:
				t.Fatalf("item %d rev %d is completed but was never closed", id, r.Rev)
			case r.Parent != 0 && w.Items[r.Parent-1].Count > 0 && w.Item(int(r.Parent))[0].Changed > r.Changed:
				t.Fatalf("item %d rev %d has a parent that did not exist yet", id, r.Rev)
			}
		}
	}
	last := uint32(0)
	for _, at := range w.Order {
		r := &w.Revisions[at]
		if r.Watermark < last {
			t.Fatal("watermarks fall")
		}
		last = r.Watermark
	}
	for i, l := range w.Links {
		if i > 0 && l.Watermark <= w.Links[i-1].Watermark {
			t.Fatal("watermarks of links fall")
		}
		if w.Item(int(l.Source)) == nil || w.Item(int(l.Target)) == nil {
			t.Fatal("a link to nothing")
		}
	}
}

func TestSmallIsAboutFiveThousandItemsOfEightRevisions(t *testing.T) {
	for _, now := range []time.Time{today, today.AddDate(0, 0, 45), today.AddDate(0, 0, 80)} {
		w := small(t, now)
		items, revisions := len(w.Items), len(w.Order)
		if items < 4300 || items > 5800 {
			t.Errorf("%s: %d items", now.Format(time.DateOnly), items)
		}
		if per := float64(revisions) / float64(items); per < 7.2 || per > 9 {
			t.Errorf("%s: %.1f revisions an item", now.Format(time.DateOnly), per)
		}
		if years := now.Sub(time.UnixMilli(w.Since)).Hours() / 24 / 365; years < 1.99 || years > 2.3 {
			t.Errorf("%s: %.2f years", now.Format(time.DateOnly), years)
		}
	}
}

func TestEveryProjectHasOneCurrentSprintAndTwoToCome(t *testing.T) {
	for d := range 15 {
		now := today.AddDate(0, 0, d)
		w := New(Options{Seed: 1, Since: now.AddDate(0, 0, -90), Now: now})
		for _, p := range w.Projects {
			if p.opens == never {
				if len(p.Sprints) != 0 {
					t.Errorf("%s should not have begun", p.Name)
				}
				continue
			}
			current, future := 0, 0
			for _, s := range p.Sprints {
				switch {
				case s.Start > w.Now:
					future++
				case w.Now < s.Finish+millisPerDay:
					current++
				}
			}
			if current != 1 || future != 2 {
				t.Errorf("%s on %s: %d current and %d future sprints", p.Name, now.Format(time.DateOnly), current, future)
			}
		}
	}
}

func TestTheSinceIsAMondayAndStepsByQuarters(t *testing.T) {
	for d := range 400 {
		since := DefaultSince(today.AddDate(0, 0, d))
		if since.Weekday() != time.Monday {
			t.Fatalf("%s is a %s", since, since.Weekday())
		}
		if age := today.AddDate(0, 0, d).Sub(since).Hours() / 24; age < spanDays || age > spanDays+blockDays+1 {
			t.Fatalf("%.0f days", age)
		}
	}
	if w := New(Options{Seed: 1, Since: today.AddDate(0, 0, -100), Now: today}); time.UnixMilli(w.Since).UTC().Weekday() != time.Monday {
		t.Fatal("a given Since is moved back to a Monday")
	}
}

func BenchmarkNew(b *testing.B) {
	for _, size := range []Size{Small, Medium, Large} {
		b.Run(size.String(), func(b *testing.B) {
			for b.Loop() {
				w := New(Options{Seed: 1, Size: size, Now: today})
				b.ReportMetric(float64(len(w.Items)), "items")
				b.ReportMetric(float64(len(w.Order)), "revisions")
			}
		})
	}
}
