package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// waiting is how many events a page may be behind before it is cut off.
const waiting = 256

// events sends small signals to the open pages, in order.
type events struct {
	mu     sync.Mutex
	pages  map[chan []byte]bool
	closed bool
}

func newEvents() *events { return &events{pages: map[chan []byte]bool{}} }

func (e *events) emit(name string, data any) {
	message, err := json.Marshal(map[string]any{"name": name, "data": data})
	if err != nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for page := range e.pages {
		select {
		case page <- message:
		default: // too far behind: it reconnects and asks again for what it shows
			delete(e.pages, page)
			close(page)
		}
	}
}

func (e *events) join() (chan []byte, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, false
	}
	page := make(chan []byte, waiting)
	e.pages[page] = true
	return page, true
}

func (e *events) leave(page chan []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pages[page] {
		delete(e.pages, page)
		close(page)
	}
}

func (e *events) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	for page := range e.pages {
		delete(e.pages, page)
		close(page)
	}
}

func (e *events) serve(w http.ResponseWriter, r *http.Request) {
	page, ok := e.join()
	if !ok {
		http.Error(w, "closing", http.StatusServiceUnavailable)
		return
	}
	defer e.leave(page)
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	fmt.Fprint(w, "retry: 1000\n\n")
	_ = out.Flush()
	beat := time.NewTicker(20 * time.Second) // tells a page that is gone from one that is silent
	defer beat.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			tooSlow(out)
			fmt.Fprint(w, ": still here\n\n")
		case message, open := <-page:
			if !open {
				return
			}
			tooSlow(out)
			fmt.Fprintf(w, "data: %s\n\n", message)
		}
		if out.Flush() != nil {
			return
		}
	}
}

// tooSlow lets go of a page that does not read what it is sent next.
func tooSlow(out *http.ResponseController) {
	_ = out.SetWriteDeadline(time.Now().Add(10 * time.Second)) // a writer that knows no deadline waits as before
}
