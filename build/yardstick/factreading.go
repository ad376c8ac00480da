package main

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"sightline/backend/dataset"
)

// factReading hands the tables beside work items to an engine of their own, so that the figures of the columns
// of work items stay theirs.
type factReading struct{ reading }

// Read makes a reading its own source.
func (r factReading) Read(context.Context) (dataset.Reading, error) { return r, nil }

func (r factReading) Items(func(*dataset.ItemRow) error) error         { return nil }
func (r factReading) Revisions(func(*dataset.RevisionRow) error) error { return nil }

func (r factReading) Repositories() (out []dataset.RepositoryRow) {
	for i := range repositoryCount {
		out = append(out, dataset.RepositoryRow{ID: int32(i + 1), Project: int32(i%projectCount + 1), Name: repositoryName(nil, float64(i)), DefaultBranch: "main"})
	}
	return out
}

func (r factReading) Pipelines() (out []dataset.PipelineRow) {
	for i := range pipelineCount {
		out = append(out, dataset.PipelineRow{ID: int32(i + 1), Project: int32(i%projectCount + 1), Name: pipelineName(nil, float64(i)), Folder: `\`})
	}
	return out
}

func (r factReading) Texts() (out []dataset.TextRow) {
	for i, text := range factTexts[1:] {
		out = append(out, dataset.TextRow{ID: int32(i + 1), Text: text})
	}
	return out
}

func (r factReading) FactTables() (out []dataset.FactTable) {
	for _, name := range []string{dataset.Commits, dataset.PullRequests, dataset.PipelineRuns, dataset.TestRuns} {
		out = append(out, *dataset.FactTableOf(name))
	}
	return out
}

// factRow fills a row by the names of its columns; what is not named is blank.
type factRow struct {
	layout *dataset.FactTable
	row    dataset.FactRow
}

func newFactRow(table string) *factRow {
	f := &factRow{layout: dataset.FactTableOf(table)}
	f.row.Values = make([]int64, len(f.layout.Columns))
	for i, c := range f.layout.Columns {
		if c.Kind == dataset.FactNumber {
			f.row.Values[i] = int64(math.Float64bits(math.NaN()))
		}
	}
	return f
}

// cell returns where the value of a column goes, once for all rows.
func (f *factRow) cell(column string) *int64 { return &f.row.Values[f.layout.Column(column)] }

func numberBits(x int32) int64 { return int64(math.Float64bits(float64(x))) }

func projectOf(place int) int64 { return int64(place%projectCount + 1) }

// Facts hands out the rows of a table.
func (r factReading) Facts(table string, visit func(*dataset.FactRow) error) error {
	f := newFactRow(table)
	switch table {
	case dataset.Commits:
		return r.commitRows(f, visit)
	case dataset.PullRequests:
		return r.pullRows(f, visit)
	case dataset.PipelineRuns:
		return r.runRows(f, visit)
	case dataset.TestRuns:
		return r.testRows(f, visit)
	}
	return fmt.Errorf("the world has no %s", table)
}

func (r factReading) commitRows(f *factRow, visit func(*dataset.FactRow) error) error {
	project, repository, author, committer := f.cell("Project"), f.cell("Repository"), f.cell("Author"), f.cell("Committer")
	authored, committed := f.cell("Authored"), f.cell("Committed")
	added, edited, deleted := f.cell("Files added"), f.cell("Files edited"), f.cell("Files deleted")
	f.row.Texts = [][]byte{nil}
	return r.w.commits(func(c *commit) error {
		*project, *repository, *author, *committer = projectOf(c.repository), int64(c.repository+1), int64(c.author), int64(c.author)
		*authored, *committed = c.authored, c.authored
		*added, *edited, *deleted = numberBits(c.added), numberBits(c.edited), numberBits(c.deleted)
		f.row.Texts[0] = fmt.Appendf(f.row.Texts[0][:0], "%040x", c.id)
		return visit(&f.row)
	})
}

func (r factReading) pullRows(f *factRow, visit func(*dataset.FactRow) error) error {
	id, project, repository, status := f.cell("Id"), f.cell("Project"), f.cell("Repository"), f.cell("Status")
	draft, author, created, closed := f.cell("Is draft"), f.cell("Created by"), f.cell("Created"), f.cell("Closed")
	*draft = 1
	f.row.Texts = [][]byte{nil}
	return r.w.pulls(func(p *pull) error {
		*id, *project, *repository, *status = int64(p.id), projectOf(p.repository), int64(p.repository+1), int64(p.status)
		*author, *created, *closed = int64(p.author), p.created, p.closed
		f.row.Texts[0] = title(f.row.Texts[0][:0], p.id)
		return visit(&f.row)
	})
}

func (r factReading) runRows(f *factRow, visit func(*dataset.FactRow) error) error {
	id, project, pipeline, status, result := f.cell("Id"), f.cell("Project"), f.cell("Pipeline"), f.cell("Status"), f.cell("Result")
	queued, started, finished := f.cell("Queued"), f.cell("Started"), f.cell("Finished")
	*status = runCompleted
	f.row.Texts = [][]byte{nil}
	return r.w.runs(func(v *pipelineRun) error {
		*id, *project, *pipeline, *result = int64(v.id), projectOf(v.pipeline), int64(v.pipeline+1), int64(v.result)
		*queued, *started, *finished = v.queued, v.started, v.finished
		f.row.Texts[0] = strconv.AppendInt(f.row.Texts[0][:0], int64(v.id), 10)
		return visit(&f.row)
	})
}

func (r factReading) testRows(f *factRow, visit func(*dataset.FactRow) error) error {
	id, project, state, automated := f.cell("Id"), f.cell("Project"), f.cell("State"), f.cell("Is automated")
	started, completed := f.cell("Started"), f.cell("Completed")
	total, passed, failed, notRun, notImpacted := f.cell("Total"), f.cell("Passed"), f.cell("Failed"), f.cell("Not executed"), f.cell("Not impacted")
	*project, *state, *automated = 1, testCompleted, 2
	f.row.Texts = [][]byte{[]byte("unit tests")}
	return r.w.tests(func(t *testRun) error {
		*id, *started, *completed = int64(t.id), t.started, t.completed
		*total, *passed, *failed, *notRun, *notImpacted = numberBits(t.total), numberBits(t.passed), numberBits(t.failed), numberBits(t.notRun), numberBits(t.notImpacted)
		return visit(&f.row)
	})
}
