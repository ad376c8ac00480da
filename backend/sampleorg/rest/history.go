package rest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// itemRevisions lists the revisions of a work item, or gives one.
func (c *call) itemRevisions() *refusal {
	all, refused := c.itemHistory()
	if refused != nil {
		return refused
	}
	q := itemsAsked{}
	if refused := q.readExpand(c.param("$expand")); refused != nil {
		return refused
	}
	e, refused := c.itemRows(&q)
	if refused != nil {
		return refused
	}
	e.current = false
	one := func(r *world.Revision) {
		e.b = strconv.AppendUint(append(e.b, `{"id":`...), uint64(r.Item), 10)
		e.b = strconv.AppendUint(append(e.b, `,"rev":`...), uint64(r.Rev), 10)
		e.b = append(e.b, `,"fields":`...)
		e.fields(r)
		e.b = append(appendString(append(e.b, `,"url":`...), c.itemAddress(r.Item)+"/revisions/"+strconv.Itoa(int(r.Rev))), '}')
	}
	if number := c.vars["number"]; number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > len(all) {
			return &refusal{status: 404, typeKey: "WorkItemRevisionNotFoundException", eventID: 3200, message: "VS402336: Revision " + number + " of the work item does not exist."}
		}
		one(&all[n-1])
		c.send(200, c.contentType(), e.b)
		return nil
	}
	some, refused := page(c, all, 200)
	if refused != nil {
		return refused
	}
	e.b = strconv.AppendInt(append(e.b, `{"count":`...), int64(len(some)), 10)
	e.b = append(e.b, `,"value":[`...)
	for i := range some {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		one(&some[i])
	}
	c.send(200, c.contentType(), append(e.b, `]}`...))
	return nil
}

// itemHistory are the revisions of the item a route names.
func (c *call) itemHistory() ([]world.Revision, *refusal) {
	id, refused := wholeNumber(c.vars["id"])
	if refused != nil {
		return nil, refused
	}
	if c.visible(id, asOfNow) == nil {
		return nil, noWorkItem(id)
	}
	return c.world.Item(id), nil
}

// update is one entry of an item's history: a revision, or a change of links between two.
type update struct {
	at     int64
	rev    uint16
	by     uint16
	row    *world.Revision
	before *world.Revision
	link   *world.Link
}

// updates lists what each change changed. A link that changed without a revision has an entry of its own,
// under the number of the revision that stood.
func (c *call) updates() *refusal {
	all, refused := c.itemHistory()
	if refused != nil {
		return refused
	}
	id := all[0].Item
	var list []update
	for i := range all {
		u := update{at: all[i].Changed, rev: all[i].Rev, by: all[i].ChangedBy, row: &all[i]}
		if i > 0 {
			u.before = &all[i-1]
		}
		list = append(list, u)
	}
	for i := range c.world.Links {
		l := &c.world.Links[i]
		if l.Source != id && l.Target != id || l.Changed < all[0].Changed {
			continue
		}
		rev := uint16(1)
		for k := range all {
			if all[k].Changed <= l.Changed {
				rev = all[k].Rev
			}
		}
		list = append(list, update{at: l.Changed, rev: rev, by: l.By, link: l})
	}
	slices.SortStableFunc(list, func(a, b update) int { return int(a.at - b.at) })
	q := itemsAsked{}
	e, refused := c.itemRows(&q)
	if refused != nil {
		return refused
	}
	e.current = false
	if number := c.vars["number"]; number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > len(list) {
			return &refusal{status: 404, typeKey: "WorkItemUpdateNotFoundException", eventID: 3200, message: "Update " + number + " of the work item does not exist."}
		}
		return c.json(c.update(e, id, n, list[n-1]))
	}
	some, refused := page(c, list, 200)
	if refused != nil {
		return refused
	}
	skip, refused := c.number("$skip", 0)
	if refused != nil {
		return refused
	}
	values := make([]any, 0, len(some))
	for i, u := range some {
		values = append(values, c.update(e, id, skip+i+1, u))
	}
	return c.list(values)
}

func (c *call) update(e *rows, id uint32, number int, u update) obj {
	revisedDate := "9999-01-01T00:00:00Z"
	if u.row != nil {
		if next := c.world.Revised(u.row); next != 0 {
			revisedDate = zuluTime(next)
		}
	}
	v := obj{"id": number, "workItemId": id, "rev": u.rev, "revisedBy": c.identity(c.world.People[u.by]), "revisedDate": revisedDate,
		"url": c.itemAddress(id) + "/updates/" + strconv.Itoa(number)}
	if u.link != nil {
		other, forward := u.link.Target, true
		if u.link.Target == id {
			other, forward = u.link.Source, false
		}
		reference, name := relationName(world.LinkTypes[u.link.Kind], forward)
		relation := obj{"rel": reference, "url": c.itemAddress(other), "attributes": obj{"isLocked": false, "name": name}}
		if u.link.Active {
			v["relations"] = obj{"added": []any{relation}}
		} else {
			v["relations"] = obj{"removed": []any{relation}}
		}
		return v
	}
	v["fields"] = delta(e, u.before, u.row)
	return v
}

