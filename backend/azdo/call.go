package azdo

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"time"

	"sightline/backend/fault"
)

// call is one request of the interface, before versions, hosts and credentials.
type call struct {
	op        string // for the log: azdo.Projects
	what      string // for a person: "the projects of contoso"
	method    string // GET when empty
	area      string // id of the resource area; empty means the base
	host      string // another base than the organization's (profile); empty normally
	path      string // below the base, escaped, with a leading slash
	query     url.Values
	preview   string // "-preview.1" for routes that have no stable version
	body      any
	project   string // name for the sentence of a missing project
	root      bool   // asks for the organization itself, so that 404 means there is none
	reporting bool
	unpinned  bool // not the organization's own identity space
	// keep leaves the answer's memory to decode, which then releases it.
	keep bool
	// mayBeEmpty takes a good status without any body for an answer: decode then sees an empty one.
	mayBeEmpty bool
	// bears takes an answer that is no good one for an answer all the same: decode tells them apart.
	bears func(*answer) bool
}

// do sends a call until it is answered or refused, and hands a good answer to decode. An error of decode
// counts as a broken body and is tried again.
func (c *Client) do(ctx context.Context, q call, decode func(*answer) error) error {
	base, err := c.baseOf(ctx, q)
	if err != nil {
		return err
	}
	target := base.String() + q.path
	if len(q.query) > 0 {
		target += "?" + q.query.Encode()
	}
	t := &try{attempt: 1, target: target}
	for {
		a, err := c.attempt(ctx, q, t.target)
		again := false
		if err != nil {
			again, err = c.afterFailure(ctx, q, t, err)
		} else {
			again, err = c.afterAnswer(ctx, q, t, a, decode)
		}
		if !again {
			return err
		}
	}
}

// try is how far do has come with one call.
type try struct {
	attempt   int
	target    string
	redirects int
	throttled time.Duration // how long 429 answers made this call wait
	renewed   bool          // the credential was renewed for this call
	lowered   bool          // the API version was lowered for this call
}

// afterFailure decides what follows a transport failure.
func (c *Client) afterFailure(ctx context.Context, q call, t *try, err error) (again bool, _ error) {
	if ctx.Err() != nil {
		return false, fault.Wrap(q.op, ctx.Err())
	}
	if isFault(err) {
		return false, fault.Wrap(q.op, err)
	}
	if final := c.transportFault(q, err, t.attempt); final != nil {
		return false, final
	}
	return c.backOff(ctx, q, t, plainCause(err), 0)
}

// afterAnswer decides what follows an answer: status first, then content type, then the body.
func (c *Client) afterAnswer(ctx context.Context, q call, t *try, a *answer, decode func(*answer) error) (again bool, _ error) {
	switch to := redirectWithin(a); {
	case to != "" && t.redirects < 5:
		a.release()
		t.target, t.redirects = to, t.redirects+1
		return true, nil
	case a.status == http.StatusTooManyRequests:
		return c.afterThrottle(q, t, a)
	case !t.lowered && c.tooNew(a) != "":
		latest := c.tooNew(a)
		c.log.Info("this server is older; asking for its version", "version", latest)
		c.version.Store(&latest)
		t.lowered = true
		a.release()
		return true, nil
	case a.good(), q.mayBeEmpty && a.nothing(), q.bears != nil && q.bears(a):
		return c.afterGood(ctx, q, t, a, decode)
	case mayPass(a) && t.attempt < c.o.Attempts:
		wait, _ := retryAfter(a.header, c.o.Clock())
		why := fmt.Sprintf("status %d", a.status)
		if a.status < 300 {
			why = "not the protocol but " + a.header.Get("Content-Type")
		}
		a.release()
		return c.backOff(ctx, q, t, why, wait)
	}
	refusal := c.refuse(q, a)
	if disbelieved := c.checkRefuser(q, a, refusal); disbelieved != nil {
		refusal = disbelieved
	}
	a.release()
	if r, ok := c.o.Credential.(Renewer); ok && !t.renewed && fault.Is(refusal, fault.NotSignedIn) {
		t.renewed = true
		if err := r.Renew(ctx, a.request); err != nil {
			return false, fault.Wrap(q.op, err)
		}
		return true, nil
	}
	return false, refusal
}

// afterThrottle holds everybody back after a 429. The budget has read Retry-After already; without usable
// headers we wait 15, 30, 60, 120 s, which together stay under MaxWait.
func (c *Client) afterThrottle(q call, t *try, a *answer) (again bool, _ error) {
	wait, known := retryAfter(a.header, c.o.Clock())
	if !known || wait <= 0 {
		wait = 15*time.Second + t.throttled
		c.budget.block(wait, throttleReason(a.header))
	}
	if t.throttled += wait; t.throttled > MaxWait {
		defer a.release()
		return false, c.refuse(q, a)
	}
	a.release()
	return true, nil
}

