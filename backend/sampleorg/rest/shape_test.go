package rest

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// shape is what several real answers have in common: which kinds of JSON value came, and which members
// every one of them had.
type shape struct {
	kinds    map[string]bool // object, array, string, number, boolean, null
	objects  int
	members  map[string]*shape
	present  map[string]int // how many of the objects had the member
	elements *shape
}

func kindOf(v any) string {
	switch v.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	}
	return "null"
}

// learn adds one real value.
func (s *shape) learn(v any) {
	if s.kinds == nil {
		s.kinds = map[string]bool{}
	}
	s.kinds[kindOf(v)] = true
	switch v := v.(type) {
	case map[string]any:
		s.objects++
		if s.members == nil {
			s.members, s.present = map[string]*shape{}, map[string]int{}
		}
		for name, value := range v {
			if s.members[name] == nil {
				s.members[name] = &shape{}
			}
			s.members[name].learn(value)
			s.present[name]++
		}
	case []any:
		if s.elements == nil {
			s.elements = &shape{}
		}
		for _, e := range v {
			s.elements.learn(e)
		}
	}
}

// check compares a value of ours: every member that all real answers have must be there, with a kind that
// was seen. data names members whose own members are data, such as the states of a type.
func (s *shape) check(v any, at string, data map[string]bool) []string {
	if len(s.kinds) == 0 {
		return nil
	}
	if !s.kinds[kindOf(v)] && !(len(s.kinds) == 1 && s.kinds["null"]) {
		var seen []string
		for k := range s.kinds {
			seen = append(seen, k)
		}
		slices.Sort(seen)
		return []string{fmt.Sprintf("%s is %s, in real answers %s", at, kindOf(v), strings.Join(seen, " or "))}
	}
	var wrong []string
	switch v := v.(type) {
	case map[string]any:
		for name, m := range s.members {
			value, has := v[name]
			if !has {
				if s.present[name] == s.objects && !data[at] {
					wrong = append(wrong, at+"."+name+" is missing")
				}
				continue
			}
			wrong = append(wrong, m.check(value, at+"."+name, data)...)
		}
	case []any:
		if s.elements == nil {
			return nil
		}
		for _, e := range v {
			wrong = append(wrong, s.elements.check(e, at+"[]", data)...)
		}
	}
	sort.Strings(wrong)
	return slices.Compact(wrong)
}

// parse decodes a body, after a byte order mark if it has one.
func parse(body []byte) (any, error) {
	var v any
	err := json.Unmarshal([]byte(strings.TrimPrefix(string(body), byteOrderMark)), &v)
	return v, err
}
