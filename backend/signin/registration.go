package signin

import (
	"context"
	"net/http"
	"strings"

	"golang.org/x/oauth2"

	"sightline/backend/fault"
)

// CheckOptions say which registration to ask which directory about.
type CheckOptions struct {
	ClientID        string
	OrganizationURL string // asked for its directory when neither of the two below names a tenant
	Authority       string // typed; with its tenant or without
	TenantID        string // wins over the one in Authority
	HTTPClient      *http.Client
}

// ProofState says what the directory's answer means for one line.
type ProofState string

// The states. Unknown means that the directory does not tell it without somebody signing in.
const (
	ProofOK      ProofState = "ok"
	ProofFailed  ProofState = "failed"
	ProofUnknown ProofState = "unknown"
)

// RegistrationProof is one line of what a directory says about a registration.
type RegistrationProof struct {
	What     string     `json:"what"`
	State    ProofState `json:"state"`
	Sentence string     `json:"sentence"` // what it means, and what to click when it failed
}

// Registration is what a directory says about a client id without anybody signing in.
type Registration struct {
	TenantID  string              `json:"tenantId"`
	Authority string              `json:"authority"`
	Checks    []RegistrationProof `json:"checks"`
}

// OK reports whether nothing speaks against a sign-in by browser.
func (r Registration) OK() bool {
	for _, c := range r.Checks {
		if c.State == ProofFailed {
			return false
		}
	}
	return true
}

// probeRedirect is where the answer of the probe would go. Nobody listens there and nobody is sent there: the
// directory compares it with what is registered, whatever the port.
const probeRedirect = "http://localhost:8400"

// CheckRegistration asks the directory whether a sign-in with the client id can work. Nobody signs in, no browser
// opens and nothing is stored: it asks for a silent sign-in of nobody and for a code that is never typed, and reads
// how the two are refused. Errors: fault.Invalid (no client id, no directory), and those of Discover and of a
// directory that cannot be asked.
func CheckRegistration(ctx context.Context, o CheckOptions) (Registration, error) {
	const op = "signin.CheckRegistration"
	options := Options{ClientID: strings.TrimSpace(o.ClientID), OrganizationURL: o.OrganizationURL, Authority: o.Authority, TenantID: o.TenantID, HTTPClient: o.HTTPClient}
	if options.ClientID == "" {
		return Registration{}, noClientID(op)
	}
	if err := options.findDirectory(ctx); err != nil {
		return Registration{}, fault.Wrap(op, err)
	}
	if options.Authority == "" && options.TenantID == "" {
		return Registration{}, fault.New(fault.Invalid, op, named(organizationName(o.OrganizationURL))+" names no directory, so there is nothing to be registered in.",
			"An Azure DevOps Server is connected with a personal access token.").Offering(fault.UseToken)
	}
	authority, err := authorityFor(options.Authority, options.TenantID)
	if err != nil {
		return Registration{}, fault.Wrap(op, err)
	}
	about := situation{Organization: organizationName(o.OrganizationURL), OrganizationURL: o.OrganizationURL, ClientID: options.ClientID, TenantID: options.TenantID, Authority: authority.String()}
	client := plainClient(o.HTTPClient)
	m, err := readMetadata(ctx, client, authority, about)
	if err != nil {
		return Registration{}, fault.Wrap(op, err)
	}
	p := prober{client: client, about: about, metadata: m, config: oauth2.Config{
		ClientID: options.ClientID, Scopes: DefaultScopes(), RedirectURL: probeRedirect,
		Endpoint: oauth2.Endpoint{AuthURL: m.Authorization, TokenURL: m.Token, DeviceAuthURL: m.Device, AuthStyle: oauth2.AuthStyleInParams},
	}}
	page, err := p.askSilently(ctx)
	if err != nil {
		return Registration{}, fault.Wrap(op, err)
	}
	code, err := p.askForCode(ctx)
	if err != nil {
		return Registration{}, fault.Wrap(op, err)
	}
	return Registration{TenantID: m.tenantID, Authority: authority.String(), Checks: p.read(page, code)}, nil
}

// read makes the lines of the two answers.
func (p prober) read(page, code probed) []RegistrationProof {
	lines := []RegistrationProof{p.clientKnown(page, code), p.redirectRegistered(page), p.publicClient(code)}
	for _, answer := range []probed{page, code} {
		switch answer.number() {
		case 650057, 650056, 650053, 70011:
			lines = append(lines, RegistrationProof{What: "Azure DevOps is among its permissions", State: ProofFailed,
				Sentence: p.sentence(answer) + " In the registration: API permissions, Add a permission, Azure DevOps, Delegated permissions."})
			return lines
		}
	}
	return lines
}

func (p prober) clientKnown(page, code probed) RegistrationProof {
	line := RegistrationProof{What: "The directory knows the client id"}
	for _, answer := range []probed{page, code} {
		switch answer.number() {
		case 700016, 700011, 90002:
			line.State, line.Sentence = ProofFailed, p.sentence(answer)+" Copy the Application (client) ID from the Overview of the registration, and check that the registration is in this directory or open to every directory."
			return line
		case 7000112:
			line.State, line.Sentence = ProofFailed, p.sentence(answer)+" An administrator enables it under Enterprise applications, Properties."
			return line
		}
	}
	if page.recognized() || code.recognized() {
		line.State, line.Sentence = ProofOK, "The registration "+p.config.ClientID+" is there."
		return line
	}
	line.State, line.Sentence = ProofUnknown, "The directory does not say so without a sign-in."
	return line
}

func (p prober) redirectRegistered(page probed) RegistrationProof {
	line := RegistrationProof{What: "http://localhost is registered under Mobile and desktop", State: ProofUnknown,
		Sentence: "The directory does not say so without a sign-in."}
	switch {
	case page.returned:
		line.State = ProofOK
		line.Sentence = "Answers may come back to this computer. Should the sign-in ask for a secret (AADSTS7000218), the address is registered under Web: move it to Mobile and desktop applications."
	case page.number() == 50011 || page.number() == 500113:
		line.State = ProofFailed
		line.Sentence = p.sentence(page) + " In the registration: Authentication, Add a platform, Mobile and desktop applications, and type http://localhost as a custom address, without a port and without a slash at its end."
	}
	return line
}

func (p prober) publicClient(code probed) RegistrationProof {
	line := RegistrationProof{What: "Public client flows are allowed", State: ProofUnknown,
		Sentence: "The directory does not say so without a sign-in."}
	switch {
	case p.metadata.Device == "":
		line.Sentence = "The directory offers no sign-in by a code, by which this could be tried."
	case code.pending:
		line.State, line.Sentence = ProofOK, "The registration needs no secret, as a program on your computer must not have one."
	case code.number() == 7000218 || code.refused.Error == "invalid_client" && code.number() != 700016:
		line.State = ProofFailed
		line.Sentence = "The directory demands a secret, which a program on your computer cannot keep. In the registration: Authentication, Advanced settings, Allow public client flows, Yes."
	}
	return line
}

// sentence is what a person reads about a refusal.
func (p prober) sentence(answer probed) string {
	return answer.refused.fault("signin.CheckRegistration", p.about).Message
}
