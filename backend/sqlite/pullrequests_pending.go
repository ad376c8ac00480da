package sqlite

import (
	"context"
	"time"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// wholePullRequest reads everything of a pull request.
const wholePullRequest = `SELECT q.id, p.guid, r.guid, q.title, s.text, source.text, target.text, merge.text, q.draft, q.created, q.closed,
	q.created_by, q.closed_by, q.source_commit, ts.tags, q.reviewers
	FROM fact_pull_request q
	LEFT JOIN dim_project p ON p.id = q.project LEFT JOIN dim_repository r ON r.id = q.repository
	LEFT JOIN dim_text s ON s.id = q.status LEFT JOIN dim_text source ON source.id = q.source
	LEFT JOIN dim_text target ON target.id = q.target LEFT JOIN dim_text merge ON merge.id = q.merge_status
	LEFT JOIN dim_tag_set ts ON ts.id = q.labels `

// pending is word for word the condition of fact_pull_request_pending, so that SQLite uses that index.
const pending = `q.project = (SELECT id FROM dim_project WHERE key = ?1)
	AND (q.active = 1 OR q.reviewed IS NULL OR q.reviewed < q.closed + 86400000) `

// ActivePullRequests lists, in ascending order, the pull requests of a project that were active when they
// were last read.
func (d *Dataset) ActivePullRequests(ctx context.Context, projectID string) ([]devops.PullRequest, error) {
	return d.pullRequests(ctx, "sqlite.ActivePullRequests", "WHERE "+pending+"AND q.active = 1 ORDER BY q.id", projectKey(projectID, ""))
}

// PullRequestsToReview lists, newest first and at most limit, the pull requests of a project whose threads have
// to be read: never read, last read before they were closed, or read before again while they were active or less
// than a day after they were closed.
// So one whose threads were just read is not listed again, when again is not later than the start of the refresh.
func (d *Dataset) PullRequestsToReview(ctx context.Context, projectID string, again time.Time, limit int) ([]devops.PullRequest, error) {
	return d.pullRequests(ctx, "sqlite.PullRequestsToReview", "WHERE "+pending+
		"AND (q.reviewed IS NULL OR q.reviewed < ?2 OR q.reviewed < q.closed) ORDER BY q.id DESC LIMIT ?3", projectKey(projectID, ""), again.UnixMilli(), limit)
}

func (d *Dataset) pullRequests(ctx context.Context, op, where string, args ...any) ([]devops.PullRequest, error) {
	var out []devops.PullRequest
	err := d.file.view(ctx, op, func(c *zs.Conn) error {
		people := personReader{c: c}
		return each(c, wholePullRequest+where, func(row *zs.Stmt) error {
			r, err := readPullRequest(row, &people)
			out = append(out, r)
			return err
		}, args...)
	})
	return out, err
}

func readPullRequest(row *zs.Stmt, people *personReader) (r devops.PullRequest, err error) {
	r = devops.PullRequest{
		ID: row.ColumnInt(0), ProjectID: row.ColumnText(1), RepositoryID: row.ColumnText(2), Title: row.ColumnText(3),
		Status: devops.PullRequestStatus(row.ColumnText(4)), Source: row.ColumnText(5), Target: row.ColumnText(6), MergeStatus: row.ColumnText(7),
		Draft: row.ColumnBool(8), Created: columnTime(row, 9), Closed: columnTime(row, 10), SourceCommit: columnID(row, 13),
		Labels: parseTexts(row.ColumnText(14)),
	}
	if r.CreatedBy, err = people.read(row.ColumnInt64(11)); err != nil {
		return r, err
	}
	if r.ClosedBy, err = people.read(row.ColumnInt64(12)); err != nil {
		return r, err
	}
	rows, err := parseTriples(row.ColumnText(15))
	if err != nil {
		return r, err
	}
	for _, w := range rows {
		person, err := people.read(w[0])
		if err != nil {
			return r, err
		}
		r.Reviewers = append(r.Reviewers, devops.Reviewer{Person: person, Vote: int(w[1]), Required: w[2]&requiredReviewer != 0,
			Group: w[2]&groupReviewer != 0, Declined: w[2]&declinedReviewer != 0})
	}
	return r, nil
}

// personReader reads the people that a few rows name.
type personReader struct {
	c    *zs.Conn
	seen map[int64]devops.Person
}

func (p *personReader) read(id int64) (devops.Person, error) {
	if who, ok := p.seen[id]; ok || id <= 0 {
		return who, nil
	}
	var who devops.Person
	err := each(p.c, "SELECT guid, name, address, descriptor FROM dim_person WHERE id = ?", func(row *zs.Stmt) error {
		who = devops.Person{ID: row.ColumnText(0), Name: row.ColumnText(1), UniqueName: row.ColumnText(2), Descriptor: row.ColumnText(3)}
		return nil
	}, id)
	if p.seen == nil {
		p.seen = map[int64]devops.Person{}
	}
	p.seen[id] = who
	return who, err
}
