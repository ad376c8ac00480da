package signin_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/signin"
	"sightline/backend/signin/browser"
)

// rungs lists the ways that can be taken, and those that cannot.
func rungs(ways []signin.Way) (open, barred []signin.Rung) {
	for _, w := range ways {
		if w.Fault == "" {
			open = append(open, w.Rung)
		} else {
			barred = append(barred, w.Rung)
		}
	}
	return open, barred
}

func noBrowser(context.Context) []browser.Browser { return nil }

func TestTheOtherWaysAreToldWithTheirReasons(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	bare := newDirectory(t, identity.Options{}, withoutCodes)
	personal := newDirectory(t, identity.Options{}, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-VSS-ResourceTenant", "00000000-0000-0000-0000-000000000000")
		})
	})
	opener := func(string) error { return nil }
	for name, c := range map[string]struct {
		o            signin.Options
		open, barred []signin.Rung
		words        string
	}{
		"before anything is known": {signin.Options{Browser: noBrowser, OpenURL: opener},
			[]signin.Rung{signin.RungSystem, signin.RungCopyLink, signin.RungDeviceCode, signin.RungToken}, []signin.Rung{signin.RungEphemeral}, "Only macOS"},
		"a directory with codes": {signin.Options{Authority: d.Authority(), TenantID: identity.LumenTenantID, Browser: noBrowser, OpenURL: opener},
			[]signin.Rung{signin.RungSystem, signin.RungCopyLink, signin.RungDeviceCode, signin.RungToken}, []signin.Rung{signin.RungEphemeral}, ""},
		"a directory without codes": {signin.Options{Authority: bare.Authority(), TenantID: identity.LumenTenantID, Browser: noBrowser, OpenURL: opener},
			[]signin.Rung{signin.RungSystem, signin.RungCopyLink, signin.RungToken}, []signin.Rung{signin.RungEphemeral, signin.RungDeviceCode}, "offers no sign-in by a code"},
		"a verb without a browser": {signin.Options{Rung: signin.RungCopyLink, Browser: noBrowser},
			[]signin.Rung{signin.RungDeviceCode, signin.RungToken}, []signin.Rung{signin.RungIsolated, signin.RungEphemeral, signin.RungSystem}, "No browser was found"},
		"personal accounts": {signin.Options{OrganizationURL: personal.server.URL + "/jo", Browser: noBrowser, OpenURL: opener},
			[]signin.Rung{signin.RungToken}, []signin.Rung{signin.RungEphemeral, signin.RungSystem, signin.RungCopyLink, signin.RungDeviceCode}, "personal Microsoft accounts"},
	} {
		t.Run(name, func(t *testing.T) {
			ways := signin.Ways(t.Context(), c.o)
			open, barred := rungs(ways)
			if !slices.Equal(open, c.open) || !slices.Equal(barred, c.barred) {
				t.Errorf("open are %v, barred %v; want %v and %v", open, barred, c.open, c.barred)
			}
			said := ""
			for _, w := range ways {
				if w.Name == "" || w.Sentence == "" || w.Isolated != (w.Rung == signin.RungIsolated) {
					t.Errorf("a way without words, or with a claim too many: %+v", w)
				}
				said += w.Fault
			}
			if !strings.Contains(said, c.words) {
				t.Errorf("%q is not said: %s", c.words, said)
			}
		})
	}
}

func TestWhenIsolationFailedTheNormalBrowserIsOfferedAndNotOpened(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	opened := make(chan string, 1)
	o.OpenURL = func(address string) error { opened <- address; return nil }
	o.Rung, o.Browser = signin.RungIsolated, standIn(t, `exit 0`)
	s := start(t, o)
	waitFor(t, s, func(st signin.State) bool { return st.Rung == signin.RungCopyLink })
	if notice := s.State().Notice; !strings.Contains(notice, "Chromium") {
		t.Errorf("the notice is %q", notice)
	}
	open, _ := rungs(s.Ways(t.Context()))
	if want := []signin.Rung{signin.RungSystem, signin.RungDeviceCode, signin.RungToken}; !slices.Equal(open, want) {
		t.Errorf("offered are %v, want %v", open, want)
	}
	if len(opened) != 0 {
		t.Error("the normal browser was opened without being asked for")
	}
}

func TestAWindowWithoutPrivateModeSaysSo(t *testing.T) {
	d := newDirectory(t, identity.Options{}, nil)
	o := d.options(t)
	choose := standIn(t, `touch "$PROFILE/Local State"; case "$*" in *incognito*) exit 1;; esac; sleep 20`)
	o.Rung, o.Browser = signin.RungIsolated, func(ctx context.Context) []browser.Browser {
		found := choose(ctx)
		found[0].PrivateForbidden = true
		return found
	}
	s := start(t, o)
	waitFor(t, s, func(st signin.State) bool { return st.Phase == signin.PhaseWaiting })
	state := s.State()
	if state.Rung != signin.RungIsolatedOpen || !state.IsolationVerified || !strings.Contains(state.Notice, "policy") || !strings.Contains(state.Notice, "Chromium") {
		t.Errorf("the state is %+v", state)
	}
	for _, w := range s.Ways(t.Context()) {
		if w.Rung == signin.RungIsolated {
			t.Error("the way in use is offered as another one")
		}
	}
}
