import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../format/locale';
import { bar } from './bar';
import { column } from './column';
import { combo } from './combo';
import { pivot } from './matrix';
import { colorsOf, dimension, input, light, measure, members, numbersOf, opacitiesOf, result, seriesOf, stateCategories, textsOf, visual, weeks } from './testResult';

beforeEach(() => setLocale('en-GB'));

const areas = dimension({ members: members('Checkout', 'Orders') });
const split = result({ rows: [areas], columns: [stateCategories], cells: [[[0, 0], [6]], [[0, 1], [2]], [[0, 2], [4]], [[1, 0], [1]], [[1, 2], [3]]] });
const lit = result({ rows: [areas], columns: [stateCategories], cells: [[[0, 0], [6], [3]], [[0, 1], [2], [0]], [[0, 2], [4], [1]], [[1, 0], [1], [1]], [[1, 2], [3], [0]]] });
const asked = (type: 'bar' | 'column' | 'combo', of: typeof split, layout: 'clustered' | 'percent' | 'stacked', more = {}) => input(type, of, { visual: visual(type, { options: { layout, ...more } }) });

describe('layouts', () => {
  it('stand the members of a legend side by side, each with its value', () => {
    const model = bar.build(asked('bar', split, 'clustered'));
    expect(seriesOf(model).filter((s) => !s.id.endsWith(':rest')).map((s) => s.stack)).toEqual(['v0:"Proposed"', 'v0:"InProgress"', 'v0:"Resolved"']);
    expect(textsOf(model)).toEqual(['6', '2', '4', '1', '3']);
  });

  it('draw the lit part solid over the dimmed whole, side by side', () => {
    const [proposed, rest] = seriesOf(column.build(asked('column', lit, 'clustered')));
    expect([numbersOf(proposed), numbersOf(rest)]).toEqual([[3, 1], [3, 0]]);
    expect([opacitiesOf(proposed)[0], opacitiesOf(rest)[0]]).toEqual([1, 0.26]);
  });

  it('make every bar as long as the whole, and tell values with their shares', () => {
    const model = bar.build(asked('bar', split, 'percent'));
    expect(seriesOf(model).filter((s) => !s.id.endsWith(':rest')).map((s) => numbersOf(s))).toEqual([[0.5, 0.25], [2 / 12, null], [1 - 8 / 12, 0.75]].map((row) => row.map((n) => (n === null ? null : expect.closeTo(n, 12)))));
    expect(textsOf(model)).toEqual(['50%', '17%', '33%', '25%', '75%']);
    expect(model.marks[0]?.tip.map((t) => t.value)).toEqual(['6 (50%)', '2 (17%)', '4 (33%)', '12']);
  });

  it('have an axis of shares for columns', () => {
    const { formatter } = (column.build(asked('column', split, 'percent')).option as { yAxis: { axisLabel: { formatter: (n: number) => string } } }).yAxis.axisLabel;
    expect(formatter(0.5)).toBe('50%');
  });

  it('stack measures that are asked to be, in the colours of what they count', () => {
    const tests = result({ rows: [areas], values: [measure('Tests passed'), measure('Tests failed')], cells: [[[0], [9, 1]], [[1], [3, 1]]] });
    const series = seriesOf(bar.build(asked('bar', tests, 'percent'))).filter((s) => !s.id.endsWith(':rest'));
    expect(series.map((s) => numbersOf(s))).toEqual([[0.9, 0.75], [expect.closeTo(0.1, 12), 0.25]]);
    expect(series.map((s) => colorsOf(s)[0])).toEqual([light.color.outcome.succeeded, light.color.outcome.failed]);
  });

  it('write values inside segments where it is asked for and they fit', () => {
    const model = bar.build(asked('bar', split, 'stacked', { labels: true }));
    expect(textsOf(model)).toEqual(expect.arrayContaining(['6', '4', '3', '12']));
  });
});

describe('outcomes', () => {
  it('have one colour on every page', () => {
    const results = dimension({ field: 'Pipeline runs[Result]', name: 'Result', role: 'outcome', members: members('succeeded', 'partiallySucceeded', 'failed', 'canceled', 'abandoned', 'active', 'odd') });
    const of = result({ rows: [results], cells: results.members.map((_, i) => [[i], [1]]) });
    const { outcome, stateCategory, categorical } = light.color;
    expect(colorsOf(seriesOf(bar.build(input('bar', of)))[0])).toEqual([outcome.succeeded, outcome.partial, outcome.failed, outcome.canceled, outcome.canceled, stateCategory.inProgress, categorical.other]);
  });

  it('and the columns of a board go from waiting to done', () => {
    const board = dimension({ field: 'Work items[Board column]', name: 'Board column', members: members('New', 'Build', 'Check', 'Done', null) });
    const of = result({ rows: [board], cells: board.members.map((_, i) => [[i], [1]]) });
    const { stateCategory, categorical } = light.color;
    expect(colorsOf(seriesOf(bar.build(input('bar', of)))[0])).toEqual([stateCategory.proposed, stateCategory.inProgress, stateCategory.inProgress2, stateCategory.completed, categorical.other]);
  });
});

