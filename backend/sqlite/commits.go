package sqlite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// commitTable stores Git commits and pushes.
type commitTable struct {
	find, insert, update binder
	comment              *keeper
	push                 *keeper
	updates              refUpdates
}

// refUpdates reads and writes the rows under one push.
type refUpdates struct {
	find, clear *zs.Stmt
	insert      binder
}

func (t *tables) openCommits() (err error) {
	m := &t.commits
	const columns = "author, authored, committer, committed, adds, edits, deletes"
	for _, p := range []struct {
		into  *binder
		query string
	}{
		{&m.find, "SELECT id FROM fact_commit WHERE repository = ? AND sha = ?"},
		{&m.insert, "INSERT INTO fact_commit (repository, sha, " + columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
		// An answer that says nothing of files leaves the counts of one that did.
		{&m.update, "UPDATE fact_commit SET (" + columns + ") = (?2, ?3, ?4, ?5, coalesce(?6, adds), coalesce(?7, edits), coalesce(?8, deletes)) WHERE id = ?1 AND (" +
			columns + ") IS NOT (?2, ?3, ?4, ?5, coalesce(?6, adds), coalesce(?7, edits), coalesce(?8, deletes))"},
		{&m.updates.insert, "INSERT INTO fact_ref_update (repository, push, position, ref, old, new) VALUES (?, ?, ?, ?, ?, ?)"},
	} {
		if *p.into, err = newBinder(t.c, p.query); err != nil {
			return err
		}
	}
	if m.comment, err = t.keeper("fact_commit_comment", []string{"id"}, []string{"comment"}); err != nil {
		return err
	}
	if m.push, err = t.keeper("fact_push", []string{"repository", "id"}, []string{"pushed", "pushed_by"}); err != nil {
		return err
	}
	if m.updates.find, err = t.c.Prepare("SELECT ref, old, new FROM fact_ref_update WHERE repository = ? AND push = ? ORDER BY position"); err != nil {
		return err
	}
	m.updates.clear, err = t.c.Prepare("DELETE FROM fact_ref_update WHERE repository = ? AND push = ?")
	return err
}

func (t *tables) storeCommits(b *devops.Batch) error {
	for i := range b.Commits {
		if err := t.storeCommit(&b.Commits[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeCommit(m *devops.Commit) error {
	if m.RepositoryID == "" || m.ID == "" {
		return invalidRow("a commit", "without a repository or an id")
	}
	repository, err := t.repository(m.RepositoryID)
	if err != nil {
		return err
	}
	author, err := t.signature(m.Author.Name, m.Author.Address)
	if err != nil {
		return err
	}
	committer, err := t.signature(m.Committer.Name, m.Committer.Address)
	if err != nil {
		return err
	}
	id, err := t.commitNumber(repository, m.ID)
	if err != nil {
		return err
	}
	k, first, was := &t.commits.insert, 3, absent
	if id != 0 {
		k, first, was = &t.commits.update, 2, held
		k.int(1, id)
	} else {
		k.int(1, repository)
		k.commitID(2, m.ID)
	}
	k.int(first, author)
	k.time(first+1, m.Author.At)
	k.int(first+2, committer)
	k.time(first+3, m.Committer.At)
	for i, n := range []*int{m.Adds, m.Edits, m.Deletes} {
		k.count(first+4+i, n)
	}
	if err := k.step(); err != nil {
		return err
	}
	wrote := t.c.Changes() > 0
	if id == 0 {
		id = t.c.LastInsertRowID()
	}
	said, err := t.commitComment(id, m.Comment, was == absent)
	if err != nil {
		return err
	}
	t.note(devops.Commits, was, held, wrote || said)
	return nil
}

// commitComment stores the text of a commit; none has no row.
func (t *tables) commitComment(id int64, comment string, isNew bool) (wrote bool, err error) {
	if comment != "" {
		t.commits.comment.keyInt(1, id)
		t.commits.comment.put.text(2, comment)
		if wrote, err = t.commits.comment.write(); wrote {
			t.textChanged(commitTexts, id)
		}
		return wrote, err
	}
	if isNew {
		return false, nil
	}
	err = run(t.c, "DELETE FROM fact_commit_comment WHERE id = ?", id)
	if wrote = t.c.Changes() > 0; wrote {
		t.textChanged(commitTexts, id)
	}
	return wrote, err
}

// commitNumber is the number of a commit in this file, 0 when it is not held.
func (t *tables) commitNumber(repository int64, sha string) (id int64, err error) {
	f := &t.commits.find
	f.int(1, repository)
	f.commitID(2, sha)
	found, err := f.stmt.Step()
	if found {
		id = f.stmt.ColumnInt64(0)
	}
	return id, firstOf(err, f.stmt.Reset())
}

func (b *binder) count(i int, n *int) {
	if n == nil {
		b.null(i)
		return
	}
	b.int(i, int64(*n))
}

func (t *tables) storePushes(b *devops.Batch) error {
	for i := range b.Pushes {
		if err := t.storePush(&b.Pushes[i]); err != nil {
			return err
		}
	}
	return nil
}

// storePush stores a push. One that comes without what it updated leaves what is known of that: every push
// updates something.
func (t *tables) storePush(p *devops.Push) error {
	if p.RepositoryID == "" || p.ID <= 0 {
		return invalidRow(fmt.Sprintf("push %d", p.ID), "without a repository or an id")
	}
	repository, err := t.repository(p.RepositoryID)
	if err != nil {
		return err
	}
	by, err := t.person(&p.By, periodOf(p.At))
	if err != nil {
		return err
	}
	k := t.commits.push
	k.keyInt(1, repository)
	k.keyInt(2, int64(p.ID))
	k.put.time(3, p.At)
	k.put.int(4, by)
	was, err := k.was()
	if err != nil {
		return err
	}
	wrote, err := k.write()
	if err != nil {
		return err
	}
	if len(p.Updates) > 0 {
		said, err := t.storeRefUpdates(repository, p, was == absent)
		if err != nil {
			return err
		}
		wrote = wrote || said
	}
	t.note(devops.Pushes, was, held, wrote)
	return nil
}

type refUpdate struct {
	ref      int64
	old, new string
}

func (t *tables) storeRefUpdates(repository int64, p *devops.Push, isNew bool) (wrote bool, err error) {
	rows := make([]refUpdate, len(p.Updates))
	for i, u := range p.Updates {
		rows[i] = refUpdate{old: commitID(u.Old), new: commitID(u.New)}
		if rows[i].ref, err = t.text(u.Name); err != nil {
			return false, err
		}
	}
	u := &t.commits.updates
	if !isNew {
		known, err := u.read(repository, int64(p.ID))
		if err != nil || slices.Equal(known, rows) {
			return false, err
		}
		u.clear.BindInt64(1, repository)
		u.clear.BindInt64(2, int64(p.ID))
		if _, err := u.clear.Step(); err != nil {
			return false, err
		}
		if err := u.clear.Reset(); err != nil {
			return false, err
		}
	}
	for i, row := range rows {
		u.insert.int(1, repository)
		u.insert.int(2, int64(p.ID))
		u.insert.int(3, int64(i))
		u.insert.int(4, row.ref)
		u.insert.commitID(5, row.old)
		u.insert.commitID(6, row.new)
		if err := u.insert.step(); err != nil {
			return false, err
		}
	}
	return true, nil
}

func (u *refUpdates) read(repository, push int64) (rows []refUpdate, err error) {
	u.find.BindInt64(1, repository)
	u.find.BindInt64(2, push)
	for {
		more, err := u.find.Step()
		if err != nil || !more {
			return rows, firstOf(err, u.find.Reset())
		}
		rows = append(rows, refUpdate{u.find.ColumnInt64(0), columnID(u.find, 1), columnID(u.find, 2)})
	}
}

// KnownCommits returns which of the ids the dataset holds of a repository.
func (d *Dataset) KnownCommits(ctx context.Context, repositoryID string, ids []string) (map[string]bool, error) {
	known := map[string]bool{}
	err := d.file.view(ctx, "sqlite.KnownCommits", func(c *zs.Conn) error {
		repository := int64(0)
		err := each(c, "SELECT id FROM dim_repository WHERE key = ?", func(row *zs.Stmt) error {
			repository = row.ColumnInt64(0)
			return nil
		}, strings.ToLower(repositoryID))
		if err != nil || repository == 0 {
			return err
		}
		find, err := newBinder(c, "SELECT 1 FROM fact_commit WHERE repository = ? AND sha = ?")
		if err != nil {
			return err
		}
		find.int(1, repository)
		for _, id := range ids {
			find.commitID(2, id)
			found, err := find.stmt.Step()
			if err := firstOf(err, find.stmt.Reset()); err != nil {
				return err
			}
			if found {
				known[id] = true
			}
		}
		return nil
	})
	return known, err
}
