package desktop

import "testing"

func TestANotificationIsOneLineOfPlainText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Rows: 3 added.", "Rows: 3 added."},
		{"two\nlines\r\n\x1b[31mred", "two lines [31mred"},
		{"<b>bold</b> stays text", "<b>bold</b> stays text"},
		{"äöü 日本語 and more", "äöü 日本語 an…"},
	} {
		most := 24
		if c.text[0] == '\xc3' {
			most = 11
		}
		if got := oneLine(c.text, most); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
