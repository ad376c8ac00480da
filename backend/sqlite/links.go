package sqlite

import (
	"fmt"

	"sightline/backend/devops"
)

// storeLinks keeps the newest change of each (type, source, target). Of two at the same instant the one
// that says "active" stands, so that the order in which they come never matters.
func (t *tables) storeLinks(b *devops.Batch) error {
	for _, l := range b.Links {
		if l.Type == "" || l.Source <= 0 || l.Target <= 0 {
			return invalidRow(fmt.Sprintf("a link from %d to %d", l.Source, l.Target), "without a type or an end")
		}
		kind, err := t.linkType(l.Type)
		if err != nil {
			return err
		}
		changed := int64(0)
		if !l.Changed.IsZero() {
			changed = l.Changed.UnixMilli()
		}
		err = run(t.c, `INSERT INTO fact_link (type, target, source, changed, active) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET changed = excluded.changed, active = excluded.active
			WHERE excluded.changed > changed OR (excluded.changed = changed AND excluded.active > active)`,
			kind, l.Target, l.Source, changed, l.Active)
		if err != nil {
			return err
		}
	}
	return nil
}

// removeDestroyed removes work items with everything that hangs on them.
func (t *tables) removeDestroyed(b *devops.Batch) error {
	if len(b.Destroyed) == 0 {
		return nil
	}
	t.scratch = append(t.scratch[:0], '[')
	for i, id := range b.Destroyed {
		if i > 0 {
			t.scratch = append(t.scratch, ',')
		}
		t.scratch = fmt.Append(t.scratch, id)
		from, to := int64(id)<<revisionBits, (int64(id)+1)<<revisionBits
		err := firstOf(
			run(t.c, "DELETE FROM fact_item WHERE id = ?", id),
			run(t.c, "DELETE FROM fact_revision WHERE rk >= ? AND rk < ?", from, to),
			run(t.c, "DELETE FROM fact_detail WHERE dk >= ? AND dk < ?", from, to))
		if err != nil {
			return err
		}
	}
	t.scratch = append(t.scratch, ']')
	// Links have no index by their source: one pass finds them for all the items.
	err := run(t.c, `WITH gone AS MATERIALIZED (SELECT value FROM json_each(?))
		DELETE FROM fact_link WHERE source IN gone OR target IN gone`, string(t.scratch))
	if err != nil {
		return err
	}
	// What is known of their contents is gone with them.
	return t.openDetails()
}
