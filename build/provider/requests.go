package main

import (
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
)

// signInRequest is one visit of the authorization endpoint, as the library wants to read it back.
type signInRequest struct {
	id       string
	asked    *oidc.AuthRequest
	person   person
	done     bool
	authTime time.Time
}

func (r *signInRequest) GetID() string          { return r.id }
func (r *signInRequest) GetACR() string         { return "" }
func (r *signInRequest) GetAMR() []string       { return []string{"pwd"} }
func (r *signInRequest) GetAudience() []string  { return []string{r.asked.ClientID} }
func (r *signInRequest) GetAuthTime() time.Time { return r.authTime }
func (r *signInRequest) GetClientID() string    { return r.asked.ClientID }
func (r *signInRequest) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: r.asked.CodeChallenge, Method: r.asked.CodeChallengeMethod}
}
func (r *signInRequest) GetNonce() string                   { return r.asked.Nonce }
func (r *signInRequest) GetRedirectURI() string             { return r.asked.RedirectURI }
func (r *signInRequest) GetResponseType() oidc.ResponseType { return r.asked.ResponseType }
func (r *signInRequest) GetResponseMode() oidc.ResponseMode { return r.asked.ResponseMode }
func (r *signInRequest) GetScopes() []string                { return r.asked.Scopes }
func (r *signInRequest) GetState() string                   { return r.asked.State }
func (r *signInRequest) GetSubject() string                 { return r.person.ObjectID }
func (r *signInRequest) Done() bool                         { return r.done }

// mustAsk reports whether a signed-in browser does not help: the program wants the person to be asked.
func (r *signInRequest) mustAsk() bool {
	return slices.Contains(r.asked.Prompt, oidc.PromptLogin) || slices.Contains(r.asked.Prompt, oidc.PromptSelectAccount) ||
		(r.asked.MaxAge != nil && *r.asked.MaxAge == 0)
}

// renewal is a refresh token and what it stands for.
type renewal struct {
	subject  string
	scopes   []string
	authTime time.Time
}

func (r *renewal) GetAMR() []string          { return []string{"pwd"} }
func (r *renewal) GetAudience() []string     { return []string{clientID} }
func (r *renewal) GetAuthTime() time.Time    { return r.authTime }
func (r *renewal) GetClientID() string       { return clientID }
func (r *renewal) GetScopes() []string       { return r.scopes }
func (r *renewal) GetSubject() string        { return r.subject }
func (r *renewal) SetCurrentScopes([]string) {}
