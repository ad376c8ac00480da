package identity

import "net/http"

// discovery answers the OpenID configuration of a tenant. Under organizations and common the issuer is a
// template with the literal {tenantid}, as at Entra.
func (p *Provider) discovery(w http.ResponseWriter, r *http.Request) {
	in, refused := p.dir.resolve(r.PathValue("tenant"))
	if refused != nil {
		p.refuse(w, r, refused)
		return
	}
	root := p.Authority() + "/" + in.segment
	issuer := p.Issuer(in.tenant.ID)
	if in.any() {
		issuer = p.Issuer("{tenantid}")
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"issuer":                                issuer,
		"authorization_endpoint":                root + "/oauth2/v2.0/authorize",
		"token_endpoint":                        root + "/oauth2/v2.0/token",
		"device_authorization_endpoint":         root + "/oauth2/v2.0/devicecode",
		"end_session_endpoint":                  root + "/oauth2/v2.0/logout",
		"jwks_uri":                              root + "/discovery/v2.0/keys",
		"response_types_supported":              []string{"code"},
		"response_modes_supported":              []string{"query", "form_post"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"token_endpoint_auth_methods_supported": []string{"none"},
		"scopes_supported":                      []string{"openid", "profile", "email", "offline_access"},
		"claims_supported": []string{"sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name",
			"tid", "oid", "idp", "ver", "email", "uti"},
		"request_uri_parameter_supported": false,
		"http_logout_supported":           true,
		"frontchannel_logout_supported":   false,
	})
}

// keys answers the public key as a JSON Web Key Set.
func (p *Provider) keys(w http.ResponseWriter, r *http.Request) {
	if _, refused := p.dir.resolve(r.PathValue("tenant")); refused != nil {
		p.refuse(w, r, refused)
		return
	}
	key, err := p.signer.key()
	if err != nil {
		http.Error(w, "No signing key could be made.", http.StatusInternalServerError)
		return
	}
	n, e := key.public()
	writeJSON(w, http.StatusOK, map[string]any{"keys": []map[string]string{{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": key.id, "n": n, "e": e,
	}}})
}
