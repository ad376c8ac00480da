package sqlite

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"time"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// The title, the custom fields and what else rarely changes are stored once for every different content
// of a work item (fact_detail), and a revision says which one it has. Nothing depends on the order in
// which revisions arrive, and removing a work item removes one range of keys.

// maxDetails bounds the memory of each of the two generations of the content cache (about 40 bytes an
// entry). Content that is forgotten is found again in the file.
const maxDetails = 1 << 17

// contentHash is a hash of work item and content. Its two halves use different seeds that change with
// each process, so two contents never meet in practice and cannot be made to meet.
type contentHash [2]uint64

type detailTable struct {
	seeds      [2]maphash.Seed
	young, old map[contentHash]int32
	// next is the next free number of each work item whose details have all been looked at.
	next   map[int64]int32
	insert binder
	find   *zs.Stmt
	buffer []byte
}

func (t *tables) openDetails() (err error) {
	d := &t.details
	d.seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}
	d.young, d.next = map[contentHash]int32{}, map[int64]int32{}
	d.insert, err = newBinder(t.c, `INSERT INTO fact_detail (dk, title, created, created_by, target, start, finish, business_value, value_area, activity, other)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	d.find, err = t.c.Prepare(`SELECT dk, title, created, created_by, target, start, finish, business_value, value_area, activity, other
		FROM fact_detail WHERE dk >= ? AND dk < ?`)
	return err
}

// detail numbers the content of a revision within its work item, from 0, and stores it when it is new.
func (t *tables) detail(r *devops.Revision, createdBy, seen int64) (int64, error) {
	d := &t.details
	c := content{
		title: r.Title, valueArea: r.ValueArea, activity: r.Activity, createdBy: createdBy,
		created: instant(r.Created), target: instant(r.TargetDate), start: instant(r.StartDate), finish: instant(r.FinishDate),
		businessValue: r.BusinessValue,
	}
	var err error
	if d.buffer, err = t.appendOther(d.buffer[:0], r, seen); err != nil {
		return 0, err
	}
	otherLength := len(d.buffer)
	c.other = d.buffer[:otherLength]
	d.buffer = c.appendTo(d.buffer)
	hash := d.hash(int64(r.ID), d.buffer[otherLength:])
	c.other = d.buffer[:otherLength] // the buffer may have moved
	if n, ok := d.known(hash); ok {
		return int64(n), nil
	}
	item := int64(r.ID)
	if _, ok := d.next[item]; !ok {
		if err := d.look(item); err != nil {
			return 0, err
		}
		if n, ok := d.known(hash); ok {
			return int64(n), nil
		}
	}
	n := d.next[item]
	d.next[item] = n + 1
	d.remember(hash, n)
	return int64(n), d.store(item<<revisionBits|int64(n), &c)
}

// look reads the details that the file has of a work item.
func (d *detailTable) look(item int64) error {
	d.find.BindInt64(1, item<<revisionBits)
	d.find.BindInt64(2, (item+1)<<revisionBits)
	next := int32(0)
	var buffer, other []byte
	for {
		more, err := d.find.Step()
		if err != nil || !more {
			d.next[item] = next
			return firstOf(err, d.find.Reset())
		}
		row := d.find
		n := int32(row.ColumnInt64(0) & (1<<revisionBits - 1))
		other = columnBytes(row, 10, other)
		c := content{
			title: row.ColumnText(1), created: columnInstant(row, 2), createdBy: row.ColumnInt64(3),
			target: columnInstant(row, 4), start: columnInstant(row, 5), finish: columnInstant(row, 6),
			businessValue: columnNumber(row, 7), valueArea: row.ColumnText(8), activity: row.ColumnText(9), other: other,
		}
		buffer = c.appendTo(buffer[:0])
		d.remember(d.hash(item, buffer), n)
		next = max(next, n+1)
	}
}

func (d *detailTable) store(dk int64, c *content) error {
	b := &d.insert
	b.int(1, dk)
	b.text(2, c.title)
	b.instant(3, c.created)
	b.int(4, c.createdBy)
	b.instant(5, c.target)
	b.instant(6, c.start)
	b.instant(7, c.finish)
	b.number(8, c.businessValue)
	b.text(9, c.valueArea)
	b.text(10, c.activity)
	if len(c.other) == 0 {
		b.null(11)
	} else {
		b.text(11, string(c.other))
	}
	return b.step()
}

func (d *detailTable) known(h contentHash) (int32, bool) {
	if n, ok := d.young[h]; ok {
		return n, true
	}
	n, ok := d.old[h]
	if ok {
		d.remember(h, n)
	}
	return n, ok
}

func (d *detailTable) remember(h contentHash, n int32) {
	if len(d.young) >= maxDetails {
		// A work item whose content is forgotten has to be looked at again, or its details would be
		// stored twice.
		d.old, d.young = d.young, make(map[contentHash]int32, maxDetails)
		d.next = map[int64]int32{}
	}
	d.young[h] = n
}

func (d *detailTable) hash(item int64, encoded []byte) contentHash {
	var h contentHash
	for i := range h {
		var m maphash.Hash
		m.SetSeed(d.seeds[i])
		maphash.WriteComparable(&m, item)
		m.Write(encoded)
		h[i] = m.Sum64()
	}
	return h
}

// notKnown is an instant that is not known.
const notKnown = math.MinInt64

func instant(t time.Time) int64 {
	if t.IsZero() {
		return notKnown
	}
	return t.UnixMilli()
}

// content is one row of fact_detail.
type content struct {
	title, valueArea, activity     string
	createdBy                      int64
	created, target, start, finish int64 // instants
	businessValue                  *float64
	other                          []byte // JSON, empty when there are no fields
}

// appendTo appends bytes that are equal for equal contents only.
func (c *content) appendTo(b []byte) []byte {
	for _, s := range [...]string{c.title, c.valueArea, c.activity} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	for _, v := range [...]int64{c.createdBy, c.created, c.target, c.start, c.finish} {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	b = append(b, 0)
	if c.businessValue != nil {
		b[len(b)-1] = 1
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(*c.businessValue))
	}
	return append(b, c.other...)
}
