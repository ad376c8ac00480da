package sqlite

import (
	"encoding/binary"
	"errors"
	"slices"

	zs "zombiezen.com/go/sqlite"
)

// Indexing a text costs more than storing it, so a commit only notes which texts it changed. They are indexed when
// the load is done or pauses (searchindex.go), and until then a search looks at them by itself (searchtail.go).

// The kinds of texts that the search finds. The number of a text is its kind and the own number of its row.
const (
	workItemTexts = iota
	pullRequestTexts
	commitTexts
	changesetTexts

	searchBits = 48 // of a row's own number; those of the service are smaller
)

// queueRow is how many texts a row of search_queue has at most when it is written anew, and how many are indexed in
// one transaction: about 50 ms, for which a commit may have to wait.
const queueRow = 10_000

// textChanged notes that a text is to be indexed anew, or that it is not there any more.
func (t *tables) textChanged(kind, id int64) {
	t.changedTexts = append(t.changedTexts, kind<<searchBits|id)
}

// storeChangedTexts stores what the batch noted.
func (t *tables) storeChangedTexts() error {
	if len(t.changedTexts) == 0 {
		return nil
	}
	err := enqueue(t.c, distinct(t.changedTexts))
	t.changedTexts = t.changedTexts[:0]
	return err
}

// distinct sorts numbers and leaves each of them once.
func distinct(numbers []int64) []int64 {
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// numberSet collects numbers of which most come many times.
type numberSet struct {
	list  []int64
	limit int // from which on those that came twice are dropped
}

const roomForTwice = 1 << 20

func (s *numberSet) add(n int64) error {
	if len(s.list) >= max(s.limit, roomForTwice) {
		s.list = distinct(s.list)
		s.limit = len(s.list) + roomForTwice
	}
	s.list = append(s.list, n)
	return nil
}

func (s *numberSet) ascending() []int64 { return distinct(s.list) }

// enqueue stores ascending numbers as one row.
func enqueue(c *zs.Conn, numbers []int64) error {
	return run(c, "INSERT INTO search_queue (texts) VALUES (?)", appendNumbers(nil, numbers))
}

func appendNumbers(b []byte, ascending []int64) []byte {
	before := int64(0)
	for _, n := range ascending {
		b = binary.AppendUvarint(b, uint64(n-before))
		before = n
	}
	return b
}

// errQueue is a row of the queue that Sightline does not write.
var errQueue = errors.New("the queue of the search holds something else than numbers of texts")

// eachNumber visits the numbers that appendNumbers wrote.
func eachNumber(b []byte, visit func(int64) error) error {
	for number := uint64(0); len(b) > 0; {
		distance, n := binary.Uvarint(b)
		if number += distance; n <= 0 || number>>searchBits > changesetTexts || distance>>(searchBits+2) != 0 {
			return errQueue
		}
		b = b[n:]
		if err := visit(int64(number)); err != nil {
			return err
		}
	}
	return nil
}
