package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sightline/backend/desktop"
)

// followed runs a verb that asks a person to sign in behind a link, and has somebody do so.
func followed(t *testing.T, who string, args ...string) verb {
	t.Helper()
	v := verb{out: &output{}, diag: &output{}}
	ended := make(chan int, 1)
	go func() { ended <- startVerb(t.Context(), nil, v, args...) }()
	var link []string
	waitFor(t, "the address", func() bool {
		link = regexp.MustCompile(`Sign in: (http://localhost:\S+)`).FindStringSubmatch(v.diag.String())
		return link != nil || len(ended) > 0
	})
	if link != nil {
		signInAs(t, link[1], who)
	}
	v.status = <-ended
	return v
}

func TestVerbsTellOfAccountsAndSignThemOutAndInAgain(t *testing.T) {
	a := sample(t)
	command(t, t.TempDir())
	ctx := t.Context()
	connect := []string{"connect", "--url", a.OrganizationURL, "--project", "Tooling", "--load", "tests", "--history", "1m", "--client-id", a.ClientID, "--way", "copy-link"}
	if v := followed(t, mira, append(connect, "--name", "First")...); v.status != 0 {
		t.Fatalf("%s", v.diag)
	}
	list := answer[desktop.AccountsView](t, runVerb(ctx, nil, "accounts", "--json"))
	if len(list.Accounts) != 1 || list.Accounts[0].Address != mira || !list.Accounts[0].InUse || len(list.Accounts[0].Connections) != 1 || list.Keeping.Mode == "" || list.Keeping.Sentence == "" {
		t.Fatalf("%+v", list)
	}
	again := runVerb(ctx, nil, "connect", "--url", a.OrganizationURL, "--project", "Tooling", "--load", "tests", "--history", "1m", "--name", "Second", "--account", strings.ToUpper(mira))
	if made := answer[struct{ Identity desktop.IdentityView }](t, again); !made.Identity.Silent || made.Identity.Address != mira {
		t.Errorf("%+v", made.Identity)
	}
	out := answer[desktop.SignOutReport](t, runVerb(ctx, nil, "accounts", "sign-out", mira))
	if len(out.Accounts.Accounts) != 1 || out.Accounts.Accounts[0].State != "signedOut" || len(out.Faults) != 0 || len(out.Remains) != 1 {
		t.Errorf("%+v", out)
	}
	for name, tc := range map[string]struct {
		args []string
		says string
	}{
		"a refresh":               {[]string{"refresh", "First"}, "Nobody is signed in to"},
		"an account signed out":   {[]string{"accounts", "use", mira}, "Sign in again as Mira Okafor"},
		"one that is used":        {[]string{"accounts", "remove", mira}, "delete its datasets first"},
		"an account nobody knows": {[]string{"accounts", "use", "eve@example.com"}, "There is no account eve@example.com"},
		"silently":                {append(connect[:len(connect)-2:len(connect)-2], "--account", mira), "is not signed in on this computer"},
	} {
		if v := runVerb(ctx, nil, tc.args...); v.status != 1 || !strings.Contains(v.diag.String(), tc.says) {
			t.Errorf("%s: status %d: %s", name, v.status, v.diag)
		}
	}
	if v := followed(t, elias, "sign-in", "First", "--way", "copy-link"); v.status != 1 || !strings.Contains(v.diag.String(), elias) {
		t.Errorf("somebody else: status %d: %s", v.status, v.diag)
	}
	d := answer[desktop.DatasetView](t, followed(t, mira, "sign-in", "First", "--way", "copy-link"))
	if d.SignIn != "signedIn" || d.LastError != "" {
		t.Errorf("%+v", d)
	}
	// The other dataset of the account goes on with the same sign-in.
	if v := runVerb(ctx, nil, "refresh", "Second"); v.status != 0 {
		t.Errorf("%s", v.diag)
	}
	moved := answer[desktop.DatasetView](t, followed(t, elias, "sign-in", "Second", "--switch", "--way", "copy-link"))
	if moved.Address != elias {
		t.Errorf("%+v", moved)
	}
	out = answer[desktop.SignOutReport](t, runVerb(ctx, nil, "accounts", "sign-out", elias, "--delete-data"))
	if len(out.Deleted) != 1 || out.Deleted[0] != "Second" {
		t.Errorf("%+v", out)
	}
	if left := answer[[]desktop.DatasetView](t, runVerb(ctx, nil, "datasets")); len(left) != 1 || left[0].Name != "First" {
		t.Errorf("%+v", left)
	}
}

