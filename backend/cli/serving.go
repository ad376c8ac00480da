package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"sightline/backend/desktop"
	"sightline/backend/fault"
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

var _ desktop.Platform = (*servedFace)(nil)
