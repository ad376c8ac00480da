package azdo

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"sightline/backend/fault"
)

// errorJSON is an error body as every area of the service writes it.
func errorJSON(typeKey, message string) string {
	return `{"$id":"1","innerException":null,"message":"` + message + `","typeName":"Microsoft.X, Microsoft.Y","typeKey":"` + typeKey + `","errorCode":0,"eventId":3000}`
}

func TestEveryRefusalIsOneFaultWithItsSentence(t *testing.T) {
	none := []string{"X-VSS-UserData", ""}
	html := func(title string) (string, []string) {
		return "<html><head><TITLE>\n " + title + " </TITLE></head></html>", []string{"Content-Type", "text/html; charset=utf-8", "X-VSS-UserData", ""}
	}
	signIn, signInHeader := html("Azure DevOps Services | Sign In")
	notFoundPage, notFoundHeader := html("The resource cannot be found.")
	proxyPage, proxyHeader := html("Access denied by the firewall")
	for _, test := range []struct {
		name    string
		status  int
		body    string
		header  []string
		code    fault.Code
		message string   // begins
		facts   []string // name=value
	}{
		{"203 with the sign-in page", 203, signIn, signInHeader, fault.NotSignedIn, "contoso did not accept the sign-in of ann@contoso.com: it showed its sign-in page", nil},
		{"200 with the sign-in page", 200, signIn, signInHeader, fault.NotSignedIn, "contoso did not accept", nil},
		{"302 to sign-in", 302, "", append([]string{"Location", "https://spsprodeus.vssps.visualstudio.com/_signin?realm=dev.azure.com"}, none...), fault.NotSignedIn, "contoso did not accept", nil},
		{"302 to sign-in on the host", 302, "", append([]string{"Location", "/_signin?realm=x"}, none...), fault.NotSignedIn, "contoso did not accept", nil},
		{"302 elsewhere", 302, "", []string{"Location", "https://parked.example/"}, fault.BadAnswer, "127.0.0.1:", nil},
		{"401 empty", 401, "", append([]string{"WWW-Authenticate", "Basic realm=\"x\""}, none...), fault.NotSignedIn, "contoso refused the sign-in of ann@contoso.com.", []string{"Organization=contoso", "Answer=401 Unauthorized", "Correlation id=e2e-1", "Activity id=activity-1", "Signed in as=ann@contoso.com"}},
		{"401 of a Server that wants Windows", 401, "", append([]string{"WWW-Authenticate", "NTLM"}, none...), fault.NotSignedIn, "The server 127.0.0.1:", nil},
		{"401 list-shaped", 401, `{"count":0,"value":[]}`, none, fault.NotSignedIn, "contoso refused the sign-in", nil},
		{"TF400813 naming the person", 401, errorJSON("UnauthorizedRequestException", `TF400813: The user 'f00d\\bob@other.com' is not authorized to access this resource.`), none, fault.NotMember, "bob@other.com is not a member of contoso.", []string{"Signed in as=bob@other.com"}},
		{"TF400813 of a Microsoft account", 401, errorJSON("UnauthorizedRequestException", `TF400813: The user 'Windows Live ID\\bob@outlook.com' is not authorized to access this resource.`), none, fault.NotMember, "bob@outlook.com is not a member", nil},
		{"TF400813 naming nobody", 401, errorJSON("UnauthorizedRequestException", "TF400813: The user '' is not authorized to access this resource."), none, fault.NotMember, "ann@contoso.com is not a member", nil},
		{"TF400813 anonymous", 401, errorJSON("UnauthorizedRequestException", "TF400813: The user 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' is not authorized to access this resource."), none, fault.NotSignedIn, "contoso saw nobody behind the sign-in of ann@contoso.com", nil},
		{"TF400813 naming a bare GUID", 401, errorJSON("UnauthorizedRequestException", "TF400813: The user '"+annID+"' is not authorized to access this resource."), none, fault.OAuthPolicyOff, "contoso lets no other programs read for ann@contoso.com", nil},
		{"TF400813 in the header alone", 401, "", append([]string{"X-TFS-ServiceError", "TF400813%3A+The+user+%27bob%40other.com%27+is+not+authorized"}, none...), fault.NotMember, "bob@other.com is not a member", nil},
		{"OAuth policy named", 401, errorJSON("UnauthorizedRequestException", "TF400813: Third-party application access via OAuth is disabled by policy."), none, fault.OAuthPolicyOff, "contoso lets no other programs", nil},
		{"conditional access", 403, errorJSON("VssServiceException", "VS403463: The conditional access policy defined by your Azure Active Directory administrator has failed."), none, fault.ConditionalAccess, "A conditional access policy of the directory keeps ann@contoso.com out of contoso.", nil},
		{"not materialized", 401, errorJSON("IdentityNotMaterialized", "Identity "+annID+" has not been materialized, please use interactive login over the browser first."), none, fault.NotMaterialized, "contoso does not know ann@contoso.com yet", nil},
		{"stopped, with a byte order mark", 503, "\ufeff" + errorJSON("VssServiceException", "TF24668: The following team project collection is stopped: contoso."), none, fault.Stopped, "contoso is switched off", nil},
		{"project missing", 404, errorJSON("ProjectDoesNotExistWithNameException", "TF200016: The following project does not exist: P."), nil, fault.ProjectGone, "contoso has no project P that ann@contoso.com may read.", nil},
		{"project missing by id", 404, errorJSON("ProjectDoesNotExistException", "VS800075: The project with id does not exist, or you do not have permission to access it."), nil, fault.ProjectGone, "contoso has no project P", nil},
		{"organization missing, page", 404, notFoundPage, notFoundHeader, fault.OrganizationGone, "127.0.0.1:", []string{"Said=The resource cannot be found."}},
		{"organization missing, empty", 404, "", append([]string{"Content-Type", "text/plain"}, none...), fault.OrganizationGone, "127.0.0.1:", nil},
		{"host type missing", 404, errorJSON("HostDoesNotExistException", "The organization does not exist."), none, fault.OrganizationGone, "127.0.0.1:", nil},
		{"404 with a caller", 404, errorJSON("WorkItemUnauthorizedAccessException", "TF401232: Work item 7 does not exist, or you do not have permissions to read it."), nil, fault.Forbidden, "contoso does not show the projects of contoso to ann@contoso.com", nil},
		{"no such route", 404, "The controller for path '/P/_apis/x' was not found or does not implement IController.", []string{"Content-Type", "text/plain"}, fault.NotFound, "contoso does not offer the projects of contoso", nil},
		{"403 with a caller", 403, errorJSON("AccessDeniedException", "VS403403: Access denied."), nil, fault.Forbidden, "ann@contoso.com may not read the projects of contoso.", nil},
		{"403 of a firewall", 403, proxyPage, append([]string{"X-VSS-E2EID", ""}, proxyHeader...), fault.Offline, "Something between this computer and 127.0.0.1:", nil},
		{"407", 407, "", none, fault.Offline, "The proxy of your network", nil},
		{"410", 410, "", none, fault.NotFound, "contoso has nothing at", nil},
		{"improper error", 400, `{"count":1,"value":{"Message":"The request is wrong.\r\n"}}`, nil, fault.Invalid, "contoso did not understand", []string{"Said=The request is wrong.\r\n"}},
		{"OData error", 400, `{"error":{"code":"0","message":"VS403483: no"}}`, nil, fault.Invalid, "contoso did not understand", []string{"Said=VS403483: no"}},
		{"too many rows", 400, errorJSON("WorkItemTrackingQueryResultSizeLimitExceededException", "VS402337: The number of work items returned exceeds the size limit of 20000."), nil, fault.Invalid, "There is more to the projects of contoso than contoso", nil},
		{"query timeout", 400, errorJSON("X", "VS402335: The timeout period (30 seconds) elapsed"), nil, fault.Timeout, "contoso gave up", nil},
		{"500", 500, errorJSON("X", "boom"), nil, fault.Offline, "contoso is in trouble: it answered 500", []string{"Said=boom"}},
		{"418", 418, "", none, fault.BadAnswer, "127.0.0.1:", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newScript(t, jsonAnswer(test.status, test.body, test.header...))
			c := s.client(t, func(o *Options) { o.Attempts = 2 })
			// areas first, so that the refusal is of the call itself
			err := c.do(t.Context(), call{op: "azdo.Test", what: "the projects of contoso", project: "P", path: "/_apis/projects", root: true}, func(*answer) error {
				t.Error("the body was used")
				return nil
			})
			report := fault.ReportOf(err)
			if report.Code != test.code || !strings.HasPrefix(report.Message, test.message) || report.Hint == "" {
				t.Errorf("%s: %q, hint %q", report.Code, report.Message, report.Hint)
			}
			if strings.ContainsAny(report.Message+report.Hint, "{}") {
				t.Errorf("an unfilled place: %q %q", report.Message, report.Hint)
			}
			for _, want := range test.facts {
				name, value, _ := strings.Cut(want, "=")
				found := false
				for _, f := range report.Facts {
					found = found || f.Name == name && f.Value == value
				}
				if !found {
					t.Errorf("no fact %s in %v", want, report.Facts)
				}
			}
			if strings.Contains(err.Error(), "secret-token") {
				t.Error("the token is in the fault")
			}
		})
	}
}

func TestAnAccessTokenNeverMeetsTheOAuthPolicy(t *testing.T) {
	s := newScript(t, jsonAnswer(401, errorJSON("UnauthorizedRequestException", "TF400813: The user '"+annID+"' is not authorized to access this resource."), "X-VSS-UserData", ""))
	_, err := s.client(t, func(o *Options) { o.Credential = basic{} }).Projects(t.Context(), "")
	if !fault.Is(err, fault.NotMember) {
		t.Errorf("%v", err)
	}
}

type basic struct{}

func (basic) Authorize(_ context.Context, r *http.Request) error {
	r.SetBasicAuth("", "pat")
	return nil
}
