package sqlite

import (
	"strings"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

// sourceNames are the small tables behind the facts of source control and pipelines. Every slice is indexed by
// the number of a row; 0 is none.
type sourceNames struct {
	repositories []dataset.RepositoryRow
	pipelines    []dataset.PipelineRow
	made         []int32 // number of what a build was made from → repository
	signatures   []int32 // number of a signature → PersonRow.ID
	signers      []dataset.PersonRow
	releases     []string // names of release definitions
	environments []environmentRecord
}

type environmentRecord struct {
	definition int32
	name       string
}

func (r *reading) readSource() error {
	s := &r.source
	err := each(r.conn, "SELECT id, project, name, default_branch, disabled, gone FROM dim_repository", func(row *zs.Stmt) error {
		put(&s.repositories, row.ColumnInt64(0), dataset.RepositoryRow{ID: row.ColumnInt32(0), Project: r.project(row, 1), Name: row.ColumnText(2),
			DefaultBranch: shortRef(row.ColumnText(3)), Disabled: row.ColumnBool(4), Gone: row.ColumnBool(5)})
		return nil
	})
	if err != nil {
		return err
	}
	err = each(r.conn, "SELECT id, project, name, path, gone FROM dim_definition", func(row *zs.Stmt) error {
		p := dataset.PipelineRow{ID: row.ColumnInt32(0), Project: r.project(row, 1), Name: row.ColumnText(2), Folder: row.ColumnText(3), Gone: row.ColumnBool(4)}
		if p.Folder == "" {
			p.Folder = `\`
		}
		put(&s.pipelines, row.ColumnInt64(0), p)
		return nil
	})
	if err != nil {
		return err
	}
	err = each(r.conn, `SELECT o.id, r.id FROM dim_build_source o JOIN dim_repository r ON r.key = o.repository WHERE o.kind = 'TfsGit'`, func(row *zs.Stmt) error {
		put(&s.made, row.ColumnInt64(0), row.ColumnInt32(1))
		return nil
	})
	if err != nil {
		return err
	}
	if err := each(r.conn, "SELECT id, name FROM dim_release_definition", func(row *zs.Stmt) error {
		put(&s.releases, row.ColumnInt64(0), row.ColumnText(1))
		return nil
	}); err != nil {
		return err
	}
	if err := each(r.conn, "SELECT id, definition, name FROM dim_environment", func(row *zs.Stmt) error {
		put(&s.environments, row.ColumnInt64(0), environmentRecord{row.ColumnInt32(1), row.ColumnText(2)})
		return nil
	}); err != nil {
		return err
	}
	return r.readSignatures()
}

// readSignatures finds who the authors and committers of Git are. Git knows a name and an address: the one person
// of the directory who has that address, in whatever case, else somebody of their own for each address. Two
// addresses are two people, because only the directory knows better.
func (r *reading) readSignatures() error {
	known := addressBook(r.names.people)
	own := map[string]int{} // positions in signers
	s := &r.source
	return each(r.conn, "SELECT id, name, address FROM dim_signature ORDER BY id", func(row *zs.Stmt) error {
		name, address := row.ColumnText(1), row.ColumnText(2)
		if person := known[strings.ToLower(address)]; person > 0 && address != "" {
			put(&s.signatures, row.ColumnInt64(0), at(r.person, person))
			return nil
		}
		key := "address:" + strings.ToLower(address)
		if address == "" {
			key = "name:" + name
		}
		i, ok := own[key]
		if !ok {
			i = len(s.signers)
			own[key] = i
			s.signers = append(s.signers, dataset.PersonRow{ID: int32(len(r.names.people) + i), Address: address})
		}
		if name != "" {
			s.signers[i].Name = name // of several spellings the one that came last
		}
		put(&s.signatures, row.ColumnInt64(0), s.signers[i].ID)
		return nil
	})
}

// project is a project's number, 0 for one that is not there.
func (r *reading) project(row *zs.Stmt, i int) int32 {
	if v := row.ColumnInt64(i); v > 0 && v < int64(len(r.names.projects)) {
		return int32(v)
	}
	return 0
}

// repository is a repository's number, 0 for one that is not there.
func (r *reading) repository(row *zs.Stmt, i int) dataset.RepositoryRow {
	return at(r.source.repositories, plausibleNumber(row, i))
}

func (r *reading) Repositories() []dataset.RepositoryRow {
	var out []dataset.RepositoryRow
	for _, row := range r.source.repositories {
		if row.ID > 0 {
			out = append(out, row)
		}
	}
	return out
}

func (r *reading) Pipelines() []dataset.PipelineRow {
	var out []dataset.PipelineRow
	for _, row := range r.source.pipelines {
		if row.ID > 0 {
			out = append(out, row)
		}
	}
	return out
}
