package main

import (
	"net/url"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// program is the one registered: a native one without a secret, answered at http://localhost on any port.
type program struct{ tenantID string }

func (program) GetID() string                       { return clientID }
func (program) RedirectURIs() []string              { return []string{"http://localhost"} }
func (program) PostLogoutRedirectURIs() []string    { return nil }
func (program) ApplicationType() op.ApplicationType { return op.ApplicationTypeNative }
func (program) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodNone }
func (program) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}
func (program) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken}
}
func (p program) LoginURL(id string) string {
	return "/" + p.tenantID + "/sign-in?request=" + url.QueryEscape(id)
}
func (program) AccessTokenType() op.AccessTokenType { return op.AccessTokenTypeBearer }
func (program) IDTokenLifetime() time.Duration      { return time.Hour }
func (program) DevMode() bool                       { return false }
func (program) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}
func (program) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}
func (program) IsScopeAllowed(scope string) bool {
	return strings.HasPrefix(scope, "499b84ac-1321-427f-aa17-267ca6975798/") // those of Azure DevOps
}
func (program) IDTokenUserinfoClaimsAssertion() bool { return true }
func (program) ClockSkew() time.Duration             { return 0 }
