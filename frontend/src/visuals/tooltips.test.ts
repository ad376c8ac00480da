import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../format/locale';
import { bar } from './bar';
import { burndown } from './burndown';
import { days, dimension, input, measure, members, result, visual } from './testResult';
import { drawnPart, withTooltips } from './tooltips';

beforeEach(() => setLocale('en-GB'));

const areas = dimension({ members: members('Checkout', 'Orders') });
const asked = visual('bar', { tooltips: [{ measure: 'Average age' }] });
const of = result({ rows: [areas], values: [measure(), measure('Average age', { format: 'days', unit: 'days', additive: false })], cells: [[[0], [21, 4.5]], [[1], [19, null]]], total: { keys: [], values: [40, 4.5] } });

describe('values that only a tooltip shows', () => {
  it('are not drawn', () => {
    const drawn = drawnPart(asked, of);
    expect(drawn.values.map((v) => v.name)).toEqual(['Open bugs']);
    expect(drawn.rows.map((r) => r.values)).toEqual([[21], [19]]);
    expect(drawn.total.values).toEqual([40]);
    expect(drawnPart(visual('bar'), of)).toBe(of);
  });

  it('are the last lines of a tooltip and are heard; nothing is said of a blank', () => {
    const marks = withTooltips(bar.build(input('bar', drawnPart(asked, of))).marks, asked, of);
    expect(marks.map((m) => m.tip.map((t) => [t.name, t.value]))).toEqual([[['Open bugs', '21'], ['Average age', '4.5 days']], [['Open bugs', '19']]]);
    expect(marks[0]?.name).toBe('Checkout: 21, Average age 4.5 days');
  });

  it('are found for days that cannot be picked', () => {
    const sprint = visual('burndown', { tooltips: [{ measure: 'Remaining items' }] });
    const values = ['Remaining', 'Total scope', 'Ideal trend', 'Remaining items'].map((n) => measure(n));
    const burn = result({ rows: [days('2026-11-17', 2)], values, cells: [[[0], [9, 12, 9, 4]], [[1], [5, 12, 0, 2]]] });
    const marks = withTooltips(burndown.build(input('burndown', drawnPart(sprint, burn))).marks, sprint, burn);
    expect(marks[0]?.filters).toEqual([]);
    expect(marks[0]?.tip.at(-1)).toEqual({ name: 'Remaining items', value: '4' });
  });
});
