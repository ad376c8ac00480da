package desktop

import "context"

// backgroundSetting keeps whether the schedule goes on when the window is closed: "on", or "" and "off".
const backgroundSetting = "background"

// SetBackground says whether closing the window hides it and lets the schedule go on. It does by itself only
// what a person switched on.
func (s *Shell) SetBackground(on bool) error {
	s.p.await()
	return guardDo(s.p.Log, "Shell.SetBackground", func() error {
		value := "off"
		if on {
			value = "on"
		}
		if err := s.p.Workspace.PutSetting(s.p.ctx, backgroundSetting, value); err != nil {
			return err
		}
		s.p.emit("workspace:changed", nil)
		return nil
	})
}

// Quit ends Sightline, also when closing the window would only hide it. Loads that are under way go on at the
// next start. Fault Invalid where the face is no window.
func (s *Shell) Quit() error {
	s.p.await()
	return guardDo(s.p.Log, "Shell.Quit", s.p.Platform.Quit)
}

// StaysInBackground reports whether closing the window shall hide it. A setting that cannot be read is off: a
// person who closes a window must not be left with a program that she cannot see.
func (p *Program) StaysInBackground() bool {
	p.await()
	on, err := p.inBackground(p.ctx)
	if err != nil {
		p.Log.Warn("the setting of the background could not be read", "err", err)
	}
	return on && err == nil
}

func (p *Program) inBackground(ctx context.Context) (bool, error) {
	value, err := p.Workspace.Setting(ctx, backgroundSetting)
	return value == "on", err
}
