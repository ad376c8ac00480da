package sqlite

import (
	"context"
	"errors"
	"math"
	"time"

	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

const (
	// indexAfter is how long nothing is committed before the time is used to index.
	indexAfter = 2 * time.Second
	// indexedAtClose is how many texts are indexed before a file is closed: half a second. The rest waits.
	indexedAtClose = 100_000
)

// indexTexts brings text_search up to date, at most by so many texts, in transactions between which others may
// write. Who calls it has stored everything else already, and the search finds what is not indexed too, so nobody
// has to hear of a fault: what is left stays in the queue. An index that is damaged is made anew.
func (d *Dataset) indexTexts(ctx context.Context, most int) {
	if !d.spoiled.Load() && !damages(d.indexQueue(ctx, most)) {
		return
	}
	if d.rebuildIndex(ctx) == nil {
		d.spoiled.Store(false)
		_ = d.indexQueue(ctx, most) // as above
	}
}

func (d *Dataset) indexQueue(ctx context.Context, most int) error {
	const op = "sqlite.Index"
	last := int64(0)
	err := d.file.withWriter(ctx, op, func(c *zs.Conn) (err error) {
		waits, err := queueWaits(c)
		if err != nil || !waits {
			return err
		}
		return transact(ctx, c, func(c *zs.Conn) error { last, err = foldQueue(c); return err })
	})
	for done := 0; err == nil && last != 0 && done < most; {
		n := 0
		err = d.file.update(ctx, op, func(c *zs.Conn) (err error) { n, err = indexRow(c, last); return err })
		if n == 0 {
			break
		}
		done += n
	}
	return err
}

func queueWaits(c *zs.Conn) (waits bool, err error) {
	err = each(c, "SELECT 1 FROM search_queue LIMIT 1", func(*zs.Stmt) error { waits = true; return nil })
	return waits, err
}

// foldQueue writes the queue anew, so that each text is in it once and they follow one another: the history of a work
// item goes through many commits, and FTS5 is fastest when numbers ascend. It returns the last row.
func foldQueue(c *zs.Conn) (last int64, err error) {
	var all numberSet
	rows, longest := 0, 0
	err = each(c, "SELECT id, texts FROM search_queue ORDER BY id", func(row *zs.Stmt) error {
		rows, last = rows+1, row.ColumnInt64(0)
		before := len(all.list)
		err := eachNumber(columnBytes(row, 1, nil), all.add)
		longest = max(longest, len(all.list)-before)
		return err
	})
	if err != nil || rows == 1 && longest <= queueRow {
		return last, err
	}
	if err := run(c, "DELETE FROM search_queue"); err != nil {
		return 0, err
	}
	for numbers := all.ascending(); len(numbers) > 0; {
		n := min(len(numbers), queueRow)
		if err := enqueue(c, numbers[:n]); err != nil {
			return 0, err
		}
		numbers = numbers[n:]
	}
	return c.LastInsertRowID(), nil
}

// indexRow indexes the texts of the first row of the queue, unless that is behind last, and returns how many; 0 when
// there is none.
func indexRow(c *zs.Conn, last int64) (n int, err error) {
	id, texts := int64(0), []byte(nil)
	err = each(c, "SELECT id, texts FROM search_queue WHERE id <= ? ORDER BY id LIMIT 1", func(row *zs.Stmt) error {
		id, texts = row.ColumnInt64(0), columnBytes(row, 1, nil)
		return nil
	}, last)
	if err != nil || id == 0 {
		return 0, err
	}
	put, err := c.Prepare("INSERT OR REPLACE INTO text_search (rowid, text) VALUES (?, ?)")
	if err != nil {
		return 0, err
	}
	drop, err := c.Prepare("DELETE FROM text_search WHERE rowid = ?")
	if err != nil {
		return 0, err
	}
	err = eachNumber(texts, func(number int64) error {
		n++
		text, _, err := textOf(c, number)
		if err != nil {
			return err
		}
		do := drop
		if text != "" {
			do = put
			do.BindText(2, text)
		}
		do.BindInt64(1, number)
		_, err = do.Step()
		return firstOf(err, do.Reset())
	})
	if err != nil {
		return 0, err
	}
	return max(n, 1), run(c, "DELETE FROM search_queue WHERE id = ?", id)
}

// textOf reads the text of a number as it is now, and whether its row is there.
func textOf(c *zs.Conn, number int64) (text string, there bool, err error) {
	find, err := c.Prepare(searchKinds[number>>searchBits].text)
	if err != nil {
		return "", false, err
	}
	find.BindInt64(1, number&(1<<searchBits-1))
	if there, err = find.Step(); there {
		text = find.ColumnText(0)
	}
	return text, there, firstOf(err, find.Reset())
}

// rebuildIndex empties text_search, however damaged what FTS5 keeps of it is, and puts every text into the queue.
func (d *Dataset) rebuildIndex(ctx context.Context) error {
	return d.file.update(ctx, "sqlite.Index", func(c *zs.Conn) error {
		for _, statement := range []string{
			"DELETE FROM text_search_config", // FTS5 reads it first, and may refuse what it reads
			"INSERT INTO text_search_config VALUES ('version', 4)",
			"INSERT INTO text_search (text_search) VALUES ('delete-all')",
			"DELETE FROM search_queue",
		} {
			if err := run(c, statement); err != nil {
				return err
			}
		}
		var numbers []int64
		err := eachText(c, func(number int64) error {
			if numbers = append(numbers, number); len(numbers) < queueRow {
				return nil
			}
			err := enqueue(c, numbers)
			numbers = numbers[:0]
			return err
		})
		if err != nil || len(numbers) == 0 {
			return err
		}
		return enqueue(c, numbers)
	})
}

// eachText visits the numbers of all rows that have texts, ascending.
func eachText(c *zs.Conn, visit func(number int64) error) error {
	for _, k := range searchKinds {
		err := each(c, k.all, func(row *zs.Stmt) error {
			id := row.ColumnInt64(0)
			if id <= 0 || id >= 1<<searchBits {
				return nil // not one that Sightline stores
			}
			return visit(k.kind<<searchBits | id)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// damages tells whether a fault of reading or writing text_search can mean that it is damaged: FTS5 has many words for
// it. What passes by itself does not, nor does what a person can mend.
func damages(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || fault.Is(err, fault.Conflict) {
		return false
	}
	switch zs.ErrCode(err).ToPrimary() {
	case zs.ResultCorrupt, zs.ResultError, zs.ResultNoMem, zs.ResultConstraint, zs.ResultMismatch, zs.ResultRange, zs.ResultTooBig:
		return true
	}
	return false
}

// indexWhileIdle is called when nothing was committed for a while.
func (d *Dataset) indexWhileIdle() { d.indexTexts(context.Background(), math.MaxInt) }
