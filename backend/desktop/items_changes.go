package desktop

import (
	"context"
	"math"
	"slices"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
	"sightline/backend/report"
)

// ChangesAsk says whose number is explained: the value of a visual, or with neither what the page counts.
type ChangesAsk struct {
	Visual string `json:"visual"`
	Value  int    `json:"value"`
	// By splits the difference by a column; "" by area.
	By dataset.FieldRef `json:"by"`
}

// ChangesView explains why a number differs between the two times of a page, item by item.
type ChangesView struct {
	Value   dataset.ValueInfo `json:"value"`
	From    string            `json:"from"` // instants
	To      string            `json:"to"`
	Before  *float64          `json:"before"`
	After   *float64          `json:"after"`
	Parts   []ChangePartView  `json:"parts"` // their deltas add up to after - before
	By      ChangedBy         `json:"by"`
	Choices []ChangeChoice    `json:"choices"` // what else of the page can be explained
	Visual  string            `json:"visual"`  // that was explained; "" for what the page counts
	Index   int               `json:"index"`   // of the value in the visual
	Filters []dataset.Filter  `json:"filters"`
	Notes   []string          `json:"notes"`

	Generation int64 `json:"generation"`
}

// ChangePartView is one reason.
type ChangePartView struct {
	Kind  dataset.ChangeKind `json:"kind"`
	Field dataset.FieldRef   `json:"field"` // the column that changed, of moves and states
	Delta float64            `json:"delta"`
	Count int                `json:"count"`
	// Items are the first of them, the newest first; Changed lists all.
	Items []dataset.ItemChange `json:"items"`
}

// ChangedBy splits the difference by the members of a column. An item that moved between two members stands in both.
type ChangedBy struct {
	Field dataset.FieldRef   `json:"field"`
	Name  string             `json:"name"`
	Rows  []ChangedMemberRow `json:"rows"`
}

// ChangedMemberRow is what one member had before and has after; null where it had nothing.
type ChangedMemberRow struct {
	Member dataset.Member `json:"member"`
	Before *float64       `json:"before"`
	After  *float64       `json:"after"`
}

// ChangeChoice is a number of the page that can be explained.
type ChangeChoice struct {
	Visual string `json:"visual"` // "" for what the page counts
	Value  int    `json:"value"`
	Name   string `json:"name"`
	Title  string `json:"title"` // of the visual
}

// itemsShown is how many items of a part are sent with the explanation.
const itemsShown = 200

// Changes explains the difference between PageState.CompareWith and PageState.AsOf, whichever is earlier first.
// Faults: Invalid without a second time or for a number that cannot be told item by item, NotFound as Behind.
func (i *Items) Changes(reportID, pageID string, state report.PageState, ask ChangesAsk) (ChangesView, error) {
	i.p.await()
	return guard(i.p.Log, "Items.Changes", func() (ChangesView, error) {
		ctx := i.p.ctx
		o, err := i.p.openPage(ctx, reportID, pageID)
		if err != nil {
			return ChangesView{}, err
		}
		found, q, err := o.changes(ctx, state, ask)
		if err != nil {
			return ChangesView{}, err
		}
		out := ChangesView{Value: found.Value, From: found.From, To: found.To, Before: found.Before, After: found.After, Parts: []ChangePartView{},
			Choices: o.choices(state), Visual: ask.Visual, Index: ask.Value, Filters: q.Filters, Notes: append([]string{}, found.Notes...), Generation: found.Generation}
		for _, part := range found.Parts {
			items := slices.Clone(part.Items)
			slices.Reverse(items) // by number, so the newest come first
			out.Parts = append(out.Parts, ChangePartView{part.Kind, part.Field, part.Delta, len(items), items[:min(len(items), itemsShown)]})
		}
		out.By, err = o.changedBy(ctx, q, ask.By)
		return out, err
	})
}

// Changed lists the items of one part of an explanation, as they were at its later time. Faults: as Changes and Behind.
func (i *Items) Changed(reportID, pageID string, state report.PageState, of ChangesAsk, kind dataset.ChangeKind, field dataset.FieldRef, ask ItemsAsk) (ItemsView, error) {
	i.p.await()
	return guard(i.p.Log, "Items.Changed", func() (ItemsView, error) {
		ctx := i.p.ctx
		o, err := i.p.openPage(ctx, reportID, pageID)
		if err != nil {
			return ItemsView{}, err
		}
		found, q, err := o.changes(ctx, state, of)
		if err != nil {
			return ItemsView{}, err
		}
		l, err := newListing(o.engine, dataset.WorkItems)
		if err != nil {
			return ItemsView{}, err
		}
		l.generation, l.at = found.Generation, momentOf(l.model, nil, q.To, nil, i.p.Clock())
		for _, part := range found.Parts {
			if part.Kind != kind || part.Field != field {
				continue
			}
			info := found.Value
			l.info, l.number = &info, &part.Delta
			for _, item := range part.Items {
				l.keys = append(l.keys, float64(item.ID))
			}
		}
		// Each adds one, or takes one away: they are as many as the step says.
		l.same = l.number != nil && math.Abs(*l.number) == float64(len(l.keys))
		return l.view(ctx, ask) // at one of the two times they did not pass the filters, so none are told
	})
}

