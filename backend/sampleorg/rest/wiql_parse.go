package rest

import (
	"strconv"
	"strings"
)

// wiqlWord is one word of a query.
type wiqlWord struct {
	kind wordKind
	text string
}

type wordKind uint8

const (
	endOfQuery wordKind = iota
	nameWord            // a keyword or bare name
	fieldWord           // [System.Id], without the brackets
	textWord            // 'text'
	numberWord
	macroWord // @project
	signWord  // = <> < > <= >= ( ) , + -
)

// wiqlError refuses a query, as the service does with TF51006 and its like.
func wiqlError(message, near string) *refusal {
	return &refusal{status: 400, typeKey: "SyntaxException", eventID: 3200, message: "TF51006: " + message + " The error is caused by «" + near + "».",
		typeName: "Microsoft.TeamFoundation.WorkItemTracking.Client.Wiql.SyntaxException, Microsoft.TeamFoundation.WorkItemTracking.Client.QueryLanguage"}
}

// wiqlWords takes a query apart.
func wiqlWords(query string) ([]wiqlWord, *refusal) {
	var out []wiqlWord
	for i := 0; i < len(query); {
		ch := query[i]
		switch {
		case ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r':
			i++
		case ch == '[':
			end := strings.IndexByte(query[i:], ']')
			if end < 0 {
				return nil, wiqlError("A field name has no closing bracket.", query[i:])
			}
			out = append(out, wiqlWord{fieldWord, query[i+1 : i+end]})
			i += end + 1
		case ch == '\'' || ch == '"':
			text, next, ok := quoted(query, i)
			if !ok {
				return nil, wiqlError("A text has no closing quotation mark.", query[i:])
			}
			out = append(out, wiqlWord{textWord, text})
			i = next
		case ch >= '0' && ch <= '9':
			end := i
			for end < len(query) && (query[end] >= '0' && query[end] <= '9' || query[end] == '.') {
				end++
			}
			out = append(out, wiqlWord{numberWord, query[i:end]})
			i = end
		case strings.IndexByte("=(),+-", ch) >= 0:
			out = append(out, wiqlWord{signWord, string(ch)})
			i++
		case ch == '<' || ch == '>':
			n := 1
			if i+1 < len(query) && (query[i+1] == '=' || ch == '<' && query[i+1] == '>') {
				n = 2
			}
			out = append(out, wiqlWord{signWord, query[i : i+n]})
			i += n
		case isNameByte(ch) || ch == '@':
			end := i + 1
			for end < len(query) && (isNameByte(query[end]) || query[end] >= '0' && query[end] <= '9') {
				end++
			}
			kind := nameWord
			if ch == '@' {
				kind = macroWord
			}
			out = append(out, wiqlWord{kind, query[i:end]})
			i = end
		default:
			return nil, wiqlError("The query holds a sign that is not understood.", query[i:])
		}
	}
	return append(out, wiqlWord{}), nil
}

func isNameByte(ch byte) bool {
	return ch >= 'a' && ch <= 'z' || ch >= 'A' && ch <= 'Z' || ch == '_' || ch == '.'
}

