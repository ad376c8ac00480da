package cli

import (
	"os/exec"
	"path/filepath"
	"runtime"

	"sightline/backend/fault"
)

// Reveal shows a file in the file manager of this computer. Fault NotFound when none could be started.
func Reveal(path string) error {
	manager := map[string][]string{
		"darwin":  {"open", "-R", path},
		"windows": {"explorer", "/select," + path},
	}[runtime.GOOS]
	if manager == nil {
		manager = []string{"xdg-open", filepath.Dir(path)}
	}
	c := exec.Command(manager[0], manager[1:]...)
	if err := c.Start(); err != nil {
		return fault.New(fault.NotFound, "cli.Reveal", "No file manager could be started on this computer.", "Open the folder yourself.").
			With("File", path).Because(err)
	}
	go func() { _ = c.Wait() }() // it ends by itself; its status says nothing about what it shows
	return nil
}
