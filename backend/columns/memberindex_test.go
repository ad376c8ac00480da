package columns

import (
	"slices"
	"testing"

	"sightline/backend/dataset"
)

func TestMembersAreFoundAsOneComparisonAfterTheOtherFindsThem(t *testing.T) {
	d := &domain{members: []dataset.Member{
		{Value: "anna@x", Label: "Anna Meyer"}, {Value: "Bugs", Label: "bugs"}, {Value: "straße", Label: "Straße"}, {Value: "Kelvin", Label: "300 \u212A"},
		{Value: true, Label: "Yes"}, {Value: "ſ", Label: "long s"}, {Label: "Unassigned"}, {Label: "(Blank)"}, {Value: "(blank)", Label: "odd"},
	}}
	for _, v := range []any{nil, "", "ANNA@X", "anna meyer", "BUGS", "STRASSE", "straße", "KELVIN", "300 k", "yes", true, false, "S", "unassigned", "(Blank)", "(blank)", "(BLANK)", "nobody", 1.0} {
		var want []uint32
		for i := range d.members {
			if v != 1.0 && isMember(&d.members[i], v) {
				want = append(want, uint32(i))
			}
		}
		got := slices.Compact(slices.Sorted(slices.Values(d.find(v))))
		if !slices.Equal(got, want) {
			t.Errorf("%v finds %v, want %v", v, got, want)
		}
	}
}
