//go:build desktop && !bindings

package main

const generatingBindings = false
