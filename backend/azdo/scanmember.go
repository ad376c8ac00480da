package azdo

import "unicode/utf8"

// Most answers beside the history are lists of small objects, of which we want a few members each. The types of
// which a load reads the most scan themselves: a table says where each member goes. As for a page of revisions, the
// scanner gives up at whatever it does not expect, and the decoder of JSON decides; tests hold the two together.

// scannable reads itself from the JSON value at i and returns the index after it, or -1 to give up. It is empty
// before; when it gives up it is left half filled.
type scannable interface {
	scan(b []byte, i int) int
}

// scanBody reads a whole body. ok is false when the decoder of JSON has to look at it.
func scanBody(b []byte, v scannable) (ok bool) {
	end := v.scan(b, skipSpace(b, 0))
	return end >= 0 && skipSpace(b, end) == len(b)
}

// member says how a member of an object is read into its place. The value is no null.
type member[T any] struct {
	name string
	read func(v *T, b []byte, i int) int
}

// scanMembers reads the object at i into v. It gives up at a member that comes twice or is spelled otherwise.
func scanMembers[T any](v *T, all []member[T], b []byte, i int) int {
	var had uint64
	next := 0 // members come in the same order again and again
	return scanObject(b, i, func(name []byte, i int) int {
		if i >= len(b) {
			return -1
		}
		for range all {
			if next == len(all) {
				next = 0
			}
			m := &all[next]
			next++
			if string(name) != m.name {
				continue
			}
			bit := uint64(1) << (next - 1)
			if had&bit != 0 {
				return -1
			}
			had |= bit
			if end := i + len("null"); end <= len(b) && string(b[i:end]) == "null" {
				return end
			}
			return m.read(v, b, i)
		}
		for k := range all {
			if sameFolded(name, all[k].name) {
				return -1
			}
		}
		_, end := skipValue(b, i, 0)
		return end
	})
}

// sameFolded reports whether the decoder of JSON takes a name for one of ours: it looks at neither the case of
// letters nor hyphens and underscores.
func sameFolded(name []byte, ours string) bool {
	k := 0
	for _, c := range name {
		if c == '-' || c == '_' {
			continue
		}
		if k == len(ours) || c|0x20 != ours[k]|0x20 {
			return false
		}
		k++
	}
	return k == len(ours)
}

// The functions below make readers of members.

func textIn[T any, S ~string](place func(*T) *S) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int {
		kind, end := skipValue(b, i, 0)
		if kind != Text && kind != escapedText || end < 0 {
			return -1
		}
		raw := b[i+1 : end-1]
		if kind == Text && utf8.Valid(raw) {
			*place(v) = S(raw)
		} else {
			*place(v) = S(unescape(raw))
		}
		return end
	}
}

func timeIn[T any](place func(*T) *Time) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int {
		kind, end := skipValue(b, i, 0)
		if kind != Text || end < 0 {
			return -1
		}
		at, ok := scanTime(b[i+1 : end-1])
		if !ok {
			return -1
		}
		place(v).Time = at
		return end
	}
}

func flagIn[T any](place func(*T) *bool) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int {
		kind, end := skipValue(b, i, 0)
		*place(v) = kind == True
		if kind != True && kind != False {
			return -1
		}
		return end
	}
}

func wholeIn[T any](place func(*T) *int) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int {
		var n int
		end := scanWhole(b, i, &n)
		*place(v) = n
		return end
	}
}

// numeralIn reads a whole number that may be spelled as text.
func numeralIn[T any](place func(*T) *IntOrText) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int {
		var n int
		if b[i] != '"' {
			end := scanWhole(b, i, &n)
			*place(v) = IntOrText(n)
			return end
		}
		end := scanWhole(b, i+1, &n)
		if end < 0 || end >= len(b) || b[end] != '"' {
			return -1
		}
		*place(v) = IntOrText(n)
		return end + 1
	}
}

func numberIn[T any](place func(*T) *float64) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int {
		kind, end := skipValue(b, i, 0)
		if kind != Number || end < 0 {
			return -1
		}
		f, ok := scanFloat(b[i:end])
		if !ok {
			return -1
		}
		*place(v) = f
		return end
	}
}

func objectIn[T any](place func(*T) scannable) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int { return place(v).scan(b, i) }
}

// newIn reads an object or value of its own, which is absent when it is null.
func newIn[T, E any](place func(*T) **E, read func(*E, []byte, int) int) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int {
		e := new(E)
		*place(v) = e
		return read(e, b, i)
	}
}

func textsIn[T any](place func(*T) *[]string) func(*T, []byte, int) int {
	one := textIn(func(s *string) *string { return s })
	return func(v *T, b []byte, i int) int {
		texts := []string{}
		end := scanArray(b, i, func(i int) int {
			texts = append(texts, "")
			return one(&texts[len(texts)-1], b, i)
		})
		*place(v) = texts
		return end
	}
}

func rowsIn[T, E any, P interface {
	*E
	scannable
}](place func(*T) *[]E) func(*T, []byte, int) int {
	return func(v *T, b []byte, i int) int {
		rows, end := scanRows[E, P](b, i)
		*place(v) = rows
		return end
	}
}

// scanRows reads an array of objects. A null among them is for the decoder of JSON.
func scanRows[E any, P interface {
	*E
	scannable
}](b []byte, i int) ([]E, int) {
	rows := []E{}
	end := scanArray(b, i, func(i int) int {
		rows = append(rows, *new(E))
		return P(&rows[len(rows)-1]).scan(b, i)
	})
	return rows, end
}

// scan reads the three forms of a list whose rows scan themselves.
func (l *list[T]) scan(b []byte, i int) int {
	if _, ok := any((*T)(nil)).(scannable); !ok || i >= len(b) {
		return -1
	}
	rows := func(into *[]T, i int) int {
		*into = []T{}
		return scanArray(b, i, func(i int) int {
			*into = append(*into, *new(T))
			return any(&(*into)[len(*into)-1]).(scannable).scan(b, i)
		})
	}
	if b[i] == '[' {
		return rows(&l.Value, i)
	}
	return scanMembers(l, []member[list[T]]{
		{"count", wholeIn(func(l *list[T]) *int { return &l.Count })},
		{"value", func(l *list[T], _ []byte, i int) int { return rows(&l.Value, i) }},
		{"values", func(l *list[T], _ []byte, i int) int { return rows(&l.Values, i) }},
	}, b, i)
}

var identityMembers = []member[IdentityRef]{
	{"displayName", textIn(func(r *IdentityRef) *string { return &r.DisplayName })},
	{"url", textIn(func(r *IdentityRef) *string { return &r.URL })},
	{"id", textIn(func(r *IdentityRef) *string { return &r.ID })},
	{"uniqueName", textIn(func(r *IdentityRef) *string { return &r.UniqueName })},
	{"imageUrl", textIn(func(r *IdentityRef) *string { return &r.ImageURL })},
	{"descriptor", textIn(func(r *IdentityRef) *string { return &r.Descriptor })},
	{"isContainer", flagIn(func(r *IdentityRef) *bool { return &r.IsContainer })},
}

func (r *IdentityRef) scan(b []byte, i int) int {
	end := scanMembers(r, identityMembers, b, i)
	if r.DisplayName == "" {
		return -1 // an older form
	}
	return end
}
