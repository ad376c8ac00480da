import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../format/locale';
import { bar } from './bar';
import { column } from './column';
import type { ChartInput } from './model';
import { axisLabels, colorsOf, dimension, input, light, measure, members, numbersOf, opacitiesOf, result, seriesOf, stateCategories, textsOf, visual, weeks } from './testResult';

beforeEach(() => setLocale('en-GB'));

const areas = dimension({ members: members('Checkout', 'Orders', 'Search') });
const plain = result({ rows: [areas], cells: [[[0], [21]], [[1], [19]], [[2], [4]]] });
const split = result({
  rows: [areas],
  columns: [stateCategories],
  cells: [
    [[0, 0], [9]],
    [[0, 1], [7]],
    [[0, 2], [5]],
    [[1, 0], [12]],
    [[1, 2], [7]],
  ],
});
const { stateCategory, ordinal, categorical, measure: measures } = light.color;

describe('bars', () => {
  it('draw one bar per member in one colour, with the value at its end and no value axis', () => {
    const model = bar.build(input('bar', plain));
    const series = seriesOf(model);
    expect(series).toHaveLength(1);
    expect(numbersOf(series[0])).toEqual([21, 19, 4]);
    expect(colorsOf(series[0])).toEqual([measures.main, measures.main, measures.main]);
    expect(textsOf(model)).toEqual(['21', '19', '4']);
    expect(axisLabels(model, 'yAxis')).toEqual(['Checkout', 'Orders', 'Search']);
    expect((model.option as { xAxis: { axisLabel: { show: boolean } } }).xAxis.axisLabel.show).toBe(false);
    expect(bar.legend(input('bar', plain))).toEqual([]);
  });

  it('stack a legend in its own order and colours, leaving out what is null', () => {
    const model = bar.build(input('bar', split));
    const stack = seriesOf(model).filter((s) => !s.id.endsWith(':rest'));
    expect(stack.map((s) => s.stack)).toEqual(['all', 'all', 'all']);
    expect(stack.map((s) => numbersOf(s))).toEqual([
      [9, 12, null],
      [7, null, null],
      [5, 7, null],
    ]);
    expect(stack.map((s) => colorsOf(s)[0])).toEqual([stateCategory.proposed, stateCategory.inProgress, stateCategory.resolved]);
    expect(textsOf(model)).toEqual(['21', '19']);
    expect(bar.legend(input('bar', split)).map((l) => [l.name, l.color])).toEqual([
      ['Proposed', stateCategory.proposed],
      ['In progress', stateCategory.inProgress],
      ['Resolved', stateCategory.resolved],
    ]);
  });

  it('write the totals that the program computed rather than their own sum', () => {
    const teams = { ...split, rowTotals: [{ keys: [0], values: [20] }, { keys: [1], values: [19] }] };
    expect(textsOf(bar.build(input('bar', teams)))).toEqual(['20', '19']);
  });

  it('colour priorities by strength, blank and other in grey', () => {
    const priorities = dimension({
      field: 'Work items[Priority]', name: 'Priority', role: 'priority', type: 'integer',
      members: [...members(1, 2, 4, null), { value: '', label: 'Other', other: true }],
    });
    const of = result({ rows: [priorities], cells: [[[0], [1]], [[1], [1]], [[2], [1]], [[3], [1]], [[4], [1]]] });
    const model = bar.build(input('bar', of, { visual: visual('bar', { options: { colorBy: 'ordinal' } }) }));
    expect(colorsOf(seriesOf(model)[0])).toEqual([ordinal.o1, ordinal.o2, ordinal.o4, categorical.other, categorical.other]);
  });

  it('colour severities by the number their names begin with', () => {
    const severities = dimension({ field: 'Work items[Severity]', name: 'Severity', role: 'severity', members: members('1 - Critical', '3 - Medium') });
    const of = result({ rows: [severities], cells: [[[0], [1]], [[1], [1]]] });
    expect(colorsOf(seriesOf(bar.build(input('bar', of)))[0])).toEqual([ordinal.o1, ordinal.o3]);
  });

  it('hatch the removed', () => {
    const removed = dimension({ ...stateCategories, members: members('Removed') });
    const datum = seriesOf(bar.build(input('bar', result({ rows: [removed], cells: [[[0], [3]]] }))))[0]?.data[0];
    expect(datum).toMatchObject({ itemStyle: { color: stateCategory.removed, decal: { rotation: -Math.PI / 4 } } });
  });

  it('stand in the order the rows came in when a sort by value made it, Other last', () => {
    const people = dimension({ members: [...members('Ana', 'Ben'), { value: '', label: 'Other', other: true }] });
    const of = result({ rows: [people], cells: [[[2], [30]], [[1], [20]], [[0], [10]]] });
    const model = bar.build(input('bar', of));
    expect(axisLabels(model, 'yAxis')).toEqual(['Ben', 'Ana', 'Other']);
    expect(numbersOf(seriesOf(model)[0])).toEqual([20, 10, 30]);
  });

  it('keep two members of one name apart', () => {
    const twins = dimension({ members: [{ value: 'a@x', label: 'Ana' }, { value: 'b@x', label: 'Ana' }] });
    const model = bar.build(input('bar', result({ rows: [twins], cells: [[[0], [3]], [[1], [2]]] })));
    expect(numbersOf(seriesOf(model)[0])).toEqual([3, 2]);
    expect(model.marks.map((m) => m.filters)).toEqual([
      [{ field: 'Areas[Area path]', op: 'in', values: ['a@x'] }],
      [{ field: 'Areas[Area path]', op: 'in', values: ['b@x'] }],
    ]);
  });

  it('grow beyond the card and scroll when there are more bars than fit', () => {
    const many = dimension({ members: members(...Array.from({ length: 60 }, (_, i) => `Area ${i}`)) });
    const of = result({ rows: [many], cells: many.members.map((_, i): [number[], number[]] => [[i], [i]]) });
    expect(bar.build(input('bar', of)).height).toBeGreaterThan(240);
    expect(bar.build(input('bar', plain)).height).toBeUndefined();
  });
});

