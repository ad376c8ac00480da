package cli

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
)

const queryHelp = `Answers a query over a dataset. The query is JSON on standard input or in --file (docs/query.md), or is put together
from flags, or both: flags add to what is read and replace its settings.

  sightline query Tools --value "Open bugs" --row "Areas[Area path]" --filter "Work items[Priority]=1" --output table
  sightline query Tools --value "[Bugs closed] / [Bugs created]" --row "Dates[Date]:month" --output csv
  sightline query Tools --explain < query.json

With --explain the way to the answer goes to standard error, and into the JSON.`

// queryFlags are the flags of `sightline query`.
type queryFlags struct {
	file, output                              string
	values, rows, columns, filters, highlight []string
	sorts, defines                            []string
	top, planningDays, graceDays              int
	others, showEmpty, explain                bool
	asOf, compareWith                         string
}

func queryCommand(v *verbs) *cobra.Command {
	var q queryFlags
	c := &cobra.Command{
		Use: "query DATASET", Short: "Answer a query from standard input, a file or flags (docs/query.md)", Long: queryHelp, Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains([]string{"json", "table", "csv"}, q.output) {
				return fmt.Errorf("%w: --output is json, table or csv, not %q", errUse, q.output)
			}
			base, err := v.baseQuery(c, &q)
			if err != nil {
				return err
			}
			return v.withDataset(c, args[0], func(_ *desktop.Program, _ string, d desktop.OpenedDataset) error {
				whole, err := q.onto(base, d.Model, c.Flags().Changed)
				if err != nil {
					return err
				}
				r, err := d.Answer(c.Context(), whole)
				if err != nil {
					return err
				}
				if r.Explanation != nil {
					v.tellExplanation(&r)
				}
				return v.printResult(&r, q.output)
			})
		},
	}
	q.flags(c)
	return c
}

func (q *queryFlags) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVarP(&q.file, "file", "f", "", "read the query from a file; - is standard input")
	f.StringVarP(&q.output, "output", "o", "json", "json, table or csv")
	f.StringArrayVar(&q.values, "value", nil, "a measure, an aggregate such as \"SUM(Work items[Story points])\", or an expression; may be repeated")
	f.StringArrayVar(&q.rows, "row", nil, "COLUMN or COLUMN:GRAIN to group by; may be repeated")
	f.StringArrayVar(&q.columns, "column", nil, "as --row, side by side; may be repeated")
	f.StringArrayVar(&q.filters, "filter", nil, "COLUMN=VALUE, or a filter such as 'Work items[State] IN {\"New\", \"Active\"}'; may be repeated")
	f.StringArrayVar(&q.highlight, "highlight", nil, "as --filter; each value then carries how much of it passes")
	f.StringArrayVar(&q.defines, "define", nil, "NAME = EXPRESSION, a measure of your own; may be repeated")
	f.StringArrayVar(&q.sorts, "sort", nil, "a value or a row group, followed by \" desc\" for the largest first; may be repeated")
	f.IntVar(&q.top, "top", 0, "keep this many rows")
	f.BoolVar(&q.others, "others", false, "gather the rows that --top cuts off in one")
	f.BoolVar(&q.showEmpty, "show-empty", false, "keep members of the first group without rows")
	f.StringVar(&q.asOf, "as-of", "", "a day (2026-11-18) or an instant (RFC 3339) instead of now")
	f.StringVar(&q.compareWith, "compare-with", "", "a second time, written as --as-of is")
	f.IntVar(&q.planningDays, "planning-days", 0, "days after its start on which an iteration is still planned (M21)")
	f.IntVar(&q.graceDays, "grace-days", 0, "days after its end on which a completion is not late (M23)")
	f.BoolVar(&q.explain, "explain", false, "say how the answer was made: tables, filters, rows")
}

// baseQuery reads the query that the flags add to: from the file, or from standard input when no flag says what to
// compute.
func (v *verbs) baseQuery(c *cobra.Command, q *queryFlags) (dataset.Query, error) {
	var text []byte
	var err error
	switch {
	case q.file == "-" || q.file == "" && len(q.values)+len(q.rows)+len(q.columns) == 0:
		text, err = v.readQuery(c.Context())
	case q.file != "":
		text, err = readQueryFile(c.Context(), q.file)
	default:
		return dataset.Query{}, nil
	}
	if err != nil {
		return dataset.Query{}, err
	}
	return dataset.DecodeQuery(text)
}

func readQueryFile(ctx context.Context, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, fault.Wrap("cli.readQueryFile", err)
	}
	info, err := os.Stat(name)
	if err == nil && (info.IsDir() || info.Size() > longestQuery) {
		return nil, fault.New(fault.Invalid, "cli.readQueryFile", name+" is no query: it is a folder or longer than 4 MiB.", "Name a file of JSON.")
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "cli.readQueryFile", "The query "+name+" cannot be read.", "Name a file that is there, or - for standard input.").Because(err)
	}
	return text, nil
}
