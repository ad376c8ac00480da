package desktop

import (
	"context"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin"
	"sightline/backend/workspace"
)

// signedOutSentence is the end of a sign-in whose secret could not be forgotten yet.
const signedOutSentence = "You signed out."

// refused reports whether the service refuses a connection whose sign-in may be good elsewhere. It counts until the
// person signs in again.
func refused(c *workspace.Connection, s *workspace.SignIn) bool {
	return c.Ended != "" && !s.Renewed.After(c.EndedAt)
}

// noteEnded keeps what a failure says of the sign-in of a connection, and reports whether that is news. Only the
// directory and the vault end a sign-in; a service that refuses it, or takes it for another person, ends this connection
// alone. Nothing of the schedule uses it from then on. One that is merely locked waits for its key, and what began
// before the person signed in again says nothing of the sign-in they made.
func (p *Program) noteEnded(ctx context.Context, c *workspace.Connection, began time.Time, err error) bool {
	switch {
	case c.SignInID == "":
		return false
	case signin.Ended(err):
		return p.endSignIn(ctx, c.SignInID, began, fault.ReportOf(err).Message)
	case fault.Is(err, fault.NotSignedIn) && !signin.Locked(err), fault.Is(err, fault.IdentityChanged):
		return p.endConnection(ctx, c, began, fault.ReportOf(err).Message)
	}
	return false
}

// endSignIn ends a sign-in for all its connections, unless it was renewed after began.
func (p *Program) endSignIn(ctx context.Context, id string, began time.Time, why string) (news bool) {
	err := p.Workspace.ChangeSignIn(ctx, id, func(s *workspace.SignIn) bool {
		if news = s.Ended == "" && !s.Renewed.After(began); news {
			s.Ended, s.EndedAt = why, p.Clock()
		}
		return news
	})
	return p.told("the end of a sign-in could not be kept", news, err)
}

// endConnection ends one connection, unless it has another sign-in by now, or one that was renewed after began.
func (p *Program) endConnection(ctx context.Context, used *workspace.Connection, began time.Time, why string) (news bool) {
	s, err := p.Workspace.SignIn(ctx, used.SignInID)
	if err == nil && !s.Renewed.After(began) {
		err = p.Workspace.ChangeConnection(ctx, used.ID, func(c *workspace.Connection) bool {
			if c.SignInID != used.SignInID {
				return false
			}
			news = !refused(c, &s)
			c.Ended, c.EndedAt = why, p.Clock()
			return true
		})
	}
	return p.told("the refusal of a connection could not be kept", news, err)
}

// told tells the interface of news that were stored; what is gone meanwhile has none.
func (p *Program) told(failure string, news bool, err error) bool {
	if err != nil && !fault.Is(err, fault.NotFound) {
		p.Log.Warn(failure, "err", err)
	}
	if news = news && err == nil; news {
		p.emit("workspace:changed", nil)
	}
	return news
}

// noteGood takes the end of a connection and of its sign-in back that proved to be good after all. A sign-out stays one.
func (p *Program) noteGood(ctx context.Context, c *workspace.Connection) {
	if c.SignInID == "" {
		return
	}
	err := p.Workspace.ChangeSignIn(ctx, c.SignInID, func(s *workspace.SignIn) bool {
		if s.Ended == "" || s.Ended == signedOutSentence {
			return false
		}
		s.Ended, s.EndedAt = "", time.Time{}
		return true
	})
	p.told("the state of a sign-in could not be kept", false, err)
	err = p.Workspace.ChangeConnection(ctx, c.ID, func(c *workspace.Connection) bool {
		ended := c.Ended != ""
		c.Ended, c.EndedAt = "", time.Time{}
		return ended
	})
	p.told("the state of a connection could not be kept", false, err)
}
