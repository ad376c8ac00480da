package sqlite

import (
	"bytes"
	"slices"
	"strings"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

// changeWords are the words of the flags of a change, by their bits from the lowest.
var changeWords = []string{"Add", "Edit", "Delete", "Rename", "Branch", "Merge", "Rollback", "Undelete", "Encoding", "Lock", "Property", "Source rename", "Target rename"}

// changeSets are the sets of branches that changesets touch and of flags that changes carry. They stand among the
// sets of tags with numbers beyond the stored ones.
type changeSets struct {
	read     bool
	branches []string        // by their place in the sets
	sets     [][]string      // the first has the number len(names.tagSets)
	byFlags  map[int64]int32 // number of a set by flags
	changes  []touched       // of every changeset with files, ascending
}

// touched is what the files of one changeset tell.
type touched struct {
	changeset int64
	branches  int32 // number of a set
	files     int32
}

// readChangeSets goes through all changed files once.
func (r *reading) readChangeSets() error {
	if r.changes.read {
		return nil
	}
	f := branchFinder{r: r, byPath: map[string]int32{}, folders: map[int64]folderBranch{}}
	if err := f.readBranches(); err != nil {
		return err
	}
	c := &changeSets{read: true, branches: f.paths, byFlags: map[int64]int32{}}
	numbers := map[string]int32{} // of sets of branches
	first := int32(len(r.names.tagSets))
	var now touched
	var set []int32
	var key []byte
	finish := func() {
		if now.changeset == 0 {
			return
		}
		slices.Sort(set)
		key = key[:0]
		for _, b := range slices.Compact(set) {
			key = append(key, byte(b), byte(b>>8), byte(b>>16), byte(b>>24))
		}
		id := numbers[string(key)]
		if id == 0 && len(key) > 0 {
			id = first + int32(len(c.sets))
			numbers[string(key)] = id
			c.sets = append(c.sets, f.names(key))
		}
		now.branches = id
		c.changes = append(c.changes, now)
	}
	err := r.rows(`SELECT f.changeset, f.flags, coalesce(d.folder, 0), d.name FROM fact_changed_file f LEFT JOIN dim_file d ON d.id = f.file
		ORDER BY f.changeset, f.file`, func(row *zs.Stmt) error {
		if id := row.ColumnInt64(0); id != now.changeset {
			finish()
			now, set = touched{changeset: id}, set[:0]
		}
		now.files++
		flags := row.ColumnInt64(1)
		if _, known := c.byFlags[flags]; !known {
			words := flagWords(flags)
			if c.byFlags[flags] = 0; len(words) > 0 {
				c.byFlags[flags] = first + int32(len(c.sets))
				c.sets = append(c.sets, words)
			}
		}
		branch, err := f.of(row, 2, 3)
		if branch > 0 {
			set = append(set, branch)
		}
		return err
	})
	if err != nil {
		return err
	}
	finish()
	r.changes = *c
	return nil
}

func flagWords(flags int64) (words []string) {
	for i, word := range changeWords {
		if flags&(1<<i) != 0 {
			words = append(words, word)
		}
	}
	return words
}

// madeTagSets are the sets beyond the stored ones.
func (r *reading) madeTagSets() (rows []dataset.TagSetRow) {
	r.fail("sqlite.TagSets", r.readChangeSets())
	for i, tags := range r.changes.sets {
		rows = append(rows, dataset.TagSetRow{ID: int32(len(r.names.tagSets) + i), Tags: tags})
	}
	return rows
}

// readChangesets hands out check-ins. The files of one that were not read yet are blank.
func (r *reading) readChangesets(w *factWalk) error {
	if err := r.readChangeSets(); err != nil {
		return err
	}
	files := r.changes.changes
	return r.rows("SELECT id, project, author, checked_in_by, created, comment, files_read FROM fact_changeset ORDER BY id", func(row *zs.Stmt) error {
		v := w.values
		v[0], v[1], v[2], v[3], v[4] = row.ColumnInt64(0), int64(r.project(row, 1)), r.who(row, 2), r.who(row, 3), plausibleInstant(row, 4)
		w.title(row, 5)
		for len(files) > 0 && files[0].changeset < v[0] {
			files = files[1:]
		}
		v[6], v[7] = 0, blankNumber
		if row.ColumnBool(6) {
			v[7] = 0 // the number 0
			if len(files) > 0 && files[0].changeset == v[0] {
				v[6], v[7] = int64(files[0].branches), numberBits(float64(files[0].files))
			}
		}
		return w.emit()
	})
}

func (r *reading) readFileChanges(w *factWalk) error {
	if err := r.readChangeSets(); err != nil {
		return err
	}
	root, err := r.texts.of("$/")
	if err != nil {
		return err
	}
	drive, err := r.texts.of("$") // how the folder of $/Project is stored
	if err != nil {
		return err
	}
	var name []byte
	return r.rows(`SELECT f.changeset, f.flags, f.folder, coalesce(d.folder, 0), d.name FROM fact_changed_file f
		JOIN fact_changeset c ON c.id = f.changeset LEFT JOIN dim_file d ON d.id = f.file ORDER BY f.changeset, f.file`, func(row *zs.Stmt) error {
		v := w.values
		v[0], v[1], v[2], v[3] = row.ColumnInt64(0), int64(r.changes.byFlags[row.ColumnInt64(1)]), 0, r.texts.number(row, 3)
		if v[3] == int64(drive) {
			v[3] = int64(root)
		}
		if !row.ColumnBool(2) {
			name = columnBytes(row, 4, name)
			extension, err := r.texts.ofBytes(lowerExtension(name))
			if err != nil {
				return err
			}
			v[2] = int64(extension)
		}
		return w.emit()
	})
}

// lowerExtension is the extension of a file's name with its dot, in small letters that stand in the place of the
// name's; nothing when the name has none or only begins with a dot.
func lowerExtension(name []byte) []byte {
	dot := bytes.LastIndexByte(name, '.')
	if dot <= 0 || dot == len(name)-1 || bytes.IndexByte(name[dot:], '/') >= 0 {
		return nil
	}
	extension := name[dot:]
	for i, c := range extension {
		if c >= 0x80 {
			return bytes.ToLower(extension)
		}
		if c >= 'A' && c <= 'Z' {
			extension[i] = c + 'a' - 'A'
		}
	}
	return extension
}

// readBranches hands out the branches of TFVC that are there now. Depth counts the branches above, 0 for a root.
func (r *reading) readBranches(w *factWalk) error {
	parents := map[string]string{}
	if err := each(r.conn, "SELECT path, parent FROM dim_tfvc_branch", func(row *zs.Stmt) error {
		parents[strings.ToLower(row.ColumnText(0))] = strings.ToLower(row.ColumnText(1))
		return nil
	}); err != nil {
		return err
	}
	return r.rows("SELECT path, project, parent, owner, created FROM dim_tfvc_branch WHERE deleted = 0 AND gone = 0 ORDER BY path", func(row *zs.Stmt) error {
		texts, err := r.numbered([]string{row.ColumnText(0), row.ColumnText(2)})
		if err != nil {
			return err
		}
		depth := 0
		for up := strings.ToLower(row.ColumnText(2)); up != "" && depth < deepest; up = parents[up] {
			depth++
		}
		v := w.values
		v[0], v[1], v[2], v[3] = texts[0], int64(r.project(row, 1)), texts[1], numberBits(float64(depth))
		v[4], v[5] = r.who(row, 3), plausibleInstant(row, 4)
		return w.emit()
	})
}
