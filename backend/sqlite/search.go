package sqlite

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sightline/backend/dataset"
	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

const (
	usualFinds = 20
	mostFinds  = 200
	mostWords  = 16 // of a search that count
	// fewestRead is how many rows are read from the index at a time, because each time it sorts all that match.
	fewestRead = 200
)

// searchKind is one table that the search looks into. The parameters have a plus before them because SQLite would
// otherwise plan such a statement anew at each run: where a table has an index over a part of its rows, the plan may
// depend on the value.
type searchKind struct {
	table string
	kind  int64
	found string // selects what is shown of the row ?1
	text  string // selects the text of the row ?1
	all   string // selects the numbers of all rows, ascending
}

var searchKinds = []searchKind{
	{dataset.WorkItems, workItemTexts, `SELECT w.id, '', d.title, coalesce(p.name, ''), coalesce(t.name, '') || ' · ' || coalesce(s.name, '')
		FROM fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail
		JOIN dim_situation q ON q.id = r.situation LEFT JOIN dim_project p ON p.id = q.project LEFT JOIN dim_type t ON t.id = q.type LEFT JOIN dim_state s ON s.id = q.state
		WHERE w.id = +?1 AND w.deleted = 0`,
		`SELECT d.title FROM fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail WHERE w.id = +?1`,
		"SELECT id FROM fact_item ORDER BY id"},
	{dataset.PullRequests, pullRequestTexts, `SELECT q.id, '', q.title, coalesce(p.name, ''), coalesce(s.text, '')
		FROM fact_pull_request q LEFT JOIN dim_project p ON p.id = q.project LEFT JOIN dim_text s ON s.id = q.status WHERE q.id = +?1`,
		"SELECT title FROM fact_pull_request WHERE id = +?1", "SELECT id FROM fact_pull_request ORDER BY id"},
	{dataset.Commits, commitTexts, `SELECT 0, ` + commitName("c.sha") + `, t.comment, coalesce(p.name, ''), coalesce(a.name, '')
		FROM fact_commit c JOIN fact_commit_comment t ON t.id = c.id LEFT JOIN dim_repository r ON r.id = c.repository
		LEFT JOIN dim_project p ON p.id = r.project LEFT JOIN dim_signature a ON a.id = c.author WHERE c.id = +?1`,
		"SELECT comment FROM fact_commit_comment WHERE id = +?1", "SELECT id FROM fact_commit_comment ORDER BY id"},
	{dataset.Changesets, changesetTexts, `SELECT c.id, '', c.comment, coalesce(p.name, ''), coalesce(a.name, '')
		FROM fact_changeset c LEFT JOIN dim_project p ON p.id = c.project LEFT JOIN dim_person a ON a.id = c.author WHERE c.id = +?1`,
		"SELECT comment FROM fact_changeset WHERE id = +?1", "SELECT id FROM fact_changeset ORDER BY id"},
}

// Search implements dataset.Records. Of each table the rows with the highest numbers come first, which are the
// newest. It finds all that is committed, whatever of it is indexed, and also when the index is damaged: then
// every text is looked at, and the index is made anew where the file may be written.
func (d *Dataset) Search(ctx context.Context, q dataset.SearchQuery) ([]dataset.Found, error) {
	const op = "sqlite.Search"
	tail, err := d.takeTail(ctx)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	defer func() { d.tail <- tail }()
	for tried := false; ; tried = true {
		tail.take(d.spoiled.Load())
		s := &searching{tail: tail, query: q}
		err := d.file.view(ctx, op, s.run)
		if s.damage == nil || tail.whole {
			return s.found, err
		}
		d.spoiled.Store(tried || !d.Writable() || d.rebuildIndex(ctx) != nil)
	}
}

// searching is one search over one state of the file.
type searching struct {
	c      *zs.Conn
	tail   *searchTail
	query  dataset.SearchQuery
	words  string
	number int64 // what was typed is a number, else 0
	limit  int

	found  []dataset.Found
	damage error // of the index
}

