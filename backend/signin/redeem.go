package signin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"sightline/backend/fault"
)

// clockTolerance is how far the clocks may differ before it is worth a word.
const clockTolerance = 5 * time.Minute

// redeem exchanges the code for tokens and proves who signed in.
func (s *Session) redeem(ctx context.Context, a answer) (*Result, error) {
	const op = "signin.redeem"
	if a.refused != nil {
		return nil, a.refused.fault(op, s.about)
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, s.client)
	token, err := s.config.Exchange(ctx, a.code.Reveal(), oauth2.VerifierOption(s.verifier))
	if err != nil {
		return nil, tokenFault(ctx, op, s.metadata.Token, err, s.about)
	}
	return s.prove(ctx, token)
}

// prove verifies who the tokens are of and makes the result of the sign-in.
func (s *Session) prove(ctx context.Context, token *oauth2.Token) (*Result, error) {
	const op = "signin.prove"
	raw, _ := token.Extra("id_token").(string)
	if raw == "" {
		return nil, fault.New(fault.BadAnswer, op, "The directory gave no proof of who signed in.",
			"Check in the registration that the permissions openid and profile are allowed.").Offering(fault.OpenGuide, fault.Retry)
	}
	claims, off, err := s.verify(ctx, raw)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	account := claims.account()
	if want := s.options.ExpectAccount; want != nil && !want.equal(account.Key()) {
		return nil, fault.New(fault.WrongPerson, op, "You signed in as "+account.String()+", who is not the person this connection belongs to.",
			"Sign in again as the same person, or choose Use another account on the dataset's screen. Nothing was stored.").
			With("Expected", s.options.person()).With("Got", account.Address).With("Organization", s.about.Organization).
			Offering(fault.SignInElse)
	}
	return &Result{
		Account: account, Claims: claims, ClockOff: off, Granted: granted(token),
		Tokens:  Tokens{Access: NewSecret(token.AccessToken), Refresh: NewSecret(token.RefreshToken), Expires: expiry(s.options.Clock(), token)},
		Expect:  s.options.Expect,
		Matches: s.options.Expect == "" || claims.answersTo(s.options.Expect),
		grant:   grant{TokenURL: s.metadata.Token, ClientID: s.options.ClientID, TenantID: s.metadata.tenantID, Scopes: s.options.Scopes, Granted: granted(token)},
	}, nil
}

