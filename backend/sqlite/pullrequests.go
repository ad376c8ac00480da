package sqlite

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"sightline/backend/devops"
)

// pullRequestTable stores pull requests and what their threads tell.
type pullRequestTable struct {
	put, review *keeper
	reviewed    binder
}

// The flags of a stored reviewer.
const (
	requiredReviewer = 1 << iota
	groupReviewer
	declinedReviewer
)

func (t *tables) openPullRequests() (err error) {
	p := &t.pullRequests
	p.put, err = t.keeper("fact_pull_request", []string{"id"}, []string{"project", "repository", "title", "status", "active", "source", "target",
		"merge_status", "draft", "created", "closed", "created_by", "closed_by", "source_commit", "labels", "reviewers"})
	if err != nil {
		return err
	}
	p.review, err = t.keeper("fact_review", []string{"pull_request"}, []string{"project", "repository", "threads", "comments", "first_review", "votes"})
	if err != nil {
		return err
	}
	// The time of reading is no fact of the organization: it changes without the review being changed.
	p.reviewed, err = newBinder(t.c, "UPDATE fact_review SET read = ?2 WHERE pull_request = ?1 AND read IS NOT ?2")
	return err
}

func (t *tables) storePullRequests(b *devops.Batch) error {
	for i := range b.PullRequests {
		if err := t.storePullRequest(&b.PullRequests[i]); err != nil {
			return err
		}
	}
	for i := range b.Reviews {
		if err := t.storeReview(&b.Reviews[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storePullRequest(r *devops.PullRequest) error {
	if r.ID <= 0 {
		return invalidRow("a pull request", "without an id")
	}
	project, err := t.project(r.ProjectID, "", 0)
	if err != nil {
		return err
	}
	repository, err := t.repository(r.RepositoryID)
	if err != nil {
		return err
	}
	words, err := t.texts(string(r.Status), r.Source, r.Target, r.MergeStatus)
	if err != nil {
		return err
	}
	by, err := t.person(&r.CreatedBy, periodOf(r.Created))
	if err != nil {
		return err
	}
	closer, err := t.person(&r.ClosedBy, periodOf(r.Closed))
	if err != nil {
		return err
	}
	reviewers, err := t.reviewers(r)
	if err != nil {
		return err
	}
	labels, err := t.tagSet(r.Labels)
	if err != nil {
		return err
	}
	k := t.pullRequests.put
	k.keyInt(1, int64(r.ID))
	p := &k.put
	p.int(2, project)
	p.int(3, repository)
	p.text(4, r.Title)
	p.int(5, words[0])
	p.bool(6, r.Status == devops.ActivePullRequest)
	p.int(7, words[1])
	p.int(8, words[2])
	p.int(9, words[3])
	p.bool(10, r.Draft)
	p.time(11, r.Created)
	p.time(12, r.Closed)
	p.int(13, by)
	p.int(14, closer)
	p.commitID(15, r.SourceCommit)
	p.int(16, labels)
	p.text(17, reviewers)
	was, wrote, err := t.keep(k, devops.PullRequests, false)
	if wrote {
		t.textChanged(pullRequestTexts, int64(r.ID))
	}
	if err != nil || was == held {
		return err
	}
	return run(t.c, "UPDATE fact_pull_request SET reviewed = (SELECT read FROM fact_review WHERE pull_request = ?1) WHERE id = ?1", r.ID)
}

// reviewers writes the reviewers in the order of their numbers, because the service lists them in any order.
func (t *tables) reviewers(r *devops.PullRequest) (string, error) {
	rows := make([][3]int64, len(r.Reviewers))
	for i := range r.Reviewers {
		w := &r.Reviewers[i]
		person, err := t.person(&w.Person, periodOf(r.Created))
		if err != nil {
			return "", err
		}
		rows[i] = [3]int64{person, int64(w.Vote), flag(w.Required, requiredReviewer) | flag(w.Group, groupReviewer) | flag(w.Declined, declinedReviewer)}
	}
	slices.SortFunc(rows, func(a, b [3]int64) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]), cmp.Compare(a[2], b[2]))
	})
	return triples(rows), nil
}

func flag(set bool, bit int64) int64 {
	if set {
		return bit
	}
	return 0
}

// triples writes rows of three numbers as JSON.
func triples(rows [][3]int64) string {
	dst := []byte{'['}
	for i, row := range rows {
		if i > 0 {
			dst = append(dst, ',')
		}
		for j, v := range row {
			dst = append(dst, "[,,"[j])
			if v == notKnown {
				dst = append(dst, "null"...)
			} else {
				dst = strconv.AppendInt(dst, v, 10)
			}
		}
		dst = append(dst, ']')
	}
	return string(append(dst, ']'))
}

// parseTriples reads what triples wrote; a null is notKnown.
func parseTriples(text string) (rows [][3]int64, err error) {
	var raw [][3]*int64
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return nil, err
	}
	for _, r := range raw {
		row := [3]int64{notKnown, notKnown, notKnown}
		for i, v := range r {
			if v != nil {
				row[i] = *v
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// storeReview stores what the threads of a pull request tell, also before the pull request itself.
func (t *tables) storeReview(r *devops.Review) error {
	if r.PullRequestID <= 0 {
		return invalidRow("a review", "without a pull request")
	}
	project, err := t.project(r.ProjectID, "", 0)
	if err != nil {
		return err
	}
	repository, err := t.repository(r.RepositoryID)
	if err != nil {
		return err
	}
	votes := make([][3]int64, len(r.Votes))
	for i := range r.Votes {
		v := &r.Votes[i]
		person, err := t.person(&v.Person, periodOf(v.At))
		if err != nil {
			return err
		}
		votes[i] = [3]int64{person, int64(v.Vote), instant(v.At)}
	}
	k := t.pullRequests.review
	k.keyInt(1, int64(r.PullRequestID))
	p := &k.put
	p.int(2, project)
	p.int(3, repository)
	p.int(4, int64(r.Threads))
	p.int(5, int64(r.Comments))
	p.time(6, r.FirstReview)
	p.text(7, triples(votes))
	if _, _, err := t.keep(k, devops.Reviews, false); err != nil {
		return err
	}
	read := &t.pullRequests.reviewed
	read.int(1, int64(r.PullRequestID))
	read.time(2, r.Read)
	if err := read.step(); err != nil {
		return err
	}
	if r.Read.IsZero() {
		return invalidRow(fmt.Sprintf("the threads of pull request %d", r.PullRequestID), "without the time when they were read")
	}
	return run(t.c, "UPDATE fact_pull_request SET reviewed = ? WHERE id = ?", r.Read.UnixMilli(), r.PullRequestID)
}
