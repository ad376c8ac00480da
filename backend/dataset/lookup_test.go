package dataset

import (
	"strings"
	"testing"
)

func TestABareNameIsThatOfTheTableThatTheValuesAreOver(t *testing.T) {
	m := wholeModel()
	for query, want := range map[string]FieldRef{
		`{"values":["Open bugs"],"rows":["State"]}`:                                            State,
		`{"values":["Work items","Bugs closed"],"filters":[{"field":"State","values":["x"]}]}`: State,
		`{"values":["Tests"],"rows":["State"]}`:                                                TestRunState,
		`{"values":[{"field":"Test runs[Total]","aggregate":"sum"}],"rows":["State"]}`:         TestRunState,
		`{"values":[{"field":"work items[Id]","aggregate":"count"}],"rows":["state"]}`:         State,
	} {
		r, err := resolve(t, m, query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		got := FieldRef("")
		if len(r.Rows) > 0 {
			got = r.Rows[0].Column.Ref()
		} else {
			got = r.Filters[0].Column.Ref()
		}
		if got != want {
			t.Errorf("%s means %s, want %s", query, got, want)
		}
	}
	for _, query := range []string{`{"rows":["State"]}`, `{"values":["Open bugs","Tests"],"rows":["State"]}`} {
		if _, err := resolve(t, m, query); err == nil || !strings.Contains(err.Error(), "several tables") {
			t.Errorf("%s: %v", query, err)
		}
	}
}