// changes asks the engine, with the earlier of the two times first.
func (o openedPage) changes(ctx context.Context, state report.PageState, ask ChangesAsk) (dataset.Changes, dataset.ChangesQuery, error) {
	const op = "desktop.changes"
	if state.CompareWith == "" {
		return dataset.Changes{}, dataset.ChangesQuery{}, fault.New(fault.Invalid, op, "There is no second day to compare with.", "Choose one under Compare with.")
	}
	q, err := o.explained(ctx, state, ask)
	if err != nil {
		return dataset.Changes{}, q, err
	}
	q.From, q.To = state.CompareWith, state.AsOf
	if zone := o.engine.Model().TimeZone; endOf(q.To, zone).Before(endOf(q.From, zone)) {
		q.From, q.To = q.To, q.From
	}
	found, err := o.engine.Changes(ctx, q)
	return found, q, fault.Wrap(op, err)
}

// endOf is the instant that an as-of time means: of a day its end in the zone, of nothing one that lies behind all.
func endOf(when, zone string) time.Time {
	if at, err := time.Parse(time.RFC3339, when); err == nil {
		return at
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		place = time.UTC
	}
	if day, err := time.ParseInLocation(time.DateOnly, when, place); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Millisecond)
	}
	return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
}

// explained is the value with everything that narrows it: filters, slicers and what is selected.
func (o openedPage) explained(ctx context.Context, state report.PageState, ask ChangesAsk) (dataset.ChangesQuery, error) {
	state, now := settled(ctx, o.engine, o.page, state)
	visual := o.counting()
	if ask.Visual != "" {
		var err error
		if visual, err = o.visual(ask.Visual); err != nil {
			return dataset.ChangesQuery{}, err
		}
	}
	q, _ := report.Compile(o.page, visual, state)
	if ask.Visual == "" && state.Selection != nil { // the page counts what is selected, whichever visual it was in
		q.Highlight = append(slices.Clone(q.Highlight), state.Selection.Filters...)
	}
	if ask.Value < 0 || ask.Value >= len(q.Values) || q.Values[ask.Value].Measure == "" && q.Values[ask.Value].Field == "" {
		return dataset.ChangesQuery{}, fault.New(fault.Invalid, "desktop.explained", "The page "+o.page.Name+" counts nothing that could be explained.", "Choose one of its visuals.")
	}
	q = now.onSprint(q)
	return dataset.ChangesQuery{Value: q.Values[ask.Value], Filters: slices.Concat(q.Filters, q.Highlight), Define: q.Define}, nil
}

// counting stands for what the page counts.
func (o openedPage) counting() *report.Visual {
	return &report.Visual{ID: "", Type: report.Card, Query: dataset.Query{Values: []dataset.Value{{Measure: o.page.Count}}}}
}

// choices are the numbers of the page that are states of work items and add up, each name once.
func (o openedPage) choices(state report.PageState) []ChangeChoice {
	out := []ChangeChoice{}
	model := o.engine.Model()
	add := func(v *report.Visual, title string) {
		q, _ := report.Compile(o.page, v, state)
		for i := range v.Query.Values {
			one := dataset.Query{Values: []dataset.Value{q.Values[i]}, Define: q.Define}
			r, err := model.Resolve(one)
			if err != nil || r.Values[0].Formula != nil || r.Values[0].Table != dataset.WorkItems || !r.Values[0].Info.Additive || r.Values[0].Info.OverTime != dataset.OverTimeAsOf {
				continue
			}
			if slices.ContainsFunc(q.Filters, func(f dataset.Filter) bool { return f.Field == dataset.DateAxis }) {
				continue
			}
			out = append(out, ChangeChoice{Visual: v.ID, Value: i, Name: r.Values[0].Info.Name, Title: title})
		}
	}
	if o.page.Count != "" {
		add(o.counting(), "")
	}
	for i := range o.page.Visuals {
		v := &o.page.Visuals[i]
		if v.Type == report.Card || o.page.Count == "" {
			add(v, v.Title)
		}
	}
	return out
}
