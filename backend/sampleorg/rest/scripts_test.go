package rest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// play puts scripts in place by name.
func (b *bench) play(names ...string) {
	b.t.Helper()
	var chosen []Script
	for _, s := range Scripts() {
		if slices.Contains(names, s.Name) {
			chosen = append(chosen, s)
		}
	}
	if len(chosen) != len(names) {
		b.t.Fatalf("no such script among %v", names)
	}
	b.h.o.Faults.Set(Run(chosen))
}

// projectPage is the numbered page of projects; each number has an address of its own.
func projectPage(n int) string {
	return "/_apis/projects?api-version=7.1&$skip=0&page=" + strconv.Itoa(n)
}

// struck asks until an answer is not the good one, and then the same again, which must be good.
func (b *bench) struck(good answer) answer {
	b.t.Helper()
	for n := range 400 {
		a := b.ask(http.MethodGet, projectPage(n), nil)
		if a.err != nil || a.status != good.status || !bytes.Equal(a.body, good.body) {
			for range 3 {
				if again := b.ask(http.MethodGet, projectPage(n), nil); again.err == nil && bytes.Equal(again.body, good.body) {
					return a
				}
			}
			b.t.Errorf("the same request does not get through: %d %v", a.status, a.err)
			return a
		}
	}
	b.t.Error("nothing went wrong in 400 requests")
	return answer{}
}

func TestFaultsThatPassStrikeOnceAndLetTheSameRequestThrough(t *testing.T) {
	b := serve(t, Options{})
	good := b.ask(http.MethodGet, projectPage(0), nil)
	for name, is := range map[string]func(a answer) bool{
		"cut-body":       func(a answer) bool { return a.err != nil && len(a.body) < len(good.body) },
		"truncated-json": func(a answer) bool { return a.err == nil && a.status == 200 && !json.Valid(a.body) },
		"reset":          func(a answer) bool { return a.err != nil && a.status == 0 },
		"five-hundreds":  func(a answer) bool { return a.status >= 500 },
		"wrong-content-type": func(a answer) bool {
			return a.status == 200 && strings.HasPrefix(a.header.Get("Content-Type"), "text/html")
		},
	} {
		b.play(name)
		// A kept connection that breaks is tried again by the client's transport, before anybody sees it.
		b.client.Transport.(*http.Transport).DisableKeepAlives = name == "reset"
		if a := b.struck(good); !is(a) {
			t.Errorf("%s: %d %v %.80s", name, a.status, a.err, a.body)
		}
	}
	b.h.o.Faults.Set(nil)
}

func TestFiveHundredsComeInTurn(t *testing.T) {
	b := serve(t, Options{})
	b.play("five-hundreds")
	seen := map[int]bool{}
	marked := false
	for n := range 60 {
		a := b.ask(http.MethodGet, projectPage(n), nil)
		seen[a.status] = true
		marked = marked || a.status == 503 && bytes.HasPrefix(a.body, []byte(byteOrderMark))
	}
	if !seen[200] || !seen[500] || !seen[502] || !seen[503] || !seen[504] || !marked {
		t.Errorf("%v, a mark before the body of 503: %v", seen, marked)
	}
}

func TestThrottlingGoesThroughItsStages(t *testing.T) {
	b := serve(t, Options{})
	b.play("throttle")
	var stages []string
	for range 20 {
		began := time.Now()
		a := b.ask(http.MethodGet, projectPage(0), nil)
		stage := "good"
		switch {
		case a.status == 429 && a.header.Get("Retry-After") != "" && strings.HasPrefix(a.error(t).Message, "TF400733"):
			stage = "refused"
		case a.status == 429:
			stage = "refused without headers"
		case a.header.Get("X-RateLimit-Delay") != "":
			stage = "delayed"
		case a.header.Get("Retry-After") != "":
			stage = "warned"
		case time.Since(began) >= 300*time.Millisecond:
			stage = "stalled"
		}
		stages = append(stages, stage)
	}
	if got := strings.Join(slices.Compact(stages), ", "); got != "good, warned, delayed, refused, refused without headers, stalled, good" {
		t.Error(got)
	}
	b.play("slow-down")
	warned := 0
	for n := range 100 {
		if a := b.ask(http.MethodGet, projectPage(n), nil); a.status == 200 && a.header.Get("Retry-After") == "1" && a.header.Get("X-RateLimit-Remaining") != "" {
			warned++
		}
	}
	if warned != 3 {
		t.Errorf("%d of 100 answers ask to slow down", warned)
	}
}

