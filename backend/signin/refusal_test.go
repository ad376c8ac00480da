package signin_test

import (
	"fmt"
	"strings"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/signin"
)

const correlation = "6b5f6f0e-98d5-4b1f-9a53-3a4d0b6e2c11"

func refusalBody(oauth, suberror string, number int) string {
	return fmt.Sprintf(`{"error":%q,"suberror":%q,"error_description":"AADSTS%d: User account 'canary@contoso.example' eyJjYW5hcnki is not welcome. Trace ID: 0f0e0d0c-98d5-4b1f-9a53-3a4d0b6e2c11 Correlation ID: %s Timestamp: 2026-11-23 08:00:00Z","error_codes":[%d],"trace_id":"0f0e0d0c-98d5-4b1f-9a53-3a4d0b6e2c11","correlation_id":%q,"refresh_token":"canary"}`,
		oauth, suberror, number, correlation, number, correlation)
}

func TestEveryRefusalHasItsSentence(t *testing.T) {
	for _, c := range []struct {
		oauth, suberror string
		number          int
		code            fault.Code
		words           string
	}{
		{"access_denied", "", 50020, fault.NotMember, "not a member of the directory of contoso"},
		{"interaction_required", "", 16003, fault.NotMember, "the other account"},
		{"access_denied", "", 500200, fault.SignInRefused, "personal Microsoft account"},
		{"invalid_request", "", 9002332, fault.SignInRefused, "wrong directory"},
		{"invalid_grant", "", 50076, fault.SignInRefused, "second factor"},
		{"interaction_required", "", 50079, fault.SignInRefused, "none is set up"},
		{"interaction_required", "", 53000, fault.ConditionalAccess, "managed devices"},
		{"access_denied", "", 53003, fault.ConditionalAccess, "policy"},
		{"invalid_grant", "consent_required", 65001, fault.SignInRefused, "press Accept"},
		{"access_denied", "", 65004, fault.ConsentDeclined, "pressed Cancel"},
		{"access_denied", "", 90094, fault.SignInRefused, "administrator"},
		{"unauthorized_client", "", 700016, fault.SignInRefused, "client-1"},
		{"invalid_request", "", 50011, fault.SignInRefused, "http://localhost"},
		{"invalid_client", "", 7000218, fault.SignInRefused, "public client"},
		{"invalid_request", "", 50194, fault.SignInRefused, "wrong directory"},
		{"invalid_grant", "", 700082, fault.SignInRefused, "came too late"},
		{"invalid_client", "", 650057, fault.SignInRefused, "delegated permissions"},
		{"invalid_client", "", 65002, fault.SignInRefused, "Microsoft's"},
		// Unknown numbers: the OAuth error decides, and the number is shown.
		{"access_denied", "", 0, fault.ConsentDeclined, "canceled on Microsoft's page"},
		{"access_denied", "", 99999, fault.SignInRefused, "Microsoft answered AADSTS99999"},
		{"invalid_grant", "consent_required", 99999, fault.SignInRefused, "press Accept"},
		{"temporarily_unavailable", "", 99999, fault.Offline, "not working just now"},
		{"<script>alert(1)</script>", "", 0, fault.SignInRefused, "Microsoft answered unknown_error"},
	} {
		err := signin.RefusalFault(refusalBody(c.oauth, c.suberror, c.number), 400, false)
		mustRefuse(t, err, c.code, c.words, correlation)
		if text := fmt.Sprint(err, fault.ReportOf(err)); strings.Contains(text, "canary") || strings.Contains(text, "eyJ") || strings.Contains(text, "script") {
			t.Errorf("%d: the description got through: %s", c.number, text)
		}
	}
}

func TestEveryNumberIsInTheTableOnce(t *testing.T) {
	seen := map[int]bool{}
	for _, n := range signin.SentenceNumbers() {
		if seen[n] {
			t.Errorf("AADSTS%d is in the table twice", n)
		}
		seen[n] = true
		mustRefuse(t, signin.RefusalFault(refusalBody("invalid_request", "", n), 400, false), fault.CodeOf(signin.RefusalFault(refusalBody("invalid_request", "", n), 400, false)), fmt.Sprintf("AADSTS%d", n))
	}
}

func TestARefusalWhileRefreshingAsksForThePerson(t *testing.T) {
	for _, c := range []struct {
		oauth  string
		number int
		code   fault.Code
		words  string
	}{
		{"invalid_grant", 700082, fault.NotSignedIn, "Your sign-in as ada@contoso.example to contoso ended on 23 November 2026; your data stays."},
		{"invalid_grant", 99999, fault.NotSignedIn, "ended on 23 November 2026"},
		{"interaction_required", 50076, fault.NotSignedIn, "second factor again"},
		{"invalid_grant", 53003, fault.NotSignedIn, "policy"},
		{"temporarily_unavailable", 0, fault.Offline, "not working"},
		{"unauthorized_client", 700016, fault.SignInRefused, "client-1"},
	} {
		mustRefuse(t, signin.RefusalFault(refusalBody(c.oauth, "", c.number), 400, true), c.code, c.words)
	}
}

func TestAnAnswerThatIsNoRefusalIsNotTakenForOne(t *testing.T) {
	for _, body := range []string{"", "<html>", "[]", `{"access_token":"canary"}`} {
		if err := signin.RefusalFault(body, 500, false); err != nil {
			t.Errorf("%q is taken for %v", body, err)
		}
	}
}
