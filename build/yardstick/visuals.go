package main

import (
	"fmt"
	"strings"

	"sightline/backend/dataset"
)

// visual is one question, asked of both engines. The names of members come from the codes in SQL's rows.
type visual struct {
	name  string
	query string // as sightline query takes it
	sql   string // as DuckDB takes it
	lite  string // as SQLite takes it, where that cannot be made of sql
	// read turns a row of SQL into the labels of the groups and the values.
	read func(w *world, row []float64) (keys []string, values []float64)
	// running is how many of the last days of a difference array have to be added up; 0 for another query.
	running int
	top     bool // members of the same number at the end may be others
}

const (
	openOnly  = `{"field":"Work items[State category]","values":["Proposed","InProgress","Resolved"]}`
	openInSQL = "cat between 1 and 3"
	weekInSQL = "((%s+3)//7)::double"
)

// keyed reads rows whose first columns are codes.
func keyed(names ...func(*world, float64) string) func(*world, []float64) ([]string, []float64) {
	return func(w *world, row []float64) ([]string, []float64) {
		var keys []string
		for i, name := range names {
			keys = append(keys, name(w, row[i]))
		}
		return keys, row[len(names):]
	}
}

func stateName(_ *world, x float64) string { return states[int(x)].name }
func typeName(_ *world, x float64) string  { return types[int(x)].name }
func dayName(_ *world, x float64) string   { return dataset.Day(int(x)).String() }
func weekName(_ *world, x float64) string  { return dataset.Day(int(x)*7 - 3).String() }
func areaPath(w *world, x float64) string  { return w.areas[int(x)].path }
func number(_ *world, x float64) string    { return fmt.Sprint(x) }

func iterationPath(w *world, x float64) string { return w.iterations[int(x)].path }

func personName(_ *world, x float64) string {
	if x == 0 {
		return dataset.Unassigned
	}
	return fmt.Sprintf("Person %d", int(x))
}

// sprintOf is the sprint of the first project that ended last before today.
func sprintOf(w *world) int {
	best := 0
	for _, c := range w.sprintsOf[0] {
		if w.iterations[c].end < today {
			best = c
		}
	}
	return best
}

