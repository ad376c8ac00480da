package dataset

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sightline/backend/fault"
)

// Resolved is a query whose names were looked up and whose defaults were filled in: what an engine
// works from. Nothing in it is resolved against the clock or the data.
type Resolved struct {
	Values    []ResolvedValue
	Rows      []ResolvedGroup
	Columns   []ResolvedGroup
	Filters   []ResolvedFilter
	Highlight []ResolvedFilter
	// Highlighted is true when the query has a highlight, even an empty one.
	Highlighted bool
	Sort        []ResolvedSort
	Top         int
	Others      bool
	ShowEmpty   bool
	AsOf        AsOf
	// PlanningDays and GraceDays are those of the query (M21 to M23).
	PlanningDays, GraceDays int
	Notes                   []string
	// Table is where the members come from in a query without values.
	Table string
}

// ResolvedValue is a measure, an aggregate of a column, or a formula. Exactly one of Measure, Column and Formula
// is set. The filters of a formula are those of its bases.
type ResolvedValue struct {
	Info      ValueInfo
	Table     string // whose rows it is computed over; empty for a formula
	Measure   *Measure
	Column    *Column
	Formula   *Formula
	Aggregate Aggregate
	Filters   []ResolvedFilter
}

// Key is the same for values that are computed alike over the same rows. A formula has none.
func (v *ResolvedValue) Key() string {
	key := v.Table + "|"
	if v.Measure != nil {
		key += v.Measure.Name
	} else {
		key += string(v.Column.Ref()) + "|" + string(v.Aggregate)
	}
	for _, f := range v.Filters {
		key += "|" + f.Key()
	}
	return key
}

// ResolvedGroup is a column to group by. The grain of a date is never GrainNone.
type ResolvedGroup struct {
	Column Column
	Grain  Grain
}

// ResolvedSort orders by the value or by the group (rows first, then columns) at this position; the
// other is -1.
type ResolvedSort struct {
	Value, Group int
	Descending   bool
}

// AsOfKind says how precise an as-of time is.
type AsOfKind int

// The kinds of as-of time.
const (
	AsOfNow AsOfKind = iota
	AsOfDay
	AsOfInstant
)

// AsOf is the time a query stands for. A day stands for its end.
type AsOf struct {
	Kind    AsOfKind
	Day     Day
	Instant time.Time
}

// Resolve looks up every name of the query. Names ignore case; a column may stand without its table,
// a measure may be given by its M-number or a synonym. Faults: Invalid, with the nearest names.
func (m *Model) Resolve(q Query) (*Resolved, error) { return m.ResolveContext(context.Background(), q) }

// ResolveContext is Resolve that ends when the context does, for queries that others wrote. Faults: those of Resolve,
// Canceled.
func (m *Model) ResolveContext(ctx context.Context, q Query) (*Resolved, error) {
	return m.resolve(q, nil, newBudget(ctx))
}

// resolve is Resolve at the cost of a query that may be a larger one's part. defs are those of the larger one; nil when
// q brings its own.
func (m *Model) resolve(q Query, defs *definitions, b *budget) (*Resolved, error) {
	r := &resolver{model: m, defs: defs, budget: b, out: &Resolved{Top: q.Top, Others: q.Others, ShowEmpty: q.ShowEmpty, Highlighted: q.Highlight != nil,
		PlanningDays: q.PlanningDays, GraceDays: q.GraceDays}}
	if len(q.Values) == 0 && len(q.Rows)+len(q.Columns) == 0 {
		return nil, invalid("The query asks for nothing.", "Name at least one value, such as "+CountOfWorkItems+", or a column in rows.")
	}
	if q.Top < 0 {
		return nil, invalid("top must not be negative.", "Leave it out to keep all rows.")
	}
	if q.PlanningDays < 0 || q.PlanningDays > maxLeeway || q.GraceDays < 0 || q.GraceDays > maxLeeway {
		return nil, invalid(fmt.Sprintf("planningDays %d and graceDays %d are not both from 0 to %d.", q.PlanningDays, q.GraceDays, maxLeeway), "Leave them out for 0.")
	}
	for _, step := range []func(Query) error{r.define, r.nameTables, r.groups, r.values, r.dated, r.filters, r.relations, r.computable, r.sort, r.asOf, r.others, r.markMany} {
		if err := step(q); err != nil {
			return nil, err
		}
	}
	return r.out, nil
}

// maxLeeway bounds the planning and the grace days of velocity.
const maxLeeway = 30

func invalid(message, hint string) error {
	return fault.New(fault.Invalid, "dataset.Resolve", message, hint)
}

type resolver struct {
	model  *Model
	out    *Resolved
	defs   *definitions // nil until the definitions of the query are read
	budget *budget
	tables []string // that the values name; they choose among columns of one name
}

