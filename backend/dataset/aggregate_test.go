package dataset

import "testing"

func TestEveryHundredthIsAPercentile(t *testing.T) {
	for a, want := range map[Aggregate]float64{"p1": 0.01, "p50": 0.5, Median: 0.5, P85: 0.85, P95: 0.95, "p99": 0.99} {
		if got, ok := a.Percentile(); !ok || got != want {
			t.Errorf("%s is %v %v", a, got, ok)
		}
	}
	for _, a := range []Aggregate{"", Sum, "p", "p0", "p100", "p07", "p+7", "p1.5", "P85"} {
		if got, ok := a.Percentile(); ok {
			t.Errorf("%q is %v", a, got)
		}
	}
	for a, want := range map[Aggregate]string{"p1": "1st percentile of", "p2": "2nd percentile of", "p13": "13th percentile of", "p93": "93rd percentile of", Median: "Median of", P90: "90th percentile of", "mode": ""} {
		if got := a.heading(); got != want {
			t.Errorf("%s is headed %q", a, got)
		}
	}
	r := mustResolve(t, `{"values": [{"field": "Work items[Lead time days]", "aggregate": "p75"}]}`)
	if v := r.Values[0]; v.Info.Name != "75th percentile of Lead time days" || v.Info.Unit != "days" || v.Info.Format != "days" {
		t.Errorf("%+v", v.Info)
	}
}
