import { beforeEach, describe, expect, it } from 'vitest';
import type { RunView } from '../../backend/types';
import { setLocale } from '../../format/locale';
import { fileSize } from './fileSize';
import { runLine, runSeconds } from './runs';

const run = (r: Partial<RunView>): RunView => ({
  type: 'scheduled', started: '2026-11-18T09:38:00Z', ended: '2026-11-18T09:39:58Z', status: 'succeeded', message: '',
  rows: 1414, requests: 141, waited: 0, counts: {}, ...r,
});

beforeEach(() => setLocale('en-GB'));

describe('a line of the refresh history', () => {
  it('tells how long it took and what it brought', () => {
    expect(runLine(run({}))).toMatchObject({ type: 'Scheduled', status: 'Completed', tone: 'ok', time: '1 min 58 s', rows: '1,414', requests: '141', note: '' });
  });
  it('that was held back says for how long', () => {
    expect(runLine(run({ waited: 64 }))).toMatchObject({ status: 'Completed, slowed', tone: 'warning', note: 'Waited 1 min 4 s: the server asked to slow down' });
    expect(runLine(run({ waited: 1 })).status).toBe('Completed');
  });
  it('that failed keeps its own sentence, even when it had to wait', () => {
    expect(runLine(run({ status: 'failed', message: 'The disk is full.', waited: 64 }))).toMatchObject({ status: 'Failed', tone: 'danger', note: 'The disk is full.' });
  });
  it('that still runs has no length yet', () => {
    expect(runSeconds(run({ ended: '', status: 'running' }))).toBeNull();
    expect(runLine(run({ ended: '', status: 'running' })).time).toBe('');
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
