// Package signin knows who a person is: accounts, sign-ins by browser, personal access tokens, and the tokens that
// a refresh uses later.
//
// It exists so that nobody is ever signed in as the wrong person. Each sign-in is a Session of its own, with its
// own loopback address, state, nonce, PKCE verifier and, where a browser can be opened, a throw-away browser
// profile whose isolation is verified before the directory's page loads. The id token is verified against the
// organization's own directory. The outcome stays in memory until Result.Keep, which the caller calls only after the
// person accepted the identity card. Afterwards OpenCredential gives what package azdo puts on its requests.
//
// Where no such browser can be opened, or the person wants it otherwise, there are other ways, which Ways lists: on those
// no isolation is claimed, and the identity card carries the proof. CheckRegistration tells whether a client id can work
// before anybody signs in. Every fault says by its actions what can be offered against it.
//
// The order of calls: Discover the directory, Start a Session, show its State, Wait for the Result, ask Azure DevOps
// with Result.Credential who that is, let the person accept, Keep, Close.
package signin
