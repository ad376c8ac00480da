// Package fault is the one error type of Sightline.
//
// A fault carries what a program needs (Code), what a log needs (Op and the cause) and what a person
// needs: one sentence that says what happened, to what and as whom, and one that says what to do next.
// Every other package wraps with Wrap and never invents a second error type.
package fault

import (
	"context"
	"errors"
	"iter"
	"strings"
)

// Code classifies a fault. Programs branch on it; people never see it.
type Code string

// The codes, grouped by who can do something about them.
const (
	Internal Code = "internal" // a defect of ours
	Invalid  Code = "invalid"  // what was typed or sent cannot be used
	NotFound Code = "not_found"
	Conflict Code = "conflict" // somebody else holds or changed it
	Canceled Code = "canceled" // the person or the program stopped it

	Offline   Code = "offline"    // the host cannot be reached
	Timeout   Code = "timeout"    // it did not answer in time
	Throttled Code = "throttled"  // the service asked us to slow down and we stopped waiting
	BadAnswer Code = "bad_answer" // the service answered something that is not its protocol
	Stopped   Code = "stopped"    // the organization is deactivated (TF24668)

	NotSignedIn       Code = "not_signed_in"        // no usable credential: 203, 302 to sign-in, expired
	NotMember         Code = "not_member"           // TF400813: signed in, but not a member of the organization
	OAuthPolicyOff    Code = "oauth_policy_off"     // third-party application access via OAuth is off
	NotMaterialized   Code = "not_materialized"     // the person never opened the organization in a browser
	ConditionalAccess Code = "conditional_access"   // a policy of the directory refused (VS403463, AADSTS53003)
	Forbidden         Code = "forbidden"            // signed in, but may not read this
	OrganizationGone  Code = "organization_missing" // no such organization or collection
	ProjectGone       Code = "project_missing"
	NoProjectMatches  Code = "no_project_matches"
	Anonymous         Code = "anonymous"        // the service answered as nobody (public projects)
	WrongPerson       Code = "wrong_person"     // signed in as somebody else than expected
	IdentityChanged   Code = "identity_changed" // an answer in the middle came as somebody else

	ConsentDeclined Code = "consent_declined"
	BrowserClosed   Code = "browser_closed"
	SignInTimeout   Code = "sign_in_timeout"
	SignInRefused   Code = "sign_in_refused" // the directory refused (AADSTS…)
	NoBrowser       Code = "no_browser"
	NoIsolation     Code = "no_isolation" // the browser did not take the throw-away profile

	DiskFull  Code = "disk_full"
	ReadOnly  Code = "read_only"
	Corrupt   Code = "corrupt"    // a local file is damaged
	NewerFile Code = "newer_file" // a local file was written by a newer Sightline
)

// Fact is one name-value row under the sentence of a fault, for example Organization: contoso.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Action is something a screen can offer under a fault to solve it, the first as its one large button.
type Action string

// The actions.
const (
	SignInElse    Action = "signInElse"    // sign in as someone else, in a fresh window
	SignInAgain   Action = "signInAgain"   // the same person once more
	NormalBrowser Action = "normalBrowser" // sign in in the person's own browser: a managed device is asked for
	UseDeviceCode Action = "useDeviceCode" // sign in by a code on any device
	UseToken      Action = "useToken"      // connect by a personal access token
	AskConsent    Action = "askConsent"    // show the page of consent again
	OpenGuide     Action = "openGuide"     // how Sightline is registered in a directory
	CopyForAdmin  Action = "copyForAdmin"  // copy what an administrator needs to know
	EditName      Action = "editName"      // back to the organization
	EditProjects  Action = "editProjects"  // back to the projects
	UnlockKeys    Action = "unlockKeys"    // give the passphrase, or try the keyring again
	Retry         Action = "retry"
)

// Error is the one error type. Message and Hint are for a person and hold no secret.
type Error struct {
	Code    Code   // what kind; empty means: take the cause's
	Op      string // what we were doing, for the log: "refresh.WorkItems"
	Message string // what happened, to what, as whom: one sentence
	Hint    string // what to do next: one sentence
	Facts   []Fact // organization, account, HTTP status, correlation id, …
	Actions []Action
	Cause   error
}

// New returns a fault with a sentence for a person.
func New(code Code, op, message, hint string) *Error {
	return &Error{Code: code, Op: op, Message: message, Hint: hint}
}

// Wrap adds the operation to an error and keeps its code and sentences. Wrap of nil is nil.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Op: op, Cause: err}
}

// With adds a name-value row and returns the same fault. Rows without a value are left out.
func (e *Error) With(name, value string) *Error {
	if value != "" {
		e.Facts = append(e.Facts, Fact{Name: name, Value: value})
	}
	return e
}

// Offering sets what a screen can offer to solve it and returns the same fault.
func (e *Error) Offering(actions ...Action) *Error {
	e.Actions = actions
	return e
}

// Because sets the cause and returns the same fault.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// Error is the line for a log: the chain of operations, the code and the sentences.
func (e *Error) Error() string {
	var parts []string
	if e.Op != "" {
		parts = append(parts, e.Op)
	}
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	if e.Cause != nil {
		parts = append(parts, e.Cause.Error())
	}
	if len(parts) == 0 {
		return string(e.Code)
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf returns the first code in the chain of err: Canceled and Timeout for the context's errors,
// Internal for an error that is no fault, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	for e := range chain(err) {
		if e.Code != "" {
			return e.Code
		}
	}
	switch {
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	}
	return Internal
}

// chain yields the faults of err from the outermost in, going into joined errors one after the other.
func chain(err error) iter.Seq[*Error] {
	return func(yield func(*Error) bool) { walk(err, yield) }
}

func walk(err error, yield func(*Error) bool) bool {
	for err != nil {
		if f, ok := err.(*Error); ok && !yield(f) {
			return false
		}
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				if !walk(e, yield) {
					return false
				}
			}
			return true
		}
		err = errors.Unwrap(err)
	}
	return true
}

// Is reports whether the first code in the chain of err is code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }

// Report is a fault as a person sees it.
type Report struct {
	Code    Code     `json:"code"`
	Message string   `json:"message"`
	Hint    string   `json:"hint"`
	Facts   []Fact   `json:"facts"`
	Actions []Action `json:"actions"` // of the first fault in the chain that offers any; empty: the code says what helps
}

// ReportOf makes the sentences for a person: the outermost message and hint of the chain and all of
// its facts. An error without a sentence gets one that admits a defect and names the operation.
func ReportOf(err error) Report {
	r := Report{Code: CodeOf(err), Facts: []Fact{}, Actions: []Action{}}
	op := ""
	for f := range chain(err) {
		if op == "" {
			op = f.Op
		}
		if r.Message == "" {
			r.Message, r.Hint = f.Message, f.Hint
		}
		r.Facts = append(r.Facts, f.Facts...)
		if len(r.Actions) == 0 {
			r.Actions = append(r.Actions, f.Actions...)
		}
	}
	if r.Message != "" {
		return r
	}
	switch r.Code {
	case Canceled:
		r.Message = "It was canceled."
	case Timeout:
		r.Message, r.Hint = "It did not answer in time.", "Try again."
	default:
		r.Message = "Sightline hit a defect of its own and stopped this one step."
		r.Hint = "Nothing that was stored is lost. Try again; if it comes back, report the operation named below."
		if op != "" {
			r.Facts = append(r.Facts, Fact{Name: "Operation", Value: op})
		}
	}
	return r
}
