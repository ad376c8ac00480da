package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"sightline/backend/dataset"
)

// reading hands a world to the engine as a stored dataset would be.
type reading struct{ w *world }

var _ dataset.Reading = reading{}

// Read makes a reading its own source.
func (r reading) Read(context.Context) (dataset.Reading, error) { return r, nil }

func (r reading) Close() error      { return nil }
func (r reading) Generation() int64 { return 1 }

func (r reading) Info() dataset.Info {
	return dataset.Info{Name: "Yardstick", Organization: "yardstick", TimeZone: "UTC", WeekStart: time.Monday, LastRefresh: now, Complete: true, Stamp: fmt.Sprint("yardstick ", r.w.items)}
}

func (r reading) Projects() (out []dataset.ProjectRow) {
	for i, name := range r.w.projects {
		out = append(out, dataset.ProjectRow{ID: int32(i + 1), GUID: fmt.Sprint("guid-", i), Name: name, Process: "Agile", EstimateField: 1})
	}
	return out
}

func nodeRows(nodes []node) []dataset.NodeRow {
	out := make([]dataset.NodeRow, len(nodes))
	for i, n := range nodes {
		out[i] = dataset.NodeRow{ID: int32(i + 1), Parent: int32(n.parent + 1), Project: int32(n.project + 1), Depth: int16(n.depth), Name: n.name, Path: n.path,
			StartDay: dataset.NoDay, EndDay: dataset.NoDay}
		if n.first != 0 {
			out[i].StartDay, out[i].EndDay = int32(n.first), int32(n.end)
		}
	}
	return out
}

func (r reading) Areas() []dataset.NodeRow      { return nodeRows(r.w.areas) }
func (r reading) Iterations() []dataset.NodeRow { return nodeRows(r.w.iterations) }

func (r reading) People() (out []dataset.PersonRow) {
	for i := range peopleCount {
		out = append(out, dataset.PersonRow{ID: int32(i + 1), Name: fmt.Sprintf("Person %d", i+1), Address: fmt.Sprintf("person%d@contoso.example", i+1)})
	}
	return out
}

func (r reading) Teams() (out []dataset.TeamRow) {
	for i, a := range r.w.areas {
		if a.depth != 1 {
			continue
		}
		t := dataset.TeamRow{ID: int32(len(out) + 1), Project: int32(a.project + 1), Name: a.path, WorkingDays: [7]bool{false, true, true, true, true, true, false}}
		for c := i; c <= a.last; c++ {
			t.Areas = append(t.Areas, int32(c+1))
		}
		out = append(out, t)
	}
	return out
}

func (r reading) Types() (out []dataset.TypeRow) {
	for p := range projectCount {
		for i, t := range types {
			out = append(out, dataset.TypeRow{ID: int32(typeID(p, i)), Project: int32(p + 1), Name: t.name, Bug: i == bugType, Level: t.level, LevelName: t.level, LevelRank: t.rank})
		}
	}
	return out
}

func (r reading) States() (out []dataset.StateRow) {
	for p := range projectCount {
		for i := range types {
			for s, state := range states {
				out = append(out, dataset.StateRow{ID: int32(stateID(p, i, s)), Type: int32(typeID(p, i)), Name: state.name, Category: state.category, Order: int16(s)})
			}
		}
	}
	return out
}

func typeID(project, typ int) int         { return project*len(types) + typ + 1 }
func stateID(project, typ, state int) int { return (project*len(types)+typ)*len(states) + state + 1 }

var severities = []string{"1 - Critical", "2 - High", "3 - Medium", "4 - Low"}

func (r reading) Severities() (out []dataset.TextRow) {
	for i, s := range severities {
		out = append(out, dataset.TextRow{ID: int32(i + 1), Text: s})
	}
	return out
}

func (r reading) TagSets() (out []dataset.TagSetRow) {
	for i, tags := range r.w.tagSets {
		out = append(out, dataset.TagSetRow{ID: int32(i + 1), Tags: tags})
	}
	return out
}

func (r reading) Repositories() []dataset.RepositoryRow { return nil }
func (r reading) Pipelines() []dataset.PipelineRow      { return nil }
func (r reading) Boards() []dataset.BoardRow            { return nil }
func (r reading) TeamBoards() []dataset.TeamBoardRow    { return nil }
func (r reading) Texts() []dataset.TextRow              { return nil }
func (r reading) Fields() []dataset.FieldRow            { return nil }
func (r reading) FactTables() []dataset.FactTable       { return nil }

func (r reading) Facts(string, func(*dataset.FactRow) error) error { return nil }

func tenths(x int32) float64 {
	if x == none {
		return math.NaN()
	}
	return float64(x) / 10
}

func (it *item) facts(i int, to *dataset.Facts) {
	v := &it.revisions[i]
	*to = dataset.Facts{ID: int32(it.id), Rev: int32(i + 1), Project: int32(it.project + 1), Type: int32(typeID(it.project, it.typ)), State: int32(stateID(it.project, it.typ, v.state)),
		Area: int32(it.area + 1), Iteration: int32(v.iteration + 1), Assigned: v.assigned, Severity: int32(it.severity), TagSet: v.tagSet, Priority: float64(it.priority),
		StoryPoints: math.NaN(), Effort: math.NaN(), Size: math.NaN(), OriginalEstimate: tenths(v.original), RemainingWork: tenths(v.left), CompletedWork: tenths(v.spent)}
	if v.points > 0 {
		to.StoryPoints = float64(v.points)
	}
}

func (r reading) Items(visit func(*dataset.ItemRow) error) error {
	var row dataset.ItemRow
	var text []byte
	return r.w.each(func(it *item) error {
		v := it.last()
		text = title(text[:0], it.id)
		row = dataset.ItemRow{Title: text, CreatedBy: it.createdBy, ChangedBy: v.changedBy, Created: it.revisions[0].at, Changed: v.at, Activated: it.activated(), Closed: it.closed(),
			Comments: int32(it.id % 5)}
		it.facts(len(it.revisions)-1, &row.Facts)
		return visit(&row)
	})
}

func (r reading) Revisions(visit func(*dataset.RevisionRow) error) error {
	var row dataset.RevisionRow
	return r.w.each(func(it *item) error {
		for i := range it.revisions {
			it.facts(i, &row.Facts)
			row.From, row.To, row.ChangedBy = it.revisions[i].at, dataset.Forever, it.revisions[i].changedBy
			if i+1 < len(it.revisions) {
				row.To = it.revisions[i+1].at
			}
			if err := visit(&row); err != nil {
				return err
			}
		}
		return nil
	})
}
