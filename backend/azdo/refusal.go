package azdo

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"sightline/backend/fault"
)

// refusal is one way in which the service says no, with its own sentences. The first that fits wins.
// In the sentences {org} is the organization, {who} the account, {seen} whom the service saw, {what} what
// was asked for, {project} its project, {host} the host, {base} the address to open in a browser, {said}
// the service's own sentence and {status} the HTTP status.
type refusal struct {
	fits          func(q call, a *answer) bool
	code          fault.Code
	message, hint string
}

const signInAgain = "Sign in again; if you use an access token, it may have expired or been revoked, so make a new one."

// refusals follow azure-devops-api.md section 3: text first where the service gives one, because the same
// text comes with several statuses, then the status.
var refusals = []refusal{
	{func(_ call, a *answer) bool {
		return a.status == http.StatusNonAuthoritativeInfo || signInRedirect(a) || signInPage(a)
	}, fault.NotSignedIn, "{org} did not accept the sign-in of {who}: it showed its sign-in page instead of {what}.", signInAgain},
	{says("has not been materialized"), fault.NotMaterialized, "{org} does not know {who} yet, because this account has never opened it in a browser.",
		"Open {base} once in a browser with this account, then try again."},
	{says("VS403463", "AADSTS53003", "conditional access policy"), fault.ConditionalAccess, "A conditional access policy of the directory keeps {who} out of {org}.",
		"Ask your administrator which device or network the policy wants, or try from a computer that meets it."},
	{says("TF24668"), fault.Stopped, "{org} is switched off, so nobody can read it, {who} included.",
		"An owner starts it again by opening {base} in a browser. What was loaded before stays readable."},
	{func(_ call, a *answer) bool { return deniedUser(a) && strings.Contains(a.message, anonymousID) }, fault.NotSignedIn,
		"{org} saw nobody behind the sign-in of {who}: it did not recognize the token.", signInAgain},
	{func(_ call, a *answer) bool { return deniedUser(a) && policyOff(a) }, fault.OAuthPolicyOff,
		"{org} lets no other programs read for {who}: its policy “Third-party application access via OAuth” looks switched off.",
		"An administrator of {org} can switch it on under Organization settings, Policies; or use an access token. If {who} is no member of {org}, sign in as someone who is."},
	{func(_ call, a *answer) bool { return deniedUser(a) }, fault.NotMember, "{seen} is not a member of {org}.",
		"Use another account, or ask an administrator of {org} to add this one."},
	{says("TF200016", "VS800075"), fault.ProjectGone, "{org} has no project {project} that {who} may read.",
		"It may have been renamed or deleted, or the permission taken away. What was loaded before stays readable."},
	{func(_ call, a *answer) bool { return strings.HasPrefix(a.typeKey, "ProjectDoesNotExist") }, fault.ProjectGone,
		"{org} has no project {project} that {who} may read.", "It may have been renamed or deleted, or the permission taken away. What was loaded before stays readable."},
	{says("TF400733"), fault.Throttled, "{org} blocked {who} for a while, because this account used more than its share.",
		"Everything read so far is kept. Refresh again in some minutes; it goes on where it stopped."},
	{status(http.StatusTooManyRequests), fault.Throttled, "{org} kept asking us to slow down for longer than a refresh should hang.",
		"Everything read so far is kept. Refresh again in some minutes; it goes on where it stopped."},
	{says("VS402337"), fault.Invalid, "There is more to {what} than {org} hands out in one answer.", "Narrow it down, for example to one project."},
	{says("VS402335"), fault.Timeout, "{org} gave up on {what} after 30 seconds.", "Try again when the organization is less busy."},
	{func(_ call, a *answer) bool { return a.status == http.StatusUnauthorized && windowsSignIn(a) }, fault.NotSignedIn,
		"The server {host} did not take the sign-in of {who}: it asks for a Windows sign-in instead.",
		"Use a personal access token made on this server. If it is one, it may have expired, or IIS Basic authentication is switched on there, which keeps tokens out; ask whoever runs the server."},
	{status(http.StatusUnauthorized), fault.NotSignedIn, "{org} refused the sign-in of {who}.", signInAgain},
	{func(_ call, a *answer) bool { return strings.HasPrefix(a.typeKey, "HostDoesNotExist") }, fault.OrganizationGone,
		"{host} knows no organization called {org}.", "Check the spelling in the address of your board."},
	{func(q call, a *answer) bool { return a.status == http.StatusNotFound && q.root && a.caller.ID == "" }, fault.OrganizationGone,
		"{host} knows no organization called {org}.", "Check the spelling in the address of your board."},
	{func(_ call, a *answer) bool {
		return a.status == http.StatusNotFound && strings.Contains(a.message, "does not implement IController")
	}, fault.NotFound, "{org} does not offer {what}; its version may be too old.", "Everything else can still be loaded."},
	{func(_ call, a *answer) bool { return a.status == http.StatusNotFound && a.caller.ID != "" }, fault.Forbidden,
		"{org} does not show {what} to {who}: there is none, or this account may not read it.", "Ask an administrator of {org} for the permission to read it, or use another account."},
	{status(http.StatusNotFound, http.StatusGone), fault.NotFound, "{org} has nothing at the address of {what}.", "Check the address of the organization."},
	{func(_ call, a *answer) bool {
		return a.status == http.StatusForbidden && a.caller.ID == "" && a.header.Get("X-VSS-E2EID") == "" && !a.json()
	}, fault.Offline, "Something between this computer and {host} refused the request.", "It is usually a proxy or firewall; ask whoever runs your network to allow {host}."},
	{status(http.StatusForbidden), fault.Forbidden, "{who} may not read {what}.",
		"Ask an administrator of {org} for the permission to read it, or use another account."},
	{status(http.StatusProxyAuthRequired), fault.Offline, "The proxy of your network wants a sign-in before it lets us reach {host}.",
		"Set the proxy with its sign-in in the system's settings."},
	{func(_ call, a *answer) bool { return a.status >= 300 && a.status < 400 }, fault.BadAnswer,
		"{host} sent us to another address instead of answering, and your sign-in must not travel there.", "Check the address of the organization in a browser and use the one you end at."},
	{func(_ call, a *answer) bool { return a.status >= 500 }, fault.Offline, "{org} is in trouble: it answered {status} when asked for {what}.",
		"Everything read so far is kept. Try again later; it goes on where it stopped."},
	{func(_ call, a *answer) bool { return a.status == http.StatusBadRequest }, fault.Invalid,
		"{org} did not understand the request for {what}.", "Report it with the lines below."},
	{func(call, *answer) bool { return true }, fault.BadAnswer, "{host} answered {what} with something that is not Azure DevOps' protocol.",
		"Check the address; a proxy or sign-in page may stand in between."},
}

