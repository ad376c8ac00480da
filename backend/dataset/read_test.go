package dataset

import (
	"encoding/json"
	"strings"
	"testing"

	"sightline/backend/fault"
)

func TestFiltersAreReadAsTheyAreWritten(t *testing.T) {
	m := model()
	for text, want := range map[string]string{
		`Priority=1`:                                 `[{"field":"Work items[Priority]","op":"in","values":["1"]}]`,
		`Work items[State]=In Progress`:              `[{"field":"Work items[State]","op":"in","values":["In Progress"]}]`,
		`[State] = New`:                              `[{"field":"Work items[State]","op":"in","values":["New"]}]`,
		`assignee=(Blank)`:                           `[{"field":"Work items[Assigned to]","op":"in","values":[null]}]`,
		`Area path=Lumen\Web`:                        `[{"field":"Areas[Area path]","op":"in","values":["Lumen\\Web"]}]`,
		`[State] = "New"`:                            `[{"field":"Work items[State]","op":"in","values":["New"]}]`,
		`Work items[State] IN {"New", BLANK()}`:      `[{"field":"Work items[State]","op":"in","values":["New",null]}]`,
		`[Priority] >= 2 && NOT ISBLANK([Severity])`: `[{"field":"Work items[Priority]","op":"\u003e=","values":[2]},{"field":"Work items[Severity]","op":"isNotBlank"}]`,
		`LAST(Dates[Date], 4, "week")`:               `[{"field":"Dates[Date]","op":"last","values":[4,"week"]}]`,
		`TOP([Area path], 5, [Open bugs])`:           `[{"field":"Areas[Area path]","op":"top","values":[5],"by":{"measure":"Open bugs"}}]`,
	} {
		got, err := m.ReadFilter(text)
		if b, _ := json.Marshal(got); err != nil || string(b) != want {
			t.Errorf("%s: %s %v", text, b, err)
		}
	}
	for text, says := range map[string]string{"Nowhere=1": "no meaning", `[Nowhere] = "1"`: "Line 1, column 1: There is no column Nowhere", "": "empty", "[State]": "filter is needed", `TOP([State], 2, 3)`: "takes a measure", `[State] = "a" || [State] = "b"`: "joined"} {
		if _, err := m.ReadFilter(text); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestValuesAreReadAsTheyAreWritten(t *testing.T) {
	m := model()
	defs := []Definition{{Name: "Mine", Expression: "1"}}
	for text, want := range map[string]struct {
		value, definition string
	}{
		"Open bugs":                        {`{"measure":"Open bugs"}`, "null"},
		"[M1]":                             {`{"measure":"[M1]"}`, "null"},
		"mine":                             {`{"measure":"mine"}`, "null"},
		"SUM(Work items[Story points])":    {`{"field":"Work items[Story points]","aggregate":"sum"}`, "null"},
		"percentile([Lead time days],0.3)": {`{"field":"Work items[Lead time days]","aggregate":"p30"}`, "null"},
		"[Bugs closed] / [Bugs created]":   {`{"measure":"Bugs closed / Bugs created"}`, `{"name":"Bugs closed / Bugs created","expression":"[Bugs closed] / [Bugs created]"}`},
		"ABS([Mine])":                      {`{"measure":"ABS(Mine)"}`, `{"name":"ABS(Mine)","expression":"ABS([Mine])"}`},
		`CALCULATE(SUM([Size]), [Id] = 1)`: {`{"measure":"CALCULATE(SUM(Size), Id = 1)"}`, `{"name":"CALCULATE(SUM(Size), Id = 1)","expression":"CALCULATE(SUM([Size]), [Id] = 1)"}`},
	} {
		v, d, err := m.ReadValue(text, defs)
		value, _ := json.Marshal(v)
		definition, _ := json.Marshal(d)
		if err != nil || string(value) != want.value || string(definition) != want.definition {
			t.Errorf("%s: %s %s %v", text, value, definition, err)
		}
	}
	for text, says := range map[string]string{"Open bug": "no measure Open bug", "([Open bugs]": "bracket", "SUM([State])": "no quantities", "": "no measure"} {
		if _, _, err := m.ReadValue(text, defs); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
