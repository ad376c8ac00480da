package desktop

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// listing is a list of rows that are named by their keys.
type listing struct {
	engine OpenedDataset
	model  dataset.Model
	table  string           // that is listed
	key    dataset.FieldRef // whose members name its rows

	keys       []any     // in the order of the list, once it was sorted
	amounts    []float64 // what each key adds to the number; nil when that says nothing
	info       *dataset.ValueInfo
	number     *float64
	sum        *float64
	same       bool
	at         string // Query.AsOf of what is shown; "" is now
	generation int64
}

func newListing(engine OpenedDataset, table string) (*listing, error) {
	key, ok := listedBy[table]
	if !ok {
		return nil, fault.New(fault.Invalid, "desktop.newListing", fmt.Sprintf("There are no lists of %q.", table), "Name a table of facts, such as Work items or Pull requests.").With("Table", table)
	}
	listed, _ := key.Split()
	return &listing{engine: engine, model: engine.Model(), table: listed, key: key}, nil
}

const (
	usualRows = 100
	mostRows  = 500
	// mostNamed is how many keys a query names; more are found by reading all rows.
	mostNamed = 50_000
)

// view is the part of the list that is asked for.
func (l *listing) view(ctx context.Context, ask ItemsAsk) (ItemsView, error) {
	if slices.ContainsFunc(l.keys, func(k any) bool { return !isKey(k) }) {
		return ItemsView{}, fault.New(fault.Invalid, "desktop.view", "These are no rows of "+l.table+".", "Name them by their numbers or keys.")
	}
	out := ItemsView{Table: l.table, Value: l.info, Number: l.number, Count: len(l.keys), Found: len(l.keys), Sum: l.sum, Same: l.same, Past: l.at != "",
		Generation: l.generation, Facts: []ItemsFact{}, Filters: []dataset.Filter{}, Columns: []ItemsColumn{}, Keys: []any{}, Rows: [][]any{}}
	from, err := l.place(ask.After)
	if err != nil {
		return out, err
	}
	if len(ask.Columns) == 0 {
		ask.Columns = usualColumns[l.table]
	}
	sources, err := l.chosen(ctx, ask.Columns)
	if err != nil {
		return out, err
	}
	if from == 0 {
		if out.Facts, err = l.facts(ctx); err != nil {
			return out, err
		}
	}
	if err := l.search(ctx, ask.Search); err != nil {
		return out, err
	}
	out.Found = len(l.keys)
	if ask.OrderBy == "" {
		ask.OrderBy, ask.Descending = l.usualOrder()
	}
	_, out.Key = l.key.Split()
	out.OrderBy, out.Descending = ask.OrderBy, ask.Descending
	if err := l.sort(ctx, ask.OrderBy, ask.Descending); err != nil {
		return out, err
	}
	limit := ask.Limit
	if limit <= 0 {
		limit = usualRows
	}
	to := min(len(l.keys), from+min(limit, mostRows))
	from = min(from, to)
	out.Keys = append(out.Keys, l.keys[from:to]...)
	if to < len(l.keys) {
		out.Next = fmt.Sprintf("%d:%d", l.generation, to)
	}
	return out, l.fill(ctx, &out, sources, from)
}

// isKey reports whether a value can name a row: what JSON makes of numbers and texts.
func isKey(k any) bool {
	switch k.(type) {
	case float64, string:
		return true
	}
	return false
}

// place reads where a part of the list begins.
func (l *listing) place(after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	generation, place, _ := strings.Cut(after, ":")
	at, err := strconv.Atoi(place)
	if err != nil || at < 0 {
		return 0, fault.New(fault.Invalid, "desktop.place", "This part of the list is not known.", "Begin again at its first row.")
	}
	if generation != strconv.FormatInt(l.generation, 10) {
		return 0, fault.New(fault.Conflict, "desktop.place", "The data was refreshed while the list was read.", "Begin again at its first row.")
	}
	return at, nil
}

// among is the filter that keeps the rows of the list; none when they are too many to be named.
func (l *listing) among(keys []any) []dataset.Filter {
	if len(keys) == 0 || len(keys) > mostNamed {
		return nil
	}
	return []dataset.Filter{{Field: l.key, Values: keys}}
}