func (w *world) visuals(people []float64) []visual {
	team, sprint := w.areas[1], sprintOf(w)
	firstWeek := (today+3)/7 - 51
	since := today - 179
	cfd := func(where string) string { // days count from firstDay
		return fmt.Sprintf("select (day+%[1]d)::double, state::double, sum(n)::double from (select greatest(from_day, %[2]d) as day, state, 1 n from ivl where to_day>%[2]d and from_day<=%[3]d%[4]s"+
			" union all select to_day, state, -1 from ivl where to_day>%[2]d and to_day<=%[3]d%[4]s) group by 1,2 order by 1,2", firstDay, since-firstDay, today-firstDay, where)
	}
	last180 := `{"field":"Dates[Date]","op":"last","values":[180,"day"]}`
	lead, cycle := "(closed-created)/86400000.0", "(case when activated is null or activated>closed then 0 else closed-activated end)/86400000.0"
	sprintEnd := min(w.iterations[sprint].end, today)
	quote := func(s string) string { return strings.ReplaceAll(s, `\`, `\\`) }
	project, release := w.areas[0], w.iterations[1]
	for i := range w.iterations[:40] {
		if w.iterations[i].depth == 1 {
			release = w.iterations[i]
		}
	}
	inPeople, peopleNames := peopleLists(people)
	return []visual{
		{name: "Q1 open bugs, priority × state", read: keyed(number, stateName),
			query: `{"values":["Open bugs"],"rows":["Work items[Priority]"],"columns":["Work items[State]"]}`,
			sql:   "select prio::double,state::double,count(*)::double from wi where type=3 and " + openInSQL + " group by 1,2"},
		{name: "Q2 created and closed a week", read: keyed(weekName),
			query: `{"values":["Created","Closed"],"rows":[{"field":"Dates[Date]","grain":"week"}],"filters":[{"field":"Dates[Date]","op":"this","values":[52,"week"]}]}`,
			sql: fmt.Sprintf("select w,sum(a),sum(b) from (select "+weekInSQL+" w,count(*)::double a,0 b from wi where created_day>=%d group by 1 union all select "+weekInSQL+",0,count(*)::double from wi where closed_day>=%d group by 1) group by 1",
				"created_day", firstWeek*7-3, "closed_day", firstWeek*7-3)},
		{name: "Q3 CFD 180 days, all projects", read: keyed(dayName, stateName), running: 180, sql: cfd(""),
			query: `{"values":["Work items"],"rows":[{"field":"Dates[Date]","grain":"day"}],"columns":["Work items[State]"],"filters":[` + last180 + `]}`},
		{name: "Q3t CFD 180 days, one team", read: keyed(dayName, stateName), running: 180, sql: cfd(fmt.Sprintf(" and area between %d and %d", 1, team.last)),
			query: `{"values":["Work items"],"rows":[{"field":"Dates[Date]","grain":"day"}],"columns":["Work items[State]"],"filters":[` + last180 + `,{"field":"Areas[Area]","op":"under","values":["` + quote(team.path) + `"]}]}`},
		{name: "Q4 sprint burndown", read: keyed(dayName),
			query: fmt.Sprintf(`{"values":["Remaining work"],"rows":[{"field":"Dates[Date]","grain":"day"}],"filters":[{"field":"Iterations[Iteration path]","values":["%s"]},%s,{"field":"Dates[Date]","op":"between","values":["%s","%s"]}]}`,
				quote(w.iterations[sprint].path), openOnly, dataset.Day(w.iterations[sprint].first), dataset.Day(sprintEnd)),
			sql: fmt.Sprintf("select (d.day+%d)::double,sum(i.rem)/10.0 from range(%d,%d) d(day) join ivl i on i.iter=%d and i.from_day<=d.day and i.to_day>d.day and i.cat between 1 and 3 group by 1",
				firstDay, w.iterations[sprint].first-firstDay, sprintEnd+1-firstDay, sprint),
			lite: fmt.Sprintf("with recursive d(day) as (select %[2]d union all select day+1 from d where day<%[3]d-1) select d.day+%[1]d,sum(i.rem)/10.0 from d join ivl i on i.iter=%[4]d and i.from_day<=d.day and i.to_day>d.day and i.cat between 1 and 3 group by 1",
				firstDay, w.iterations[sprint].first-firstDay, sprintEnd+1-firstDay, sprint)},
		{name: "Q5 velocity an iteration", read: keyed(iterationPath),
			query: `{"values":["Story points"],"rows":["Iterations[Iteration path]"],"filters":[{"field":"Work items[State category]","values":["Completed"]}]}`,
			sql:   "select iter::double,sum(sp)::double from wi where cat=4 and sp is not null group by 1"},
		{name: "Q6 lead and cycle time, percentiles by type", read: keyed(typeName),
			query: `{"values":["Median lead time","Lead time 85th percentile","Median cycle time","Cycle time 85th percentile"],"rows":["Work items[Type]"],"filters":[` + last180 + `]}`,
			sql: fmt.Sprintf("select type::double,l[1],l[2],c[1],c[2] from (select type,quantile_cont(%s,[0.5,0.85]) l,quantile_cont(%s,[0.5,0.85]) c from wi where closed_day>=%d group by 1)",
				lead, cycle, since),
			lite: fmt.Sprintf("select type,l.q0,l.q1,c.q0,c.q1 from (%s) l join (%s) c using(type)",
				liteQuantiles("type", lead, fmt.Sprintf("wi where closed_day>=%d", since), 0.5, 0.85), liteQuantiles("type", cycle, fmt.Sprintf("wi where closed_day>=%d", since), 0.5, 0.85))},
		{name: "Q6s lead time of each item closed in 180 days", read: keyed(number),
			query: `{"values":["Average lead time"],"rows":["Work items[Id]"],"filters":[` + last180 + `]}`,
			sql:   fmt.Sprintf("select id::double,%s from wi where closed_day>=%d", lead, since)},
		{name: "Q7 average age by state", read: keyed(stateName),
			query: `{"values":["Average age"],"rows":["Work items[State]"]}`,
			sql:   fmt.Sprintf("select state::double,avg(%d-created_day) from wi where %s group by 1", today, openInSQL)},
		{name: "Q12 top 10 areas, cross-filtered", read: keyed(areaPath), top: true,
			query: fmt.Sprintf(`{"values":["Work items"],"rows":["Areas[Area path]"],"sort":[{"by":"Work items","descending":true}],"top":10,"filters":[{"field":"Areas[Area]","op":"under","values":["%s"]},{"field":"Iterations[Iteration]","op":"under","values":["%s"]},{"field":"Work items[Assigned to]","values":[%s]}]}`,
				quote(project.path), quote(release.path), peopleNames),
			sql: fmt.Sprintf("select area::double,count(*)::double n from wi where area between 0 and %d and iter between %d and %d and assigned in (%s) group by 1 order by n desc,1 limit 10",
				project.last, indexOf(w.iterations, release.path), release.last, inPeople)},
	}
}

func indexOf(nodes []node, path string) int {
	for i, n := range nodes {
		if n.path == path {
			return i
		}
	}
	return -1
}

// peopleLists writes people as SQL and as a query want them.
func peopleLists(people []float64) (codes, names string) {
	var a, b []string
	for _, p := range people {
		a, b = append(a, fmt.Sprint(p)), append(b, fmt.Sprintf("%q", fmt.Sprintf("person%v@contoso.example", p)))
	}
	return strings.Join(a, ","), strings.Join(b, ",")
}
