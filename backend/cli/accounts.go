package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/signin"
)

func accountsCommand(v *verbs) *cobra.Command {
	c := &cobra.Command{
		Use: "accounts", Short: "List the accounts, and say who is signed in", Args: noArguments,
		Long: "Lists the accounts with the datasets that come as each, and says where the keys of their sign-ins rest.\nAn account is named by its key or by its address.",
		RunE: func(c *cobra.Command, _ []string) error {
			return v.withAccounts(c.Context(), "", func(a *desktop.Accounts, _ string) (any, error) { return a.List() })
		},
	}
	c.AddCommand(accountsUseCommand(v), accountsRemoveCommand(v), signOutCommand(v))
	return c
}

func accountsUseCommand(v *verbs) *cobra.Command {
	return &cobra.Command{
		Use: "use ACCOUNT", Short: "Offer an account first for new connections", Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			return v.withAccounts(c.Context(), args[0], func(a *desktop.Accounts, key string) (any, error) { return a.Use(key) })
		},
	}
}

func accountsRemoveCommand(v *verbs) *cobra.Command {
	return &cobra.Command{
		Use: "remove ACCOUNT", Short: "Forget an account that is signed out and that no dataset uses", Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			return v.withAccounts(c.Context(), args[0], func(a *desktop.Accounts, key string) (any, error) { return a.Remove(key) })
		},
	}
}

func signOutCommand(v *verbs) *cobra.Command {
	var deleteData bool
	c := &cobra.Command{
		Use: "sign-out ACCOUNT", Short: "Forget the sign-ins of an account; its data stays readable", Args: exactly(1),
		Long: "Forgets the tokens of an account on this computer and says what could not be revoked. With --delete-data the datasets\nthat come as this account are deleted too.",
		RunE: func(c *cobra.Command, args []string) error {
			var failed []fault.Report
			err := v.withAccounts(c.Context(), args[0], func(a *desktop.Accounts, key string) (any, error) {
				var ids []string
				if deleteData {
					plan, err := a.SignOutPlan(key)
					if err != nil {
						return nil, err
					}
					for _, d := range plan.Datasets {
						ids = append(ids, d.DatasetID)
					}
				}
				report, err := a.SignOut(key, ids)
				failed = report.Faults
				return report, err
			})
			if err == nil && len(failed) > 0 {
				err = fault.New(failed[0].Code, "cli.signOut", failed[0].Message, failed[0].Hint)
			}
			return err
		},
	}
	c.Flags().BoolVar(&deleteData, "delete-data", false, "delete the datasets that come as this account")
	return c
}

// withAccounts does something about an account that is named by its key or its address, and prints what came of it.
func (v *verbs) withAccounts(ctx context.Context, named string, do func(a *desktop.Accounts, key string) (any, error)) error {
	p, done, err := v.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	key := ""
	if named != "" {
		account, err := p.FindAccount(ctx, named)
		if err != nil {
			return err
		}
		key = account.Key()
	}
	answer, err := do(p.Services().Accounts, key)
	if err != nil {
		return err
	}
	return v.print(answer)
}

func signInCommand(v *verbs) *cobra.Command {
	r := desktop.ConnectRequest{Purpose: "connection"}
	var way ways
	c := &cobra.Command{
		Use: "sign-in DATASET", Short: "Sign in again for a dataset, or move it to another account, and refresh it", Args: exactly(1),
		Long: "Signs the person in again as whom a dataset comes; anybody else is refused. With --switch the dataset moves to whoever signs\n" +
			"in, or with --account to an account that is signed in here already. Then it is refreshed.",
		RunE: func(c *cobra.Command, args []string) error {
			token, err := v.chosen(c.Context(), &r, way)
			if err != nil {
				return err
			}
			return v.signIn(c.Context(), args[0], r, token)
		},
	}
	way.flags(c)
	v.passphraseFlag(c)
	c.Flags().BoolVar(&r.Switch, "switch", false, "take another account")
	c.Flags().StringVar(&r.ClientID, "client-id", "", "client id of the app registration (default: that of the connection)")
	c.Flags().StringVar(&r.Expect, "expect", "", "with --switch: refuse anybody but this address")
	return c
}

func (v *verbs) signIn(ctx context.Context, dataset string, r desktop.ConnectRequest, token signin.Secret) error {
	p, done, err := v.openUnlocked(ctx)
	if err != nil {
		return err
	}
	defer done()
	d, err := p.FindDataset(ctx, dataset)
	if err != nil {
		return err
	}
	r.DatasetID = d.ID
	if err := v.nameAccount(ctx, p, &r); err != nil {
		return err
	}
	if _, err := p.Connect(ctx, r, "", token, v.tellAttempt); err != nil {
		return err
	}
	if _, err := p.Refresh(ctx, d.ID, v.tellProgress); err != nil {
		return err
	}
	view, err := p.Services().Datasets.Dataset(d.ID)
	if err != nil {
		return err
	}
	return v.print(view)
}

// ways say how a person signs in at the command line.
type ways struct {
	tokenStdin bool
	account    string
	rung       string
	expires    string
	plain      bool
}

func (w *ways) flags(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&w.tokenStdin, "token-stdin", false, "read a personal access token from standard input")
	f.StringVar(&w.expires, "token-expires", "", "day on which the personal access token ends, like 2027-01-31")
	f.BoolVar(&w.plain, "allow-plain-http", false, "send the token to an address that is not encrypted: whoever is between can read it")
	f.StringVar(&w.account, "account", "", "use the kept sign-in of this account: its key or its address")
	f.StringVar(&w.rung, "way", "", "how to sign in: system (your own browser), copy-link or device-code (default: a separate window)")
}

// rungs are the ways as the command line names them.
var rungs = map[string]string{"": "", "isolated": "isolated", "system": "system", "copy-link": "copyLink", "device-code": "deviceCode", "ephemeral": "ephemeral"}

// chosen fills a request with the way to sign in, and reads the token if that is it.
func (v *verbs) chosen(ctx context.Context, r *desktop.ConnectRequest, w ways) (signin.Secret, error) {
	rung, known := rungs[w.rung]
	switch {
	case !known:
		return signin.Secret{}, fmt.Errorf("%w: there is no way to sign in called %q", errUse, w.rung)
	case w.tokenStdin && (w.account != "" || w.rung != ""):
		return signin.Secret{}, fmt.Errorf("%w: --token-stdin stands without --account and --way", errUse)
	case (w.expires != "" || w.plain) && !w.tokenStdin:
		return signin.Secret{}, fmt.Errorf("%w: --token-expires and --allow-plain-http go with --token-stdin", errUse)
	}
	r.Account, r.Rung, r.TokenExpires, r.AllowPlain = w.account, rung, w.expires, w.plain
	switch {
	case w.tokenStdin:
		r.Method = "token"
		if err := v.readPassphrase(ctx); err != nil { // which comes before it
			return signin.Secret{}, err
		}
		return v.readToken(ctx)
	case w.account == "" && r.Purpose == "":
		r.Method = "oauth"
	}
	return signin.Secret{}, nil
}

// nameAccount puts the key of the account in place of what was typed.
func (v *verbs) nameAccount(ctx context.Context, p *desktop.Program, r *desktop.ConnectRequest) error {
	if r.Account == "" {
		return nil
	}
	account, err := p.FindAccount(ctx, r.Account)
	r.Account = account.Key()
	return err
}
