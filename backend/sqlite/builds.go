package sqlite

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// buildSource is what a build was made from: a kind of repository and its id there.
type buildSource struct{ kind, repository string }

// buildTable stores builds.
type buildTable struct {
	sources dictionary[buildSource]
	put     *keeper
	waits   binder
}

// A build whose timeline is to be read waits for it; a failed one is read first.
const (
	failedBuild = "failed"
	maxBuild    = 1 << 46 // so that the key of its timeline's records is an integer
)

func (t *tables) openBuilds() error {
	err := each(t.c, "SELECT id, kind, repository FROM dim_build_source", func(row *zs.Stmt) error {
		t.builds.sources.load(buildSource{row.ColumnText(1), row.ColumnText(2)}, row.ColumnInt64(0))
		return nil
	})
	if err != nil {
		return err
	}
	t.builds.put, err = t.keeper("fact_build", []string{"id"}, []string{"project", "definition", "status", "completed", "result", "reason", "branch",
		"pool", "source", "queued", "started", "finished", "requested_for", "requested_by", "tags", "keep_forever", "gone", "number", "version"})
	if err != nil {
		return err
	}
	t.builds.waits, err = newBinder(t.c, `UPDATE fact_build SET waits = CASE WHEN completed = 1 AND gone = 0 AND NOT EXISTS (
		SELECT 1 FROM fact_timeline t WHERE t.build = fact_build.id AND t.finished IS fact_build.finished)
		THEN 1 + (result = ?2) END WHERE id = ?1`)
	return err
}

func (t *tables) storeBuilds(b *devops.Batch) error {
	for i := range b.Builds {
		if err := t.storeBuild(&b.Builds[i]); err != nil {
			return err
		}
	}
	for _, id := range b.GoneBuilds {
		if err := run(t.c, "UPDATE fact_build SET gone = 1, waits = NULL WHERE id = ? AND gone = 0", id); err != nil {
			return err
		}
		if t.c.Changes() > 0 {
			t.note(devops.Builds, held, retired, true)
		}
	}
	return nil
}

func (t *tables) storeBuild(b *devops.Build) error {
	if b.ID <= 0 || b.ID > maxBuild || b.ProjectID == "" {
		return invalidRow(fmt.Sprintf("build %d", b.ID), "without a project or with a number out of range")
	}
	n, err := t.buildNumbers(b)
	if err != nil {
		return err
	}
	k := t.builds.put
	k.keyInt(1, int64(b.ID))
	p := &k.put
	p.int(2, n.project)
	p.int(3, n.definition)
	p.int(4, n.words[0])
	p.bool(5, b.Completed())
	p.int(6, n.words[1])
	p.int(7, n.words[2])
	p.int(8, n.words[3])
	p.int(9, n.words[4])
	p.int(10, n.source)
	p.time(11, b.Queued)
	p.time(12, b.Started)
	p.time(13, b.Finished)
	p.int(14, n.requestedFor)
	p.int(15, n.requestedBy)
	p.int(16, n.tags)
	p.bool(17, b.KeepForever)
	p.bool(18, b.Gone)
	p.text(19, b.Number)
	p.commitID(20, b.Commit)
	_, wrote, err := t.keep(k, devops.Builds, b.Gone)
	if err != nil || !wrote {
		return err
	}
	return t.buildWaits(b.ID)
}

// buildWaits notes whether the timeline of a build is to be read.
func (t *tables) buildWaits(id int) error {
	failed, err := t.text(failedBuild)
	if err != nil {
		return err
	}
	w := &t.builds.waits
	w.int(1, int64(id))
	w.int(2, failed)
	return w.step()
}

// buildNumbers are the numbers that stand for the names in a build; words are those of status, result, reason,
// branch and pool.
type buildNumbers struct {
	project, definition, source     int64
	requestedFor, requestedBy, tags int64
	words                           []int64
}

