package vault_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"sightline/backend/signin/vault"
)

// A second process of the same person must find what the first one kept: a verb that refreshes is not the
// verb that connected. A sandbox may forbid the kernel's keyring; the vault then falls back, and so does
// this test, saying so.
func TestKernelKeyringKeepsASecretForAnotherProcess(t *testing.T) {
	ring := vault.KernelKeyring()
	if user := os.Getenv("SIGHTLINE_TEST_KERNEL_ITEM"); user != "" {
		got, err := ring.Get("Sightline test", user)
		if err != nil || got != "kept" {
			t.Fatalf("the other process got %q, %v", got, err)
		}
		return
	}
	user := fmt.Sprintf("another-process/%d/%d", os.Getpid(), time.Now().UnixNano()) // the kernel's keyring is one for all of them
	if err := ring.Set("Sightline test", user, "kept"); err != nil {
		t.Logf("this sandbox forbids the kernel's keyring (%v): nothing to prove here", err)
		return
	}
	defer func() {
		if err := ring.Delete("Sightline test", user); err != nil {
			t.Errorf("delete: %v", err)
		}
		if _, err := ring.Get("Sightline test", user); err == nil {
			t.Error("a deleted secret is still there")
		}
	}()
	other := exec.Command(os.Args[0], "-test.run", "^TestKernelKeyringKeepsASecretForAnotherProcess$")
	other.Env = append(os.Environ(), "SIGHTLINE_TEST_KERNEL_ITEM="+user)
	if out, err := other.CombinedOutput(); err != nil {
		t.Fatalf("the other process: %v\n%s", err, out)
	}
}
