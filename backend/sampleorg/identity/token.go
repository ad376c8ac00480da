package identity

import (
	"net/http"
	"strings"
)

const deviceGrantType = "urn:ietf:params:oauth:grant-type:device_code"

// token is the token endpoint: codes, refresh tokens and device codes.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	in, refused := p.dir.resolve(r.PathValue("tenant"))
	if refused == nil {
		refused = p.clientOf(r, in)
	}
	if refused != nil {
		p.refuseToken(w, r, in, "", refused)
		return
	}
	switch grantType := r.PostForm.Get("grant_type"); grantType {
	case "authorization_code":
		p.redeemCode(w, r, in)
	case "refresh_token":
		p.redeemRefresh(w, r, in)
	case deviceGrantType:
		p.redeemDevice(w, r, in)
	case "":
		p.refuseToken(w, r, in, "", parameterMissing("grant_type"))
	default:
		p.refuseToken(w, r, in, "", &refusal{Code: 70003, OAuth: "unsupported_grant_type",
			Text: "The app requested an unsupported grant type '" + grantType + "'."})
	}
}

// clientOf checks which program asks. The sample registers a public client, so a secret is refused; and
// the id is expected in the body, not in a Basic header.
func (p *Provider) clientOf(r *http.Request, in audience) *refusal {
	if err := r.ParseForm(); err != nil {
		return &refusal{Code: 90004, OAuth: "invalid_request", Text: "The request is not properly formatted."}
	}
	for name, values := range r.PostForm {
		if len(values) > 1 {
			return parameterTwice(name)
		}
	}
	if r.Header.Get("Authorization") != "" || r.PostForm.Get("client_secret") != "" || r.PostForm.Get("client_assertion") != "" {
		return secretFromPublicClient
	}
	switch id := r.PostForm.Get("client_id"); {
	case id == "":
		return parameterMissing("client_id")
	case !strings.EqualFold(id, p.dir.app.ClientID):
		return clientUnknown(id, in)
	}
	return nil
}

func (p *Provider) redeemCode(w http.ResponseWriter, r *http.Request, in audience) {
	for _, name := range []string{"code", "redirect_uri", "code_verifier"} {
		if r.PostForm.Get(name) == "" {
			p.refuseToken(w, r, in, "", parameterMissing(name))
			return
		}
	}
	g, reused, refused := p.codes.spend(r.PostForm.Get("code"))
	if reused && p.strictly() {
		p.ended.endFamily(g.family)
	}
	switch {
	case refused != nil:
	case g.request.in.segment != in.segment:
		refused = grantInvalid(700005, "Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for.")
	case g.request.redirectURI != r.PostForm.Get("redirect_uri"):
		refused = grantInvalid(500112, "The redirect URI in the request does not match the one the authorization code was requested with.")
	case !g.proves(r.PostForm.Get("code_verifier")):
		refused = grantInvalid(501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request.")
	}
	p.issued.add(SecretVerifier, r.PostForm.Get("code_verifier"), g.person.UPN)
	if refused == nil {
		refused = p.failed(atToken, in)
	}
	if refused != nil {
		p.refuseToken(w, r, in, g.person.UPN, refused)
		return
	}
	p.log.add(EventToken, g.person.UPN, in.segment, 0, 0)
	p.issue(w, r, issuance{person: g.person, account: g.account, family: g.family, nonce: g.request.nonce, scopes: g.request.scopes})
}

// redeemRefresh gives new tokens for a refresh token. The answer always holds a new refresh token; the
// old one stays good unless the Provider is strict. Redeemed at another tenant it gives tokens for the
// same account there, as long as that tenant knows the account and the program was consented to.
func (p *Provider) redeemRefresh(w http.ResponseWriter, r *http.Request, in audience) {
	presented := r.PostForm.Get("refresh_token")
	if presented == "" {
		p.refuseToken(w, r, in, "", parameterMissing("refresh_token"))
		return
	}
	g, ok := p.sealed.open(presented)
	account, known := p.dir.byKey(g.Account)
	if !ok || !known || g.ClientID != p.dir.app.ClientID {
		p.refuseToken(w, r, in, "", grantInvalid(9002313, "Invalid request. Request is malformed or invalid."))
		return
	}
	if refused := p.failed(atRefresh, in); refused != nil {
		p.refuseToken(w, r, in, account.UPN, refused)
		return
	}
	asked := g.scopes()
	who, refused := p.refreshAllowed(g, account, in, r.PostForm.Get("scope"), &asked)
	if refused != nil {
		p.refuseToken(w, r, in, account.UPN, refused)
		return
	}
	p.log.add(EventRefresh, account.UPN, in.segment, 0, 0)
	p.issue(w, r, issuance{person: who, account: g.Account, family: g.Family, scopes: asked})
}

// refreshAllowed checks everything that can speak against a refresh and says who the tokens are for.
func (p *Provider) refreshAllowed(g refreshGrant, account Account, in audience, scope string, asked *scopes) (Person, *refusal) {
	now := p.clock()
	switch {
	case p.ended.generation(g.Account) > g.Ended:
		return Person{}, grantInvalid(50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.")
	case now.Sub(g.Issued) > refreshTokenIdle:
		return Person{}, &refusal{Code: 700082, OAuth: "invalid_grant", Sub: "bad_token",
			Text: "The refresh token has expired due to inactivity. The token was issued on " + g.Issued.UTC().Format("2006-01-02T15:04:05.0000000Z") + " and was inactive for 90.00:00:00."}
	case p.ended.family(g.Family):
		return Person{}, grantInvalid(70000, "Provided grant is invalid: the refresh tokens of this sign-in were revoked.")
	}
	if in.any() {
		segment, refused := p.dir.resolve(g.TenantID)
		if refused != nil {
			return Person{}, refused
		}
		in = segment
	}
	who, refused := p.dir.identityIn(account, in, true)
	if refused != nil {
		// For a program at the token endpoint every "no" about a person is an invalid grant.
		changed := *refused
		changed.OAuth = "invalid_grant"
		return Person{}, &changed
	}
	if scope != "" {
		wanted, refused := readScopes(scope, p.dir.app)
		if refused != nil {
			return Person{}, refused
		}
		// Leaving openid or offline_access out of a refresh changes nothing, as at Entra.
		wanted.openID, wanted.profile, wanted.email, wanted.offline = asked.openID, asked.profile, asked.email, true
		if len(wanted.resource) == 0 {
			wanted.resource = asked.resource
		}
		*asked = wanted
	}
	if (in.tenant.ID != g.TenantID || !asked.within(g.scopes())) && !p.consents.covers(who, g.ClientID, *asked) {
		return Person{}, consentMissing(p.dir.app)
	}
	if p.strictly() && !p.ended.end(g.ID) {
		p.ended.endFamily(g.Family)
		return Person{}, grantInvalid(70000, "Provided grant is invalid: the refresh token was already used.")
	}
	return who, nil
}

// refuseToken answers an error of the token or device code endpoint and notes it.
func (p *Provider) refuseToken(w http.ResponseWriter, r *http.Request, in audience, upn string, why *refusal) {
	p.log.add(EventRefused, upn, in.segment, 0, why.Code)
	p.refuse(w, r, why)
}
