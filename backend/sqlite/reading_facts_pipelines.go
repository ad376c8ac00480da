package sqlite

import (
	zs "zombiezen.com/go/sqlite"
)

// readRuns hands out the runs of pipelines, also those that retention removed from the server since.
func (r *reading) readRuns(w *factWalk) error {
	return r.rows(`SELECT id, project, definition, source, number, status, result, reason, branch, pool, requested_for, tags, queued, started, finished, gone
		FROM fact_build ORDER BY id`, func(row *zs.Stmt) (err error) {
		v := w.values
		v[0], v[1] = row.ColumnInt64(0), int64(r.project(row, 1))
		v[2] = int64(at(r.source.pipelines, plausibleNumber(row, 2)).ID)
		v[3] = int64(at(r.source.made, plausibleNumber(row, 3)))
		w.title(row, 4)
		v[5], v[6], v[7], v[9] = r.texts.number(row, 5), r.texts.number(row, 6), r.texts.number(row, 7), r.texts.number(row, 9)
		if v[8], err = r.texts.ref(row, 8); err != nil {
			return err
		}
		v[10], v[11] = r.who(row, 10), r.tagSetOf(row, 11)
		v[12], v[13], v[14] = plausibleInstant(row, 12), plausibleInstant(row, 13), plausibleInstant(row, 14)
		v[15] = factFlag(row.ColumnBool(15))
		return w.emit()
	})
}

// The words by which a test run says where it comes from.
const (
	buildWorkflow   = "Build"
	releaseWorkflow = "Release"
	manualWorkflow  = "Manual"
)

var workflows = []string{buildWorkflow, releaseWorkflow, manualWorkflow}

// readTestRuns hands out test runs. Workflow is the word of Analytics (reports.md §3.2): whose run it is. One of
// neither a build nor a release is Manual whatever ran the tests, because nothing but a person started it; that
// it was automatic is Is automated's to say.
func (r *reading) readTestRuns(w *factWalk) error {
	words, err := r.numbered(workflows)
	if err != nil {
		return err
	}
	return r.rows(`SELECT t.id, t.project, coalesce(b.id, 0), t.name, t.state, t.automated, t.build, t.release, t.stage, t.started, t.completed,
		t.total, t.passed, t.failed, t.not_executed,
		CASE WHEN json_valid(t.outcomes) THEN coalesce(json_extract(t.outcomes, '$.NotImpacted'), 0) END
		FROM fact_test_run t LEFT JOIN fact_build b ON b.id = t.build ORDER BY t.project, t.id`, func(row *zs.Stmt) error {
		v := w.values
		v[0], v[1], v[2] = row.ColumnInt64(0), int64(r.project(row, 1)), row.ColumnInt64(2)
		w.title(row, 3)
		v[4], v[5] = r.texts.number(row, 4), factFlag(row.ColumnBool(5))
		switch {
		case row.ColumnInt64(7) != 0:
			v[6] = words[1]
		case row.ColumnInt64(6) != 0:
			v[6] = words[0]
		default:
			v[6] = words[2]
		}
		v[7] = r.texts.number(row, 8)
		v[8], v[9] = plausibleInstant(row, 9), plausibleInstant(row, 10)
		for i := range 5 {
			v[10+i] = factNumber(row, 11+i)
		}
		return w.emit()
	})
}

