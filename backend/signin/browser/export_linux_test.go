package browser

// SetPolicyRoot lets a test write policy files; it returns the function that restores the real place.
func SetPolicyRoot(dir string) (restore func()) {
	before := policyRoot
	policyRoot = dir
	return func() { policyRoot = before }
}

// ProcessesNaming tells a test which processes hold a path in their command line.
func ProcessesNaming(path string) []int { return processesNaming(path) }
