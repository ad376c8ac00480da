package sqlite

import (
	"maps"
	"slices"
	"strings"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

// textTable numbers the texts that a reading hands out: those of dim_text under their own numbers, and what is
// made of them or found in a field under numbers beyond. No text has two numbers.
type textTable struct {
	c      *zs.Conn
	find   *zs.Stmt
	text   *zs.Stmt
	stored int32            // the last number of dim_text
	known  map[string]int32 // every text that was asked for
	added  []string         // the texts beyond dim_text, in the order of their numbers
	refs   map[int32]int32  // number of a ref → of its short name
	whole  bool             // every text that a row may have is numbered
}

func (t *textTable) open(c *zs.Conn) (err error) {
	t.c, t.known, t.refs = c, map[string]int32{}, map[int32]int32{}
	if err := each(c, "SELECT coalesce(max(id), 0) FROM dim_text", func(row *zs.Stmt) error {
		t.stored = row.ColumnInt32(0)
		return nil
	}); err != nil {
		return err
	}
	if t.find, err = c.Prepare("SELECT id FROM dim_text WHERE text = ?"); err != nil {
		return err
	}
	t.text, err = c.Prepare("SELECT text FROM dim_text WHERE id = ?")
	return err
}

// number is the number in a column that refers to dim_text; 0 for one that cannot be.
func (t *textTable) number(row *zs.Stmt, i int) int64 {
	if v := row.ColumnInt64(i); v > 0 && v <= int64(t.stored) {
		return v
	}
	return 0
}

// of numbers a text; 0 for none.
func (t *textTable) of(text string) (int32, error) {
	if id, ok := t.known[text]; ok || text == "" {
		return id, nil
	}
	id, err := t.look(text)
	if err != nil {
		return 0, err
	}
	if id == 0 {
		t.added = append(t.added, text)
		id = t.stored + int32(len(t.added))
	}
	t.known[text] = id
	return id, nil
}

// look is the number of a text in dim_text, 0 when it is not there.
func (t *textTable) look(text string) (id int32, err error) {
	t.find.BindText(1, text)
	found, err := t.find.Step()
	if found {
		id = t.find.ColumnInt32(0)
	}
	return id, firstOf(err, t.find.Reset())
}

// ofBytes is of without garbage for a text that was asked for before.
func (t *textTable) ofBytes(text []byte) (int32, error) {
	if id, ok := t.known[string(text)]; ok || len(text) == 0 {
		return id, nil
	}
	return t.of(string(text))
}

// ref numbers the short name of a ref that a column refers to: main for refs/heads/main, pull/12/merge for
// refs/pull/12/merge. What is no ref of Git keeps its name.
func (t *textTable) ref(row *zs.Stmt, i int) (int64, error) {
	full := int32(t.number(row, i))
	if full == 0 {
		return 0, nil
	}
	if id, ok := t.refs[full]; ok {
		return int64(id), nil
	}
	name, err := t.read(full)
	if err != nil {
		return 0, err
	}
	id, err := t.of(shortRef(name))
	t.refs[full] = id
	return int64(id), err
}

func shortRef(name string) string {
	if branch, ok := strings.CutPrefix(name, "refs/heads/"); ok {
		return branch
	}
	return strings.TrimPrefix(name, "refs/")
}

// read is the text of dim_text under a number, "" when there is none.
func (t *textTable) read(id int32) (text string, err error) {
	t.text.BindInt64(1, int64(id))
	found, err := t.text.Step()
	if found {
		text = t.text.ColumnText(0)
	}
	return text, firstOf(err, t.text.Reset())
}

// all are the texts that have a number by now.
func (t *textTable) all() (rows []dataset.TextRow, err error) {
	err = each(t.c, "SELECT id, text FROM dim_text WHERE id > 0 ORDER BY id", func(row *zs.Stmt) error {
		rows = append(rows, dataset.TextRow{ID: row.ColumnInt32(0), Text: row.ColumnText(1)})
		return nil
	})
	for i, text := range t.added {
		rows = append(rows, dataset.TextRow{ID: t.stored + int32(i) + 1, Text: text})
	}
	return rows, err
}

// Texts are all texts that the reading hands out. Those of fields and those that are made have no number in the
// file, so they are looked through here, which costs a tenth of what reading the rows does.
func (r *reading) Texts() []dataset.TextRow {
	if !r.texts.whole {
		err := r.readFieldTexts()
		for _, f := range factReaders {
			if err == nil && f.texts != nil {
				err = f.texts(r)
			}
		}
		r.fail("sqlite.Texts", err)
		r.texts.whole = err == nil
	}
	rows, err := r.texts.all()
	r.fail("sqlite.Texts", err)
	return rows
}

// refTexts numbers the short names of the refs that a query selects.
func (r *reading) refTexts(query string) error {
	return r.rows(query, func(row *zs.Stmt) error {
		_, err := r.texts.ref(row, 0)
		return err
	})
}

func (r *reading) pullRequestTexts() error {
	return r.refTexts("SELECT source FROM fact_pull_request UNION SELECT target FROM fact_pull_request")
}

func (r *reading) runTexts() error { return r.refTexts("SELECT DISTINCT branch FROM fact_build") }

func (r *reading) voteTexts() error {
	_, err := r.numberedVotes()
	return err
}

// numberedVotes are the numbers of the words for votes, by vote. They are asked for in one order, so that two
// readings of a state number their texts alike.
func (r *reading) numberedVotes() (map[int64]int64, error) {
	out := make(map[int64]int64, len(votes))
	for _, vote := range slices.Sorted(maps.Keys(votes)) {
		id, err := r.texts.of(votes[vote])
		if err != nil {
			return nil, err
		}
		out[vote] = int64(id)
	}
	return out, nil
}

func (r *reading) workflowTexts() error {
	_, err := r.numbered(workflows)
	return err
}

func (r *reading) deploymentTexts() error {
	_, err := r.numbered(r.source.releases)
	if err == nil {
		_, err = r.numbered(r.environmentNames())
	}
	return err
}

func (r *reading) fileTexts() error {
	if _, err := r.numbered([]string{"$/", "$"}); err != nil {
		return err
	}
	var name []byte
	return r.rows("SELECT name FROM dim_file", func(row *zs.Stmt) error {
		name = columnBytes(row, 0, name)
		_, err := r.texts.ofBytes(lowerExtension(name))
		return err
	})
}

func (r *reading) branchTexts() error {
	return r.readBranches(newFactWalk(dataset.FactTableOf(dataset.TFVCBranches), func(*dataset.FactRow) error { return nil }))
}