// quoted reads a text whose quotation mark is doubled inside it.
func quoted(s string, i int) (string, int, bool) {
	mark := s[i]
	var b strings.Builder
	for i++; i < len(s); i++ {
		if s[i] != mark {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == mark {
			b.WriteByte(mark)
			i++
			continue
		}
		return b.String(), i + 1, true
	}
	return "", 0, false
}

// wiqlQuery is a flat query.
type wiqlQuery struct {
	columns []string
	where   condition // nil for all
	order   []wiqlOrder
	asOf    string
}

type wiqlOrder struct {
	field      string
	descending bool
}

// wiqlParser reads words from the front.
type wiqlParser struct {
	words []wiqlWord
	c     *call
}

func (p *wiqlParser) peek() wiqlWord { return p.words[0] }

func (p *wiqlParser) next() wiqlWord {
	w := p.words[0]
	if w.kind != endOfQuery {
		p.words = p.words[1:]
	}
	return w
}

// take consumes keywords when they come next.
func (p *wiqlParser) take(names ...string) bool {
	for i, n := range names {
		if i >= len(p.words) || p.words[i].kind != nameWord || !strings.EqualFold(p.words[i].text, n) {
			return false
		}
	}
	p.words = p.words[len(names):]
	return true
}

func (p *wiqlParser) sign(text string) bool {
	if w := p.peek(); w.kind != signWord || w.text != text {
		return false
	}
	p.next()
	return true
}

// parseWIQL reads a flat query.
func (c *call) parseWIQL(text string) (*wiqlQuery, *refusal) {
	words, refused := wiqlWords(text)
	if refused != nil {
		return nil, refused
	}
	p := &wiqlParser{words: words, c: c}
	q := &wiqlQuery{}
	if !p.take("select") {
		return nil, wiqlError("The query statement does not begin with SELECT.", p.peek().text)
	}
	for {
		name, refused := p.field()
		if refused != nil {
			return nil, refused
		}
		q.columns = append(q.columns, name)
		if !p.sign(",") {
			break
		}
	}
	if !p.take("from") {
		return nil, wiqlError("The query statement is missing a FROM clause.", p.peek().text)
	}
	if source := p.next(); !strings.EqualFold(source.text, "workitems") {
		return nil, wiqlError("The sample organization answers queries of WorkItems only, not of links.", source.text)
	}
	if p.take("where") {
		if q.where, refused = p.or(); refused != nil {
			return nil, refused
		}
	}
	if p.take("order", "by") {
		for {
			name, refused := p.field()
			if refused != nil {
				return nil, refused
			}
			o := wiqlOrder{field: name}
			if p.take("desc") {
				o.descending = true
			} else {
				p.take("asc")
			}
			q.order = append(q.order, o)
			if !p.sign(",") {
				break
			}
		}
	}
	if p.take("asof") {
		q.asOf = p.next().text
	}
	if w := p.peek(); w.kind != endOfQuery {
		return nil, wiqlError("The query statement does not end where it should.", w.text)
	}
	return q, nil
}

// field reads the name of a field, with brackets or without, and gives its reference name.
func (p *wiqlParser) field() (string, *refusal) {
	w := p.next()
	if w.kind != fieldWord && w.kind != nameWord {
		return "", wiqlError("A field name was expected.", w.text)
	}
	for _, f := range p.c.world.Fields {
		if strings.EqualFold(f.ReferenceName, w.text) || strings.EqualFold(f.Name, w.text) {
			return f.ReferenceName, nil
		}
	}
	return "", &refusal{status: 400, typeKey: "SyntaxException", eventID: 3200, message: "TF51005: The query references a field that does not exist. The error is caused by «[" + w.text + "]».",
		typeName: "Microsoft.TeamFoundation.WorkItemTracking.Client.Wiql.SyntaxException, Microsoft.TeamFoundation.WorkItemTracking.Client.QueryLanguage"}
}

func (p *wiqlParser) or() (condition, *refusal) {
	left, refused := p.and()
	for refused == nil && p.take("or") {
		var right condition
		if right, refused = p.and(); refused == nil {
			left = either{left, right}
		}
	}
	return left, refused
}

func (p *wiqlParser) and() (condition, *refusal) {
	left, refused := p.term()
	for refused == nil && p.take("and") {
		var right condition
		if right, refused = p.term(); refused == nil {
			left = both{left, right}
		}
	}
	return left, refused
}

func (p *wiqlParser) term() (condition, *refusal) {
	switch {
	case p.take("not"):
		inner, refused := p.term()
		return negated{inner}, refused
	case p.sign("("):
		inner, refused := p.or()
		if refused == nil && !p.sign(")") {
			return nil, wiqlError("A closing bracket is missing.", p.peek().text)
		}
		return inner, refused
	}
	return p.comparison()
}

// operators of names, the longer first.
var namedOperators = []struct {
	words []string
	op    string
}{
	{[]string{"not", "in", "group"}, "not in group"}, {[]string{"in", "group"}, "in group"}, {[]string{"not", "in"}, "not in"}, {[]string{"in"}, "in"},
	{[]string{"not", "under"}, "not under"}, {[]string{"under"}, "under"}, {[]string{"not", "contains", "words"}, "not contains"}, {[]string{"contains", "words"}, "contains"},
	{[]string{"not", "contains"}, "not contains"}, {[]string{"does", "not", "contain"}, "not contains"}, {[]string{"contains"}, "contains"},
	{[]string{"was", "ever"}, "ever"}, {[]string{"ever"}, "ever"}, {[]string{"not", "ever"}, "not ever"},
}

func (p *wiqlParser) comparison() (condition, *refusal) {
	name, refused := p.field()
	if refused != nil {
		return nil, refused
	}
	op := ""
	if w := p.peek(); w.kind == signWord {
		op = p.next().text
	} else {
		for _, o := range namedOperators {
			if p.take(o.words...) {
				op = o.op
				break
			}
		}
	}
	if op == "" || op == "(" || op == ")" || op == "," {
		return nil, wiqlError("An operator was expected.", p.peek().text)
	}
	var values []wiqlWord
	if strings.HasSuffix(op, "in") {
		if !p.sign("(") {
			return nil, wiqlError("A list of values was expected.", p.peek().text)
		}
		for {
			v, refused := p.value()
			if refused != nil {
				return nil, refused
			}
			values = append(values, v)
			if !p.sign(",") {
				break
			}
		}
		if !p.sign(")") {
			return nil, wiqlError("A closing bracket is missing.", p.peek().text)
		}
	} else {
		v, refused := p.value()
		if refused != nil {
			return nil, refused
		}
		values = []wiqlWord{v}
	}
	return p.c.newComparison(name, op, values)
}

// value reads a constant, or a macro, of which @today may have days added or taken away.
func (p *wiqlParser) value() (wiqlWord, *refusal) {
	negative := p.sign("-")
	w := p.next()
	switch w.kind {
	case textWord:
		return w, nil
	case numberWord:
		if negative {
			w.text = "-" + w.text
		}
		return w, nil
	case nameWord:
		if strings.EqualFold(w.text, "true") || strings.EqualFold(w.text, "false") {
			return wiqlWord{textWord, strings.ToLower(w.text)}, nil
		}
	case macroWord:
		days := 0
		if sign := p.peek(); sign.kind == signWord && (sign.text == "+" || sign.text == "-") {
			p.next()
			n, err := strconv.Atoi(p.next().text)
			if err != nil {
				return w, wiqlError("A number of days was expected.", w.text)
			}
			if days = n; sign.text == "-" {
				days = -n
			}
		}
		return p.c.macro(w.text, days)
	}
	return w, wiqlError("A value was expected.", w.text)
}