// search keeps the rows whose title holds the text, or whose number or name it is.
func (l *listing) search(ctx context.Context, text string) error {
	text = strings.TrimSpace(text)
	if text == "" || len(l.keys) == 0 {
		return nil
	}
	found := map[any]bool{}
	number, err := strconv.ParseFloat(strings.TrimPrefix(text, "#"), 64)
	for _, k := range l.keys {
		name, isText := k.(string)
		if err == nil && k == any(number) || isText && strings.Contains(strings.ToLower(name), strings.ToLower(text)) {
			found[k] = true
		}
	}
	if title, ok := l.column(func(c dataset.Column) bool { return c.Role == dataset.RoleTitle }); ok {
		r, err := l.engine.Answer(ctx, dataset.Query{Rows: []dataset.Group{{Field: l.key}}, AsOf: l.at,
			Filters: append(l.among(l.keys), dataset.Filter{Field: title.Ref(), Op: dataset.Contains, Values: []any{text}})})
		if err != nil {
			return fault.Wrap("desktop.search", err)
		}
		for _, m := range dimensionMembers(&r, 0) {
			found[m.Value] = true
		}
	}
	l.keep(func(k any) bool { return found[k] })
	return nil
}

// keep drops the other keys with their amounts.
func (l *listing) keep(wanted func(any) bool) {
	var keys []any
	var amounts []float64
	for i, k := range l.keys {
		if !wanted(k) {
			continue
		}
		keys = append(keys, k)
		if l.amounts != nil {
			amounts = append(amounts, l.amounts[i])
		}
	}
	l.keys, l.amounts = keys, amounts
}

// column finds a column of the listed table.
func (l *listing) column(fits func(dataset.Column) bool) (dataset.Column, bool) {
	for _, t := range l.model.Tables {
		if t.Name != l.table {
			continue
		}
		if i := slices.IndexFunc(t.Columns, fits); i >= 0 {
			return t.Columns[i], true
		}
	}
	return dataset.Column{}, false
}

func dimensionMembers(r *dataset.Result, dimension int) []dataset.Member {
	if dimension >= len(r.Dimensions) {
		return nil
	}
	return r.Dimensions[dimension].Members
}

// tableFacts are the numbers told of all rows of a list.
var tableFacts = map[string][]dataset.Value{
	dataset.WorkItems: {
		{Name: "Average age", Field: dataset.AgeDays, Aggregate: dataset.Average},
		{Name: "Unassigned", Measure: dataset.CountOfWorkItems, Filters: []dataset.Filter{{Field: dataset.AssignedTo, Op: dataset.IsBlank}}},
		{Name: "Estimate", Field: dataset.Estimate, Aggregate: dataset.Sum},
	},
	dataset.PullRequests: {
		{Name: "Average age", Field: dataset.PullAgeDays, Aggregate: dataset.Average},
		{Name: "Average hours to close", Field: dataset.PullHoursToClose, Aggregate: dataset.Average},
	},
	dataset.PipelineRuns: {{Name: "Average minutes", Field: dataset.RunTotalMinutes, Aggregate: dataset.Average}},
	dataset.TestRuns:     {{Name: "Tests", Field: dataset.TestsTotal, Aggregate: dataset.Sum}, {Name: "Failed", Field: dataset.TestsFailed, Aggregate: dataset.Sum}},
	dataset.Deployments:  {{Name: "Average minutes", Field: dataset.DeployMinutes, Aggregate: dataset.Average}},
	dataset.Changesets:   {{Name: "Files", Field: dataset.ChangesetFiles, Aggregate: dataset.Sum}},
}

// facts are those over all rows; a number that no row has is left out. What the mark counts too many of has none.
func (l *listing) facts(ctx context.Context) ([]ItemsFact, error) {
	out := []ItemsFact{}
	values := tableFacts[l.table]
	named := l.among(l.keys)
	if len(values) == 0 || named == nil {
		return out, nil
	}
	r, err := l.engine.Answer(ctx, dataset.Query{Values: values, Filters: named, AsOf: l.at})
	if err != nil {
		return out, fault.Wrap("desktop.facts", err)
	}
	for i, v := range r.Total.Values {
		if v != nil {
			out = append(out, ItemsFact{Name: r.Values[i].Name, Value: v, Format: r.Values[i].Format, Unit: r.Values[i].Unit})
		}
	}
	return out, nil
}
