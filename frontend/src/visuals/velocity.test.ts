import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../format/locale';
import { shortNames } from './column';
import { dimension, input, light, measure, numbersOf, result, seriesOf, textsOf } from './testResult';
import { velocity } from './velocity';

beforeEach(() => setLocale('en-GB'));

const points = (name: string) => measure(name, { format: 'decimal1', unit: 'points' });
// Two sprints that are over on 18 November 2026 and the one that runs.
const sprints = dimension({
  field: 'Iterations[Iteration path]', name: 'Iteration', role: 'iteration', grain: 'sprint',
  members: [
    { value: 'H\\Sprint 45', label: 'Sprint 45', start: '2026-10-12', end: '2026-10-23' },
    { value: 'H\\Sprint 46', label: 'Sprint 46', start: '2026-10-26', end: '2026-11-06' },
    { value: 'H\\Sprint 47', label: 'Sprint 47', start: '2026-11-09', end: '2026-11-20' },
  ],
});
const names = ['Velocity planned', 'Velocity completed', 'Velocity completed late', 'Velocity incomplete'];
const cells: [number[], (number | null)[]][] = [
  [[0], [61, 52, 6, 0]],
  [[1], [69, 59, 13, 0]],
  [[2], [55, 35, 0, 24]],
];
const of = result({ rows: [sprints], values: names.map(points), cells });

describe('names of sprints', () => {
  it('are the last nodes of their paths, then a letter and a number, never cut before the number', () => {
    const paths = ['Web\\Release 1\\Sprint 9', 'Web\\Release 2\\Iteration 10'];
    expect(shortNames(paths, 100, 11)).toEqual(['Sprint 9', 'Iteration 10']);
    expect(shortNames(paths, 30, 11)).toEqual(['S9', 'I10']);
    // Two that would be called alike keep what tells them apart.
    expect(shortNames(['Web\\Sprint 9', 'App\\Sprint 9'], 30, 11)).toEqual(['Web\\Sprint 9', 'App\\Sprint 9']);
  });
});

describe('velocity', () => {
  it('draws what was planned beside one stack of completed, late and incomplete', () => {
    const series = seriesOf(velocity.build(input('velocity', of)));
    expect(series.map((s) => [s.stack, numbersOf(s)])).toEqual([
      ['planned', [61, 69, 55]],
      ['done', [52, 59, 35]],
      ['done', [6, 13, 0]],
      ['done', [0, 0, 24]],
    ]);
    const { measure: m, stateCategory } = light.color;
    expect(series.map((s) => (s.data[0] as { itemStyle: { color: string } }).itemStyle.color)).toEqual([m.soft, stateCategory.completed, `${stateCategory.completed}80`, stateCategory.inProgress]);
  });

  it('averages completed and late over the sprints that have ended: (58 + 72) / 2', () => {
    expect(textsOf(velocity.build(input('velocity', of)))).toEqual(['65', 'average of 2', 'sprints']);
  });

  it('writes the average that the program computed rather than its own', () => {
    const asked = result({
      rows: [sprints], values: [...names, 'Average velocity'].map(points),
      cells: cells.map(([k, v]) => [k, [...v, 1]]),
      total: { keys: [], values: [null, null, null, null, 55.3] },
    });
    const model = velocity.build(input('velocity', asked));
    expect(textsOf(model)[0]).toBe('55.3');
    expect(seriesOf(model)).toHaveLength(4);
  });

  it('has no average while no sprint has ended', () => {
    expect(textsOf(velocity.build(input('velocity', { ...of, asOf: '2026-10-15T00:00:00Z' })))).toEqual([]);
  });

  it('names a sprint with all its parts, and picks it', () => {
    const [first] = velocity.build(input('velocity', of)).marks;
    expect(first?.name).toBe('H\\Sprint 45: Velocity planned 61 points, Velocity completed 52 points, Velocity completed late 6 points, Velocity incomplete 0 points'.replace('H\\Sprint 45', 'Sprint 45'));
    expect(first?.filters).toEqual([{ field: 'Iterations[Iteration path]', op: 'in', values: ['H\\Sprint 45'] }]);
  });

  it('has a legend in the words of the chart', () => {
    expect(velocity.legend(input('velocity', of)).map((l) => l.name)).toEqual(['Planned', 'Completed', 'Completed late', 'Incomplete', 'Average']);
  });

  it('keeps a short tile readable: S45 instead of Sprint 45, the average without words', () => {
    const model = velocity.build(input('velocity', of, { size: { width: 170, height: 120 }, tile: true }));
    const { data, axisLabel } = (model.option as { xAxis: { data: string[]; axisLabel: { formatter: (v: string, i: number) => string } } }).xAxis;
    expect(data.map((d, i) => axisLabel.formatter(d, i))).toEqual(['S45', 'S46', 'S47']);
    expect(textsOf(model)).toEqual([]);
  });
});
