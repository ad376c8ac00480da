import { describe, expect, it } from 'vitest';
import { addDays, clampDay, daysBetween, instantOf, isDay, monthTicks, sprintStartOf, sprintStarts, sprintStep } from './days';

describe('days', () => {
  it('are added and counted over months, leap years and changes of clocks', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-03-01', '2026-11-18')).toBe(262);
  });
  it('are days of the calendar', () => {
    expect([isDay('2026-11-18'), isDay('2026-02-30'), isDay('today'), isDay('')]).toEqual([true, false, false, false]);
  });
  it('stay within their range', () => {
    expect(clampDay('2020-01-01', '2026-01-01', '2026-12-31')).toBe('2026-01-01');
    expect(clampDay('2026-05-05', '2026-01-01', '2026-12-31')).toBe('2026-05-05');
  });
});

describe('ticks of months', () => {
  it('stand on the first days of months', () => {
    expect(monthTicks('2026-05-20', '2026-08-02', 10)).toEqual(['2026-06-01', '2026-07-01', '2026-08-01']);
  });
  it('are thinned to quarters, half years and years', () => {
    expect(monthTicks('2025-10-05', '2026-11-18', 6)).toEqual(['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01']);
    expect(monthTicks('2024-10-05', '2026-11-18', 4)).toEqual(['2025-01-01', '2025-07-01', '2026-01-01', '2026-07-01']);
    expect(monthTicks('2010-10-05', '2026-11-18', 4)).toEqual(['2011-01-01', '2015-01-01', '2019-01-01', '2023-01-01']);
  });
});

describe('sprints', () => {
  const sprints = [{ first: '2026-11-02', last: '2026-11-15' }, { first: '2026-11-16', last: '2026-11-29' }, { first: '2026-11-09', last: '2026-11-22' }, { first: '2026-11-02', last: '2026-11-15' }];
  const starts = sprintStarts(sprints, '2026-11-01', '2026-11-20');
  it('begin on these days, each once', () => expect(starts).toEqual(['2026-11-02', '2026-11-09', '2026-11-16']));
  it('are stepped through either way, and without them two weeks at a time', () => {
    expect(sprintStep('2026-11-09', starts, 1)).toBe('2026-11-16');
    expect(sprintStep('2026-11-09', starts, -1)).toBe('2026-11-02');
    expect(sprintStep('2026-11-09', [], 1)).toBe('2026-11-23');
  });
  it('hold a day', () => {
    expect(sprintStartOf('2026-11-18', sprints)).toBe('2026-11-16');
    expect(sprintStartOf('2026-11-01', sprints)).toBe('');
  });
});

describe('an instant', () => {
  it('is the time on the clocks of the zone', () => {
    expect(instantOf('2026-11-18', '09:38', 'Europe/Zurich')).toBe('2026-11-18T08:38:00Z');
    expect(instantOf('2026-07-18', '09:38', 'Europe/Zurich')).toBe('2026-07-18T07:38:00Z');
    expect(instantOf('2026-07-18', '00:15', 'Asia/Tokyo')).toBe('2026-07-17T15:15:00Z');
    expect(instantOf('2026-07-18', '09:38', 'UTC')).toBe('2026-07-18T09:38:00Z');
  });
  it('stands right at a change of clocks', () => {
    // 29 March 2026: clocks go from 02:00 to 03:00 in Zurich.
    expect(instantOf('2026-03-29', '01:59', 'Europe/Zurich')).toBe('2026-03-29T00:59:00Z');
    expect(instantOf('2026-03-29', '03:00', 'Europe/Zurich')).toBe('2026-03-29T01:00:00Z');
  });
});
