package desktop

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// sessionsPage is where a person ends all sign-ins of a work account.
const sessionsPage = "https://mysignins.microsoft.com/security-info"

// signOutPlan says what signing out of an account touches.
func (p *Program) signOutPlan(ctx context.Context, key string) (SignOutPlan, error) {
	l, err := p.ledger(ctx)
	if err != nil {
		return SignOutPlan{}, err
	}
	account, err := p.account(ctx, key)
	if err != nil {
		return SignOutPlan{}, err
	}
	plan := SignOutPlan{Datasets: p.connectionViews(&l, key), Forgets: []string{}}
	for _, v := range p.accountViews(&l) {
		if v.Key == key {
			plan.Account = v
		}
	}
	kept := l.signInsOf(key)
	who := personText(account.Name, account.Address)
	switch {
	case len(kept) == 0:
		plan.Forgets = append(plan.Forgets, "Nothing is kept of a sign-in of "+who+".")
	case len(kept) == 1:
		plan.Forgets = append(plan.Forgets, "The sign-in of "+who+": its encrypted file in the data folder, and its key.")
	default:
		plan.Forgets = append(plan.Forgets, fmt.Sprintf("%d sign-ins of %s: their encrypted files in the data folder, and their keys.", len(kept), who))
	}
	if n := len(plan.Datasets); n > 0 {
		plan.Forgets = append(plan.Forgets, "Refreshes of "+listed(namesOf(plan.Datasets))+" stop, and the schedule leaves "+map[bool]string{true: "it", false: "them"}[n == 1]+" alone until you sign in again.")
	}
	plan.Remains, plan.Page = remains(kept)
	return plan, nil
}

func namesOf(list []AccountConnection) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.Name
	}
	return out
}

// signInsOf are the kept sign-ins of an account, the oldest first.
func (l *ledger) signInsOf(key string) []workspace.SignIn {
	var out []workspace.SignIn
	for _, s := range l.signIns {
		if s.AccountKey == key {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b workspace.SignIn) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// remains says what could not be revoked, and where the person can.
func remains(kept []workspace.SignIn) (sentences []string, page string) {
	sentences = []string{}
	for _, s := range kept {
		switch {
		case s.Method == methodToken:
			address := s.Organization + "/_usersSettings/tokens"
			sentences = append(sentences, "The personal access token itself stays good in Azure DevOps until it ends. Revoke it at "+address+".")
			page = firstOf(page, address)
		case s.Organization == workspace.SampleOrganization:
			sentences = append(sentences, "The sample organization ends with Sightline, and its sign-ins with it.")
		default:
			sentences = append(sentences, "Microsoft offers a program no way to revoke what it was given. What is deleted here is of no use to anybody any more; "+
				"if you believe that somebody copied it, choose Sign out everywhere at "+sessionsPage+".")
			page = firstOf(page, sessionsPage)
		}
	}
	slices.Sort(sentences)
	return slices.Compact(sentences), page
}

// signOut forgets the sign-ins of an account and deletes the datasets that are named.
func (p *Program) signOut(ctx context.Context, key string, deleteDatasets []string) (SignOutReport, error) {
	report := SignOutReport{Deleted: []string{}, Faults: []fault.Report{}}
	if _, err := p.account(ctx, key); err != nil {
		return report, err
	}
	l, err := p.ledger(ctx)
	if err != nil {
		return report, err
	}
	own := p.connectionViews(&l, key)
	ids := make([]string, len(own))
	for i, c := range own {
		ids[i] = c.DatasetID
	}
	for _, id := range deleteDatasets {
		if !slices.Contains(ids, id) {
			return report, fault.New(fault.Invalid, "desktop.signOut", "A dataset that is to be deleted does not come as this account.", "Look at the list again; nothing was done.").With("Dataset", id)
		}
	}
	kept := l.signInsOf(key)
	fail := func(err error) {
		if err != nil {
			report.Faults = append(report.Faults, fault.ReportOf(err))
		}
	}
	for _, s := range kept { // from here on nothing of the schedule begins with them
		fail(p.Workspace.ChangeSignIn(ctx, s.ID, func(s *workspace.SignIn) bool {
			s.Ended, s.EndedAt = signedOutSentence, p.Clock()
			return true
		}))
	}
	if !p.stopLoads(ctx, ids) {
		fail(fault.New(fault.Timeout, "desktop.signOut", "A load that was stopped has not ended yet.", "It has nothing left to sign in with, and ends by itself."))
	}
	for _, s := range kept {
		if err := p.forgetSecret(s.ID); err != nil {
			fail(err) // its line stays, so that signing out can be tried again
			continue
		}
		fail(p.Workspace.DeleteSignIn(ctx, s.ID))
	}
	report.Remains, _ = remains(kept)
	for _, c := range own {
		if !slices.Contains(deleteDatasets, c.DatasetID) {
			continue
		}
		if err := p.deleteNamed(ctx, c.DatasetID); err != nil {
			fail(err)
			continue
		}
		report.Deleted = append(report.Deleted, c.Name)
	}
	p.emit("workspace:changed", nil)
	report.Accounts, err = p.accountsView(ctx)
	return report, err
}

func (p *Program) deleteNamed(ctx context.Context, datasetID string) error {
	d, c, err := p.connected(ctx, datasetID)
	if err != nil {
		return err
	}
	return p.deleteDataset(d, c)
}
