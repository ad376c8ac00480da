package report

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// Problem is one thing about a report that cannot be shown, and where it stands.
type Problem struct {
	PageID string `json:"pageId"`
	Visual string `json:"visual"` // id of the visual or slicer; empty for the page itself
	Says   string `json:"says"`   // as a person reads it
}

// Check lists what is wrong with a report over a model: names that the model does not have, groups that do not reach
// their values, visuals that overlap. Pages about tables that the dataset does not load are not judged.
func Check(r *Report, m *dataset.Model) []Problem {
	var out []Problem
	ids := map[string]bool{}
	for i := range r.Pages {
		p := &r.Pages[i]
		c := &checking{model: m, page: p, defs: r.Measures}
		if ids[p.ID] || p.ID == "" || p.Name == "" {
			c.says("", "The page has no id or name of its own.")
		}
		ids[p.ID] = true
		c.shape()
		if p.When == nil || !slices.ContainsFunc(p.When.Tables, func(t string) bool { return !hasTable(m, t) }) {
			c.names(r.Cards)
		}
		out = append(out, c.found...)
	}
	return out
}

func hasTable(m *dataset.Model, name string) bool {
	return slices.ContainsFunc(m.Tables, func(t dataset.Table) bool { return t.Name == name })
}

type checking struct {
	model *dataset.Model
	page  *Page
	defs  []dataset.Definition
	found []Problem
}

func (c *checking) says(visual, format string, args ...any) {
	c.found = append(c.found, Problem{PageID: c.page.ID, Visual: visual, Says: fmt.Sprintf(format, args...)})
}

var visualTypes = []VisualType{Card, Bar, Column, Line, Area, Donut, Table, Matrix, Burndown, Combo, Pie, Velocity, Control, Scatter, Histogram,
	Percentiles, Heat, Text, Image}

// shape judges what needs no model: ids, types, places, who interacts with whom.
func (c *checking) shape() {
	ids := map[string]bool{}
	for i := range c.page.Visuals {
		v := &c.page.Visuals[i]
		if v.ID == "" || ids[v.ID] {
			c.says(v.ID, "Another visual of the page has the id %q.", v.ID)
		}
		ids[v.ID] = true
		if !slices.Contains(visualTypes, v.Type) {
			c.says(v.ID, "There is no visual type %q.", v.Type)
		}
		if at := v.Place; at.X < 0 || at.Y < 0 || at.W < 1 || at.H < 1 || at.X+at.W > 12 {
			c.says(v.ID, "The visual stands outside of the twelve columns.")
			continue
		}
		for _, other := range c.page.Visuals[:i] {
			if v.Place.meets(other.Place) {
				c.says(v.ID, "The visual lies over %s.", other.ID)
			}
		}
		for id := range v.Interactions {
			if c.page.Visual(id) == nil {
				c.says(v.ID, "It interacts with %q, which is no visual of the page.", id)
			}
		}
	}
}

// meets reports whether two places share a cell.
func (p Place) meets(o Place) bool {
	return p.X < o.X+o.W && o.X < p.X+p.W && p.Y < o.Y+o.H && o.Y < p.Y+p.H
}

// names judges every name against the model.
func (c *checking) names(all []FilterCard) {
	if c.page.Count != "" {
		c.query("", dataset.Query{Values: []dataset.Value{{Measure: c.page.Count}}})
	}
	for i := range c.page.Slicers {
		sl := &c.page.Slicers[i]
		if q := CompileSlicer(&Page{Count: c.page.Count}, sl, PageState{Slicers: map[string][]any{sl.ID: {}}}); q != nil {
			c.query(sl.ID, *q)
		} else {
			c.column(sl.ID, sl.Field)
		}
	}
	for _, f := range c.page.Filters {
		c.column("", f.Field)
	}
	for _, card := range slices.Concat(all, c.page.Cards) {
		c.column("", card.Field)
	}
	for i := range c.page.Visuals {
		c.visual(&c.page.Visuals[i])
	}
}

func (c *checking) visual(v *Visual) {
	if v.Type == Text || v.Type == Image {
		return
	}
	q := v.Query
	q.Values = slices.Concat(q.Values, v.Tooltips)
	c.query(v.ID, q)
	if v.Spark != nil {
		c.query(v.ID, *v.Spark)
	}
	for _, level := range v.Levels {
		if len(q.Rows) > 0 {
			q.Rows = slices.Concat([]dataset.Group{level}, v.Query.Rows[1:])
			q.Sort = sortsOf(q, v.Query.Sort)
			c.query(v.ID, q)
		}
	}
	for _, card := range v.Cards {
		c.column(v.ID, card.Field)
	}
}

func (c *checking) query(visual string, q dataset.Query) {
	q.Define = dataset.Needed(q, c.defs)
	if _, err := c.model.Resolve(q); err != nil {
		c.says(visual, "%s", sentence(err))
	}
}

func (c *checking) column(visual string, ref dataset.FieldRef) {
	if _, err := c.model.Column(ref); err != nil {
		c.says(visual, "%s", sentence(err))
	}
}

func sentence(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return strings.TrimSpace(f.Message + " " + f.Hint)
	}
	return err.Error()
}