// afterGood checks whom a good answer came as, and only then lets its body be used.
func (c *Client) afterGood(ctx context.Context, q call, t *try, a *answer, decode func(*answer) error) (again bool, _ error) {
	if err := c.checkIdentity(q, a); err != nil {
		a.release()
		return false, err
	}
	err := decode(a)
	if err == nil {
		c.answers.Add(1)
		if !q.keep {
			a.release()
		}
		return false, nil
	}
	if isFault(err) {
		a.release()
		return false, fault.Wrap(q.op, err)
	}
	if t.attempt >= c.o.Attempts {
		defer a.release()
		return false, c.badBody(q, a, err)
	}
	a.release()
	return c.backOff(ctx, q, t, "the answer was broken", 0)
}

func isFault(err error) bool {
	var f *fault.Error
	return errors.As(err, &f)
}

// attempt sends a call once. What it says is unpacked when the next call may be under way already.
func (c *Client) attempt(ctx context.Context, q call, target string) (*answer, error) {
	a, err := c.ask(ctx, q, target)
	if err != nil {
		return nil, err
	}
	return a, a.open()
}

// ask sends a call within the budget.
func (c *Client) ask(ctx context.Context, q call, target string) (*answer, error) {
	if err := c.budget.acquire(ctx, q.reporting); err != nil {
		return nil, err
	}
	defer c.budget.release(q.reporting)
	// After the budget, so that an identity that has to wait does not keep others out of the organization.
	if err := c.o.Lanes.enter(ctx, q.reporting); err != nil {
		return nil, err
	}
	defer c.o.Lanes.leave(q.reporting)
	r, err := c.request(ctx, q, target)
	if err != nil {
		return nil, err
	}
	a, err := c.send(ctx, r, c.o.IdleTimeout)
	if err != nil {
		return nil, err
	}
	c.budget.note(a.header)
	if !a.caller.Anonymous() {
		seen := a.caller
		c.seen.Store(&seen)
	}
	return a, nil
}

