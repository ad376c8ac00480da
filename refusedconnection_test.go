package main

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/workspace"
)

// The ways in which a service does not take a person whom the directory does take.
const (
	takes int32 = iota
	refuses
	namesAnother
)

// moody puts a server before the organization that answers as mood says.
func moody(t *testing.T, a *sampleorg.Announcement, mood *atomic.Int32) {
	t.Helper()
	answering(t, a, func(w http.ResponseWriter, r *http.Request, pass http.Handler) bool {
		switch mood.Load() {
		case refuses:
			if r.Header.Get("Authorization") == "" {
				return false // who asks without a sign-in is told where to get one
			}
			http.Error(w, "", http.StatusUnauthorized)
			return true
		case namesAnother:
			answer := httptest.NewRecorder()
			pass.ServeHTTP(answer, r)
			maps.Copy(w.Header(), answer.Header())
			w.Header().Set("X-VSS-UserData", "11111111-2222-4333-8444-555555555555:eve@example.com")
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
			return true
		}
		return false
	})
}

// standing is the state of a dataset's sign-in.
func standing(t *testing.T, p *desktop.Program, id string) string {
	t.Helper()
	return answered[desktop.DatasetView](t)(p.Services().Datasets.Dataset(id)).SignIn
}

func TestARefusalOfTheServiceEndsNoOtherDatasetOfTheSignIn(t *testing.T) {
	for name, tc := range map[string]struct {
		mood int32
		code fault.Code
	}{"it refuses the person": {refuses, fault.NotSignedIn}, "it names another person": {namesAnother, fault.IdentityChanged}} {
		t.Run(name, func(t *testing.T) {
			a := sample(t)
			var mood atomic.Int32
			moody(t, &a, &mood)
			dir := t.TempDir()
			p, _, done := open(t, dir, false)
			first := loadedAs(t, p, requestOf(a), mira).DatasetID
			r := requestOf(a)
			r.Account = accountOf(t, p, mira).Key
			v := reached(t, p, answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r)).ID, "confirm")
			second := accept(t, p, v.ID).DatasetID
			refreshed(t, p, second)
			if n := len(sealed(t, dir)); n != 1 {
				t.Fatalf("%d sign-ins", n)
			}

			mood.Store(tc.mood)
			if _, err := p.Refresh(t.Context(), first, func(desktop.ProgressView) {}); !fault.Is(err, tc.code) {
				t.Fatal(err)
			}
			mood.Store(takes)
			account := accountOf(t, p, mira)
			if one, two := standing(t, p, first), standing(t, p, second); one != "ended" || two != "signedIn" || account.State != "signedIn" {
				t.Errorf("the one that was refused is %s, the other %s, the account %s", one, two, account.State)
			}
			for _, c := range account.Connections {
				if want := map[string]string{first: "ended", second: "signedIn"}[c.DatasetID]; c.State != want {
					t.Errorf("among the account's datasets %s is %s", c.Name, c.State)
				}
			}
			refreshed(t, p, second)
			if now := standing(t, p, first); now != "ended" {
				t.Errorf("after the other was refreshed it is %s", now)
			}
			done()
			for _, id := range []string{first, second} {
				changeDataset(t, dir, id, func(d *workspace.Dataset) { d.LastScheduled, d.Failures = time.Now().Add(-24*time.Hour-time.Minute), 0 })
			}
			p, _, done = open(t, dir, true)
			defer done()
			waitFor(t, "the refresh of the schedule", func() bool {
				return history(t, p, second)[0].Type == "scheduled" && history(t, p, second)[0].Status == "succeeded"
			})
			if got := history(t, p, first)[0]; got.Type != "onDemand" && got.Type != "missed" {
				t.Errorf("the schedule did not leave the one alone that was refused: %+v", got)
			}
			refreshed(t, p, first) // the person looked, and it is right again
			if now := standing(t, p, first); now != "signedIn" {
				t.Errorf("after it was refreshed it is %s", now)
			}

			mood.Store(tc.mood)
			if _, err := p.Refresh(t.Context(), first, func(desktop.ProgressView) {}); !fault.Is(err, tc.code) {
				t.Fatal(err)
			}
			mood.Store(takes)
			v = signedInAs(t, p, desktop.ConnectRequest{Purpose: "connection", DatasetID: first}, mira)
			accept(t, p, v.ID)
			if now := standing(t, p, first); now != "signedIn" {
				t.Errorf("after the person signed in again it is %s", now)
			}
		})
	}
}

func TestASilentTryThatAServiceRefusesEndsNothing(t *testing.T) {
	a := sample(t)
	var mood atomic.Int32
	moody(t, &a, &mood)
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	id := loadedAs(t, p, requestOf(a), mira).DatasetID
	r := requestOf(a)
	r.Account = accountOf(t, p, mira).Key
	mood.Store(refuses)
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r))
	waitFor(t, "the refusal", func() bool {
		v = answered[desktop.AttemptView](t)(p.Services().GetData.Attempt(v.ID))
		return v.Phase == "failed"
	})
	if v.Fault.Code != fault.NotSignedIn || len(v.Fault.Actions) == 0 || v.Fault.Actions[0] != fault.SignInAgain {
		t.Errorf("%+v", v.Fault)
	}
	if now := standing(t, p, id); now != "signedIn" || accountOf(t, p, mira).State != "signedIn" {
		t.Errorf("the dataset of the sign-in that was tried is %s", now)
	}
}
