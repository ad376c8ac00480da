package sqlite

import (
	"context"

	"sightline/backend/workspace"

	zs "zombiezen.com/go/sqlite"
)

const missingSignIn = "This sign-in is not here any more."

const signInColumns = "id, account_key, method, authority, client_id, organization, created, expires, ended, ended_at, renewed"

func readSignIn(row *zs.Stmt) workspace.SignIn {
	return workspace.SignIn{ID: row.ColumnText(0), AccountKey: row.ColumnText(1), Method: row.ColumnText(2), Authority: row.ColumnText(3),
		ClientID: row.ColumnText(4), Organization: row.ColumnText(5), Created: workspaceTime(row, 6), Expires: workspaceTime(row, 7),
		Ended: row.ColumnText(8), EndedAt: workspaceTime(row, 9), Renewed: workspaceTime(row, 10)}
}

// SignIns lists the sign-ins, the oldest first.
func (w *Workspace) SignIns(ctx context.Context) ([]workspace.SignIn, error) {
	return list(ctx, w, "sqlite.SignIns", "SELECT "+signInColumns+" FROM sign_in ORDER BY created, id", readSignIn)
}

// SignIn returns one sign-in.
func (w *Workspace) SignIn(ctx context.Context, id string) (workspace.SignIn, error) {
	return one(ctx, w, "sqlite.SignIn", "SELECT "+signInColumns+" FROM sign_in WHERE id = ?", missingSignIn, readSignIn, id)
}

// PutSignIn adds or replaces a sign-in together with its account; the times at which they were added stay.
func (w *Workspace) PutSignIn(ctx context.Context, a workspace.Account, s workspace.SignIn) error {
	return w.file.update(ctx, "sqlite.PutSignIn", func(c *zs.Conn) error {
		if err := w.putAccount(c, a); err != nil {
			return err
		}
		return w.putSignIn(c, s)
	})
}

func (w *Workspace) putSignIn(c *zs.Conn, s workspace.SignIn) error {
	if s.ID == "" {
		return withoutID("sign-in")
	}
	return run(c, "INSERT INTO sign_in ("+signInColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET account_key = excluded.account_key, method = excluded.method, authority = excluded.authority,
		client_id = excluded.client_id, organization = excluded.organization, expires = excluded.expires, ended = excluded.ended,
		ended_at = excluded.ended_at, renewed = excluded.renewed`,
		s.ID, s.AccountKey, s.Method, s.Authority, s.ClientID, s.Organization, workspaceMillis(w.orNow(s.Created)), workspaceMillis(s.Expires),
		s.Ended, workspaceMillis(s.EndedAt), workspaceMillis(s.Renewed))
}

// ChangeSignIn reads a sign-in, lets change alter it and stores it when change says so, in one transaction.
func (w *Workspace) ChangeSignIn(ctx context.Context, id string, change func(*workspace.SignIn) bool) error {
	return changeStored(ctx, w, "sqlite.ChangeSignIn", "SELECT "+signInColumns+" FROM sign_in WHERE id = ?", missingSignIn, id, readSignIn, change, w.putSignIn)
}

// DeleteSignIn removes a sign-in; its connections are signed out from then on. The caller empties the vault.
func (w *Workspace) DeleteSignIn(ctx context.Context, id string) error {
	const op = "sqlite.DeleteSignIn"
	return w.file.update(ctx, op, func(c *zs.Conn) error {
		if err := changeOne(c, op, missingSignIn, "DELETE FROM sign_in WHERE id = ?", id); err != nil {
			return err
		}
		return run(c, "UPDATE connection SET sign_in_id = '' WHERE sign_in_id = ?", id)
	})
}
