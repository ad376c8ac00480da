// Marks along an axis of time that is not made of categories: days, Sundays or months, as many as stand free.
import { day, month } from '../format/dates';
import { widest } from './textWidth';

export interface TimeTick {
  /** Days since 1970-01-01. */
  day: number;
  label: string;
}

export const isoDay = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);

/** Ticks for days from `from` to `to`, both included, on so many pixels. Weeks begin on Sunday. */
export function timeTicks(from: number, to: number, width: number, today: string): TimeTick[] {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return [];
  const perDay = width / Math.max(1, to - from);
  const days = Array.from({ length: Math.min(to - from + 1, 40_000) }, (_, i) => from + i);
  const fits = (ticks: TimeTick[], apart: number) => apart * perDay >= widest(ticks.map((t) => t.label)) + 14;
  const named = (list: number[]) => list.map((d) => ({ day: d, label: day(isoDay(d), today) }));
  for (const step of [1, 2]) {
    const list = named(days.filter((_, i) => i % step === 0));
    if (days.length <= 16 && fits(list, step)) return list;
  }
  // 1970-01-01 was a Thursday: Sundays are 3 days later.
  const sundays = days.filter((d) => (((d - 3) % 7) + 7) % 7 === 0);
  for (const weeks of [1, 2, 4]) {
    const list = named(sundays.filter((_, i) => i % weeks === 0));
    if (list.length > 1 && fits(list, weeks * 7)) return list;
  }
  const firsts = days.filter((d) => isoDay(d).endsWith('-01'));
  for (const months of [1, 2, 3, 6, 12]) {
    const list = firsts.filter((_, i) => i % months === 0).map((d, i, all) => ({ day: d, label: month(isoDay(d), i > 0 && isoDay(d).slice(0, 4) !== isoDay(all[i - 1] ?? d).slice(0, 4)) }));
    if (list.length > 0 && fits(list, months * 28)) return list;
  }
  return named([from]);
}
