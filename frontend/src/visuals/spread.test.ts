import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../format/locale';
import { histogram } from './histogram';
import { percentiles } from './percentiles';
import { percentile } from './referenceLines';
import { scatter } from './scatter';
import { axisLabels, dimension, input, light, measure, members, numbersOf, opacitiesOf, result, seriesOf, textsOf, visual } from './testResult';

beforeEach(() => setLocale('en-GB'));

const days = (name: string) => measure(name, { format: 'days', unit: 'days', additive: false });
const whole = dimension({ field: 'Work items[Cycle time days]', name: 'Whole days', type: 'integer', members: members(0, 1, 3) });
const counted = measure('Completed items', { unit: 'items' });

describe('a histogram', () => {
  const of = result({
    rows: [whole], values: [counted, days('Median cycle time'), days('Cycle time 85th percentile')],
    cells: [[[0], [7, null, null]], [[1], [14, null, null]], [[2], [11, null, null]]],
    total: { keys: [], values: [32, 1.5, 3.25] },
  });

  it('has a bin for every whole number between the first and the last one', () => {
    const model = histogram.build(input('histogram', of));
    expect(axisLabels(model, 'xAxis')).toEqual(['0', '1', '2', '3']);
    expect(numbersOf(seriesOf(model)[0])).toEqual([7, 14, null, 11]);
    expect(model.marks.map((m) => m.name)).toEqual(['Whole days 0: 7', 'Whole days 1: 14', 'Whole days 3: 11']);
  });

  it('stands lines at the median and the 85th percentile, in words', () => {
    const model = histogram.build(input('histogram', of));
    expect(textsOf(model)).toEqual(['Median 1.5 d', '85% within 3.3 d', 'Whole days']);
    const { grid, graphic } = model.option as { grid: { left: number; right: number }; graphic: { elements: { id: string; shape?: { x1: number } }[] } };
    const band = (480 - grid.left - grid.right) / 4;
    const x = (id: string) => graphic.elements.find((e) => e.id === id)?.shape?.x1 ?? 0;
    // A value of 1.5 is half way through the bin of 1.
    expect(Math.abs(x('level0') - (grid.left + 1.5 * band))).toBeLessThan(1);
    expect(Math.abs(x('level1') - (grid.left + 3.25 * band))).toBeLessThan(1);
  });

  it('puts lengths that spread far into wider bins, the few longest into the last one', () => {
    // A hundred items of 1 to 20 days, five of each, and one of 341: quartiles 5 and 15, so Freedman and Diaconis ask
    // for 2 x 10 / cube root of 101 = 4.3 days, rounded up to 5.
    const lengths = [...Array.from({ length: 20 }, (_, i) => i + 1), 341];
    const far = result({
      rows: [dimension({ field: 'Work items[Cycle time days]', name: 'Whole days', type: 'integer', members: members(...lengths) })],
      values: [counted], cells: lengths.map((v, i): [number[], number[]] => [[i], [v === 341 ? 1 : 5]]),
    });
    const model = histogram.build(input('histogram', far));
    expect(numbersOf(seriesOf(model)[0])).toEqual([20, 25, 25, 25, 5, 1]);
    expect(axisLabels(model, 'xAxis')).toEqual(['0', '5', '10', '15', '20', '25+']);
    expect(model.marks.map((m) => m.name)).toEqual(['Whole days 0 to 4: 20', 'Whole days 5 to 9: 25', 'Whole days 10 to 14: 25', 'Whole days 15 to 19: 25', 'Whole days 20 to 24: 5', 'Whole days 25 or more: 1']);
    expect(model.marks[1]?.filters).toEqual([{ field: 'Work items[Cycle time days]', op: 'in', values: [5, 6, 7, 8, 9] }]);
    const picked = histogram.build(input('histogram', far, { selection: [{ field: 'Work items[Cycle time days]', op: 'in', values: [5, 6, 7, 8, 9] }] }));
    expect(picked.marks.map((m) => m.selected)).toEqual([false, true, false, false, false, false]);
  });

  it('keeps named buckets in their own order, without lines', () => {
    const ages = dimension({ field: 'Work items[Age]', name: 'Age', role: 'bucket', members: members('0 to 7', '8 to 30', 'over 30') });
    const model = histogram.build(input('histogram', result({ rows: [ages], values: [counted], cells: [[[0], [3]], [[1], [5]], [[2], [1]]] })));
    expect(axisLabels(model, 'xAxis')).toEqual(['0 to 7', '8 to 30', 'over 30']);
    expect(textsOf(model)).toEqual([]);
  });

  it('draws what is lit solid over the dimmed bins', () => {
    const lit = result({ rows: [whole], values: [counted], cells: [[[0], [7], [2]], [[1], [14], [0]], [[2], [11], [5]]] });
    const [all, part] = seriesOf(histogram.build(input('histogram', lit)));
    expect(numbersOf(part)).toEqual([2, 0, null, 5]);
    expect(opacitiesOf(all)).toEqual([0.26, 0.26, 0.26, 0.26]);
    expect(histogram.build(input('histogram', lit)).marks[0]?.name).toBe('Whole days 0: 2 of 7');
  });
});

