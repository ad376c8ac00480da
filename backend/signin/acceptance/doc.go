// Package acceptance holds the tests that a sign-in is judged by, and nothing else: real browsers with real windows,
// a person's own browser beside them, two identity providers that share no line of code, and a real Azure DevOps
// organization in small behind one of them. It sees of signin only what every caller sees.
//
// What needs no browser is tested where it is written: refusals in sentences in azdo and signin, discovery in
// signin, keyrings in vault, the identity card in desktop.
package acceptance
