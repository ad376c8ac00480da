// Whose manner of writing numbers and days is used: the person's own, as the host tells it.

let chosen: string | undefined;

/** The BCP 47 tag every formatter of this folder uses. */
export function locale(): string {
  return chosen ?? (typeof navigator === 'undefined' ? fallback : ofHost());
}

let host: string | undefined;

// Asked for every number that is written: what the host speaks is looked up once, and again when the person changes it.
function ofHost(): string {
  host ??= firstKnown([navigator.language, ...(navigator.languages ?? [])]);
  return host;
}

if (typeof window !== 'undefined') {
  window.addEventListener('languagechange', () => {
    host = undefined;
  });
}

// English with the day before the month and 24 hours.
const fallback = 'en-GB';

/** A Linux without language settings calls its locale C or POSIX; Intl throws at such a tag. */
export function firstKnown(tags: readonly string[]): string {
  for (const tag of tags) {
    try {
      if (tag && Intl.NumberFormat.supportedLocalesOf(tag).length > 0) return tag;
    } catch {
      // Not a language tag: try the next.
    }
  }
  return fallback;
}

/** Writes in another locale from now on; `undefined` goes back to the person's. For settings and tests. */
export function setLocale(tag: string | undefined): void {
  chosen = tag;
}
