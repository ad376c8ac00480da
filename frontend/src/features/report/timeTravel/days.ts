// Days as texts (2026-11-18), which compare in order, and instants in the dataset's zone. Pure.

const dayMs = 86_400_000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

export function addDays(day: string, n: number): string {
  return new Date(at(day) + n * dayMs).toISOString().slice(0, 10);
}

/** How many days `to` lies behind `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((at(to) - at(from)) / dayMs);
}

export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at(text)) && new Date(at(text)).toISOString().startsWith(text);

export function clampDay(day: string, first: string, last: string): string {
  return day < first ? first : day > last ? last : day;
}

/** The first days of months after `first`, thinned so that each has `room` of the whole: every month, quarter, half year or year. */
export function monthTicks(first: string, last: string, most: number): string[] {
  const all: string[] = [];
  let [year = 0, month = 1] = first.slice(0, 7).split('-').map(Number);
  for (;;) {
    month++;
    if (month > 12) {
      month = 1;
      year++;
    }
    const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
    if (day > last) break;
    all.push(day);
  }
  for (const step of [1, 3, 6, 12]) {
    const kept = all.filter((d) => (Number(d.slice(5, 7)) - 1) % step === 0);
    if (kept.length <= Math.max(1, most)) return kept;
  }
  const years = all.filter((d) => d.endsWith('-01-01'));
  return years.filter((_, i) => i % Math.ceil(years.length / Math.max(1, most)) === 0);
}

interface Sprint {
  first: string;
  last: string;
}

/** The days on which sprints begin, each once, in their order; those of several teams together. */
export function sprintStarts(sprints: readonly Sprint[], first: string, last: string): string[] {
  return [...new Set(sprints.map((s) => s.first))].filter((d) => d >= first && d <= last).sort();
}

/** The next sprint's first day behind (or before) a day; two weeks on where there are no sprints. */
export function sprintStep(day: string, starts: readonly string[], direction: 1 | -1): string {
  const found = direction > 0 ? starts.find((s) => s > day) : starts.findLast((s) => s < day);
  return found ?? addDays(day, direction * 14);
}

/** The start of the sprint that a day lies in; '' outside. Of several the one that began last. */
export function sprintStartOf(day: string, sprints: readonly Sprint[]): string {
  return sprints.filter((s) => s.first <= day && day <= s.last).map((s) => s.first).sort().at(-1) ?? '';
}

const clocks = new Map<string, Intl.DateTimeFormat>();

// How far the clocks of a zone are ahead of UTC at an instant, in milliseconds.
function ahead(instant: number, zone: string): number {
  let format = clocks.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone || 'UTC', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map((p) => [p.type, Number(p.value)]));
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(instant / 1000) * 1000;
}

/** The instant, in RFC 3339, at which the clocks of a zone show a day and a time (14:30). An hour that clocks skip is the one after. */
export function instantOf(day: string, time: string, zone: string): string {
  const shown = Date.parse(`${day}T${time}:00Z`);
  let instant = shown - ahead(shown, zone);
  instant = shown - ahead(instant, zone);
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
