package sqlite

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

const (
	usualFinds = 20
	mostFinds  = 200
	mostWords  = 16 // of a search that count
	// fewestRead is how many rows are read from the index at a time, because each time it sorts all that match.
	fewestRead = 200
)

// searchKind is one table that the search looks into.
type searchKind struct {
	table string
	kind  int64
	found string // selects what is shown of the row ?1
}

var searchKinds = []searchKind{
	{dataset.WorkItems, workItemTexts, `SELECT w.id, '', d.title, coalesce(p.name, ''), coalesce(t.name, '') || ' · ' || coalesce(s.name, '')
		FROM fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail
		JOIN dim_situation q ON q.id = r.situation LEFT JOIN dim_project p ON p.id = q.project LEFT JOIN dim_type t ON t.id = q.type LEFT JOIN dim_state s ON s.id = q.state
		WHERE w.id = ?1 AND w.deleted = 0`},
	{dataset.PullRequests, pullRequestTexts, `SELECT q.id, '', q.title, coalesce(p.name, ''), coalesce(s.text, '')
		FROM fact_pull_request q LEFT JOIN dim_project p ON p.id = q.project LEFT JOIN dim_text s ON s.id = q.status WHERE q.id = ?1`},
	{dataset.Commits, commitTexts, `SELECT 0, ` + commitName("c.sha") + `, t.comment, coalesce(p.name, ''), coalesce(a.name, '')
		FROM fact_commit c JOIN fact_commit_comment t ON t.id = c.id LEFT JOIN dim_repository r ON r.id = c.repository
		LEFT JOIN dim_project p ON p.id = r.project LEFT JOIN dim_signature a ON a.id = c.author WHERE c.id = ?1`},
	{dataset.Changesets, changesetTexts, `SELECT c.id, '', c.comment, coalesce(p.name, ''), coalesce(a.name, '')
		FROM fact_changeset c LEFT JOIN dim_project p ON p.id = c.project LEFT JOIN dim_person a ON a.id = c.author WHERE c.id = ?1`},
}

// Search implements dataset.Records. Of each table the rows with the highest numbers come first, which are the
// newest.
func (d *Dataset) Search(ctx context.Context, q dataset.SearchQuery) ([]dataset.Found, error) {
	found := []dataset.Found{}
	limit := q.Limit
	if limit <= 0 {
		limit = usualFinds
	}
	limit = min(limit, mostFinds)
	words := matchWords(q.Text)
	number, _ := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(q.Text), "#"), 10, 64)
	err := d.file.view(ctx, "sqlite.Search", func(c *zs.Conn) error {
		for _, k := range searchKinds {
			if len(q.Tables) > 0 && !slices.Contains(q.Tables, k.table) {
				continue
			}
			rows, err := k.search(c, words, number, limit)
			if err != nil {
				return err
			}
			found = append(found, rows...)
		}
		return nil
	})
	return found, err
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

func (k *searchKind) search(c *zs.Conn, words string, number int64, limit int) (found []dataset.Found, err error) {
	show := func(id int64) error {
		return each(c, k.found, func(row *zs.Stmt) error {
			found = append(found, dataset.Found{Table: k.table, ID: row.ColumnInt64(0), Key: row.ColumnText(1), Text: row.ColumnText(2),
				Project: row.ColumnText(3), Detail: row.ColumnText(4)})
			return nil
		}, id)
	}
	if number > 0 && k.kind != commitTexts {
		if err := show(number); err != nil {
			return nil, err
		}
	}
	named := len(found) > 0
	if words == "" {
		return found, nil
	}
	// A deleted work item is found and not shown, so this goes on until there are enough.
	read := max(limit, fewestRead)
	for below := (k.kind+1)<<searchBits - 1; len(found) < limit; {
		var ids []int64
		err := each(c, "SELECT rowid FROM text_search WHERE text_search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?", func(row *zs.Stmt) error {
			ids = append(ids, row.ColumnInt64(0))
			return nil
		}, words, k.kind<<searchBits, below, read)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if own := id - k.kind<<searchBits; len(found) < limit && !(named && own == number) {
				if err := show(own); err != nil {
					return nil, err
				}
			}
			below = id - 1
		}
		if len(ids) < read {
			break
		}
	}
	return found, nil
}

var _ dataset.Records = (*Dataset)(nil)
