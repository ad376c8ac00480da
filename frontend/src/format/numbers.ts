// Numbers as a person reads them: grouped, with a true minus, in the person's locale.
import { perLocale } from './cache';
import { locale } from './locale';

const formatter = perLocale<Intl.NumberFormatOptions, Intl.NumberFormat>((tag, options) => new Intl.NumberFormat(tag, options));

// Intl writes the hyphen that programs use; a sign in running figures is U+2212.
const trueMinus = (text: string) => text.replace(/-/g, '−');

/** A number with exactly so many digits after the separator: 1,234 or 4.8. Rounds half away from zero. */
export function number(n: number, digits = 0): string {
  const rounded = formatter(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'negative' });
  return trueMinus(rounded.format(n));
}

/** A change with its sign, +3 or −3.9; a change of nothing is ±0. */
export function signed(n: number, digits = 0): string {
  const text = formatter(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(n);
  return /[+-]/.test(text) ? trueMinus(text) : `±${text}`;
}

const steps: [number, string][] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
];

/** For axes and cards: whole up to 9,999, then 12.3 K or 4.6 M. Small fractions keep up to `digits` digits. */
export function compact(n: number, digits = 0): string {
  if (Math.abs(n) < 9_999.5) return number(n, digits);
  const at = steps.findIndex(([size]) => Math.abs(n) >= size);
  // 999,950 would round to "1,000.0 K": it belongs to the next step.
  const up = at > 0 && Math.abs(n) / (steps[at]?.[0] ?? 1) >= 999.95 ? at - 1 : at;
  const [size, letter] = steps[up] ?? [1, ''];
  const text = formatter(locale(), { minimumFractionDigits: 0, maximumFractionDigits: 1 }).format(n / size);
  return `${trueMinus(text)} ${letter}`;
}

/** A ratio as a percentage: 0.932 is 93.2%. */
export function percent(ratio: number, digits = 1): string {
  const text = formatter(locale(), { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(ratio);
  return trueMinus(text);
}

/** One or many: `plural(1, 'item')`, `plural(21, 'item')`; `many` when the plural is not regular. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${new Intl.PluralRules('en').select(n) === 'one' ? one : many}`;
}
