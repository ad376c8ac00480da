package columns_test

import (
	"fmt"
	"maps"
	"slices"

	"sightline/backend/dataset"
)

const otherKey = "|the others"

// flattenOther is flatten with the row of what Top cut off under a key of its own.
func flattenOther(r dataset.Result) (rows, parts map[string][]float64) {
	rows, parts = map[string][]float64{}, map[string][]float64{}
	for _, row := range r.Rows {
		key := keyIn(r.Dimensions, row)
		if len(row.Keys) > 0 && r.Dimensions[0].Members[row.Keys[0]].Other {
			key = otherKey + keyIn(r.Dimensions[1:], dataset.Row{Keys: row.Keys[1:]})
		}
		rows[key], parts[key] = plain(row.Values), plain(row.Parts)
	}
	return rows, parts
}

// cutOff takes out of what is wanted the rows that Top cuts off, or gathers them under one key, and tells when another
// number of them was cut off, or one with a larger value than one that is shown.
func cutOff(q dataset.Query, r dataset.Result, rows map[string][]float64, want *slowAnswer) (wrong []string) {
	if q.Top == 0 {
		return nil
	}
	group := func(key string) string { return firstGroups(key, len(q.Rows)) }
	kept, cut := map[string]bool{}, map[string]bool{}
	sizes := maps.Clone(want.rows)
	if len(q.Columns) > 0 {
		sizes = want.rowTotals
	}
	for key := range rows {
		kept[group(key)] = true
	}
	for key, xs := range want.rows {
		g := group(key)
		if kept[g] {
			continue
		}
		cut[g] = true
		delete(want.rows, key)
		if q.Others {
			rest := otherKey + key[len(g):]
			sum := want.rows[rest]
			if sum == nil {
				sum = make([]float64, len(xs))
			}
			for i, x := range xs {
				sum[i] += x
			}
			want.rows[rest] = sum
		}
	}
	if len(cut) != r.Truncated {
		wrong = append(wrong, fmt.Sprintf("%d rows are cut off, Truncated says %d", len(cut), r.Truncated))
	}
	if groups := len(kept) - boolCount(kept[otherKey]); len(cut) > 0 && groups != q.Top {
		wrong = append(wrong, fmt.Sprintf("%d rows are shown, want %d", groups, q.Top))
	}
	by := slices.IndexFunc(q.Values, func(v dataset.Value) bool {
		return len(q.Sort) > 0 && (v.Name == q.Sort[0].By || v.Name == "" && v.Measure == q.Sort[0].By)
	})
	if by < 0 || !q.Sort[0].Descending {
		return wrong
	}
	for k := range kept {
		for c := range cut {
			if sizes[k] != nil && sizes[c] != nil && sizes[c][by] > sizes[k][by]+1e-9 {
				wrong = append(wrong, fmt.Sprintf("%q with %v is cut off and %q with %v is shown", c, sizes[c][by], k, sizes[k][by]))
			}
		}
	}
	return wrong
}

// firstGroups is the part of a key that names its first groups.
func firstGroups(key string, n int) string {
	if n == 0 {
		return key
	}
	for i := 1; i < len(key); i++ {
		if key[i] == '|' {
			if n--; n == 0 {
				return key[:i]
			}
		}
	}
	return key
}
