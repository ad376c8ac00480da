package azdo

// The tables of the answers that a load reads by the thousand, with the members in the order in which the
// service sends them.

var threadMembers = []member[Thread]{
	{"id", wholeIn(func(t *Thread) *int { return &t.ID })},
	{"publishedDate", timeIn(func(t *Thread) *Time { return &t.PublishedDate })},
	{"comments", rowsIn[Thread, ThreadComment](func(t *Thread) *[]ThreadComment { return &t.Comments })},
	{"properties", (*Thread).scanProperties},
	{"identities", (*Thread).scanIdentities},
	{"isDeleted", flagIn(func(t *Thread) *bool { return &t.IsDeleted })},
}

func (t *Thread) scan(b []byte, i int) int { return scanMembers(t, threadMembers, b, i) }

func (t *Thread) scanProperties(b []byte, i int) int {
	t.Properties = map[string]PropertyValue{}
	return scanObject(b, i, func(name []byte, i int) int {
		_, end := skipValue(b, i, 0)
		if _, twice := t.Properties[string(name)]; twice || end < 0 {
			return -1
		}
		var v PropertyValue
		if v.UnmarshalJSON(b[i:end]) != nil {
			return -1
		}
		t.Properties[string(name)] = v
		return end
	})
}

func (t *Thread) scanIdentities(b []byte, i int) int {
	t.Identities = map[string]IdentityRef{}
	return scanObject(b, i, func(name []byte, i int) int {
		if _, twice := t.Identities[string(name)]; twice {
			return -1
		}
		var who IdentityRef
		end := who.scan(b, i)
		t.Identities[string(name)] = who
		return end
	})
}

var commentMembers = []member[ThreadComment]{
	{"id", wholeIn(func(c *ThreadComment) *int { return &c.ID })},
	{"author", objectIn(func(c *ThreadComment) scannable { return &c.Author })},
	{"publishedDate", timeIn(func(c *ThreadComment) *Time { return &c.PublishedDate })},
	{"commentType", textIn(func(c *ThreadComment) *CommentType { return &c.CommentType })},
	{"isDeleted", flagIn(func(c *ThreadComment) *bool { return &c.IsDeleted })},
}

func (c *ThreadComment) scan(b []byte, i int) int { return scanMembers(c, commentMembers, b, i) }

// typedProperty is a property that says its type.
type typedProperty struct {
	value PropertyValue
	there bool
}

var typedMembers = []member[typedProperty]{
	{"$type", func(_ *typedProperty, b []byte, i int) int { _, end := skipValue(b, i, 0); return end }},
	{"$value", textIn(func(p *typedProperty) *PropertyValue { p.there = true; return &p.value })},
}

func (p *typedProperty) scan(b []byte, i int) int {
	end := scanMembers(p, typedMembers, b, i)
	if !p.there {
		return -1
	}
	return end
}
