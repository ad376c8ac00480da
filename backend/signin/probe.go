package signin

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/oauth2"
)

// prober asks a directory what it thinks of a registration.
type prober struct {
	client   *http.Client
	about    situation
	metadata metadata
	config   oauth2.Config
}

// probed is how the directory answered one question.
type probed struct {
	returned bool // the answer came back to our redirect address
	pending  bool // the directory waits for a person to type the code
	refused  refusal
}

func (p probed) number() int { return p.refused.Number }

// recognized reports whether the directory answered as it does for a registration it knows: by an answer, or by a
// refusal that comes only after it has found one (wrong address, secret demanded, nobody or several signed in).
func (p probed) recognized() bool {
	switch p.number() {
	case 50011, 500113, 7000218, 50058, 16000:
		return true
	}
	return p.returned || p.pending
}

// askSilently asks for a sign-in without any page, of a browser that knows nobody. A directory that knows client id
// and redirect address answers to that address that somebody would have to sign in; else it shows a page with the
// reason, because the address may be anybody's.
func (p prober) askSilently(ctx context.Context) (probed, error) {
	const op = "signin.askSilently"
	state := randomText()
	address := p.config.AuthCodeURL(state, oauth2.S256ChallengeOption(oauth2.GenerateVerifier()),
		oauth2.SetAuthURLParam("prompt", "none"), oauth2.SetAuthURLParam("nonce", randomText()), oauth2.SetAuthURLParam("response_mode", "query"))
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return probed{}, unreachable(ctx, op, p.metadata.Authorization, err)
	}
	answer, err := p.client.Do(request)
	if err != nil {
		return probed{}, unreachable(ctx, op, request.URL.Host, err)
	}
	defer answer.Body.Close()
	if to, err := url.Parse(answer.Header.Get("Location")); err == nil && answer.StatusCode >= 300 && answer.StatusCode < 400 {
		values := to.Query()
		if to.Scheme+"://"+to.Host != probeRedirect || strings.Trim(to.Path, "/") != "" || !same(values.Get("state"), state) {
			return probed{}, nil // to some other page, which says nothing of the registration
		}
		return probed{returned: true, refused: refusalOf(values)}, nil
	}
	page, err := io.ReadAll(io.LimitReader(answer.Body, answerLimit))
	if err != nil {
		return probed{}, unreachable(ctx, op, request.URL.Host, err)
	}
	return probed{refused: refusalOnPage(page)}, nil
}

// Where Entra's pages keep number and correlation id of a refusal, besides the text.
var (
	pageNumber      = regexp.MustCompile(`"(?:sErrorCode|iErrorCode)"\s*:\s*"?(\d{4,9})`)
	pageCorrelation = regexp.MustCompile(`(?is)correlation.{0,80}?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`)
)

// refusalOnPage reads the number from a page for people.
func refusalOnPage(page []byte) refusal {
	r := refusal{Error: "unknown_error"}
	r.describe(string(bytes.ReplaceAll(page, []byte("&#58;"), []byte(":"))))
	if m := pageNumber.FindSubmatch(page); r.Number == 0 && m != nil {
		r.Number, _ = strconv.Atoi(string(m[1]))
	}
	if m := pageCorrelation.FindSubmatch(page); r.Correlation == "" && m != nil {
		r.Correlation = string(m[1])
	}
	return r
}

// askForCode asks for a code to type and then, once, whether it was typed. A directory takes every known client id
// for the first question; only at the second one it demands a secret of a registration that is no public client. The
// code is told to nobody and ends by itself.
func (p prober) askForCode(ctx context.Context) (probed, error) {
	const op = "signin.askForCode"
	if p.metadata.Device == "" {
		return probed{}, nil
	}
	within := context.WithValue(ctx, oauth2.HTTPClient, clientWithin(ctx, p.client))
	d, err := p.config.DeviceAuth(within)
	if err != nil {
		return refusedAs(ctx, op, p.metadata.Device, err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.config.Endpoint.TokenURL, strings.NewReader(url.Values{
		"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "client_id": {p.config.ClientID}, "device_code": {d.DeviceCode}}.Encode()))
	if err != nil {
		return probed{}, unreachable(ctx, op, p.config.Endpoint.TokenURL, err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := p.client.Do(request)
	if err != nil {
		return probed{}, unreachable(ctx, op, request.URL.Host, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, answerLimit))
	if err != nil {
		return probed{}, unreachable(ctx, op, request.URL.Host, err)
	}
	r, _ := readRefusal(body, answer.StatusCode)
	return probed{pending: r.Error == "authorization_pending" || r.Error == "slow_down", refused: r}, nil
}

// refusedAs reads an error of x/oauth2: a refusal is an answer, everything else is none.
func refusedAs(ctx context.Context, op, address string, err error) (probed, error) {
	var answered *oauth2.RetrieveError
	if errors.As(err, &answered) && answered.Response != nil {
		r, _ := readRefusal(answered.Body, answered.Response.StatusCode)
		return probed{refused: r}, nil
	}
	host := address
	if u, parseErr := url.Parse(address); parseErr == nil {
		host = u.Host
	}
	return probed{}, unreachable(ctx, op, host, err)
}
