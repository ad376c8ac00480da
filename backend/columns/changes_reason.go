package columns

import (
	"sightline/backend/dataset"
)

// explain puts an item that adds another amount than before into the part of its reason.
func (c *changes) explain(item int32) {
	before, after := c.ends[0].amounts[item], c.ends[1].amounts[item]
	if before == nil && after == nil || before != nil && after != nil && *before == *after {
		return
	}
	kind, field := c.reason(item, before != nil, after != nil)
	key := changeKey{kind, field}
	part := c.parts[key]
	if part == nil {
		part = &dataset.ChangePart{Kind: kind, Field: field}
		c.parts[key] = part
	}
	change := dataset.ItemChange{ID: c.g.items.id[item], Title: c.g.items.titles.at(item), Before: before, After: after}
	if before != nil {
		part.Delta -= *before
	}
	if after != nil {
		part.Delta += *after
	}
	if field != "" {
		change.Was, change.Is = c.label(0, field, item), c.label(1, field, item)
	}
	part.Items = append(part.Items, change)
}

// reason says why an item counts at one of the two times only, or another amount at both.
func (c *changes) reason(item int32, before, after bool) (dataset.ChangeKind, dataset.FieldRef) {
	if before && after {
		return dataset.ChangeReestimated, ""
	}
	out := 0 // the end at which the item does not count
	if before {
		out = 1
	}
	was, born := c.kindAt(0, item)
	if !born {
		return dataset.ChangeCreated, ""
	}
	is, _ := c.kindAt(1, item)
	moved := dataset.ChangeMovedIn
	if before {
		moved = dataset.ChangeMovedOut
	}
	// Who lives on in another category did so because of its category when that alone keeps it out.
	if was.category != is.category && c.keptOutByState(out, item) {
		switch {
		case before && is.category == completed:
			return dataset.ChangeCompleted, ""
		case before && is.category == removed:
			return dataset.ChangeRemoved, ""
		case !before && was.category == completed:
			return dataset.ChangeReopened, ""
		case !before && was.category == removed:
			return dataset.ChangeRestored, ""
		}
		return dataset.ChangeState, dataset.State
	}
	if was.typ != is.typ && !c.counted(out, item) {
		return moved, dataset.Type
	}
	seg, row, at := c.rowAt(out, item)
	for _, f := range c.ends[out].filters {
		if f.test.test(c.g, seg, row, at) {
			continue
		}
		if f.column.Role == dataset.RoleState || f.column.Role == dataset.RoleStateCategory {
			return dataset.ChangeState, dataset.State
		}
		return moved, f.column.Ref()
	}
	return dataset.ChangeReestimated, "" // it counted, but without an amount
}

// keptOutByState reports whether the state leaves the item out at this end: for the measure, for a filter on the
// state, or for nothing else, because all filters pass.
func (c *changes) keptOutByState(end int, item int32) bool {
	if !c.counted(end, item) {
		return true
	}
	seg, row, at := c.rowAt(end, item)
	for _, f := range c.ends[end].filters {
		if !f.test.test(c.g, seg, row, at) {
			return f.column.Role == dataset.RoleState || f.column.Role == dataset.RoleStateCategory
		}
	}
	return true
}

// counted reports whether the measure counts items of this kind, filters aside.
func (c *changes) counted(end int, item int32) bool {
	seg, row, _ := c.rowAt(end, item)
	code := seg.vector[vKind].at(row)
	for _, b := range c.ends[end].p.values[0].bases {
		if b.kinds == nil || b.kinds[code] == 1 {
			return true
		}
	}
	return false
}

// kindAt is the kind of the item at this end; ok is false before it was created.
func (c *changes) kindAt(end int, item int32) (kind, bool) {
	seg, row, at := c.rowAt(end, item)
	if at == nil {
		return kind{}, false
	}
	return c.g.dicts.kinds.values[seg.vector[vKind].at(row)], true
}

// rowAt finds what the item was at this end; the moment is nil before it was created.
func (c *changes) rowAt(when int, item int32) (*segment, int32, *moment) {
	at := c.ends[when].p.at
	if at.current() {
		return &c.g.items.segment, item, at
	}
	seg := c.g.intervals
	first, end := seg.past.rowsOf(item)
	for row := first; row < end; row++ {
		if seg.from.at(row) < at.cut && seg.endOf(row) >= at.cut {
			return seg, row, at
		}
	}
	return seg, 0, nil
}

// label is what a person reads of a column of the item at this end.
func (c *changes) label(end int, ref dataset.FieldRef, item int32) string {
	seg, row, at := c.rowAt(end, item)
	src := c.g.sources[ref]
	switch {
	case at == nil || src == nil:
		return ""
	case src.domain == nil:
		if src.number == nil {
			return ""
		}
		return numberMember(src.number(c.g, seg, row, at)).Label
	case src.domain.many != nil:
		text := ""
		for _, m := range src.membersOf(src.domain, seg, row) {
			if text != "" {
				text += ", "
			}
			text += src.domain.members[m].Label
		}
		return text
	case src.ofItem:
		return src.domain.members[src.domain.of[c.g.items.vector[src.vector].at(item)]].Label
	}
	return src.domain.members[src.memberOf(src.domain, seg, row, at)].Label
}
