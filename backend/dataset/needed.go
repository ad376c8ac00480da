package dataset

import "strings"

// Needed are those of the definitions that the query names, with what they are made of, in their order: what belongs
// into Query.Define when more are at hand than one query uses. Definitions that the query brings itself come first
// and stand for others of their name.
func Needed(q Query, defs []Definition) []Definition {
	if len(defs) == 0 {
		return q.Define
	}
	own := definitions{list: q.Define}
	all := definitions{list: defs}
	needed := map[*Definition]bool{}
	var need func(name string)
	need = func(name string) {
		d := own.find(name)
		if d == nil {
			d = all.find(name)
		}
		if d == nil || needed[d] {
			return
		}
		needed[d] = true
		for _, name := range bracketed(d) {
			need(name)
		}
	}
	for _, v := range q.Values {
		need(v.Measure)
		needFilters(v.Filters, need)
	}
	needFilters(q.Filters, need)
	needFilters(q.Highlight, need)
	for _, d := range q.Define {
		need(d.Name)
	}
	out := append([]Definition(nil), q.Define...)
	for i := range all.list {
		if needed[&all.list[i]] {
			out = append(out, all.list[i])
		}
	}
	return out
}

func needFilters(filters []Filter, need func(string)) {
	for _, f := range filters {
		if f.By != nil {
			need(f.By.Measure)
			needFilters(f.By.Filters, need)
		}
	}
}

// bracketed are the names in brackets of a definition; none when it cannot be read.
func bracketed(d *Definition) []string {
	tokens, err := lex(d)
	if err != nil {
		return nil
	}
	var out []string
	for _, t := range tokens {
		if t.kind == tokenBracket {
			out = append(out, strings.TrimSpace(t.text))
		}
	}
	return out
}
