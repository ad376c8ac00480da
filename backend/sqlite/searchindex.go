package sqlite

import (
	"hash/maphash"

	zs "zombiezen.com/go/sqlite"
)

// The kinds of texts that the search finds. The number of a row of text_search is its kind and its own number.
const (
	workItemTexts = iota
	pullRequestTexts
	commitTexts
	changesetTexts

	searchBits = 48 // of a row's own number; those of the service are smaller
)

// maxTitles bounds the memory of each of the two generations of the titles that were put in last (about 40 bytes
// an entry). A title that is forgotten is put in again, which costs time and changes nothing.
const maxTitles = 1 << 17

// searchIndex keeps text_search in step with the texts, in the transaction that stores them: four to six
// microseconds a new text, so a title that did not change is not put in again.
type searchIndex struct {
	put, drop  *zs.Stmt
	seed       maphash.Seed
	young, old map[int64]uint64 // hashes of the titles of work items
}

func (t *tables) openSearch() (err error) {
	t.search.seed = maphash.MakeSeed()
	t.search.young = map[int64]uint64{}
	if t.search.put, err = t.c.Prepare("INSERT OR REPLACE INTO text_search (rowid, text) VALUES (?, ?)"); err != nil {
		return err
	}
	t.search.drop, err = t.c.Prepare("DELETE FROM text_search WHERE rowid = ?")
	return err
}

// searchTitle lets a work item be found by its title.
func (t *tables) searchTitle(id int64, title string) error {
	s := &t.search
	hash := maphash.String(s.seed, title)
	known, ok := s.young[id]
	if !ok {
		known, ok = s.old[id]
	}
	if ok && known == hash {
		return nil
	}
	if len(s.young) >= maxTitles {
		s.old, s.young = s.young, make(map[int64]uint64, maxTitles)
	}
	s.young[id] = hash
	return t.searchText(workItemTexts, id, title)
}

// searchText lets a row be found by its text, in the place of the one that it had.
func (t *tables) searchText(kind, id int64, text string) error {
	do := t.search.drop
	if text != "" {
		do = t.search.put
		do.BindText(2, text)
	}
	do.BindInt64(1, kind<<searchBits|id)
	_, err := do.Step()
	return firstOf(err, do.Reset())
}

// forgetTitle takes a work item that was destroyed out of the search.
func (t *tables) forgetTitle(id int64) error {
	delete(t.search.young, id)
	delete(t.search.old, id)
	return t.searchText(workItemTexts, id, "")
}
