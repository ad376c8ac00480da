package identity

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// issuance says which tokens to make.
type issuance struct {
	person  Person
	account string
	family  string
	nonce   string
	scopes  scopes
}

// idClaims are the claims of an id token, version 2.0.
type idClaims struct {
	Audience  string `json:"aud"`
	Issuer    string `json:"iss"`
	IssuedAt  int64  `json:"iat"`
	NotBefore int64  `json:"nbf"`
	Expires   int64  `json:"exp"`
	Subject   string `json:"sub"`
	TenantID  string `json:"tid"`
	TokenID   string `json:"uti"`
	Version   string `json:"ver"`
	Nonce     string `json:"nonce,omitempty"`
	// IdentityProvider is the issuer of home; Entra sends it for guests only.
	IdentityProvider string `json:"idp,omitempty"`
	// The next three come with the scope profile, the last with email.
	ObjectID string `json:"oid,omitempty"`
	Name     string `json:"name,omitempty"`
	Username string `json:"preferred_username,omitempty"`
	Email    string `json:"email,omitempty"`
}

// accessClaims are the claims of an access token, version 1.0, which is what Azure DevOps takes. A
// program must not look inside.
type accessClaims struct {
	Audience         string   `json:"aud"`
	Issuer           string   `json:"iss"`
	IssuedAt         int64    `json:"iat"`
	NotBefore        int64    `json:"nbf"`
	Expires          int64    `json:"exp"`
	AppID            string   `json:"appid"`
	AppAuth          string   `json:"appidacr"`
	Methods          []string `json:"amr"`
	Scope            string   `json:"scp"`
	ObjectID         string   `json:"oid"`
	TenantID         string   `json:"tid"`
	Subject          string   `json:"sub"`
	Name             string   `json:"name"`
	UPN              string   `json:"upn"`
	UniqueName       string   `json:"unique_name"`
	IdentityProvider string   `json:"idp,omitempty"`
	TokenID          string   `json:"uti"`
	Version          string   `json:"ver"`
	// Account and Ended tie the token to the account behind the person, for revocation.
	Account string `json:"sample_account"`
	Ended   int    `json:"sample_generation"`
}

// issue answers the token endpoint with fresh tokens.
func (p *Provider) issue(w http.ResponseWriter, r *http.Request, i issuance) {
	now := p.clock()
	access, err := p.signer.sign(p.accessClaims(i, now))
	if err != nil {
		http.Error(w, "No token could be signed.", http.StatusInternalServerError)
		return
	}
	out := struct {
		TokenType    string `json:"token_type"`
		Scope        string `json:"scope"`
		ExpiresIn    int    `json:"expires_in"`
		ExtExpiresIn int    `json:"ext_expires_in"`
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token,omitempty"`
		IDToken      string `json:"id_token,omitempty"`
	}{"Bearer", i.scopes.granted(), int(accessTokenLife/time.Second) - 1, int(accessTokenLife/time.Second) - 1, access, "", ""}
	if i.scopes.offline {
		if out.RefreshToken, err = p.sealed.seal(p.refreshGrant(i, now)); err != nil {
			http.Error(w, "No refresh token could be made.", http.StatusInternalServerError)
			return
		}
	}
	if i.scopes.openID {
		if out.IDToken, err = p.signer.sign(p.idClaims(i, now)); err != nil {
			http.Error(w, "No token could be signed.", http.StatusInternalServerError)
			return
		}
	}
	p.issued.add(SecretAccessToken, out.AccessToken, i.person.UPN)
	p.issued.add(SecretRefreshToken, out.RefreshToken, i.person.UPN)
	p.issued.add(SecretIDToken, out.IDToken, i.person.UPN)
	writeJSON(w, http.StatusOK, out)
}

func (p *Provider) idClaims(i issuance, now time.Time) idClaims {
	c := idClaims{
		Audience: p.dir.app.ClientID, Issuer: p.Issuer(i.person.TenantID),
		IssuedAt: now.Unix(), NotBefore: now.Unix(), Expires: now.Add(accessTokenLife).Unix(),
		Subject: pairwise(i.person, p.dir.app.ClientID), TenantID: i.person.TenantID, TokenID: randomText(16),
		Version: "2.0", Nonce: i.nonce, IdentityProvider: p.homeIssuer(i.person, p.Issuer),
	}
	if i.scopes.profile {
		c.ObjectID, c.Name, c.Username = i.person.ObjectID, i.person.Name, i.person.UPN
	}
	if i.scopes.email {
		c.Email = i.person.UPN
	}
	return c
}

func (p *Provider) accessClaims(i issuance, now time.Time) accessClaims {
	return accessClaims{
		Audience: i.scopes.audience(), Issuer: p.oldIssuer(i.person.TenantID),
		IssuedAt: now.Unix(), NotBefore: now.Unix(), Expires: now.Add(accessTokenLife).Unix(),
		AppID: p.dir.app.ClientID, AppAuth: "0", Methods: []string{"pwd"}, Scope: strings.Join(i.scopes.resource, " "),
		ObjectID: i.person.ObjectID, TenantID: i.person.TenantID, Subject: pairwise(i.person, i.scopes.audience()),
		Name: i.person.Name, UPN: i.person.UPN, UniqueName: i.person.UPN,
		IdentityProvider: p.homeIssuer(i.person, p.oldIssuer), TokenID: randomText(16), Version: "1.0",
		Account: i.account, Ended: p.ended.generation(i.account),
	}
}

func (p *Provider) refreshGrant(i issuance, now time.Time) refreshGrant {
	g := refreshGrant{ID: randomText(16), Family: i.family, Account: i.account, TenantID: i.person.TenantID,
		ClientID: p.dir.app.ClientID, Scopes: i.scopes.resource, Issued: now, Ended: p.ended.generation(i.account)}
	for _, word := range []struct {
		name string
		on   bool
	}{{"openid", i.scopes.openID}, {"profile", i.scopes.profile}, {"email", i.scopes.email}} {
		if word.on {
			g.Identity = append(g.Identity, word.name)
		}
	}
	return g
}

// oldIssuer is the issuer of version 1.0 tokens.
func (p *Provider) oldIssuer(tenantID string) string { return p.Authority() + "/" + tenantID + "/" }

// homeIssuer is the idp claim: where a guest comes from, nothing for everybody else.
func (p *Provider) homeIssuer(who Person, issuer func(string) string) string {
	if who.HomeTenantID == "" {
		return ""
	}
	return issuer(who.HomeTenantID)
}

// pairwise is the sub claim: another value for every pair of person and audience.
func pairwise(who Person, audience string) string {
	sum := sha256.Sum256([]byte(who.TenantID + "/" + who.ObjectID + "/" + audience))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
