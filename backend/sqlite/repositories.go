package sqlite

import (
	"context"
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// repositoryTable numbers Git repositories by their GUID in small letters.
type repositoryTable struct {
	dictionary[string]
	put    *keeper
	branch *keeper
}

func (t *tables) openRepositories() (err error) {
	r := &t.repositories
	err = each(t.c, "SELECT id, key FROM dim_repository", func(row *zs.Stmt) error {
		r.load(row.ColumnText(1), row.ColumnInt64(0))
		return nil
	})
	if err != nil {
		return err
	}
	r.put, err = t.keeper("dim_repository", []string{"id"}, []string{"key", "guid", "project", "name", "default_branch", "size", "web_url",
		"disabled", "in_maintenance", "fork", "gone", "listed"})
	if err != nil {
		return err
	}
	r.branch, err = t.keeper("fact_branch", []string{"repository", "ref"}, []string{"head", "gone"})
	return err
}

// repository numbers the repository that a row names, also one that no list has named yet; 0 for none.
func (t *tables) repository(guid string) (int64, error) {
	if guid == "" {
		return 0, nil
	}
	key := strings.ToLower(guid)
	id, isNew := t.repositories.add(key)
	if !isNew {
		return id, nil
	}
	return id, run(t.c, `INSERT INTO dim_repository (id, key, guid, project, name, default_branch, size, web_url, disabled, in_maintenance,
		fork, gone, listed) VALUES (?, ?, ?, 0, '', '', 0, '', 0, 0, 0, 0, 0)`, id, key, guid)
}

func (t *tables) storeRepositories(b *devops.Batch) error {
	for i := range b.Repositories {
		if err := t.storeRepository(&b.Repositories[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeRepository(r *devops.Repository) error {
	if r.ID == "" {
		return invalidRow("a repository", "without an id")
	}
	project, err := t.project(r.ProjectID, "", 0)
	if err != nil {
		return err
	}
	key := strings.ToLower(r.ID)
	id, isNew := t.repositories.add(key)
	was := absent
	if !isNew {
		// A repository that only rows have named is none that was held.
		err := each(t.c, "SELECT listed, gone FROM dim_repository WHERE id = ?", func(row *zs.Stmt) error {
			if row.ColumnBool(0) {
				was = presenceOf(row.ColumnBool(1))
			}
			return nil
		}, id)
		if err != nil {
			return err
		}
	}
	k := t.repositories.put
	k.keyInt(1, id)
	p := &k.put
	p.text(2, key)
	p.text(3, r.ID)
	p.int(4, project)
	p.text(5, r.Name)
	p.text(6, r.DefaultBranch)
	p.int(7, r.Size)
	p.text(8, r.WebURL)
	p.bool(9, r.Disabled)
	p.bool(10, r.InMaintenance)
	p.bool(11, r.Fork)
	p.bool(12, r.Gone)
	p.bool(13, true)
	wrote, err := k.write()
	if err != nil {
		return err
	}
	t.note(devops.Repositories, was, presenceOf(r.Gone), wrote)
	return nil
}

func (t *tables) storeBranches(b *devops.Batch) error {
	come := map[int64]map[int64]bool{} // by repository, the refs of the list
	for _, guid := range b.BranchesOf {
		id, err := t.repository(guid)
		if err != nil {
			return err
		}
		if id == 0 {
			return invalidRow("a list of branches", "without a repository")
		}
		come[id] = map[int64]bool{}
	}
	for i := range b.Branches {
		repository, ref, err := t.storeBranch(&b.Branches[i])
		if err != nil {
			return err
		}
		if list := come[repository]; list != nil {
			list[ref] = true
		}
	}
	for repository, list := range come {
		err := t.retire(devops.Branches, "SELECT ref FROM fact_branch WHERE repository = ? AND gone = 0", repository,
			func(row *zs.Stmt) bool { return list[row.ColumnInt64(0)] }, "UPDATE fact_branch SET gone = 1 WHERE ref = ? AND repository = ?")
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeBranch(b *devops.Branch) (repository, ref int64, err error) {
	if b.RepositoryID == "" || b.Name == "" {
		return 0, 0, invalidRow("a branch", "without a repository or a name")
	}
	if repository, err = t.repository(b.RepositoryID); err != nil {
		return 0, 0, err
	}
	if ref, err = t.text(b.Name); err != nil {
		return 0, 0, err
	}
	k := t.repositories.branch
	k.keyInt(1, repository)
	k.keyInt(2, ref)
	k.put.commitID(3, b.Head)
	k.put.bool(4, b.Gone)
	_, _, err = t.keep(k, devops.Branches, b.Gone)
	return repository, ref, err
}

// Repositories lists the repositories of a project, also those that are gone, by name.
func (d *Dataset) Repositories(ctx context.Context, projectID string) ([]devops.Repository, error) {
	var out []devops.Repository
	err := d.file.view(ctx, "sqlite.Repositories", func(c *zs.Conn) error {
		return each(c, `SELECT r.guid, r.name, r.default_branch, r.size, r.web_url, r.disabled, r.in_maintenance, r.fork, r.gone, p.guid
			FROM dim_repository r JOIN dim_project p ON p.id = r.project WHERE p.key = ? AND r.listed = 1
			ORDER BY r.name COLLATE NOCASE, r.guid`, func(row *zs.Stmt) error {
			out = append(out, devops.Repository{ID: row.ColumnText(0), ProjectID: row.ColumnText(9), Name: row.ColumnText(1),
				DefaultBranch: row.ColumnText(2), Size: row.ColumnInt64(3), WebURL: row.ColumnText(4), Disabled: row.ColumnBool(5),
				InMaintenance: row.ColumnBool(6), Fork: row.ColumnBool(7), Gone: row.ColumnBool(8)})
			return nil
		}, projectKey(projectID, ""))
	})
	return out, err
}

// BranchHeads returns the head of each branch of a repository by its name; branches that are gone are left
// out. An unknown repository has none.
func (d *Dataset) BranchHeads(ctx context.Context, repositoryID string) (map[string]string, error) {
	heads := map[string]string{}
	err := d.file.view(ctx, "sqlite.BranchHeads", func(c *zs.Conn) error {
		return each(c, `SELECT n.text, b.head FROM dim_repository r JOIN fact_branch b ON b.repository = r.id JOIN dim_text n ON n.id = b.ref
			WHERE r.key = ? AND b.gone = 0`, func(row *zs.Stmt) error {
			heads[row.ColumnText(0)] = columnID(row, 1)
			return nil
		}, strings.ToLower(repositoryID))
	})
	return heads, err
}