describe('two levels', () => {
  const projects = dimension({ field: 'Projects[Project]', name: 'Project', members: members('Web', 'Mobile') });
  const nested = result({ rows: [projects, areas], cells: [[[0, 0], [21]], [[0, 1], [14]], [[1, 0], [12]]] });

  it('stand inside one another: only the combinations that have rows', () => {
    const model = column.build(input('column', nested));
    expect(numbersOf(seriesOf(model)[0])).toEqual([21, 14, 12]);
    expect(textsOf(model)).toEqual(['21', '14', '12', 'Web', 'Mobile']);
    expect(model.marks.map((m) => m.name)).toEqual(['Web, Checkout: 21', 'Web, Orders: 14', 'Mobile, Checkout: 12']);
  });

  it('pick both their members, and are told apart by both', () => {
    const { marks } = bar.build(input('bar', nested));
    expect(marks[2]?.filters.map((f) => [f.field, f.values])).toEqual([['Projects[Project]', ['Mobile']], ['Areas[Area path]', ['Checkout']]]);
    expect(new Set(marks.map((m) => m.key)).size).toBe(3);
  });

  it('keep the members of one wider level together, however rows were sorted', () => {
    const sorted = { ...nested, rows: [nested.rows[0], nested.rows[2], nested.rows[1]].flatMap((r) => r ?? []) };
    expect(column.build(input('column', sorted)).marks.map((m) => m.head)).toEqual(['Web, Checkout', 'Web, Orders', 'Mobile, Checkout']);
  });

  it('are lines of a matrix with both names', () => {
    expect(pivot(nested).lines.map((l) => [l.member.label, l.cells[0]])).toEqual([['Web › Checkout', 21], ['Web › Orders', 14], ['Mobile › Checkout', 12], ['Total', null]]);
  });
});

describe('lines across', () => {
  const weekly = result({
    rows: [weeks('2026-10-25', '2026-11-01', '2026-11-08', '2026-11-15')],
    values: [measure('Closed', { overTime: 'events' })],
    cells: [[[0], [10]], [[1], [null]], [[2], [5]], [[3], [90]]],
  });
  const [last] = weekly.dimensions[0]?.members.slice(-1) ?? [];
  if (last) last.partial = true;

  it('average what is finished and there: (10 + 5) / 2', () => {
    const drawn = textsOf(column.build(input('column', weekly, { visual: visual('column', { options: { lines: [{ kind: 'average', label: 'Average' }] } }) })));
    expect(drawn).toEqual(['7.5', 'Average']);
  });

  it('write a given value with its name', () => {
    const lines = visual('bar', { options: { lines: [{ kind: 'constant', value: 8, label: 'limit' }, { kind: 'median' }] } });
    expect(textsOf(bar.build(input('bar', result({ rows: [areas], cells: [[[0], [4]], [[1], [9]]] }), { visual: lines })))).toEqual(['4', '9', '8 limit', '6.5 median']);
  });
});

describe('columns with lines', () => {
  it('have a second axis where lines measure otherwise, and a dashed grey ideal', () => {
    const of = result({
      rows: [areas], values: [measure('Remaining', { format: 'decimal1' }), measure('Scope', { format: 'decimal1' }), measure('Ideal trend', { format: 'decimal1' })],
      cells: [[[0], [5, 9, 7]], [[1], [4, 9, 3]]],
    });
    const series = seriesOf(combo.build(input('combo', of)));
    expect(series.filter((s) => s.type === 'line').map((s) => [s.lineStyle?.color, s.lineStyle?.type])).toEqual([[light.color.measure.ink, 'solid'], [light.color.measure.compare, 'dashed']]);
    const hours = result({ rows: [areas], values: [measure('Closed'), measure('Hours', { format: 'hours', unit: 'h' })], cells: [[[0], [5, 0.5]], [[1], [4, 2]]] });
    const { yAxis } = combo.build(input('combo', hours)).option as { yAxis: { max: number; position?: string; axisLabel: { show: boolean } }[] };
    expect(yAxis.map((a) => [a.position, a.max, a.axisLabel.show])).toEqual([[undefined, 5, true], ['right', 2, true]]);
  });
});

describe('the plot', () => {
  it('stays where the marks were laid out: the chart may not move it for the sake of a label', () => {
    const { grid } = column.build(asked('column', split, 'percent')).option as { grid: { containLabel: boolean; outerBoundsMode: string } };
    expect(grid).toMatchObject({ containLabel: false, outerBoundsMode: 'none' });
  });
});
