package azdo

import (
	"bytes"
	"slices"
	"strings"
	"sync"
)

// The scanner reads a page of revisions in one pass and copies nothing. It is as strict as encoding/json;
// whatever it does not expect (an escaped member name, a member twice, deep nesting, a broken byte) makes
// it give up, and encoding/json decides. Its tests hold it against encoding/json.

// deepest is how far values may nest before the scanner gives up.
const deepest = 64

// fieldMemory keeps the arrays of fields between pages.
var fieldMemory = sync.Pool{New: func() any { return new([]FieldValue) }}

// scan fills a page. ok is false when encoding/json has to look at it; the page is then half filled.
func (d *RevisionDecoder) scan(b []byte, p *RevisionPage) (ok bool) {
	p.body = b
	p.fields = (*fieldMemory.Get().(*[]FieldValue))[:0]
	return d.scanPage(b, p) && checkPage(p) == nil
}

// scanPage reads {"values":[…],"nextLink":…,"continuationToken":…,"isLastBatch":…} in any order.
func (d *RevisionDecoder) scanPage(b []byte, p *RevisionPage) bool {
	var nextLink string
	var had [4]bool
	once := func(i int) bool { was := had[i]; had[i] = true; return !was }
	end := scanObject(b, skipSpace(b, 0), func(name []byte, i int) int {
		switch string(name) {
		case "values":
			if !once(0) {
				return -1
			}
			return scanArray(b, i, func(i int) int { return d.scanRevision(b, i, p) })
		case "nextLink":
			if !once(1) {
				return -1
			}
			return scanText(b, i, &nextLink)
		case "continuationToken":
			if !once(2) {
				return -1
			}
			return scanText(b, i, &p.ContinuationToken)
		case "isLastBatch":
			if !once(3) {
				return -1
			}
			kind, end := skipValue(b, i, 0)
			if kind != True && kind != False {
				return -1
			}
			p.IsLast = kind == True
			return end
		}
		if foldsTo(name, "values", "value", "nextLink", "continuationToken", "isLastBatch") {
			return -1
		}
		_, end := skipValue(b, i, 0)
		return end
	})
	if end < 0 || skipSpace(b, end) != len(b) {
		return false
	}
	if p.ContinuationToken == "" {
		p.ContinuationToken = tokenOf(nextLink)
	}
	return true
}

// foldsTo reports whether encoding/json would take a name for one of ours although it is spelled otherwise.
func foldsTo(name []byte, ours ...string) bool {
	for _, o := range ours {
		if len(name) == len(o) && strings.EqualFold(string(name), o) {
			return true
		}
	}
	return false
}

// scanText reads a string or null into s.
func scanText(b []byte, i int, s *string) int {
	kind, end := skipValue(b, i, 0)
	switch kind {
	case Text, escapedText:
		*s = unescape(b[i+1 : end-1])
		return end
	case null:
		return end
	}
	return -1
}

// scanRevision reads {"id":…,"rev":…,"fields":{…}} at i.
func (d *RevisionDecoder) scanRevision(b []byte, i int, p *RevisionPage) int {
	r := Revision{}
	var had [3]bool
	once := func(i int) bool { was := had[i]; had[i] = true; return !was }
	end := scanObject(b, i, func(name []byte, i int) int {
		switch string(name) {
		case "id":
			if !once(0) {
				return -1
			}
			return scanWhole(b, i, &r.ID)
		case "rev":
			if !once(1) {
				return -1
			}
			return scanWhole(b, i, &r.Rev)
		case "fields":
			if !once(2) {
				return -1
			}
			from := len(p.fields)
			end := d.scanFields(b, i, p)
			r.Fields = p.fields[from:len(p.fields):len(p.fields)]
			return end
		}
		if foldsTo(name, "id", "rev", "fields") {
			return -1
		}
		_, end := skipValue(b, i, 0)
		return end
	})
	if end >= 0 {
		p.Revisions = append(p.Revisions, r)
	}
	return end
}

// scanWhole reads a whole number of at most 9 digits into n.
func scanWhole(b []byte, i int, n *int) int {
	kind, end := skipValue(b, i, 0)
	if kind != Number || end < 0 || end-i > 9 {
		return -1
	}
	v, ok := digits(b[i:end])
	if !ok {
		return -1
	}
	*n = v
	return end
}

