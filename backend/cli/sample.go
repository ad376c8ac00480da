package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
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
		Long: "Serves an invented organization that speaks the protocol of Azure DevOps, with its own sign-in.\nPrints one line of JSON: its address, the sign-in authority, the client id, a personal access token, the token of its controls and the people.\n" +
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
}

func sampleFaultsCommand(v *verbs) *cobra.Command {
	return &cobra.Command{
		Use: "faults", Short: "List what can go wrong with the sample organization", Args: noArguments,
		Long: "Lists the faults that `sightline sample serve --fault NAME` plays, with a sentence each, and the manners of the service that the sample always has.",
		RunE: func(*cobra.Command, []string) error {
			return v.print(sampleFaults{Faults: sampleorg.Scripts(), Always: sampleorg.Quirks()})
		},
	}
}

func sampleAdvanceCommand(v *verbs) *cobra.Command {
	var address string
	var days int
	var tokenStdin bool
	c := &cobra.Command{
		Use: "advance --url URL --token-stdin", Short: "Let days pass in a running sample organization", Args: noArguments,
		Long: "Lets further days of life pass in the organization that `sightline sample serve` serves: builds finish and old ones are deleted,\npull requests are completed, work items are destroyed, and on the second day a project gets another name.\n" +
			"The control token of the announcement is read from standard input; it is never taken from an argument.",
		RunE: func(c *cobra.Command, _ []string) error {
			if address == "" || !tokenStdin {
				return fmt.Errorf("%w: advance needs --url and --token-stdin", errUse)
			}
			token, err := v.readToken(c.Context())
			if fault.Is(err, fault.Invalid) {
				return fault.New(fault.Invalid, "cli.sampleAdvance", "No control token came on standard input.", "It is controlToken in the line that `sightline sample serve` printed.").Because(err)
			} else if err != nil {
				return err
			}
			lived, err := advanceSample(c.Context(), address, token.Reveal(), days)
			if err != nil {
				return err
			}
			return v.print(lived)
		},
	}
	f := c.Flags()
	f.StringVar(&address, "url", "", "organizationUrl of the announcement")
	f.IntVar(&days, "days", 1, "how many days pass")
	f.BoolVar(&tokenStdin, "token-stdin", false, "read controlToken of the announcement from standard input")
	return c
}

// longestReply bounds what is read of a sample's answer.
const longestReply = 64 << 10

// advanceSample asks a running sample organization to let days pass. It speaks with this computer only: the
// token would be lost to anybody else.
func advanceSample(ctx context.Context, address, token string, days int) (lived sampleorg.Lived, err error) {
	const op = "cli.sampleAdvance"
	at, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || at.Scheme != "http" || !loopback(at.Hostname()) {
		return lived, fault.New(fault.Invalid, op, plain(address)+" is no sample organization on this computer.", "Take organizationUrl from the line that `sightline sample serve` printed.")
	}
	body, err := json.Marshal(map[string]int{"days": days})
	if err != nil {
		return lived, fault.Wrap(op, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at.String()+"/_sample/advance", bytes.NewReader(body))
	if err != nil {
		return lived, fault.Wrap(op, err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	client := &http.Client{Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		return lived, fault.New(fault.Offline, op, "The sample organization at "+plain(address)+" did not answer.", "Is `sightline sample serve` still running?").Because(err)
	}
	defer func() { _ = res.Body.Close() }() // read to its end below
	reply, err := io.ReadAll(io.LimitReader(res.Body, longestReply))
	if err != nil {
		return lived, fault.Wrap(op, err)
	}
	if res.StatusCode != http.StatusOK {
		return lived, fault.New(fault.Invalid, op, "The sample organization refused: "+plain(strings.TrimSpace(string(reply))), "Take controlToken from the line that `sightline sample serve` printed.")
	}
	return lived, fault.Wrap(op, json.Unmarshal(reply, &lived))
}

// loopback reports whether a host is this computer.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
