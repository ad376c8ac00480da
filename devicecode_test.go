package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/sampleorg/identity"
)

// typeCode does what a person does in any browser: types the code at its page, then name, password and consent.
func typeCode(t *testing.T, page, code, email string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: 30 * time.Second}
	read := func(r *http.Response, err error) (*http.Response, string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Body.Close() }()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r, string(body)
	}
	at, body := read(browser.Get(page))
	form := formShape.FindStringSubmatch(body)
	if form == nil {
		t.Fatalf("%s asks for no code", page)
	}
	target, err := at.Request.URL.Parse(attributes(form[1])["action"])
	if err != nil {
		t.Fatal(err)
	}
	fields := url.Values{}
	for _, tag := range inputShape.FindAllString(form[0], -1) {
		if input := attributes(tag); input["type"] == "hidden" {
			fields.Set(input["name"], input["value"])
		}
	}
	fields.Set("user_code", code)
	at, body = read(browser.PostForm(target.String(), fields))
	for range 6 {
		action, fields := theForm(at, body)
		switch {
		case strings.HasSuffix(action, "/signin/password"):
			fields.Set("email", email)
			fields.Set("password", identity.SamplePassword)
			fields.Set("do", "signin")
		case strings.HasSuffix(action, "/signin/consent"):
			fields.Set("do", "accept")
		default:
			return
		}
		at, body = read(browser.PostForm(action, fields))
	}
	t.Fatal("the pages do not end")
}

func TestACodeThatIsTypedElsewhereSignsIn(t *testing.T) {
	a := sample(t)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	g := p.Services().GetData
	r := requestOf(a)
	r.Rung = "deviceCode"
	v := answered[desktop.AttemptView](t)(g.Begin(r))
	waitFor(t, "the code", func() bool {
		v = answered[desktop.AttemptView](t)(g.Attempt(v.ID))
		if v.Phase == "failed" {
			t.Fatalf("%+v", v.Fault)
		}
		return v.Code != "" && len(v.Ways) > 0
	})
	if v.Rung != "deviceCode" || v.CodePage == "" || v.Authority == "" || v.Isolated || v.Deadline == "" {
		t.Errorf("%+v", v)
	}
	for _, way := range v.Ways {
		if way.Rung == "deviceCode" || way.Name == "" || way.Sentence == "" {
			t.Errorf("another way: %+v", way)
		}
	}
	typeCode(t, v.CodePage, v.Code, elias)
	v = reached(t, p, v.ID, "confirm")
	if v.Identity.Address != elias || v.Code != "" {
		t.Errorf("%+v %q", v.Identity, v.Code)
	}
	accept(t, p, v.ID)
	if got := accountOf(t, p, elias); got.State != "signedIn" {
		t.Errorf("%+v", got)
	}
}
