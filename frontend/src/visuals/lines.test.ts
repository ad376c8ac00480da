import { beforeEach, describe, expect, it } from 'vitest';
import type { Dimension } from '../backend/types';
import { setLocale } from '../format/locale';
import { area } from './area';
import { burndown, daysOff } from './burndown';
import { combo } from './combo';
import { donut } from './donut';
import { line } from './line';
import { axisLabels, days, dimension, input, light, measure, members, numbersOf, result, seriesOf, stateCategories, textsOf, weeks } from './testResult';

beforeEach(() => setLocale('en-GB'));

const { measure: measures, stateCategory, categorical } = light.color;
const axis = weeks('2026-10-25', '2026-11-01', '2026-11-08', '2026-11-15');
const unfinished = (a: Dimension): Dimension => ({ ...a, members: a.members.map((m, i) => (i === a.members.length - 1 ? { ...m, partial: true } : m)) });

describe('lines', () => {
  it('break at null instead of falling to 0', () => {
    const model = line.build(input('line', result({ rows: [axis], cells: [[[0], [5]], [[1], [null]], [[2], [7]], [[3], [6]]] })));
    const [only] = seriesOf(model);
    expect(only?.data).toEqual([5, null, 7, 6]);
    expect((only as unknown as { connectNulls: boolean }).connectNulls).toBe(false);
  });

  it('dot a value that stands alone between two gaps', () => {
    const model = line.build(input('line', result({ rows: [axis], cells: [[[0], [5]], [[2], [7]], [[3], [6]]] })));
    const { symbolSize } = seriesOf(model)[0] as unknown as { symbolSize: (v: unknown, p: { dataIndex: number }) => number };
    expect([0, 1, 2, 3].map((dataIndex) => symbolSize(null, { dataIndex }))).toEqual([5, 0, 0, 7]);
  });

  it('dash the way to a period that is not finished, for events only', () => {
    const cells: [number[], number[]][] = [[[0], [5]], [[1], [6]], [[2], [7]], [[3], [2]]];
    const of = (overTime: 'events' | 'asOf') => result({ rows: [unfinished(axis)], values: [measure('Bugs created', { overTime })], cells });
    expect(seriesOf(line.build(input('line', of('events')))).map((s) => [s.lineStyle?.type, s.data])).toEqual([
      ['solid', [5, 6, 7, null]],
      ['dashed', [null, null, 7, 2]],
    ]);
    expect(seriesOf(line.build(input('line', of('asOf'))))).toHaveLength(1);
  });

  it('are named at their ends up to four, and by a legend beyond', () => {
    const several = (n: number) => {
      const values = Array.from({ length: n }, (_, i) => measure(`M${i}`));
      return result({ rows: [axis], values, cells: [[[0], values.map((_, i) => i)], [[3], values.map((_, i) => i + 1)]] });
    };
    expect(textsOf(line.build(input('line', several(2))))).toEqual(['1 M0', '2 M1']);
    expect(line.legend(input('line', several(2)))).toEqual([]);
    expect(textsOf(line.build(input('line', several(5))))).toEqual([]);
    expect(line.legend(input('line', several(5)))).toHaveLength(5);
  });

  it('draw the main measure in its colour and what it is compared with in grey', () => {
    const of = result({ rows: [axis], values: [measure('Median'), measure('90th percentile')], cells: [[[0], [1, 2]], [[3], [2, 3]]] });
    expect(seriesOf(line.build(input('line', of))).map((s) => s.lineStyle?.color)).toEqual([measures.main, measures.compare]);
  });

  it('say the whole period and every value of a mark', () => {
    const of = result({ rows: [axis], values: [measure('Created'), measure('Closed')], cells: [[[0], [5, 3]]] });
    const [mark] = line.build(input('line', of)).marks;
    expect(mark?.name).toMatch(/^25\s?–\s?31 Oct 2026: Created 5, Closed 3$/);
    expect(mark?.tip.map((r) => [r.name, r.value])).toEqual([['Created', '5'], ['Closed', '3']]);
    expect(mark?.filters).toEqual([{ field: 'Dates[Date]', op: 'in', values: ['2026-10-25/2026-10-31'] }]);
  });
});