func TestAStalledBodyStopsAndGoesOnlyThreeTimes(t *testing.T) {
	b := serve(t, Options{})
	b.play("stalled-body")
	b.client.Timeout = 150 * time.Millisecond
	stalled := 0
	for n := range 90 {
		if a := b.ask(http.MethodGet, projectPage(n), nil); a.err != nil {
			stalled++
		}
	}
	if stalled < 3 || stalled > 6 { // a busy computer may miss the time-out elsewhere
		t.Errorf("%d bodies stalled", stalled)
	}
}

func TestFaultsThatRefuseDoSoEveryTime(t *testing.T) {
	b := serve(t, Options{})
	for name, is := range map[string]func(a answer) bool{
		"stopped-organization": func(a answer) bool { return a.status == 503 && strings.Contains(string(a.body), "TF24668") },
		"sign-in-page":         func(a answer) bool { return a.status == 203 && strings.Contains(string(a.body), "Sign In") },
		"not-authorized":       func(a answer) bool { return a.status == 401 && strings.Contains(string(a.body), b.world.Member().UPN) },
		"conditional-access":   func(a answer) bool { return a.status == 403 && strings.Contains(string(a.body), "VS403463") },
		"not-materialized":     func(a answer) bool { return strings.Contains(string(a.body), "has not been materialized") },
		"anonymous":            func(a answer) bool { return a.status == 200 && a.header.Get("X-VSS-UserData") == "" },
		"oauth-policy-off":     func(a answer) bool { return a.status == 401 && strings.Contains(string(a.body), b.world.Member().ID) },
	} {
		b.play(name)
		for n := range 5 {
			if a := b.ask(http.MethodGet, projectPage(n), nil); !is(a) {
				t.Errorf("%s: %d %.100s", name, a.status, a.body)
			}
		}
	}
	b.play("oauth-policy-off")
	if a := b.ask(http.MethodGet, projectPage(0), nil, "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(":"+goodToken))); a.status != 200 {
		t.Errorf("the policy on OAuth refuses a personal access token: %d", a.status)
	}
	b.play("somebody-else")
	for n := range 8 {
		a := b.ask(http.MethodGet, projectPage(n), nil)
		if other := strings.HasPrefix(a.header.Get("X-VSS-UserData"), "99999999-"); a.status != 200 || other != (n >= 5) {
			t.Errorf("request %d: %d as %s", n, a.status, a.header.Get("X-VSS-UserData"))
		}
	}
	b.play("expired-token")
	for n := range 8 {
		if a := b.ask(http.MethodGet, projectPage(n), nil); (a.status == 401) != (n >= 5) {
			t.Errorf("request %d: %d", n, a.status)
		}
	}
	if a := b.ask(http.MethodGet, projectPage(0), nil, "X-TFS-FedAuthRedirect", ""); a.status != 302 {
		t.Errorf("without Suppress: %d", a.status)
	}
	if a := b.ask(http.MethodGet, projectPage(0), nil, "Authorization", "bearer "+goodToken); a.status != 200 {
		t.Errorf("another token: %d", a.status)
	}
}

func TestADisabledRepositoryIsListedAndRefusesItsContents(t *testing.T) {
	b := serve(t, Options{})
	b.play("disabled-repository")
	repositories := b.world.RepositoriesOf(b.world.Project("Lumen Web"))
	contents := func(i int) answer {
		return b.ask(http.MethodGet, "/Lumen%20Web/_apis/git/repositories/"+repositories[i].ID+"/refs?api-version=7.1", nil)
	}
	if a := b.ask(http.MethodGet, "/Lumen%20Web/_apis/git/repositories?api-version=7.1", nil); a.status != 200 || !strings.Contains(string(a.body), repositories[0].ID) {
		t.Errorf("the list: %d", a.status)
	}
	if a := contents(0); a.status != 404 || !strings.HasPrefix(a.error(t).Message, "TF401019") || a.header.Get("X-VSS-UserData") == "" {
		t.Errorf("its contents: %d %s as %q", a.status, a.body, a.header.Get("X-VSS-UserData"))
	}
	if a, again := contents(1), contents(0); a.status != 200 || again.status != 404 {
		t.Errorf("another: %d, again: %d", a.status, again.status)
	}
}

