package sqlite

import (
	"encoding/hex"
	"math"
	"slices"

	zs "zombiezen.com/go/sqlite"
)

func (r *reading) readCommits(w *factWalk) error {
	var sha []byte
	return r.rows("SELECT repository, sha, author, committer, authored, committed, adds, edits, deletes FROM fact_commit ORDER BY id", func(row *zs.Stmt) error {
		repository := r.repository(row, 0)
		sha = columnBytes(row, 1, sha)
		id := w.row.Texts[0][:0]
		if row.ColumnType(1) == zs.TypeBlob {
			id = hex.AppendEncode(id, sha)
		} else {
			id = append(id, sha...)
		}
		w.row.Texts[0] = id
		v := w.values
		v[0], v[1] = int64(repository.Project), int64(repository.ID)
		v[3] = int64(at(r.source.signatures, plausibleNumber(row, 2)))
		v[4] = int64(at(r.source.signatures, plausibleNumber(row, 3)))
		v[5], v[6] = plausibleInstant(row, 4), plausibleInstant(row, 5)
		v[7], v[8], v[9] = factNumber(row, 6), factNumber(row, 7), factNumber(row, 8)
		return w.emit()
	})
}

func (r *reading) readPullRequests(w *factWalk) error {
	var list []int64
	return r.rows(`SELECT q.id, q.project, q.repository, q.title, q.status, q.draft, q.created_by, q.source, q.target, q.labels, q.created, q.closed,
		v.first_review, v.comments, q.reviewers FROM fact_pull_request q LEFT JOIN fact_review v ON v.pull_request = q.id ORDER BY q.id`, func(row *zs.Stmt) (err error) {
		v := w.values
		v[0], v[1], v[2] = row.ColumnInt64(0), int64(r.project(row, 1)), int64(r.repository(row, 2).ID)
		w.title(row, 3)
		v[4], v[5], v[6] = r.texts.number(row, 4), factFlag(row.ColumnBool(5)), r.who(row, 6)
		if v[7], err = r.texts.ref(row, 7); err != nil {
			return err
		}
		if v[8], err = r.texts.ref(row, 8); err != nil {
			return err
		}
		v[9] = r.tagSetOf(row, 9)
		v[10], v[11], v[12] = plausibleInstant(row, 10), plausibleInstant(row, 11), plausibleInstant(row, 12)
		v[13] = factNumber(row, 13)
		list = r.reviewers(row, 14, list)
		v[14] = numberBits(float64(len(list) / 3))
		return w.emit()
	})
}

// votes are the words of a vote, by its number.
var votes = map[int64]string{10: "Approved", 5: "Approved with suggestions", 0: "No vote", -5: "Waiting for author", -10: "Rejected"}

// readReviewers hands out who was asked to review, people and groups, with the vote that stands.
func (r *reading) readReviewers(w *factWalk) error {
	words, err := r.numberedVotes()
	if err != nil {
		return err
	}
	var list []int64
	return r.rows("SELECT id, reviewers FROM fact_pull_request ORDER BY id", func(row *zs.Stmt) error {
		list = r.reviewers(row, 1, list)
		for of := range slices.Chunk(list, 3) {
			v := w.values
			v[0], v[2], v[3] = row.ColumnInt64(0), words[of[1]], factFlag(of[2]&requiredReviewer != 0)
			v[1] = 0
			if of[0] > 0 && of[0] <= math.MaxInt32 {
				v[1] = int64(at(r.person, int32(of[0])))
			}
			if err := w.emit(); err != nil {
				return err
			}
		}
		return nil
	})
}

// reviewers reads what triples wrote as a flat list. What is not of that form ends it.
func (r *reading) reviewers(row *zs.Stmt, i int, list []int64) []int64 {
	r.buffer = columnBytes(row, i, r.buffer)
	list = list[:0]
	value, negative, digits := int64(0), false, 0
	for _, c := range r.buffer {
		switch {
		case c >= '0' && c <= '9':
			if digits++; digits > 18 {
				return list[:len(list)/3*3]
			}
			value = value*10 + int64(c-'0')
		case c == '-' && digits == 0:
			negative = true
		case digits > 0 && (c == ',' || c == ']'):
			if negative {
				value = -value
			}
			list = append(list, value)
			value, negative, digits = 0, false, 0
		case c == '[' || c == ',' || c == ']':
		default:
			return list[:len(list)/3*3]
		}
	}
	return list[:len(list)/3*3]
}
