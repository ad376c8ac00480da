import { beforeEach, describe, expect, it } from 'vitest';
import type { DatasetView, ScheduleView } from '../../backend/types';
import { setLocale } from '../../format/locale';
import { anotherTime, atStartWords, choiceOf, choose, inOrder, nextWords, timeOf, toggled } from './scheduling';

const schedule: ScheduleView = { mode: 'interval', everyMinutes: 240, times: [], atStart: true, catchUp: true, next: '', paused: '', failures: 0 };
const dataset = (s: Partial<ScheduleView>, lastRefresh = '2026-11-18T09:38:00Z') => ({ lastRefresh, schedule: { ...schedule, ...s } }) as DatasetView;

beforeEach(() => setLocale('en-GB'));

describe('the schedule', () => {
  it('is one of the choices', () => {
    expect(choiceOf(schedule)).toBe('240');
    expect(choiceOf({ ...schedule, mode: 'manual' })).toBe('manual');
    expect(choiceOf({ ...schedule, mode: 'times', everyMinutes: 0 })).toBe('times');
  });
  it('keeps what the other choices had', () => {
    const timed = choose({ ...schedule, times: ['12:00'] }, 'times');
    expect(timed).toMatchObject({ mode: 'times', times: ['12:00'], everyMinutes: 240 });
    expect(choose(timed, '60')).toMatchObject({ mode: 'interval', everyMinutes: 60, times: ['12:00'] });
  });
  it('begins fixed times with one', () => expect(choose(schedule, 'times').times).toEqual(['07:00']));
  it('goes back to what it was when it is switched on again', () => {
    const off = toggled(schedule, false, 'interval');
    expect(off.mode).toBe('manual');
    expect(toggled(off, true, 'interval')).toMatchObject({ mode: 'interval', everyMinutes: 240 });
    expect(toggled({ ...off, times: ['12:00'] }, true, 'times')).toMatchObject({ mode: 'times', times: ['12:00'] });
  });
  it('says how old the data must be at a start', () => {
    expect(atStartWords(schedule)).toBe('When Sightline starts, if older than 4 hours');
    expect(atStartWords({ ...schedule, everyMinutes: 60 })).toBe('When Sightline starts, if older than 1 hour');
    expect(atStartWords({ ...schedule, mode: 'times' })).toBe('When Sightline starts, if older than 24 hours');
  });
});

describe('the next refresh', () => {
  const now = Date.parse('2026-11-18T09:42:00Z');
  it('is a moment and how far away it is', () => {
    const d = dataset({ next: new Date(now + 3 * 3_600_000 + 56 * 60_000 + 20_000).toISOString() });
    expect(nextWords(d, now).left).toBe('in 3 h 56 min');
    expect(nextWords(d, now).when).toMatch(/^Next: (today|tomorrow), \d\d:\d\d$/);
  });
  it('that is due comes in a moment, not in the past', () => {
    expect(nextWords(dataset({ next: new Date(now - 60_000).toISOString() }), now)).toEqual({ when: 'Next: in a moment', left: '' });
  });
  it('of a manual schedule is asked for; of a first load it waits for the end', () => {
    expect(nextWords(dataset({ mode: 'manual' }), now).when).toBe('Only when you ask for it');
    expect(nextWords(dataset({}, ''), now).when).toBe('Begins when the first load is whole');
  });
});

describe('fixed times', () => {
  it.each([['7:30', '07:30'], ['07.30', '07:30'], ['730', '07:30'], ['0000', '00:00'], ['24:00', null], ['12:60', null], ['noon', null], ['', null]])(
    'typed as %s are %s',
    (typed, time) => expect(timeOf(typed)).toBe(time),
  );
  it('stand in their order, each once', () => expect(inOrder(['16:30', '07:30', '16:30'])).toEqual(['07:30', '16:30']));
  it('get another one that is not there yet', () => {
    expect(anotherTime(['07:30'])).toBe('08:00');
    expect(anotherTime(['00:00', '23:00'])).toBe('01:00');
  });
});
