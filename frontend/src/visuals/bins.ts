// Into which bins the whole numbers of a histogram fall: one each where they are few, wider ones where they spread far,
// and one last bin for the few that lie far above all others. Pure.
import { number } from '../format/numbers';

/** More one-day bins than this are needles: they are put together. */
export const mostSingle = 40;

/** Widths that people count in: days, weeks, tens. */
const widths = [1, 2, 5, 7, 10, 14, 20, 30, 50, 70, 100, 200, 500, 1000, 2000, 5000, 10_000];

export interface BinRange {
  from: number;
  /** The last whole number in it; null when it holds everything from `from` on. */
  to: number | null;
  label: string;
}

/** The value below which `share` of all counts lie, the counts lined up one by one. */
function quantile(sorted: readonly (readonly [number, number])[], share: number): number {
  const total = sorted.reduce((sum, [, n]) => sum + n, 0);
  let seen = 0;
  for (const [value, n] of sorted) {
    seen += n;
    if (seen >= share * total) return value;
  }
  return sorted.at(-1)?.[0] ?? 0;
}

/**
 * Bins for whole numbers with how often each occurs; null when one bin for each number is right. Their width is that
 * of Freedman and Diaconis (twice the middle half over the cube root of the count), rounded up to one people count in.
 * What lies beyond twice the 98th percentile does not stretch the axis: it stands in the last bin.
 */
export function rangesOf(counts: readonly (readonly [number, number])[]): BinRange[] | null {
  const sorted = counts.toSorted(([a], [b]) => a - b);
  const low = sorted[0]?.[0] ?? 0;
  const high = sorted.at(-1)?.[0] ?? 0;
  if (low < 0 || high - low < mostSingle || !sorted.every(([value]) => Number.isInteger(value))) return null;
  const total = sorted.reduce((sum, [, n]) => sum + n, 0);
  const most = quantile(sorted, 0.98);
  const far = high > 2 * most;
  const end = far ? most : high;
  const wanted = Math.max((2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25))) / Math.cbrt(Math.max(1, total)), (end - low + 1) / 30);
  const width = widths.find((w) => w >= wanted) ?? Math.ceil(wanted);
  const first = Math.floor(low / width) * width;
  const whole = Math.max(1, Math.ceil((end + 1 - first) / width));
  const bins = Array.from({ length: whole }, (_, i): BinRange => {
    const from = first + i * width;
    return { from, to: from + width - 1, label: number(from) };
  });
  const edge = first + whole * width;
  return high < edge ? bins : [...bins, { from: edge, to: null, label: `${number(edge)}+` }];
}

/** "5 to 9", "70 or more", or the one number. */
export function rangeInWords({ from, to }: BinRange): string {
  if (to === null) return `${number(from)} or more`;
  return to === from ? number(from) : `${number(from)} to ${number(to)}`;
}
