//go:build unix && !linux

package browser

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// processesNaming returns the processes whose command line holds the path, ourselves never. Not run on a Mac yet.
func processesNaming(path string) []int {
	out, err := exec.Command("ps", "-axww", "-o", "pid=,command=").Output()
	if err != nil {
		return nil
	}
	var found []int
	for _, line := range strings.Split(string(out), "\n") {
		number, command, _ := strings.Cut(strings.TrimSpace(line), " ")
		if pid, err := strconv.Atoi(number); err == nil && pid != os.Getpid() && strings.Contains(command, path) {
			found = append(found, pid)
		}
	}
	return found
}
