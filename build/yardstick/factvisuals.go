package main

import (
	"fmt"
	"time"

	"sightline/backend/dataset"
)

func repositoryName(_ *world, x float64) string { return fmt.Sprintf("repository-%03d", int(x)) }
func pipelineName(_ *world, x float64) string   { return fmt.Sprintf("pipeline-%03d", int(x)) }

// month is that of an instant, counted from January 1970.
func month(at int64) int32 {
	t := time.UnixMilli(at).UTC()
	return int32(12*(t.Year()-1970) + int(t.Month()) - 1)
}

func monthName(_ *world, x float64) string {
	return time.Date(1970, time.Month(1+int(x)), 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// factVisuals are the questions about Git, pipelines and tests.
func (w *world) factVisuals() []visual {
	firstOf := func(weeks int) int { return ((today+3)/7-weeks+1)*7 - 3 }
	weeks := func(n int) string {
		return fmt.Sprintf(`"filters":[{"field":"Dates[Date]","op":"this","values":[%d,"week"]}]`, n)
	}
	// Without a filter of dates a trend shows its last periods only.
	always := fmt.Sprintf(`"filters":[{"field":"Dates[Date]","op":">=","values":["%s"]}]`, dataset.Day(firstOf(262)))
	const byWeek = `{"field":"Dates[Date]","grain":"week"}`
	const good = "result in (4,5)"
	minutes := "(finished-queued)/60000.0"
	thisMonth := int(month(now.UnixMilli()))
	return []visual{
		{name: "Q8 pull requests closed a week and repository, median hours", read: keyed(weekName, repositoryName),
			query: `{"values":["Pull requests closed","Median hours to close"],"rows":[` + byWeek + `],"columns":["Repositories[Repository]"],` + weeks(52) + `}`,
			sql:   fmt.Sprintf("select "+weekInSQL+" w,repo::double,count(*)::double,quantile_cont((closed-created)/3600000.0,0.5)::double from prs where closed_day>=%d group by 1,2", "closed_day", firstOf(52)),
			lite:  fmt.Sprintf("select w,repo,n,q0 from (%s)", liteQuantiles("w, repo", "v", fmt.Sprintf("(select (closed_day+3)/7 w,repo,(closed-created)/3600000.0 v from prs where closed_day>=%d)", firstOf(52)), 0.5))},
		{name: "Q9 commits an author and month, top 20", read: keyed(personName, monthName),
			query: `{"values":["Commits"],"rows":["` + string(dataset.CommitAuthor) + `"],"columns":[{"field":"Dates[Date]","grain":"month"}],"sort":[{"by":"Commits","descending":true}],"top":20,"filters":[{"field":"Dates[Date]","op":"this","values":[12,"month"]}]}`,
			sql: fmt.Sprintf("with top as (select author from commits where month>=%[1]d group by 1 order by count(*) desc,1 limit 20) select author::double,month::double,count(*)::double from commits where month>=%[1]d and author in (select author from top) group by 1,2",
				thisMonth-11)},
		{name: "Q10 pass rate a pipeline and week", read: keyed(pipelineName, weekName),
			query: `{"values":["Pass rate"],"rows":["Pipelines[Pipeline]"],"columns":[` + byWeek + `],` + weeks(26) + `}`,
			sql: fmt.Sprintf("select def::double,"+weekInSQL+" w,sum(case when result=4 then 1.0 else 0 end)/nullif(sum(case when result<>7 then 1 else 0 end),0) from runs where finished_day>=%d group by 1,2",
				"finished_day", firstOf(26))},
		{name: "Q11 run duration a week, 50th and 95th percentile", read: keyed(weekName),
			query: `{"values":["Median run duration","Run duration 95th percentile"],"rows":[` + byWeek + `],` + always + `}`,
			sql:   fmt.Sprintf("select w,q[1],q[2] from (select "+weekInSQL+" w,quantile_cont("+minutes+",[0.5,0.95]) q from runs where finished_day is not null and "+good+" group by 1)", "finished_day"),
			lite: fmt.Sprintf("select w,q0,q1 from (%s)", liteQuantiles("w", "v",
				"(select (finished_day+3)/7 w,"+minutes+" v from runs where finished_day is not null and "+good+")", 0.5, 0.95))},
		{name: "Q14 tests passed, failed and their rate a week", read: keyed(weekName),
			query: `{"values":["Tests passed","Tests failed","Test pass rate"],"rows":[` + byWeek + `],` + always + `}`,
			sql: fmt.Sprintf("select "+weekInSQL+" w,sum(passed)::double,sum(failed)::double,sum(passed+not_impacted)*1.0/nullif(sum(total-not_run),0) from tests where completed_day is not null group by 1",
				"completed_day")},
	}
}
