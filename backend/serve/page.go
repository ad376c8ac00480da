package serve

import (
	"bytes"
	_ "embed"
	"io/fs"
	"net/http"
)

//go:embed bridge.js
var bridge []byte

// page serves index.html with the bridge before every other script.
func (s *Server) page(pages fs.FS) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		html, err := fs.ReadFile(pages, "index.html")
		if err != nil {
			http.Error(w, "The interface was not built into this program. Build it with `make build`.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(bytes.Replace(html, []byte("<head>"), []byte(`<head><script src="/bridge.js"></script>`), 1))
	}
}

func bridgeScript(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(bridge)
}
