//go:build linux

package acceptance_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
	"time"

	"sightline/backend/signin"
)

// visitor is a person at the other provider's page without a browser: for what is about answers, not windows.
func visitor(t *testing.T, d *directory, s *signin.Session, p who) (answer *url.URL) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	port := portOf(t, s)
	client := &http.Client{Jar: jar, Timeout: 10 * time.Second, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Port() == port && r.URL.Query().Has("code") {
			answer = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := client.Get(s.State().URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = page.Body.Close()
	page, err = client.PostForm(page.Request.URL.String(), url.Values{"address": {p.address}, "password": {d.password}})
	if err != nil {
		t.Fatal(err)
	}
	_ = page.Body.Close()
	if answer == nil {
		t.Fatalf("the provider sent no answer but %s", page.Status)
	}
	return answer
}

// linked are the options of a sign-in whose link the person opens by themselves.
func (d *directory) linked(t *testing.T, p who, clock *testClock) signin.Options {
	o := d.options(t, p, chromium)
	o.Rung, o.Clock = signin.RungCopyLink, clock.now
	return o
}
