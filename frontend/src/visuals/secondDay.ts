// The two days of a comparison in words, and what changed between them.
import type { Result, ValueInfo } from '../backend/types';
import { day, dayOf } from '../format/dates';
import { change, plainValue } from '../format/values';

function dayInWords(when: string, zone: string, now: string): string {
  return dayOf(when, zone) === dayOf(now, zone) ? 'today' : day(when, now, zone);
}

/** The day that the drawing stands for: "7 Oct", or "today". */
export function firstDay(result: Pick<Result, 'asOf' | 'timeZone'>, now = new Date().toISOString()): string {
  return dayInWords(result.asOf, result.timeZone, now);
}

/** The day that stands beside it. */
export function secondDay(result: Pick<Result, 'comparedWith' | 'timeZone'>, now = new Date().toISOString()): string {
  return result.comparedWith ? dayInWords(result.comparedWith, result.timeZone, now) : '';
}

/** The value of the second day and how far it is from the first one's: "58 −25". Nothing there counts as it is given. */
export function changeTo(first: number | null, second: number | null, shape: ValueInfo): string {
  const written = plainValue(second, shape);
  return first === null || second === null ? written : `${written} ${change(second - first, shape)}`;
}
