package columns

import (
	"math"

	"sightline/backend/dataset"
)

// ids maps the small ids of a reading to codes. Code 0 is none, also for an id nobody listed.
type ids struct {
	dense  []uint32
	sparse map[int32]uint32
}

// maxDense bounds the table of ids; larger ids, such as node ids of a big organization, go to a map.
const maxDense = 1 << 20

func (m *ids) put(id int32, code uint32) {
	if id >= 0 && id < maxDense {
		if int(id) >= len(m.dense) {
			m.dense = append(m.dense, make([]uint32, int(id)+1-len(m.dense)+len(m.dense)/2)...)
		}
		m.dense[id] = code
		return
	}
	if m.sparse == nil {
		m.sparse = map[int32]uint32{}
	}
	m.sparse[id] = code
}

func (m *ids) at(id int32) uint32 {
	if id >= 0 && int(id) < len(m.dense) {
		return m.dense[id]
	}
	return m.sparse[id]
}

// kind joins what a state implies: a few hundred combinations of project, type and state, so that one
// look-up answers every question about any of them.
type kind struct {
	project, typ, state uint32 // codes
	category            int8   // 1 Proposed … 5 Removed, 0 unknown
	level               int8   // 1 Portfolio, 2 Requirement, 3 Task, 0 none
	bug                 bool
}

// The categories as StateRow.Category has them.
const (
	proposed   = 1
	inProgress = 2
	resolved   = 3
	completed  = 4
	removed    = 5
)

func (k kind) open() bool { return k.category >= proposed && k.category <= resolved }

// triage joins the two fields that rank an item.
type triage struct {
	priority float64 // NaN when null
	severity uint32
}

// estimates are the number fields of one backlog item; own is the one its project estimates in.
type estimates struct{ storyPoints, effort, size, own float64 }

// hours are the work fields of a task.
type hours struct{ original, remaining, completed float64 }

// interned gives every distinct value a code, in the order of arrival.
type interned[K comparable, V any] struct {
	codes  map[K]uint32
	values []V
}

func intern[K comparable, V any](in *interned[K, V], key K, value func() V) uint32 {
	if c, ok := in.codes[key]; ok {
		return c
	}
	if in.codes == nil {
		in.codes = map[K]uint32{}
	}
	c := uint32(len(in.values))
	in.codes[key] = c
	in.values = append(in.values, value())
	return c
}

// dictionaries are everything that rows refer to by code. Code 0 of projects, types, states, nodes,
// people, severities and tag sets is none.
type dictionaries struct {
	projects     []dataset.ProjectRow
	types        []dataset.TypeRow
	states       []dataset.StateRow
	areas        []dataset.NodeRow
	iterations   []dataset.NodeRow
	people       []dataset.PersonRow
	teams        []dataset.TeamRow // without a none
	severities   []string
	tagSets      [][]string
	repositories []dataset.RepositoryRow
	pipelines    []dataset.PipelineRow
	places       []dataset.BoardRow
	teamBoards   []dataset.TeamBoardRow // without a none
	texts        []string               // of facts and fields, those that rows use
	textNumbers  []int32                // of each of texts; textIDs is the way back
	reasons      interned[string, string]
	kinds        interned[[3]uint32, kind]
	triages      interned[[2]uint64, triage]
	estimates    interned[[4]uint64, estimates]
	hours        interned[[3]uint64, hours]

	projectIDs, typeIDs, stateIDs, areaIDs, iterationIDs, personIDs, severityIDs, tagSetIDs, repositoryIDs, pipelineIDs, textIDs, placeIDs ids
}

