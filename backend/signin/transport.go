package signin

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"sightline/backend/fault"
)

// answerLimit bounds what is read of any answer; the largest, a key set, has a few kilobytes.
const answerLimit = 1 << 20

// plainClient returns a client that sends no cookies and follows no redirect: none of our requests may end up
// anywhere but where it was sent.
func plainClient(c *http.Client) *http.Client {
	plain := http.Client{Timeout: 30 * time.Second}
	if c != nil {
		plain = *c
	}
	plain.Jar = nil
	plain.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &plain
}

// unreachable says why a host gave no answer.
func unreachable(ctx context.Context, op, host string, err error) error {
	if ctx.Err() != nil {
		return fault.Wrap(op, ctx.Err())
	}
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var other x509.HostnameError
	var tlsError *tls.CertificateVerificationError
	if errors.As(err, &unknown) || errors.As(err, &invalid) || errors.As(err, &other) || errors.As(err, &tlsError) {
		return fault.New(fault.Offline, op, "The certificate of "+host+" is not trusted by this computer.",
			"Sign in through your company network, or ask your administrator for the company's certificate.").Offering(fault.Retry, fault.CopyForAdmin)
	}
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return fault.New(fault.Timeout, op, host+" did not answer in time.", "Try again; check network, VPN and proxy if it comes back.").Offering(fault.Retry)
	}
	return fault.New(fault.Offline, op, host+" cannot be reached.", "Check the address, the network, VPN and proxy, then try again.").
		Offering(fault.Retry).Because(errors.New(scrub(err.Error())))
}

// secretShapes are tokens, and anything long enough to be one, in the texts of libraries.
var secretShapes = regexp.MustCompile(`eyJ[A-Za-z0-9_\-.]+|\b[01]\.A[A-Za-z0-9_\-.]{20,}|[A-Za-z0-9_\-+/=.~]{48,}|(?i)(code|token|state|verifier)=[^&\s"]+`)

// scrub takes out of a library's text what could be a secret.
func scrub(text string) string { return secretShapes.ReplaceAllString(text, masked) }

// trustworthy reports whether secrets may be sent to u: by https, or without leaving this computer.
func trustworthy(u *url.URL) bool {
	return u.Scheme == "https" || (u.Scheme == "http" && loopback(u.Hostname()))
}

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