func (r *resolver) values(q Query) error {
	for _, v := range q.Values {
		if err := r.budget.spend(1); err != nil {
			return err
		}
		filters, err := r.filterList(v.Filters)
		if err != nil {
			return err
		}
		rv, err := r.valueOf(v, filters)
		if err != nil {
			return err
		}
		if v.Name != "" {
			rv.Info.Name = v.Name
		}
		r.out.Values = append(r.out.Values, rv)
	}
	return nil
}

// valueOf is a value of the query under filters of its own: of the model, or one that the query defines.
func (r *resolver) valueOf(v Value, filters []ResolvedFilter) (ResolvedValue, error) {
	if d := r.defs.find(v.Measure); d != nil && v.Field == "" && v.Aggregate == "" {
		c := &checker{r: r, defs: r.defs, groups: append(slices.Clone(r.out.Rows), r.out.Columns...), rows: len(r.out.Rows)}
		f, info, err := c.formula(d, place{filters: filters})
		return ResolvedValue{Info: info, Formula: f}, err
	}
	rv, err := r.value(v)
	rv.Filters = filters
	return rv, err
}

func (r *resolver) value(v Value) (ResolvedValue, error) {
	if v.Measure != "" && v.Field != "" {
		return ResolvedValue{}, invalid(fmt.Sprintf("A value names both the measure %s and the column %s.", v.Measure, v.Field), "Keep one of the two.")
	}
	if v.Measure != "" {
		if v.Aggregate != "" {
			return ResolvedValue{}, invalid("The measure "+v.Measure+" cannot be aggregated again.", "Leave out aggregate.")
		}
		ms, shared, err := r.model.measure(v.Measure)
		if err != nil {
			return ResolvedValue{}, r.unknownMeasure(v.Measure)
		}
		if shared != "" {
			r.out.Notes = append(r.out.Notes, shared)
		}
		return ResolvedValue{Measure: ms, Table: ms.Table, Info: ValueInfo{Name: ms.Name, Measure: ms.Name, Number: ms.Number, Unit: ms.Unit,
			Format: ms.Format, Additive: ms.Additive, Direction: ms.Direction, OverTime: ms.OverTime}}, nil
	}
	if v.Field == "" {
		return ResolvedValue{}, invalid("A value names neither a measure nor a column.", "Write a measure's name, or a field with an aggregate.")
	}
	c, err := r.column(v.Field)
	if err != nil {
		return ResolvedValue{}, err
	}
	agg, err := checkAggregate(c, v.Aggregate)
	if err != nil {
		return ResolvedValue{}, err
	}
	return ResolvedValue{Column: c, Aggregate: agg, Info: aggregateInfo(c, agg)}, nil
}

func checkAggregate(c *Column, a Aggregate) (Aggregate, error) {
	if a == "" {
		switch {
		case c.Summable && c.Format != "days" && c.Unit != "days" && c.Format != "percent":
			return Sum, nil
		case c.Summable:
			return Average, nil
		}
		return "", invalid("The value "+string(c.Ref())+" needs an aggregate.", "Use count or countDistinct.")
	}
	if a.heading() == "" {
		known := []string{"sum", "average", "min", "max", "count", "countDistinct", "median", "p1 to p99", "standardDeviation"}
		return "", invalid(fmt.Sprintf("There is no aggregate %q.", briefly(string(a))), "Use one of: "+strings.Join(known, ", ")+".")
	}
	if !c.Summable && a != Count && a != CountDistinct {
		return "", invalid(fmt.Sprintf("%s cannot be computed over %s: its values are no quantities.", a, c.Ref()), "Use count or countDistinct.")
	}
	return a, nil
}

func aggregateInfo(c *Column, a Aggregate) ValueInfo {
	info := ValueInfo{Name: a.heading() + " " + c.Name, Unit: c.Unit, Format: c.Format, Additive: a == Sum || a == Count,
		Direction: Neutral, OverTime: OverTimeAsOf}
	switch a {
	case Count, CountDistinct:
		info.Unit, info.Format = "", "integer"
	}
	if _, percentile := a.Percentile(); (percentile || a == Average || a == StandardDeviation) && info.Format == "integer" {
		info.Format = "decimal1"
	}
	return info
}

func (r *resolver) groups(q Query) error {
	axes := 0
	for i, g := range append(append([]Group(nil), q.Rows...), q.Columns...) {
		c, err := r.column(g.Field)
		if err != nil {
			return err
		}
		if !c.Groupable {
			return invalid(string(c.Ref())+" cannot stand in rows or columns.", "Use it in values or filters.")
		}
		rg := ResolvedGroup{Column: *c, Grain: g.Grain}
		switch {
		case c.Type != Date && g.Grain != GrainNone:
			return invalid(string(c.Ref())+" has no grain: it is no date.", "Leave out grain, or group by a date such as "+string(DateAxis)+".")
		case c.Type == Date && g.Grain == GrainNone:
			rg.Grain = GrainDay
		case c.Ref() == DateAxis && g.Grain == GrainSprint:
		case c.Type == Date && !validGrain(g.Grain):
			return invalid(fmt.Sprintf("There is no grain %q.", briefly(string(g.Grain))), "Use day, week, month, quarter or year, and sprint on "+string(DateAxis)+".")
		}
		if c.Ref() == DateAxis {
			if axes++; axes > 1 {
				return invalid(string(DateAxis)+" stands twice in rows and columns.", "Keep one of them.")
			}
		}
		if i < len(q.Rows) {
			r.out.Rows = append(r.out.Rows, rg)
		} else {
			r.out.Columns = append(r.out.Columns, rg)
		}
	}
	return nil
}

