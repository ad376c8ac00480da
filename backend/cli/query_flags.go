package cli

import (
	"slices"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

var grains = []dataset.Grain{dataset.GrainDay, dataset.GrainWeek, dataset.GrainMonth, dataset.GrainQuarter, dataset.GrainYear, dataset.GrainSprint}

// onto puts the flags onto a query. The model is asked for only where a text is to be understood.
func (q *queryFlags) onto(base dataset.Query, model func() dataset.Model, changed func(flag string) bool) (dataset.Query, error) {
	out := base
	for _, text := range q.defines {
		d, err := readDefine(text)
		if err != nil {
			return out, err
		}
		out.Define = append(out.Define, d)
	}
	if len(q.values)+len(q.filters)+len(q.highlight) > 0 {
		m := model()
		if err := q.readTexts(&out, &m); err != nil {
			return out, err
		}
	}
	for _, text := range q.rows {
		out.Rows = append(out.Rows, readGroup(text))
	}
	for _, text := range q.columns {
		out.Columns = append(out.Columns, readGroup(text))
	}
	for _, text := range q.sorts {
		out.Sort = append(out.Sort, readSort(text))
	}
	q.settings(&out, changed)
	return out, nil
}

func (q *queryFlags) readTexts(out *dataset.Query, m *dataset.Model) error {
	for _, text := range q.values {
		v, d, err := m.ReadValue(text, out.Define)
		if err != nil {
			return err
		}
		if d != nil {
			out.Define = append(out.Define, *d)
		}
		out.Values = append(out.Values, v)
	}
	for _, list := range []struct {
		texts []string
		into  *[]dataset.Filter
	}{{q.filters, &out.Filters}, {q.highlight, &out.Highlight}} {
		for _, text := range list.texts {
			fs, err := m.ReadFilter(text)
			if err != nil {
				return err
			}
			*list.into = append(*list.into, fs...)
		}
	}
	return nil
}

// settings replaces what a flag was given for.
func (q *queryFlags) settings(out *dataset.Query, changed func(flag string) bool) {
	for flag, replace := range map[string]func(){
		"top":           func() { out.Top = q.top },
		"others":        func() { out.Others = q.others },
		"show-empty":    func() { out.ShowEmpty = q.showEmpty },
		"as-of":         func() { out.AsOf = q.asOf },
		"compare-with":  func() { out.CompareWith = q.compareWith },
		"planning-days": func() { out.PlanningDays = q.planningDays },
		"grace-days":    func() { out.GraceDays = q.graceDays },
		"explain":       func() { out.Explain = q.explain },
	} {
		if changed(flag) {
			replace()
		}
	}
}

func readDefine(text string) (dataset.Definition, error) {
	name, expression, ok := strings.Cut(text, "=")
	if !ok || strings.TrimSpace(name) == "" {
		return dataset.Definition{}, fault.New(fault.Invalid, "cli.readDefine", "The measure "+text+" is not NAME = EXPRESSION.", `For example: --define "Fix rate = [Bugs closed] / [Bugs created]".`)
	}
	return dataset.Definition{Name: strings.TrimSpace(name), Expression: strings.TrimSpace(expression)}, nil
}

// readGroup reads COLUMN or COLUMN:GRAIN.
func readGroup(text string) dataset.Group {
	if i := strings.LastIndexByte(text, ':'); i >= 0 {
		if grain := dataset.Grain(strings.ToLower(strings.TrimSpace(text[i+1:]))); slices.Contains(grains, grain) {
			return dataset.Group{Field: dataset.FieldRef(strings.TrimSpace(text[:i])), Grain: grain}
		}
	}
	return dataset.Group{Field: dataset.FieldRef(text)}
}

func readSort(text string) dataset.Sort {
	words := strings.Fields(text)
	if n := len(words); n > 1 && (strings.EqualFold(words[n-1], "desc") || strings.EqualFold(words[n-1], "asc")) {
		by := strings.TrimSpace(text)
		by = strings.TrimSpace(by[:len(by)-len(words[n-1])])
		return dataset.Sort{By: by, Descending: strings.EqualFold(words[n-1], "desc")}
	}
	return dataset.Sort{By: text}
}
