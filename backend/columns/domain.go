package columns

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/dataset"
)

// domain is the set of members of a dictionary-coded column, in their natural order, and where each
// code stands in it. (Blank) is the last member.
type domain struct {
	members []dataset.Member
	of      []uint32 // member of each code
	many    [][]uint32
	index   memberIndex
}

// entry is a member before it has its place: codes with the same value become one member.
type entry struct {
	member dataset.Member
	order  []float64 // compared first, one after the other
	text   string    // then this, ignoring case
}

// newDomain orders the entries; entries[c] belongs to code c.
func newDomain(entries []entry) *domain {
	d := &domain{of: make([]uint32, len(entries))}
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareEntries(&entries[a], &entries[b]) })
	at := map[any]uint32{}
	for _, i := range order {
		key := entries[i].member.Value
		if s, ok := key.(string); ok {
			key = strings.ToLower(s)
		}
		if p, ok := at[key]; ok {
			d.of[i] = p
			continue
		}
		d.of[i] = uint32(len(d.members))
		at[key] = d.of[i]
		d.members = append(d.members, entries[i].member)
	}
	return d
}

func compareEntries(a, b *entry) int {
	if blank := cmp.Compare(boolInt(a.member.Value == nil), boolInt(b.member.Value == nil)); blank != 0 {
		return blank
	}
	if c := slices.Compare(a.order, b.order); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(strings.ToLower(a.text), strings.ToLower(b.text)), cmp.Compare(a.text, b.text))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// textEntry is a member whose value is its label; the empty text is (Blank).
func textEntry(s string, order ...float64) entry {
	if s == "" {
		return blankEntry(dataset.Blank)
	}
	return entry{member: dataset.Member{Value: s, Label: s}, order: order, text: s}
}

func blankEntry(label string) entry { return entry{member: dataset.Member{Label: label}} }

func numberEntry(x float64) entry {
	if math.IsNaN(x) {
		return blankEntry(dataset.Blank)
	}
	return entry{member: numberMember(x), order: []float64{x}}
}

func numberMember(x float64) dataset.Member {
	if math.IsNaN(x) {
		return dataset.Member{Label: dataset.Blank}
	}
	return dataset.Member{Value: x, Label: strconv.FormatFloat(x, 'f', -1, 64)}
}

func dayMember(d dataset.Day) dataset.Member {
	if d == noDay {
		return dataset.Member{Label: dataset.Blank}
	}
	return dataset.Member{Value: d.String(), Label: d.PeriodLabel(dataset.GrainDay), Start: d.String(), End: d.String()}
}

// manyDomain is the domain of a column under several of whose members an item stands: lists[c] are the
// texts of code c.
func manyDomain(lists [][]string, member func(string) dataset.Member) *domain {
	var texts []string
	seen := map[string]bool{}
	for _, list := range lists {
		for _, t := range list {
			if !seen[strings.ToLower(t)] {
				seen[strings.ToLower(t)] = true
				texts = append(texts, t)
			}
		}
	}
	slices.SortFunc(texts, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
	})
	d := &domain{many: make([][]uint32, len(lists))}
	at := map[string]uint32{}
	for i, t := range texts {
		at[strings.ToLower(t)] = uint32(i)
		d.members = append(d.members, member(t))
	}
	blank := uint32(len(texts))
	d.members = append(d.members, dataset.Member{Label: dataset.Blank})
	for c, list := range lists {
		for _, t := range list {
			if m := at[strings.ToLower(t)]; !slices.Contains(d.many[c], m) {
				d.many[c] = append(d.many[c], m)
			}
		}
		if len(list) == 0 {
			d.many[c] = []uint32{blank}
		}
	}
	return d
}

// blank is the member (Blank), which a dictionary with a none at code 0 has.
func (d *domain) blank() uint32 {
	if n := len(d.members); n > 0 && d.members[n-1].Value == nil {
		return uint32(n - 1)
	}
	return noSlot
}

// passing makes the look-up table of the codes any of whose members is in the list.
func (d *domain) passing(ok []bool) []uint8 {
	if d.many == nil {
		table := make([]uint8, len(d.of))
		for c, m := range d.of {
			table[c] = uint8(boolInt(ok[m]))
		}
		return table
	}
	table := make([]uint8, len(d.many))
	for c, ms := range d.many {
		for _, m := range ms {
			table[c] |= uint8(boolInt(ok[m]))
		}
	}
	return table
}
