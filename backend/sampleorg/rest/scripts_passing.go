package rest

import (
	"net/http"
	"sync"
	"time"
)

// passingScripts are the faults that a client gets through by trying again.
var passingScripts = []Script{
	{Name: "throttle", Says: "Every 300 requests the service throttles in its stages: good answers with Retry-After, then growing delays, then 429 with TF400733, then 429 without any header, then an answer that stalls.", begin: throttle},
	{Name: "slow-down", Says: "One request in 40 is answered well and asks to wait a second before the next, with little of the budget remaining.", begin: nowAndThen(40, func(int) *Fault { return SlowDown(time.Second, 0) })},
	{Name: "cut-body", Says: "One request in 9 breaks off in the middle of the body.", begin: nowAndThen(9, func(n int) *Fault { return CutBody(n * 137 % 4000) })},
	{Name: "truncated-json", Says: "One request in 11 ends well as HTTP goes, but half of its JSON is missing.", begin: nowAndThen(11, func(int) *Fault { return truncated() })},
	{Name: "reset", Says: "One request in 8 gets no answer: the connection is reset.", begin: nowAndThen(8, func(int) *Fault { return Reset() })},
	{Name: "five-hundreds", Says: "One request in 7 is refused with 500, 502, 503 or 504 in turn; the 503 begins with a byte order mark.", begin: nowAndThen(7, fiveHundred)},
	{Name: "stalled-body", Says: "Three times the body stops after a few bytes, for two minutes or until the client leaves.", begin: stalledBody},
	{Name: "wrong-content-type", Says: "One request in 10 is answered 200 with a page of a proxy.", begin: nowAndThen(10, func(int) *Fault { return WrongContentType() })},
	{Name: "token-repeats", Says: "A page of builds names the continuation token that was just used, once for each page.", begin: tokenRepeats},
	{Name: "expired-token", Says: "The access token that comes first expires after five requests: 401, or the redirect to the sign-in page without X-TFS-FedAuthRedirect. Another token is good.", begin: expiredToken},
}

// throttle goes through the stages of a service that is asked too much.
func throttle() func(*http.Request) *Fault {
	var mu sync.Mutex
	n := 0
	return func(r *http.Request) *Fault {
		if !asksAPI(r) {
			return nil
		}
		mu.Lock()
		n++
		stage := n % 300
		mu.Unlock()
		switch {
		case stage >= 6 && stage < 8:
			return SlowDown(time.Second, 0)
		case stage >= 8 && stage < 12:
			return SlowDown(time.Second, 25*time.Millisecond<<(stage-8))
		case stage == 12:
			return Throttle(2 * time.Second)
		case stage == 13:
			return Throttle(0)
		case stage == 14:
			return Stall(40, 300*time.Millisecond)
		}
		return nil
	}
}

func fiveHundred(n int) *Fault {
	switch n % 4 {
	case 0:
		return Failure(http.StatusInternalServerError, false)
	case 1:
		return Failure(http.StatusBadGateway, false)
	case 2:
		return Failure(http.StatusServiceUnavailable, true)
	}
	return Failure(http.StatusGatewayTimeout, false)
}

func stalledBody() func(*http.Request) *Fault {
	s := &strikes{every: 20, first: 4, most: 3}
	return func(r *http.Request) *Fault {
		if s.next(r) > 0 {
			return Stall(50, 2*time.Minute)
		}
		return nil
	}
}

// tokenRepeats answers a page of builds with the token that was asked for, once for each address.
func tokenRepeats() func(*http.Request) *Fault {
	s := &strikes{every: 1}
	return func(r *http.Request) *Fault {
		asked := r.URL.Query().Get("continuationToken")
		if asked == "" || !under(r, "/build/builds") || s.next(r) == 0 {
			return nil
		}
		return &Fault{cutAfter: -1, edits: []edit{func(h http.Header, body []byte) []byte {
			h["x-ms-continuationtoken"] = []string{asked}
			return body
		}}}
	}
}

// expiredToken lets a credential die after five requests.
func expiredToken() func(*http.Request) *Fault {
	var mu sync.Mutex
	first, n := "", 0
	return func(r *http.Request) *Fault {
		credential := r.Header.Get("Authorization")
		if !asksAPI(r) || credential == "" {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		if first == "" {
			first = credential
		}
		if credential != first {
			return nil
		}
		if n++; n <= 5 {
			return nil
		}
		return &Fault{cutAfter: -1, refuse: func(c *call) *refusal { return c.signIn() }}
	}
}
