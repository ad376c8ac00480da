package signin_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"sightline/backend/signin"
)

func TestASecretPrintsAsThreeStarsEverywhere(t *testing.T) {
	const canary = "canary-eyJ0eXAi"
	secret := signin.NewSecret(canary)
	type hidden struct {
		Name   string
		secret signin.Secret
	}
	type open struct {
		Secret  signin.Secret
		Pointer *signin.Secret
		Map     map[string]signin.Secret
	}
	values := []any{secret, &secret, hidden{"n", secret}, &hidden{"n", secret}, open{secret, &secret, map[string]signin.Secret{"a": secret}},
		[]signin.Secret{secret}, signin.Tokens{Access: secret, Refresh: secret}}
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%10s", "%T"} {
			if text := fmt.Sprintf(verb, v); strings.Contains(text, canary) || strings.Contains(text, fmt.Sprintf("%x", canary)) {
				t.Errorf("%s of %T shows the secret", verb, v)
			}
		}
		if text, err := json.Marshal(v); err != nil || strings.Contains(string(text), canary) {
			t.Errorf("JSON of %T shows the secret (%v)", v, err)
		}
		var log strings.Builder
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		if strings.Contains(log.String(), canary) {
			t.Errorf("a log of %T shows the secret", v)
		}
	}
	if text, err := xml.Marshal(struct{ Secret signin.Secret }{secret}); err == nil && strings.Contains(string(text), canary) {
		t.Error("XML shows the secret")
	}
	if secret.Reveal() != canary || secret.IsZero() || !(signin.Secret{}).IsZero() || (signin.Secret{}).Reveal() != "" || !signin.NewSecret("").IsZero() {
		t.Error("a secret does not hold what it was given")
	}
	if got := fmt.Sprint(secret, signin.Secret{}); got != "*** ***" {
		t.Errorf("it prints %q", got)
	}
}

func TestLibraryTextsAreScrubbed(t *testing.T) {
	for _, secret := range []string{
		"eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln",
		"0.AXoA7jKkqQ_canary_refresh-token-of-entra",
		"1.AXoA7jKkqQ_canary_refresh-token-of-entra",
		strings.Repeat("pat0", 13),
	} {
		if text := signin.Scrub("oauth2: cannot parse " + secret + " at once"); strings.Contains(text, secret[:12]) || !strings.Contains(text, "cannot parse") {
			t.Errorf("%q is left", text)
		}
	}
	if text := signin.Scrub(`Get "http://localhost:1/?code=short&state=abc": dial`); strings.Contains(text, "short") || strings.Contains(text, "abc") {
		t.Errorf("%q is left", text)
	}
	for _, plain := range []string{"dial tcp: lookup login.microsoftonline.com: no such host", "failed to verify signature: no matching key"} {
		if signin.Scrub(plain) != plain {
			t.Errorf("%q was changed", plain)
		}
	}
}
