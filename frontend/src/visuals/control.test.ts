import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../format/locale';
import { control, controlInWords } from './control';
import { movingAverage, windowOf } from './movingAverage';
import { NearestMark } from './nearestMark';
import { dimension, input, light, measure, members, result, seriesOf, textsOf } from './testResult';

beforeEach(() => setLocale('en-GB'));

const cycleTime = measure('Cycle time', { format: 'days', unit: 'days', additive: false });

/** Items [id, day, days, type]. */
function items(...list: [number, string, number | null, string?][]) {
  const types = [...new Set(list.map((i) => i[3] ?? ''))];
  const days = [...new Set(list.map((i) => i[1]))];
  return result({
    rows: [
      dimension({ field: 'Work items[Id]', name: 'Id', role: 'workItemId', type: 'integer', members: members(...list.map((i) => i[0])) }),
      dimension({ field: 'Work items[Completed date]', name: 'Completed', role: 'date', type: 'date', members: days.map((d) => ({ value: d, label: d, start: d, end: d })) }),
      ...(types[0] === '' ? [] : [dimension({ field: 'Work items[Work item type]', name: 'Type', role: 'workItemType', members: members(...types) })]),
    ],
    values: [cycleTime],
    cells: list.map((i, at) => [types[0] === '' ? [at, days.indexOf(i[1])] : [at, days.indexOf(i[1]), types.indexOf(i[3] ?? '')], [i[2]]]),
  });
}

describe('the moving average', () => {
  it('takes in the largest odd number of days up to a fifth of those shown', () => {
    // M5: 30 days, a fifth is 6, so 5 days before each: 6 calendar days.
    expect([30, 90, 26, 10, 4].map(windowOf)).toEqual([5, 17, 5, 1, 1]);
  });

  it('is over items, not over days, with the deviation of the population and gaps where none is', () => {
    const list = [{ day: 10, value: 2 }, { day: 10, value: 4 }, { day: 11, value: 9 }, { day: 14, value: 1 }];
    const of = movingAverage(list, 10, 14, 1);
    expect(of.map((d) => d.mean)).toEqual([3, 5, 9, null, 1]);
    // Of 2, 4, 9 about 5: (9 + 1 + 16) / 3.
    expect(of[1]?.deviation).toBeCloseTo(Math.sqrt(26 / 3), 12);
    expect(of[3]?.deviation).toBeNull();
  });
});

