package desktop

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"sightline/backend/fault"
)

// refusal carries a fault to the interface: its text is the JSON of the fault's report, because both
// faces pass an error's text on unchanged and nothing else.
type refusal struct {
	report fault.Report
	cause  error
}

func (r *refusal) Error() string {
	b, err := json.Marshal(r.report)
	if err != nil {
		return r.report.Message
	}
	return string(b)
}

// Unwrap returns the fault behind a refusal, for callers in Go.
func (r *refusal) Unwrap() error { return r.cause }

// guard stands round every bound method. A panic would leave the promise in the page pending for ever,
// and a NaN or Inf in a result would end the whole window, so it recovers and marshals first.
func guard[T any](log *slog.Logger, op string, do func() (T, error)) (T, error) {
	out, err := protected(log, op, func() (T, error) {
		out, err := do()
		if err == nil {
			_, err = json.Marshal(out)
		}
		return out, err
	})
	if err != nil {
		var zero T
		return zero, refuse(log, op, fault.Wrap(op, err))
	}
	return out, nil
}

// protected turns a panic into an error. It also stands round what runs in the background, where a panic
// would end the whole program.
func protected[T any](log *slog.Logger, op string, do func() (T, error)) (out T, err error) {
	defer func() {
		if p := recover(); p != nil {
			log.Error("a step panicked", "op", op, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = fault.Wrap(op, errors.New("panic"))
		}
	}()
	return do()
}

// guardDo is guard for methods without a result.
func guardDo(log *slog.Logger, op string, do func() error) error {
	_, err := guard(log, op, func() (struct{}, error) { return struct{}{}, do() })
	return err
}

func refuse(log *slog.Logger, op string, err error) error {
	code := fault.CodeOf(err)
	switch code {
	case fault.Invalid, fault.Canceled, fault.NotFound:
		log.Debug("refused", "op", op, "code", code, "err", err)
	default:
		log.Warn("refused", "op", op, "code", code, "err", err)
	}
	return &refusal{report: fault.ReportOf(err), cause: err}
}

// reportOf is the sentence of err for a view, or nil.
func reportOf(err error) *fault.Report {
	if err == nil {
		return nil
	}
	r := fault.ReportOf(err)
	return &r
}
