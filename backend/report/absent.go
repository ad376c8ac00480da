package report

import (
	"context"
	"strings"

	"sightline/backend/dataset"
)

// Absent says of the pages whose data a dataset does not have why they are absent, by their id. It is judged by
// what the engine answers now, of whole tables: a page does not go because a slicer leaves nothing.
func Absent(ctx context.Context, pages []Page, e dataset.Engine) (map[string]string, error) {
	model := e.Model()
	a := &absence{model: &model, asked: map[string]int{}}
	for i := range pages {
		a.askFor(pages[i].When)
	}
	if len(a.queries) > 0 {
		if a.answers, a.errs = e.AnswerAll(ctx, a.queries); ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	out := map[string]string{}
	for i := range pages {
		if why := a.why(pages[i].When); why != "" {
			out[pages[i].ID] = why
		}
	}
	return out, nil
}

// absence asks each thing once for all pages.
type absence struct {
	model   *dataset.Model
	queries []dataset.Query
	asked   map[string]int // what was asked → position of its query
	answers []dataset.Result
	errs    []error
}

const processes = "processes"

func (a *absence) ask(key string, q dataset.Query) {
	if _, ok := a.asked[key]; ok {
		return
	}
	a.asked[key] = len(a.queries)
	a.queries = append(a.queries, q)
}

func (a *absence) askFor(w *When) {
	if w == nil {
		return
	}
	for _, t := range w.Tables {
		if table := a.table(t); table != nil && len(table.Columns) > 0 {
			a.ask(t, dataset.Query{Values: []dataset.Value{{Field: table.Columns[0].Ref(), Aggregate: dataset.Count}}})
		}
	}
	for _, c := range w.Columns {
		if _, err := a.model.Column(c); err == nil {
			a.ask(string(c), dataset.Query{Values: []dataset.Value{{Field: c, Aggregate: dataset.Count}}})
		}
	}
	if len(w.Processes) > 0 {
		a.ask(processes, dataset.Query{Values: []dataset.Value{{Measure: dataset.CountOfWorkItems}}, Rows: []dataset.Group{{Field: "Projects[Process]"}}})
	}
}

// why is the first part of the condition that does not hold, as a sentence; empty when all hold.
func (a *absence) why(w *When) string {
	if w == nil {
		return ""
	}
	for _, t := range w.Tables {
		if a.table(t) == nil {
			return t + " are not loaded into this dataset."
		}
		if !a.some(t) {
			return "The dataset has no " + strings.ToLower(t) + "."
		}
	}
	if len(w.Processes) > 0 && !a.occurs(w.Processes) {
		return "No project of the dataset uses the process " + strings.Join(w.Processes, " or ") + "."
	}
	for _, c := range w.Columns {
		table, column := c.Split()
		if _, err := a.model.Column(c); err != nil {
			return "The dataset has no column " + string(c) + "."
		}
		if !a.some(string(c)) {
			return column + " is blank for all " + strings.ToLower(table) + "."
		}
	}
	return ""
}

func (a *absence) some(key string) bool {
	at, ok := a.asked[key]
	if !ok || a.errs[at] != nil {
		return false
	}
	values := a.answers[at].Total.Values
	return len(values) > 0 && values[0] != nil && *values[0] > 0
}

func (a *absence) occurs(wanted []string) bool {
	at, ok := a.asked[processes]
	if !ok || a.errs[at] != nil || len(a.answers[at].Dimensions) == 0 {
		return false
	}
	answer := a.answers[at]
	for _, row := range answer.Rows {
		for _, process := range wanted {
			if answer.Dimensions[0].Members[row.Keys[0]].Value == process {
				return true
			}
		}
	}
	return false
}

func (a *absence) table(name string) *dataset.Table {
	for i := range a.model.Tables {
		if a.model.Tables[i].Name == name {
			return &a.model.Tables[i]
		}
	}
	return nil
}
