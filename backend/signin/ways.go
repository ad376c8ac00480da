package signin

import (
	"context"
	"slices"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin/browser"
)

// Way is a rung of the ladder that a person can choose instead of the one in use.
type Way struct {
	Rung     Rung   `json:"rung"`
	Name     string `json:"name"`
	Sentence string `json:"sentence"` // when to take it, and what to look out for
	Isolated bool   `json:"isolated"` // whether isolation is claimed
	Fault    string `json:"fault"`    // why it cannot be taken here, or empty
}

// waysLimit is how long the directory may take to say whether it offers codes.
const waysLimit = 5 * time.Second

// ladder is every rung a person can choose, best first. Which browser can be isolated is Sightline's to find out, so
// RungIsolatedOpen is not among them.
var ladder = []Way{
	{Rung: RungIsolated, Name: "A separate window", Isolated: true,
		Sentence: "The best way: a fresh browser window that knows no other account and is removed afterwards."},
	{Rung: RungEphemeral, Name: "The sign-in sheet of macOS",
		Sentence: "When Safari is the only browser here. Safari keeps the sheet apart from your other accounts; another default browser may not, so check the card that follows."},
	{Rung: RungSystem, Name: "My normal browser",
		Sentence: "When your organization only allows managed devices, which a private window cannot prove. Your browser may know other accounts, so check the card that follows."},
	{Rung: RungCopyLink, Name: "A link to copy",
		Sentence: "When you want to choose the browser or its profile yourself, on this computer. Open the link in a private window, and check the card that follows."},
	{Rung: RungDeviceCode, Name: "A code to type",
		Sentence: "When no browser on this computer can be used: type a code in any browser, also on another device. Many organizations block this way, and that browser may know other accounts, so check the card that follows."},
	{Rung: RungToken, Name: "A personal access token",
		Sentence: "For Azure DevOps Server, for organizations of personal Microsoft accounts, and when every other way is blocked. You make it in Azure DevOps; it ends on a day you choose there."},
}

// Ways lists the ways to sign in other than o.Rung, best first, each with the reason when it cannot be taken here. It
// asks the directory, if o names one, whether it offers codes, for at most five seconds; without an answer nothing is
// held against that way. A Session knows the answer already: ask it while there is one.
func Ways(ctx context.Context, o Options) []Way {
	o.fillIn()
	known := circumstances{browsers: len(o.Browser(ctx)), opens: o.OpenURL != nil}
	ctx, stop := context.WithTimeout(ctx, waysLimit)
	defer stop()
	if o.OrganizationURL != "" || o.Authority != "" {
		known.askDirectory(ctx, o)
	}
	return known.others(o.Rung)
}

// Ways lists the other ways to sign in, best first. Like Ways, but without asking the directory.
func (s *Session) Ways(ctx context.Context) []Way {
	known := circumstances{browsers: len(s.options.Browser(ctx)), opens: s.options.OpenURL != nil}
	if s.metadata.Device == "" {
		known.noCode = noCodeHere(s.State().Authority)
	}
	rung := s.State().Rung
	if rung == RungIsolatedOpen || rung != s.options.Rung && s.options.Rung == RungIsolated {
		return known.others(RungIsolated, rung) // it was tried, or is in use
	}
	return known.others(rung)
}

// circumstances are what decides whether a way can be taken.
type circumstances struct {
	browsers int
	opens    bool   // a normal browser can be opened
	noOAuth  string // why nobody can sign in in any browser
	noCode   string // why no code can be typed
}

// askDirectory finds out what the directory offers, as far as it answers.
func (c *circumstances) askDirectory(ctx context.Context, o Options) {
	if err := o.findDirectory(ctx); err != nil {
		return
	}
	if o.Authority == "" {
		if o.OrganizationURL != "" {
			c.noOAuth = organizationName(o.OrganizationURL) + " names no directory to sign in to; an Azure DevOps Server does not."
		}
		return
	}
	authority, err := authorityFor(o.Authority, o.TenantID)
	if err != nil {
		if o.TenantID == zeroGUID {
			c.noOAuth = fault.ReportOf(err).Message
		}
		return
	}
	if err := mayReceive("signin.Ways", o.OrganizationURL, authority.String()); err != nil {
		c.noOAuth = fault.ReportOf(err).Message
		return
	}
	if m, err := readMetadata(ctx, plainClient(o.HTTPClient), authority, situation{OrganizationURL: o.OrganizationURL}); err == nil && m.Device == "" {
		c.noCode = noCodeHere(authority.Host)
	}
}

// others lists the rungs but those in use, those that cannot be taken last.
func (c circumstances) others(used ...Rung) []Way {
	var open, barred []Way
	for _, way := range ladder {
		if slices.Contains(used, way.Rung) {
			continue
		}
		if way.Fault = c.against(way.Rung); way.Fault == "" {
			open = append(open, way)
		} else {
			barred = append(barred, way)
		}
	}
	return append(open, barred...)
}

// against says why a rung cannot be taken, or "".
func (c circumstances) against(rung Rung) string {
	switch {
	case rung == RungToken:
		return ""
	case c.noOAuth != "":
		return c.noOAuth
	case rung == RungIsolated && c.browsers == 0:
		return "No browser was found here that a separate window can be opened in."
	case rung == RungEphemeral:
		return browser.SheetMissing()
	case rung == RungSystem && !c.opens:
		return "No normal browser can be opened from here."
	case rung == RungDeviceCode:
		return c.noCode
	}
	return ""
}
