import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ago, clock, day, dayAndClock, dayInWords, dayOf, dayRange, longDay, month } from './dates';
import { duration } from './durations';
import { setLocale } from './locale';
import { compact, number, percent, plural, signed } from './numbers';
import { sentenceCase } from './phrases';
import { axisValue, change, figure, plainValue, value } from './values';

beforeEach(() => setLocale('en-GB'));
afterEach(() => setLocale(undefined));

describe('numbers', () => {
  it('groups thousands and keeps the asked digits', () => {
    expect(number(1234)).toBe('1,234');
    expect(number(4.75, 1)).toBe('4.8');
    expect(number(5, 1)).toBe('5.0');
  });
  it('writes a true minus', () => {
    expect(number(-3.94, 1)).toBe('−3.9');
    expect(signed(-3)).toBe('−3');
    expect(percent(-0.0125)).toBe('−1.3%');
  });
  it('never writes a negative zero', () => expect(number(-0.04, 1)).toBe('0.0'));
  it('signs every change, also that of nothing', () => {
    expect(signed(3)).toBe('+3');
    expect(signed(0)).toBe('±0');
    expect(signed(0.04, 1)).toBe('±0.0');
  });
  it.each([
    [9999, '9,999'],
    [10000, '10 K'],
    [12345, '12.3 K'],
    [999949, '999.9 K'],
    [999960, '1 M'],
    [4600000, '4.6 M'],
    [-12345, '−12.3 K'],
    [2.5, '2.5'],
  ])('shortens %d to %s', (n, text) => expect(compact(n, Number.isInteger(n) ? 0 : 1)).toBe(text));
  it('follows the locale of the person', () => {
    setLocale('de-DE');
    expect(number(1234.5, 1)).toBe('1.234,5');
    expect(percent(0.932)).toBe('93,2\u00a0%');
  });
  it('knows one from many', () => {
    expect(plural(1, 'item')).toBe('1 item');
    expect(plural(1200, 'item')).toBe('1,200 items');
    expect(plural(2, 'story', 'stories')).toBe('2 stories');
  });
});

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [3.25, '3.3 s'],
    [59.6, '1 min'],
    [118, '1 min 58 s'],
    [3600, '1 h'],
    [7500, '2 h 5 min'],
    [273600, '3 d 4 h'],
    [-75, '−1 min 15 s'],
  ])('%d seconds is %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('days and instants', () => {
  it('leaves out the year of today only', () => {
    expect(day('2026-11-12', '2026-11-18')).toBe('12 Nov');
    expect(day('2025-11-12', '2026-11-18')).toBe('12 Nov 2025');
  });
  it('writes the whole date without commas', () => expect(longDay('2026-11-17')).toBe('Tue 17 Nov 2026'));
  it('never shifts a day, whatever the zone', () => expect(day('2026-11-12', '2026-11-18', 'Pacific/Honolulu')).toBe('12 Nov'));
  it('puts an instant on its day in the zone of the dataset', () => {
    expect(dayOf('2026-11-18T03:30:00Z', 'America/New_York')).toBe('2026-11-17');
    expect(dayOf('2026-11-18T03:30:00Z', 'UTC')).toBe('2026-11-18');
  });
  it('tells the time in a zone', () => {
    expect(clock('2026-11-18T09:38:00Z', 'UTC')).toBe('09:38');
    expect(dayAndClock('2026-11-18T09:38:00Z', '2026-11-18', 'Asia/Kolkata')).toBe('18 Nov, 15:08');
  });
  it('names a month, and with its year', () => {
    expect(month('2026-11-01')).toBe('Nov');
    expect(month('2025-11-01', true)).toBe('Nov 2025');
  });
  it('writes a range once', () => expect(dayRange('2026-11-08', '2026-11-14')).toMatch(/^8\s?–\s?14 Nov 2026$/));
  it('says how long ago, up to a day', () => {
    const now = Date.parse('2026-11-18T09:42:00Z');
    expect(ago('2026-11-18T09:38:00Z', now)).toBe('4 min ago');
    expect(ago('2026-11-18T09:41:40Z', now)).toBe('now');
    expect(ago('2026-11-18T05:42:00Z', now)).toBe('4 hr ago');
    expect(ago('2026-11-16T05:42:00Z', now)).toBe('');
  });
  it('gives back what is not a date', () => {
    expect(day('soon')).toBe('soon');
    expect(clock('')).toBe('');
  });
});

describe('values of a measure', () => {
  it('null is (Blank), zero is 0', () => {
    expect(value(null, { format: 'integer' })).toBe('(Blank)');
    expect(value(0, { format: 'integer' })).toBe('0');
  });
  it('writes each format with its unit', () => {
    expect(value(4.75, { format: 'days' })).toBe('4.8 days');
    expect(value(1, { format: 'days' })).toBe('1.0 day');
    expect(value(10.84, { format: 'hours' })).toBe('10.8 h');
    expect(value(0.9324, { format: 'percent' })).toBe('93.2%');
    expect(value(118, { format: 'duration' })).toBe('1 min 58 s');
    expect(value(20_770, { format: 'date' })).toBe('Fri 13 Nov 2026');
    expect(plainValue(20_770, { format: 'date' })).toBe('Fri 13 Nov 2026');
    expect(axisValue(20_770, { format: 'date' })).toBe('Fri 13 Nov 2026');
    expect(change(-3, { format: 'date' })).toBe('−3 d');
    expect(value(24, { format: 'integer', unit: 'points' })).toBe('24 points');
    expect(value(24, { format: 'decimal1', unit: 'points' })).toBe('24 points');
    expect(value(24.25, { format: 'decimal1', unit: 'points' })).toBe('24.3 points');
  });
  it('keeps figure and unit apart for a card', () => {
    expect(figure(0.9324, { format: 'percent' })).toEqual({ text: '93.2', unit: '%' });
    expect(figure(12345, { format: 'integer', unit: 'items' }, true)).toEqual({ text: '12.3 K', unit: 'items' });
  });
  it('writes a plain figure where the head names the unit', () => expect(plainValue(67, { format: 'integer', unit: 'days' })).toBe('67'));
  it('keeps axes short', () => {
    expect(axisValue(80, { format: 'decimal1' })).toBe('80');
    expect(axisValue(0.4, { format: 'percent' })).toBe('40%');
    expect(axisValue(20000, { format: 'integer' })).toBe('20 K');
  });
  it('writes changes of rates in points', () => {
    expect(change(0.013, { format: 'percent' })).toBe('+1.3 pts');
    expect(change(-0.2, { format: 'days' })).toBe('−0.2 d');
    expect(change(3, { format: 'integer' })).toBe('+3');
  });
});

describe('a day near now', () => {
  const now = new Date(2026, 10, 18, 9, 42).getTime();
  const at = (on: number, hour: number) => new Date(2026, 10, on, hour, 38).toISOString();
  it.each([
    [at(18, 13), 'today, 13:38'],
    [at(19, 0), 'tomorrow, 00:38'],
    [at(17, 23), 'yesterday, 23:38'],
    [at(16, 9), '16 Nov, 09:38'],
  ])('%s is %s', (instant, words) => expect(dayInWords(instant, now)).toBe(words));
});

it('a phrase that begins a line has a large letter', () => {
  expect(['the repository', 'élan', '𝒶', ''].map(sentenceCase)).toEqual(['The repository', 'Élan', '𝒶', '']);
});
