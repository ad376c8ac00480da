package signin_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/signin"
)

// refused is one row of the reference's table of codes (sign-in.md, section 2): what the directory sends, and what a
// person must be told and offered.
type refused struct {
	numbers []int
	oauth   string
	code    fault.Code
	words   []string
	offers  []fault.Action
}

var reference = []refused{
	{[]int{50020, 16003, 50034, 51004, 90072}, "access_denied", fault.NotMember, []string{"is not a member of the directory of contoso", "picked the other account", "invitation"}, []fault.Action{fault.SignInElse, fault.CopyForAdmin}},
	{[]int{500200, 500208}, "access_denied", fault.SignInRefused, []string{"personal Microsoft account", "work account", "personal access token"}, []fault.Action{fault.SignInElse, fault.UseToken}},
	{[]int{9002332, 90124, 90130, 50194}, "invalid_request", fault.SignInRefused, []string{"wrong directory"}, []fault.Action{fault.Retry, fault.UseToken}},
	{[]int{50076, 50074, 50078}, "interaction_required", fault.SignInRefused, []string{"second factor"}, []fault.Action{fault.SignInAgain}},
	{[]int{50079, 50072}, "interaction_required", fault.SignInRefused, []string{"none is set up", "first"}, []fault.Action{fault.Retry, fault.SignInElse}},
	{[]int{53000, 53001, 530033, 50097, 50187}, "interaction_required", fault.ConditionalAccess, []string{"only allows managed devices", "private window cannot prove", "normal browser"}, []fault.Action{fault.NormalBrowser, fault.CopyForAdmin}},
	{[]int{53003, 530032, 50131}, "access_denied", fault.ConditionalAccess, []string{"policy", "normal browser", "administrator", "correlation id"}, []fault.Action{fault.NormalBrowser, fault.CopyForAdmin}},
	{[]int{65001}, "invalid_grant", fault.SignInRefused, []string{"press Accept"}, []fault.Action{fault.AskConsent, fault.CopyForAdmin}},
	{[]int{65004}, "access_denied", fault.ConsentDeclined, []string{"pressed Cancel", "nothing was stored"}, []fault.Action{fault.AskConsent, fault.SignInElse}},
	{[]int{90094, 90095}, "access_denied", fault.SignInRefused, []string{"Only an administrator can allow", "client-1"}, []fault.Action{fault.CopyForAdmin, fault.SignInElse}},
	{[]int{700016, 700011}, "unauthorized_client", fault.SignInRefused, []string{"client-1", "is not known in the directory tenant-1", "registration guide"}, []fault.Action{fault.OpenGuide}},
	{[]int{50011}, "invalid_request", fault.SignInRefused, []string{"Register http://localhost under Mobile and desktop"}, []fault.Action{fault.OpenGuide}},
	{[]int{7000218}, "invalid_client", fault.SignInRefused, []string{"demands a secret", "public client flows", "Mobile and desktop"}, []fault.Action{fault.OpenGuide}},
	{[]int{70008, 700082, 50173, 70043, 50089}, "invalid_grant", fault.SignInRefused, []string{"came too late", "Sign in again; nothing was stored."}, []fault.Action{fault.SignInAgain}},
	{[]int{650057, 650056}, "invalid_client", fault.SignInRefused, []string{"does not list Azure DevOps", "delegated permissions"}, []fault.Action{fault.OpenGuide}},
	{[]int{65002}, "invalid_client", fault.SignInRefused, []string{"belongs to a program of Microsoft's"}, []fault.Action{fault.OpenGuide}},
}

func TestEveryCodeOfTheReferenceHasItsSentenceItsButtonsAndItsCorrelationID(t *testing.T) {
	for _, row := range reference {
		for _, number := range row.numbers {
			t.Run(fmt.Sprintf("AADSTS%d", number), func(t *testing.T) {
				err := signin.RefusalFault(refusalBody(row.oauth, "", number), 400, false)
				mustRefuse(t, err, row.code, append(slices.Clone(row.words), correlation, fmt.Sprintf("AADSTS%d", number))...)
				mustOffer(t, err, row.offers...)
				report := fault.ReportOf(err)
				if strings.ContainsAny(report.Message+report.Hint, "{}") {
					t.Errorf("an unfilled place: %s %s", report.Message, report.Hint)
				}
			})
		}
	}
}

