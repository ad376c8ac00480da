package sqlite

import (
	"context"

	zs "zombiezen.com/go/sqlite"
)

// searchTail is an index in memory of the texts that text_search does not have yet as they are now: while a load goes
// on, in a file that is open for reading only, and after a process that was killed. It grows with the queue and is
// made anew when somebody took rows out of that, because a text may have changed and been indexed in between. While
// text_search is damaged and cannot be mended, the tail has all texts.
type searchTail struct {
	c     *zs.Conn // nil while nothing waits
	seen  map[int64]bool
	whole bool
	state int64 // generation of the data when the tail has all texts
}

// takeTail waits until no other search uses the tail. Who takes it puts it back.
func (d *Dataset) takeTail(ctx context.Context) (*searchTail, error) {
	select {
	case t := <-d.tail:
		return t, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// openWords opens an empty index in memory that cuts texts into words as text_search does.
func openWords() (*zs.Conn, error) {
	c, err := zs.OpenConn(":memory:", zs.OpenReadWrite|zs.OpenCreate)
	if err != nil {
		return nil, err
	}
	err = firstOf(untrusting(c), runScript(c, `CREATE TABLE waits (id INTEGER PRIMARY KEY);
		CREATE VIRTUAL TABLE text_search USING fts5(text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');`))
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// take says whether the tail is to have all texts.
func (t *searchTail) take(whole bool) {
	if t.whole != whole {
		t.empty()
	}
	t.whole = whole
}

// empty forgets all texts.
func (t *searchTail) empty() {
	if t.c != nil {
		t.c.Close()
	}
	t.c, t.seen, t.state = nil, nil, 0
}

// follow brings the tail to the state of the file that c reads. After an error it is to be emptied.
func (t *searchTail) follow(c *zs.Conn) error {
	if t.whole {
		return t.followAll(c)
	}
	var fresh []int64
	left := 0
	err := each(c, "SELECT id FROM search_queue ORDER BY id", func(row *zs.Stmt) error {
		if id := row.ColumnInt64(0); t.seen[id] {
			left++
		} else {
			fresh = append(fresh, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if left < len(t.seen) {
		t.empty()
		return t.follow(c)
	}
	if len(fresh) == 0 {
		return nil
	}
	var waiting numberSet // of all rows, because most texts are in several of them
	for _, id := range fresh {
		err := each(c, "SELECT texts FROM search_queue WHERE id = ?", func(row *zs.Stmt) error {
			return eachNumber(columnBytes(row, 0, nil), waiting.add)
		}, id)
		if err != nil {
			return err
		}
	}
	err = t.fill(c, func(add func(int64) error) error {
		for _, n := range waiting.ascending() {
			if err := add(n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range fresh {
		t.seen[id] = true
	}
	return nil
}

// followAll takes every text, unless nothing changed since it did.
func (t *searchTail) followAll(c *zs.Conn) error {
	meta, err := readMeta(c)
	if err != nil {
		return err
	}
	_, state := infoOf(meta)
	if t.c != nil && t.state == state {
		return nil
	}
	t.empty()
	t.state = state
	return t.fill(c, func(add func(int64) error) error { return eachText(c, add) })
}

// fill adds the texts of c whose numbers come, in one transaction.
func (t *searchTail) fill(c *zs.Conn, numbers func(add func(int64) error) error) (err error) {
	if t.c == nil {
		if t.c, err = openWords(); err != nil {
			return err
		}
		t.seen = map[int64]bool{}
	}
	if err := run(t.c, "BEGIN"); err != nil {
		return err
	}
	if err := numbers(func(number int64) error { return t.add(c, number) }); err != nil {
		return err
	}
	return run(t.c, "COMMIT")
}

// add takes the text of a number as c reads it now.
func (t *searchTail) add(c *zs.Conn, number int64) error {
	text, there, err := textOf(c, number)
	if err != nil {
		return err
	}
	if err := run(t.c, "DELETE FROM text_search WHERE rowid = ?", number); err != nil || !there {
		return err // what is not there is not shown, whatever text_search says
	}
	if err := run(t.c, "INSERT INTO waits VALUES (?) ON CONFLICT DO NOTHING", number); err != nil || text == "" {
		return err
	}
	return run(t.c, "INSERT INTO text_search (rowid, text) VALUES (?, ?)", number, text)
}

// leaves tells whether a number that text_search has found is its to find.
func (t *searchTail) leaves(number int64) (bool, error) {
	if t.c == nil {
		return true, nil
	}
	waits := false
	err := each(t.c, "SELECT 1 FROM waits WHERE id = ?", func(*zs.Stmt) error { waits = true; return nil }, number)
	return !waits, err
}
