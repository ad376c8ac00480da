package cli

import (
	"github.com/spf13/cobra"

	"sightline/backend/dataset"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/report"
)

func datasetsCommand(v *verbs) *cobra.Command {
	return &cobra.Command{
		Use: "datasets", Short: "List the datasets", Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			p, done, err := v.open(c.Context())
			if err != nil {
				return err
			}
			defer done()
			services := p.Services()
			shell, err := services.Shell.State()
			if err != nil {
				return err
			}
			out := make([]desktop.DatasetView, 0, len(shell.Datasets))
			for _, item := range shell.Datasets {
				d, err := services.Datasets.Dataset(item.ID)
				if err != nil {
					return err
				}
				out = append(out, d)
			}
			return v.print(out)
		},
	}
}

// pageVisual is one visual of `sightline page`.
type pageVisual struct {
	ID     string            `json:"id"`
	Title  string            `json:"title"`
	Type   report.VisualType `json:"type"`
	Result *dataset.Result   `json:"result"`
	Fault  *fault.Report     `json:"fault,omitempty"`
}

func pageCommand(v *verbs) *cobra.Command {
	var slicers []string
	c := &cobra.Command{
		Use: "page DATASET PAGE", Short: "Answer every visual of a report page", Args: exactly(2),
		RunE: func(c *cobra.Command, args []string) error {
			return v.withDataset(c, args[0], func(p *desktop.Program, id string, _ desktop.OpenedDataset) error {
				page, data, err := p.DatasetPage(c.Context(), id, args[1], slicers)
				if err != nil {
					return err
				}
				visuals := make([]pageVisual, len(data.Visuals))
				for i, d := range data.Visuals {
					visuals[i] = pageVisual{ID: d.ID, Title: page.Visuals[i].Title, Type: page.Visuals[i].Type, Result: d.Result, Fault: d.Fault}
				}
				return v.print(map[string]any{
					"page": page.Name, "asOf": data.AsOf, "generation": data.Generation, "millis": data.Millis, "visuals": visuals,
				})
			})
		},
	}
	c.Flags().StringArrayVar(&slicers, "slicer", nil, "COLUMN=VALUE, as often as needed; the same column twice means either")
	return c
}

// withDataset opens the workspace and one dataset, by id or name, for do.
func (v *verbs) withDataset(c *cobra.Command, name string, do func(p *desktop.Program, id string, d desktop.OpenedDataset) error) error {
	p, done, err := v.open(c.Context())
	if err != nil {
		return err
	}
	defer done()
	found, err := p.FindDataset(c.Context(), name)
	if err != nil {
		return err
	}
	d, err := p.Opened(c.Context(), found.ID)
	if err != nil {
		return err
	}
	return do(p, found.ID, d)
}
