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

	"github.com/spf13/cobra"

	"sightline/backend/fault"
)

// runningSample says which sample organization a verb is to control.
type runningSample struct {
	address    string
	tokenStdin bool
}

func (s *runningSample) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.address, "url", "", "organizationUrl of the announcement")
	c.Flags().BoolVar(&s.tokenStdin, "token-stdin", false, "read controlToken of the announcement from standard input")
}

// control has a running sample organization do something, and decodes what it answers.
func (v *verbs) control(c *cobra.Command, at runningSample, what string, asked, answer any) error {
	if at.address == "" || !at.tokenStdin {
		return fmt.Errorf("%w: a running sample needs --url and --token-stdin", errUse)
	}
	token, err := v.readToken(c.Context())
	if fault.Is(err, fault.Invalid) {
		return fault.New(fault.Invalid, "cli.control", "No control token came on standard input.", "It is controlToken in the line that `sightline sample serve` printed.").Because(err)
	} else if err != nil {
		return err
	}
	return controlSample(c.Context(), at.address, token.Reveal(), what, asked, answer)
}

// longestReply bounds what is read of a sample's answer.
const longestReply = 64 << 10

// controlSample posts to the controls of a running sample organization. It speaks with this computer only: the
// token would be lost to anybody else.
func controlSample(ctx context.Context, address, token, what string, asked, answer any) error {
	const op = "cli.controlSample"
	at, err := url.Parse(strings.TrimRight(address, "/"))
	if err != nil || at.Scheme != "http" || !loopback(at.Hostname()) {
		return fault.New(fault.Invalid, op, plain(address)+" is no sample organization on this computer.", "Take organizationUrl from the line that `sightline sample serve` printed.")
	}
	body, err := json.Marshal(asked)
	if err != nil {
		return fault.Wrap(op, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at.String()+"/_sample/"+what, bytes.NewReader(body))
	if err != nil {
		return fault.Wrap(op, err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	client := &http.Client{Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		return fault.New(fault.Offline, op, "The sample organization at "+plain(address)+" did not answer.", "Is `sightline sample serve` still running?").Because(err)
	}
	defer func() { _ = res.Body.Close() }() // read to its end below
	reply, err := io.ReadAll(io.LimitReader(res.Body, longestReply))
	if err != nil {
		return fault.Wrap(op, err)
	}
	if res.StatusCode != http.StatusOK {
		return fault.New(fault.Invalid, op, "The sample organization refused: "+plain(strings.TrimSpace(string(reply))), "Take controlToken from the line that `sightline sample serve` printed.")
	}
	return fault.Wrap(op, json.Unmarshal(reply, answer))
}

// loopback reports whether a host is this computer.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
