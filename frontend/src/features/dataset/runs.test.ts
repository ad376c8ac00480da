import { beforeEach, describe, expect, it } from 'vitest';
import type { RunView } from '../../backend/types';
import { setLocale } from '../../format/locale';
import { fileSize } from '../../format/fileSize';
import { historyFile } from './historyFile';
import { runBars, runLine, runSeconds } from './runs';

const run = (r: Partial<RunView>): RunView => ({
  type: 'scheduled', started: '2026-11-18T09:38:00Z', ended: '2026-11-18T09:39:58Z', status: 'succeeded', message: '',
  rows: 1414, requests: 141, bytes: 0, waited: 0, slowed: false, changes: {}, added: 74, changed: 340, deleted: 0, parked: [], skipped: [], ...r,
});

beforeEach(() => setLocale('en-GB'));

describe('a line of the refresh history', () => {
  it('tells how long it took and what it brought', () => {
    expect(runLine(run({}))).toMatchObject({ type: 'Scheduled', status: 'Completed', tone: 'ok', time: '1 min 58 s', rows: '+74 / 340 / 0', requests: '141', note: '' });
  });
  it('that was held back says for how long', () => {
    expect(runLine(run({ waited: 64, slowed: true }))).toMatchObject({ status: 'Completed, slowed', tone: 'warning', note: 'Waited 1 min 4 s: asked to slow down' });
    expect(runLine(run({ waited: 0.4 })).status).toBe('Completed');
  });
  it('that put something off says how much', () => {
    const parked = [{ project: 'Harbor-Web', what: 'pull requests', why: 'The server answered 503.' }];
    expect(runLine(run({ parked, slowed: true, waited: 3 }))).toMatchObject({
      status: 'Completed in part', tone: 'warning', note: '1 part put off to the next refresh; Waited 3 s: asked to slow down',
    });
  });
  it('that failed keeps its own sentence, even when it had to wait', () => {
    expect(runLine(run({ status: 'failed', message: 'The disk is full.', waited: 64, slowed: true }))).toMatchObject({ status: 'Failed', tone: 'danger', note: 'The disk is full.' });
  });
  it('that was stopped by a closed window or missed is grey, and a missed one did nothing', () => {
    expect(runLine(run({ status: 'interrupted' }))).toMatchObject({ status: 'Interrupted', tone: 'off' });
    expect(runLine(run({ type: 'missed', status: 'missed', message: 'Sightline was closed.' }))).toMatchObject({
      type: 'Scheduled', status: 'Missed', time: '', rows: '', requests: '', note: 'Sightline was closed.',
    });
  });
  it('that still runs has no length yet', () => {
    expect(runSeconds(run({ ended: '', status: 'running' }))).toBeNull();
    expect(runLine(run({ ended: '', status: 'running' })).time).toBe('');
  });
  it('shows no zeros for a run that failed before it changed anything', () => {
    expect(runLine(run({ status: 'failed', added: 0, changed: 0 })).rows).toBe('');
    expect(runLine(run({ status: 'failed', added: 0, changed: 2 })).rows).toBe('+0 / 2 / 0');
  });
});

describe('the bars of the last refreshes', () => {
  it('are 24 at most, oldest first, without loads of everything and failures', () => {
    const many = Array.from({ length: 30 }, (_, i) => {
      const day = `2026-11-${String(30 - i).padStart(2, '0')}`;
      return run({ started: `${day}T09:00:00Z`, ended: `${day}T09:00:${10 + i}Z` });
    });
    const bars = runBars([run({ status: 'failed' }), ...many, run({ type: 'first' })]);
    expect(bars).toHaveLength(24);
    expect([bars[0]?.seconds, bars[23]?.seconds]).toEqual([33, 10]);
  });
  it('mark the ones that were slowed', () => {
    expect(runBars([run({ slowed: true }), run({ type: 'onDemand' })]).map((b) => b.slowed)).toEqual([false, true]);
  });
});

describe('the file of the history', () => {
  it('holds plain numbers, quotes what must be, and runs no formula', () => {
    const { name, text } = historyFile('harborline / Harbor*', [run({ message: '=HYPERLINK("x"), "quoted"' }), run({ type: 'missed', status: 'missed', message: '' })]);
    expect(name).toBe('harborline-Harbor-refresh-history.csv');
    const [head, first, second] = text.split('\r\n');
    expect(head).toContain('Start,End,Type,Status,Seconds');
    expect(first).toContain('2026-11-18T09:38:00Z,2026-11-18T09:39:58Z,Scheduled,Completed,118,74,340,0,1414,141,0,0,0,0,');
    expect(first?.split(',0,0,0,0,')[1]).toBe('"\'=HYPERLINK(""x""), ""quoted"""');
    expect(second?.split(',')[3]).toBe('Missed');
  });
});

describe('a size on disk', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 KB'],
    [9_960_000, '10 MB'],
    [412e6, '412 MB'],
    [999_600_000, '1.0 GB'],
  ])('of %d bytes is %s', (bytes, text) => expect(fileSize(bytes)).toBe(text));
});
