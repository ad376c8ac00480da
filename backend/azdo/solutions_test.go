package azdo

import (
	"slices"
	"testing"

	"sightline/backend/fault"
)

func TestEveryRefusalOfASignInOffersWhatSolvesIt(t *testing.T) {
	denied := func(user string) string {
		return errorJSON("UnauthorizedRequestException", "TF400813: The user '"+user+"' is not authorized to access this resource.")
	}
	nobody := []string{"X-VSS-UserData", ""}
	for _, test := range []struct {
		name   string
		status int
		body   string
		header []string
		code   fault.Code
		want   []fault.Action // with a sign-in by browser
		token  []fault.Action // with an access token
	}{
		{"203", 203, "<title>Sign In</title>", append([]string{"Content-Type", "text/html"}, nobody...), fault.NotSignedIn,
			[]fault.Action{fault.SignInAgain, fault.SignInElse, fault.UseToken}, []fault.Action{fault.UseToken}},
		{"302 to sign-in", 302, "", append([]string{"Location", "/_signin"}, nobody...), fault.NotSignedIn,
			[]fault.Action{fault.SignInAgain, fault.SignInElse, fault.UseToken}, []fault.Action{fault.UseToken}},
		{"401", 401, "", nobody, fault.NotSignedIn,
			[]fault.Action{fault.SignInAgain, fault.SignInElse, fault.UseToken}, []fault.Action{fault.UseToken}},
		{"TF400813 of a work account", 401, denied(`f00d\\bob@other.com`), nobody, fault.NotMember,
			[]fault.Action{fault.SignInElse, fault.CopyForAdmin}, []fault.Action{fault.UseToken, fault.SignInElse, fault.CopyForAdmin}},
		{"TF400813 of a Microsoft account", 401, denied(`Windows Live ID\\bob@outlook.com`), nobody, fault.NotMember,
			[]fault.Action{fault.SignInElse, fault.CopyForAdmin}, []fault.Action{fault.UseToken, fault.SignInElse, fault.CopyForAdmin}},
		{"TF400813 of nobody", 401, denied(anonymousID), nobody, fault.NotSignedIn,
			[]fault.Action{fault.SignInAgain, fault.SignInElse, fault.UseToken}, []fault.Action{fault.UseToken}},
		{"TF400813 of a bare GUID", 401, denied(annID), nobody, fault.OAuthPolicyOff,
			[]fault.Action{fault.UseToken, fault.CopyForAdmin, fault.SignInElse}, nil}, // a token never meets it
		{"conditional access", 401, errorJSON("X", "VS403463: The conditional access policy defined by your administrator has failed"), nobody, fault.ConditionalAccess,
			[]fault.Action{fault.NormalBrowser, fault.CopyForAdmin}, []fault.Action{fault.NormalBrowser, fault.CopyForAdmin}},
		{"403 of somebody known", 403, errorJSON("X", "no"), nil, fault.Forbidden,
			[]fault.Action{fault.SignInElse, fault.CopyForAdmin}, []fault.Action{fault.SignInElse, fault.CopyForAdmin}},
		{"404 of somebody known", 404, errorJSON("X", "no"), nil, fault.Forbidden,
			[]fault.Action{fault.SignInElse, fault.CopyForAdmin}, []fault.Action{fault.SignInElse, fault.CopyForAdmin}},
		{"no such project", 404, errorJSON("ProjectDoesNotExistWithNameException", "TF200016: no"), nil, fault.ProjectGone,
			[]fault.Action{fault.EditProjects, fault.SignInElse}, []fault.Action{fault.EditProjects, fault.SignInElse}},
		{"never opened", 401, errorJSON("X", "The identity has not been materialized"), nobody, fault.NotMaterialized,
			[]fault.Action{fault.Retry}, []fault.Action{fault.Retry}},
		{"in trouble", 500, errorJSON("X", "boom"), nil, fault.Offline, []fault.Action{fault.Retry}, []fault.Action{fault.Retry}},
	} {
		for way, want := range map[string][]fault.Action{"by browser": test.want, "by token": test.token} {
			if want == nil {
				continue
			}
			t.Run(test.name+" "+way, func(t *testing.T) {
				s := newScript(t, jsonAnswer(test.status, test.body, test.header...))
				c := s.client(t, func(o *Options) {
					o.Attempts = 2
					if way == "by token" {
						o.Credential = basic{}
					}
				})
				err := c.do(t.Context(), call{op: "azdo.Test", what: "the projects", project: "P", path: "/_apis/projects"}, func(*answer) error { return nil })
				report := fault.ReportOf(err)
				if report.Code != test.code || !slices.Equal(report.Actions, want) {
					t.Errorf("%s offers %v, want %s with %v", report.Code, report.Actions, test.code, want)
				}
				if !slices.ContainsFunc(report.Facts, func(f fault.Fact) bool { return f.Name == "Correlation id" && f.Value != "" }) {
					t.Errorf("there is no correlation id in %v", report.Facts)
				}
			})
		}
	}
}
