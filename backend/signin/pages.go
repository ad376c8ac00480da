package signin

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
)

// page is what a browser shows at the end. It holds no name, no code and no script: it stays in a window that
// anybody may look at.
type page struct{ title, text string }

var (
	donePage        = page{"You are signed in", "Go back to Sightline and check who you are signed in as. You can close this window."}
	stoppedPage     = page{"The sign-in did not finish", "Go back to Sightline: it says why, and what to do next."}
	usedPage        = page{"This link was used already", "Each sign-in link works once. Go back to Sightline and copy a new one."}
	notIsolatedPage = page{"This window is not used", "It could know your other accounts. Go back to Sightline: it says how to go on."}
)

// pagePolicy allows the one style sheet below and nothing else.
var pagePolicy = "default-src 'none'; style-src 'sha256-" + digest(pageStyle) + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func writePage(w http.ResponseWriter, status int, p page) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>`+
		p.title+` · Sightline</title><style>`+pageStyle+`</style></head><body><main>`+mark+`<h1>`+p.title+`</h1><p>`+p.text+`</p></main></body></html>`)
}

// mark is Sightline's mark, inline because the policy allows no image.
const mark = `<svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6" fill="#23276B"/>` +
	`<path d="M3 12h5.2M19 12h2" stroke="#fff" stroke-width="2" stroke-linecap="round"/><circle cx="13.6" cy="12" r="5.4" fill="none" stroke="#fff" stroke-width="2"/>` +
	`<circle cx="13.6" cy="12" r="1.9" fill="#FFC632"/></svg>`

// pageStyle uses the colours and sizes of the design language, in light and dark.
const pageStyle = `body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;background:#f3f4f7;color:#1a1d24;font:14px/22px Inter,"Segoe UI Variable","Segoe UI",system-ui,sans-serif}` +
	`main{box-sizing:border-box;width:27rem;max-width:calc(100vw - 32px);padding:32px;border-radius:12px;background:#fff;border:1px solid #e4e6ec}` +
	`svg{display:block;width:40px;height:40px;margin:0 0 20px}h1{margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.2px}p{margin:0;color:#454c59}` +
	`@media (prefers-color-scheme:dark){body{background:#0e1014;color:#f0f1f4}main{background:#1a1d23;border-color:#2a2e37}p{color:#c0c5cf}}`

// refusePage answers what is none of a sign-in's business, without a word that could help anybody.
func refusePage(w http.ResponseWriter, status int) { http.Error(w, http.StatusText(status), status) }

func methodNotAllowed(w http.ResponseWriter, allowed string) {
	w.Header().Set("Allow", allowed)
	refusePage(w, http.StatusMethodNotAllowed)
}