// scanFields reads the fields of one revision at i. It is the inner loop of a load.
func (d *RevisionDecoder) scanFields(b []byte, i int, p *RevisionPage) int {
	if i >= len(b) || b[i] != '{' {
		return -1
	}
	if i = skipSpace(b, i+1); i < len(b) && b[i] == '}' {
		return i + 1
	}
	before := int32(-1)
	for {
		name, end := d.scanName(b, i, before)
		if end < 0 {
			return -1
		}
		i = skipSpace(b, end)
		if i >= len(b) || b[i] != ':' {
			return -1
		}
		i = skipSpace(b, i+1)
		v := FieldValue{Name: name, start: uint32(i)}
		if known, length := d.people.find(b, i); known > 0 {
			v.Kind, v.person, end = Object, known, i+length
		} else if v.Kind, end = skipValue(b, i, 0); end < 0 {
			return -1
		}
		v.end = uint32(end)
		switch v.Kind {
		case Text, escapedText:
			v.start, v.end = v.start+1, v.end-1
			p.fields = append(p.fields, v)
		case Object:
			if v.person == 0 {
				v.person = d.people.add(b[i:end])
			}
			p.fields = append(p.fields, v)
		case null:
		default:
			p.fields = append(p.fields, v)
		}
		before = name
		i = skipSpace(b, end)
		if i >= len(b) {
			return -1
		}
		switch b[i] {
		case ',':
			i = skipSpace(b, i+1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

// scanName reads a field name at i and returns its number. Fields come in the same order again and again,
// so the name that followed the one before is tried first.
func (d *RevisionDecoder) scanName(b []byte, i int, before int32) (name int32, end int) {
	if before >= 0 {
		if guess := d.next[before]; guess >= 0 {
			s := d.names[guess]
			if e := i + 1 + len(s); e < len(b) && b[i] == '"' && b[e] == '"' && string(b[i+1:e]) == s {
				return guess, e + 1
			}
		}
	}
	raw, end := plainName(b, i)
	if end < 0 {
		return 0, -1
	}
	name = d.nameOf(raw)
	if before >= 0 {
		d.next[before] = name
	}
	return name, end
}

// identityIndex finds identity objects that came before by their bytes: a JSON object ends itself, so bytes
// that begin with a known object are that object. Identities are most of a page, and few.
type identityIndex struct {
	buckets [len(identityPrefixes)]map[string]identityBucket
	raw     [][]byte
}

// identityBucket are the numbers of known objects that have the same prefix. When too many have it, the next one
// tells them apart, and only those stay that are too short for it.
type identityBucket struct {
	numbers []int32
	full    bool
}

// identityPrefixes are the beginnings, in bytes, by which known objects are looked for. The service sends
// "displayName" first, which the shortest holds; where all objects begin alike (members in another order,
// long addresses), the longer ones tell them apart.
var identityPrefixes = [...]int{64, 192, 448}

const sameIdentity = 8 // objects with one prefix that are worth comparing

// find returns the number (from 1) and length of the known object at i, or 0.
func (x *identityIndex) find(b []byte, i int) (number int32, length int) {
	for level, size := range identityPrefixes {
		if i+size > len(b) || b[i] != '{' {
			return 0, 0
		}
		for _, n := range x.buckets[level][string(b[i:i+size])].numbers {
			if raw := x.raw[n-1]; bytes.HasPrefix(b[i:], raw) {
				return n, len(raw)
			}
		}
	}
	return 0, 0
}

// add remembers an object and returns its number, or 0 when it is not worth it.
func (x *identityIndex) add(object []byte) int32 {
	if len(object) > 4096 || len(x.raw) >= mostShared {
		return 0
	}
	x.raw = append(x.raw, bytes.Clone(object))
	if n := int32(len(x.raw)); x.place(n, 0) {
		return n
	}
	x.raw = x.raw[:len(x.raw)-1]
	return 0
}

// place puts an object into the bucket of a prefix, or of a longer one when that is full. It reports whether it
// can be found there.
func (x *identityIndex) place(n int32, level int) bool {
	object := x.raw[n-1]
	if level == len(identityPrefixes) || len(object) < identityPrefixes[level] {
		return false
	}
	if x.buckets[level] == nil {
		x.buckets[level] = map[string]identityBucket{}
	}
	prefix := string(object[:identityPrefixes[level]])
	b := x.buckets[level][prefix]
	if !b.full && len(b.numbers) < sameIdentity {
		b.numbers = append(b.numbers, n)
		x.buckets[level][prefix] = b
		return true
	}
	if !b.full {
		b.full = true
		b.numbers = slices.DeleteFunc(b.numbers, func(n int32) bool { return x.place(n, level+1) })
		x.buckets[level][prefix] = b
	}
	return x.place(n, level+1)
}