// delta are the fields that differ between two revisions, with old and new value.
func delta(e *rows, before, after *world.Revision) obj {
	read := func(r *world.Revision) map[string]json.RawMessage {
		out := map[string]json.RawMessage{}
		if r != nil {
			e.b = e.b[:0]
			e.fields(r)
			_ = json.Unmarshal(bytes.Clone(e.b), &out) // what we encoded decodes
		}
		return out
	}
	was, is := read(before), read(after)
	changes := obj{}
	for name, value := range is {
		if old, ok := was[name]; !ok {
			changes[name] = obj{"newValue": value}
		} else if !bytes.Equal(old, value) {
			changes[name] = obj{"oldValue": old, "newValue": value}
		}
	}
	for name, old := range was {
		if _, ok := is[name]; !ok {
			changes[name] = obj{"oldValue": old}
		}
	}
	return changes
}

// comments lists the comments of a work item, the newest first unless asked otherwise.
func (c *call) comments() *refusal {
	all, refused := c.itemHistory()
	if refused != nil {
		return refused
	}
	top, refused := c.number("$top", 200)
	if refused != nil {
		return refused
	}
	if top < 1 || top > 200 {
		return badRequest("VssPropertyValidationException", "The value of $top must lie between 1 and 200.")
	}
	var list []*world.Revision
	for i := range all {
		if all[i].Has(world.Commented) {
			list = append(list, &all[i])
		}
	}
	if !strings.EqualFold(c.param("order"), "asc") {
		slices.Reverse(list)
	}
	from, refused := c.number("continuationToken", 0)
	if refused != nil {
		return refused
	}
	total := len(list)
	list = list[min(from, total):min(from+top, total)]
	p := c.world.Projects[all[len(all)-1].Project]
	address := c.at(p, "/_apis/wit/workItems/"+c.vars["id"]+"/comments")
	values := make([]any, 0, len(list))
	for _, r := range list {
		who, at := c.identity(c.world.People[r.ChangedBy]), zuluTime(r.Changed)
		number := int64(r.Item)*1000 + int64(r.Comments)
		words := "<div>" + c.world.Remark(r.Item, int(r.Comments)) + "</div>"
		values = append(values, obj{"workItemId": r.Item, "id": number, "commentId": number, "version": 1, "text": words, "renderedText": words, "format": "html", "isDeleted": false,
			"createdBy": who, "createdDate": at, "modifiedBy": who, "modifiedDate": at, "url": address + "/" + strconv.FormatInt(number, 10)})
	}
	v := obj{"totalCount": total, "count": len(values), "comments": values}
	if from+top < total {
		v["continuationToken"] = strconv.Itoa(from + top)
		v["nextPage"] = address + "?continuationToken=" + strconv.Itoa(from+top) + "&$top=" + strconv.Itoa(top) + "&api-version=" + c.version
	}
	return c.json(v)
}

// recycleBin lists the deleted items of a project by id, or describes some of them.
func (c *call) recycleBin() *refusal {
	wanted := map[int]bool{}
	for _, text := range append(splitList(c.param("ids")), splitList(c.vars["id"])...) {
		id, refused := wholeNumber(strings.TrimSpace(text))
		if refused != nil {
			return refused
		}
		wanted[id] = true
	}
	values := []any{}
	for i := range c.world.Items {
		r := c.world.Latest(i + 1)
		if r == nil || c.hidesRow(r) || !r.Has(world.Deleted) || c.project != nil && int(r.Project) != c.project.Index || len(wanted) > 0 && !wanted[i+1] {
			continue
		}
		v := obj{"id": r.Item, "url": c.base + "/_apis/wit/recycleBin/" + strconv.Itoa(i+1)}
		if len(wanted) > 0 {
			c.describeDeleted(v, r)
		}
		values = append(values, v)
	}
	if c.vars["id"] != "" {
		if len(values) == 0 {
			n, _ := strconv.Atoi(c.vars["id"]) // it was read above
			return noWorkItem(n)
		}
		return c.json(values[0])
	}
	if len(values) > c.h.o.QueryLimit {
		return tooMany()
	}
	return c.list(values)
}

// describeDeleted adds what the list of some ids tells. Its date is written as Americans do.
func (c *call) describeDeleted(v obj, r *world.Revision) {
	who := c.world.People[r.ChangedBy]
	v["code"], v["type"], v["name"], v["project"] = 200, c.world.Types[r.Type].Name, c.world.Title(r), c.world.Projects[r.Project].Name
	v["deletedDate"], v["deletedBy"] = usTime(r.Changed), who.Name+" <"+who.UPN+">"
}
