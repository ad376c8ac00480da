// What a person types into the field of project patterns, as a list. Whether a pattern can be used is
// decided by the program alone.

/** Cuts typed or pasted text at commas, semicolons and lines. A space belongs to a name. */
export function splitPatterns(text: string): string[] {
  return text
    .split(/[,;\n\r\t]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();

/** The list with the patterns of a text at its end; one that is there already stays where it is. */
export function addPatterns(list: readonly string[], text: string): string[] {
  const out = [...list];
  for (const pattern of splitPatterns(text)) {
    if (!out.some((known) => same(known, pattern))) out.push(pattern);
  }
  return out;
}

/** The list with one pattern in the place of another. */
export function replacePattern(list: readonly string[], old: string, by: string): string[] {
  const out: string[] = [];
  for (const pattern of list) {
    const next = pattern === old ? by : pattern;
    if (!out.some((known) => same(known, next))) out.push(next);
  }
  return out;
}

/** True while the text ends a pattern, so that it becomes a chip at once. */
export function endsPattern(text: string): boolean {
  return /[,;\n\r\t]/.test(text);
}

/** A sentence cut around the pattern it suggests, so that the pattern can be a button. */
export function aroundSuggestion(sentence: string, suggestion: string): [before: string, after: string] | null {
  if (!suggestion) return null;
  const at = sentence.indexOf(suggestion);
  return at < 0 ? null : [sentence.slice(0, at), sentence.slice(at + suggestion.length)];
}

/** The pattern in "Did you mean Harbor*?", or '' when a hint names none. */
export function meantBy(hint: string): string {
  return /^Did you mean (.+)\?$/.exec(hint)?.[1] ?? '';
}