func (s *searching) run(c *zs.Conn) error {
	s.c, s.found, s.words = c, []dataset.Found{}, matchWords(s.query.Text)
	s.number, _ = strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(s.query.Text), "#"), 10, 64)
	if s.limit = s.query.Limit; s.limit <= 0 {
		s.limit = usualFinds
	}
	s.limit = min(s.limit, mostFinds)
	if s.words != "" {
		if err := s.tail.follow(c); err != nil {
			if errors.Is(err, errQueue) {
				s.damage = err
			}
			s.tail.empty()
			return err
		}
	}
	for i := range searchKinds {
		k := &searchKinds[i]
		if len(s.query.Tables) > 0 && !slices.Contains(s.query.Tables, k.table) {
			continue
		}
		if err := s.table(k); err != nil {
			return err
		}
	}
	return nil
}

// matchWords writes what somebody typed as words that all have to occur, the beginnings of words included. Each
// stands between quotes, within which nothing but a quote means anything to FTS5; it cuts a word itself where its
// own words end, so that drill-through finds both one after the other.
func matchWords(text string) string {
	var out []string
	for _, word := range strings.Fields(text) {
		word = strings.ReplaceAll(word, "\x00", "")
		known := strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
		if known && len(out) < mostWords {
			out = append(out, `"`+strings.ReplaceAll(word, `"`, `""`)+`"*`)
		}
	}
	return strings.Join(out, " ")
}

// table finds rows of one table.
func (s *searching) table(k *searchKind) error {
	before := len(s.found)
	if s.number > 0 && k.kind != commitTexts {
		if err := s.show(k, s.number); err != nil {
			return err
		}
	}
	named := len(s.found) > before
	// A deleted work item is found and not shown, so this goes on until there are enough.
	for below := (k.kind+1)<<searchBits - 1; s.words != "" && below >= k.kind<<searchBits; {
		ids, rest, err := s.matches(k.kind<<searchBits, below)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if len(s.found)-before >= s.limit {
				return nil
			}
			own := id - k.kind<<searchBits
			if named && own == s.number {
				continue
			}
			if err := s.show(k, own); err != nil {
				return err
			}
		}
		below = rest
	}
	return nil
}

// show adds a row to what is found, unless it is not shown.
func (s *searching) show(k *searchKind, id int64) error {
	return each(s.c, k.found, func(row *zs.Stmt) error {
		s.found = append(s.found, dataset.Found{Table: k.table, ID: row.ColumnInt64(0), Key: row.ColumnText(1), Text: row.ColumnText(2),
			Project: row.ColumnText(3), Detail: row.ColumnText(4)})
		return nil
	}, id)
}

// matches are the highest numbers in a range whose texts have the words, descending, and the highest one that was not
// looked at: less than from when all were.
func (s *searching) matches(from, to int64) (ids []int64, rest int64, err error) {
	read := max(s.limit, fewestRead)
	rest = from - 1
	add := func(c *zs.Conn, take func(id int64) (bool, error)) error {
		n := 0
		return each(c, "SELECT rowid FROM text_search WHERE text_search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?", func(row *zs.Stmt) error {
			id := row.ColumnInt64(0)
			if n++; n == read {
				rest = max(rest, id-1)
			}
			if ok, err := take(id); err != nil || !ok {
				return err
			}
			ids = append(ids, id)
			return nil
		}, s.words, from, to, read)
	}
	if s.tail.c != nil {
		if err := add(s.tail.c, func(int64) (bool, error) { return true, nil }); err != nil {
			return nil, 0, err
		}
	}
	if !s.tail.whole {
		if err := add(s.c, s.tail.leaves); err != nil {
			if s.damaged(err) {
				s.damage = err
			}
			return nil, 0, err
		}
	}
	slices.SortFunc(ids, func(a, b int64) int { return cmp.Compare(b, a) })
	for len(ids) > 0 && ids[len(ids)-1] <= rest {
		ids = ids[:len(ids)-1]
	}
	return ids, rest, nil
}

// damaged tells whether it is the index that fails and not the words: those an empty index refuses too.
func (s *searching) damaged(err error) bool {
	if !damages(err) {
		return false
	}
	c, openErr := openWords()
	if openErr != nil {
		return false
	}
	defer c.Close()
	return each(c, "SELECT rowid FROM text_search WHERE text_search MATCH ?", func(*zs.Stmt) error { return nil }, s.words) == nil
}

var _ dataset.Records = (*Dataset)(nil)
