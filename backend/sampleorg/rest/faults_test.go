package rest

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"
)

// with runs one GET on the projects while a fault is in place.
func (b *bench) with(f *Fault) answer {
	b.t.Helper()
	b.h.o.Faults.Set(func(*http.Request) *Fault { return f })
	defer b.h.o.Faults.Set(nil)
	return b.ask(http.MethodGet, "/_apis/projects?api-version=7.1", nil)
}

func TestFaultsGoWrongAsTheyDoInTheWorld(t *testing.T) {
	b := serve(t, Options{})
	good := b.ask(http.MethodGet, "/_apis/projects?api-version=7.1", nil)

	if a := b.with(CutBody(100)); a.err == nil || len(a.body) > 100 {
		t.Errorf("cut body: %v after %d bytes", a.err, len(a.body))
	}
	if a := b.with(Reset()); a.err == nil {
		t.Error("reset: an answer came")
	}
	begin := time.Now()
	if a := b.with(Stall(100, 60*time.Millisecond)); a.err != nil || !bytes.Equal(a.body, good.body) || time.Since(begin) < 60*time.Millisecond {
		t.Errorf("stall: %v after %s", a.err, time.Since(begin))
	}
	if a := b.with(Throttle(30 * time.Second)); a.status != 429 || a.header.Get("Retry-After") != "30" || !strings.HasPrefix(a.error(t).Message, "TF400733") {
		t.Errorf("429: %d %v", a.status, a.header)
	}
	if a := b.with(Throttle(0)); a.status != 429 || a.header.Get("Retry-After") != "" || a.header.Get("X-RateLimit-Reset") != "" {
		t.Errorf("429 without headers: %v", a.header)
	}
	if a := b.with(SlowDown(2*time.Second, 1500*time.Microsecond)); a.status != 200 || a.header.Get("Retry-After") != "2" || a.header.Get("X-RateLimit-Delay") != "0.002" || !bytes.Equal(a.body, good.body) {
		t.Errorf("slow down: %d %v", a.status, a.header)
	}
	if a := b.with(Failure(500, false)); a.status != 500 || bytes.HasPrefix(a.body, []byte(byteOrderMark)) || a.error(t).TypeKey != "VssServiceException" {
		t.Errorf("500: %.100s", a.body)
	}
	if a := b.with(Failure(503, true)); a.status != 503 || !bytes.HasPrefix(a.body, []byte(byteOrderMark)) {
		t.Errorf("503: %.100s", a.body)
	}
	if a := b.with(OrganizationStopped()); a.status != 503 || !bytes.HasPrefix(a.body, []byte(byteOrderMark)) || !strings.HasPrefix(a.error(t).Message, "TF24668") || a.header.Get("Content-Type") != "application/json" {
		t.Errorf("stopped: %d %.100s", a.status, a.body)
	}
	if a := b.with(WrongContentType()); a.status != 200 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		t.Errorf("wrong type: %v", a.header)
	}
	if a := b.with(SignInPage()); a.status != 203 {
		t.Errorf("203: %d", a.status)
	}
	if a := b.with(EmptyList()); a.status != 401 || string(a.body) != `{"count":0,"value":[]}` {
		t.Errorf("401 like success: %d %s", a.status, a.body)
	}
	if a := b.with(SomebodyElse("99999999-2222-4333-8444-555555555555", "else@lumen.example")); a.status != 200 || a.header.Get("X-VSS-UserData") != "99999999-2222-4333-8444-555555555555:else@lumen.example" || !bytes.Equal(a.body, good.body) {
		t.Errorf("somebody else: %v", a.header.Values("X-VSS-UserData"))
	}
	if a := b.with(ConditionalAccess()); a.status != 403 || !strings.HasPrefix(a.error(t).Message, "VS403463") {
		t.Errorf("conditional access: %d", a.status)
	}
	if a := b.with(OAuthPolicyOff()); a.status != 401 || !strings.Contains(a.error(t).Message, "'"+b.world.Member().ID+"'") {
		t.Errorf("OAuth policy off: %d %s", a.status, a.body)
	}
	if a := b.with(NotAuthorized(AnonymousID)); a.status != 401 || !strings.Contains(a.error(t).Message, "'"+AnonymousID+"'") {
		t.Errorf("seen as nobody: %d %s", a.status, a.body)
	}
	if a := b.with(Anonymous()); a.status != 200 || a.header.Get("X-VSS-UserData") != "" || string(a.body) != `{"count":0,"value":[]}` {
		t.Errorf("anonymous: %d %v", a.status, a.header)
	}
	if a := b.with(NotMaterialized()); !strings.Contains(a.error(t).Message, "has not been materialized") {
		t.Errorf("not materialized: %s", a.body)
	}
	if a := b.ask(http.MethodGet, "/_apis/projects?api-version=7.1", nil); a.status != 200 {
		t.Errorf("after the faults: %d", a.status)
	}
}

func TestAFaultCanStrikeInTheMiddleOfAFeed(t *testing.T) {
	b := serve(t, Options{})
	n := 0
	b.h.o.Faults.Set(func(r *http.Request) *Fault {
		if !strings.Contains(r.URL.Path, "workitemrevisions") {
			return nil
		}
		if n++; n == 2 {
			return CutBody(20_000)
		}
		return nil
	})
	first := b.ask(http.MethodGet, "/_apis/wit/reporting/workitemrevisions?api-version=7.1", nil)
	second := b.ask(http.MethodGet, "/_apis/wit/reporting/workitemrevisions?api-version=7.1", nil)
	third := b.ask(http.MethodGet, "/_apis/wit/reporting/workitemrevisions?api-version=7.1", nil)
	if first.err != nil || second.err == nil || third.err != nil || !bytes.Equal(first.body, third.body) {
		t.Errorf("%v, %v, %v", first.err, second.err, third.err)
	}
}

func TestALostPermissionMakesListsShorterWithoutAWord(t *testing.T) {
	b := serve(t, Options{})
	var before, after projectList
	b.get("/_apis/projects", &before)
	links := len(b.readLinks("", "")[0].Values)
	b.h.Hide("Fleet Ops")
	if b.get("/_apis/projects", &after); after.Count != before.Count-1 {
		t.Errorf("%d projects, then %d", before.Count, after.Count)
	}
	if a := b.ask(http.MethodGet, "/_apis/projects/Fleet%20Ops", nil); a.status != http.StatusNotFound || !strings.HasPrefix(a.error(t).Message, "TF200016") {
		t.Errorf("%d %s", a.status, a.body)
	}
	for _, p := range b.readFeed(feedPath, "fields=System.TeamProject", "") {
		for _, v := range p.Values {
			if v.Fields["System.TeamProject"] == "Fleet Ops" {
				t.Fatal("the feed shows a hidden project")
			}
		}
	}
	if now := len(b.readLinks("", "")[0].Values); now == 0 || now > links {
		t.Errorf("%d links, then %d", links, now)
	}
	b.h.Hide()
	if b.get("/_apis/projects", &after); after.Count != before.Count {
		t.Errorf("given back: %d", after.Count)
	}
}