func TestFormsOfAnswersSayTheSame(t *testing.T) {
	b := serve(t, Options{})
	const address = "/Lumen%20Web/_apis/build/builds?api-version=7.1&$top=40"
	var plain, got buildList
	good := b.get(address, &plain)
	for _, name := range []string{"missing-members", "extra-members", "odd-dates"} {
		b.play(name)
		a := b.ask(http.MethodGet, address, nil)
		if a.status != 200 || bytes.Equal(a.body, good.body) {
			t.Errorf("%s: %d, nothing is different", name, a.status)
		}
		text := string(a.body)
		switch name {
		case "missing-members":
			if strings.Contains(text, "_links") || strings.Contains(text, `"count"`) || strings.Contains(text, "imageUrl") {
				t.Errorf("%s: %.300s", name, text)
			}
		case "extra-members":
			if !strings.Contains(text, "xFuture") {
				t.Errorf("%s: %.300s", name, text)
			}
		case "odd-dates":
			for _, form := range []string{`+00:00"`, `"lastUpdateTime":"0001-01-01T00:00:00"`} {
				if !strings.Contains(text, form) {
					t.Errorf("%s: no %s", name, form)
				}
			}
			continue // zone-less instants are for clients that know them
		}
		got = buildList{}
		if err := json.Unmarshal(a.body, &got); err != nil || len(got.Value) != len(plain.Value) {
			t.Fatalf("%s: %v", name, err)
		}
		for i := range got.Value {
			if got.Value[i].ID != plain.Value[i].ID || !got.Value[i].Queue.Equal(plain.Value[i].Queue) {
				t.Errorf("%s: %+v, want %+v", name, got.Value[i], plain.Value[i])
			}
		}
	}
	b.play("bom")
	if a := b.ask(http.MethodGet, address, nil); !bytes.Equal(a.body, append([]byte(byteOrderMark), good.body...)) {
		t.Error("bom: no mark, or another body")
	}
	b.play("bom", "odd-dates", "reset")
	if a := b.ask(http.MethodGet, address, nil); !bytes.HasPrefix(a.body, []byte(byteOrderMark)) || !strings.Contains(string(a.body), `+00:00"`) {
		t.Error("forms do not add up")
	}
}

func TestOddDatesAreTheSameInstants(t *testing.T) {
	forms := map[int]bool{}
	for i := range 40 {
		was := time.Date(2026, 3, 4, 5, 6, i, i%3*123_000_000, time.UTC)
		out := string(oddDates(nil, []byte(`{"at":"`+was.Format(time.RFC3339Nano)+`"}`)))
		text := strings.TrimSuffix(strings.TrimPrefix(out, `{"at":"`), `"}`)
		forms[len(text)] = true
		is, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			is, err = time.Parse("2006-01-02T15:04:05.999999999", text)
		}
		if err != nil || !is.Equal(was) {
			t.Errorf("%s became %s", was, text)
		}
	}
	if len(forms) < 5 {
		t.Errorf("only %d lengths", len(forms))
	}
}

func TestPagesOfTheFeedsCanBeShortEmptyAndReplayed(t *testing.T) {
	b := serve(t, Options{})
	whole := len(b.world.ByProject[b.world.Project("Tooling").Index])
	const path = "/Tooling/_apis/wit/reporting/workitemrevisions"
	for _, name := range []string{"short-and-empty-pages", "replayed-pages"} {
		b.play(name)
		seen, empty, repeated, pages := map[string]bool{}, 0, 0, 0
		for _, p := range b.readFeed(path, "includeDeleted=true", "") {
			pages++
			if len(p.Values) == 0 {
				empty++
			}
			for _, v := range p.Values {
				key := strconv.Itoa(v.ID) + "." + strconv.Itoa(v.Rev)
				if seen[key] {
					repeated++
				}
				seen[key] = true
			}
		}
		if len(seen) != whole {
			t.Errorf("%s: %d revisions of %d", name, len(seen), whole)
		}
		if name == "replayed-pages" && repeated < pages-2 || name == "short-and-empty-pages" && (empty < 10 || pages < whole/40) {
			t.Errorf("%s: %d pages, %d empty, %d rows came again", name, pages, empty, repeated)
		}
	}
}

func TestATokenOfBuildsMayRepeat(t *testing.T) {
	b := serve(t, Options{})
	b.play("token-repeats")
	first := b.get(webBuilds+"&$top=50&queryOrder=finishTimeAscending", nil).header.Get("x-ms-continuationtoken")
	ask := func() string {
		return b.get(webBuilds+"&$top=50&queryOrder=finishTimeAscending&continuationToken="+first, nil).header.Get("x-ms-continuationtoken")
	}
	if one, two := ask(), ask(); one != first || two == first || two == "" {
		t.Errorf("%s, then %s, then %s", first, one, two)
	}
}
