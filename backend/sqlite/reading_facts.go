package sqlite

import (
	"math"

	"sightline/backend/dataset"
	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// factReaders say for each fact table which feed of a refresh loads it, which stored table holds its rows, and how
// they are read. Rows come in the order of their keys in the file; those of a table with a parent
// name only parents that are there.
var factReaders = []struct {
	table  string
	feeds  []string
	stored string
	read   func(*reading, *factWalk) error
	texts  func(*reading) error // numbers the texts that are made when the rows are read; nil when none are
}{
	{dataset.Commits, []string{"commits", "pushes"}, "fact_commit", (*reading).readCommits, nil},
	{dataset.PullRequests, []string{"pullRequests"}, "fact_pull_request", (*reading).readPullRequests, (*reading).pullRequestTexts},
	{dataset.Reviews, []string{"pullRequests"}, "fact_pull_request", (*reading).readReviewers, (*reading).voteTexts},
	{dataset.PipelineRuns, []string{"builds", "builds.queued"}, "fact_build", (*reading).readRuns, (*reading).runTexts},
	{dataset.PipelineTasks, []string{"builds", "builds.queued"}, "fact_timeline", (*reading).readTasks, nil},
	{dataset.TestRuns, []string{"testRuns"}, "fact_test_run", (*reading).readTestRuns, (*reading).workflowTexts},
	{dataset.Deployments, []string{"deployments"}, "fact_deployment", (*reading).readDeployments, (*reading).deploymentTexts},
	{dataset.Changesets, []string{"changesets"}, "fact_changeset", (*reading).readChangesets, nil},
	{dataset.FileChanges, []string{"changesets"}, "fact_changed_file", (*reading).readFileChanges, (*reading).fileTexts},
	{dataset.TFVCBranches, []string{"tfvcBranches"}, "dim_tfvc_branch", (*reading).readBranches, (*reading).branchTexts},
}

// readFactTables finds which tables the dataset loads: a feed of theirs began, or a row is there.
func (r *reading) readFactTables() error {
	began := map[string]bool{}
	if err := each(r.conn, "SELECT DISTINCT feed FROM sync_cursor", func(row *zs.Stmt) error {
		began[row.ColumnText(0)] = true
		return nil
	}); err != nil {
		return err
	}
	for _, f := range factReaders {
		loads := false
		for _, feed := range f.feeds {
			loads = loads || began[feed]
		}
		if !loads {
			if err := each(r.conn, "SELECT 1 FROM "+f.stored+" LIMIT 1", func(*zs.Stmt) error { loads = true; return nil }); err != nil {
				return err
			}
		}
		if loads {
			r.factTables = append(r.factTables, *dataset.FactTableOf(f.table))
		}
	}
	return nil
}

func (r *reading) FactTables() []dataset.FactTable { return r.factTables }

// Facts hands out the rows of one fact table, also when FactTables does not list it: there are none then. Faults:
// NotFound for a name that is no fact table, Corrupt, Canceled; an error of visit is returned as it is.
func (r *reading) Facts(table string, visit func(*dataset.FactRow) error) error {
	const op = "sqlite.Facts"
	if r.conn == nil {
		return closedFault("reading", r.file.path, op)
	}
	if r.failed != nil {
		return r.failed
	}
	for _, f := range factReaders {
		if f.table != table {
			continue
		}
		w := newFactWalk(dataset.FactTableOf(table), visit)
		err := f.read(r, w)
		if w.stopped != nil {
			return w.stopped
		}
		return r.file.explain(r.ctx, op, err)
	}
	return fault.New(fault.NotFound, op, "There is no table "+table+" of facts.", "Name one that FactTables lists.")
}

// factWalk hands out rows to one visitor.
type factWalk struct {
	row     dataset.FactRow
	values  []int64 // of row
	visit   func(*dataset.FactRow) error
	stopped error // what the visitor returned
}

func newFactWalk(t *dataset.FactTable, visit func(*dataset.FactRow) error) *factWalk {
	w := &factWalk{visit: visit, values: make([]int64, len(t.Columns))}
	titles := 0
	for i, c := range t.Columns {
		if c.Kind == dataset.FactTitle {
			w.values[i] = int64(titles)
			titles++
		}
	}
	w.row = dataset.FactRow{Values: w.values, Texts: make([][]byte, titles)}
	return w
}

// emit hands the row out as it stands.
func (w *factWalk) emit() error {
	w.stopped = w.visit(&w.row)
	return w.stopped
}

// title reads a text of a row's own.
func (w *factWalk) title(row *zs.Stmt, i int) {
	w.row.Texts[0] = columnBytes(row, i, w.row.Texts[0])
}

// rows steps through a query without making garbage.
func (r *reading) rows(query string, visit func(*zs.Stmt) error) error {
	stmt, err := r.conn.Prepare(query)
	if err != nil {
		return err
	}
	for {
		more, err := stmt.Step()
		if err == nil && more {
			err = visit(stmt)
		}
		if err != nil || !more {
			return firstOf(err, stmt.Reset())
		}
	}
}

// plausibleNumber reads the number of a row in memory, 0 for one that cannot be.
func plausibleNumber(row *zs.Stmt, i int) int32 {
	if v := row.ColumnInt64(i); v > 0 && v <= math.MaxInt32 {
		return int32(v)
	}
	return 0
}

func (r *reading) who(row *zs.Stmt, i int) int64 {
	return int64(at(r.person, plausibleNumber(row, i)))
}

func (r *reading) tagSetOf(row *zs.Stmt, i int) int64 {
	if v := row.ColumnInt64(i); v > 0 && v < int64(len(r.names.tagSets)) {
		return v
	}
	return 0
}

func factNumber(row *zs.Stmt, i int) int64 { return numberBits(number(row, i)) }

func numberBits(v float64) int64 { return int64(math.Float64bits(v)) }

var blankNumber = numberBits(math.NaN())

func factFlag(yes bool) int64 {
	if yes {
		return 2
	}
	return 1
}

// numbered numbers a list of names.
func (r *reading) numbered(names []string) ([]int64, error) {
	out := make([]int64, len(names))
	for i, name := range names {
		id, err := r.texts.of(name)
		if err != nil {
			return nil, err
		}
		out[i] = int64(id)
	}
	return out, nil
}
