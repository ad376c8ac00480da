package columns

import (
	"cmp"
	"slices"
	"strings"

	"sightline/backend/dataset"
)

// listing tells whether a member is one of the values of a filter, however many these are: by value or label whatever the
// case of its letters, or of an exact filter by the value alone.
func listing(f dataset.ResolvedFilter) func(*dataset.Member) bool {
	values := make(map[any]bool, len(f.Values))
	for _, v := range f.Values {
		if s, ok := v.(string); ok {
			v = spelled(s, f.Exact)
		}
		values[v] = true
	}
	if f.Exact {
		return func(m *dataset.Member) bool {
			if s, ok := m.Value.(string); ok {
				return values[spelled(s, true)]
			}
			return values[m.Value]
		}
	}
	blank := values[nil] || slices.Contains(f.Values, any(dataset.Blank))
	return func(m *dataset.Member) bool {
		switch v := m.Value.(type) {
		case nil:
			return blank || values[foldCase(m.Label)]
		case bool:
			return values[v]
		case string:
			return values[foldCase(v)] || values[foldCase(m.Label)]
		}
		return values[foldCase(m.Label)]
	}
}

// spelled writes a text as members are told apart, which have different values when these differ in more than case, or
// as they are named, which goes by strings.EqualFold.
func spelled(s string, exact bool) string {
	if exact {
		return strings.ToLower(s)
	}
	return foldCase(s)
}

// extent is the numbers from low to high, both included.
type extent struct{ low, high float64 }

// union joins extents that meet and puts them in order; those without a number are left out.
func union(lows, highs []float64) []extent {
	var all, out []extent
	for i := range lows {
		if lows[i] <= highs[i] {
			all = append(all, extent{lows[i], highs[i]})
		}
	}
	slices.SortFunc(all, func(a, b extent) int { return cmp.Compare(a.low, b.low) })
	for _, s := range all {
		if n := len(out); n > 0 && s.low <= out[n-1].high {
			out[n-1].high = max(out[n-1].high, s.high)
			continue
		}
		out = append(out, s)
	}
	return out
}