func (t *tables) buildNumbers(b *devops.Build) (n buildNumbers, err error) {
	seen := periodOf(b.Queued)
	if n.project, err = t.project(b.ProjectID, "", 0); err != nil {
		return n, err
	}
	if b.DefinitionID > 0 {
		if n.definition, err = t.definitions.number(t, ownedID{n.project, int64(b.DefinitionID)}, b.DefinitionName, seen); err != nil {
			return n, err
		}
	}
	if n.source, err = t.buildSource(b.RepositoryKind, b.RepositoryID); err != nil {
		return n, err
	}
	if n.requestedFor, err = t.person(&b.RequestedFor, seen); err != nil {
		return n, err
	}
	if n.requestedBy, err = t.person(&b.RequestedBy, seen); err != nil {
		return n, err
	}
	if n.tags, err = t.tagSet(b.Tags); err != nil {
		return n, err
	}
	n.words, err = t.texts(b.Status, b.Result, b.Reason, b.Branch, b.Pool)
	return n, err
}

// buildSource numbers what a build was made from; 0 when that is not known.
func (t *tables) buildSource(kind, repository string) (int64, error) {
	if kind == "" && repository == "" {
		return 0, nil
	}
	if kind == "TfsGit" {
		repository = strings.ToLower(repository)
	}
	id, isNew := t.builds.sources.add(buildSource{kind, repository})
	if !isNew {
		return id, nil
	}
	return id, run(t.c, "INSERT INTO dim_build_source (id, kind, repository) VALUES (?, ?, ?)", id, kind, repository)
}

// OpenBuilds lists, in ascending order, the builds of a project that had not finished when they were last
// read and are not gone.
func (d *Dataset) OpenBuilds(ctx context.Context, projectID string) ([]int, error) {
	return d.numbers(ctx, "sqlite.OpenBuilds", `SELECT id FROM fact_build WHERE project = (SELECT id FROM dim_project WHERE key = ?)
		AND completed = 0 AND gone = 0 ORDER BY id`, projectKey(projectID, ""))
}

// BuildsWithoutTimeline lists, at most limit, the completed builds of a project, queued at or after since and not
// gone, whose timeline was not read yet: failed ones first, then the newest. A build that ran again after its
// timeline was read, and finished at another time, is one of them.
func (d *Dataset) BuildsWithoutTimeline(ctx context.Context, projectID string, since time.Time, limit int) ([]int, error) {
	const query = `SELECT id FROM fact_build WHERE project = (SELECT id FROM dim_project WHERE key = ?1) AND waits IS NOT NULL AND waits = ?2
		AND (?3 IS NULL OR queued >= ?3) ORDER BY queued DESC, id DESC LIMIT ?4`
	var out []int
	for _, waits := range []int{2, 1} {
		more, err := d.numbers(ctx, "sqlite.BuildsWithoutTimeline", query, projectKey(projectID, ""), waits, millis(since), limit-len(out))
		if err != nil {
			return nil, err
		}
		if out = append(out, more...); len(out) >= limit {
			break
		}
	}
	return out, nil
}

// BuildIDs lists, in ascending order, the builds of a project that are not gone and were queued at or after
// since; all that are not gone for the zero time.
func (d *Dataset) BuildIDs(ctx context.Context, projectID string, since time.Time) ([]int, error) {
	query, args := "SELECT id FROM fact_build WHERE project = (SELECT id FROM dim_project WHERE key = ?) AND gone = 0", []any{projectKey(projectID, "")}
	if !since.IsZero() {
		query, args = query+" AND queued >= ?", append(args, since.UnixMilli())
	}
	return d.numbers(ctx, "sqlite.BuildIDs", query+" ORDER BY id", args...)
}

// numbers reads a list of ids.
func (d *Dataset) numbers(ctx context.Context, op, query string, args ...any) ([]int, error) {
	var out []int
	err := d.file.view(ctx, op, func(c *zs.Conn) error {
		return each(c, query, func(row *zs.Stmt) error { out = append(out, row.ColumnInt(0)); return nil }, args...)
	})
	return out, err
}