describe('areas', () => {
  const of = result({
    rows: [axis],
    columns: [stateCategories],
    cells: [[[0, 0], [48]], [[0, 1], [50]], [[0, 2], [28]], [[3, 0], [51]], [[3, 1], [70]], [[3, 2], [18]]],
  });
  const bands = () => seriesOf(area.build(input('area', of))).filter((s) => !s.id.endsWith(':rest'));

  it('stack in field order from below with an edge in the colour of the card', () => {
    expect(bands().map((s) => s.areaStyle)).toEqual([
      { color: stateCategory.proposed, opacity: 1 },
      { color: stateCategory.inProgress, opacity: 1 },
      { color: stateCategory.resolved, opacity: 1 },
    ]);
    expect(bands()[0]?.lineStyle).toEqual({ color: light.color.neutral.card, width: 1 });
    expect(bands()[1]?.data).toEqual([50, null, null, 70]);
  });

  it('are named at the right in the middle of their bands, without a legend', () => {
    expect(textsOf(area.build(input('area', of)))).toEqual(['51 Proposed', '70 In progress', '18 Resolved']);
    expect(area.legend(input('area', of))).toEqual([]);
  });

  it('keep the names apart when bands are thin', () => {
    const thin = result({ rows: [axis], columns: [stateCategories], cells: [[[3, 0], [100]], [[3, 1], [1]], [[3, 2], [1]]] });
    const { elements } = (area.build(input('area', thin)).option as { graphic: { elements: { y: number }[] } }).graphic;
    const ys = elements.map((e) => e.y).toSorted((a, b) => a - b);
    ys.slice(1).forEach((y, i) => expect(y - (ys[i] ?? 0)).toBeGreaterThanOrEqual(15));
  });
});

describe('combos', () => {
  const values = [measure('Bugs created', { overTime: 'events' }), measure('Bugs closed', { overTime: 'events' })];
  const of = result({ rows: [axis], values, cells: [[[0], [8, 10]], [[1], [13, 6]], [[2], [16, 12]], [[3], [4, null]]] });

  it('draw the first measure as columns and the rest as lines on one axis when they measure alike', () => {
    const series = seriesOf(combo.build(input('combo', of)));
    expect(series.map((s) => [s.type, s.yAxisIndex ?? 0])).toEqual([['bar', 0], ['line', 0]]);
    expect(numbersOf(series[1])).toEqual([10, 6, 12, null]);
    expect(combo.legend(input('combo', of)).map((l) => [l.name, l.kind])).toEqual([['Bugs created', 'square'], ['Bugs closed', 'line']]);
  });

  it('dash the line to a period that is not finished, like its column that is soft', () => {
    const open = result({ rows: [unfinished(axis)], values, cells: [[[0], [8, 10]], [[1], [13, 6]], [[2], [16, 12]], [[3], [4, 1]]] });
    expect(seriesOf(combo.build(input('combo', open))).slice(1).map((s) => [s.lineStyle?.type, s.data])).toEqual([
      ['solid', [10, 6, 12, null]],
      ['dashed', [null, null, 12, 1]],
    ]);
  });

  it('give a line of another unit its own axis', () => {
    const rates = result({ rows: [axis], values: [measure('Runs'), measure('Pass rate', { format: 'percent', unit: '' })], cells: [[[0], [30, 0.9]], [[1], [20, 0.8]]] });
    expect(seriesOf(combo.build(input('combo', rates)))[1]?.yAxisIndex).toBe(1);
  });

  it('say both in one mark', () => {
    expect(combo.build(input('combo', of)).marks[0]?.tip.map((r) => [r.name, r.value])).toEqual([['Bugs created', '8'], ['Bugs closed', '10']]);
  });
});

