// Whose manner of writing numbers and days is used: the person's own, as the host tells it.

let chosen: string | undefined;

/** The BCP 47 tag every formatter of this folder uses. */
export function locale(): string {
  return chosen ?? (typeof navigator === 'undefined' ? 'en' : navigator.language || 'en');
}

/** Writes in another locale from now on; `undefined` goes back to the person's. For settings and tests. */
export function setLocale(tag: string | undefined): void {
  chosen = tag;
}
