package sqlite_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sightline/backend/devops"
	"sightline/backend/sqlite"
)

// same compares what a dataset hands out with what the model says.
func same(t *testing.T, d *sqlite.Dataset, m *model) {
	t.Helper()
	f := flatten(read(t, d))
	sameRows(t, "items", f.items(t), m.items())
	sameRows(t, "revisions", f.spans(t), m.spans())
}

func sameRows[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("%s, row %d:\n got %+v\nwant %+v", what, i, got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d %s, want %d", len(got), what, len(want))
	}
}

func TestReadingAgreesWithAPlainModel(t *testing.T) {
	for seed := range seeds(4) {
		d, m := openNew(t), newModel()
		for _, b := range makeWorld(seed, 900, 100).batches {
			commit(t, d, b)
			m.apply(b)
		}
		same(t, d, m)
	}
}

func TestAnyOrderAndRepetitionGivesTheSameDataset(t *testing.T) {
	for seed := range seeds(4) {
		w := makeWorld(seed, 600, 50)
		straight, m := openNew(t), newModel()
		for _, b := range w.batches {
			commit(t, straight, b)
			m.apply(b)
		}
		want := dump(t, straight)

		// The same revisions and links, shuffled one by one, many twice, cut into other pages; the rest
		// of the schema comes somewhere in the middle.
		random := rand.New(rand.NewPCG(seed, 99))
		var revisions []devops.Revision
		var links []devops.Link
		for _, b := range w.batches[1:] {
			revisions, links = append(revisions, b.Revisions...), append(links, b.Links...)
		}
		for range len(revisions) / 3 {
			revisions = append(revisions, revisions[random.IntN(len(revisions))])
			links = append(links, links[random.IntN(len(links))])
		}
		random.Shuffle(len(revisions), func(i, j int) { revisions[i], revisions[j] = revisions[j], revisions[i] })
		random.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
		shuffled := []devops.Batch{}
		for page := range slices.Chunk(revisions, 37) {
			shuffled = append(shuffled, devops.Batch{Revisions: page})
		}
		for page := range slices.Chunk(links, 11) {
			shuffled = append(shuffled, devops.Batch{Links: page})
		}
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		shuffled = slices.Insert(shuffled, len(shuffled)/2, w.batches[0])

		other := openNew(t)
		commit(t, other, shuffled...)
		same(t, other, m)
		if got := dump(t, other); got != want {
			t.Fatalf("seed %d: the dumps differ: %s", seed, firstDifference(got, want))
		}
	}
}

func TestReplayingEveryBatchChangesNothing(t *testing.T) {
	w := makeWorld(7, 600, 60)
	d := openNew(t)
	commit(t, d, w.batches...)
	want := dump(t, d)
	for _, b := range w.batches {
		commit(t, d, b, b)
	}
	if got := dump(t, d); got != want {
		t.Fatal(firstDifference(got, want))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "\n got " + g[i] + "\nwant " + w[i]
		}
	}
	return "one has more lines"
}
