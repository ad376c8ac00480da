package rest

import (
	"net/http"
	"strings"
)

// personScripts are about the person: whom the organization sees, what they may see, and where it sends them to
// sign in.
var personScripts = []Script{
	{Name: "not-authorized-personal", Says: "Every request is refused with 401 and TF400813, which names a personal account: Windows Live ID\\jo.fischer@personal.example.", Refuses: true, Person: true,
		begin: everyTime(nil, func() *Fault { return NotAuthorized(`Windows Live ID\jo.fischer@personal.example`) })},
	{Name: "not-authorized-anonymous", Says: "Every request is refused with 401 and TF400813, which names nobody: the anonymous identity.", Refuses: true, Person: true,
		begin: everyTime(nil, func() *Fault { return NotAuthorized(AnonymousID) })},
	{Name: "forbidden", Says: "The person is known, and X-VSS-UserData says who, but everything except connectionData is refused with 403 and TF50309.", Refuses: true, Person: true, begin: everyTime(notConnection, Forbidden)},
	{Name: "no-projects", Says: "The person sees no project: the list is 200 and empty, as for a guest who came by the token of home.", Person: true, begin: everyTime(listsProjects, NoProjects)},
	{Name: "head-challenge-only", Says: "HEAD of the organization names the directory in WWW-Authenticate alone.", Person: true, begin: head("X-VSS-ResourceTenant")},
	{Name: "head-tenant-only", Says: "HEAD of the organization names the directory in X-VSS-ResourceTenant alone.", Person: true, begin: head("WWW-Authenticate")},
	{Name: "head-silent", Says: "HEAD of the organization names no directory at all.", Person: true, begin: head("X-VSS-ResourceTenant", "WWW-Authenticate")},
}

// Forbidden refuses a person the organization knows: 403, and the headers say whom it saw.
func Forbidden() *Fault {
	return &Fault{cutAfter: -1, refuse: func(c *call) *refusal {
		seen, why := c.h.o.Authenticate.Authenticate(c.r)
		if why != Accepted {
			return c.signIn()
		}
		c.caller = seen
		return &refusal{status: http.StatusForbidden, typeKey: "AccessCheckException",
			message:  "TF50309: The following account does not have sufficient permissions to complete the operation: " + seen.DisplayName + ". The following permissions are needed to perform this operation: View instance-level information.",
			typeName: "Microsoft.TeamFoundation.Framework.Server.AccessCheckException, Microsoft.TeamFoundation.Framework.Server"}
	}}
}

// NoProjects answers a known person with a list of nothing.
func NoProjects() *Fault {
	return &Fault{cutAfter: -1, refuse: func(c *call) *refusal {
		seen, why := c.h.o.Authenticate.Authenticate(c.r)
		if why != Accepted {
			return c.signIn()
		}
		c.caller = seen
		return &refusal{status: http.StatusOK, kind: "application/json; charset=utf-8; api-version=7.1", plain: `{"count":0,"value":[]}`}
	}}
}

func notConnection(r *http.Request) bool {
	return notOutside(r) && !under(r, "/connectiondata")
}

func listsProjects(r *http.Request) bool {
	return strings.HasSuffix(strings.ToLower(strings.TrimSuffix(r.URL.Path, "/")), "/_apis/projects")
}

// head is a script that leaves headers out of the answer to HEAD of the organization.
func head(without ...string) func() func(*http.Request) *Fault {
	return func() func(*http.Request) *Fault {
		return func(r *http.Request) *Fault {
			if r.Method != http.MethodHead || asksAPI(r) {
				return nil
			}
			return &Fault{cutAfter: -1, refuse: func(c *call) *refusal {
				h := c.challenges()
				for _, name := range without {
					h.Del(name)
				}
				return &refusal{status: http.StatusNotFound, header: h}
			}}
		}
	}
}
