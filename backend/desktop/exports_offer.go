package desktop

import (
	"net/http"
	"net/url"
	"sync"
)

// offers are files that a page was told it may download, each once. Nothing is written before it does, so that the
// memory of a large file is never anywhere.
type offers struct {
	mu    sync.Mutex
	waits map[string]*made
	order []string
}

// mostOffers is how many wait; a page that asked and never came is forgotten.
const mostOffers = 20

func (o *offers) add(m *made) (id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.waits == nil {
		o.waits = map[string]*made{}
	}
	id = newID()
	o.waits[id], o.order = m, append(o.order, id)
	if len(o.order) > mostOffers {
		delete(o.waits, o.order[0])
		o.order = o.order[1:]
	}
	return id
}

func (o *offers) take(id string) *made {
	o.mu.Lock()
	defer o.mu.Unlock()
	m := o.waits[id]
	delete(o.waits, id)
	return m
}

// serveExport writes a file that was offered. One that breaks off in the middle breaks the download off as well: a
// part of it must not look like the whole.
func (p *Program) serveExport(w http.ResponseWriter, r *http.Request) {
	m := p.offers.take(r.PathValue("id"))
	if m == nil {
		http.NotFound(w, r)
		return
	}
	kind := "text/csv; charset=utf-8"
	if m.format == xlsxFormat {
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(m.name))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if err := m.write(w); err != nil {
		p.Log.Warn("an export broke off", "err", err)
		panic(http.ErrAbortHandler)
	}
}
