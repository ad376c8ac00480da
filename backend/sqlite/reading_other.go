package sqlite

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"sightline/backend/dataset"
)

// fieldValue is one value of the object that appendOther writes, before it is known what the field is.
type fieldValue struct {
	form   byte   // '"' a text, '0' a number, 'b' truth, 't' a time, 'p' a person; 0 for what is none of these
	text   []byte // of a text or a number
	number int64  // of a time or a person; 1 for true
}

// otherValues reads what appendOther wrote into the places of the fields. A value that is not of the kind of its
// field is blank, and what is not of that form ends the walk: such a file is from somebody else.
func (r *reading) otherValues(text []byte, values []int64) error {
	if len(text) == 0 || text[0] != '{' {
		return nil
	}
	for text = text[1:]; len(text) > 0 && text[0] == '"'; text = text[1:] {
		end := bytes.IndexByte(text[1:], '"') + 1
		if end <= 1 || len(text) < end+3 || text[end+1] != ':' {
			return nil
		}
		number, ok := smallNumber(text[1:end])
		if !ok {
			return nil
		}
		var v fieldValue
		if v, text = nextValue(text[end+2:]); v.form == 0 || len(text) == 0 {
			return nil
		}
		if place := placeOf(r.fields.place, number); place >= 0 {
			value, err := r.fieldOf(r.fields.kinds[place], v)
			if err != nil {
				return err
			}
			values[place] = value
		}
		if text[0] != ',' {
			return nil
		}
	}
	return nil
}

func placeOf(places []int32, number int64) int32 {
	if number <= 0 || number >= int64(len(places)) {
		return -1
	}
	return places[number]
}

// smallNumber reads a number without a fraction.
func smallNumber(text []byte) (v int64, ok bool) {
	digits := bytes.TrimPrefix(text, []byte("-"))
	if len(digits) == 0 || len(digits) > 18 {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	if len(digits) < len(text) {
		v = -v
	}
	return v, true
}

// nextValue reads one value and returns what stands after it.
func nextValue(text []byte) (v fieldValue, rest []byte) {
	switch {
	case len(text) == 0:
	case text[0] == '"':
		return nextText(text)
	case bytes.HasPrefix(text, []byte("true")):
		return fieldValue{form: 'b', number: 1}, text[4:]
	case bytes.HasPrefix(text, []byte("false")):
		return fieldValue{form: 'b'}, text[5:]
	case len(text) > 6 && text[0] == '{' && text[1] == '"' && text[3] == '"' && text[4] == ':' && (text[2] == 't' || text[2] == 'p'):
		end := bytes.IndexByte(text, '}')
		if end < 0 {
			return v, nil
		}
		number, ok := smallNumber(text[5:end])
		if !ok {
			return v, nil
		}
		return fieldValue{form: text[2], number: number}, text[end+1:]
	default:
		end := bytes.IndexAny(text, ",}")
		if end <= 0 {
			return v, nil
		}
		return fieldValue{form: '0', text: text[:end]}, text[end:]
	}
	return v, nil
}

func nextText(text []byte) (v fieldValue, rest []byte) {
	escaped := false
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			escaped = true
			i++
		case '"':
			v = fieldValue{form: '"', text: text[1:i]}
			if escaped {
				var plain string
				if json.Unmarshal(text[:i+1], &plain) != nil {
					return fieldValue{}, nil
				}
				v.text = []byte(plain)
			}
			return v, text[i+1:]
		}
	}
	return v, nil
}

// fieldOf is a value as a field of this kind has it. A field of texts takes every value, because one whose type
// nobody told is one.
func (r *reading) fieldOf(kind dataset.FactKind, v fieldValue) (int64, error) {
	switch {
	case kind == dataset.FactText:
		return r.textOf(v)
	case kind == dataset.FactNumber && v.form == '0':
		f, err := strconv.ParseFloat(string(v.text), 64)
		if err != nil {
			return blankNumber, nil
		}
		return numberBits(dataset.PlausibleNumber(f)), nil
	case kind == dataset.FactNumber:
		return blankNumber, nil
	case kind == dataset.FactInstant && v.form == 't':
		return min(max(v.number, earliest), latest), nil
	case kind == dataset.FactPerson && v.form == 'p' && v.number > 0 && v.number < int64(len(r.person)):
		return int64(r.person[v.number]), nil
	case kind == dataset.FactFlag && v.form == 'b':
		return v.number + 1, nil
	}
	return 0, nil
}

func (r *reading) textOf(v fieldValue) (id int64, err error) {
	var number int32
	switch v.form {
	case '"', '0':
		number, err = r.texts.ofBytes(v.text)
	case 'b':
		number, err = r.texts.of(strconv.FormatBool(v.number == 1))
	case 't':
		number, err = r.texts.of(time.UnixMilli(min(max(v.number, earliest), latest)).UTC().Format(time.RFC3339))
	case 'p':
		if v.number > 0 && v.number < int64(len(r.names.people)) {
			number, err = r.texts.of(r.names.people[v.number].Name)
		}
	}
	return int64(number), err
}
