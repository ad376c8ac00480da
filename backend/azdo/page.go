package azdo

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// RevisionPage is one page of revisions as a view over the bytes of the answer: nothing is copied until it
// is asked for, because most of a page is repeated. It belongs to its decoder, is used from one goroutine
// at a time, and its values are gone after Release.
type RevisionPage struct {
	Revisions         []Revision
	ContinuationToken string
	IsLast            bool

	names   []string // of fields, by FieldValue.Name; grows with the decoder
	shared  *interned
	fields  []FieldValue // memory of all Revisions' Fields
	body    []byte
	release func()
}

// Revision is one revision of one work item: its reportable fields at that time. Fields without a value
// are absent.
type Revision struct {
	ID     int
	Rev    int
	Fields []FieldValue
}

// FieldValue is one field of one revision, read through its page.
type FieldValue struct {
	// Name numbers the reference name of the field; the number is the same on all pages of a decoder.
	Name       int32
	Kind       ValueKind
	start, end uint32 // in the page's bytes, without quotes
	person     int32  // number of a repeated object, from 1; 0 when not known
}

// ValueKind is the JSON kind of a value.
type ValueKind uint8

// The kinds. Nulls are left out of a page.
const (
	Text ValueKind = iota + 1
	escapedText
	Number
	True
	False
	Object
	Array
)

// IsText reports whether the value is a JSON string.
func (v FieldValue) IsText() bool { return v.Kind == Text || v.Kind == escapedText }

// Release gives the memory of the page back. Values read before stay good.
func (p *RevisionPage) Release() {
	if p.release != nil {
		p.release()
		p.release = nil
	}
	if memory := p.fields[:0]; cap(memory) > 0 {
		fieldMemory.Put(&memory)
	}
	p.body, p.Revisions, p.fields = nil, nil, nil
}

// Names are the reference names of fields by FieldValue.Name.
func (p *RevisionPage) Names() []string { return p.names }

// FieldName is the reference name of a value's field.
func (p *RevisionPage) FieldName(v FieldValue) string { return p.names[v.Name] }

// Raw is the JSON of a value, without the quotes of a string. It is gone after Release.
func (p *RevisionPage) Raw(v FieldValue) []byte { return p.body[v.start:v.end] }

// Text copies a string value: for texts that hardly repeat, such as titles. Numbers and booleans give
// their JSON.
func (p *RevisionPage) Text(v FieldValue) string {
	raw := p.Raw(v)
	switch {
	case v.Kind == escapedText:
		return unescape(raw)
	case utf8.Valid(raw):
		return string(raw)
	}
	return strings.ToValidUTF8(string(raw), "\uFFFD")
}

// SharedText is Text for values that repeat, such as states and paths: equal ones share memory over all
// pages of the decoder.
func (p *RevisionPage) SharedText(v FieldValue) string {
	raw := p.Raw(v)
	if len(raw) > longestShared {
		return p.Text(v)
	}
	// Bytes with a backslash are escaped and others are not, so both kinds can share one map.
	if s, ok := p.shared.texts[string(raw)]; ok {
		return s
	}
	s := p.Text(v)
	if len(p.shared.texts) < mostShared && v.IsText() {
		p.shared.texts[string(raw)] = s
	}
	return s
}

// Time reads a date. ok is false when the value is no date; the sentinels give the zero time.
func (p *RevisionPage) Time(v FieldValue) (at time.Time, ok bool) {
	if v.Kind != Text {
		return at, false
	}
	return scanTime(p.Raw(v))
}

// Number reads a number. ok is false for other values and for numbers beyond a float64.
func (p *RevisionPage) Number(v FieldValue) (f float64, ok bool) {
	if v.Kind != Number {
		return 0, false
	}
	return scanFloat(p.Raw(v))
}

// Int reads a whole number. ok is false for anything else.
func (p *RevisionPage) Int(v FieldValue) (n int64, ok bool) {
	if f, is := p.Number(v); is && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return int64(f), true
	}
	return 0, false
}

// Identity reads a person, from an object or from "Name <address>". Equal ones share memory.
func (p *RevisionPage) Identity(v FieldValue) (IdentityRef, bool) {
	if v.IsText() {
		return ParseIdentity(p.SharedText(v)), true
	}
	if v.Kind != Object {
		return IdentityRef{}, false
	}
	if r, ok := p.shared.people[v.person]; ok && v.person > 0 {
		return r, true
	}
	var r IdentityRef
	if err := unmarshal(p.Raw(v), &r); err != nil {
		return IdentityRef{}, false
	}
	if v.person > 0 {
		p.shared.people[v.person] = r
	}
	return r, true
}

const (
	longestShared = 256    // bytes of a text worth sharing
	mostShared    = 65_536 // entries; beyond them values are copied
)

// interned holds what repeats over the pages of one decoder.
type interned struct {
	texts  map[string]string
	people map[int32]IdentityRef // by FieldValue.person
}

// plainEscapes are the escapes that stand for one byte.
var plainEscapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescape decodes the inside of a JSON string, as encoding/json does, which it asks for anything beyond the
// escapes of one byte in valid UTF-8.
func unescape(raw []byte) string {
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c == '\\' {
			i++
			if i >= len(raw) || plainEscapes[raw[i]] == 0 {
				return unescapeAny(raw)
			}
			c = plainEscapes[raw[i]]
		}
		out = append(out, c)
	}
	if !utf8.Valid(out) {
		return unescapeAny(raw)
	}
	return string(out)
}

