package rest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"sightline/backend/sampleorg/world"
)

// queryLimit is how many work items a query may find: one less than this is the most that $top can ask for.
const queryLimit = 20_000

// condition is a part of a WHERE clause.
type condition interface {
	holds(e *wiqlRun, r *world.Revision) bool
}

type either struct{ left, right condition }
type both struct{ left, right condition }
type negated struct{ inner condition }

func (c either) holds(e *wiqlRun, r *world.Revision) bool {
	return c.left.holds(e, r) || c.right.holds(e, r)
}
func (c both) holds(e *wiqlRun, r *world.Revision) bool {
	return c.left.holds(e, r) && c.right.holds(e, r)
}
func (c negated) holds(e *wiqlRun, r *world.Revision) bool { return !c.inner.holds(e, r) }

// wiqlRun is a query under way.
type wiqlRun struct {
	rows    *rows
	precise bool // times are compared as instants, not as days
}

// comparison compares one field with constants.
type comparison struct {
	field  *world.Field
	op     string
	texts  []string
	number []float64
	times  []time.Time
}

// macro resolves @project, @me, @today and @currentIteration.
func (c *call) macro(name string, days int) (wiqlWord, *refusal) {
	switch strings.ToLower(name) {
	case "@project":
		if c.project != nil {
			return wiqlWord{textWord, c.project.Name}, nil
		}
	case "@me":
		return wiqlWord{textWord, c.caller.UPN}, nil
	case "@today":
		return wiqlWord{textWord, time.UnixMilli(c.world.Now).UTC().AddDate(0, 0, days).Format(time.DateOnly)}, nil
	case "@currentiteration":
		if c.team != nil {
			if s := c.current(); s != nil {
				return wiqlWord{textWord, s.Path}, nil
			}
		}
	}
	return wiqlWord{}, &refusal{status: 400, typeKey: "SyntaxException", eventID: 3200, message: "TF51011: The macro " + name + " has no value here.",
		typeName: "Microsoft.TeamFoundation.WorkItemTracking.Client.Wiql.SyntaxException, Microsoft.TeamFoundation.WorkItemTracking.Client.QueryLanguage"}
}

func (c *call) newComparison(name, op string, values []wiqlWord) (condition, *refusal) {
	k := &comparison{field: c.world.Field(name), op: op}
	for _, v := range values {
		k.texts = append(k.texts, v.text)
		switch k.field.Type {
		case "dateTime":
			t, ok := parseTime(v.text)
			if !ok && v.text != "" {
				return nil, wiqlError("A date was expected.", v.text)
			}
			k.times = append(k.times, t)
		case "integer", "double":
			f, err := strconv.ParseFloat(v.text, 64)
			if err != nil && v.text != "" {
				return nil, wiqlError("A number was expected.", v.text)
			}
			k.number = append(k.number, f)
		}
	}
	if strings.HasSuffix(op, "in group") && name != "System.WorkItemType" {
		return nil, wiqlError("IN GROUP fits types only.", name)
	}
	return k, nil
}

func (k *comparison) holds(e *wiqlRun, r *world.Revision) bool {
	op, not := strings.CutPrefix(k.op, "not ")
	switch op {
	case "ever":
		hit := false
		all := e.rows.w.Item(int(r.Item))
		for i := range all {
			hit = hit || k.matches(e, &all[i], "=")
		}
		return hit != not
	case "<>":
		return !k.matches(e, r, "=")
	}
	return k.matches(e, r, op) != not
}

// matches compares without the NOT of the operator.
func (k *comparison) matches(e *wiqlRun, r *world.Revision, op string) bool {
	w := e.rows.w
	switch k.field.ReferenceName { // the two that a sweep over everything uses
	case "System.Id":
		return anyOf(k.number, func(n float64) bool { return ordered(cmp.Compare(float64(r.Item), n), op) })
	case "System.TeamProject":
		return anyOf(k.texts, func(t string) bool { return compareText(w.Projects[r.Project].Name, t, op) })
	}
	if op == "in group" {
		return slices.ContainsFunc(w.Types[r.Type].Categories, func(c string) bool { return strings.EqualFold(c, k.texts[0]) })
	}
	raw, ok := e.value(k.field, r)
	if !ok {
		return op == "=" && k.texts[0] == ""
	}
	switch k.field.Type {
	case "dateTime":
		t, _ := parseTime(raw)
		return anyOf(k.times, func(v time.Time) bool { return ordered(e.compareTimes(t, v), op) })
	case "integer", "double":
		f, _ := strconv.ParseFloat(raw, 64)
		return k.texts[0] != "" && anyOf(k.number, func(v float64) bool { return ordered(cmp.Compare(f, v), op) })
	case "treePath":
		return anyOf(k.texts, func(v string) bool { return comparePath(raw, v, op) })
	}
	if k.field.Identity {
		return anyOf(k.texts, func(v string) bool { return comparePerson(raw, v, op) })
	}
	if k.field.ReferenceName == "System.Tags" {
		return anyOf(k.texts, func(v string) bool {
			return slices.ContainsFunc(strings.Split(raw, "; "), func(t string) bool { return strings.EqualFold(t, v) })
		})
	}
	return anyOf(k.texts, func(v string) bool { return compareText(raw, v, op) })
}

func anyOf[T any](list []T, f func(T) bool) bool { return slices.ContainsFunc(list, f) }

// compareTimes compares days unless the query is precise.
func (e *wiqlRun) compareTimes(a, b time.Time) int {
	if !e.precise {
		a, b = a.Truncate(24*time.Hour), b.Truncate(24*time.Hour)
	}
	return a.Compare(b)
}

func ordered(c int, op string) bool {
	switch op {
	case "=", "in":
		return c == 0
	case "<":
		return c < 0
	case ">":
		return c > 0
	case "<=":
		return c <= 0
	case ">=":
		return c >= 0
	}
	return false
}

