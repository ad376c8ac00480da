package signin

// StateOf returns the state that the answer of a sign-in must carry.
func StateOf(s *Session) string { return s.state }

// PortOf returns the port of a sign-in's loopback address.
func PortOf(s *Session) int { return s.port }

// SecretsOf returns what of a sign-in must never be seen anywhere.
func SecretsOf(s *Session) []string { return []string{s.state, s.nonce, s.verifier} }

// MayReceive is what every sign-in asks before it goes anywhere.
func MayReceive(destination string, addresses ...string) error {
	return mayReceive("test", destination, addresses...)
}

// Scrub is what library texts go through.
func Scrub(text string) string { return scrub(text) }

// RefusalFault is the fault of an answer of the token endpoint.
func RefusalFault(body string, status int, refreshing bool) error {
	r, told := readRefusal([]byte(body), status)
	if !told {
		return nil
	}
	return r.fault("test", situation{Person: "ada@contoso.example", Organization: "contoso", TenantID: "tenant-1", ClientID: "client-1",
		Authority: "https://login.microsoftonline.com/tenant-1", Scopes: []string{"vso.work", "openid"}, Refreshing: refreshing, When: "23 November 2026"})
}

// SentenceNumbers lists every AADSTS number that has a sentence of its own.
func SentenceNumbers() []int {
	var all []int
	for _, s := range sentences {
		all = append(all, s.numbers...)
	}
	return all
}

// AccountOf is the account of the claims of an id token.
func AccountOf(c Claims) Account { return c.account() }

// AnswersTo reports whether the person of an id token goes by the address.
func (c Claims) AnswersTo(address string) bool { return c.answersTo(address) }

// ListenLoopback opens the local address of a sign-in by means of listen.
var ListenLoopback = listenLoopback

// AuthorizeURLOf returns where a sign-in leads the browser.
func AuthorizeURLOf(s *Session) string { return s.authorizeURL }

// AsksForPassword tells whose page an authorization address is.
func AsksForPassword(address string) (host string, known bool) {
	return metadata{Authorization: address}.asksForPassword()
}