// says fits when the service's sentence contains one of the texts.
func says(texts ...string) func(call, *answer) bool {
	return func(_ call, a *answer) bool {
		for _, t := range texts {
			if strings.Contains(a.message, t) {
				return true
			}
		}
		return false
	}
}

func status(codes ...int) func(call, *answer) bool {
	return func(_ call, a *answer) bool {
		for _, code := range codes {
			if a.status == code {
				return true
			}
		}
		return false
	}
}

// signInRedirect tells a redirect to a sign-in page from any other.
func signInRedirect(a *answer) bool {
	if a.status < 301 || a.status > 308 {
		return false
	}
	to, err := a.url.Parse(a.header.Get("Location"))
	if err != nil {
		return false
	}
	return strings.Contains(strings.ToLower(to.Path), "_signin") || strings.EqualFold(to.Host, "login.microsoftonline.com") ||
		strings.EqualFold(to.Host, "login.live.com")
}

// windowsSignIn tells a Server that offers Negotiate or NTLM from the Services, which never do.
func windowsSignIn(a *answer) bool {
	for _, offer := range a.header.Values("WWW-Authenticate") {
		scheme, _, _ := strings.Cut(strings.TrimSpace(offer), " ")
		if strings.EqualFold(scheme, "Negotiate") || strings.EqualFold(scheme, "NTLM") {
			return true
		}
	}
	return false
}