func TestAPassphraseSealsAndUnlocksTheSignIns(t *testing.T) {
	a := sample(t)
	dir := t.TempDir()
	command(t, dir)
	ctx := t.Context()
	const passphrase = "four words of a kind"
	connect := []string{"connect", "--url", a.OrganizationURL, "--project", "Tooling", "--load", "tests", "--history", "1m", "--token-stdin", "--passphrase-stdin", "--name", "Tools"}
	if v := runVerb(ctx, stdin("short\n"+a.PersonalAccessToken+"\n"), connect...); v.status != 2 || !strings.Contains(v.diag.String(), "too short") {
		t.Fatalf("status %d: %s", v.status, v.diag)
	}
	if v := runVerb(ctx, stdin(passphrase+"\n"+a.PersonalAccessToken+"\n"), connect...); v.status != 0 {
		t.Fatalf("%s", v.diag)
	}
	for name, tc := range map[string]struct {
		in     string
		args   []string
		status int
	}{
		"none":      {"", []string{"refresh", "Tools"}, 1},
		"wrong":     {"some other words\n", []string{"refresh", "Tools", "--passphrase-stdin"}, 1},
		"forgotten": {"", []string{"refresh", "Tools", "--passphrase-stdin"}, 2},
		"right":     {passphrase + "\n", []string{"refresh", "Tools", "--passphrase-stdin"}, 0},
	} {
		v := runVerb(ctx, stdin(tc.in), tc.args...)
		if v.status != tc.status || strings.Contains(v.diag.String(), "some other words") || strings.Contains(v.diag.String(), passphrase) {
			t.Errorf("%s: status %d, want %d: %s", name, v.status, tc.status, v.diag)
		}
	}
	p, _, done := open(t, dir, false)
	defer done()
	if k := answered[desktop.KeepingView](t)(p.Services().Accounts.Keeping()); k.Mode != "passphrase" || !k.Locked || !k.Passphrase {
		t.Errorf("%+v", k)
	}
	id, err := p.FindDataset(ctx, "Tools")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Refresh(ctx, id.ID, func(desktop.ProgressView) {}); err == nil {
		t.Error("it was refreshed while it was locked")
	}
	if d := answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id.ID)); d.SignIn != "signedIn" {
		t.Errorf("a sign-in that is locked counts as %s", d.SignIn)
	}
	post := func(body, header string) int {
		r := httptest.NewRequest(http.MethodPost, "/api/passphrase", strings.NewReader(body))
		if header != "" {
			r.Header.Set("X-Sightline", header)
		}
		w := httptest.NewRecorder()
		p.API().ServeHTTP(w, r)
		return w.Code
	}
	for _, tc := range []struct {
		body, header string
		status       int
	}{
		{passphrase, "", http.StatusForbidden}, {"some other words", "1", http.StatusForbidden}, {"", "1", http.StatusBadRequest},
		{strings.Repeat("x", 2000), "1", http.StatusRequestEntityTooLarge}, {passphrase, "1", http.StatusNoContent},
	} {
		if got := post(tc.body, tc.header); got != tc.status {
			t.Errorf("%.20q was answered with %d, want %d", tc.body, got, tc.status)
		}
	}
	if k := answered[desktop.KeepingView](t)(p.Services().Accounts.Keeping()); k.Locked {
		t.Errorf("%+v", k)
	}
	refreshed(t, p, id.ID)
	log, err := os.ReadFile(filepath.Join(dir, "sightline.log"))
	if err != nil || strings.Contains(string(log), passphrase) || strings.Contains(string(log), a.PersonalAccessToken) {
		t.Errorf("the log holds a secret, or cannot be read: %v", err)
	}
}
