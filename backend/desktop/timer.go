package desktop

import "context"

// Timer is the timer of the operating system that runs `sightline refresh --due` while no window is open.
type Timer interface {
	// State says what is there. Set writes or removes it and says what is there then. Faults: Invalid where
	// this system has no such timer, ReadOnly, Internal with what the system's own program said.
	State(ctx context.Context) (TimerState, error)
	Set(ctx context.Context, on bool) (TimerState, error)
}

// TimerState is what there is of the timer.
type TimerState struct {
	Supported    bool
	Kind         string
	On           bool
	EveryMinutes int
	Entries      []string // files or task names that exist
	Detail       string
}

// Timer tells of the timer of the operating system.
func (s *Shell) Timer() (TimerView, error) {
	s.p.await()
	return guard(s.p.Log, "Shell.Timer", func() (TimerView, error) {
		state, err := s.p.Timer.State(s.p.ctx)
		v := timerView(state)
		v.Fault = reportOf(err) // the settings still open
		return v, nil
	})
}

// SetTimer writes or removes the timer that runs `sightline refresh --due`.
func (s *Shell) SetTimer(on bool) (TimerView, error) {
	s.p.await()
	return guard(s.p.Log, "Shell.SetTimer", func() (TimerView, error) {
		state, err := s.p.Timer.Set(s.p.ctx, on)
		return timerView(state), err
	})
}

func timerView(s TimerState) TimerView {
	return TimerView{
		Supported: s.Supported, Kind: s.Kind, On: s.On, EveryMinutes: s.EveryMinutes, Entries: append([]string{}, s.Entries...), Detail: s.Detail,
	}
}