func compareText(a, b, op string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if op == "contains" {
		return strings.Contains(a, b)
	}
	return ordered(cmp.Compare(a, b), op)
}

// comparePath holds UNDER for the node itself and everything below it, not for a sibling that begins alike.
func comparePath(a, b, op string) bool {
	if op == "under" {
		a, b = strings.ToLower(a), strings.ToLower(b)
		return a == b || strings.HasPrefix(a, b+`\`)
	}
	return compareText(a, b, op)
}

// comparePerson takes the name, the address, or both.
func comparePerson(a, b, op string) bool {
	if op != "=" && op != "in" {
		return compareText(a, b, op)
	}
	name, address, _ := strings.Cut(strings.TrimSuffix(a, ">"), " <")
	return strings.EqualFold(a, b) || strings.EqualFold(name, b) || strings.EqualFold(address, b)
}

// value is what a field of a revision holds, as text; false where it holds nothing.
func (e *wiqlRun) value(f *world.Field, r *world.Revision) (string, bool) {
	put := writers[f.ReferenceName]
	e.rows.b = e.rows.b[:0]
	if put == nil || !applies(e.rows.w.Types[r.Type], f) || !put(e.rows, r) {
		return "", false
	}
	if e.rows.b[0] != '"' {
		return string(e.rows.b), true
	}
	var s string
	_ = json.Unmarshal(e.rows.b, &s) // what we encoded decodes
	return s, true
}

// wiql answers a flat query with ids. Items in the recycle bin are never found.
func (c *call) wiql() *refusal {
	var in struct {
		Query string `json:"query"`
	}
	if refused := c.body(&in); refused != nil {
		return refused
	}
	if len(in.Query) > 32<<10 {
		return wiqlError("The query is longer than 32,000 characters.", "")
	}
	q, refused := c.parseWIQL(in.Query)
	if refused != nil {
		return refused
	}
	top, refused := c.number("$top", c.h.o.QueryLimit+1)
	if refused != nil {
		return refused
	}
	asOf := time.UnixMilli(c.world.Now).UTC()
	if q.asOf != "" {
		var ok bool
		if asOf, ok = parseTime(q.asOf); !ok {
			return wiqlError("A date was expected.", q.asOf)
		}
	}
	run := &wiqlRun{rows: &rows{t: c.served.feeds.at(c), w: c.world, current: q.asOf == ""}, precise: c.flag("timePrecision")}
	found := c.findItems(run, q, asOf)
	if len(found) > c.h.o.QueryLimit-1 && top >= c.h.o.QueryLimit {
		return tooMany()
	}
	c.sortItems(run, q, found)
	found = found[:min(top, len(found))]
	items := make([]any, 0, len(found))
	for _, r := range found {
		items = append(items, obj{"id": r.Item, "url": c.itemAddress(r.Item)})
	}
	return c.json(obj{"queryType": "flat", "queryResultType": "workItem", "asOf": zuluTime(asOf.UnixMilli()), "columns": c.columnRefs(q.columns), "sortColumns": c.sortRefs(q.order), "workItems": items})
}

// findItems are the revisions that the query's items stand in. A project in the address does not narrow a
// query; only its conditions do.
func (c *call) findItems(run *wiqlRun, q *wiqlQuery, asOf time.Time) []*world.Revision {
	var found []*world.Revision
	for i := range c.world.Items {
		all := c.world.Item(i + 1)
		k := len(all) - 1
		for q.asOf != "" && k >= 0 && all[k].Changed > asOf.UnixMilli() {
			k--
		}
		if k < 0 || all[k].Has(world.Deleted) || c.hidesRow(&all[k]) {
			continue
		}
		if q.where == nil || q.where.holds(run, &all[k]) {
			found = append(found, &all[k])
		}
	}
	return found
}

// sortItems orders what was found; items that are alike stay in the order of their ids.
func (c *call) sortItems(run *wiqlRun, q *wiqlQuery, found []*world.Revision) {
	for k := len(q.order) - 1; k >= 0; k-- {
		o := q.order[k]
		f := c.world.Field(o.field)
		compare := func(a, b *world.Revision) int { return cmp.Compare(a.Item, b.Item) }
		if o.field != "System.Id" {
			keys := make(map[uint32]string, len(found))
			for _, r := range found {
				keys[r.Item], _ = run.value(f, r)
			}
			compare = func(a, b *world.Revision) int { return compareValues(f.Type, keys[a.Item], keys[b.Item]) }
		}
		slices.SortStableFunc(found, func(a, b *world.Revision) int {
			if o.descending {
				return compare(b, a)
			}
			return compare(a, b)
		})
	}
}

// compareValues orders two values of a field's type; what holds nothing comes first.
func compareValues(kind, a, b string) int {
	switch kind {
	case "integer", "double":
		x, _ := strconv.ParseFloat(a, 64)
		y, _ := strconv.ParseFloat(b, 64)
		return cmp.Compare(x, y)
	case "dateTime":
		x, _ := parseTime(a)
		y, _ := parseTime(b)
		return x.Compare(y)
	}
	return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
}

func (c *call) columnRefs(names []string) []any {
	out := make([]any, 0, len(names))
	for _, n := range names {
		f := c.world.Field(n)
		out = append(out, obj{"referenceName": f.ReferenceName, "name": f.Name, "url": c.base + "/_apis/wit/fields/" + f.ReferenceName})
	}
	return out
}

func (c *call) sortRefs(order []wiqlOrder) []any {
	out := make([]any, 0, len(order))
	for _, o := range order {
		out = append(out, obj{"field": c.columnRefs([]string{o.field})[0], "descending": o.descending})
	}
	return out
}
