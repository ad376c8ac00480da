package dataset

import (
	"slices"
	"testing"
)

func TestOnlyDefinitionsThatAQueryUsesGoAlong(t *testing.T) {
	defs := []Definition{
		{Name: "Rate", Expression: "[Closed] / [Net]"}, {Name: "Net", Expression: "[Created] - [Closed]"}, {Name: "Broken", Expression: "[["},
		{Name: "Round", Expression: "[Other way]"}, {Name: "Other way", Expression: "[Round]"}, {Name: "State", Expression: "1"},
	}
	for name, tc := range map[string]struct {
		query string
		want  []string
	}{
		"nothing":         {`{"values": ["Open bugs"]}`, nil},
		"with its parts":  {`{"values": ["[rate]"]}`, []string{"Rate", "Net"}},
		"by a filter":     {`{"values": ["Open bugs"], "filters": [{"field": "State", "op": "top", "values": [3], "by": "Net"}]}`, []string{"Net"}},
		"by a value's":    {`{"values": [{"measure": "Open bugs", "filters": [{"field": "State", "op": "top", "values": [3], "by": "Net"}]}]}`, []string{"Net"}},
		"in a circle":     {`{"values": ["Round"]}`, []string{"Round", "Other way"}},
		"broken":          {`{"values": ["Broken"]}`, []string{"Broken"}},
		"of the query":    {`{"values": ["Rate"], "define": [{"name": "net", "expression": "[Closed]"}]}`, []string{"net", "Rate"}},
		"used by its own": {`{"values": ["Mine"], "define": [{"name": "Mine", "expression": "[Net] * 2"}]}`, []string{"Mine", "Net"}},
	} {
		q, err := DecodeQuery([]byte(tc.query))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range Needed(q, defs) {
			got = append(got, d.Name)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
