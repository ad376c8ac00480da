package sqlite

import (
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// person is somebody the writer knows, with the newest spellings.
type person struct {
	id                        int64
	name, address, descriptor spelling
}

// personKey is what tells people apart: the id, else the address, else the name. "" is nobody.
func personKey(p *devops.Person) string {
	switch {
	case p.ID != "":
		return strings.ToLower(p.ID)
	case p.UniqueName != "":
		return "address:" + strings.ToLower(p.UniqueName)
	case p.Name != "":
		return "name:" + p.Name
	}
	return ""
}

func (t *tables) openPeople() error {
	t.people = map[string]*person{}
	return each(t.c, `SELECT id, key, name, name_seen, address, address_seen, descriptor, descriptor_seen FROM dim_person`,
		func(row *zs.Stmt) error {
			t.people[row.ColumnText(1)] = &person{
				id:         row.ColumnInt64(0),
				name:       spelling{row.ColumnText(2), row.ColumnInt64(3)},
				address:    spelling{row.ColumnText(4), row.ColumnInt64(5)},
				descriptor: spelling{row.ColumnText(6), row.ColumnInt64(7)},
			}
			return nil
		})
}

func (t *tables) storePeople(b *devops.Batch) error {
	for i := range b.People {
		if personKey(&b.People[i]) == "" {
			return invalidRow("a person", "without id, address and name")
		}
		if _, err := t.person(&b.People[i], listed); err != nil {
			return err
		}
	}
	return nil
}

// person numbers somebody and keeps the newest spelling of the name; 0 for nobody.
func (t *tables) person(p *devops.Person, seen int64) (int64, error) {
	// Most ids come in small letters already, and are found without making a key.
	known := t.people[p.ID]
	key := ""
	if known == nil {
		if key = personKey(p); key == "" {
			return 0, nil
		}
		known = t.people[key]
	}
	if known == nil {
		// Keys are unique and people are never removed, so their count is the last number.
		known = &person{id: int64(len(t.people)) + 1}
		known.name.offer(p.Name, seen)
		known.address.offer(p.UniqueName, seen)
		known.descriptor.offer(p.Descriptor, seen)
		t.people[key] = known
		t.dirty = true
		return known.id, run(t.c, `INSERT INTO dim_person (id, key, guid, name, name_seen, address, address_seen, descriptor, descriptor_seen)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, known.id, key, p.ID, known.name.text, known.name.seen,
			known.address.text, known.address.seen, known.descriptor.text, known.descriptor.seen)
	}
	changed := known.name.offer(p.Name, seen)
	changed = known.address.offer(p.UniqueName, seen) || changed
	changed = known.descriptor.offer(p.Descriptor, seen) || changed
	if !changed {
		return known.id, nil
	}
	t.dirty = true
	return known.id, run(t.c, `UPDATE dim_person SET name = ?, name_seen = ?, address = ?, address_seen = ?, descriptor = ?, descriptor_seen = ?
		WHERE id = ?`, known.name.text, known.name.seen, known.address.text, known.address.seen,
		known.descriptor.text, known.descriptor.seen, known.id)
}
