package main

import (
	"encoding/base64"
	"testing"

	"sightline/backend/fault"
)

func TestOnlyAPictureIsWrittenAsOne(t *testing.T) {
	p, _, done := open(t, t.TempDir(), false)
	defer done()
	s := p.Services()
	for name, c := range map[string]struct {
		content string
		code    fault.Code
	}{
		"a PNG":           {"\x89PNG\r\n\x1a\n rest", ""},
		"a JPEG":          {"\xff\xd8\xff rest", fault.Invalid},
		"a page":          {"<html>", fault.Invalid},
		"nothing":         {"", fault.Invalid},
		"more than 64 MB": {"\x89PNG\r\n\x1a\n" + string(make([]byte, 65<<20)), fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			saved, err := s.Exports.SavePicture("Open / bugs", base64.StdEncoding.EncodeToString([]byte(c.content)))
			if c.code != "" && code(err) != c.code || c.code == "" && err != nil {
				t.Errorf("got %v, want %q", err, c.code)
			}
			// Under serve, as here, the page has the picture in its hands.
			if saved.Download != (c.code == "") {
				t.Errorf("%+v", saved)
			}
		})
	}
	if _, err := s.Exports.SavePicture("x", "no base64!"); code(err) != fault.Invalid {
		t.Errorf("no base64: %v", err)
	}
}