describe('percentiles', () => {
  it('interpolate between the two nearest values (M7)', () => {
    expect(percentile([40, 10, 20], 0.5)).toBe(20);
    expect(percentile([10, 20, 40], 0.9)).toBeCloseTo(36, 12);
    expect(percentile([10, 20, 40, 80], 0.8)).toBeCloseTo(56, 12);
    expect(percentile([], 0.5)).toBeNull();
  });

  it('draw the range of each group with a dot, a ring and a small end', () => {
    const minutes = (name: string) => measure(name, { format: 'decimal1', unit: 'min', additive: false });
    const of = result({
      rows: [dimension({ field: 'Pipelines[Pipeline]', name: 'Pipeline', members: members('web-ci', 'ios-ci') })],
      values: [minutes('Median run duration'), minutes('Run duration 80th percentile'), minutes('Run duration 95th percentile')],
      cells: [[[0], [10, 13, 20]], [[1], [28, null, 40]]],
    });
    const model = percentiles.build(input('percentiles', of));
    const { grid, graphic } = model.option as { grid: { left: number; right: number }; graphic: { elements: { id: string; shape: { x1?: number; x2?: number; cx?: number; r?: number } }[] } };
    const at = (v: number) => grid.left + (v / 40) * (480 - grid.left - grid.right);
    const shape = (id: string) => graphic.elements.find((e) => e.id === id)?.shape;
    expect(shape('range0')).toMatchObject({ x1: at(10), x2: at(20) });
    expect([shape('dot0:0'), shape('dot0:1'), shape('dot0:2')].map((s) => s?.cx)).toEqual([at(10), at(13), at(20)]);
    expect(shape('dot1:1')).toBeUndefined();
    expect(percentiles.legend(input('percentiles', of)).map((l) => [l.name, l.kind])).toEqual([['Median', 'dot'], ['80th', 'ring'], ['95th', 'dot']]);
    expect(model.marks[1]?.name).toBe('ios-ci: Median run duration 28 min, Run duration 95th percentile 40 min');
  });
});

describe('a scatter', () => {
  const repositories = dimension({ field: 'Repositories[Repository]', name: 'Repository', members: members('web', 'ios', 'ingest') });
  const of = result({
    rows: [repositories], values: [measure('Pull requests'), measure('Median hours to close', { format: 'hours', additive: false }), measure('Commits')],
    cells: [[[0], [60, 12, 400]], [[1], [20, 30, 100]], [[2], [5, null, 4]]],
  });

  it('places each group by its first two values and sizes it by area', () => {
    const model = scatter.build(input('scatter', of));
    expect(seriesOf(model).flatMap((s) => s.data)).toEqual([[60, 12], [20, 30]]);
    // A quarter of the commits is half the diameter. The keys walk from left to right.
    expect(model.marks.map((m) => [m.head, m.rect.width])).toEqual([['ios', 17], ['web', 34]]);
    expect(model.marks[1]?.name).toBe('web: Pull requests 60 bugs, Median hours to close 12.0 h, Commits 400 bugs');
  });

  it('draws lines across at the mean and the median of what goes up', () => {
    const lines = visual('scatter', { options: { lines: [{ kind: 'average' }, { kind: 'median', label: 'half' }, { kind: 'constant', value: 24, label: 'a day' }] } });
    expect(textsOf(scatter.build(input('scatter', of, { visual: lines })))).toEqual(expect.arrayContaining(['21.0 h average', '21.0 h half', '24.0 h a day']));
  });

  it('colours by a legend', () => {
    const types = dimension({ field: 'Projects[Project]', name: 'Project', members: members('A', 'B') });
    const split = result({ rows: [repositories], columns: [types], values: [measure('Pull requests'), measure('Commits')], cells: [[[0, 0], [1, 2]], [[1, 1], [3, 4]]] });
    expect(scatter.legend(input('scatter', split)).map((l) => [l.name, l.color])).toEqual([['A', light.color.categorical.c1], ['B', light.color.categorical.c2]]);
  });
});