// readDictionaries reads what the dataset lists. The texts are not among it: to number them the dataset has to be
// read whole, and a snapshot has those that its rows use.
func readDictionaries(r dataset.Reading) *dictionaries {
	d := &dictionaries{}
	d.projects = listed(r.Projects(), &d.projectIDs, func(p dataset.ProjectRow) int32 { return p.ID })
	d.types = listed(r.Types(), &d.typeIDs, func(t dataset.TypeRow) int32 { return t.ID })
	d.states = listed(r.States(), &d.stateIDs, func(s dataset.StateRow) int32 { return s.ID })
	d.areas = listed(r.Areas(), &d.areaIDs, func(n dataset.NodeRow) int32 { return n.ID })
	d.iterations = listed(r.Iterations(), &d.iterationIDs, func(n dataset.NodeRow) int32 { return n.ID })
	d.people = listed(r.People(), &d.personIDs, func(p dataset.PersonRow) int32 { return p.ID })
	d.teams = append(d.teams, r.Teams()...)
	for _, s := range listed(r.Severities(), &d.severityIDs, func(t dataset.TextRow) int32 { return t.ID }) {
		d.severities = append(d.severities, s.Text)
	}
	for _, s := range listed(r.TagSets(), &d.tagSetIDs, func(t dataset.TagSetRow) int32 { return t.ID }) {
		d.tagSets = append(d.tagSets, append([]string(nil), s.Tags...))
	}
	d.repositories = listed(r.Repositories(), &d.repositoryIDs, func(x dataset.RepositoryRow) int32 { return x.ID })
	d.pipelines = listed(r.Pipelines(), &d.pipelineIDs, func(x dataset.PipelineRow) int32 { return x.ID })
	d.places = listed(r.Boards(), &d.placeIDs, func(b dataset.BoardRow) int32 { return b.ID })
	d.teamBoards = append(d.teamBoards, r.TeamBoards()...)
	intern(&d.reasons, "", func() string { return "" })
	return d
}

// listed copies rows behind a none at code 0 and registers their ids.
func listed[T any](rows []T, m *ids, id func(T) int32) []T {
	out := make([]T, 1, len(rows)+1)
	for i, row := range rows {
		if id(row) != 0 {
			m.put(id(row), uint32(i+1))
		}
		out = append(out, row)
	}
	return out
}

func (d *dictionaries) kind(f *dataset.Facts) uint32 {
	key := [3]uint32{d.projectIDs.at(f.Project), d.typeIDs.at(f.Type), d.stateIDs.at(f.State)}
	return intern(&d.kinds, key, func() kind {
		t := d.types[key[1]]
		k := kind{project: key[0], typ: key[1], state: key[2], category: d.states[key[2]].Category, bug: t.Bug}
		switch t.Level {
		case "portfolio":
			k.level = 1
		case "requirement":
			k.level = 2
		case "task":
			k.level = 3
		}
		return k
	})
}

func (d *dictionaries) triage(f *dataset.Facts) uint32 {
	severity := d.severityIDs.at(f.Severity)
	priority := dataset.PlausibleNumber(f.Priority)
	return intern(&d.triages, [2]uint64{bits(priority), uint64(severity)}, func() triage { return triage{priority, severity} })
}

func (d *dictionaries) estimate(f *dataset.Facts) uint32 {
	own := d.projects[d.projectIDs.at(f.Project)].EstimateField
	e := estimates{storyPoints: dataset.PlausibleNumber(f.StoryPoints), effort: dataset.PlausibleNumber(f.Effort), size: dataset.PlausibleNumber(f.Size)}
	key := [4]uint64{bits(e.storyPoints), bits(e.effort), bits(e.size), uint64(own)}
	return intern(&d.estimates, key, func() estimates {
		switch own {
		case 1:
			e.own = e.storyPoints
		case 2:
			e.own = e.effort
		case 3:
			e.own = e.size
		default: // the process names no field: the first that is set
			e.own = firstSet(e.storyPoints, e.effort, e.size)
		}
		return e
	})
}

func (d *dictionaries) hour(f *dataset.Facts) uint32 {
	h := hours{dataset.PlausibleNumber(f.OriginalEstimate), dataset.PlausibleNumber(f.RemainingWork), dataset.PlausibleNumber(f.CompletedWork)}
	return intern(&d.hours, [3]uint64{bits(h.original), bits(h.remaining), bits(h.completed)}, func() hours { return h })
}

// bits makes a number a key of a map: every NaN is the same null.
func bits(x float64) uint64 {
	if math.IsNaN(x) {
		return math.MaxUint64
	}
	return math.Float64bits(x)
}

func firstSet(xs ...float64) float64 {
	for _, x := range xs {
		if !math.IsNaN(x) {
			return x
		}
	}
	return math.NaN()
}
