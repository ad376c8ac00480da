package columns

import (
	"strings"
	"unicode"
)

// spoken writes a word of the service for a person: partiallySucceeded as Partially succeeded, individualCI as
// Individual CI.
func spoken(word string) string {
	var out strings.Builder
	runes := []rune(word)
	for i, r := range runes {
		switch {
		case i == 0:
			r = unicode.ToUpper(r)
		case unicode.IsUpper(r) && unicode.IsLower(runes[i-1]):
			out.WriteByte(' ')
			if i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
				r = unicode.ToLower(r)
			}
		}
		out.WriteRune(r)
	}
	return out.String()
}