// request builds the HTTP request with the headers that official clients send.
func (c *Client) request(ctx context.Context, q call, target string) (*http.Request, error) {
	method := q.method
	if method == "" {
		method = http.MethodGet
	}
	var body []byte
	if q.body != nil {
		var err error
		if body, err = json.Marshal(q.body); err != nil {
			return nil, fault.Wrap(q.op, err)
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		return nil, fault.Wrap(q.op, err)
	}
	r.Header.Set("Accept", "application/json;api-version="+*c.version.Load()+q.preview)
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("User-Agent", c.o.UserAgent)
	r.Header.Set("X-TFS-Session", c.session)
	if !c.o.FollowSignInRedirect {
		r.Header.Set("X-TFS-FedAuthRedirect", "Suppress")
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
	} else {
		r.Body, r.GetBody, r.ContentLength = http.NoBody, nil, 0
	}
	if err := c.o.Credential.Authorize(ctx, r); err != nil {
		return nil, fault.Wrap("azdo.Authorize", err)
	}
	return r, nil
}

// redirectWithin returns where the service moves a call to within its own host; anywhere else nobody is
// followed, because the authorization would travel along.
func redirectWithin(a *answer) string {
	if a.status < 301 || a.status > 308 || a.status == http.StatusNotModified || signInRedirect(a) {
		return ""
	}
	to, err := a.url.Parse(a.header.Get("Location"))
	if err != nil || a.header.Get("Location") == "" || !strings.EqualFold(to.Host, a.url.Host) || to.Scheme != a.url.Scheme {
		return ""
	}
	return to.String()
}

// checkIdentity compares whom a good answer came as with the pinned identity.
func (c *Client) checkIdentity(q call, a *answer) error {
	if q.unpinned {
		return nil
	}
	if c.o.AutoPin && !a.caller.Anonymous() {
		id := strings.ToLower(a.caller.ID)
		c.pin.CompareAndSwap(nil, &id)
	}
	pinned := c.Pinned()
	if pinned == "" || strings.EqualFold(a.caller.ID, pinned) {
		return nil
	}
	expected := c.o.Account
	if expected == "" {
		expected = pinned
	}
	now := a.caller.Account
	if now == "" {
		now = a.caller.ID
	}
	message := fmt.Sprintf("%s suddenly answered as %s instead of %s, so the answer was thrown away.", c.o.Organization, now, expected)
	if a.caller.Anonymous() {
		message = fmt.Sprintf("%s suddenly answered as if nobody were signed in, instead of as %s, so the answer was thrown away.", c.o.Organization, expected)
	}
	return c.facts(fault.New(fault.IdentityChanged, q.op, message,
		"Nothing of it was stored. Sign in again as "+expected+", or make a new connection for the other account.").
		Offering(solutions(fault.IdentityChanged, a)...), a)
}

// checkRefuser tells whether a refusal that concerns one thing alone may be believed. That somebody else may not
// read a repository, or that nobody may, proves nothing: believing it would skip the repository, or mark it gone. What
// does not come from the service (a proxy, a web server before it) names nobody and keeps its own sentence.
func (c *Client) checkRefuser(q call, a *answer, refusal error) error {
	switch fault.CodeOf(refusal) {
	case fault.Forbidden, fault.NotFound, fault.ProjectGone:
		if a.caller.Anonymous() && a.typeKey == "" {
			return nil
		}
		return c.checkIdentity(q, a)
	}
	return nil
}

var outOfRange = regexp.MustCompile(`supports is (\d+\.\d+)`)

// tooNew returns the latest version a Server offers when it refused ours, else "".
func (c *Client) tooNew(a *answer) string {
	if a.status != http.StatusBadRequest || !strings.Contains(a.message, "out of range") && a.typeKey != "VssVersionOutOfRangeException" {
		return ""
	}
	if m := outOfRange.FindStringSubmatch(a.message); m != nil && m[1] != *c.version.Load() {
		return m[1]
	}
	return ""
}

// mayPass reports whether a refusal may be gone at the next attempt.
func mayPass(a *answer) bool {
	switch {
	case strings.Contains(a.message, "TF24668"):
		return false // switched off, not ill
	case a.status == http.StatusRequestTimeout, a.status >= 500 && a.status != http.StatusNotImplemented && a.status != http.StatusHTTPVersionNotSupported:
		return true
	case a.status >= 200 && a.status < 300 && a.status != http.StatusNonAuthoritativeInfo:
		return !a.json() && !signInPage(a)
	}
	return false
}

// backOff sleeps before another attempt: 0.5 s doubled each time up to 30 s, of which a random half, or
// as long as the service says.
func (c *Client) backOff(ctx context.Context, q call, t *try, why string, asked time.Duration) (again bool, _ error) {
	d := min(500*time.Millisecond<<min(t.attempt-1, 6), 30*time.Second)
	d = max(d/2+time.Duration(c.o.Jitter()*float64(d/2)), asked)
	c.log.Warn("trying again", "op", q.op, "attempt", t.attempt, "why", why, "in", d)
	if d > MaxWait {
		return false, fault.Wrap(q.op, tooLong(d, ""))
	}
	c.budget.tell(WaitEvent{Until: c.o.Clock().Add(d), For: d, Retry: true,
		Why: "Asking for " + q.what + " failed (" + why + "); trying again."})
	if err := c.o.Sleep(ctx, d); err != nil {
		return false, fault.Wrap(q.op, err)
	}
	t.attempt++
	return true, nil
}

// plainCause says in a few words why a request failed, without addresses.
func plainCause(err error) string {
	switch {
	case errors.Is(err, errSilent):
		return "no answer came"
	case errors.Is(err, errBrokenBody):
		return "the answer broke off"
	case refused(err):
		return "the connection was refused"
	}
	return "the connection broke"
}

// refused tells a refused connection on every system; Windows has its own number for it.
func refused(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || strings.Contains(err.Error(), "refused")
}

// transportFault says whether a transport failure is final, and then in what words.
func (c *Client) transportFault(q call, err error, attempt int) error {
	host := c.base.Host
	offline := func(message, hint string) error {
		return fault.New(fault.Offline, q.op, message, hint).With("Organization", c.o.Organization).With("Host", host).
			Offering(fault.Retry).Because(err)
	}
	var dns *net.DNSError
	var unknown x509.UnknownAuthorityError
	var wrongHost x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return offline("No computer is called "+host+".", "Check the address, your network connection and, at work, the VPN.")
	case errors.As(err, &unknown), errors.As(err, &wrongHost), errors.As(err, &invalid), errors.As(err, &verify):
		return offline("The certificate of "+host+" is not trusted on this computer.", "Ask whoever runs the server for its certificate and add it to the system's trusted certificates.")
	case refused(err) && attempt >= min(3, c.o.Attempts):
		return offline(host+" refuses connections.", "Check that the server runs and that the address and port are right.")
	case attempt < c.o.Attempts:
		return nil
	case errors.Is(err, errSilent):
		return fault.New(fault.Timeout, q.op, fmt.Sprintf("%s did not answer when asked for %s (%d attempts).", host, q.what, attempt),
			"Everything read so far is kept. Try again later; it goes on where it stopped.").With("Organization", c.o.Organization).
			Offering(fault.Retry).Because(err)
	case errors.Is(err, errBrokenBody):
		return fault.New(fault.BadAnswer, q.op, fmt.Sprintf("%s broke off in the middle of %s (%d attempts).", host, q.what, attempt),
			"Everything read so far is kept. Try again later; it goes on where it stopped.").With("Organization", c.o.Organization).
			Offering(fault.Retry).Because(err)
	}
	return offline(fmt.Sprintf("The connection to %s failed %d times when asking for %s.", host, attempt, q.what),
		"Check your network connection and, at work, the VPN or proxy. Everything read so far is kept.")
}

// decodeJSON makes a decoder of a whole JSON body into v, which a broken attempt leaves empty.
func decodeJSON[T any](v *T) func(*answer) error {
	return func(a *answer) error {
		*v = *new(T)
		if len(a.body) == 0 {
			return fmt.Errorf("%w: empty", errBrokenBody)
		}
		if s, ok := any(v).(scannable); ok {
			if scanBody(a.body, s) {
				return nil
			}
			*v = *new(T)
		}
		return unmarshal(a.body, v)
	}
}
