package columns

import "sightline/backend/dataset"

// personEntries are the people by address, those without one by name; none labels nobody. A name that others have too
// tells nobody apart: then the value carries the identity behind the name, as Azure DevOps writes it itself.
func personEntries(people []dataset.PersonRow, none string) []entry {
	called := map[string]int{foldCase(dataset.Unassigned): 1, foldCase(dataset.Blank): 1}
	type unlisted struct{ name, identity string }
	seen := map[unlisted]bool{}
	for _, p := range people {
		who := unlisted{foldCase(p.Name), p.Identity}
		if p.Address == "" {
			if seen[who] {
				continue // one person, because nothing tells the two apart
			}
			seen[who] = true
		}
		if p.Name != "" {
			called[who.name]++
		}
	}
	return entriesOf(people, func(p dataset.PersonRow) entry {
		value, label, detail := p.Address, p.Name, p.Address
		switch {
		case value == "" && label == "":
			return blankEntry(none)
		case label == "":
			label = value
		case value == "" && called[foldCase(label)] == 1:
			value = label
		case value == "":
			detail = p.Identity
			if detail == "" {
				detail = "no id"
			}
			value = label + " <" + detail + ">"
		}
		return entry{member: dataset.Member{Value: value, Label: label, Detail: detail}, text: label + "\x00" + value}
	})
}
