import { beforeEach, describe, expect, it } from 'vitest';
import type { PhaseView, ProgressView } from '../../backend/types';
import { setLocale } from '../../format/locale';
import { heading, phaseRow, summary, underHeading, waitLeft } from './view';

const phase = (p: Partial<PhaseView>): PhaseView => ({ phase: 'history', state: 'running', done: 0, expected: 0, rate: 0, elapsed: 0, ...p });
const load = (p: Partial<ProgressView>): ProgressView => ({
  datasetId: 's', name: 'harborline / Harbor*', organization: 'harborline', person: 'Mira Okafor', state: 'running', percent: 0, phases: [],
  rows: 0, rowRate: 0, requests: 0, elapsed: 0, left: 0, waited: 0, waitLeft: 0, waitWhy: '', firstLook: false, projects: [], log: [],
  type: 'first', bytes: 0, retries: 0, parked: [], skipped: [],
  fault: null, dashboardId: '', reportId: '', ...p,
});

beforeEach(() => setLocale('en'));

describe('a step of a load', () => {
  it('says how much of how much, how fast and for how long', () => {
    expect(phaseRow(phase({ done: 142330, expected: 186204, rate: 1820.4, elapsed: 78.2 }), true)).toMatchObject({
      name: 'Work item history', amount: '142,330 of 186,204', rate: '1,820/s', time: '1 min 18 s', share: 142330 / 186204,
    });
  });
  it('claims no share while nobody knows how much there is', () => {
    expect(phaseRow(phase({ done: 250 }), true)).toMatchObject({ amount: '250', share: null });
    expect(phaseRow(phase({}), true)).toMatchObject({ amount: 'running', share: null, rate: '' });
  });
  it('never shows more loaded than expected', () => {
    expect(phaseRow(phase({ done: 12, expected: 10 }), true)).toMatchObject({ amount: '12 of 12', share: 1 });
  });
  it('that has not begun has neither time nor rate', () => {
    expect(phaseRow(phase({ state: 'notStarted', rate: 3, elapsed: 4 }), true)).toMatchObject({ amount: 'not started', rate: '', time: '', share: 0 });
  });
  it('that waits says so in the place of its rate', () => {
    expect(phaseRow(phase({ state: 'waiting', rate: 900 }), true).rate).toBe('waiting');
  });
  it('that could not be finished is put off and claims nothing', () => {
    expect(phaseRow(phase({ phase: 'tfvc', state: 'failed', done: 120 }), true)).toMatchObject({ name: 'TFVC changesets', amount: '120', rate: 'put off', share: 0 });
    expect(phaseRow(phase({ phase: 'git', state: 'failed' }), true).amount).toBe('nothing yet');
  });
  it('that was under way when the load paused does not turn any more', () => {
    expect(phaseRow(phase({ rate: 900 }), false)).toMatchObject({ state: 'stopped', rate: '' });
    expect(phaseRow(phase({ done: 9 }), false).share).toBe(0);
    expect(phaseRow(phase({ state: 'finished', rate: 900 }), false)).toMatchObject({ state: 'finished', rate: '900/s' });
  });
});

describe('the line under the bar', () => {
  it('tells what is known', () => {
    const p = load({ elapsed: 174, left: 80, rows: 211408, rowRate: 1316, requests: 1087, bytes: 48_200_000, retries: 3, waited: 30.2 });
    expect(summary(p)).toEqual(['2 min 54 s gone', 'about 1 min 20 s left', '211,408 rows', '1,316 rows/s', '1,087 requests', '48 MB', '3 retries', 'waited 30 s']);
  });
  it('leaves out what is not, and what is over', () => {
    expect(summary(load({ rows: 1, requests: 1 }))).toEqual(['0 s gone', '1 row', '1 request']);
    expect(summary(load({ state: 'paused', left: 80, rowRate: 10, elapsed: 12 }))).toEqual(['12 s gone', '0 rows', '0 requests']);
  });
});

describe('the heading', () => {
  it('says as whom, and that the window may be closed', () => {
    expect(heading(load({}))).toBe('Loading harborline');
    expect(underHeading(load({ projects: ['a', 'b', 'c', 'd'] }))).toBe('4 projects, as Mira Okafor. You can close the window; it continues where it stopped.');
  });
  it('of a load that failed before this start still says so', () => {
    expect(heading(load({ state: 'idle', fault: { code: 'offline', message: 'm', hint: '', facts: [], actions: [] } }))).toContain('could not be loaded');
  });
});

describe('the wait that the server asked for', () => {
  it('counts on between two messages of the program and ends at zero', () => {
    const p = load({ waitLeft: 18 });
    expect(waitLeft(p, 1_000, 5_500)).toBe(13.5);
    expect(waitLeft(p, 1_000, 60_000)).toBe(0);
  });
});
