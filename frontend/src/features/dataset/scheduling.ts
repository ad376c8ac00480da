// What the choices of the schedule card mean, and how the next refresh is said.
import type { DatasetView, ScheduleMode, ScheduleView } from '../../backend/types';
import { dayInWords } from '../../format/dates';
import { duration } from '../../format/durations';
import { schedule as texts } from './texts';

/** The choices from left to right: minutes as text, or a mode. */
export type ScheduleChoice = keyof typeof texts.choices;

const minutesOf: Partial<Record<ScheduleChoice, number>> = { '60': 60, '240': 240, '1440': 1440 };
const daily = 1440;

/** The choice that a schedule is; an interval that no button has is the nearest longer one. */
export function choiceOf(s: ScheduleView): ScheduleChoice {
  if (s.mode !== 'interval') return s.mode;
  return s.everyMinutes <= 60 ? '60' : s.everyMinutes <= 240 ? '240' : '1440';
}

/** The schedule after another choice. What the other choices had is kept, so that going back loses nothing. */
export function choose(s: ScheduleView, choice: ScheduleChoice): ScheduleView {
  const minutes = minutesOf[choice];
  if (minutes) return { ...s, mode: 'interval', everyMinutes: minutes };
  if (choice === 'times') return { ...s, mode: 'times', times: s.times.length > 0 ? s.times : ['07:00'] };
  return { ...s, mode: 'manual' };
}

/** The schedule after its switch was pressed: off is manual, on is the mode it had `before`. */
export function toggled(s: ScheduleView, on: boolean, before: ScheduleMode): ScheduleView {
  if (!on) return { ...s, mode: 'manual' };
  return choose(s, before === 'times' ? 'times' : choiceOf({ ...s, mode: 'interval' }));
}

/** A typed time of day as HH:MM: 7:30, 07.30 and 730 are 07:30. null for what is none. */
export function timeOf(typed: string): string | null {
  const parts = /^\s*(\d{1,2})[:.]?(\d{2})\s*$/.exec(typed);
  const [hour, minute] = [Number(parts?.[1] ?? 24), Number(parts?.[2] ?? 60)];
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null;
}

/** Times of day in their order, each once. */
export function inOrder(times: readonly string[]): string[] {
  return [...new Set(times)].sort();
}

/** The next whole hour after the last time that has none yet, for a new line of the editor. */
export function anotherTime(times: readonly string[]): string {
  const last = Number((times[times.length - 1] ?? '06').slice(0, 2));
  for (let step = 1; step <= 24; step++) {
    const time = `${String((last + step) % 24).padStart(2, '0')}:00`;
    if (!times.includes(time)) return time;
  }
  return '00:30';
}

/** "When Sightline starts, if older than 4 hours"; a day for what has no interval. */
export function atStartWords(s: ScheduleView): string {
  const minutes = s.mode === 'interval' && s.everyMinutes > 0 ? s.everyMinutes : daily;
  return texts.atStart(texts.hours(Math.max(1, Math.round(minutes / 60))));
}

/** When the next refresh comes: the moment, and how far away it is. */
export function nextWords(d: DatasetView, now: number): { when: string; left: string } {
  if (d.schedule.mode === 'manual') return { when: texts.manual, left: '' };
  const next = d.schedule.next;
  if (!next) return { when: d.lastRefresh ? texts.soon : texts.afterLoad, left: '' };
  const seconds = (new Date(next).getTime() - now) / 1000;
  if (seconds < 60) return { when: texts.soon, left: '' };
  return { when: texts.next(dayInWords(next, now)), left: texts.inTime(duration(Math.floor(seconds / 60) * 60)) };
}
