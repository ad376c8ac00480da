package main

import (
	"fmt"
	"strings"

	"sightline/backend/dataset"
)

// page is a page of visuals under one set of filters.
type page struct {
	name    string
	visuals []visual
}

// pages are the eight visuals and the card of ages of a page, under each set of filters.
func (w *world) pages(people []float64) []page {
	project := w.areas[0]
	codes, names := peopleLists(people)
	under := `{"field":"Areas[Area]","op":"under","values":["` + project.path + `"]}`
	inArea := fmt.Sprintf("area between 0 and %d", project.last)
	ofPeople, inPeople := `{"field":"Work items[Assigned to]","values":[`+names+`]}`, "assigned in ("+codes+")"
	ofTypes, inTypes := `{"field":"Work items[Type]","values":["User Story","Bug"]}`, "type in (2,3)"
	var out []page
	for _, f := range []struct{ name, filters, where string }{
		{"no filter", "", "true"},
		{"one project", under, inArea},
		{"one project, 50 people, 2 types", under + "," + ofPeople + "," + ofTypes, inArea + " and " + inPeople + " and " + inTypes},
		{"50 people", ofPeople, inPeople},
	} {
		out = append(out, page{f.name, pageVisuals(f.filters, f.where)})
	}
	return out
}

func pageVisuals(filters, where string) []visual {
	ask := func(values, rows, more string, own ...string) string {
		list := strings.Join(append(own, filters), ",")
		return fmt.Sprintf(`{"values":["%s"],"rows":[%s]%s,"filters":[%s]}`, values, rows, more, strings.Trim(list, ","))
	}
	ten := func(value string) string {
		return `,"sort":[{"by":"` + value + `","descending":true}],"top":10`
	}
	since := fmt.Sprintf(`{"field":"Dates[Date]","op":">=","values":["%s"]}`, dataset.Day(firstDay-(firstDay+3)%7))
	count := func(column string) string {
		return fmt.Sprintf("select %s::double,count(*)::double n from wi where %s group by 1", column, where)
	}
	week := `{"field":"Dates[Date]","grain":"week"}`
	return []visual{
		{name: "by state", read: keyed(stateName), query: ask("Work items", `"Work items[State]"`, ""), sql: count("state")},
		{name: "by type", read: keyed(typeName), query: ask("Work items", `"Work items[Type]"`, ""), sql: count("type")},
		{name: "by priority", read: keyed(number), query: ask("Work items", `"Work items[Priority]"`, ""), sql: count("prio")},
		{name: "ten people", read: keyed(personName), top: true, query: ask("Work items", `"Work items[Assigned to]"`, ten("Work items")), sql: count("assigned") + " order by n desc,1 limit 10"},
		{name: "ten areas", read: keyed(areaPath), top: true, query: ask("Work items", `"Areas[Area path]"`, ten("Work items")), sql: count("area") + " order by n desc,1 limit 10"},
		{name: "by iteration", read: keyed(iterationPath), query: ask("Work items", `"Iterations[Iteration path]"`, ""), sql: count("iter")},
		{name: "created a week", read: keyed(weekName), query: ask("Created", week, "", since), sql: count("((created_day+3)//7)")},
		{name: "closed a week", read: keyed(weekName), query: ask("Closed", week, "", since),
			sql: fmt.Sprintf("select ((closed_day+3)//7)::double,count(*)::double from wi where closed_day is not null and %s group by 1", where)},
		{name: "average age by state", read: keyed(stateName), query: ask("Average age", `"Work items[State]"`, ""),
			sql: fmt.Sprintf("select state::double,avg(%d-created_day)::double from wi where %s and %s group by 1", today, openInSQL, where)},
	}
}
