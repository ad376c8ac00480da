package columns_test

import (
	"context"
	"maps"
	"math"
	"slices"
	"time"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// factWorld is a world with rows of the tables beside work items. It is the source of the engine under test
// and, as it stands, the input of the slow calculator.
type factWorld struct {
	*world
	repositories []worldRepository
	pipelines    []worldPipeline
	rows         map[string][]factRow
}

type worldRepository struct{ name, project, branch string }

type worldPipeline struct{ name, project, folder string }

// factRow is a row by the names of dataset.FactTable: string for texts, people and projects, int for ids and
// parents and for the position of a repository or pipeline, time.Time, float64, bool, []string for tags.
// What is not there is blank.
type factRow map[string]any

func (r factRow) text(column string) string { s, _ := r[column].(string); return s }

func (r factRow) time(column string) time.Time { t, _ := r[column].(time.Time); return t }

func (r factRow) number(column string) float64 {
	if x, ok := r[column].(float64); ok {
		return x
	}
	return null
}

func (r factRow) tags(column string) []string { t, _ := r[column].([]string); return t }

// at is the position of a repository or pipeline, -1 for none.
func (r factRow) at(column string) int {
	if i, ok := r[column].(int); ok {
		return i
	}
	return -1
}

// Read implements dataset.Source.
func (w *factWorld) Read(context.Context) (dataset.Reading, error) { return newFactReading(w), nil }

// factReading codes the rows as a dataset file does.
type factReading struct {
	*worldReading
	f       *factWorld
	texts   []dataset.TextRow
	textIDs map[string]int64
	coded   map[string][]dataset.FactRow
}

func newFactReading(w *factWorld) *factReading {
	r := &factReading{worldReading: newReading(w.world), f: w, textIDs: map[string]int64{"": 0}, coded: map[string][]dataset.FactRow{}}
	for _, table := range slices.Sorted(maps.Keys(w.rows)) { // every reading has the same ids, as a file has
		layout := dataset.FactTableOf(table)
		for _, row := range w.rows[table] {
			var out dataset.FactRow
			for _, c := range layout.Columns {
				out.Values = append(out.Values, r.code(c, row, &out))
			}
			r.coded[table] = append(r.coded[table], out)
		}
	}
	return r
}

func (r *factReading) code(c dataset.FactColumn, row factRow, out *dataset.FactRow) int64 {
	switch c.Kind {
	case dataset.FactID, dataset.FactParent:
		return int64(max(0, row.at(c.Name)))
	case dataset.FactProject:
		return int64(r.ids["project "+row.text(c.Name)])
	case dataset.FactPerson:
		return int64(r.person(row.text(c.Name)))
	case dataset.FactRepository, dataset.FactPipeline:
		return int64(row.at(c.Name) + 1)
	case dataset.FactText:
		return r.text(row.text(c.Name))
	case dataset.FactTags:
		return int64(r.tagSet(row.tags(c.Name)))
	case dataset.FactTitle:
		out.Texts = append(out.Texts, []byte(row.text(c.Name)))
		return int64(len(out.Texts) - 1)
	case dataset.FactInstant:
		if t := row.time(c.Name); !t.IsZero() {
			return t.UnixMilli()
		}
		return 0
	case dataset.FactNumber:
		return int64(math.Float64bits(row.number(c.Name)))
	case dataset.FactFlag:
		if b, ok := row[c.Name].(bool); ok && b {
			return 2
		} else if ok {
			return 1
		}
		return 0
	}
	panic("no such kind")
}

func (r *factReading) text(s string) int64 {
	id, ok := r.textIDs[s]
	if !ok {
		id = int64(len(r.texts) + 1)
		r.textIDs[s] = id
		r.texts = append(r.texts, dataset.TextRow{ID: int32(id), Text: s})
	}
	return id
}

func (r *factReading) Texts() []dataset.TextRow { return r.texts }

func (r *factReading) Repositories() []dataset.RepositoryRow {
	var out []dataset.RepositoryRow
	for i, x := range r.f.repositories {
		out = append(out, dataset.RepositoryRow{ID: int32(i + 1), Project: r.ids["project "+x.project], Name: x.name, DefaultBranch: x.branch})
	}
	return out
}

func (r *factReading) Pipelines() []dataset.PipelineRow {
	var out []dataset.PipelineRow
	for i, x := range r.f.pipelines {
		out = append(out, dataset.PipelineRow{ID: int32(i + 1), Project: r.ids["project "+x.project], Name: x.name, Folder: x.folder})
	}
	return out
}

// factTableNames are all fact tables in the order of the model.
var factTableNames = []string{dataset.Commits, dataset.PullRequests, dataset.Reviews, dataset.PipelineRuns, dataset.PipelineTasks,
	dataset.TestRuns, dataset.Deployments, dataset.Changesets, dataset.FileChanges, dataset.TFVCBranches}

func (r *factReading) FactTables() []dataset.FactTable {
	var out []dataset.FactTable
	for _, name := range factTableNames {
		if _, loaded := r.f.rows[name]; loaded {
			out = append(out, *dataset.FactTableOf(name))
		}
	}
	return out
}

func (r *factReading) Facts(table string, visit func(*dataset.FactRow) error) error {
	var row dataset.FactRow // reused, as a file's reading does
	for _, coded := range r.coded[table] {
		row.Values = append(row.Values[:0], coded.Values...)
		row.Texts = row.Texts[:0]
		for _, t := range coded.Texts {
			row.Texts = append(row.Texts, append([]byte(nil), t...))
		}
		if err := visit(&row); err != nil {
			return err
		}
	}
	return nil
}

// engine opens the world at a time.
func (w *factWorld) engine(now time.Time) *columns.Engine {
	e, err := columns.Open(context.Background(), w, columns.Options{Clock: func() time.Time { return now }})
	if err != nil {
		panic(err)
	}
	return e
}
