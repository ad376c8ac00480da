// Days and instants. A day (2026-11-18) belongs to the dataset's zone already and is never shifted;
// an instant (RFC 3339) is shown in the zone it is asked for.
import { perLocale } from './cache';
import { locale } from './locale';

const formatter = perLocale<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>((tag, options) => new Intl.DateTimeFormat(tag, options));

const calendar = (options: Intl.DateTimeFormatOptions) => formatter('en', options);

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const asDay = (text: string) => new Date(`${text}T00:00:00Z`);

/** The parts of a day that are written. */
type DayStyle = Pick<Intl.DateTimeFormatOptions, 'day' | 'month' | 'year' | 'weekday'>;

function write(when: string, style: DayStyle, zone?: string): string {
  const at = isDay(when) ? asDay(when) : new Date(when);
  if (Number.isNaN(at.getTime())) return when;
  // Commas between weekday, day and year only lengthen a line that reads well without them.
  const parts = formatter(locale(), { ...style, timeZone: isDay(when) ? 'UTC' : zone || undefined }).formatToParts(at);
  return parts.map((p) => (p.type === 'literal' ? p.value.replace(/,\s/g, ' ') : p.value)).join('');
}

/** The day, 2026-11-18, on which an instant falls in a zone. A day stays itself. */
export function dayOf(when: string, zone?: string): string {
  if (isDay(when)) return when;
  const at = new Date(when);
  if (Number.isNaN(at.getTime())) return '';
  // Put together here: no locale writes its days in one way in every engine.
  const parts = calendar({ year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory', numberingSystem: 'latn', timeZone: zone || undefined }).formatToParts(at);
  const part = (type: 'year' | 'month' | 'day') => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** 12 Nov, with the year when it is not that of `today` (a day or an instant; the clock's when left out). */
export function day(when: string, today = new Date().toISOString(), zone?: string): string {
  const sameYear = dayOf(when, zone).slice(0, 4) === dayOf(today, zone).slice(0, 4);
  return write(when, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }, zone);
}

/** Tue 17 Nov 2026: the whole date, for tooltips and for screen readers. */
export function longDay(when: string, zone?: string): string {
  return write(when, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }, zone);
}

/** Nov, or Nov 2025 when `withYear`. */
export function month(when: string, withYear = false, zone?: string): string {
  return write(when, { month: 'short', ...(withYear ? { year: 'numeric' } : {}) }, zone);
}

/** The year alone. */
export function year(when: string, zone?: string): string {
  return write(when, { year: 'numeric' }, zone);
}

/** The day of the month alone, for axes whose first label names the month. */
export function dayOfMonth(when: string): number {
  return Number(when.slice(8, 10));
}

/** 8 to 14 Nov 2026: two days and everything between, both included. */
export function dayRange(from: string, to: string): string {
  if (!isDay(from) || !isDay(to)) return `${from} – ${to}`;
  return formatter(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(asDay(from), asDay(to));
}

/** 09:38, in a zone or on the person's own clock. */
export function clock(instant: string, zone?: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  return formatter(locale(), { hour: '2-digit', minute: '2-digit', timeZone: zone || undefined }).format(at);
}

/** 18 Nov, 09:38. */
export function dayAndClock(instant: string, today?: string, zone?: string): string {
  return `${day(instant, today, zone)}, ${clock(instant, zone)}`;
}

const relative = perLocale<Intl.RelativeTimeFormatOptions, Intl.RelativeTimeFormat>((tag, options) => new Intl.RelativeTimeFormat(tag, options));

/** "today, 13:38", "tomorrow, 07:30"; another day than these and yesterday stands as itself: 12 Nov, 13:38. */
export function dayInWords(instant: string, now: number): string {
  const today = new Date(now).toISOString();
  const apart = Math.round((asDay(dayOf(instant)).getTime() - asDay(dayOf(today)).getTime()) / 86_400_000);
  if (!(Math.abs(apart) <= 1)) return dayAndClock(instant, today);
  const word = relative(locale(), { numeric: 'auto', style: 'long' }).format(apart, 'day');
  return `${word}, ${clock(instant)}`;
}

/** 4 min ago. Seconds are "now"; days and more are left to the date itself, as an empty text. */
export function ago(instant: string, now: number): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  if (Number.isNaN(seconds) || seconds < -86_400 || seconds > 60) return '';
  const words = relative(locale(), { numeric: 'auto', style: 'short' });
  if (seconds > -60) return words.format(0, 'second');
  if (seconds > -3_600) return words.format(Math.trunc(seconds / 60), 'minute');
  return words.format(Math.trunc(seconds / 3_600), 'hour');
}
