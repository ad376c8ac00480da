package identity

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// place is a point of a sign-in at which the directory can say no.
type place int

const (
	atAuthorize place = 1 << iota // before anything is asked: a page, for the program may not be trusted with an answer
	atPerson                      // when the person is known: a page, from which they may go back to the program
	atConsent                     // in place of the consent page: the program is told
	atDevice                      // when a program asks for a device code
	atToken                       // when a code or a device code is redeemed
	atRefresh                     // when a refresh token is redeemed
)

// Fault is something the directory does on purpose, by its name.
type Fault struct {
	Name string
	Says string // what happens, for a person
	at   place
	// no makes the refusal for one audience; nil from it means that the fault does not concern that audience.
	// A fault without it changes a manner of the provider.
	no func(p *Provider, in audience) *refusal
	// oauth and sub are error and suberror where tokens are asked for; empty means those of the refusal.
	oauth, sub string
}

// The faults that change a manner in place of refusing.
const (
	faultStrict = "single-use-refresh"
	faultClock  = "directory-clock-ahead"
)

// clockAhead is how far the clock of the directory is off under faultClock.
const clockAhead = 12 * time.Minute

// Faults lists every fault by name.
func Faults() []Fault { return slices.Clone(faults) }

// CheckFault reports whether there is a fault of that name.
func CheckFault(name string) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool { return f.Name == name })
}

// Play ends all faults and begins those that are named; none ends all. It refuses a name that no fault has.
func (p *Provider) Play(names ...string) error {
	var playing []Fault
	for _, name := range names {
		i := slices.IndexFunc(faults, func(f Fault) bool { return f.Name == name })
		if i < 0 {
			return fmt.Errorf("identity: there is no fault called %q", name)
		}
		playing = append(playing, faults[i])
	}
	p.playing.Store(&playing)
	return nil
}

func (p *Provider) plays(name string) bool {
	playing := p.playing.Load()
	return playing != nil && slices.ContainsFunc(*playing, func(f Fault) bool { return f.Name == name })
}

// strictly says whether a refresh token is good once.
func (p *Provider) strictly() bool { return p.strict || p.plays(faultStrict) }

// failed is the refusal of the first fault that strikes at a place, or nil.
func (p *Provider) failed(at place, in audience) *refusal {
	playing := p.playing.Load()
	if playing == nil {
		return nil
	}
	for _, f := range *playing {
		if f.at&at == 0 || f.no == nil {
			continue
		}
		found := f.no(p, in)
		if found == nil {
			continue
		}
		why := *found
		if at&(atToken|atRefresh|atDevice) != 0 && f.oauth != "" {
			why.OAuth, why.Sub = f.oauth, f.sub
		}
		return &why
	}
	return nil
}

// said makes a refusal that is the same for everybody.
func said(code int, oauth, text, plain string) func(*Provider, audience) *refusal {
	return func(*Provider, audience) *refusal {
		return &refusal{Code: code, OAuth: oauth, Text: text, Plain: plain}
	}
}

// directoryOf is the tenant a text speaks of; at organizations and common it is the first.
func (p *Provider) directoryOf(in audience) Tenant {
	if in.any() {
		return p.dir.tenants[0]
	}
	return in.tenant
}

// instant is a time as Entra's sentences write it.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000Z") }

// clientName is the application as Entra's sentences write it.
func (g registration) clientName() string { return strings.ToLower(g.ClientID) + "(" + g.Name + ")" }
