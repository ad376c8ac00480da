package browser

// ProfileOf tells a test where a window keeps its profile.
func ProfileOf(w *Window) string { return w.attempt.profile }
