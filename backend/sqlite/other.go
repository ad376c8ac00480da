package sqlite

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

// The other fields of a revision, custom ones included, are stored as one JSON object: the number of the
// field to its value, in the order of the numbers, so that equal fields have equal bytes. A time is
// {"t": milliseconds}, a person {"p": number of the person}.

// appendOther appends that object, or nothing when no field has a value. A nil, a zero time and nobody
// are no value; an empty text and 0 are.
func (t *tables) appendOther(dst []byte, r *devops.Revision, seen int64) ([]byte, error) {
	if len(r.Other) == 0 {
		return dst, nil
	}
	others := t.others[:0]
	for name, value := range r.Other {
		if !hasValue(value) {
			continue
		}
		id, err := t.usedField(name)
		if err != nil {
			return nil, err
		}
		others = append(others, otherField{id, name, value})
		for i := len(others) - 1; i > 0 && others[i-1].id > id; i-- {
			others[i-1], others[i] = others[i], others[i-1]
		}
	}
	t.others = others
	defer clear(others) // the values are the caller's
	for i := range others {
		if i == 0 {
			dst = append(dst, '{')
		} else {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		dst = strconv.AppendInt(dst, others[i].id, 10)
		dst = append(dst, '"', ':')
		var err error
		if dst, err = t.appendValue(dst, others[i].name, others[i].value, seen); err != nil {
			return nil, err
		}
	}
	if len(others) > 0 {
		dst = append(dst, '}')
	}
	return dst, nil
}

// otherField is one of those fields with the number of its name.
type otherField struct {
	id    int64
	name  string
	value any
}

func hasValue(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case time.Time:
		return !v.IsZero()
	case devops.Person:
		return personKey(&v) != ""
	}
	return true
}

func (t *tables) appendValue(dst []byte, field string, value any, seen int64) ([]byte, error) {
	switch v := value.(type) {
	case string:
		return appendText(dst, v), nil
	case bool:
		return strconv.AppendBool(dst, v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, invalidRow("a value of "+field, "that is no number")
		}
		return strconv.AppendFloat(dst, v, 'g', -1, 64), nil
	case time.Time:
		dst = append(dst, `{"t":`...)
		dst = strconv.AppendInt(dst, v.UnixMilli(), 10)
		return append(dst, '}'), nil
	case devops.Person:
		id, err := t.person(&v, seen)
		if err != nil {
			return nil, err
		}
		dst = append(dst, `{"p":`...)
		dst = strconv.AppendInt(dst, id, 10)
		return append(dst, '}'), nil
	}
	return nil, fault.New(fault.Internal, "sqlite.Commit", fmt.Sprintf("The field %s has a value of the kind %T, which is not stored.", field, value),
		"Report it with this line.")
}

// parseOther reads the object back. nil text is no fields.
func parseOther(text []byte, names []string, people []devops.Person) (map[string]any, error) {
	if len(text) == 0 {
		return nil, nil
	}
	var raw map[string]any
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, err
	}
	out := make(map[string]any, len(raw))
	for key, value := range raw {
		id, err := strconv.Atoi(key)
		if err != nil || id <= 0 || id >= len(names) {
			return nil, fmt.Errorf("field number %q is not known", key)
		}
		if object, ok := value.(map[string]any); ok {
			if value, err = parseObject(object, people); err != nil {
				return nil, err
			}
		}
		out[names[id]] = value
	}
	return out, nil
}

func parseObject(object map[string]any, people []devops.Person) (any, error) {
	if ms, ok := object["t"].(float64); ok {
		return time.UnixMilli(int64(ms)).UTC(), nil
	}
	if id, ok := object["p"].(float64); ok && id > 0 && int(id) < len(people) {
		return people[int(id)], nil
	}
	return nil, fmt.Errorf("value %v is neither a time nor a person", object)
}
