package sqlite

import (
	"fmt"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

func (t *tables) openLinks() (err error) {
	t.links = &keeper{c: t.c}
	if t.links.find, err = newBinder(t.c, "SELECT active = 0 FROM fact_link WHERE type = ? AND target = ? AND source = ?"); err != nil {
		return err
	}
	t.links.put, err = newBinder(t.c, `INSERT INTO fact_link (type, target, source, changed, active) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET changed = excluded.changed, active = excluded.active
		WHERE excluded.changed > changed OR (excluded.changed = changed AND excluded.active > active)`)
	return err
}

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
		if err := t.storeLink(kind, &l); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeLink(kind int64, l *devops.Link) error {
	changed := int64(0)
	if !l.Changed.IsZero() {
		changed = l.Changed.UnixMilli()
	}
	k := t.links
	k.keyInt(1, kind)
	k.keyInt(2, int64(l.Target))
	k.keyInt(3, int64(l.Source))
	k.put.int(4, changed)
	k.put.bool(5, l.Active)
	was, err := k.was()
	if err != nil {
		return err
	}
	wrote, err := k.write()
	if err != nil || !wrote {
		return err
	}
	t.note(devops.Links, was, presenceOf(!l.Active), true)
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
		if err := t.removeItem(id); err != nil {
			return err
		}
	}
	t.scratch = append(t.scratch, ']')
	// Links have no index by their source: one pass finds them for all the items.
	const theirs = "source IN (SELECT value FROM json_each(?1)) OR target IN (SELECT value FROM json_each(?1))"
	active := 0
	err := each(t.c, "SELECT count(*) FROM fact_link WHERE active = 1 AND ("+theirs+")",
		func(row *zs.Stmt) error { active = row.ColumnInt(0); return nil }, string(t.scratch))
	if err != nil {
		return err
	}
	if err := run(t.c, "DELETE FROM fact_link WHERE "+theirs, string(t.scratch)); err != nil {
		return err
	}
	t.dirty = t.dirty || t.c.Changes() > 0
	t.count(devops.Links, devops.Change{Deleted: active})
	// What is known of their contents is gone with them.
	return t.openDetails()
}

// removeItem removes one work item with its revisions, and counts that.
func (t *tables) removeItem(id int) error {
	from, to := int64(id)<<revisionBits, (int64(id)+1)<<revisionBits
	was, err := t.itemWas(id)
	if err != nil || was == absent {
		return err
	}
	t.note(devops.WorkItems, was, absent, true)
	t.textChanged(workItemTexts, int64(id))
	t.count(devops.Destroyed, devops.Change{Deleted: 1})
	if err := run(t.c, "DELETE FROM fact_revision WHERE rk >= ? AND rk < ?", from, to); err != nil {
		return err
	}
	t.count(devops.Revisions, devops.Change{Deleted: t.c.Changes()})
	delete(t.deleted, id)
	return firstOf(
		run(t.c, "DELETE FROM fact_item WHERE id = ?", id),
		run(t.c, "DELETE FROM fact_detail WHERE dk >= ? AND dk < ?", from, to))
}
