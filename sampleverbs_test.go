package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// announcedSample is what a test reads of the line that `sample serve` prints.
type announcedSample struct{ OrganizationURL, PersonalAccessToken, ControlToken string }

// serveSample runs `sample serve` until the test ends.
func serveSample(t *testing.T, args ...string) (a announcedSample) {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	v := verb{out: &output{}, diag: &output{}}
	ended := make(chan int, 1)
	go func() {
		ended <- startVerb(ctx, nil, v, append([]string{"sample", "serve", "--data-dir", t.TempDir()}, args...)...)
	}()
	t.Cleanup(func() {
		end()
		if status := <-ended; status != 0 {
			t.Errorf("status %d: %s", status, v.diag)
		}
	})
	waitFor(t, "the line", func() bool { return strings.HasSuffix(v.out.String(), "\n") || len(ended) > 0 })
	if err := json.Unmarshal([]byte(v.out.String()), &a); err != nil {
		t.Fatalf("%v: %s%s", err, v.out, v.diag)
	}
	return a
}

func TestSampleAdvanceLetsDaysPassAndHidesItsToken(t *testing.T) {
	command(t, t.TempDir())
	a := serveSample(t)
	began := time.Now()
	lived := answer[struct{ Now time.Time }](t, runVerb(t.Context(), strings.NewReader(a.ControlToken+"\n"), "sample", "advance", "--url", a.OrganizationURL, "--token-stdin", "--days", "3"))
	if days := lived.Now.Sub(began).Hours() / 24; days < 2.9 || days > 3.1 {
		t.Errorf("%s, %.1f days from now", lived.Now, days)
	}
	for name, c := range map[string]struct {
		in, says string
		args     []string
		status   int
	}{
		"another token":   {"nonsense\n", "control token", []string{"--url", a.OrganizationURL, "--token-stdin"}, 2},
		"no token":        {"", "control token", []string{"--url", a.OrganizationURL, "--token-stdin"}, 2},
		"token as none":   {"", "--token-stdin", []string{"--url", a.OrganizationURL}, 2},
		"another machine": {a.ControlToken + "\n", "on this computer", []string{"--url", "http://dev.azure.example/sample", "--token-stdin"}, 2},
		"no days":         {a.ControlToken + "\n", "days", []string{"--url", a.OrganizationURL, "--token-stdin", "--days", "0"}, 2},
		"nobody serves":   {a.ControlToken + "\n", "did not answer", []string{"--url", "http://127.0.0.1:1/sample", "--token-stdin"}, 1},
	} {
		v := runVerb(t.Context(), strings.NewReader(c.in), append([]string{"sample", "advance"}, c.args...)...)
		if v.status != c.status || !strings.Contains(v.diag.String(), c.says) || strings.Contains(v.diag.String()+v.out.String(), a.ControlToken) {
			t.Errorf("%s: status %d: %s", name, v.status, v.diag)
		}
	}
}

func TestSampleFaultsBeginAndEndInARunningSample(t *testing.T) {
	command(t, t.TempDir())
	a := serveSample(t)
	play := func(in string, args ...string) verb {
		return runVerb(t.Context(), strings.NewReader(in), append([]string{"sample", "faults"}, args...)...)
	}
	marked := func() bool {
		r, err := http.NewRequest(http.MethodGet, a.OrganizationURL+"/_apis/projects?api-version=7.1", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth("", a.PersonalAccessToken)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("status %d: %v", res.StatusCode, err)
		}
		return strings.HasPrefix(string(body), "\ufeff")
	}
	token, running := a.ControlToken+"\n", []string{"--url", a.OrganizationURL, "--token-stdin"}
	if marked() {
		t.Error("a byte order mark before anybody asked for one")
	}
	if p := answer[struct{ Names []string }](t, play(token, append(running, "bom")...)); len(p.Names) != 1 || p.Names[0] != "bom" || !marked() {
		t.Errorf("played: %v", p.Names)
	}
	if p := answer[struct{ Names []string }](t, play(token, running...)); p.Names == nil || len(p.Names) != 0 || marked() {
		t.Errorf("ended: %v", p.Names)
	}
	for name, c := range map[string]struct {
		in, says string
		args     []string
	}{
		"no such fault":         {token, "nonsense", append(running, "nonsense")},
		"only from the start":   {token, "from the start", append(running, "server-7.0")},
		"another token":         {"wrong\n", "control token", append(running, "bom")},
		"a name and no sample":  {token, "--url", []string{"bom"}},
		"a sample and no token": {token, "--token-stdin", []string{"--url", a.OrganizationURL, "bom"}},
	} {
		v := play(c.in, c.args...)
		if v.status != 2 || !strings.Contains(v.diag.String(), c.says) || strings.Contains(v.diag.String()+v.out.String(), a.ControlToken) || marked() {
			t.Errorf("%s: status %d: %s", name, v.status, v.diag)
		}
	}
}

func TestSampleFaultsAreListedAndPlayedByName(t *testing.T) {
	command(t, t.TempDir())
	list := answer[struct {
		Faults []struct{ Name, Says, Outcome string }
		Always []struct{ Says string }
	}](t, runVerb(t.Context(), nil, "sample", "faults"))
	if len(list.Faults) < 30 || len(list.Always) < 10 {
		t.Errorf("%d faults, %d manners", len(list.Faults), len(list.Always))
	}
	if v := runVerb(t.Context(), nil, "sample", "serve", "--fault", "nonsense"); v.status != 2 || !strings.Contains(v.diag.String(), "nonsense") {
		t.Errorf("status %d: %s", v.status, v.diag)
	}
	a := serveSample(t, "--fault", "bom", "--fault", "server-7.0")
	r, err := http.NewRequest(http.MethodGet, a.OrganizationURL+"/_apis/projects?api-version=7.0", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("", a.PersonalAccessToken)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	mark := make([]byte, 3)
	if _, err := res.Body.Read(mark); err != nil || string(mark) != "\ufeff" || res.StatusCode != http.StatusOK {
		t.Errorf("status %d, begins with %q, %v", res.StatusCode, mark, err)
	}
}
