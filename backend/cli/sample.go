package cli

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"sightline/backend/fault"
	"sightline/backend/sampleorg"
)

func sampleCommand(v *verbs) *cobra.Command {
	c := &cobra.Command{Use: "sample", Short: "The sample organization", Args: noArguments}
	c.AddCommand(sampleServeCommand(v), sampleFaultsCommand(v), sampleAdvanceCommand(v))
	c.RunE = func(*cobra.Command, []string) error {
		return fmt.Errorf("%w: say `sightline sample serve`, `sightline sample faults` or `sightline sample advance`", errUse)
	}
	return c
}

func sampleServeCommand(v *verbs) *cobra.Command {
	var addr, size string
	var seed uint64
	var faults []string
	c := &cobra.Command{
		Use: "serve", Short: "Serve the sample organization over HTTP", Args: noArguments,
		Long: "Serves an invented organization that speaks the protocol of Azure DevOps, with its own sign-in,\nand three small organizations beside it: in another directory, of personal accounts, and with a public project.\n" +
			"Prints one line of JSON: its address, the sign-in authority, the client id, a personal access token, the token of its controls, the people and all organizations.\n" +
			"With --fault something goes wrong on purpose; `sightline sample faults` lists what.",
		RunE: func(c *cobra.Command, _ []string) error {
			sized, err := sampleorg.ParseSize(size)
			if err == nil {
				err = sampleorg.CheckScripts(faults...)
			}
			if err != nil {
				return fmt.Errorf("%w: %w", errUse, err)
			}
			s, err := sampleorg.Start(c.Context(), sampleorg.Options{Addr: addr, Seed: seed, Size: sized, Today: time.Now(), Scripts: faults})
			if err != nil {
				return fault.Wrap("cli.sampleServe", err)
			}
			if err := json.NewEncoder(v.out).Encode(s.Announcement()); err != nil {
				return fault.Wrap("cli.sampleServe", err)
			}
			<-c.Context().Done()
			return fault.Wrap("cli.sampleServe", s.Close())
		},
	}
	f := c.Flags()
	f.StringVar(&addr, "addr", "127.0.0.1:0", "loopback address and port; port 0 takes a free one")
	f.Uint64Var(&seed, "seed", 1, "seed of the simulation")
	f.StringVar(&size, "size", "small", "small, medium or large")
	f.StringArrayVar(&faults, "fault", nil, "a fault by name; may be given several times")
	return c
}

// sampleFaults is what `sightline sample faults` answers.
type sampleFaults struct {
	Faults []sampleorg.Script `json:"faults"` // to be begun by name
	Always []sampleorg.Quirk  `json:"always"` // manners that the sample always has
	// Organizations are served beside the sample and show what one organization cannot.
	Organizations []sampleorg.Neighbour `json:"organizations"`
}

func sampleFaultsCommand(v *verbs) *cobra.Command {
	var at runningSample
	c := &cobra.Command{
		Use: "faults [--url URL --token-stdin NAME...]", Short: "List what can go wrong with the sample organization, or have it go wrong",
		Long: "Lists the faults that `sightline sample serve --fault NAME` plays, with a sentence each, and the manners of the service that the sample always has,\nand the organizations beside it.\n" +
			"With --url and --token-stdin the organization that `sightline sample serve` serves plays the named faults from now on, in place of those before;\n" +
			"without a name it plays none. The control token of the announcement is read from standard input; it is never taken from an argument.",
		RunE: func(c *cobra.Command, names []string) error {
			if at.address == "" && !at.tokenStdin && len(names) == 0 {
				return v.print(sampleFaults{Faults: sampleorg.Scripts(), Always: sampleorg.Quirks(), Organizations: sampleorg.Neighbours()})
			}
			if err := sampleorg.CheckScripts(names...); err != nil {
				return fmt.Errorf("%w: %w", errUse, err)
			}
			var played sampleorg.Played
			if err := v.control(c, at, "faults", map[string]any{"names": names}, &played); err != nil {
				return err
			}
			return v.print(played)
		},
	}
	at.flags(c)
	return c
}

func sampleAdvanceCommand(v *verbs) *cobra.Command {
	var at runningSample
	var days int
	c := &cobra.Command{
		Use: "advance --url URL --token-stdin", Short: "Let days pass in a running sample organization", Args: noArguments,
		Long: "Lets further days of life pass in the organization that `sightline sample serve` serves: builds finish and old ones are deleted,\npull requests are completed, work items are destroyed, and on the second day a project gets another name.\n" +
			"The control token of the announcement is read from standard input; it is never taken from an argument.",
		RunE: func(c *cobra.Command, _ []string) error {
			var lived sampleorg.Lived
			if err := v.control(c, at, "advance", map[string]any{"days": days}, &lived); err != nil {
				return err
			}
			return v.print(lived)
		},
	}
	c.Flags().IntVar(&days, "days", 1, "how many days pass")
	at.flags(c)
	return c
}
