package main

import (
	"testing"

	"sightline/backend/desktop"
)

// The sample names its sign-in without a directory, so that of a kept sign-in has nothing to be compared with.
func TestTheAccountOfTheSampleIsUsedSilentlyToo(t *testing.T) {
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	r := desktop.ConnectRequest{Source: "sampleSignIn", Patterns: []string{"Tooling"}, Method: "oauth", Contents: []string{"tests"}, HistoryMonths: 1}
	loadedAs(t, p, r, mira)

	r.Account = accountOf(t, p, mira).Key
	v := answered[desktop.AttemptView](t)(p.Services().GetData.Begin(r))
	v = reached(t, p, v.ID, "confirm")
	if v.Rung != "silent" || v.Identity == nil || !v.Identity.Silent || v.Identity.Address != mira {
		t.Fatalf("the card %+v of %+v", v.Identity, v)
	}
	v = accept(t, p, v.ID)
	refreshed(t, p, v.DatasetID)
}
