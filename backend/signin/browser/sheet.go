package browser

// Sheet is the sign-in sheet that macOS shows for a program: a browser window that begins without cookies and keeps
// none. Safari always respects that; another default browser may not, so its isolation is never claimed.
type Sheet struct {
	closed  chan struct{}
	dismiss func()
}

// Closed is closed when the sheet is gone, by the person or by Close.
func (s *Sheet) Closed() <-chan struct{} { return s.closed }

// Close takes the sheet from the screen and returns when it is gone.
func (s *Sheet) Close() {
	s.dismiss()
	<-s.closed
}
