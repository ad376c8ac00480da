package rest

import (
	"sort"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// linkFeed serves reporting/workitemlinks: every change of a link, the newest last. Of a project it gives
// links of which either end is in the project now.
func (c *call) linkFeed() *refusal {
	w := c.world
	at := 0
	text := c.param("continuationToken")
	start := c.param("startDateTime")
	switch {
	case text != "" && start != "":
		return badRequest("ArgumentException", "The parameters continuationToken and startDateTime cannot be combined.")
	case text != "":
		mark, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return badToken(text)
		}
		at = sort.Search(len(w.Links), func(i int) bool { return uint64(w.Links[i].Watermark) > mark })
	case start != "":
		t, ok := parseTime(start)
		if !ok {
			return badRequest("VssPropertyValidationException", "The value '"+start+"' is not valid for startDateTime.")
		}
		at = sort.Search(len(w.Links), func(i int) bool { return w.Links[i].Changed >= t.UnixMilli() })
	}
	at = c.shape.begin(at, c.h.o.PageSize)
	kinds, types := set(splitList(c.param("linkTypes"))), set(splitList(c.param("types")))
	next := text
	t := c.served.feeds.at(c)
	c.stream(func(piece func([]byte) bool) {
		b := append(make([]byte, 0, flushAt+4096), `{"values":[`...)
		written := 0
		for ; at < len(w.Links) && written < c.h.o.PageSize; at++ {
			l := &w.Links[at]
			next = strconv.FormatUint(uint64(l.Watermark), 10)
			if !c.wantsLink(l, kinds, types) {
				continue
			}
			if written > 0 {
				b = append(b, ',')
			}
			written++
			b = c.appendLink(b, t, l)
			if len(b) >= flushAt {
				if !piece(b) {
					return
				}
				b = b[:0]
			}
		}
		if next == "" {
			next = "0"
		}
		b = appendString(append(b, `],"nextLink":`...), c.nextLink(next))
		b = appendString(append(b, `,"continuationToken":`...), next)
		b = strconv.AppendBool(append(b, `,"isLastBatch":`...), at >= len(w.Links) && written < c.h.o.PageSize)
		piece(append(b, '}'))
	})
	return nil
}

// set is a set of names in lower case; nil when there are none.
func set(names []string) map[string]bool {
	if len(names) == 0 {
		return nil
	}
	out := make(map[string]bool, len(names))
	for _, n := range names {
		out[strings.ToLower(strings.TrimSpace(n))] = true
	}
	return out
}

func (c *call) wantsLink(l *world.Link, kinds, types map[string]bool) bool {
	source, target := c.world.Latest(int(l.Source)), c.world.Latest(int(l.Target))
	if c.hidesRow(source) || c.hidesRow(target) {
		return false
	}
	if kinds != nil {
		name := strings.ToLower(world.LinkTypes[l.Kind])
		if !kinds[name] && !kinds[name+"-forward"] && !kinds[name+"-reverse"] {
			return false
		}
	}
	if types != nil && !types[strings.ToLower(c.world.Types[source.Type].Name)] && !types[strings.ToLower(c.world.Types[target.Type].Name)] {
		return false
	}
	return c.project == nil || int(source.Project) == c.project.Index || int(target.Project) == c.project.Index
}

// appendLink writes one change. The members behind isActive are those of newer versions.
func (c *call) appendLink(b []byte, t *tables, l *world.Link) []byte {
	w := c.world
	b = appendString(append(b, `{"rel":`...), world.LinkTypes[l.Kind])
	b = strconv.AppendUint(append(b, `,"sourceId":`...), uint64(l.Source), 10)
	b = strconv.AppendUint(append(b, `,"targetId":`...), uint64(l.Target), 10)
	b = append(appendTime(append(b, `,"changedDate":"`...), l.Changed), '"')
	b = strconv.AppendBool(append(b, `,"isActive":`...), l.Active)
	operation := "create"
	if !l.Active {
		operation = "remove"
	}
	b = append(append(b, `,"changedBy":`...), t.people[l.By].short...)
	b = appendString(append(b, `,"changedOperation":`...), operation)
	b = append(b, `,"comment":""`...)
	b = appendString(append(b, `,"sourceProjectId":`...), w.Projects[w.Latest(int(l.Source)).Project].ID)
	b = appendString(append(b, `,"targetProjectId":`...), w.Projects[w.Latest(int(l.Target)).Project].ID)
	return append(b, '}')
}
