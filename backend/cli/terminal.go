package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// plain makes a text safe for a terminal: names and sentences may come from a server, and a control
// character in them could move the cursor, change the title or hide what was written.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if hostile(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// hostile reports characters that steer a terminal or turn the direction of reading.
func hostile(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// escapeHostile writes what encoding/json leaves as it is (C1 controls, bidirectional controls) as \uXXXX,
// which means the same to a program and nothing to a terminal. The line ends of the layout stay.
func escapeHostile(text []byte) []byte {
	if bytes.IndexFunc(text, func(r rune) bool { return r != '\n' && hostile(r) }) < 0 {
		return text
	}
	var out bytes.Buffer
	for _, r := range string(text) {
		if r != '\n' && hostile(r) {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.Bytes()
}

// tell writes one line of progress.
func (v *verbs) tell(format string, args ...any) { tellTo(v.diag, format, args...) }

func tellTo(w io.Writer, format string, args ...any) {
	fmt.Fprintln(w, plain(fmt.Sprintf(format, args...)))
}
