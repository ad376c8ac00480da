package azdo

import (
	"net/url"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// list is the envelope of lists: {"count":N,"value":[…]} in any order, {"values":[…]} in some older
// answers, or a bare array.
type list[T any] struct {
	Count  int
	Value  []T
	Values []T
}

// UnmarshalJSONFrom reads any of the three forms.
func (l *list[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() == '[' {
		return json.UnmarshalDecode(d, &l.Value)
	}
	var o struct {
		Count  int `json:"count"`
		Value  []T `json:"value"`
		Values []T `json:"values"`
	}
	if err := json.UnmarshalDecode(d, &o); err != nil {
		return err
	}
	l.Count, l.Value, l.Values = o.Count, o.Value, o.Values
	return nil
}

func (l *list[T]) all() []T {
	if l.Value == nil {
		return l.Values
	}
	return l.Value
}

// segments joins path segments, each escaped, with a leading slash: names hold spaces, # and &.
func segments(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		b.WriteByte('/')
		b.WriteString(url.PathEscape(p))
	}
	return b.String()
}
