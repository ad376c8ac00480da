//go:build (desktop || bindings) && !linux

package main

// asBody is a text as the body of a notification: these systems read no markup there.
func asBody(text string) string { return text }
