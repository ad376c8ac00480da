package rest

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"net/http"
	"regexp"
	"strings"
)

// formScripts change the form of answers, not what they say.
var formScripts = []Script{
	{Name: "missing-members", Says: "Answers leave out members that are nice to have: _links, imageUrl, count, and the token beside nextLink.", Plain: true, begin: editing(missingMembers)},
	{Name: "extra-members", Says: "Every object of an answer has a member that no document knows.", Plain: true, begin: editing(extraMembers)},
	{Name: "odd-dates", Says: "Instants come with 0, 2, 3 or 7 digits of a second, with an offset in place of the Z or without any zone, and nested projects have the year 1.", Plain: true, begin: editing(oddDates)},
	{Name: "short-and-empty-pages", Says: "Pages of the feed of revisions hold a few dozen rows, and one in three none, although more follow.", Plain: true, begin: shaped(&feedShape{short: true})},
	{Name: "replayed-pages", Says: "Every page of the feeds begins with rows that came before.", Plain: true, begin: shaped(&feedShape{replay: 7})},
	// The mark comes last: what follows it is no JSON any more.
	{Name: "bom", Says: "Every JSON answer begins with a byte order mark.", Plain: true, begin: editing(func(_ http.Header, b []byte) []byte { return append([]byte(byteOrderMark), b...) })},
}

// edit changes a whole body and its headers.
type edit func(h http.Header, body []byte) []byte

// editing makes a script that edits every good JSON answer.
func editing(change edit) func() func(*http.Request) *Fault {
	f := &Fault{cutAfter: -1, edits: []edit{change}}
	return everyTime(nil, func() *Fault { return f })
}

// feedShape is how pages of the reporting feeds are cut.
type feedShape struct {
	short  bool
	replay int // rows that come again
}

func shaped(s *feedShape) func() func(*http.Request) *Fault {
	f := &Fault{cutAfter: -1, feed: s}
	return everyTime(func(r *http.Request) bool { return under(r, "/wit/reporting/") }, func() *Fault { return f })
}

// size is how many rows a page holds. It depends on the place alone, so that a page read again is the same.
func (s *feedShape) size(size, at int, exact bool) int {
	switch {
	case s == nil || !s.short:
		return pageSize(size, at, exact)
	case exact && at%3 == 1:
		return 0
	}
	return min(size, 1+at*31%40)
}

// begin is where a page begins; some rows before its place when they are replayed, but never so many that
// nothing new comes.
func (s *feedShape) begin(at, size int) int {
	if s == nil {
		return at
	}
	return max(0, at-min(s.replay, size/2))
}

// truncated leaves out the second half of a body.
func truncated() *Fault {
	return &Fault{cutAfter: -1, edits: []edit{func(_ http.Header, b []byte) []byte { return b[:len(b)/2] }}}
}

// walk changes every object and text of a JSON body; a body that is no JSON stays as it is.
func walk(body []byte, object func(key string, o map[string]any), text func(key, s string) string) []byte {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return body
	}
	var visit func(key string, v any) any
	visit = func(key string, v any) any {
		switch v := v.(type) {
		case map[string]any:
			for k, inner := range v {
				v[k] = visit(k, inner)
			}
			object(key, v)
		case []any:
			for i, inner := range v {
				v[i] = visit(key, inner)
			}
		case string:
			return text(key, v)
		}
		return v
	}
	v = visit("", v)
	out, err := encode(v)
	if err != nil {
		return body
	}
	return out
}

func same(_, s string) string { return s }

func missingMembers(_ http.Header, body []byte) []byte {
	return walk(body, func(_ string, o map[string]any) {
		if _, ok := o["nextLink"]; ok {
			delete(o, "continuationToken") // older answers had it only in the link
		}
		for _, name := range []string{"_links", "imageUrl", "count"} {
			// The count of something, as opposed to that of a list, says what nothing else does.
			if _, list := o["value"]; name == "count" && !list {
				continue
			}
			delete(o, name)
		}
	}, same)
}

func extraMembers(_ http.Header, body []byte) []byte {
	return walk(body, func(key string, o map[string]any) {
		switch key {
		case "fields", "properties", "states", "resultsByOutcome", "runSummaryByState", "backlogVisibilities", "stateMappings", "typeFields", "triggerInfo", "variables":
			return // their members are data
		}
		o["xFuture"] = map[string]any{"of": []any{1, nil, "x"}, "is": true}
	}, same)
}

var instantText = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$`)

// oddDates writes instants in the other forms that were seen, the same instants all the same.
func oddDates(_ http.Header, body []byte) []byte {
	return walk(body, func(key string, o map[string]any) {
		if _, ok := o["lastUpdateTime"]; ok && key == "project" {
			o["lastUpdateTime"] = neverModified
		}
	}, func(_, s string) string {
		m := instantText.FindStringSubmatch(s)
		if m == nil || strings.HasPrefix(s, "9999") {
			return s
		}
		h := fnv.New32a()
		_, _ = h.Write([]byte(s)) // never fails
		fraction := strings.TrimRight(m[2], "0")
		if fraction == "." {
			fraction = ""
		}
		switch h.Sum32() % 4 {
		case 0:
			return m[1] + fraction + "Z"
		case 1:
			return m[1] + (m[2] + ".0000000"[len(m[2]):]) + "Z"
		case 2:
			return m[1] + m[2] + "+00:00"
		}
		if len(fraction) < 3 {
			fraction = (fraction + ".00"[len(fraction):])
		}
		return m[1] + fraction
	})
}
