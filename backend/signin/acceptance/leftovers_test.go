//go:build linux

package acceptance_test

const namespaced = "ACCEPTANCE_NAMESPACED"

func victim() bool { return false }
