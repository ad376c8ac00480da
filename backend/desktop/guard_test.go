package desktop

import (
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"testing"

	"sightline/backend/fault"
)

func told(t *testing.T, err error) fault.Report {
	t.Helper()
	var r fault.Report
	if err == nil || json.Unmarshal([]byte(err.Error()), &r) != nil {
		t.Fatalf("the interface cannot read %v", err)
	}
	return r
}

// Each of these would end the window, or leave a promise pending for ever, if it got through.
func TestGuardTurnsEveryEndIntoAFaultTheInterfaceCanRead(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	var missing *VisualData
	for name, do := range map[string]func() (any, error){
		"panic":           func() (any, error) { panic("secret detail") },
		"nil dereference": func() (any, error) { return missing.ID, nil },
		"not a number":    func() (any, error) { return map[string]float64{"x": math.NaN()}, nil },
		"infinite":        func() (any, error) { return math.Inf(1), nil },
		"plain error":     func() (any, error) { return nil, errors.New("secret detail") },
	} {
		t.Run(name, func(t *testing.T) {
			out, err := guard(log, "Test.Op", do)
			r := told(t, err)
			if out != nil || r.Code != fault.Internal || r.Message == "" || r.Message == "secret detail" {
				t.Errorf("%v, %+v", out, r)
			}
		})
	}
	_, err := guard(log, "Test.Op", func() (int, error) {
		return 1, fault.New(fault.NotMember, "x", "You are no member.", "Ask.").With("As", "Ann")
	})
	if r := told(t, err); r.Code != fault.NotMember || r.Message != "You are no member." || len(r.Facts) != 1 {
		t.Errorf("%+v", r)
	}
	if !fault.Is(err, fault.NotMember) {
		t.Error("a caller in Go cannot see the code any more")
	}
	if out, err := guard(log, "Test.Op", func() (int, error) { return 7, nil }); out != 7 || err != nil {
		t.Errorf("%v, %v", out, err)
	}
}
