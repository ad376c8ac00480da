package desktop

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/signin"
)

// checkPerson refuses an identity that cannot be the person who signed in, or is not the one and only person whom
// the request takes. A mismatch with a person who was merely expected is shown on the card instead.
func (a *attempt) checkPerson(identity refresh.Identity) error {
	var err error
	switch kept, is := a.credential.(*signin.TokenSource); {
	case a.result != nil:
		err = a.result.Fits(identity.Descriptor, identity.Address)
	case is:
		err = kept.Account().Fits(identity.Descriptor, identity.Address)
	}
	if err != nil {
		return err
	}
	demanded := a.demandedID()
	if demanded == "" || strings.EqualFold(identity.ID, demanded) {
		return nil
	}
	return a.wrongPerson(identity)
}

// demandedID is the service's id of the one person whom the request takes, or "". Whoever signs in again for a
// connection is who it was pinned to. Else an account of a directory was demanded from its session, and a kept one is
// it; a token is known by the service alone, and so is an account that only tokens were seen of.
func (a *attempt) demandedID() string {
	switch c := a.task.connection; {
	case a.request.Purpose == purposeConnection && !a.request.Switch && c.IdentityID != "":
		return c.IdentityID
	case a.task.only && (a.request.Method == methodToken || a.task.account.TenantID == ""):
		return a.task.account.ObjectID
	}
	return ""
}

// isDemanded reports whether nobody but the person whom the request takes can have come as far as the card.
func (a *attempt) isDemanded() bool {
	return a.task.only && (a.task.account.TenantID != "" && a.result != nil || a.kept != nil || a.demandedID() != "")
}

// wrongPerson is the refusal of an identity that is not the one and only person whom the request takes.
func (a *attempt) wrongPerson(got refresh.Identity) error {
	expected := firstOf(a.request.Expect, a.task.account.Address, a.task.connection.IdentityAddress)
	name, address := got.Name, got.Address
	if a.result != nil {
		name, address = firstOf(name, a.result.Account.Name), firstOf(address, a.result.Account.Address)
	}
	came := "You signed in as " + personText(name, address)
	if a.request.Method == methodToken {
		came = "The personal access token belongs to " + personText(name, address)
	}
	message := came + ", but " + personText(a.task.account.Name, expected) + " was expected."
	switch {
	case got.ID == "":
		message = came + ". No organization was asked whether that is " + personText(a.task.account.Name, expected) + ", of whom only a token is known."
	case sameAddress(address, expected):
		message = came + ". The address is that of " + personText(a.task.account.Name, expected) + ", but the account in Azure DevOps is another one."
	}
	return fault.New(fault.WrongPerson, "desktop.checkPerson", message, "Come as the same person, or choose Use another account. Nothing was stored.").
		With("Expected", expected).With("Got", address).With("Organization", a.org.Name).Offering(fault.SignInAgain)
}

// card is the identity card: the person as the organization sees them. keeping is where the sign-in will rest.
// Callers hold the lock.
func (p *Program) card(a *attempt, keeping string) *IdentityView {
	account := accountOf(a, p.Clock())
	v := &IdentityView{
		Name: a.identity.Name, Address: a.identity.Address, Kind: "token", Organization: a.org.Name, Writes: []string{},
		Expected: a.request.Expect, Projects: len(a.projects), Silent: a.kept != nil, AccountKey: account.Key(),
	}
	if a.request.Method == methodNone {
		v.AccountKey = ""
	} else {
		v.Kind, v.Directory, v.Keeping = account.Kind, account.Directory, keeping
		v.Name, v.Address = firstOf(v.Name, account.Name), firstOf(v.Address, account.Address)
	}
	v.Writes = append(v.Writes, a.writes()...)
	if a.request.Method == methodToken {
		v.Expires = stamp(a.task.expires)
		if a.kept != nil {
			v.Expires = stamp(a.kept.Expires)
		}
	}
	v.Matches = a.isExpected(v.Address, account.Address)
	return v
}

