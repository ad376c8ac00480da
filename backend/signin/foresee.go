package signin

import (
	"context"
	"time"
)

// foreseeLimit bounds the look ahead, which must never be what a person waits for.
const foreseeLimit = 5 * time.Second

// foresee finds out what the directory would tell on a page only, before a browser opens: that it does not know the
// client id or where to answer. From such a page nothing comes back, so that nobody would ever read our sentence. It
// is no gate: whatever is unclear is left to the sign-in itself.
func (s *Session) foresee(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, foreseeLimit)
	defer stop()
	config := s.config
	config.RedirectURL = probeRedirect
	page, err := prober{client: s.client, about: s.about, metadata: s.metadata, config: config}.askSilently(ctx)
	if err != nil || page.returned {
		return nil
	}
	if _, known := sentenceOf(page.number()); known {
		return page.refused.fault("signin.foresee", s.about)
	}
	return nil
}
