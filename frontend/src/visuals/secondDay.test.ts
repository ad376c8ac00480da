import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setLocale } from '../format/locale';
import { area } from './area';
import { bar } from './bar';
import { cardInWords, cardText } from './card';
import { column } from './column';
import { cellText, gridColumns, gridRows } from './grid';
import { line } from './line';
import { pivot } from './matrix';
import { days, dimension, input, light, measure, members, numbersOf, opacitiesOf, result, seriesOf, stateCategories, textsOf, visual } from './testResult';
import type { Result } from '../backend/types';

beforeEach(() => {
  setLocale('en-GB');
  vi.useFakeTimers({ now: new Date('2026-11-18T10:00:00Z'), toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const twoDays = { asOf: '2026-10-07T23:59:59Z', comparedWith: '2026-11-18T09:38:00Z' };
const then: Result = { ...result({ rows: [stateCategories] }), rows: [[83, 58], [3, 5], [4, null]].map(([a, b], i) => ({ keys: [i], values: [a ?? null], compared: [b ?? null] })), total: { keys: [], values: [90], compared: [63] }, ...twoDays };

describe('a second day', () => {
  it('stands beside as hollow bars with its value and the change', () => {
    const model = bar.build(input('bar', then));
    const hollow = seriesOf(model).find((s) => s.id === 'compared');
    expect(numbersOf(hollow)).toEqual([58, 5, null]);
    expect(hollow?.data[0]).toMatchObject({ itemStyle: { color: 'transparent', borderColor: light.color.measure.compare } });
    expect(textsOf(model)).toEqual(['83', '3', '4', '58 −25', '5 +2']);
    expect(bar.legend(input('bar', then)).map((l) => [l.name, l.kind])).toEqual([['7 Oct', 'square'], ['today', 'hollow']]);
    expect(model.marks[0]?.tip.map((t) => [t.name, t.value])).toEqual([['Open bugs', '83'], ['today', '58 −25']]);
  });

  it('stands beside a stack as its total', () => {
    const areas = dimension({ members: members('Checkout') });
    const of: Result = { ...result({ rows: [areas], columns: [stateCategories] }), rows: [{ keys: [0, 0], values: [6], compared: [1] }, { keys: [0, 2], values: [4], compared: [2] }], ...twoDays };
    expect(numbersOf(seriesOf(column.build(input('column', of))).find((s) => s.id === 'compared'))).toEqual([3]);
  });

  it('is a grey figure on a card, in a table and in a matrix', () => {
    const text = cardText(visual('card'), { id: 'v', result: then, spark: null, follows: '', subtitle: '', fault: null });
    expect(text.second).toEqual({ label: 'today', text: '63 bugs' });
    expect(cardInWords(visual('card'), text)).toBe('Open bugs: 90, today 63 bugs.');
    const columns = gridColumns(then);
    expect(columns.map((c) => c.head)).toEqual(['State category', 'Open bugs', 'today']);
    expect(gridRows(then).map((r) => columns.map((c) => cellText(c, r)))[0]).toEqual(['Proposed', '83', '58']);
    expect(pivot(then).lines.map((l) => l.second[0])).toEqual([58, 5, null, 63]);
  });
});

describe('along time', () => {
  // Four days; the page shows the second of them and compares with the last.
  const four: Result = {
    ...result({ rows: [days('2026-10-06', 4)] }),
    rows: [[7, 7], [9, 9], [0, 12], [0, 5]].map(([a, b], i) => ({ keys: [i], values: [a ?? null], compared: [b ?? null] })),
    ...twoDays,
  };

  it('a line goes on after the as-of day, dashed and grey, with the values of the later time', () => {
    const [now, later] = seriesOf(line.build(input('line', four)));
    expect([numbersOf(now), numbersOf(later)]).toEqual([[7, 9, null, null], [null, 9, 12, 5]]);
    expect(later?.lineStyle).toMatchObject({ type: 'dashed', color: light.color.measure.compare });
  });

  it('the as-of day is a bar with its date, where it stands', () => {
    const model = line.build(input('line', four));
    expect(textsOf(model)).toContain('As of 7 Oct');
    const { grid, graphic } = model.option as { grid: { left: number; right: number }; graphic: { elements: { id: string; shape: { x: number; width: number } }[] } };
    const barOf = graphic.elements.find((e) => e.id === 'asOf')?.shape;
    expect(Math.abs((barOf?.x ?? 0) + 1 - (grid.left + (480 - grid.left - grid.right) / 3))).toBeLessThanOrEqual(0.5);
  });

  it('later columns and areas are dimmed to 26 %', () => {
    expect(opacitiesOf(seriesOf(column.build(input('column', four)))[0])).toEqual([1, 1, 0.26, 0.26]);
    expect(seriesOf(area.build(input('area', four))).map((s) => [s.id, s.areaStyle?.opacity, numbersOf(s)])).toEqual([
      ['v0', 1, [7, 9, null, null]],
      ['v0:later', 0.26, [null, 9, 12, 5]],
    ]);
  });

  it('days that only the earlier time asked for are left out', () => {
    const early: Result = { ...four, asOf: '2026-10-09T23:59:59Z', comparedWith: '2026-10-07T23:59:59Z', rows: [[0, 7], [9, 9], [12, null], [5, null]].map(([a, b], i) => ({ keys: [i], values: [a ?? null], compared: [b ?? null] })) };
    const model = line.build(input('line', early));
    expect(numbersOf(seriesOf(model)[0])).toEqual([9, 12, 5]);
    expect(textsOf(model).some((t) => t.startsWith('As of'))).toBe(false);
  });

  it('a flow of work has what is done at the bottom', () => {
    const board = dimension({ field: 'Work items[Board column]', name: 'Board column', members: members('New', 'Active', 'Done') });
    const of = result({ rows: [days('2026-10-06', 2)], columns: [board], values: [measure('Board items')], cells: [[[0, 0], [5]], [[0, 1], [2]], [[0, 2], [1]], [[1, 0], [4]], [[1, 1], [2]], [[1, 2], [3]]] });
    expect(seriesOf(area.build(input('area', of))).filter((s) => !s.id.endsWith(':rest')).map((s) => numbersOf(s))).toEqual([[1, 3], [2, 2], [5, 4]]);
  });
});
