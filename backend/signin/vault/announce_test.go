//go:build linux

package vault_test

import (
	"path/filepath"
	"testing"

	"sightline/backend/signin/vault"
)

func TestWhatAProcessHoldsInMemoryIsKnownToOthersWhileItLives(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sign-ins")
	there := newProgram(t, dir, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nobody/listens/here")
	here := open(t, vault.Options{Dir: dir})
	if here.HeldInMemory("a") {
		t.Error("somebody holds what nobody stored")
	}
	there.must("put", "a", canary)
	there.must("put", "b", canary)
	there.must("delete", "b")
	if !here.HeldInMemory("a") || here.HeldInMemory("b") {
		t.Errorf("what the other process holds is %t, what it forgot is %t", here.HeldInMemory("a"), here.HeldInMemory("b"))
	}
	put(t, here, "a", canary)
	there.kill()
	if !here.HeldInMemory("a") {
		t.Error("what is held here is not known here")
	}
	if !open(t, vault.Options{Dir: dir}).HeldInMemory("a") {
		t.Error("of two that held it the other is not seen")
	}
	if err := here.Delete("a"); err != nil {
		t.Fatal(err)
	}
	if open(t, vault.Options{Dir: dir}).HeldInMemory("a") {
		t.Error("both ended, and somebody holds it")
	}
}