// dated refuses values that cannot be put on dates.
func (r *resolver) dated(Query) error {
	if !slices.ContainsFunc(append(slices.Clone(r.out.Rows), r.out.Columns...), func(g ResolvedGroup) bool { return g.Column.Ref() == DateAxis }) {
		return nil
	}
	for _, v := range r.out.Values {
		if v.Info.OverTime == "" {
			return invalid("The measure "+v.Info.Name+" cannot be put on dates.", "Take "+string(DateAxis)+" out of rows and columns.")
		}
	}
	return nil
}

func validGrain(g Grain) bool {
	switch g {
	case GrainDay, GrainWeek, GrainMonth, GrainQuarter, GrainYear:
		return true
	}
	return false
}

func (r *resolver) sort(q Query) error {
	for _, s := range q.Sort {
		rs, err := r.sortBy(s.By)
		if err != nil {
			return err
		}
		rs.Descending = s.Descending
		r.out.Sort = append(r.out.Sort, rs)
	}
	return nil
}

func (r *resolver) sortBy(by string) (ResolvedSort, error) {
	for i, v := range r.out.Values {
		if strings.EqualFold(v.Info.Name, by) {
			return ResolvedSort{Value: i, Group: -1}, nil
		}
	}
	for i, v := range r.out.Values {
		if v.Formula != nil && strings.EqualFold(v.Info.Measure, strings.Trim(by, "[]")) {
			return ResolvedSort{Value: i, Group: -1}, nil
		}
	}
	if ms, _, err := r.model.measure(by); err == nil {
		for i, v := range r.out.Values {
			if v.Measure != nil && v.Measure.Name == ms.Name {
				return ResolvedSort{Value: i, Group: -1}, nil
			}
		}
	}
	if c, err := r.column(FieldRef(by)); err == nil {
		for i, g := range append(append([]ResolvedGroup(nil), r.out.Rows...), r.out.Columns...) {
			if g.Column.Ref() == c.Ref() && i < len(r.out.Rows) {
				return ResolvedSort{Value: -1, Group: i}, nil
			}
		}
		for i, v := range r.out.Values {
			if v.Column != nil && v.Column.Ref() == c.Ref() {
				return ResolvedSort{Value: i, Group: -1}, nil
			}
		}
	}
	var known []string
	for _, v := range r.out.Values {
		known = append(known, v.Info.Name)
	}
	for _, g := range r.out.Rows {
		known = append(known, string(g.Column.Ref()))
	}
	return ResolvedSort{}, invalid("The rows cannot be sorted by "+briefly(by)+": it is neither a value nor a row group of this query.", "Sort by "+oneOf(known)+".")
}

func (r *resolver) asOf(q Query) error {
	var err error
	if r.out.AsOf, err = parseAsOf("asOf", q.AsOf); err != nil {
		return err
	}
	_, err = parseAsOf("compareWith", q.CompareWith)
	return err
}

func parseAsOf(what, text string) (AsOf, error) {
	s := strings.TrimSpace(text)
	if s == "" {
		return AsOf{}, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return AsOf{Kind: AsOfDay, Day: DayOf(t)}, nil
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return AsOf{Kind: AsOfInstant, Instant: t}, nil
	}
	return AsOf{}, invalid(what+" "+text+" is no time.", "Write a day such as 2026-11-18, or an instant such as 2026-11-18T09:42:00Z.")
}

func (r *resolver) others(q Query) error {
	if !q.Others {
		return nil
	}
	if q.Top == 0 {
		return invalid("others needs top.", "Say how many rows to keep.")
	}
	for _, v := range r.out.Values {
		if !v.Info.Additive {
			return invalid("others cannot be used with "+v.Info.Name+": the rows that were cut off do not add up.", "Leave out others.")
		}
	}
	for _, g := range r.out.Rows {
		if g.Column.Many {
			return invalid("others cannot be used with "+string(g.Column.Ref())+": an item stands under several of its members.", "Leave out others.")
		}
		if g.Column.Ref() != DateAxis {
			continue
		}
		for _, v := range r.out.Values {
			if v.Info.OverTime != OverTimeEvents {
				return invalid("others cannot be used with "+v.Info.Name+" by "+string(DateAxis)+": days are not added up.", "Leave out others.")
			}
		}
	}
	return nil
}