func unescapeAny(raw []byte) string {
	quoted := make([]byte, 0, len(raw)+2)
	quoted = append(append(append(quoted, '"'), raw...), '"')
	var s string
	if err := unmarshal(quoted, &s); err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return s
}

// powersOfTen are exact in a float64.
var powersOfTen = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// scanFloat reads a JSON number. Up to 15 digits without an exponent are exact by one division (Clinger's
// fast path); the rest goes through strconv.
func scanFloat(b []byte) (float64, bool) {
	mantissa, point, n, negative := int64(0), -1, 0, false
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			mantissa = mantissa*10 + int64(c-'0')
			n++
		case c == '.' && point < 0:
			point = n
		case c == '-' && i == 0:
			negative = true
		default:
			n = 99
		}
		if n > 15 {
			f, err := strconv.ParseFloat(string(b), 64)
			return f, err == nil
		}
	}
	if n == 0 {
		return 0, false
	}
	f := float64(mantissa)
	if point >= 0 {
		f /= powersOfTen[n-point]
	}
	if negative {
		f = -f
	}
	return f, true
}

// RevisionDecoder decodes the pages of one feed. It remembers the names, texts and people that repeat, so
// that a page costs little more than reading its bytes. It is not safe for concurrent use, but its pages
// may be read by one other goroutine as long as that one alone asks for SharedText and Identity.
type RevisionDecoder struct {
	names  []string
	byName map[string]int32
	next   []int32 // the field that followed field i last time
	shared *interned
	people identityIndex
}

// NewRevisionDecoder makes a decoder for one feed.
func NewRevisionDecoder() *RevisionDecoder {
	return &RevisionDecoder{byName: map[string]int32{}, shared: &interned{texts: map[string]string{}, people: map[int32]IdentityRef{}}}
}

// Decode decodes a page from bytes that stay untouched until Release.
func (d *RevisionDecoder) Decode(body []byte) (*RevisionPage, error) {
	p := &RevisionPage{shared: d.shared}
	if !d.scan(body, p) {
		// Something unusual: let the standard library judge it.
		*p = RevisionPage{shared: d.shared}
		if err := d.decodeSlowly(body, p); err != nil {
			return nil, err
		}
	}
	p.names = d.names[:len(d.names):len(d.names)]
	return p, nil
}

// decode takes over the memory of an answer.
func (d *RevisionDecoder) decode(a *answer) (*RevisionPage, error) {
	p, err := d.Decode(a.body)
	if err != nil {
		return nil, err
	}
	p.release = a.release
	return p, nil
}

// decodeSlowly decodes a page as any other answer. The values are laid out in bytes of their own.
func (d *RevisionDecoder) decodeSlowly(body []byte, p *RevisionPage) error {
	type slowRevision struct {
		ID     int                       `json:"id"`
		Rev    int                       `json:"rev"`
		Fields map[string]jsontext.Value `json:"fields"`
	}
	var slow struct {
		Values            []*slowRevision `json:"values"`
		Value             []*slowRevision `json:"value"` // of a batch of work items, with nulls
		NextLink          string          `json:"nextLink"`
		ContinuationToken string          `json:"continuationToken"`
		IsLastBatch       bool            `json:"isLastBatch"`
	}
	if err := unmarshal(body, &slow); err != nil {
		return err
	}
	p.ContinuationToken, p.IsLast = slow.ContinuationToken, slow.IsLastBatch
	if p.ContinuationToken == "" {
		p.ContinuationToken = tokenOf(slow.NextLink)
	}
	if slow.Values == nil {
		slow.Values, p.IsLast = slow.Value, p.IsLast || slow.Value != nil
	}
	var own bytes.Buffer
	for _, r := range slow.Values {
		if r == nil {
			continue
		}
		from := len(p.fields)
		for name, raw := range r.Fields {
			if string(raw) == "null" {
				continue
			}
			v := FieldValue{Name: d.nameOf([]byte(name)), Kind: kindOf(raw)}
			if v.IsText() {
				raw = raw[1 : len(raw)-1]
			}
			v.start = uint32(own.Len())
			own.Write(raw)
			v.end = uint32(own.Len())
			p.fields = append(p.fields, v)
		}
		p.Revisions = append(p.Revisions, Revision{ID: r.ID, Rev: r.Rev, Fields: p.fields[from:len(p.fields):len(p.fields)]})
	}
	p.body = own.Bytes()
	return checkPage(p)
}

func checkPage(p *RevisionPage) error {
	if !p.IsLast && p.ContinuationToken == "" {
		return fmt.Errorf("%w: neither the last page nor a way to the next", errBrokenBody)
	}
	return nil
}

func kindOf(raw jsontext.Value) ValueKind {
	switch raw[0] {
	case '"':
		if bytes.IndexByte(raw, '\\') >= 0 {
			return escapedText
		}
		return Text
	case '{':
		return Object
	case '[':
		return Array
	case 't':
		return True
	case 'f':
		return False
	}
	return Number
}

// nameOf numbers a field name.
func (d *RevisionDecoder) nameOf(name []byte) int32 {
	if i, ok := d.byName[string(name)]; ok {
		return i
	}
	i := int32(len(d.names))
	s := string(name)
	d.names = append(d.names, s)
	d.byName[s] = i
	d.next = append(d.next, -1)
	return i
}
