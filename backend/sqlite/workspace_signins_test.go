package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

func TestASignInIsKeptWithItsAccountAndEndsByItself(t *testing.T) {
	path := filepath.Join(t.TempDir(), "workspace.db")
	w := openWorkspace(t, path)
	must(t, w.PutSignIn(ctx, anAccount, aSignIn))
	other := aSignIn
	other.ID, other.Created, other.Expires = "s2", time.Time{}, noon.Add(24*time.Hour)
	must(t, w.PutSignIn(ctx, anAccount, other))
	must(t, w.ChangeSignIn(ctx, "s1", func(s *workspace.SignIn) bool {
		s.Ended, s.EndedAt, s.Renewed = "It ended.", noon, noon.Add(-time.Minute)
		return true
	}))
	must(t, w.Close())

	w = openWorkspace(t, path)
	ended := aSignIn
	ended.Ended, ended.EndedAt, ended.Renewed = "It ended.", noon, noon.Add(-time.Minute)
	other.Created = noon // it was left out, so the clock says it
	got(t, []workspace.SignIn{ended, other})(w.SignIns(ctx))
	got(t, ended)(w.SignIn(ctx, "s1"))
	got(t, []workspace.Account{anAccount})(w.Accounts(ctx))
	wantFault(t, w.PutSignIn(ctx, anAccount, workspace.SignIn{}), fault.Invalid)
	wantFault(t, w.ChangeSignIn(ctx, "x", nil), fault.NotFound)
	wantFault(t, w.DeleteSignIn(ctx, "x"), fault.NotFound)
	_, err := w.SignIn(ctx, "x")
	wantFault(t, err, fault.NotFound)
}

func TestSigningOutLeavesTheAccountAndItsConnections(t *testing.T) {
	w := newWorkspace(t)
	must(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, aDataset, nil))
	must(t, w.DeleteSignIn(ctx, "s1"))
	signedOut := aConnection
	signedOut.SignInID = ""
	got(t, []workspace.Connection{signedOut})(w.Connections(ctx))
	got(t, []workspace.Account{anAccount})(w.Accounts(ctx))
	wantFault(t, w.DeleteAccount(ctx, anAccount.Key()), fault.Conflict)
	must(t, w.DeleteDataset(ctx, "d1"))
	must(t, w.DeleteAccount(ctx, anAccount.Key()))
}

func TestATokenGoesWithTheLastDatasetItOpensAndAnAccountStaysSignedIn(t *testing.T) {
	w := newWorkspace(t)
	token, forToken, second := aSignIn, aConnection, aDataset
	token.ID, token.Method = "pat", "token"
	forToken.ID, forToken.SignInID, forToken.Method = "c2", "pat", "token"
	second.ID, second.ConnectionID = "d2", "c2"
	must(t, w.CreateTrio(ctx, anAccount, aSignIn, aConnection, aDataset, nil))
	must(t, w.CreateTrio(ctx, anAccount, token, forToken, second, nil))
	must(t, w.DeleteDataset(ctx, "d1"))
	got(t, []workspace.SignIn{token, aSignIn})(w.SignIns(ctx))
	must(t, w.DeleteDataset(ctx, "d2"))
	got(t, []workspace.SignIn{aSignIn})(w.SignIns(ctx))
}
