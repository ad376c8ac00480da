// The drawings of the story page, with numbers that come from a seed.
import type { Filter, Result, ValueInfo, Visual, VisualType } from '../../backend/types';
import { days, dimension, measure, members, result, stateCategories, visual, weeks } from '../testResult';

export interface Story {
  visual: Visual;
  result: Result;
  selection?: Filter[] | null;
  loading?: boolean;
}

function seeded(seed: number): () => number {
  let s = (seed + 1) * 2_654_435_761 % 4_294_967_296;
  return () => {
    s = (s * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return s / 4_294_967_296;
  };
}

const story = (type: VisualType, title: string, subtitle: string, w: number, h: number, of: Result, more: Partial<Visual> = {}): Story => ({
  visual: visual(type, { title, subtitle, place: { x: 0, y: 0, w, h }, ...more }),
  result: of,
});

const points = (name: string, more: Partial<ValueInfo> = {}) => measure(name, { unit: 'points', format: 'decimal1', ...more });
const sprints = dimension({
  field: 'Iterations[Iteration path]', name: 'Iteration', role: 'iteration', grain: 'sprint',
  members: Array.from({ length: 8 }, (_, i) => {
    const start = new Date(Date.UTC(2026, 7, 3 + 14 * i)).toISOString().slice(0, 10);
    const end = new Date(Date.UTC(2026, 7, 14 + 14 * i)).toISOString().slice(0, 10);
    return { value: `Harbor\\Sprint ${40 + i}`, label: `Sprint ${40 + i}`, detail: `Harbor\\Sprint ${40 + i}`, start, end, ...(i === 7 ? { partial: true } : {}) };
  }),
});
const planned = [54, 38, 55, 44, 59, 61, 69, 55];
const done = [56, 30, 47, 41, 43, 52, 59, 35];
const late = [0, 13, 8, 3, 16, 6, 13, 0];
const open = [0, 0, 0, 0, 0, 0, 0, 24];
const velocity = result({
  rows: [sprints],
  values: [points('Velocity planned'), points('Velocity completed'), points('Velocity completed late'), points('Velocity incomplete'), points('Average velocity', { additive: false })],
  cells: planned.map((p, i) => [[i], [p, done[i] ?? 0, late[i] ?? 0, open[i] ?? 0, (done[i] ?? 0) + (late[i] ?? 0)]]),
  total: { keys: [], values: [435, 363, 59, 24, 55.3] },
});

function cycle(count: number, span: number): Result {
  const random = seeded(count);
  const from = Date.UTC(2026, 10, 18) - span * 86_400_000;
  const ids = members(...Array.from({ length: count }, (_, i) => 16_000 + i));
  const titles = members(...Array.from({ length: count }, (_, i) => `Item ${i}`));
  const when = Array.from({ length: count }, () => new Date(from + random() * span * 86_400_000).toISOString().slice(0, 19) + 'Z');
  return result({
    rows: [
      dimension({ field: 'Work items[Id]', name: 'Id', role: 'workItemId', type: 'integer', members: ids }),
      dimension({ field: 'Work items[Title]', name: 'Title', role: 'title', members: titles }),
      dimension({ field: 'Work items[Completed date]', name: 'Completed', role: 'date', type: 'dateTime', members: when.map((w) => ({ value: w, label: w, start: w.slice(0, 10) })) }),
    ],
    values: [measure('Cycle time', { format: 'days', unit: 'days', additive: false }), measure('Lead time', { format: 'days', unit: 'days', additive: false })],
    cells: ids.map((_, i) => {
      const n = Math.max(0.1, -Math.log(1 - random()) * 4.5 + random() * 2);
      return [[i, i, i], [n, n + random() * 30]];
    }),
  });
}

const wholeDays = dimension({ field: 'Work items[Cycle time days]', name: 'Whole days', type: 'integer', members: members(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 18) });
const histogram = result({
  rows: [wholeDays],
  values: [measure('Completed items', { unit: 'items' }), measure('Median cycle time', { format: 'days', unit: 'days', additive: false }), measure('Cycle time 85th percentile', { format: 'days', unit: 'days', additive: false })],
  cells: [7, 14, 11, 28, 27, 19, 20, 13, 3, 2, 5, 1, 2, 3, 2, 1].map((n, i) => [[i], [n, null, null]]),
  total: { keys: [], values: [158, 4.8, 7.5] },
});

const pipelines = dimension({ field: 'Pipelines[Pipeline]', name: 'Pipeline', role: 'pipeline', members: members('ingest-nightly', 'e2e-web', 'ios-ci', 'android-ci', 'web-deploy', 'orders-api-deploy', 'web-ci', 'orders-api-ci', 'payments-ci') });
const minutes = (name: string) => measure(name, { format: 'decimal1', unit: 'min', additive: false });
const durations = result({
  rows: [pipelines],
  values: [minutes('Median run duration'), minutes('Run duration 80th percentile'), minutes('Run duration 95th percentile')],
  cells: [[49.5, 60, 75], [34.2, 41, 54], [28.6, 33, 37], [22.2, 27, 37], [17, 21, 25], [13.2, 17, 20], [10.7, 13, 16], [8.4, 10, 13], [7.2, 9, 11]].map((v, i) => [[i], v]),
});

const people = dimension({ field: 'Work items[Assigned to]', name: 'Assigned to', role: 'person', members: members('Priya Raman', 'Lena Fischer', 'Tom Becker', 'Ana Sousa', 'Jonas Weber', 'Mira Okafor') });
const heat = result({
  rows: [people],
  columns: [dimension({ field: 'Work items[Priority]', name: 'Priority', role: 'priority', members: members(1, 2, 3, 4) })],
  cells: people.members.flatMap((_, r) => [0, 1, 2, 3].map((c): [number[], number[]] => [[r, c], [Math.round(seeded(r * 7 + c)() * 23)]])),
});
const areas = dimension({ field: 'Work items[Area path]', name: 'Area', role: 'area', members: members('Checkout', 'Catalog', 'Search', 'Orders', 'Payments') });
const byState = (more: Partial<Result> = {}, lit = false) =>
  result({
    rows: [areas],
    columns: [stateCategories],
    cells: areas.members.flatMap((_, a) => [0, 1, 2].map((s): [number[], number[], number[]?] => [[a, s], [9 - a + s * 2], ...(lit ? ([[Math.max(0, 4 - a)]] as [number[]]) : ([] as never[]))] as never)),
    more,
  });
const nested = result({
  rows: [dimension({ field: 'Projects[Project]', name: 'Project', role: 'project', members: members('Harbor Web', 'Harbor Mobile') }), areas],
  cells: [[[0, 0], [21]], [[0, 1], [14]], [[0, 2], [9]], [[1, 0], [12]], [[1, 3], [7]], [[1, 4], [3]]],
});

const board = dimension({ field: 'Work items[Board column]', name: 'Board column', members: members('New', 'Active', 'In review', 'Done') });
const cfdDays = days('2026-08-10', 101);
function flow(asOf?: string): Result {
  const cells: [number[], number[]][] = [];
  const rows: Result['rows'] = [];
  cfdDays.members.forEach((m, d) => {
    const later = asOf !== undefined && String(m.value) > asOf;
    [62 + (d < 50 ? d * 0.45 : 22 - (d - 50) * 0.5), 4 + 4 * Math.abs(Math.sin(d / 6)), 3 + 2 * Math.abs(Math.cos(d / 5)), d * 1.3].forEach((v, c) => {
      const n = Math.round(v);
      if (asOf) rows.push({ keys: [d, c], values: [later ? 0 : n], compared: [n] });
      else cells.push([[d, c], [n]]);
    });
  });
  const out = result({ rows: [cfdDays], columns: [board], values: [measure('Board items', { unit: 'items' })], cells });
  return asOf ? { ...out, rows, asOf: `${asOf}T23:59:59Z`, comparedWith: '2026-11-18T09:38:00Z' } : out;
}
function wip(asOf: string): Result {
  const rows = cfdDays.members.map((m, d) => {
    const n = Math.round(7 + 5 * Math.sin(d / 5));
    return { keys: [d], values: [String(m.value) > asOf ? 0 : n], compared: [n] };
  });
  return { ...result({ rows: [cfdDays], values: [measure('In progress', { unit: 'items' })] }), rows, asOf: `${asOf}T23:59:59Z`, comparedWith: new Date().toISOString() };
}
const thenAndNow: Result = {
  ...result({ rows: [stateCategories] }),
  rows: [[83, 58], [3, 5], [4, 4]].map(([a, b], i) => ({ keys: [i], values: [a ?? null], compared: [b ?? null] })),
  asOf: '2026-10-07T23:59:59Z', comparedWith: new Date().toISOString(),
};
const passRate = result({
  rows: [days('2026-10-20', 30)],
  values: [measure('Pass rate', { format: 'percent', additive: false, direction: 'upIsBetter' })],
  cells: Array.from({ length: 30 }, (_, i): [number[], (number | null)[]] => [[i], [i === 25 || i === 26 ? null : i === 16 ? 0.5 : 0.84 + 0.12 * Math.sin(i)]]),
});
const outcomes = result({
  rows: [days('2026-10-20', 30)],
  columns: [dimension({ field: 'Pipeline runs[Result]', name: 'Result', role: 'outcome', members: [['succeeded', 'Succeeded'], ['partiallySucceeded', 'Partly succeeded'], ['failed', 'Failed'], ['canceled', 'Canceled']].map(([value, label]) => ({ value: value ?? '', label: label ?? '' })) })],
  values: [measure('Pipeline runs', { unit: 'runs', overTime: 'events' })],
  cells: Array.from({ length: 30 }, (_, d) => [42, 4, 5, 2].map((n, c): [number[], number[]] => [[d, c], [Math.round(n * (0.3 + Math.abs(Math.sin(d / 2 + c))))]])).flat(),
});
const dice = seeded(5);
const scatter = result({
  rows: [dimension({ field: 'Repositories[Repository]', name: 'Repository', role: 'repository', members: members(...Array.from({ length: 24 }, (_, i) => `repo-${i}`)) })],
  values: [measure('Pull requests'), measure('Median hours to close', { format: 'hours', additive: false }), measure('Commits')],
  cells: Array.from({ length: 24 }, (_, i): [number[], number[]] => [[i], [Math.round(5 + 90 * dice()), 4 + 40 * dice(), Math.round(400 * dice())]]),
});
const combo = result({
  rows: [weeks(...Array.from({ length: 13 }, (_, i) => new Date(Date.UTC(2026, 7, 23 + 7 * i)).toISOString().slice(0, 10)))],
  values: [measure('Pull requests completed', { overTime: 'events' }), measure('Median hours to close', { format: 'hours', additive: false, unit: 'h' })],
  cells: Array.from({ length: 13 }, (_, i): [number[], (number | null)[]] => [[i], [30 + Math.round(12 * Math.sin(i)), i === 5 ? null : 11 + 4 * Math.cos(i)]]),
});
const burn = result({
  rows: [days('2026-11-09', 12)],
  values: [points('Remaining'), points('Total scope'), points('Ideal trend', { additive: false }), points('Capacity', { additive: false })],
  cells: [[55, 55, 55, 60], [55, 55, 48.9, 54], [56, 56, 42.8, 48], [55, 56, 36.7, 42], [45, 56, 30.6, 36], [45, 56, 30.6, 36], [48, 59, 30.6, 36], [37, 59, 24.4, 30], [24, 59, 18.3, 24], [24, 59, 12.2, 18], [null, null, 6.1, 12], [null, null, 0, 6]].map((v, i) => [[i], v]),
});
const markdown = '# Sprint 47\nWhat we **promised** and *why*:\n\n- Checkout in one step\n- `VAT` per country\n1. first\n2. second\n\nSee [the plan](https://example.org/plan) or <b>not this</b>.';

const flowSet = [
  story('burndown', 'Burndown', 'Story points at the end of each day', 7, 5, burn),
  story('text', '', '', 5, 5, burn, { text: markdown }),
  story('velocity', 'Velocity', 'Story points by sprint, in sprint order', 8, 5, velocity),
  story('percentiles', 'Duration', 'Queue and run time of runs that succeeded', 4, 5, durations),
  story('control', 'Cycle time by completion date', 'One dot is one story', 12, 6, cycle(158, 80)),
  story('histogram', 'How long a story takes', 'Stories by whole days of cycle time', 6, 4, histogram),
  story('heat', 'Who has what', 'Open bugs', 6, 4, heat),
];
const shapes = [
  story('bar', 'Stacked', 'Open bugs', 4, 4, byState()),
  story('bar', 'Side by side', 'Open bugs', 4, 5, byState(), { options: { layout: 'clustered' } }),
  story('bar', 'Shares', 'Open bugs', 4, 4, byState(), { options: { layout: 'percent' } }),
  story('bar', 'Shares, lit', 'Open bugs', 4, 4, byState({}, true), { options: { layout: 'percent' } }),
  story('column', 'Side by side', 'Open bugs', 4, 4, byState(), { options: { layout: 'clustered' } }),
  story('column', 'Side by side, lit', 'Open bugs', 4, 4, byState({}, true), { options: { layout: 'clustered' } }),
  story('column', 'Shares', 'Open bugs', 4, 4, byState(), { options: { layout: 'percent' } }),
  story('column', 'Two levels', 'Open bugs', 4, 4, nested),
  story('bar', 'Two levels', 'Open bugs', 4, 4, nested, { options: { lines: [{ kind: 'average' }] } }),
  story('matrix', 'Two levels', 'Open bugs', 4, 4, nested),
  story('pie', 'Pie', 'Open bugs', 4, 4, result({ rows: [areas], cells: [[[0], [21]], [[1], [14]], [[2], [9]], [[3], [5]], [[4], [2]]] })),
  story('donut', 'Donut', 'Open bugs', 4, 4, result({ rows: [stateCategories], cells: [[[0], [21]], [[1], [14]], [[2], [9]]] })),
];
const timeSet = [
  story('area', 'Cumulative flow', 'Stories by board column. After the chosen day: dimmed', 12, 5, flow('2026-10-07')),
  story('line', 'Work in progress', 'Active and In review', 7, 4, wip('2026-10-07')),
  story('bar', 'Board, then and now', '7 October against today', 5, 4, thenAndNow),
  story('area', 'Cumulative flow', 'Now', 6, 4, flow()),
  story('column', 'Board, then and now', '7 October against today', 3, 4, thenAndNow),
  story('table', 'Then and now', '', 3, 4, thenAndNow, { options: { dataBars: ['Open bugs'] } }),
  story('line', 'Pass rate', 'Days with 5 or more finished runs', 5, 4, passRate, { options: { lines: [{ kind: 'average', label: '30 days' }] } }),
  story('column', 'Runs by day and outcome', '', 7, 4, outcomes),
  story('scatter', 'Repositories', 'Size: commits', 6, 5, scatter),
  story('combo', 'Closed and how fast', 'By week', 6, 5, combo),
];
const narrow = [
  story('velocity', 'Velocity', 'Points', 3, 3, velocity), story('control', 'Cycle time', 'Stories', 3, 3, cycle(158, 80)), story('histogram', 'Length', 'Days', 3, 3, histogram), story('percentiles', 'Duration', 'Runs', 3, 3, durations),
  story('heat', 'Who', 'Bugs', 3, 3, heat), story('pie', 'Pie', 'Bugs', 2, 2, result({ rows: [areas], cells: [[[0], [21]], [[1], [14]], [[2], [9]]] })), story('column', 'Columns', 'Bugs', 2, 3, byState()), story('area', 'Flow', '', 3, 3, flow('2026-10-07')), story('burndown', 'Burndown', '', 2, 3, burn),
];
const empty = result({ rows: [areas], cells: [] });
const types: VisualType[] = ['bar', 'column', 'line', 'area', 'donut', 'pie', 'velocity', 'control', 'scatter', 'histogram', 'percentiles', 'heat', 'burndown', 'combo', 'table', 'card'];
export const sets: Record<string, Story[]> = {
  flow: flowSet,
  shapes,
  time: timeSet,
  narrow,
  many: [story('control', 'Ten thousand', 'Dots', 12, 8, cycle(12_000, 365))],
  loading: types.map((t) => ({ ...story(t, t, '', 3, 3, empty), loading: true })),
  empty: types.map((t) => story(t, t, '', 3, 3, empty)),
};
