package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/report"
)

const exportHelp = `Writes one visual of a report page as a file: the numbers it shows (summarized), or the rows that count into its
first value, with their numbers and links (underlying).

  sightline export Tools "Open Bug Status" by-area --out bugs.csv
  sightline export Tools open-bug-status open --what underlying --slicer "Work items[Priority]=1" --out bugs.xlsx
  sightline export Tools open-bug-status open --format csv --out - | head

The ending of --out says the format when --format does not. CSV is RFC 4180 in UTF-8; texts that a spreadsheet would run as a
formula get an apostrophe before them.`

// exportFlags are the flags of `sightline export`.
type exportFlags struct {
	format, what, out, state, asOf string
	slicers, columns               []string
	mark                           bool
}

func exportCommand(v *verbs) *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use: "export DATASET PAGE VISUAL", Short: "Write a visual, or the rows behind it, as CSV or XLSX", Long: exportHelp, Args: exactly(3),
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			state, err := f.pageState()
			if err != nil {
				return err
			}
			return v.withDataset(c, args[0], func(p *desktop.Program, id string, _ desktop.OpenedDataset) error {
				request, err := p.ExportOf(c.Context(), id, args[1], args[2], state, f.slicers)
				if err != nil {
					return err
				}
				request.Format, request.What, request.Columns, request.Mark = f.format, f.what, f.columns, f.mark
				return v.writeExport(c, p, &request, f.out)
			})
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "", "csv or xlsx; by the ending of --out when left out")
	flags.StringVar(&f.what, "what", "summarized", "summarized or underlying")
	flags.StringVar(&f.out, "out", "", "file to write; - is standard output")
	flags.StringVar(&f.state, "state", "", "file with the state of the page as JSON: slicers, cards, drill, sort, asOf, compareWith")
	flags.StringVar(&f.asOf, "as-of", "", "a day (2026-11-18) or an instant (RFC 3339) instead of now")
	flags.StringArrayVar(&f.slicers, "slicer", nil, "COLUMN=VALUE, as often as needed; the same column twice means either")
	flags.StringArrayVar(&f.columns, "column", nil, "a column of underlying rows, as often as needed")
	flags.BoolVar(&f.mark, "byte-order-mark", false, "begin a CSV file with one, for spreadsheets")
	return c
}

func (f *exportFlags) check() error {
	if f.out == "" {
		return fmt.Errorf("%w: --out says where to write", errUse)
	}
	if f.format == "" {
		f.format = strings.TrimPrefix(strings.ToLower(filepath.Ext(f.out)), ".")
	}
	if f.format != "csv" && f.format != "xlsx" {
		return fmt.Errorf("%w: --format is csv or xlsx, not %q", errUse, f.format)
	}
	if f.what != "summarized" && f.what != "underlying" {
		return fmt.Errorf("%w: --what is summarized or underlying, not %q", errUse, f.what)
	}
	return nil
}

// pageState reads the state of the page; --as-of holds over what the file says.
func (f *exportFlags) pageState() (report.PageState, error) {
	var s report.PageState
	if f.state != "" {
		b, err := os.ReadFile(f.state)
		if err != nil {
			return s, fault.New(fault.NotFound, "cli.pageState", "The file "+f.state+" cannot be read.", "Name a file with the state of a page.").Because(err)
		}
		if err := json.Unmarshal(b, &s); err != nil {
			return s, fault.New(fault.Invalid, "cli.pageState", "The file "+f.state+" holds no state of a page: "+err.Error()+".", "It is JSON with slicers, cards, drill, sort, asOf and compareWith.").Because(err)
		}
	}
	if f.asOf != "" {
		s.AsOf = f.asOf
	}
	return s, nil
}

func (v *verbs) writeExport(c *cobra.Command, p *desktop.Program, request *desktop.ExportRequest, out string) error {
	if out == "-" {
		_, err := p.Export(c.Context(), *request, v.out)
		return err
	}
	var plan desktop.ExportPlan
	err := WriteWhole(out, func(w io.Writer) error {
		var err error
		plan, err = p.Export(c.Context(), *request, w)
		return err
	})
	if err != nil {
		return err
	}
	if plan.Warning != "" {
		v.tell("%s", plan.Warning)
	}
	return v.print(map[string]any{"file": out, "rows": plan.Rows})
}
