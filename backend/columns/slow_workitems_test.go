package columns_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// slowDates are the columns whose values are days.
var slowDates = []dataset.FieldRef{dataset.CreatedDate, dataset.ChangedDate, dataset.CompletedDate, dataset.StartDate, dataset.EndDate, dataset.TargetDate,
	dataset.ActivatedDate, dataset.ResolvedDate, dataset.ClosedDate, dataset.StateChangedDate, startField}

func flagValue(b bool) []named { return []named{{b, ""}} }

// moreFields are the values of boards, dates, findings, ancestors and fields of the organization.
func (s *slow) moreFields(ref dataset.FieldRef, r slowRow) ([]named, bool) {
	v, open := r.rev, isOpen(s.category(r.rev))
	switch ref {
	case dataset.IsRequirement:
		return flagValue(s.isRequirement(v)), true
	case dataset.BoardColumnName:
		return textValue(s.boardColumn(v.column)), true
	case dataset.BoardLane:
		return textValue(v.lane), true
	case dataset.BoardDone:
		return saidValue(v.columnDone), true
	case dataset.TargetDate:
		return textValue(r.item.target), true
	case dataset.ActivatedDate:
		return textValue(s.day(r.item.activated)), true
	case dataset.ResolvedDate:
		return textValue(s.day(r.item.resolved)), true
	case dataset.ClosedDate:
		return textValue(s.day(r.item.closed)), true
	case dataset.StateChangedDate:
		return textValue(s.day(r.item.stateChanged)), true
	case dataset.IsUnestimated:
		x := s.number(dataset.Estimate, r)
		return flagValue(open && s.isRequirement(v) && x != x), true
	case dataset.IsUnassigned:
		return flagValue(open && v.assigned == ""), true
	case dataset.HasNoIteration:
		return flagValue(open && !strings.Contains(v.iteration, `\`)), true
	case dataset.IsStale:
		return flagValue(open && daysBetween(s.date(v.at), r.at.day) > 30), true
	case riskField:
		return textValue(v.risk), true
	case reviewerField:
		return personValue(v.reviewer, "(Blank)"), true
	case signedField:
		return saidValue(v.signed), true
	case valueField:
		return textValue(r.item.valueArea), true
	case startField:
		return textValue(s.day(r.item.started)), true
	}
	if name, ok := strings.CutPrefix(string(ref), "Work items[Parent "); ok && ref != dataset.ParentID {
		if a := s.ancestor(r.item, strings.TrimSuffix(name, "]")); a != nil {
			return []named{{fmt.Sprint(a.id), a.title}}, true
		}
		return []named{{nil, "(Unparented)"}}, true
	}
	return nil, false
}

func saidValue(said int8) []named {
	if said == 0 {
		return []named{{nil, "(Blank)"}}
	}
	return flagValue(said == 2)
}

func (s *slow) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return s.date(t)
}

// isRequirement is REQ(p) of reports.md §1.
func (s *slow) isRequirement(v *rev) bool {
	t := s.w.typeOf(v.project, v.typ)
	return t.level == "requirement" && !t.bug
}

// boardColumn is the name as some board has it now.
func (s *slow) boardColumn(name string) string {
	for _, b := range s.w.boards {
		for _, c := range b.columns {
			if strings.EqualFold(c, name) {
				return c
			}
		}
	}
	if len(s.w.boards) == 0 {
		return name
	}
	return ""
}

// present is the item of a number, when it is not deleted.
func (s *slow) present(id int32) *worldItem {
	for _, it := range s.w.items {
		if it.id == id && !it.last().gone {
			return it
		}
	}
	return nil
}

func (it *worldItem) last() *rev { return &it.revs[len(it.revs)-1] }

var slowChains = map[string]string{"Agile": "Epic>Feature>User Story>Bug>Task", "Scrum": "Epic>Feature>Product Backlog Item>Bug>Task",
	"CMMI": "Epic>Feature>Requirement>Change Request>Issue>Bug>Task", "Basic": "Epic>Issue>Task"}

// linked reports whether a parent link counts on the way to an ancestor.
func (s *slow) linked(parent, child *rev) bool {
	chain := strings.Split(slowChains[s.w.project(child.project).process], ">")
	p, c := slices.Index(chain, parent.typ), slices.Index(chain, child.typ)
	if p >= 0 && c >= 0 {
		return p < c
	}
	pt, ct := s.w.typeOf(parent.project, parent.typ), s.w.typeOf(child.project, child.typ)
	return pt.level != "" && ct.level != "" && pt.rank > ct.rank
}

func (s *slow) ancestor(it *worldItem, typ string) *worldItem {
	seen := map[int32]bool{}
	for at := it; !seen[at.id]; {
		seen[at.id] = true
		parent := s.present(at.parent)
		if parent == nil || !s.linked(parent.last(), at.last()) {
			return nil
		}
		if strings.EqualFold(parent.last().typ, typ) {
			return parent
		}
		at = parent
	}
	return nil
}

// below are the descendants of an item at any depth, each once.
func (s *slow) below(it *worldItem, depth int) []*worldItem {
	seen := map[int32]bool{it.id: true}
	var out []*worldItem
	level := []*worldItem{it}
	for n := 0; len(level) > 0 && n < depth; n++ {
		var next []*worldItem
		for _, up := range level {
			for _, down := range s.w.items {
				if down.parent == up.id && !down.last().gone && !seen[down.id] {
					seen[down.id] = true
					next = append(next, down)
				}
			}
		}
		out, level = append(out, next...), next
	}
	return out
}

// rollup is M27 to M29 of one item: the number of a column, null for blank.
func (s *slow) rollup(ref dataset.FieldRef, it *worldItem) float64 {
	if ref == dataset.Children {
		return float64(len(s.below(it, 1)))
	}
	n, sum := 0.0, 0.0
	all, done, estimated := 0.0, 0.0, false
	left, worked, hours := 0.0, 0.0, false
	for _, d := range s.below(it, 1000) {
		v := d.last()
		row := slowRow{item: d, rev: v}
		estimate := s.number(dataset.Estimate, row)
		or0 := func(x float64) float64 {
			if x != x {
				return 0
			}
			return x
		}
		requirement, category := s.isRequirement(v), s.category(v)
		switch {
		case ref == dataset.Descendants, ref == dataset.RollupRequirements && requirement, ref == dataset.RollupBugs && s.isBug(v):
			n++
		case ref == dataset.RollupEstimate && requirement, ref == dataset.RollupCompletedEstimate && requirement && category == 4:
			sum += or0(estimate)
		case ref == dataset.RollupRemainingWork:
			sum += or0(v.remaining)
		case ref == dataset.RollupCompletedWork:
			sum += or0(v.workDone)
		}
		if requirement && category >= 1 && category <= 4 && estimate == estimate {
			estimated = true
			all += estimate
			if category == 4 {
				done += estimate
			}
		}
		left, worked = left+or0(v.remaining), worked+or0(v.workDone)
		hours = hours || v.remaining == v.remaining || v.workDone == v.workDone
	}
	switch {
	case ref == dataset.RollupProgress && (!estimated || all == 0), ref == dataset.RollupHours && !hours:
		return null
	case ref == dataset.RollupProgress:
		return done / all
	case ref == dataset.RollupHours && left+worked == 0:
		return 0
	case ref == dataset.RollupHours:
		return worked / (left + worked)
	}
	return n + sum
}

// moreNumbers are the numbers of rollups, target dates and fields of the organization.
func (s *slow) moreNumbers(ref dataset.FieldRef, r slowRow) (x float64, ok bool) {
	switch ref {
	case dataset.Children, dataset.Descendants, dataset.RollupRequirements, dataset.RollupBugs, dataset.RollupEstimate, dataset.RollupCompletedEstimate,
		dataset.RollupRemainingWork, dataset.RollupCompletedWork, dataset.RollupProgress, dataset.RollupHours:
		return s.rollup(ref, r.item), true
	case dataset.ParentID:
		if r.item.parent == 0 {
			return null, true
		}
		return float64(r.item.parent), true
	case scoreField:
		return r.rev.score, true
	case dataset.DaysUntilTarget, dataset.DaysPastTarget:
		if r.item.target == "" || s.category(r.rev) == 4 {
			return null, true
		}
		x = daysBetween(r.at.day, r.item.target)
		if ref == dataset.DaysPastTarget {
			x = -x
		}
		if x < 0 || x == 0 && ref == dataset.DaysPastTarget {
			return null, true
		}
		return x, true
	}
	return 0, false
}