// verify checks signature, issuer, audience, life and nonce of the id token, and that it is of the tenant asked.
func (s *Session) verify(ctx context.Context, raw string) (Claims, time.Duration, error) {
	const op = "signin.verify"
	provider := (&oidc.ProviderConfig{
		IssuerURL: s.metadata.Issuer, AuthURL: s.metadata.Authorization, TokenURL: s.metadata.Token, JWKSURL: s.metadata.Keys,
	}).NewProvider(oidc.ClientContext(ctx, s.client))
	verifier := provider.Verifier(&oidc.Config{ClientID: s.options.ClientID, Now: s.options.Clock,
		SupportedSigningAlgs: []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.ES256, oidc.ES384}})
	unproved := func(reason string, cause error) (Claims, time.Duration, error) {
		if cause != nil {
			cause = errors.New(scrub(cause.Error()))
		}
		return Claims{}, 0, fault.New(fault.BadAnswer, op, "The directory's proof of who signed in is not valid: "+reason+".",
			"Nothing was stored. Sign in again; if it comes back, tell your administrator.").
			Offering(fault.Retry, fault.CopyForAdmin).Because(cause)
	}
	token, err := verifier.Verify(ctx, raw)
	var expired *oidc.TokenExpiredError
	switch {
	case errors.As(err, &expired), err != nil && strings.Contains(err.Error(), "before the nbf"):
		return Claims{}, 0, fault.New(fault.BadAnswer, op, "This computer's clock and the directory's differ too much to prove who signed in.",
			"Set this computer's clock, then sign in again; nothing was stored.").With("This computer's time", s.options.Clock().Format(time.RFC3339)).
			Offering(fault.Retry)
	case err != nil && ctx.Err() != nil:
		return Claims{}, 0, fault.Wrap(op, ctx.Err())
	case err != nil:
		return unproved("its signature, issuer or audience is wrong", err)
	case !same(token.Nonce, s.nonce):
		return unproved("it belongs to another sign-in", nil)
	}
	var wire struct {
		TenantID          string `json:"tid"`
		ObjectID          string `json:"oid"`
		Name              string `json:"name"`
		PreferredUsername string `json:"preferred_username"`
		UPN               string `json:"upn"`
		Email             string `json:"email"`
		IdentityProvider  string `json:"idp"`
		AuthTime          int64  `json:"auth_time"`
	}
	if err := token.Claims(&wire); err != nil {
		return unproved("it cannot be read", err)
	}
	if !strings.EqualFold(wire.TenantID, s.metadata.tenantID) || !guid.MatchString(wire.ObjectID) {
		return unproved("it is of another directory, or names nobody", nil)
	}
	c := Claims{
		Issuer: token.Issuer, Subject: token.Subject, TenantID: strings.ToLower(wire.TenantID), ObjectID: strings.ToLower(wire.ObjectID),
		Name: wire.Name, PreferredUsername: wire.PreferredUsername, UPN: wire.UPN, Email: wire.Email,
		IdentityProvider: wire.IdentityProvider, IssuedAt: token.IssuedAt,
	}
	if wire.AuthTime > 0 {
		c.AuthTime = time.Unix(wire.AuthTime, 0)
	}
	off := s.options.Clock().Sub(token.IssuedAt)
	if off.Abs() <= clockTolerance {
		off = 0
	}
	return c, off, nil
}

func (k AccountKey) equal(other AccountKey) bool {
	return strings.EqualFold(k.TenantID, other.TenantID) && strings.EqualFold(k.ObjectID, other.ObjectID)
}

// expiry is when the access token ends by our clock. The directory says for how long it lives, not until when.
func expiry(now time.Time, token *oauth2.Token) time.Time {
	if token.ExpiresIn > 0 {
		return now.Add(time.Duration(token.ExpiresIn) * time.Second)
	}
	return now.Add(time.Hour) // what Azure DevOps gives
}

// tokenFault makes a fault of an error of x/oauth2, whose own text can hold description and body of the answer.
func tokenFault(ctx context.Context, op, tokenURL string, err error, about situation) error {
	host := tokenURL
	if u, parseErr := url.Parse(tokenURL); parseErr == nil {
		host = u.Host
	}
	var answered *oauth2.RetrieveError
	if errors.As(err, &answered) {
		status := 0
		if answered.Response != nil {
			status = answered.Response.StatusCode
		}
		if r, told := readRefusal(answered.Body, status); told {
			return r.fault(op, about)
		}
		switch {
		case status == http.StatusTooManyRequests:
			return fault.New(fault.Throttled, op, host+" asks to slow down.", "Wait a minute, then try again.").Offering(fault.Retry)
		case status >= 500:
			return fault.New(fault.Offline, op, "Microsoft's sign-in is not working just now.", "Try again in a few minutes.").With("HTTP status", answered.Response.Status).
				Offering(fault.Retry)
		}
		return fault.New(fault.BadAnswer, op, host+" did not answer as a directory does.", "A proxy may stand in the way; try again from another network.").
			With("HTTP status", http.StatusText(status)).Offering(fault.Retry)
	}
	var transport *url.Error
	if errors.As(err, &transport) || ctx.Err() != nil {
		return unreachable(ctx, op, host, err)
	}
	return fault.New(fault.BadAnswer, op, host+" gave an answer that holds no usable token.", "Try again; a proxy may stand in the way.").
		Offering(fault.Retry).Because(errors.New(scrub(err.Error())))
}
