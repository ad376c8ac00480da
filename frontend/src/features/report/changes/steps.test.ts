import { describe, expect, it } from 'vitest';
import type { ChangePart, ChangesView } from '../../../backend/types';
import { inTime, usualCompare } from './ChangesPane';
import { stepsResult, sumInWords } from './steps';
import { stepName, stepReason } from './texts';

const part = (kind: ChangePart['kind'], delta: number, field = ''): ChangePart => ({ kind, field, delta, count: Math.abs(delta), items: [] });
const view: ChangesView = {
  value: { name: 'Open bugs', format: 'integer', additive: true, direction: 'upIsWorse' }, from: '', to: '', before: 116, after: 126,
  parts: [part('created', 41), part('completed', -32), part('movedIn', 4, 'Areas[Area path]'), part('removed', -3)],
  by: { field: '', name: '', rows: [] }, choices: [], visual: '', index: 0, filters: [], notes: [], generation: 3,
};

describe('the steps of an explanation', () => {
  it('stand between the two numbers, what comes in first', () => {
    const result = stepsResult(view, 'On 4 Nov', 'On 18 Nov');
    expect(result.dimensions[0]?.members.map((m) => m.label)).toEqual(['On 4 Nov', 'Created', 'Moved in by area', 'Completed', 'Removed', 'On 18 Nov']);
    expect(result.rows.map((r) => r.values[0])).toEqual([116, 41, 4, -32, -3, 126]);
  });
  it('are written out as a sum', () => expect(sumInWords(view, String)).toBe('116 + 41 + 4 − 32 − 3 = 126'));
  it('are named by what happened', () => {
    expect([stepName('movedOut', 'Iterations[Iteration path]'), stepName('movedIn', 'Work items[Type]'), stepName('estimated', '')]).toEqual(['Moved out by iteration', 'Moved in by type', 'Re-estimated']);
    expect(stepReason('reopened', '', 'on 4 Nov', 'today')).toBe('Completed on 4 Nov, open again today');
  });
});

describe('the two times', () => {
  it('stand in their order, today last', () => {
    expect(inTime('2026-11-04', '', '2026-11-18')).toEqual(['2026-11-04', '']);
    expect(inTime('2026-11-18', '2026-11-04', '2026-11-18')).toEqual(['2026-11-04', '2026-11-18']);
    expect(inTime('2026-11-04', '2026-11-04T08:00:00Z', '2026-11-18')).toEqual(['2026-11-04T08:00:00Z', '2026-11-04']);
  });
  it('are two weeks apart at first, within the history', () => {
    const span = { first: '2026-11-10', last: '2026-11-18', changes: [], sprints: [], weekStart: 0, generation: 1 };
    expect(usualCompare({}, { ...span, first: '2024-01-01' })).toBe('2026-11-04');
    expect(usualCompare({}, span)).toBe('2026-11-10');
  });
});