// readDeployments hands out deployments of classic releases. The names of a definition and of an environment are
// their newest.
func (r *reading) readDeployments(w *factWalk) error {
	releases, err := r.numbered(r.source.releases)
	if err != nil {
		return err
	}
	environments, err := r.numbered(r.environmentNames())
	if err != nil {
		return err
	}
	return r.rows(`SELECT x.id, x.project, coalesce(b.id, 0), x.release_name, x.environment, x.status, x.reason, x.requested_for, x.queued, x.started, x.completed
		FROM fact_deployment x LEFT JOIN fact_build b ON b.id = x.build ORDER BY x.project, x.id`, func(row *zs.Stmt) error {
		v := w.values
		v[0], v[1], v[2] = row.ColumnInt64(0), int64(r.project(row, 1)), row.ColumnInt64(2)
		w.title(row, 3)
		environment := plausibleNumber(row, 4)
		v[4], v[5] = at(releases, at(r.source.environments, environment).definition), at(environments, environment)
		v[6], v[7], v[8] = r.texts.number(row, 5), r.texts.number(row, 6), r.who(row, 7)
		v[9], v[10], v[11] = plausibleInstant(row, 8), plausibleInstant(row, 9), plausibleInstant(row, 10)
		return w.emit()
	})
}

func (r *reading) environmentNames() []string {
	names := make([]string, len(r.source.environments))
	for i, e := range r.source.environments {
		names[i] = e.name
	}
	return names
}

// implicit is how a pipeline without stages calls the one it has.
const implicit = "__default"

// taskRecord is one record of a timeline.
type taskRecord struct {
	kind, name, result int64
	parent             int // its number in the build, from 1; 0 for none
	started, finished  int64
}

// taskWords are the numbers of the texts that tell records apart.
type taskWords struct{ task, job, stage, implicit int64 }

// readTasks hands out the tasks of runs that were attempted: those that began. One that was skipped, or is still
// to come, is no row.
func (r *reading) readTasks(w *factWalk) error {
	var is taskWords
	for word, into := range map[string]*int64{"Task": &is.task, "Job": &is.job, "Stage": &is.stage, implicit: &is.implicit} {
		id, err := r.texts.look(word)
		if err != nil {
			return err
		}
		*into = int64(id)
	}
	runs, err := r.conn.Prepare("SELECT 1 FROM fact_build WHERE id = ?")
	if err != nil {
		return err
	}
	var records []taskRecord
	build := int64(0)
	finish := func() error {
		if len(records) == 0 {
			return nil
		}
		runs.BindInt64(1, build)
		known, err := runs.Step()
		if err := firstOf(err, runs.Reset()); err != nil || !known {
			return err
		}
		return is.emit(w, build, records)
	}
	err = r.rows("SELECT rk, parent, kind, name, result, started, finished FROM fact_timeline_record ORDER BY rk", func(row *zs.Stmt) error {
		rk := row.ColumnInt64(0)
		if rk>>recordBits != build {
			if err := finish(); err != nil {
				return err
			}
			build, records = rk>>recordBits, records[:0]
		}
		number := int(rk & maxRecords)
		for len(records) < number-1 {
			records = append(records, taskRecord{})
		}
		t := taskRecord{kind: r.texts.number(row, 2), name: r.texts.number(row, 3), result: r.texts.number(row, 4),
			started: plausibleInstant(row, 5), finished: plausibleInstant(row, 6)}
		if row.ColumnType(1) == zs.TypeInteger {
			t.parent = int(plausibleNumber(row, 1))
		}
		records = append(records, t)
		return nil
	})
	if err != nil {
		return err
	}
	return finish()
}

// emit hands out the tasks among the records of a build.
func (is *taskWords) emit(w *factWalk, build int64, records []taskRecord) error {
	for i := range records {
		t := &records[i]
		if t.kind != is.task || t.kind == 0 || t.started == 0 {
			continue
		}
		v := w.values
		v[0], v[1], v[2], v[3], v[4], v[5], v[6] = build, t.name, 0, 0, t.result, t.started, t.finished
		for up, depth := t.parent, 0; up > 0 && up <= len(records) && depth < deepest; up, depth = records[up-1].parent, depth+1 {
			above := &records[up-1]
			switch {
			case above.name == is.implicit || above.kind == 0:
			case above.kind == is.job && v[2] == 0:
				v[2] = above.name
			case above.kind == is.stage && v[3] == 0:
				v[3] = above.name
			}
		}
		if err := w.emit(); err != nil {
			return err
		}
	}
	return nil
}
