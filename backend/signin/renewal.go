package signin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"

	"golang.org/x/oauth2"

	"sightline/backend/fault"
)

// renew asks the directory for new tokens.
func (t *TokenSource) renew(ctx context.Context, stored record) (record, error) {
	const op = "signin.renew"
	about := situation{
		Person: t.account.Address, Organization: organizationName(t.options.OrganizationURL), OrganizationURL: t.options.OrganizationURL, TenantID: stored.Grant.TenantID,
		ClientID: stored.Grant.ClientID, Refreshing: true, When: t.options.Clock().Format("2 January 2006"),
	}
	if stored.Refresh == "" {
		return record{}, fault.New(fault.NotSignedIn, op, about.fill(signInEnded), about.fill(signInAgain)).Offering(fault.SignInAgain)
	}
	tokenURL, err := t.tokenURL(ctx, stored, about)
	if err != nil {
		return record{}, err
	}
	config := oauth2.Config{ClientID: stored.Grant.ClientID, Scopes: stored.Grant.Scopes,
		Endpoint: oauth2.Endpoint{TokenURL: tokenURL, AuthStyle: oauth2.AuthStyleInParams}}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, t.options.HTTPClient)
	fresh, err := config.TokenSource(ctx, &oauth2.Token{RefreshToken: stored.Refresh}).Token()
	if err != nil {
		return record{}, tokenFault(ctx, op, tokenURL, err, about)
	}
	if raw, _ := fresh.Extra("id_token").(string); raw != "" {
		if err := t.sameHolder(raw); err != nil {
			return record{}, err
		}
	}
	stored.Access, stored.Expires = fresh.AccessToken, expiry(t.options.Clock(), fresh)
	if given := granted(fresh); given != nil { // the registration may list more than when the person signed in
		now := *stored.Grant
		now.Granted, stored.Grant = given, &now
	}
	if fresh.RefreshToken != "" { // none in the answer: the old one stays good
		stored.Refresh = fresh.RefreshToken
	}
	return stored, nil
}

// tokenURL is that of the sign-in, or of the authority that replaces it.
func (t *TokenSource) tokenURL(ctx context.Context, stored record, about situation) (string, error) {
	if t.options.Authority == "" {
		return stored.Grant.TokenURL, nil
	}
	authority, err := authorityFor(t.options.Authority, stored.Grant.TenantID)
	if err != nil {
		return "", err
	}
	m, err := readMetadata(ctx, t.options.HTTPClient, authority, about)
	return m.Token, err
}

// sameHolder checks that an id token that came with a renewal names the person of the sign-in. It came straight from
// the directory's token endpoint, which is proof enough here: it decides nothing but to go on.
func (t *TokenSource) sameHolder(raw string) error {
	var claims struct {
		TenantID string `json:"tid"`
		ObjectID string `json:"oid"`
		Username string `json:"preferred_username"`
	}
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return nil
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(payload, &claims) != nil || claims.TenantID == "" || claims.ObjectID == "" {
		return nil // it was not asked for, and not every directory writes it
	}
	if t.account.Key().equal(AccountKey{TenantID: claims.TenantID, ObjectID: claims.ObjectID}) {
		return nil
	}
	return fault.New(fault.IdentityChanged, "signin.sameHolder",
		"The directory renewed the sign-in of "+t.account.String()+" for "+Account{Address: claims.Username}.String()+". Nothing was stored or read.",
		"Sign in again as "+t.account.String()+"; your data stays.").
		With("Expected", t.account.Address).With("Got", claims.Username).Offering(fault.SignInAgain, fault.CopyForAdmin)
}
