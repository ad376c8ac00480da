package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"

	_ "github.com/mattn/go-sqlite3" // SQLite as its authors write it, in C
)

// liteIndices are what somebody gives the star who wants SQLite to answer these questions: each is answered from an
// index that has all its columns.
var liteIndices = []string{
	"wi_open on wi(type,prio,state) where cat between 1 and 3",
	"wi_created on wi(created_day)",
	"wi_closed on wi(closed_day,type,created,closed,activated,id)",
	"wi_velocity on wi(cat,iter,sp)",
	"wi_age on wi(cat,state,created_day)",
	"wi_area on wi(area,iter,assigned)",
	"wi_page on wi(area,assigned,type,state,cat,prio,iter,created_day,closed_day)",
	"wi_people on wi(assigned,type,area,state,cat,prio,iter,created_day,closed_day)",
	"wi_prio on wi(prio)", "wi_iter on wi(iter)", "wi_type on wi(type)",
	"ivl_end on ivl(to_day,from_day,state,area)",
	"ivl_sprint on ivl(iter,cat,from_day,to_day,rem)",
	"prs_closed on prs(closed_day,repo,created,closed)",
	"commits_author on commits(month,author)",
	"runs_finished on runs(finished_day,def,result,queued,finished)",
	"tests_completed on tests(completed_day,total,passed,failed,not_run,not_impacted)",
}

// openLite opens a file of the C SQLite with the settings of a dataset file.
func openLite(path string) (*database, error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=NORMAL&_cache_size=-65536")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &database{name: "C SQLite", db: db, prepared: map[string]*sql.Stmt{}, sqlOf: (*visual).liteSQL}, nil
}

// fillLite makes a SQLite file of the world, with its indices.
func fillLite(ctx context.Context, w *world, path string) (*database, error) {
	d, err := openLite(path)
	if err != nil {
		return nil, err
	}
	do := func(statements ...string) error {
		for _, s := range statements {
			if _, err := d.db.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("%w: %s", err, s)
			}
		}
		return nil
	}
	insert := map[*starTable]*sql.Stmt{}
	for _, t := range star {
		if err := do(fmt.Sprintf("create table %s(%s)", t.name, t.columns)); err != nil {
			return nil, err
		}
		if insert[t], err = d.db.PrepareContext(ctx, fmt.Sprintf("insert into %s values(?%s)", t.name, strings.Repeat(",?", strings.Count(t.columns, ",")))); err != nil {
			return nil, err
		}
	}
	if err := do("begin"); err != nil {
		return nil, err
	}
	if err := w.starRows(func(t *starTable, row ...driver.Value) error {
		values := make([]any, len(row))
		for i, v := range row {
			values[i] = v
		}
		_, err := insert[t].ExecContext(ctx, values...)
		return err
	}); err != nil {
		return nil, err
	}
	for _, st := range insert {
		if err := st.Close(); err != nil {
			return nil, err
		}
	}
	for _, index := range liteIndices {
		if err := do("create index " + index); err != nil {
			return nil, err
		}
	}
	return d, do("commit", "analyze", "pragma wal_checkpoint(truncate)")
}

// liteSQL is the text of a visual as SQLite takes it.
func (v *visual) liteSQL() string {
	if v.lite != "" {
		return v.lite
	}
	return strings.NewReplacer("::double", "", "//", "/", "greatest(", "max(").Replace(v.sql)
}

// quantile is the interpolated value of a rank, from the values and their numbers r from 1 to n within a group.
func quantile(rank float64) string {
	at := fmt.Sprintf("(n-1)*%v", rank)
	return fmt.Sprintf("sum(case when r-1=cast(%[1]s as int) then v*(1-(%[1]s-cast(%[1]s as int))) when r-2=cast(%[1]s as int) then v*(%[1]s-cast(%[1]s as int)) else 0 end)", at)
}

// liteQuantiles asks for the quantiles of a value in each group: SQLite has no function for them.
func liteQuantiles(group, value, from string, ranks ...float64) string {
	var columns []string
	for i, rank := range ranks {
		columns = append(columns, fmt.Sprintf("%s q%d", quantile(rank), i))
	}
	return fmt.Sprintf("select %[1]s, count(*) n, %[2]s from (select %[1]s, %[3]s v, row_number() over (partition by %[1]s order by %[3]s) r, count(*) over (partition by %[1]s) n from %[4]s) group by %[1]s",
		group, strings.Join(columns, ", "), value, from)
}
