// Lengths of time in the two largest units that matter: 1 min 58 s, 2 h 5 min, 3 d 4 h.
import { number } from './numbers';

const units: [number, string][] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** Seconds as a person says them. Below ten seconds one decimal is kept; nothing is 0 s. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  const sign = seconds < 0 ? '−' : '';
  const whole = Math.abs(seconds);
  if (whole < 9.95) return `${sign}${number(whole, whole % 1 === 0 ? 0 : 1)} s`;
  const rounded = Math.round(whole);
  const at = units.findIndex(([size]) => rounded >= size);
  const [size, name] = units[at] ?? [1, 's'];
  const next = units[at + 1];
  const first = Math.floor(rounded / size);
  if (!next) return `${sign}${number(first)} ${name}`;
  const second = Math.floor((rounded - first * size) / next[0]);
  return `${sign}${number(first)} ${name}${second > 0 ? ` ${number(second)} ${next[1]}` : ''}`;
}
