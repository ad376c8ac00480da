package cli

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/serve"
)

func serveCommand(v *verbs) *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use: "serve", Short: "Serve the interface to your own browser", Args: noArguments,
		Long: "Serves the same interface as the window to a browser on this computer, and prints the address to open.\nThe address holds a token and works once; after that the browser that used it is known.",
		RunE: func(c *cobra.Command, _ []string) error { return v.serve(c, addr) },
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "loopback address and port; port 0 takes a free one")
	return c
}

func (v *verbs) serve(c *cobra.Command, addr string) error {
	dir, err := v.dir()
	if err != nil {
		return err
	}
	face := &servedFace{}
	p, done, err := v.Open(c.Context(), OpenOptions{DataDir: dir, Platform: face, Background: true})
	if err != nil {
		return err
	}
	defer done()
	s, err := serve.Listen(serve.Options{Addr: addr, Bound: p.Services().Bound(), Pages: v.Pages, API: p.API(), CSP: v.CSP})
	if err != nil {
		return err
	}
	face.set(s)
	if _, err := fmt.Fprintf(v.out, "Open %s\n", s.URL()); err != nil {
		return fault.Wrap("cli.serve", err)
	}
	return s.Run(c.Context())
}

func sampleCommand(v *verbs) *cobra.Command {
	c := &cobra.Command{Use: "sample", Short: "The sample organization", Args: noArguments}
	c.AddCommand(sampleServeCommand(v))
	c.RunE = func(*cobra.Command, []string) error { return fmt.Errorf("%w: say `sightline sample serve`", errUse) }
	return c
}

func sampleServeCommand(v *verbs) *cobra.Command {
	var addr, size string
	var seed uint64
	c := &cobra.Command{
		Use: "serve", Short: "Serve the sample organization over HTTP", Args: noArguments,
		Long: "Serves an invented organization that speaks the protocol of Azure DevOps, with its own sign-in.\nPrints one line of JSON: its address, the sign-in authority, the client id, a personal access token and the people.",
		RunE: func(c *cobra.Command, _ []string) error {
			sized, err := sampleorg.ParseSize(size)
			if err != nil {
				return fmt.Errorf("%w: %w", errUse, err)
			}
			s, err := sampleorg.Start(c.Context(), sampleorg.Options{Addr: addr, Seed: seed, Size: sized, Today: time.Now()})
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
	return c
}

var _ desktop.Platform = (*servedFace)(nil)