describe('highlight', () => {
  const lit = result({ rows: [areas], cells: [[[0], [10], [6]], [[1], [4], [null]], [[2], [3], [0]]] });

  it('draws the whole at 26 % and the part solid on top, and says how much of how much', () => {
    const model = bar.build(input('bar', lit));
    const [whole, part] = seriesOf(model);
    expect(numbersOf(whole)).toEqual([10, 4, 3]);
    expect(opacitiesOf(whole)).toEqual([0.26, 0.26, 0.26]);
    expect(numbersOf(part)).toEqual([6, null, 0]);
    expect(opacitiesOf(part)).toEqual([1, 1, 1]);
    expect(part?.barGap).toBe('-100%');
    expect(textsOf(model)).toEqual(['6 of 10', '0 of 4', '0 of 3']);
    expect(model.marks[0]?.name).toBe('Checkout: 6 of 10');
  });

  it('lights the beginning of each segment of a stack', () => {
    const of = result({ rows: [areas], columns: [stateCategories], cells: [[[0, 0], [9], [2]], [[0, 1], [7], [7]]] });
    const series = seriesOf(bar.build(input('bar', of)));
    expect(series.slice(0, 4).map((s) => [s.id.endsWith(':rest'), numbersOf(s)[0], opacitiesOf(s)[0]])).toEqual([
      [false, 2, 1],
      [true, 7, 0.26],
      [false, 7, 1],
      [true, 0, 0.26],
    ]);
  });

  it('keeps the series in one order whether something is lit or not, because stacks follow it', () => {
    const of = result({ rows: [areas], columns: [stateCategories], cells: [[[0, 0], [9], [2]], [[0, 1], [7], [7]]] });
    const ids = (i: ChartInput) => seriesOf(bar.build(i)).map((s) => s.id);
    expect(ids(input('bar', split))).toEqual(ids(input('bar', of)));
  });

  it('shows the average of the part beside that of the whole, not as a share', () => {
    const days = measure('Age', { format: 'days', additive: false, unit: 'days' });
    const of = result({ rows: [areas], values: [days], cells: [[[0], [4], [6.5]]] });
    const model = bar.build(input('bar', of));
    expect(model.marks[0]?.name).toBe('Checkout: 6.5 days, all 4.0 days');
    expect(numbersOf(seriesOf(model)[1])).toEqual([6.5, null, null]);
  });
});

describe('the source of a selection', () => {
  it('dims what is not picked to 32 % and writes the name of what is in bold', () => {
    const model = bar.build(input('bar', plain, { selection: [{ field: 'Areas[Area path]', values: ['Orders'] }] }));
    expect(opacitiesOf(seriesOf(model)[0])).toEqual([0.32, 1, 0.32]);
    expect(axisLabels(model, 'yAxis')).toEqual(['Checkout', '{s|Orders}', 'Search']);
    expect(model.marks.map((m) => m.selected)).toEqual([false, true, false]);
  });

  it('picks a whole bar by its name and a segment by itself', () => {
    const model = bar.build(input('bar', split));
    expect(model.marks.filter((m) => m.category === 0).map((m) => [m.part, m.name, m.filters.length])).toEqual([
      [0, 'Checkout: Proposed 9, In progress 7, Resolved 5, Total 21', 1],
      [1, 'Checkout, Proposed: 9', 2],
      [2, 'Checkout, In progress: 7', 2],
      [3, 'Checkout, Resolved: 5', 2],
    ]);
  });

  it('takes Other for everything that is not shown', () => {
    const people = dimension({ members: [...members('Ana', 'Ben'), { value: '', label: 'Other', other: true }] });
    const model = bar.build(input('bar', result({ rows: [people], cells: [[[0], [3]], [[1], [2]], [[2], [9]]] })));
    expect(model.marks[2]?.filters).toEqual([{ field: 'Areas[Area path]', op: 'notIn', values: ['Ana', 'Ben'] }]);
  });
});

