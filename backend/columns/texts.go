package columns

import "sightline/backend/dataset"

// Rows refer to texts by the numbers that a reading gives them. Nobody looks up other numbers than those that
// a column holds, so only their texts are kept: in memory, and in a snapshot.

// textsUsed are the numbers of the texts that the columns of a build hold.
func (b *builder) textsUsed() map[int32]bool {
	used := map[int32]bool{}
	for i, row := range b.fields.rows {
		if row.Kind == dataset.FactText {
			for _, x := range b.fields.values[i].values {
				used[smallID(x)] = true
			}
		}
	}
	for _, t := range b.tables {
		for i, c := range t.layout.Columns {
			if c.Kind == dataset.FactText {
				for _, id := range t.locals[i].ids {
					used[id] = true
				}
			}
		}
	}
	return used
}

// keepTexts keeps the texts that are used. Code 0 is no text.
func (d *dictionaries) keepTexts(rows []dataset.TextRow, used map[int32]bool) {
	kept := make([]dataset.TextRow, 0, min(len(rows), len(used)))
	for _, t := range rows {
		if t.ID > 0 && used[t.ID] {
			kept = append(kept, t)
		}
	}
	d.textIDs, d.texts, d.textNumbers = ids{}, make([]string, 1, len(kept)+1), make([]int32, 1, len(kept)+1)
	for i, t := range kept {
		d.textIDs.put(t.ID, uint32(i+1))
		d.texts, d.textNumbers = append(d.texts, t.Text), append(d.textNumbers, t.ID)
	}
}

// persistTexts moves the texts as one run of bytes, because a field may have as many as there are work items.
func (d *dictionaries) persistTexts(c *codec) {
	numbers, all := d.textNumbers, titles{}
	for _, t := range d.texts {
		all.add([]byte(t))
	}
	many(c, &numbers)
	all.persist(c)
	c.check(len(numbers) > 0 && len(numbers) == len(all.ends))
	if c.writing() || c.err != nil {
		return
	}
	bytes, from := string(all.bytes), uint32(0)
	d.textNumbers, d.texts, d.textIDs = numbers, make([]string, len(numbers)), ids{}
	for i, number := range numbers {
		d.texts[i], from = bytes[from:all.ends[i]], all.ends[i]
		if number > 0 {
			d.textIDs.put(number, uint32(i))
		}
	}
}