func TestWhatEndedIsSaidOfASignInAndOfARefreshInTheirOwnWords(t *testing.T) {
	for _, number := range []int{70008, 700082, 50173, 70043, 50089} {
		fresh := signin.RefusalFault(refusalBody("invalid_grant", "", number), 400, false)
		if report := fault.ReportOf(fresh); strings.Contains(report.Message, "your data stays") {
			t.Errorf("AADSTS%d, nobody had signed in yet: %s", number, report.Message)
		}
		for _, fact := range fault.ReportOf(fresh).Facts {
			if fact.Name == "OAuth error" && fact.Value != "invalid_grant" {
				t.Errorf("AADSTS%d: OAuth error %s", number, fact.Value)
			}
		}
		mustRefuse(t, signin.RefusalFault(refusalBody("invalid_grant", "", number), 400, true), fault.NotSignedIn,
			"ended on 23 November 2026; your data stays", "Sign in again as ada@contoso.example")
	}
}

func TestAStrangerOnThePageIsNotCalledByTheNameOfWhoWasExpected(t *testing.T) {
	for _, number := range []int{50020, 16003, 50034, 51004, 90072} {
		if report := fault.ReportOf(signin.RefusalFault(refusalBody("access_denied", "", number), 400, false)); strings.Contains(report.Message, "ada@contoso.example") {
			t.Errorf("AADSTS%d: %s", number, report.Message)
		}
		mustRefuse(t, signin.RefusalFault(refusalBody("invalid_grant", "", number), 400, true), fault.NotSignedIn, "ada@contoso.example is not a member of the directory of contoso any more")
	}
}

func TestEverySentenceOffersSomething(t *testing.T) {
	for _, number := range signin.SentenceNumbers() {
		mustOffer(t, signin.RefusalFault(refusalBody("invalid_request", "", number), 400, false))
	}
	for _, oauth := range []string{"access_denied", "server_error", "consent_required", "authorization_declined", "expired_token", "anything_else"} {
		mustOffer(t, signin.RefusalFault(refusalBody(oauth, "", 99999), 400, false))
		mustOffer(t, signin.RefusalFault(refusalBody(oauth, "", 0), 400, false))
	}
}

func TestARefusedRefreshOffersToSignInAgainFirst(t *testing.T) {
	for _, c := range []struct {
		oauth  string
		number int
		want   []fault.Action
	}{
		{"invalid_grant", 700082, []fault.Action{fault.SignInAgain}},
		{"invalid_grant", 99999, []fault.Action{fault.SignInAgain, fault.CopyForAdmin}},
		{"interaction_required", 50076, []fault.Action{fault.SignInAgain}},
		{"invalid_grant", 53003, []fault.Action{fault.SignInAgain, fault.NormalBrowser, fault.CopyForAdmin}},
		{"invalid_grant", 50020, []fault.Action{fault.SignInAgain, fault.SignInElse, fault.CopyForAdmin}},
		{"unauthorized_client", 700016, []fault.Action{fault.OpenGuide}}, // no sign-in mends that
		{"temporarily_unavailable", 0, []fault.Action{fault.Retry}},
	} {
		mustOffer(t, signin.RefusalFault(refusalBody(c.oauth, "", c.number), 400, true), c.want...)
	}
}

func TestTheAdministratorGetsALinkAndTheListOfPermissions(t *testing.T) {
	for _, number := range []int{90094, 90095, 65001} {
		report := fault.ReportOf(signin.RefusalFault(refusalBody("access_denied", "", number), 400, false))
		for name, want := range map[string]string{
			"Link for the administrator": "https://login.microsoftonline.com/tenant-1/adminconsent?client_id=client-1",
			"Application id":             "client-1", "Permissions": "vso.work openid", "Correlation id": correlation,
		} {
			if !slices.Contains(report.Facts, fault.Fact{Name: name, Value: want}) {
				t.Errorf("%d: there is no %s %s in %v", number, name, want, report.Facts)
			}
		}
	}
}
