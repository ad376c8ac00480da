package export

import "testing"

func TestEveryBeginningOfAFormulaIsDisarmed(t *testing.T) {
	for _, begin := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if got := guardFormula(begin + "1"); got != "'"+begin+"1" {
			t.Errorf("%q became %q", begin+"1", got)
		}
	}
	for _, plain := range []string{"", "a=1", "1-2", "\xff=", "Ａ"} {
		if got := guardFormula(plain); got != plain {
			t.Errorf("%q became %q", plain, got)
		}
	}
}
