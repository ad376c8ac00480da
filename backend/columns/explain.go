package columns

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sightline/backend/dataset"
)

// explanation tells how the answer was made, at both times of a comparison.
func (p *plan) explanation(q dataset.Query, clock int64, elapsed time.Duration) (*dataset.Explanation, error) {
	out := &dataset.Explanation{Tables: []dataset.TableRead{}, Filters: p.explainFilters(q), Elapsed: elapsed}
	if err := p.explainTables(out); err != nil || q.CompareWith == "" {
		return out, err
	}
	then, err := newPlan(p.ctx, p.g, p.share, p.atSecondTime(q), clock)
	if err != nil {
		return out, err
	}
	then.direct = then.goesDirectly()
	return out, then.explainTables(out)
}

// explainTables adds what was read. It reads the rows once more and by themselves, so that the numbers are those of
// this query and not of what other visuals of a page left to read.
func (p *plan) explainTables(out *dataset.Explanation) error {
	p.scans, p.share = nil, newShared()
	at := map[*scan]int{}
	for i := range p.values {
		for j := range p.values[i].bases {
			b := &p.values[i].bases[j]
			for _, onAxis := range []bool{true, false} {
				if onAxis && p.dated < 0 {
					continue
				}
				p.looked = 0
				s, err := p.scanFor(b, onAxis)
				if err != nil {
					return err
				}
				if s == nil {
					continue
				}
				k, ok := at[s]
				if !ok {
					k = len(out.Tables)
					at[s] = k
					out.Tables = append(out.Tables, dataset.TableRead{Table: b.side.rel.table, Read: p.readingOf(b, s, onAxis), Values: []string{}, Rows: s.seg.n, Scanned: p.scanned(b, onAxis), Passed: distinctRows(s.rows)})
				}
				for _, name := range p.askedFor(i) {
					if t := &out.Tables[k]; !slices.Contains(t.Values, name) {
						t.Values = append(t.Values, name)
					}
				}
			}
		}
	}
	return nil
}

// scanned is how many rows were looked at for a base: those that the direct way looked up, else those that scanFor
// just looked at.
func (p *plan) scanned(b *basePlan, onAxis bool) int {
	if p.direct {
		if l, ok := p.lookOf(b, onAxis); ok && l != nil {
			return l.hi - l.lo
		}
	}
	return p.looked
}

func distinctRows(rows []int32) int {
	sorted := slices.Clone(rows)
	slices.Sort(sorted)
	return len(slices.Compact(sorted))
}

// askedFor names the values of the query that one of the leaves is part of.
func (p *plan) askedFor(leaf int) []string {
	var out []string
	for i, a := range p.asked {
		if i < len(p.r.Values) && (a.formula == nil && a.value == leaf || slices.Contains(a.bases, leaf)) {
			out = append(out, p.r.Values[i].Info.Name)
		}
	}
	return out
}

// readingOf says which rows a base reads and when.
func (p *plan) readingOf(b *basePlan, s *scan, onAxis bool) string {
	switch {
	case b.timing == onCreated:
		return "events by day of creation" + p.rangeWords()
	case b.timing == onCompleted:
		return "events by day of completion" + p.rangeWords()
	case b.timing == onInstant && b.on != "":
		return "events by " + strings.ToLower(b.on) + p.rangeWords()
	case b.timing == onInstant:
		return "events by day" + p.rangeWords()
	case b.timing.ofSprint():
		return "by iteration" + p.rangeWords()
	case b.timing == inWindow:
		return "completed in the days before each point" + p.rangeWords()
	case b.timing == whileSpent || b.timing == whileSnapshot:
		return "history by the days that each state lasted" + p.rangeWords()
	case b.timing == atStart:
		return "as of " + p.axis.start.day.String() + ", the start"
	case onAxis:
		return fmt.Sprintf("history at the end of %s%s", counting(len(p.axis.cuts), p.dims[p.dated].grain), p.rangeWords())
	case s.at.current():
		return "current"
	}
	return "as of " + s.at.day.String()
}

func counting(n int, grain dataset.Grain) string {
	if n == 1 {
		return "1 " + string(grain)
	}
	return fmt.Sprintf("%d %ss", n, grain)
}

// rangeWords says which days the query is about; nothing when they are all.
func (p *plan) rangeWords() string {
	first, last, ok := p.axis.days.ends()
	switch {
	case p.axis.days == nil:
		return ""
	case !ok:
		return ", of no day"
	case first == dataset.FirstDay:
		return " up to " + last.String()
	case last == dataset.LastDay:
		return " from " + first.String()
	}
	return " from " + first.String() + " to " + last.String()
}
