package desktop

import (
	"context"
	"slices"

	"sightline/backend/signin"
)

// rungs are the ways to the sign-in page that a request can name. "isolated" is the best way, like none, but never a
// sign-in that is kept already.
var rungs = map[string]signin.Rung{
	"": signin.RungIsolated, "isolated": signin.RungIsolated, "system": signin.RungSystem, "copyLink": signin.RungCopyLink,
	"deviceCode": signin.RungDeviceCode, "ephemeral": signin.RungEphemeral,
}

// The rungs that are no session of a browser.
const (
	rungToken  = "token"
	rungSilent = "silent"
)

// rungNames are the rungs of the ladder as the interface knows them.
var rungNames = map[signin.Rung]string{
	signin.RungIsolated: "isolated", signin.RungIsolatedOpen: "isolatedWithoutPrivate", signin.RungEphemeral: "ephemeral",
	signin.RungSystem: "system", signin.RungCopyLink: "copyLink", signin.RungDeviceCode: "deviceCode", signin.RungToken: rungToken,
}

// waysOf are the ways to sign in as the interface knows them.
func waysOf(ways []signin.Way) []SignInWay {
	out := make([]SignInWay, 0, len(ways))
	for _, w := range ways {
		out = append(out, SignInWay{Rung: rungNames[w.Rung], Name: w.Name, Sentence: w.Sentence, Isolated: w.Isolated, Fault: w.Fault})
	}
	return out
}

// offerWays says which other ways there are: those of a session that began, or of one that could not.
func (a *attempt) offerWays(ctx context.Context, s *signin.Session, o signin.Options) {
	var ways []signin.Way
	if s != nil {
		ways = s.Ways(ctx)
	} else {
		ways = signin.Ways(ctx, o)
	}
	if a.sample != nil { // the sample takes no token of a person's
		ways = slices.DeleteFunc(ways, func(w signin.Way) bool { return w.Rung == signin.RungToken })
	}
	a.change(func() { a.view.Ways = waysOf(ways) })
}
