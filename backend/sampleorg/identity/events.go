package identity

import (
	"slices"
	"strconv"
	"sync"
	"time"
)

// EventKind names what happened at the provider.
type EventKind string

// The kinds of events. Silent is the one that matters: somebody was signed in because the browser
// remembered them, and nobody was asked.
const (
	EventSilent        EventKind = "silent"         // a session of the browser was used without asking
	EventAsked         EventKind = "asked"          // the sign-in page was shown
	EventPicker        EventKind = "picker"         // the list of signed-in accounts was shown
	EventPicked        EventKind = "picked"         // one of them was chosen; no password was needed
	EventWrongPassword EventKind = "wrong_password" // the password, or the account, was not right
	EventSignedIn      EventKind = "signed_in"      // the password was right; a session began
	EventSignedOut     EventKind = "signed_out"     // a session ended
	EventConsent       EventKind = "consent"        // the consent page was shown
	EventAccepted      EventKind = "accepted"
	EventDeclined      EventKind = "declined"
	EventCode          EventKind = "code"    // an authorization code went to the program
	EventToken         EventKind = "token"   // a code, or a device code, was redeemed
	EventRefresh       EventKind = "refresh" // a refresh token was redeemed
	EventDevice        EventKind = "device"  // a program asked for a device code
	EventRefused       EventKind = "refused" // an AADSTS error was answered; Code has its number
)

// Event is one line of the provider's log. It holds no secret: no code, token, password or verifier.
type Event struct {
	Time   time.Time `json:"time"`
	Kind   EventKind `json:"kind"`
	Person string    `json:"person"` // UPN; empty while nobody is known
	Tenant string    `json:"tenant"` // the {tenant} of the path: GUID, organizations or common
	// Session is "none", or how many accounts the browser was signed in with when the request came.
	Session string `json:"session"`
	Code    int    `json:"code,omitempty"` // AADSTS number of a refusal
}

// eventsKept bounds the log of a provider that runs for days.
const eventsKept = 10_000

type eventLog struct {
	clock func() time.Time

	mu     sync.Mutex
	events []Event
}

func newEventLog(clock func() time.Time) *eventLog { return &eventLog{clock: clock} }

func (l *eventLog) add(kind EventKind, person, tenant string, sessions, code int) {
	e := Event{Time: l.clock(), Kind: kind, Person: person, Tenant: tenant, Session: "none", Code: code}
	if sessions > 0 {
		e.Session = strconv.Itoa(sessions)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.events) >= eventsKept {
		l.events = slices.Delete(l.events, 0, eventsKept/10)
	}
	l.events = append(l.events, e)
}

// Events returns the log, oldest first; the last ten thousand entries are kept.
func (p *Provider) Events() []Event {
	p.log.mu.Lock()
	defer p.log.mu.Unlock()
	return slices.Clone(p.log.events)
}
