//go:build bindings

package main

// generatingBindings is true in the build that only writes frontend/wailsjs: it must have no side effect.
const generatingBindings = true
