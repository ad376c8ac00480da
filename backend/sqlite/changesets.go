package sqlite

import (
	"context"
	"fmt"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// changesetTable stores TFVC changesets, their files, and branches.
type changesetTable struct {
	put, file, branch *keeper
	files, clear      *zs.Stmt
}

func (t *tables) openChangesets() (err error) {
	m := &t.changesets
	// The project that listed it first stays, and files that were read stay read.
	m.put, err = t.keeper("fact_changeset", []string{"id"}, []string{"project=CASE project WHEN 0 THEN excluded.project ELSE project END",
		"author", "checked_in_by", "created", "comment", "files_read=max(files_read, excluded.files_read)"})
	if err != nil {
		return err
	}
	if m.file, err = t.keeper("fact_changed_file", []string{"changeset", "file"}, []string{"flags", "folder", "size"}); err != nil {
		return err
	}
	m.branch, err = t.keeper("dim_tfvc_branch", []string{"path"}, []string{"project", "parent", "owner", "created", "deleted", "gone"})
	if err != nil {
		return err
	}
	if m.files, err = t.c.Prepare("SELECT file FROM fact_changed_file WHERE changeset = ?"); err != nil {
		return err
	}
	m.clear, err = t.c.Prepare("DELETE FROM fact_changed_file WHERE changeset = ? AND file = ?")
	return err
}

func (t *tables) storeChangesets(b *devops.Batch) error {
	for i := range b.Changesets {
		if err := t.storeChangeset(&b.Changesets[i]); err != nil {
			return err
		}
	}
	return t.storeTFVCBranches(b)
}

func (t *tables) storeChangeset(s *devops.Changeset) error {
	if s.ID <= 0 {
		return invalidRow("a changeset", "without a number")
	}
	seen := periodOf(s.Created)
	project, err := t.project(s.ProjectID, "", 0)
	if err != nil {
		return err
	}
	author, err := t.person(&s.Author, seen)
	if err != nil {
		return err
	}
	by, err := t.person(&s.CheckedInBy, seen)
	if err != nil {
		return err
	}
	k := t.changesets.put
	k.keyInt(1, int64(s.ID))
	p := &k.put
	p.int(2, project)
	p.int(3, author)
	p.int(4, by)
	p.time(5, s.Created)
	p.text(6, s.Comment)
	p.bool(7, s.FilesRead)
	was, err := k.was()
	if err != nil {
		return err
	}
	wrote, err := k.write()
	if err != nil {
		return err
	}
	if wrote {
		t.textChanged(changesetTexts, int64(s.ID))
	}
	if was != absent && project != 0 {
		err := run(t.c, `INSERT INTO fact_changeset_project (project, changeset)
			SELECT ?1, id FROM fact_changeset WHERE id = ?2 AND project <> ?1 ON CONFLICT DO NOTHING`, project, s.ID)
		if err != nil {
			return err
		}
		wrote = wrote || t.c.Changes() > 0
	}
	t.note(devops.Changesets, was, held, wrote)
	if !s.FilesRead {
		return nil
	}
	return t.storeChangedFiles(s, was == absent)
}

// storeChangedFiles stores the files of a changeset as a whole.
func (t *tables) storeChangedFiles(s *devops.Changeset, isNew bool) error {
	left := map[int64]bool{}
	if !isNew {
		files := t.changesets.files
		files.BindInt64(1, int64(s.ID))
		for {
			more, err := files.Step()
			if err != nil {
				return firstOf(err, files.Reset())
			}
			if !more {
				break
			}
			left[files.ColumnInt64(0)] = true
		}
		if err := files.Reset(); err != nil {
			return err
		}
	}
	k := t.changesets.file
	for i := range s.Files {
		f := &s.Files[i]
		if f.Path == "" {
			return invalidRow(fmt.Sprintf("a file of changeset %d", s.ID), "without a path")
		}
		file, err := t.file(f.Path)
		if err != nil {
			return err
		}
		k.keyInt(1, int64(s.ID))
		k.keyInt(2, file)
		k.put.int(3, int64(f.Flags))
		k.put.bool(4, f.Folder)
		if f.Size == nil {
			k.put.null(5)
		} else {
			k.put.int(5, *f.Size)
		}
		if _, _, err := t.keep(k, devops.ChangedFiles, false); err != nil {
			return err
		}
		delete(left, file)
	}
	for file := range left {
		t.changesets.clear.BindInt64(1, int64(s.ID))
		t.changesets.clear.BindInt64(2, file)
		if _, err := t.changesets.clear.Step(); err != nil {
			return err
		}
		if err := t.changesets.clear.Reset(); err != nil {
			return err
		}
		t.note(devops.ChangedFiles, held, absent, true)
	}
	return nil
}

func (t *tables) storeTFVCBranches(b *devops.Batch) error {
	come := map[string]bool{}
	for i := range b.TFVCBranches {
		r := &b.TFVCBranches[i]
		if r.Path == "" {
			return invalidRow("a branch of TFVC", "without a path")
		}
		projectID := r.ProjectID
		if projectID == "" {
			projectID = b.TFVCBranchesOf
		}
		project, err := t.project(projectID, "", 0)
		if err != nil {
			return err
		}
		owner, err := t.person(&r.Owner, periodOf(r.Created))
		if err != nil {
			return err
		}
		k := t.changesets.branch
		k.keyText(1, r.Path)
		k.put.int(2, project)
		k.put.text(3, r.Parent)
		k.put.int(4, owner)
		k.put.time(5, r.Created)
		k.put.bool(6, r.Deleted)
		k.put.bool(7, r.Gone)
		if _, _, err := t.keep(k, devops.TFVCBranches, r.Gone); err != nil {
			return err
		}
		come[r.Path] = true
	}
	if b.TFVCBranchesOf == "" {
		return nil
	}
	return t.retireTFVCBranches(b.TFVCBranchesOf, come)
}

// retireTFVCBranches marks the branches of a project that its whole list does not have any more.
func (t *tables) retireTFVCBranches(projectID string, come map[string]bool) error {
	project, err := t.project(projectID, "", 0)
	if err != nil {
		return err
	}
	var gone []string
	err = each(t.c, "SELECT path FROM dim_tfvc_branch WHERE project = ? AND gone = 0", func(row *zs.Stmt) error {
		if path := row.ColumnText(0); !come[path] {
			gone = append(gone, path)
		}
		return nil
	}, project)
	if err != nil {
		return err
	}
	for _, path := range gone {
		if err := run(t.c, "UPDATE dim_tfvc_branch SET gone = 1 WHERE path = ?", path); err != nil {
			return err
		}
		t.note(devops.TFVCBranches, held, retired, true)
	}
	return nil
}

// ChangesetsWithoutFiles lists, newest first and at most limit, changesets of a project whose files were not
// read yet. One that touches several projects is listed for the first that listed it.
func (d *Dataset) ChangesetsWithoutFiles(ctx context.Context, projectID string, limit int) ([]int, error) {
	return d.numbers(ctx, "sqlite.ChangesetsWithoutFiles", `SELECT id FROM fact_changeset
		WHERE project = (SELECT id FROM dim_project WHERE key = ?) AND files_read = 0 ORDER BY id DESC LIMIT ?`, projectKey(projectID, ""), limit)
}