// signInPage tells the sign-in page that a followed redirect would have ended at.
func signInPage(a *answer) bool {
	return a.html() && a.status < 400 && strings.Contains(strings.ToLower(a.message), "sign in")
}

func deniedUser(a *answer) bool {
	return strings.Contains(a.message, "TF400813") || a.typeKey == "UnauthorizedRequestException"
}

var (
	namedUser = regexp.MustCompile(`user '([^']*)'`)
	bareGUID  = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
)

// policyOff tells the organization's OAuth policy from a missing membership: the service then names a bare
// GUID, and only programs that signed in with OAuth meet it, never access tokens.
func policyOff(a *answer) bool {
	if strings.Contains(strings.ToLower(a.message), "policy") {
		return true
	}
	m := namedUser.FindStringSubmatch(a.message)
	return m != nil && bareGUID.MatchString(m[1]) && !strings.EqualFold(a.scheme(), "Basic")
}

// seenUser is whom the service named in a TF400813, as a person reads it.
func seenUser(a *answer) string {
	m := namedUser.FindStringSubmatch(a.message)
	if m == nil || bareGUID.MatchString(m[1]) {
		return ""
	}
	name := m[1]
	// tenant\mail and "Windows Live ID\mail": the part before the backslash says only where from.
	if i := strings.LastIndexByte(name, '\\'); i >= 0 && strings.Contains(name[i:], "@") {
		name = name[i+1:]
	}
	return name
}

// refuse makes the fault of an answer that is no good one.
func (c *Client) refuse(q call, a *answer) error {
	who := a.caller.Account
	if who == "" {
		who = c.o.Account
	}
	if who == "" {
		who = c.Caller().Account
	}
	seen := seenUser(a)
	if seen == "" {
		seen = who
	}
	fill := strings.NewReplacer("{org}", c.o.Organization, "{who}", orElse(who, "this account"), "{seen}", orElse(seen, "this account"),
		"{what}", q.what, "{project}", q.project, "{host}", c.base.Host, "{base}", c.base.String(), "{said}", a.message, "{status}", strconv.Itoa(a.status))
	for _, r := range refusals {
		if r.fits(q, a) {
			f := fault.New(r.code, q.op, capital(fill.Replace(r.message)), capital(fill.Replace(r.hint))).Offering(solutions(r.code, a)...)
			return c.facts(f.With("Signed in as", orElse(seen, who)), a)
		}
	}
	return fault.New(fault.Internal, q.op, "", "") // not reached: the last row fits everything
}

// badBody is the fault of a good-looking answer whose body stayed broken.
func (c *Client) badBody(q call, a *answer, cause error) error {
	f := fault.New(fault.BadAnswer, q.op, fmt.Sprintf("%s answered %s with something that cannot be read, %d times.", c.o.Organization, q.what, c.o.Attempts),
		"Everything read so far is kept. Try again later; if it stays, report the lines below.")
	return c.facts(f, a).Because(cause)
}

// facts adds what an administrator or Microsoft's support asks for.
func (c *Client) facts(f *fault.Error, a *answer) *fault.Error {
	f.With("Organization", c.o.Organization).With("Answer", strconv.Itoa(a.status)+" "+http.StatusText(a.status)).With("Said", a.message)
	if tenant := a.header.Get("X-VSS-ResourceTenant"); tenant != "" {
		f.With("Directory", tenant)
	}
	return f.With("Correlation id", a.header.Get("X-VSS-E2EID")).With("Activity id", a.header.Get("ActivityId"))
}

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

// capital makes the first letter of a sentence large, but leaves names and addresses as they are written.
func capital(s string) string {
	if strings.HasPrefix(s, "the ") || strings.HasPrefix(s, "this ") {
		return "T" + s[1:]
	}
	return s
}
