package rest

import (
	"strconv"
	"strings"
	"time"

	"sightline/backend/sampleorg/world"
)

// batchLimit is how many work items one request may name.
const batchLimit = 200

// itemsAsked is a request for some work items.
type itemsAsked struct {
	ids       []int
	fields    []string
	relations bool
	links     bool
	texts     bool
	asOf      time.Time
	omit      bool
}

// readExpand reads $expand, which clients send as a word or as the number of an enumeration.
func (q *itemsAsked) readExpand(text string) *refusal {
	switch strings.ToLower(text) {
	case "", "none", "0":
	case "relations", "1":
		q.relations = true
	case "fields", "2":
		q.texts = true
	case "links", "3":
		q.links = true
	case "all", "4":
		q.relations, q.links, q.texts = true, true, true
	default:
		return badRequest("VssPropertyValidationException", "The value '"+text+"' is not valid for $expand.")
	}
	return nil
}

func omits(policy string) bool { return strings.EqualFold(policy, "omit") || policy == "2" }

// workItemsBatch serves up to 200 work items by id.
func (c *call) workItemsBatch() *refusal {
	var in struct {
		IDs         []int    `json:"ids"`
		Fields      []string `json:"fields"`
		Expand      any      `json:"$expand"`
		AsOf        string   `json:"asOf"`
		ErrorPolicy any      `json:"errorPolicy"`
	}
	if refused := c.body(&in); refused != nil {
		return refused
	}
	q := itemsAsked{ids: in.IDs, fields: in.Fields, omit: omits(text(in.ErrorPolicy))}
	if refused := q.readExpand(text(in.Expand)); refused != nil {
		return refused
	}
	return c.items(q, in.AsOf)
}

// text is a JSON value that may be a word or a number.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// workItems serves the same by GET.
func (c *call) workItems() *refusal {
	q := itemsAsked{fields: splitList(c.param("fields")), omit: omits(c.param("errorPolicy"))}
	for _, text := range splitList(c.param("ids")) {
		id, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return badRequest("VssPropertyValidationException", "The value '"+text+"' is not valid for ids.")
		}
		q.ids = append(q.ids, id)
	}
	if refused := q.readExpand(c.param("$expand")); refused != nil {
		return refused
	}
	return c.items(q, c.param("asOf"))
}

// items writes the list. Too many ids are refused; the real service's text for it is not documented.
func (c *call) items(q itemsAsked, asOf string) *refusal {
	switch {
	case len(q.ids) == 0:
		return badRequest("VssPropertyValidationException", "The property ids is required.")
	case len(q.ids) > batchLimit:
		return badRequest("VssPropertyValidationException", "The number of ids exceeds the limit of 200.")
	case len(q.fields) > 0 && (q.relations || q.texts):
		return badRequest("ConflictingParametersException", "The expand parameter can not be used with the fields parameter.")
	}
	if asOf != "" {
		t, ok := parseTime(asOf)
		if !ok {
			return badRequest("VssPropertyValidationException", "The value '"+asOf+"' is not valid for asOf.")
		}
		q.asOf = t
	}
	e, refused := c.itemRows(&q)
	if refused != nil {
		return refused
	}
	e.b = strconv.AppendInt(append(e.b, `{"count":`...), int64(len(q.ids)), 10)
	e.b = append(e.b, `,"value":[`...)
	for i, id := range q.ids {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		r := c.visible(id, q.asOf)
		switch {
		case r != nil:
			c.appendItem(e, r, &q)
		case q.omit:
			e.b = append(e.b, "null"...)
		default:
			return noWorkItem(id)
		}
	}
	e.b = append(e.b, `]}`...)
	c.send(200, c.contentType(), e.b)
	return nil
}

// itemRows is an encoder for work items as they are now: with people in full, and parents as of today.
func (c *call) itemRows(q *itemsAsked) (*rows, *refusal) {
	selected, refused := c.choose(q.fields)
	if refused != nil {
		return nil, refused
	}
	t := c.served.feeds.at(c)
	p := newPlan(c.world, selected, true)
	return &rows{t: t, w: c.world, plan: &p, people: fullIdentity, current: q.asOf.IsZero()}, nil
}

