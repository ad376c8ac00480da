// Labels along an axis of days or periods: horizontal, thinned to whole steps, first and last kept.
import type { Dimension, Member } from '../backend/types';
import { day, dayOfMonth, month } from '../format/dates';
import { widest } from './textWidth';

const startOf = (m: Member) => m.start || String(m.value ?? '');

/** True for an axis whose members are days or periods in their own order. */
export function isTimeAxis(axis: Dimension | null): boolean {
  return axis !== null && (axis.role === 'date' || Boolean(axis.grain)) && axis.members.every((m) => m.value !== null);
}

/**
 * One label per member, '' for those left out, for an axis so many pixels long. `today` decides whether
 * a year is written.
 */
export function timeLabels(axis: Dimension, width: number, today: string): string[] {
  const members = axis.members;
  const n = members.length;
  const pitch = width / Math.max(1, n - 1);
  const grain = axis.grain || 'day';
  if (grain === 'month') return thin(members.map((m, i) => monthText(members, m, i, today)), pitch);
  if (grain === 'quarter' || grain === 'year') return thin(members.map((m) => m.label), pitch);
  if (grain === 'day' && n <= 31 && pitch >= 32) return daysOfMonth(members, today);
  const days = (Date.parse(startOf(members[n - 1] ?? { value: '', label: '' })) - Date.parse(startOf(members[0] ?? { value: '', label: '' }))) / 86_400_000;
  if (grain === 'day' && days > 62 && days <= 130) {
    // Every second or fourth week from the first day on, where that stands free.
    const texts = members.map((m) => day(startOf(m), today));
    const step = [14, 28].find((d) => d * pitch >= widest(texts) + 24);
    if (step && n > 3 * step) return texts.map((text, i) => (i % step === 0 ? text : ''));
  }
  if (days > 130 || (grain === 'day' && days > 62)) return monthStarts(members, pitch, today);
  return thin(members.map((m) => day(startOf(m), today)), pitch);
}

// 9 Nov, 10, 11, … and the month again where it begins.
function daysOfMonth(members: readonly Member[], today: string): string[] {
  return members.map((m, i) => (i === 0 || dayOfMonth(startOf(m)) === 1 ? day(startOf(m), today) : String(dayOfMonth(startOf(m)))));
}

function monthText(members: readonly Member[], m: Member, i: number, today: string): string {
  const own = startOf(m).slice(0, 4);
  const named = i === 0 ? own !== today.slice(0, 4) : own !== startOf(members[i - 1] ?? m).slice(0, 4);
  return month(startOf(m), named);
}

// The first member of every month carries its name; months are left out evenly when they stand too close.
function monthStarts(members: readonly Member[], pitch: number, today: string): string[] {
  const starts: number[] = [];
  members.forEach((m, i) => {
    const before = members[i - 1];
    if (before ? startOf(before).slice(0, 7) !== startOf(m).slice(0, 7) : dayOfMonth(startOf(m)) <= 7) starts.push(i);
  });
  const texts = starts.map((i) => monthText(starts.map((s) => members[s] as Member), members[i] as Member, starts.indexOf(i), today));
  const apart = starts.length > 1 ? (((starts[starts.length - 1] ?? 0) - (starts[0] ?? 0)) / (starts.length - 1)) * pitch : Infinity;
  const step = Math.max(1, Math.ceil((widest(texts) + 10) / apart));
  const out = members.map(() => '');
  starts.forEach((i, k) => {
    if (k % step === 0) out[i] = texts[k] ?? '';
  });
  return out;
}

/** Leaves out labels evenly so that none touch; the first and the last one are kept. */
export function thin(texts: readonly string[], pitch: number): string[] {
  const n = texts.length;
  if (n <= 1) return [...texts];
  const least = Math.max(1, Math.ceil((widest(texts) + 12) / pitch));
  // A step that divides the axis keeps both ends; else the one before the last makes room for it.
  let step = least;
  for (let s = least; s <= Math.min(2 * least, n - 1); s++) {
    if ((n - 1) % s === 0) {
      step = s;
      break;
    }
  }
  return texts.map((text, i) => (i === n - 1 || (i % step === 0 && n - 1 - i >= least) ? text : ''));
}
