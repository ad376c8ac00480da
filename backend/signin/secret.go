package signin

import (
	"fmt"
	"io"
	"log/slog"
)

// masked is what a secret looks like everywhere.
const masked = "***"

// Secret is a token, a code or a key. It prints as *** in every way Go prints; only Reveal gives the text.
// The zero Secret is empty.
type Secret struct {
	// A pointer, because fmt prints the fields of a struct it cannot ask: it shows an address then.
	text *string
}

// NewSecret wraps a text that must not be shown.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal returns the text. Call it only where the secret leaves for its one destination.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.text == nil }

// String returns ***.
func (Secret) String() string { return masked }

// GoString returns ***.
func (Secret) GoString() string { return masked }

// Format writes *** for every verb and flag.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, masked) }

// MarshalJSON returns "***".
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + masked + `"`), nil }

// MarshalText returns ***.
func (Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// LogValue returns ***.
func (Secret) LogValue() slog.Value { return slog.StringValue(masked) }

// Format keeps state, nonce and verifier of a sign-in out of any log, whatever the verb.
func (s *Session) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "sign-in to "+named(s.about.Organization))
}
