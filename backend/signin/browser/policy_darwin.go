package browser

// privateForbidden is not known on a Mac: its policies are binary property lists. The throw-away profile
// isolates in either case.
func privateForbidden(Browser) bool { return false }
