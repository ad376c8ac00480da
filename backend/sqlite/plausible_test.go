package sqlite_test

import (
	"math"
	"slices"
	"testing"

	"sightline/backend/dataset"
	"sightline/backend/devops"
)

// Numbers that people type are handed out up to the largest plausible one, and as blank beyond it.
func TestNumbersBeyondThePlausibleAreReadAsBlank(t *testing.T) {
	for name, tc := range map[string]struct{ stored, read float64 }{
		"the largest":       {1e12, 1e12},
		"the smallest":      {-1e12, -1e12},
		"above the largest": {math.Nextafter(1e12, 2e12), math.NaN()},
		"below":             {math.Nextafter(-1e12, -2e12), math.NaN()},
		"a slip of typing":  {1e17, math.NaN()},
		"nearly infinite":   {1.7e308, math.NaN()},
	} {
		t.Run(name, func(t *testing.T) {
			d := openNew(t)
			score := devops.Field{ReferenceName: "Custom.Score", Name: "Score", Type: "double", Custom: true}
			commit(t, d, schemaBatch(), devops.Batch{Fields: []devops.Field{score}}, revisions(revision(1, 1, func(r *devops.Revision) {
				r.Priority, r.StoryPoints, r.Effort, r.Size = number(tc.stored), number(tc.stored), number(tc.stored), number(5)
				r.OriginalEstimate, r.RemainingWork, r.CompletedWork = number(tc.stored), number(tc.stored), number(tc.stored)
				r.BusinessValue, r.Other = number(tc.stored), map[string]any{"Custom.Score": tc.stored}
			})))
			r := read(t, d)
			fields := r.Fields()
			check := func(what string, got float64) {
				if got != tc.read && !(math.IsNaN(got) && math.IsNaN(tc.read)) {
					t.Errorf("%s: %g is read as %g", what, tc.stored, got)
				}
			}
			facts := func(f *dataset.Facts, fields []dataset.FieldRow, values []int64) {
				for _, x := range []float64{f.Priority, f.StoryPoints, f.Effort, f.OriginalEstimate, f.RemainingWork, f.CompletedWork} {
					check("a number of a work item", x)
				}
				if f.Size != 5 {
					t.Errorf("the size beside them is %g", f.Size)
				}
				for _, name := range []string{"Microsoft.VSTS.Common.BusinessValue", "Custom.Score"} {
					at := slices.IndexFunc(fields, func(f dataset.FieldRow) bool { return f.ReferenceName == name })
					check(name, math.Float64frombits(uint64(values[at])))
				}
			}
			must(t, r.Items(func(x *dataset.ItemRow) error { facts(&x.Facts, fields, x.Fields); return nil }))
			must(t, r.Revisions(func(x *dataset.RevisionRow) error { facts(&x.Facts, withHistory(fields), x.Fields); return nil }))
		})
	}
}
