package browser

// ProfileOf tells a test where a window keeps its profile.
func ProfileOf(w *Window) string { return w.attempt.profile }

// AbandonForTest does what the death of this process does to a window: the lock is freed, the browser stays.
func AbandonForTest(w *Window) { _ = w.attempt.lock.Unlock() }
