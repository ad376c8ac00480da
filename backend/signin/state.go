package signin

import "time"

// Phase says how far a sign-in is.
type Phase string

// The phases. The last three are final.
const (
	PhaseOpening   Phase = "opening"   // a browser is started and its isolation verified
	PhaseWaiting   Phase = "waiting"   // for the person
	PhaseRedeeming Phase = "redeeming" // the code is exchanged for tokens
	PhaseDone      Phase = "done"
	PhaseFailed    Phase = "failed"
	PhaseCanceled  Phase = "canceled"
)

// State is a snapshot of a sign-in for the screen. It holds no secret.
type State struct {
	Phase             Phase  `json:"phase"`
	Rung              Rung   `json:"rung"`
	BrowserName       string `json:"browserName"`       // empty where no browser was started
	IsolationVerified bool   `json:"isolationVerified"` // the browser took its throw-away profile
	Notice            string `json:"notice"`            // why a lower rung is in use, or empty
	URL               string `json:"url"`               // one-time local link to copy; a fresh one after each use; empty when over
	// Authority is the host that asks for the password. AuthorityKnown is false when it is neither one of
	// Microsoft's nor of this computer: then the person must be told to look twice.
	Authority      string `json:"authority"`
	AuthorityKnown bool   `json:"authorityKnown"`
	// Code is what to type at CodePage on RungDeviceCode; both are empty otherwise and when over.
	Code     string    `json:"code"`
	CodePage string    `json:"codePage"`
	Started  time.Time `json:"started"`
	Deadline time.Time `json:"deadline"`
}

// end makes the snapshot one of a sign-in that takes nothing more from the person.
func (s *State) end(phase Phase) {
	s.Phase, s.URL, s.Code, s.CodePage = phase, "", "", ""
}