describe('donuts', () => {
  it('draw at most five parts and put the rest into Other', () => {
    const seven = dimension({ members: members(...'abcdefg') });
    const of = result({ rows: [seven], cells: [5, 9, 1, 8, 2, 7, 6].map((n, i): [number[], number[]] => [[i], [n]]) });
    const model = donut.build(input('donut', of));
    expect(model.marks.map((m) => m.head)).toEqual(['b', 'd', 'f', 'g', 'Other']);
    expect(model.marks[4]?.tip[0]?.value).toBe('8');
    expect(model.marks[4]?.filters).toEqual([{ field: 'Areas[Area path]', op: 'in', values: ['a', 'c', 'e'] }]);
    expect(numbersOf(seriesOf(model)[0])).toEqual([9, 8, 7, 6, 8]);
  });

  it('split a lit part off every sector', () => {
    const of = result({ rows: [dimension({ members: members('a', 'b') })], cells: [[[0], [10], [6]], [[1], [4], [null]]] });
    expect(numbersOf(seriesOf(donut.build(input('donut', of)))[0])).toEqual([6, 4, 0, 4]);
  });

  it('give members their colours in the order they were first met', () => {
    const shared = input('donut', result({ rows: [dimension({ members: members('a', 'b', 'c') })], cells: [[[0], [1]], [[1], [1]], [[2], [1]]] }));
    donut.build(shared);
    const later = donut.build({ ...shared, result: result({ rows: [dimension({ members: members('c') })], cells: [[[0], [1]]] }) });
    expect(later.marks[0]?.tip[0]?.color).toBe(categorical.c3);
  });
});

describe('the burndown', () => {
  const sprint = days('2026-11-09', 12);
  const remaining = [55, 55, 56, 55, 45, 45, 48, 37, 24, 24];
  const scope = [55, 55, 56, 56, 56, 56, 59, 59, 59, 59];
  const ideal = [55, 48.9, 42.8, 36.7, 30.6, 30.6, 30.6, 24.4, 18.3, 12.2, 6.1, 0];
  const values = [measure('Remaining estimate', { format: 'decimal1' }), measure('Total scope', { format: 'decimal1' }), measure('Ideal trend', { format: 'decimal1' })];
  const of = result({ rows: [sprint], values, cells: ideal.map((n, i): [number[], (number | null)[]] => [[i], [remaining[i] ?? null, scope[i] ?? null, n]]) });

  it('draws remaining as a filled line, scope as a step and the ideal dashed, nothing but it after today', () => {
    const series = seriesOf(burndown.build(input('burndown', of)));
    expect(series.map((s) => [s.id, s.data.length])).toEqual([['ideal', 12], ['remaining', 10], ['scope', 10]]);
    expect(series[0]?.lineStyle?.type).toBe('dashed');
    expect(series[1]?.lineStyle?.color).toBe(stateCategory.inProgress);
    expect(series[2]).toMatchObject({ step: 'end', lineStyle: { color: measures.ink } });
  });

  it('does not draw what the program knows of days after today', () => {
    const later = result({ rows: [sprint], values, cells: ideal.map((n, i): [number[], (number | null)[]] => [[i], [30, 60, n]]) });
    expect(seriesOf(burndown.build(input('burndown', later)))[1]?.data).toHaveLength(10);
  });

  it('finds the days off where the ideal rests, and shades them', () => {
    expect(daysOff(ideal).flatMap((off, i) => (off ? [i] : []))).toEqual([5, 6]);
    const { elements } = (burndown.build(input('burndown', of)).option as { graphic: { elements: { id: string; type: string }[] } }).graphic;
    expect(elements.filter((e) => e.type === 'rect').map((e) => e.id)).toEqual(['off0']);
  });

  it('does not take the end of the ideal for days off', () => expect(daysOff([10, 0, 0, 0])).toEqual([false, false, false, false]));

  it('names its lines at their ends and today, but not on a tile', () => {
    expect(textsOf(burndown.build(input('burndown', of)))).toEqual(['24 remaining', '59 scope', 'Ideal', 'Today']);
    expect(textsOf(burndown.build(input('burndown', of, { tile: true })))).toEqual(['24 remaining', '59 scope', 'Ideal']);
  });

  it('says of each day what there was, and that it was no working day', () => {
    const marks = burndown.build(input('burndown', of)).marks;
    expect(marks[5]?.tip.map((r) => r.name)).toEqual(['Remaining estimate', 'Total scope', 'Ideal trend', 'Not a working day']);
    expect(marks[11]?.tip.map((r) => r.name)).toEqual(['Ideal trend']);
    expect(marks.every((m) => m.filters.length === 0)).toBe(true);
  });

  it('writes days of the month where they fit, the month where it begins', () => {
    const labels = axisLabels(burndown.build(input('burndown', of, { size: { width: 900, height: 240 } })), 'xAxis');
    expect(labels).toEqual(['9 Nov', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19', '20']);
  });
});
