package azdo

import "context"

// Lanes bound how many calls are under way at one organization, whoever they are made as: two identities
// that load from one organization take turns. All clients of an organization in a process should share one.
// It is safe for concurrent use.
type Lanes struct {
	any       chan struct{}
	reporting chan struct{}
}

// NewLanes makes lanes for most calls at once (6 when most is 0), one of them on the reporting feeds.
func NewLanes(most int) *Lanes {
	if most <= 0 {
		most = 6
	}
	return &Lanes{any: make(chan struct{}, most), reporting: make(chan struct{}, 1)}
}

// enter waits for a lane. Every enter needs a leave. A nil Lanes has room for everybody.
func (l *Lanes) enter(ctx context.Context, reporting bool) error {
	if l == nil {
		return nil
	}
	if reporting {
		select {
		case l.reporting <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	select {
	case l.any <- struct{}{}:
		return nil
	case <-ctx.Done():
		if reporting {
			<-l.reporting
		}
		return ctx.Err()
	}
}

func (l *Lanes) leave(reporting bool) {
	if l == nil {
		return
	}
	<-l.any
	if reporting {
		<-l.reporting
	}
}
