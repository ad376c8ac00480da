package columns

import (
	"slices"
	"strings"
	"testing"

	"sightline/backend/dataset"
)

func TestAValueMeansTheMemberThatHasItElseThoseWithTheLabel(t *testing.T) {
	d := &domain{members: []dataset.Member{
		{Value: "anna@x", Label: "Anna Meyer"}, {Value: "Bugs", Label: "bugs"}, {Value: "straße", Label: "Straße"}, {Value: "Kelvin", Label: "300 \u212A"},
		{Value: true, Label: "Yes"}, {Value: "ſ", Label: "long s"}, {Label: "Unassigned"}, {Label: "(Blank)"}, {Value: "(blank)", Label: "odd"},
		{Value: "anna meyer", Label: "Anna Meyer from elsewhere"}, {Value: `Web\Shop`, Label: "Shop"}, {Value: `App\Shop`, Label: "Shop"}, {Value: "Shop", Label: "Shop"},
	}}
	for _, v := range []any{nil, "", "ANNA@X", "anna meyer", "BUGS", "STRASSE", "straße", "KELVIN", "300 k", "yes", true, false, "S", "unassigned", "(Blank)", "(blank)", "(BLANK)", "nobody", "shop", `web\shop`, 1.0} {
		var want []uint32
		for i := range d.members {
			if v != 1.0 && isMember(&d.members[i], v) {
				want = append(want, uint32(i))
			}
		}
		if slices.ContainsFunc(want, func(i uint32) bool { return hasValue(&d.members[i], v) }) {
			want = slices.DeleteFunc(want, func(i uint32) bool { return !hasValue(&d.members[i], v) && v != dataset.Blank })
		}
		got := slices.Compact(slices.Sorted(slices.Values(d.find(v))))
		if !slices.Equal(got, want) {
			t.Errorf("%v finds %v, want %v", v, got, want)
		}
		if v == 1.0 {
			continue
		}
		listed := listing(dataset.ResolvedFilter{Op: dataset.In, Values: []any{"somebody else", v}})
		for i := range d.members {
			if got, want := listed(&d.members[i]), isMember(&d.members[i], v); got != want {
				t.Errorf("%v among the values lists %v: %t, want %t", v, d.members[i], got, want)
			}
		}
	}
}

// hasValue is whether the text is the member's value and not just its label.
func hasValue(m *dataset.Member, v any) bool {
	s, text := v.(string)
	value, isText := m.Value.(string)
	return text && isText && strings.EqualFold(value, s)
}

// isMember is what a value of a filter means: a member's value or its label, whatever the case of the letters.
func isMember(m *dataset.Member, v any) bool {
	if v == nil || m.Value == nil {
		s, _ := v.(string)
		return m.Value == nil && (v == nil || strings.EqualFold(s, m.Label) || s == dataset.Blank)
	}
	if b, ok := m.Value.(bool); ok {
		return v == b
	}
	s, _ := v.(string)
	value, _ := m.Value.(string)
	return strings.EqualFold(value, s) || strings.EqualFold(m.Label, s)
}
