package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
)

const modelHelp = `Prints every table, column, measure and relationship that a query over the dataset may name, with what the numbers mean.

  sightline model Tools --output table
  sightline model Tools --table "Pipeline runs"`

func modelCommand(v *verbs) *cobra.Command {
	var output, table string
	c := &cobra.Command{
		Use: "model DATASET", Short: "Print the tables, columns, measures and relationships of a dataset", Long: modelHelp, Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if output != "json" && output != "table" {
				return fmt.Errorf("%w: --output is json or table, not %q", errUse, output)
			}
			return v.withDataset(c, args[0], func(_ *desktop.Program, _ string, d desktop.OpenedDataset) error {
				m := d.Model()
				if table != "" {
					if err := narrowModel(&m, table); err != nil {
						return err
					}
				}
				if output == "table" {
					return fault.Wrap("cli.model", writeModel(v.out, &m))
				}
				return v.print(m)
			})
		},
	}
	c.Flags().StringVar(&table, "table", "", "only this table, its measures and relationships")
	c.Flags().StringVarP(&output, "output", "o", "json", "json or table")
	return c
}

// narrowModel leaves one table of the model, its measures and its relationships.
func narrowModel(m *dataset.Model, table string) error {
	at := slices.IndexFunc(m.Tables, func(t dataset.Table) bool { return strings.EqualFold(t.Name, strings.Trim(table, "'")) })
	if at < 0 {
		var names []string
		for _, t := range m.Tables {
			names = append(names, t.Name)
		}
		return fault.New(fault.Invalid, "cli.model", "The dataset has no table "+table+".", "Name one of its tables.").With("Tables", strings.Join(names, ", "))
	}
	name := m.Tables[at].Name
	m.Tables = m.Tables[at : at+1]
	m.Measures = slices.DeleteFunc(slices.Clone(m.Measures), func(ms dataset.Measure) bool { return ms.Table != name })
	m.Relationships = slices.DeleteFunc(slices.Clone(m.Relationships), func(r dataset.Relationship) bool {
		from, _ := r.From.Split()
		to, _ := r.To.Split()
		return from != name && to != name
	})
	return nil
}

// writeModel writes the model for people: each table with its columns and measures, then the relationships.
func writeModel(out io.Writer, m *dataset.Model) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	writeLine(w, []string{m.Name + ": days of " + m.TimeZone + ", weeks from " + m.WeekStart})
	for _, t := range m.Tables {
		writeLine(w, nil)
		writeLine(w, []string{t.Name + ": " + t.Description})
		for _, c := range t.Columns {
			writeLine(w, []string{"  " + c.Name, string(c.Type) + unitOf(c.Unit), c.Description})
		}
		for _, ms := range m.Measures {
			if ms.Table == t.Name {
				writeLine(w, []string{"  [" + ms.Name + "]", strings.TrimSpace(ms.Number + " " + ms.Format + unitOf(ms.Unit)), ms.Description + " " + ms.Formula})
			}
		}
	}
	if len(m.Relationships) > 0 {
		writeLine(w, nil)
		writeLine(w, []string{"Relationships: a filter on the right reaches the left"})
	}
	for _, r := range m.Relationships {
		kind := "many to one"
		if r.ManyToMany {
			kind = "many to many"
		}
		writeLine(w, []string{"  " + string(r.From), kind, string(r.To)})
	}
	return w.Flush()
}

func unitOf(unit string) string {
	if unit == "" {
		return ""
	}
	return ", " + unit
}
