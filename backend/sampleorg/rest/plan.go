package rest

import (
	"slices"
	"strings"

	"sightline/backend/sampleorg/world"
)

// column writes one field of a revision. put returns false, having written nothing, where there is no
// value: fields without one are left out.
type column struct {
	key []byte // the name as JSON, with a colon
	put func(*rows, *world.Revision) bool
}

// plan says which fields are written, for each type.
type plan struct {
	byType [][]column
	kanban bool            // all fields of boards
	chosen map[string]bool // or only these, when some are asked for
}

// newPlan makes a plan. selected nil means all reportable fields, and with long the texts too; fields that
// were asked for by name are written whatever they are.
func newPlan(w *world.World, selected map[string]bool, long bool) plan {
	p := plan{byType: make([][]column, len(w.Types)), kanban: selected == nil}
	if selected != nil {
		p.chosen = selected
	}
	for i, t := range w.Types {
		for _, f := range w.Fields {
			put := writers[f.ReferenceName]
			switch {
			case put == nil:
				continue
			case selected != nil && !selected[f.ReferenceName]:
				continue
			case selected == nil && f.Long && !long:
				continue
			case !applies(t, f):
				continue
			}
			p.byType[i] = append(p.byType[i], column{append(appendString(nil, f.ReferenceName), ':'), put})
		}
	}
	return p
}

// applies says whether a type has a field: those of System, the dates of its steps, the order of its
// backlog, and its own.
func applies(t *world.Type, f *world.Field) bool {
	return strings.HasPrefix(f.ReferenceName, "System.") || dated[f.ReferenceName] || f.ReferenceName == t.Process.OrderField || slices.Contains(t.Fields, f.ReferenceName)
}

// choose reads a list of field names. Names are matched without regard to case; an unknown one is refused.
func (c *call) choose(names []string) (map[string]bool, *refusal) {
	var out map[string]bool
	for _, name := range names {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		f := c.world.Field(name)
		if f == nil {
			return nil, noField(name)
		}
		if out == nil {
			out = map[string]bool{}
		}
		out[f.ReferenceName] = true
	}
	return out, nil
}
