package world

import (
	"testing"
	"time"
)

func TestTheSmallCompaniesHaveAHistoryOfTheirOwn(t *testing.T) {
	now := time.Date(2026, time.November, 20, 15, 0, 0, 0, time.UTC)
	lumen := New(Options{Seed: 1, Now: now, Since: now.AddDate(0, 0, -180)})
	ids := map[string]string{lumen.ID: lumen.Company()}
	for _, p := range lumen.People[1:] {
		ids[p.ID] = p.Name
	}
	for _, c := range []Company{QuaysideFreight, FischerHome, OpenCharts} {
		w := New(Options{Seed: 1, Now: now, Since: now.AddDate(0, 0, -180), Company: c})
		if len(w.Items) < 10 || len(w.Revisions) < 2*len(w.Items) {
			t.Errorf("%s: %d work items, %d revisions", c, len(w.Items), len(w.Revisions))
		}
		if len(w.Repositories()) == 0 || w.Company() != c.String() {
			t.Errorf("%s: %s, %d repositories", c, w.Company(), len(w.Repositories()))
		}
		for _, p := range w.People[1:] {
			if ids[p.ID] != "" {
				t.Errorf("%s has the id of %s", p.Name, ids[p.ID])
			}
			ids[p.ID] = p.Name
		}
	}
	if p := New(Options{Seed: 1, Now: now, Company: QuaysideFreight}).PersonByUPN("priya.nair@quayside.example"); p == nil || p.Kind != User {
		t.Errorf("%+v", p)
	}
}
