// Words put together into a line of text.
import { locale } from './locale';

/** The text with its first letter large, for a phrase that begins a line. */
export function sentenceCase(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 32);
  return text === '' ? '' : first.toLocaleUpperCase(locale()) + text.slice(first.length);
}
