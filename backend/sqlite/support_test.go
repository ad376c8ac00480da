package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/sqlite"
)

var options = sqlite.DatasetOptions{Name: "Fabrikam", Organization: "fabrikam", URL: "https://dev.azure.com/fabrikam",
	TimeZone: "Europe/Berlin", WeekStart: time.Monday, Clock: func() time.Time { return epoch.AddDate(3, 0, 0) }}

// seeds is how many random worlds a test tries: the detector of races makes each of them ten times as slow.
func seeds(n int) uint64 {
	if raceEnabled {
		return 1
	}
	return uint64(n)
}

func open(t testing.TB, path string) *sqlite.Dataset {
	t.Helper()
	d, err := sqlite.OpenDataset(context.Background(), path, options)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

func openNew(t testing.TB) *sqlite.Dataset {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "data.sightline"))
}

func commit(t testing.TB, d *sqlite.Dataset, batches ...devops.Batch) {
	t.Helper()
	for _, b := range batches {
		if _, err := d.Commit(context.Background(), b); err != nil {
			t.Fatalf("commit: %v", err)
		}
	}
}

func read(t testing.TB, d *sqlite.Dataset) dataset.Reading {
	t.Helper()
	r, err := d.Read(context.Background())
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func dump(t testing.TB, d *sqlite.Dataset) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.Dump(&b); err != nil {
		t.Fatalf("dump: %v", err)
	}
	return b.String()
}

// wantFault checks the code and that a person gets two whole sentences.
func wantFault(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v (%s), want %s", err, fault.CodeOf(err), code)
	}
	if r := fault.ReportOf(err); code != fault.Canceled && (r.Message == "" || r.Hint == "" || !strings.HasSuffix(r.Message, ".")) {
		t.Errorf("no sentences for a person: %+v", r)
	}
}

func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func numberText(v *float64) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprint(*v)
}

func floatText(v float64) string {
	if math.IsNaN(v) {
		return "null"
	}
	return fmt.Sprint(v)
}

// flatReading turns a reading into rows with names.
type flatReading struct {
	r                                dataset.Reading
	projects, types, states          map[int32]string
	areas, iterations, people, texts map[int32]string
	tags                             map[int32]string
}

func flatten(r dataset.Reading) *flatReading {
	f := &flatReading{r: r, projects: map[int32]string{}, types: map[int32]string{}, states: map[int32]string{}, areas: map[int32]string{},
		iterations: map[int32]string{}, people: map[int32]string{}, texts: map[int32]string{}, tags: map[int32]string{}}
	for _, p := range r.Projects() {
		f.projects[p.ID] = strings.ToLower(p.GUID)
	}
	for _, v := range r.Types() {
		f.types[v.ID] = v.Name
	}
	for _, v := range r.States() {
		f.states[v.ID] = v.Name
	}
	for _, v := range r.Areas() {
		f.areas[v.ID] = v.Path
	}
	for _, v := range r.Iterations() {
		f.iterations[v.ID] = v.Path
	}
	for _, v := range r.People() {
		f.people[v.ID] = strings.ToLower(v.Address)
	}
	for _, v := range r.Severities() {
		f.texts[v.ID] = v.Text
	}
	for _, v := range r.TagSets() {
		f.tags[v.ID] = strings.Join(v.Tags, "|")
	}
	return f
}

func (f *flatReading) facts(x *dataset.Facts) flatFacts {
	return flatFacts{ID: int(x.ID), Rev: int(x.Rev), Project: f.projects[x.Project], Type: f.types[x.Type], State: f.states[x.State],
		Area: f.areas[x.Area], Iteration: f.iterations[x.Iteration], Assigned: f.people[x.Assigned], Severity: f.texts[x.Severity], Tags: f.tags[x.TagSet],
		Priority: floatText(x.Priority), StoryPoints: floatText(x.StoryPoints), Remaining: floatText(x.RemainingWork)}
}

func (f *flatReading) items(t testing.TB) []flatItem {
	t.Helper()
	var out []flatItem
	err := f.r.Items(func(x *dataset.ItemRow) error {
		out = append(out, flatItem{flatFacts: f.facts(&x.Facts), Title: string(x.Title), Reason: x.Reason, CreatedBy: f.people[x.CreatedBy],
			ChangedBy: f.people[x.ChangedBy], Created: x.Created, Changed: x.Changed, Activated: x.Activated, Resolved: x.Resolved, Closed: x.Closed,
			StateChanged: x.StateChanged, TargetAt: x.Target, Parent: int(x.Parent), Comments: int(x.Comments)})
		return nil
	})
	if err != nil {
		t.Fatalf("items: %v", err)
	}
	return out
}

func (f *flatReading) spans(t testing.TB) []flatRevision {
	t.Helper()
	var out []flatRevision
	err := f.r.Revisions(func(x *dataset.RevisionRow) error {
		out = append(out, flatRevision{flatFacts: f.facts(&x.Facts), From: x.From, To: x.To, ChangedBy: f.people[x.ChangedBy]})
		return nil
	})
	if err != nil {
		t.Fatalf("revisions: %v", err)
	}
	return out
}

// commitFault drops what a Commit changed.
func commitFault(_ devops.Changes, err error) error { return err }