// writes names what the sign-in could change in Azure DevOps, whether it is fresh or was kept.
func (a *attempt) writes() []string {
	if a.result != nil {
		return a.result.Writes()
	}
	if kept, is := a.credential.(*signin.TokenSource); is {
		return kept.Writes()
	}
	return nil
}

// isExpected compares who was expected with what the directory vouches for. Only a guest, whose name each directory
// writes in its own way, and a token are known by what Azure DevOps says. Who was demanded by a key that was compared is
// that account, whatever the address is called by now.
func (a *attempt) isExpected(seen, vouched string) bool {
	expect := a.request.Expect
	switch {
	case expect == "" || a.isDemanded() || sameAddress(expect, vouched):
		return true
	case a.result != nil && a.result.Account.Kind != signin.KindGuest:
		return sameAddress(expect, a.result.Claims.UPN)
	}
	return sameAddress(expect, seen)
}

// warnings are what a person should know before accepting. Callers hold the lock.
func (a *attempt) warnings(unseen []string) []fault.Report {
	const op = "desktop.warnings"
	out := []fault.Report{}
	warn := func(f *fault.Error) { out = append(out, fault.ReportOf(f)) }
	who := firstOf(a.identity.Name, a.credential.Account().Name)
	switch {
	case a.org.URL == "":
	case len(a.projects) == 0:
		warn(fault.New(fault.Forbidden, op, who+" sees no project of "+a.org.Name+".",
			"It may be the wrong account: sign in as someone else, or ask an administrator of "+a.org.Name+" for access.").Offering(fault.SignInElse, fault.CopyForAdmin))
	case len(unseen) > 0:
		warn(fault.New(fault.Forbidden, op, who+" does not see "+listed(unseen)+", which the dataset holds.",
			"What was loaded stays readable and is not refreshed any more. Sign in as someone else if that is not what you want.").Offering(fault.SignInElse))
	}
	if writes := a.writes(); len(writes) > 0 {
		warn(fault.New(fault.Invalid, op, "This sign-in may also change things in Azure DevOps: the registration lists "+listed(writes)+".",
			"Sightline never does. Have the registration list the read permissions alone, as the guide shows.").Offering(fault.OpenGuide, fault.CopyForAdmin))
	}
	if a.result != nil {
		if sentence := a.result.ClockWarning(); sentence != "" {
			warn(fault.New(fault.Invalid, op, sentence, ""))
		}
	}
	if a.request.Method == methodToken && signin.Plain(a.org.URL) {
		warn(fault.New(fault.Invalid, op, a.org.Name+" has no encrypted address: whoever is between this computer and it can read the token.",
			"Ask its administrator for an address that begins with https://."))
	}
	return out
}

// unseen are the projects that a dataset holds and that another account, to which its connection is to be moved,
// does not see. A file that cannot be read has nothing to say.
func (p *Program) unseen(ctx context.Context, a *attempt, visible []devops.Project) []string {
	if a.request.Purpose != purposeConnection {
		return nil
	}
	opened, err := p.open(ctx, a.task.datasetID)
	if err != nil {
		return nil
	}
	_, held, err := held(ctx, opened)
	if err != nil {
		return nil
	}
	var out []string
	for _, h := range held {
		if !h.Gone && !slices.ContainsFunc(visible, func(v devops.Project) bool { return strings.EqualFold(v.ID, h.ID) }) {
			out = append(out, h.Name)
		}
	}
	slices.Sort(out)
	return out
}

// listed names things in a sentence, the first of many.
func listed(names []string) string {
	const shown = 4
	if len(names) > shown {
		return strings.Join(names[:shown], ", ") + fmt.Sprintf(" and %d more", len(names)-shown)
	}
	if len(names) > 1 {
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	}
	return strings.Join(names, "")
}

// patternTexts are the patterns as they were typed. Callers hold the lock.
func patternTexts(a *attempt) []string {
	out := make([]string, len(a.patterns))
	for i, p := range a.patterns {
		out[i] = p.String()
	}
	return out
}

// personText names a person in a sentence with the address, because one name can belong to two accounts.
func personText(name, address string) string {
	if name == "" || address == "" {
		return name + address
	}
	return name + " (" + address + ")"
}

func sameAddress(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
