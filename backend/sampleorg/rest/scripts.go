package rest

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Script is something that goes wrong with requests to the organization, by its name. Each is bounded: it
// strikes a part of the requests, and none twice, so that a client that tries again gets through; or it
// refuses, which no client should get past.
type Script struct {
	Name string
	Says string // what happens, for a person
	// Refuses is true when a client is meant to give up.
	Refuses bool
	// Plain is true when answers differ in form and say the same: other scripts then strike first.
	Plain bool
	// Person is true when it is about who the caller is taken for, or how an organization says where to sign in.
	Person bool
	begin  func() func(r *http.Request) *Fault
}

// Scripts lists all of them.
func Scripts() []Script {
	return slices.Concat(passingScripts, formScripts, refusingScripts, personScripts)
}

// Run makes one hook of scripts. Of several faults of one request the first that breaks or refuses counts; the
// forms of answers add up.
func Run(scripts []Script) func(r *http.Request) *Fault {
	slices.SortStableFunc(scripts, func(a, b Script) int {
		switch {
		case a.Plain == b.Plain:
			return 0
		case b.Plain:
			return -1
		}
		return 1
	})
	var hooks []func(*http.Request) *Fault
	for _, s := range scripts {
		hooks = append(hooks, s.begin())
	}
	return func(r *http.Request) *Fault {
		var sum *Fault
		for i, hook := range hooks {
			f := hook(r)
			switch {
			case f == nil:
			case sum == nil:
				sum = f
			case scripts[i].Plain:
				merged := *sum
				merged.edits = append(slices.Clip(merged.edits), f.edits...)
				if f.feed != nil {
					merged.feed = f.feed
				}
				sum = &merged
			}
		}
		return sum
	}
}

// asksAPI says whether a request is one of the protocol, as opposed to a page of the sign-in.
func asksAPI(r *http.Request) bool { return strings.Contains(r.URL.Path, "/_apis") }

// strikes counts requests of the protocol and says which are struck: one in every few, and no address twice,
// so that the same request gets through when it comes again.
type strikes struct {
	mu     sync.Mutex
	every  int
	first  int // the request that is struck first
	most   int // how often at all; 0 for any number
	waited int
	done   int
	struck map[string]bool
}

// next counts a request; n is the number of the strike, from 1, or 0 for none.
func (s *strikes) next(r *http.Request) (n int) {
	if !asksAPI(r) {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waited++
	due := s.every
	if s.done == 0 && s.first > 0 {
		due = s.first
	}
	address := r.Method + " " + r.URL.String()
	if s.waited < due || s.struck[address] || s.most > 0 && s.done >= s.most {
		return 0
	}
	if s.struck == nil || len(s.struck) > 100_000 {
		s.struck = map[string]bool{}
	}
	s.struck[address] = true
	s.waited = 0
	s.done++
	return s.done
}

// now and then makes a script of a fault for one request in every few.
func nowAndThen(every int, fault func(strike int) *Fault) func() func(*http.Request) *Fault {
	return func() func(*http.Request) *Fault {
		s := &strikes{every: every, first: 3}
		return func(r *http.Request) *Fault {
			if n := s.next(r); n > 0 {
				return fault(n)
			}
			return nil
		}
	}
}

// everyTime makes a script of a fault for every request of the protocol that fits; nil fits all.
func everyTime(fits func(*http.Request) bool, fault func() *Fault) func() func(*http.Request) *Fault {
	return func() func(*http.Request) *Fault {
		return func(r *http.Request) *Fault {
			if !asksAPI(r) || fits != nil && !fits(r) {
				return nil
			}
			return fault()
		}
	}
}

// behind is a script that lets some requests pass and strikes all that follow.
func behind(passing int, fault func() *Fault) func() func(*http.Request) *Fault {
	return func() func(*http.Request) *Fault {
		var mu sync.Mutex
		n := 0
		return func(r *http.Request) *Fault {
			if !asksAPI(r) {
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			if n++; n <= passing {
				return nil
			}
			return fault()
		}
	}
}
