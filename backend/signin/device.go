package signin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"golang.org/x/oauth2"

	"sightline/backend/fault"
)

// A directory may ask for long pauses, and a broken one for none.
const (
	defaultPollSeconds = 5 // RFC 8628, where the directory says nothing
	longestPollSeconds = 60
)

// typeable is what a code for a person looks like.
var typeable = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 -]{2,30}[A-Za-z0-9]$`)

// askForCode asks the directory for a code that the person types in any browser (RFC 8628). Nothing comes back to
// this computer by itself, so no local address is opened.
func (s *Session) askForCode(ctx context.Context) error {
	const op = "signin.askForCode"
	authority, err := url.Parse(s.metadata.Issuer)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if s.metadata.Device == "" {
		return fault.New(fault.SignInRefused, op, noCodeHere(authority.Host), "Choose another way to sign in.").
			Offering(fault.Retry, fault.NormalBrowser)
	}
	ctx, stop := context.WithTimeout(ctx, redemptionTimeLimit)
	defer stop()
	d, err := s.config.DeviceAuth(context.WithValue(ctx, oauth2.HTTPClient, clientWithin(ctx, s.client)))
	if err != nil {
		return tokenFault(ctx, op, s.metadata.Device, err, s.about)
	}
	if d.DeviceCode == "" || !typeable.MatchString(d.UserCode) || !safeBeside(authority, d.VerificationURI) {
		return fault.New(fault.BadAnswer, op, authority.Host+" gave no code that could be typed.", "Choose another way to sign in.").
			Offering(fault.Retry, fault.NormalBrowser)
	}
	if d.Interval <= 0 {
		d.Interval = defaultPollSeconds
	}
	d.Interval = min(d.Interval, longestPollSeconds)
	if !d.Expiry.IsZero() { // our own time-out says it in words when the code ends first
		s.options.Timeout = min(s.options.Timeout, time.Until(d.Expiry))
		s.snapshot.Deadline = s.snapshot.Started.Add(s.options.Timeout)
	}
	s.device = d
	s.snapshot.Phase, s.snapshot.Code, s.snapshot.CodePage = PhaseWaiting, d.UserCode, d.VerificationURI
	return nil
}

func noCodeHere(host string) string { return host + " offers no sign-in by a code." }

// awaitCode asks the directory again and again whether the person is done, as slowly as it wants.
func (s *Session) awaitCode(ctx context.Context) {
	const op = "signin.awaitCode"
	for {
		token, err := s.config.DeviceAccessToken(context.WithValue(ctx, oauth2.HTTPClient, s.client), s.device)
		switch {
		case ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) && !timeLeft(s.device):
			return // canceled, or the code has ended: run says so
		case err == nil:
			s.accept(answer{token: token})
			return
		case passing(err):
			s.log.Warn("the directory could not be asked whether the code was typed", "error", scrub(err.Error()))
			s.device.Interval = min(s.device.Interval+defaultPollSeconds, longestPollSeconds)
		default:
			s.accept(answer{failed: tokenFault(ctx, op, s.metadata.Token, err, s.about)})
			return
		}
	}
}

func timeLeft(d *oauth2.DeviceAuthResponse) bool {
	return d.Expiry.IsZero() || time.Now().Before(d.Expiry)
}

// passing reports whether asking again can help: the network was away, or the directory is in trouble. A person who
// goes to another room with the computer must not lose the code they are about to type.
func passing(err error) bool {
	var answered *oauth2.RetrieveError
	if errors.As(err, &answered) {
		return answered.Response != nil &&
			(answered.Response.StatusCode >= http.StatusInternalServerError || answered.Response.StatusCode == http.StatusTooManyRequests)
	}
	var transport *url.Error
	return errors.As(err, &transport)
}

// clientWithin makes every request of the client end with ctx; the library asks for a code without one.
func clientWithin(ctx context.Context, c *http.Client) *http.Client {
	within := *c
	within.Transport = roundTripWithin{ctx, c.Transport}
	return &within
}

type roundTripWithin struct {
	ctx  context.Context
	base http.RoundTripper
}

// RoundTrip sends the request as long as the context lasts.
func (t roundTripWithin) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.base == nil {
		return http.DefaultTransport.RoundTrip(r.WithContext(t.ctx))
	}
	return t.base.RoundTrip(r.WithContext(t.ctx))
}
