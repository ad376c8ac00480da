package fault_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"sightline/backend/fault"
)

func TestCodeIsTheFirstInTheChain(t *testing.T) {
	inner := fault.New(fault.NotMember, "azdo.get", "You are no member.", "Ask for an invitation.")
	for name, tc := range map[string]struct {
		err  error
		want fault.Code
	}{
		"no error":          {nil, ""},
		"a fault":           {inner, fault.NotMember},
		"wrapped twice":     {fault.Wrap("a", fault.Wrap("b", inner)), fault.NotMember},
		"through a join":    {errors.Join(errors.New("x"), fmt.Errorf("y: %w", inner)), fault.NotMember},
		"through fmt":       {fmt.Errorf("more: %w", inner), fault.NotMember},
		"the outer decides": {fault.New(fault.WrongPerson, "x", "m", "h").Because(inner), fault.WrongPerson},
		"canceled":          {fault.Wrap("a", context.Canceled), fault.Canceled},
		"late":              {context.DeadlineExceeded, fault.Timeout},
		"anything else":     {errors.New("x"), fault.Internal},
	} {
		if got := fault.CodeOf(tc.err); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
	if fault.Wrap("a", nil) != nil {
		t.Error("wrapping nothing made an error")
	}
}

func TestReportKeepsTheOuterSentenceAndAllFacts(t *testing.T) {
	inner := fault.New(fault.NotMember, "azdo.get", "inner", "inner hint").With("Status", "401").With("Empty", "")
	outer := fault.New("", "refresh", "outer", "outer hint").With("Organization", "corpx").Because(inner)
	r := fault.ReportOf(fault.Wrap("top", outer))
	if r.Code != fault.NotMember || r.Message != "outer" || r.Hint != "outer hint" || len(r.Facts) != 2 {
		t.Errorf("%+v", r)
	}
	if r := fault.ReportOf(errors.New("secret detail")); r.Message == "" || r.Message == "secret detail" || r.Hint == "" {
		t.Errorf("an unknown error is told as %+v", r)
	}
}