describe('a control chart', () => {
  it('draws one dot per item that has a length', () => {
    const model = control.build(input('control', items([1, '2026-11-02', 4], [2, '2026-11-05', 1.5], [3, '2026-11-06', null])));
    expect(model.marks.map((m) => m.head)).toEqual(['1', '2']);
    const dots = seriesOf(model).filter((s) => s.type === 'scatter');
    // 2 November 2026 is 20,759 days after 1 January 1970.
    expect(dots.flatMap((s) => s.data)).toEqual([[20759, 4], [20762, 1.5]]);
  });

  it('draws items of one day and length as one bigger dot that picks them all', () => {
    const model = control.build(input('control', items([1, '2026-11-02', 4], [2, '2026-11-02', 4.01], [3, '2026-11-03', 4])));
    expect(model.marks.map((m) => [m.head, m.filters[0]?.values, m.rect.width > 7])).toEqual([
      ['2 items', [1, 2], true],
      ['3', [3], false],
    ]);
  });

  it('is grey where one dot stands for several types, and averages each type in its legend', () => {
    const of = items([1, '2026-11-02', 4, 'Bug'], [2, '2026-11-02', 4, 'User Story'], [3, '2026-11-05', 2, 'Bug']);
    const model = control.build(input('control', of));
    expect(model.marks[0]?.tip[0]?.color).toBe(light.color.categorical.other);
    expect(control.legend(input('control', of)).map((l) => l.name)).toEqual(['Bug, 3.0 on average', 'User Story, 4.0 on average', 'Moving average', '± 1 standard deviation']);
  });

  it('keeps the band of one deviation above zero', () => {
    // One day: 1 and 9, mean 5, deviation 4; next to it 0 and 0 and 9: mean 3.8 of five.
    const model = control.build(input('control', items([1, '2026-11-02', 1], [2, '2026-11-02', 9], [3, '2026-11-03', 0], [4, '2026-11-03', 0.04], [5, '2026-11-03', 9])));
    const foot = seriesOf(model).find((s) => s.id === 'band:foot')?.data as unknown as [number, number][];
    const band = seriesOf(model).find((s) => s.id === 'band')?.data as unknown as [number, number][];
    expect(foot[0]).toEqual([20759, 1]);
    expect(band[0]).toEqual([20759, 8]);
    expect(foot[1]?.[1]).toBe(0);
  });

  it('is not flattened by one item far above all others: its axis ends below it, and words count it', () => {
    // Fifty items of 1 to 10 days and one of 300: the 98th percentile of the 51 is the fiftieth, 10.
    const list = Array.from({ length: 50 }, (_, i): [number, string, number] => [i, `2026-10-${String(1 + (i % 28)).padStart(2, '0')}`, 1 + (i % 10)]);
    const of = items(...list, [99, '2026-10-30', 300]);
    const model = control.build(input('control', of));
    const { yAxis, graphic, grid } = model.option as { yAxis: { max: number }; graphic: { elements: { id: string; shape?: { points?: [number, number][] } }[] }; grid: { top: number } };
    expect(yAxis.max).toBeLessThan(320);
    expect(seriesOf(model).filter((s) => s.type === 'scatter').flatMap((s) => s.data as unknown as [number, number][]).every(([, days]) => days <= 10)).toBe(true);
    expect(graphic.elements.filter((e) => e.id.startsWith('beyond')).map((e) => e.shape?.points?.[0]?.[1])).toEqual([grid.top - 5]);
    expect(textsOf(model)).toContain(`1 item above ${yAxis.max} days, at the upper edge`);
    expect(model.marks.find((m) => m.head === '99')?.name).toContain('300.0 days');
    expect(controlInWords(of)).toContain('the highest 300.0 days');
  });

  it('rings what is picked', () => {
    const of = items([1, '2026-11-02', 4], [2, '2026-11-05', 1.5]);
    const model = control.build(input('control', of, { selection: [{ field: 'Work items[Id]', op: 'in', values: [2] }] }));
    const { elements } = (model.option as { graphic: { elements: { id: string; shape?: { r?: number } }[] } }).graphic;
    expect(elements.filter((e) => e.id.startsWith('ring')).map((e) => e.shape?.r)).toEqual([7]);
    expect(model.marks.map((m) => m.selected)).toEqual([false, true]);
  });

  it('says where its average ends', () => {
    const of = items([1, '2026-11-02', 4], [2, '2026-11-03', 6]);
    expect(textsOf(control.build(input('control', of)))).toContain('5.0 d');
    expect(controlInWords(of)).toBe('Control chart of cycle time: 2 items from Mon 2 Nov 2026 to Tue 3 Nov 2026, moving average 5.0 days at the end.');
  });

  it('paints thousands of dots, and finds the nearest one to the pointer', () => {
    const many = items(...Array.from({ length: 12_000 }, (_, i): [number, string, number] => [i, `2026-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`, (i % 97) / 3]));
    const before = performance.now();
    const model = control.build(input('control', many, { size: { width: 1000, height: 400 } }));
    // Loosely: what took seconds would be a loop over all pairs.
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(model.many).toBe(true);
    expect(seriesOf(model).filter((s) => s.type === 'scatter').every((s) => (s as unknown as { large: boolean }).large)).toBe(true);
    const mark = model.marks[1_234];
    if (!mark) throw new Error('no mark');
    const nearest = new NearestMark(model.marks);
    const at = nearest.find({ x: mark.rect.x + mark.rect.width / 2, y: mark.rect.y + mark.rect.height / 2 }, 14);
    expect(model.marks[at ?? -1]?.rect).toEqual(mark.rect);
    expect(nearest.find({ x: -500, y: -500 }, 14)).toBeNull();
  });
});