// visible is the revision of an item at an instant, or now; nil when the caller cannot see it: it never was,
// was destroyed, lies in the recycle bin, or is not in the project of the request.
func (c *call) visible(id int, asOf time.Time) *world.Revision {
	all := c.world.Item(id)
	if len(all) == 0 || c.hidesRow(&all[len(all)-1]) || all[len(all)-1].Has(world.Deleted) || c.project != nil && int(all[len(all)-1].Project) != c.project.Index {
		return nil
	}
	if asOf.IsZero() {
		return &all[len(all)-1]
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Changed <= asOf.UnixMilli() {
			return &all[i]
		}
	}
	return nil
}

// itemAddress is the address of a work item.
func (c *call) itemAddress(id uint32) string {
	return c.base + "/_apis/wit/workItems/" + strconv.FormatUint(uint64(id), 10)
}

// appendItem writes one work item.
func (c *call) appendItem(e *rows, r *world.Revision, q *itemsAsked) {
	e.b = strconv.AppendUint(append(e.b, `{"id":`...), uint64(r.Item), 10)
	e.b = strconv.AppendUint(append(e.b, `,"rev":`...), uint64(r.Rev), 10)
	e.b = append(e.b, `,"fields":`...)
	e.fields(r)
	if q.relations {
		if list := c.relationsOf(r.Item); len(list) > 0 { // left out where there are none
			b, _ := encode(list) // text and numbers always encode
			e.b = append(append(e.b, `,"relations":`...), b...)
		}
	}
	if q.links {
		b, _ := encode(c.itemLinks(r))
		e.b = append(append(e.b, `,"_links":`...), b...)
	}
	e.b = append(appendString(append(e.b, `,"url":`...), c.itemAddress(r.Item)), '}')
}

func (c *call) itemLinks(r *world.Revision) obj {
	self := c.itemAddress(r.Item)
	p := c.world.Projects[r.Project]
	return obj{"self": link(self), "workItemUpdates": link(self + "/updates"), "workItemRevisions": link(self + "/revisions"), "workItemComments": link(self + "/comments"),
		"html": link(c.base + "/" + p.ID + "/_workitems/edit/" + strconv.FormatUint(uint64(r.Item), 10)), "workItemType": link(c.at(p, "/_apis/wit/workItemTypes"+path(c.world.Types[r.Type].Name))),
		"fields": link(c.at(p, "/_apis/wit/fields"))}
}

// relationsOf are an item's links that stand now. Those that were left active after a re-parenting do not
// stand: only the feed shows them.
func (c *call) relationsOf(id uint32) []any {
	type key struct {
		kind           world.LinkKind
		source, target uint32
	}
	active := map[key]bool{}
	var order []key
	for i := range c.world.Links {
		l := &c.world.Links[i]
		if l.Source != id && l.Target != id {
			continue
		}
		k := key{l.Kind, l.Source, l.Target}
		if _, seen := active[k]; !seen {
			order = append(order, k)
		}
		active[k] = l.Active && !l.Stale
	}
	var out []any
	for _, k := range order {
		if !active[k] {
			continue
		}
		other, forward := k.target, true
		if k.target == id {
			other, forward = k.source, false
		}
		reference, name := relationName(world.LinkTypes[k.kind], forward)
		out = append(out, obj{"rel": reference, "url": c.itemAddress(other), "attributes": obj{"isLocked": false, "name": name}})
	}
	return out
}

// relationName is the name of a link as seen from its source, or from its target.
func relationName(kind string, forward bool) (reference, name string) {
	for _, r := range relations {
		if r.reference == kind || strings.HasPrefix(r.reference, kind+"-") && r.forward == forward {
			return r.reference, r.name
		}
	}
	return kind, kind
}

// workItem serves one work item.
func (c *call) workItem() *refusal {
	id, refused := wholeNumber(c.vars["id"])
	if refused != nil {
		return refused
	}
	q := itemsAsked{fields: splitList(c.param("fields")), links: true}
	if refused := q.readExpand(c.param("$expand")); refused != nil {
		return refused
	}
	if asOf := c.param("asOf"); asOf != "" {
		var ok bool
		if q.asOf, ok = parseTime(asOf); !ok {
			return badRequest("VssPropertyValidationException", "The value '"+asOf+"' is not valid for asOf.")
		}
	}
	r := c.visible(id, q.asOf)
	if r == nil {
		return noWorkItem(id)
	}
	e, refused := c.itemRows(&q)
	if refused != nil {
		return refused
	}
	c.appendItem(e, r, &q)
	c.send(200, c.contentType(), e.b)
	return nil
}
