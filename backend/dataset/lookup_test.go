package dataset

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sightline/backend/fault"
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

// A name of a megabyte is refused at once, and its refusal can be read.
func TestAVeryLongNameIsRefusedSoonAndBriefly(t *testing.T) {
	long := strings.Repeat("Öpn bugs ", 1<<17)
	m := wholeModel()
	for place, query := range map[string]string{
		"a measure":             `{"values":["%s"]}`,
		"a column":              `{"values":["Open bugs"],"rows":["%s"]}`,
		"a column of a table":   `{"values":["Open bugs"],"rows":["Work items[%s]"]}`,
		"a filter":              `{"values":["Open bugs"],"filters":[{"field":"%s","values":[1]}]}`,
		"an aggregate":          `{"values":[{"field":"Size","aggregate":"%s"}]}`,
		"a grain":               `{"values":["Open bugs"],"rows":[{"field":"Dates[Date]","grain":"%s"}]}`,
		"an operator":           `{"values":["Open bugs"],"filters":[{"field":"State","op":"%s","values":[1]}]}`,
		"a sort":                `{"values":["Open bugs"],"rows":["State"],"sort":[{"by":"%s"}]}`,
		"a definition's name":   `{"define":[{"name":"%s","expression":"1"}],"values":["Open bugs"]}`,
		"a definition's format": `{"define":[{"name":"A","expression":"1","format":"%s"}],"values":["Open bugs"]}`,
	} {
		began := time.Now()
		_, err := resolve(t, m, strings.Replace(query, "%s", long, 1))
		took := time.Since(began)
		if r := fault.ReportOf(err); r.Code != fault.Invalid || len(r.Message) > 300 || !strings.Contains(r.Message, "…") || !utf8.ValidString(r.Message) || len(r.Hint) > 2000 {
			t.Errorf("%s: %s, a sentence of %d bytes: %.200s", place, r.Code, len(r.Message), r.Message)
		}
		if took > time.Second {
			t.Errorf("%s took %s", place, took)
		}
	}
}

// The nearest names are told for names up to 300 bytes.
func TestNearestNamesAreToldUpToALength(t *testing.T) {
	for length, told := range map[int]bool{300: true, 301: false} {
		_, err := resolve(t, model(), `{"values":["`+strings.Repeat("x", length)+`"]}`)
		if got := strings.HasPrefix(fault.ReportOf(err).Hint, "Did you mean"); got != told {
			t.Errorf("%d bytes: %v", length, err)
		}
	}
}
