package sqlite

import (
	"bytes"
	"path"
	"slices"
	"strings"

	zs "zombiezen.com/go/sqlite"
)

// branchFinder finds the branch that a path lies in: the one with the longest path that is the path itself or
// above it. TFVC ignores case in paths.
type branchFinder struct {
	r       *reading
	paths   []string         // the branches, number 1 first
	byPath  map[string]int32 // small letters
	folders map[int64]folderBranch
	path    []byte
}

// folderBranch is what is known of a folder: its branch, and whether a branch begins right in it.
type folderBranch struct {
	branch int32
	path   string // in small letters, when a branch begins in it
}

func (f *branchFinder) readBranches() error {
	return each(f.r.conn, "SELECT path FROM dim_tfvc_branch ORDER BY path", func(row *zs.Stmt) error {
		f.paths = append(f.paths, row.ColumnText(0))
		f.byPath[strings.ToLower(row.ColumnText(0))] = int32(len(f.paths))
		return nil
	})
}

// of is the branch of the file whose folder and name stand in these columns.
func (f *branchFinder) of(row *zs.Stmt, folder, name int) (int32, error) {
	if len(f.paths) == 0 {
		return 0, nil
	}
	id := f.r.texts.number(row, folder)
	known, ok := f.folders[id]
	if !ok {
		text, err := f.r.texts.read(int32(id))
		if err != nil {
			return 0, err
		}
		known = f.look(strings.ToLower(text))
		f.folders[id] = known
	}
	if known.path == "" {
		return known.branch, nil
	}
	f.r.buffer = columnBytes(row, name, f.r.buffer)
	f.path = append(append(append(f.path[:0], known.path...), '/'), bytes.ToLower(f.r.buffer)...)
	if branch := f.byPath[string(f.path)]; branch > 0 {
		return branch, nil
	}
	return known.branch, nil
}

func (f *branchFinder) look(folder string) (known folderBranch) {
	for branch := range f.byPath {
		if path.Dir(branch) == folder {
			known.path = folder
		}
	}
	for up := folder; strings.Contains(up, "/"); up = up[:strings.LastIndexByte(up, '/')] {
		if branch := f.byPath[up]; branch > 0 {
			known.branch = branch
			break
		}
	}
	return known
}

// names are the paths of the branches in a key.
func (f *branchFinder) names(key []byte) (out []string) {
	for of := range slices.Chunk(key, 4) {
		out = append(out, f.paths[int(of[0])|int(of[1])<<8|int(of[2])<<16|int(of[3])<<24-1])
	}
	return out
}
