// Package sampleorg is the sample organization: an invented company with two years of history, served over
// HTTP by the protocol of Azure DevOps, with a sign-in of its own.
//
// It is what a person without an Azure DevOps account explores, and the honest other side of the tests: it
// imports nothing of the product but the vocabulary in devops. Its parts are world (the simulation), rest
// (the protocol) and identity (the sign-in with Entra's manners); this package puts them on one port of
// the loopback interface.
package sampleorg