describe('marks', () => {
  it('lie where the bars are drawn, and answer over their whole band', () => {
    const model = bar.build(input('bar', plain));
    const [first, , third] = model.marks;
    expect(third?.rect.width).toBeCloseTo(((first?.rect.width ?? 0) * 4) / 21, 5);
    for (const mark of model.marks) {
      expect(mark.hit.y).toBeLessThanOrEqual(mark.rect.y);
      expect(mark.hit.y + mark.hit.height).toBeGreaterThanOrEqual(mark.rect.y + mark.rect.height);
      expect(mark.hit.width).toBe(480);
    }
  });

  it('never let two segments of a bar overlap', () => {
    const parts = bar.build(input('bar', split)).marks.filter((m) => m.category === 0 && m.part > 0);
    parts.slice(1).forEach((m, i) => expect(m.hit.x).toBeCloseTo((parts[i]?.hit.x ?? 0) + (parts[i]?.hit.width ?? 0), 5));
  });

  it('carry text from data as it is, and hide its braces from the chart', () => {
    const evil = '<img src=x onerror=alert(1)> {s|bold}';
    const model = bar.build(input('bar', result({ rows: [dimension({ members: members(evil) })], cells: [[[0], [3]]] }), { size: { width: 900, height: 200 } }));
    expect(model.marks[0]?.head).toBe(evil);
    expect(axisLabels(model, 'yAxis')[0]).toContain('{\u200bs|bold}');
  });
});

describe('columns', () => {
  it('below eight write their values on top instead of an axis', () => {
    const model = column.build(input('column', plain));
    expect(textsOf(model)).toEqual(['21', '19', '4']);
    expect((model.option as { yAxis: { axisLabel: { show: boolean } } }).yAxis.axisLabel.show).toBe(false);
  });

  it('from eight on stand on a value axis of round numbers and write nothing on top', () => {
    const eight = dimension({ members: members(...'abcdefgh') });
    const of = result({ rows: [eight], cells: eight.members.map((_, i): [number[], number[]] => [[i], [i * 7]]) });
    const model = column.build(input('column', of));
    const { yAxis } = model.option as { yAxis: { axisLabel: { show: boolean }; max: number; interval: number } };
    expect(textsOf(model)).toEqual([]);
    expect(yAxis).toMatchObject({ max: 50, interval: 10, axisLabel: { show: true } });
  });

  it('write "6 of 10" on two lines where a column is too narrow for one', () => {
    const lit = result({ rows: [areas], cells: [[[0], [72], [29]], [[1], [32], [7]], [[2], [25], [2]]] });
    expect(textsOf(column.build(input('column', lit, { size: { width: 120, height: 200 } })))).toEqual(['29', 'of 72', '7', 'of 32', '2', 'of 25']);
    expect(textsOf(column.build(input('column', lit)))).toEqual(['29 of 72', '7 of 32', '2 of 25']);
  });

  it('draw the period that is not finished soft when it counts events, and solid when it is a state', () => {
    const axis = weeks('2026-11-08', '2026-11-15');
    axis.members[1] = { ...axis.members[1], value: '2026-11-15/2026-11-18', label: '15 Nov', partial: true };
    const of = (overTime: 'events' | 'asOf') => result({ rows: [axis], values: [measure('Bugs', { overTime })], cells: [[[0], [5]], [[1], [2]]] });
    expect(opacitiesOf(seriesOf(column.build(input('column', of('events'))))[0])).toEqual([1, 0.5]);
    expect(opacitiesOf(seriesOf(column.build(input('column', of('asOf'))))[0])).toEqual([1, 1]);
  });

  it('leave a gap where a value is null, and draw 0 as 0', () => {
    const model = column.build(input('column', result({ rows: [areas], cells: [[[0], [3]], [[1], [null]], [[2], [0]]] })));
    expect(numbersOf(seriesOf(model)[0])).toEqual([3, null, 0]);
    expect(textsOf(model)).toEqual(['3', '0']);
    expect(model.marks.map((m) => m.head)).toEqual(['Checkout', 'Search']);
  });

  it('stand side by side for several measures', () => {
    const of = result({ rows: [areas], values: [measure('Created'), measure('Closed')], cells: [[[0], [3, 2]], [[1], [4, 5]]] });
    const series = seriesOf(column.build(input('column', of))).filter((s) => !s.id.endsWith(':rest'));
    expect(series.map((s) => s.stack)).toEqual(['v0', 'v1']);
    expect(series.map((s) => colorsOf(s)[0])).toEqual([measures.main, measures.soft]);
  });

  it('write names on two lines by turns when they do not fit, and never cut them for it', () => {
    const long = dimension({ members: members('Checkout', 'Orders', 'Payments', 'Accounts', 'Android', 'Catalog', 'Ingest', 'Search', 'Mobile') });
    const of = result({ rows: [long], cells: long.members.map((_, i): [number[], number[]] => [[i], [1]]) });
    const labels = axisLabels(column.build(input('column', of, { size: { width: 400, height: 240 } })), 'xAxis');
    expect(labels.map((l) => l.trim())).toEqual(long.members.map((m) => m.label));
    expect(labels.map((l) => l.startsWith('\n'))).toEqual([false, true, false, true, false, true, false, true, false]);
  });
});
