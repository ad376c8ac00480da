package columns

import (
	"testing"
	"time"

	_ "time/tzdata"

	"sightline/backend/dataset"
)

func TestEveryInstantLiesOnTheDayItsClocksShow(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
		"America/Sao_Paulo", // midnight of 2018-11-04 does not exist
		"Africa/Cairo",      // nor that of 2024-04-26
		"America/Havana",    // midnight of 2024-11-03 comes twice
		"Pacific/Apia",      // has no 2011-12-30
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		first, last := time.Date(2011, 6, 1, 0, 0, 0, 0, zone).UnixMilli(), time.Date(2025, 1, 1, 0, 0, 0, 0, zone).UnixMilli()
		c := newCalendar(zone, time.Sunday, first+90*millisADay, last-90*millisADay) // both ends lie beyond its table
		for ms := first; ms < last; ms += 20 * 60 * 1000 {
			if got, want := c.day(ms), dataset.DayOf(time.UnixMilli(ms).In(zone)); got != want {
				t.Errorf("%s: %s is put on %s", name, time.UnixMilli(ms).In(zone), got)
				break
			}
		}
	}
}

func TestDaysOfAChangeOfClocksHave23And25Hours(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c := newCalendar(zone, time.Sunday, time.Date(2024, 1, 1, 0, 0, 0, 0, zone).UnixMilli(), time.Date(2024, 12, 31, 0, 0, 0, 0, zone).UnixMilli())
	for day, hours := range map[string]int64{"2024-03-31": 23, "2024-10-27": 25, "2024-07-01": 24} {
		d, ok := dataset.ParseDays(day, 0)
		if got := c.start(d.First+1) - c.start(d.First); !ok || got != hours*3600*1000 {
			t.Errorf("%s lasts %d ms", day, got)
		}
	}
}

func TestPercentileSelectsWhatSortingFinds(t *testing.T) {
	for _, c := range []struct {
		xs   []float64
		p    float64
		want float64
	}{
		{[]float64{7}, 0.85, 7}, {[]float64{20, 10}, 0.5, 15}, {[]float64{40, 10, 20}, 0.5, 20}, {[]float64{40, 10, 20}, 0.9, 36},
		{[]float64{80, 40, 10, 20}, 0.8, 56}, {[]float64{3, 3, 3, 3}, 0.95, 3}, {[]float64{2, 1}, 0, 1}, {[]float64{2, 1}, 1, 2},
	} {
		if got := percentile(append([]float64(nil), c.xs...), c.p); got < c.want-1e-12 || got > c.want+1e-12 {
			t.Errorf("percentile %v of %v: %v, want %v", c.p, c.xs, got, c.want)
		}
	}
}

// every measure that the model declares must be computed, and nothing else.
func TestEveryMeasureOfTheModelHasItsCalculation(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range dataset.BuildModel(emptyReading{}).Measures {
		if _, ok := calculations[m.Name]; !ok {
			t.Errorf("%s is declared but not computed", m.Name)
		}
		seen[m.Name] = true
		timing := calculations[m.Name].bases[0].timing
		events := timing.event() || timing == inWindow || timing == whileSpent || timing == whileSnapshot
		if (m.OverTime == dataset.OverTimeEvents) != events {
			t.Errorf("%s says it is %q over time", m.Name, m.OverTime)
		}
	}
	for name := range calculations {
		if !seen[name] {
			t.Errorf("%s is computed but not declared", name)
		}
	}
}

type emptyReading struct{ dataset.Reading }

func (emptyReading) Info() dataset.Info              { return dataset.Info{} }
func (emptyReading) Projects() []dataset.ProjectRow  { return nil }
func (emptyReading) Areas() []dataset.NodeRow        { return nil }
func (emptyReading) Iterations() []dataset.NodeRow   { return nil }
func (emptyReading) Types() []dataset.TypeRow        { return nil }
func (emptyReading) Fields() []dataset.FieldRow      { return nil }
func (emptyReading) FactTables() []dataset.FactTable { return nil }
