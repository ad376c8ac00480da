import { beforeEach, describe, expect, it } from 'vitest';
import { setLocale } from '../format/locale';
import { cardInWords, cardText, toneOf } from './card';
import { ColorBook } from './colorBook';
import { memberPaint, mix } from './colors';
import { isPicked, memberFilters, sameFilters, togglePicked } from './filters';
import { spread } from './geometry';
import { cellText, gridColumns, gridRows, layoutGrid, sortKey, type GridColumn } from './grid';
import { nextSort, sortRows } from './gridSort';
import { layoutMatrix, pivot } from './matrix';
import { niceScale } from './niceScale';
import { sparkChange, sparkPath } from './sparkline';
import { days, dimension, light, measure, members, result, stateCategories, visual, weeks } from './testResult';
import { cut, wrap } from './textWidth';
import { thin, timeLabels } from './timeLabels';
import { footOf, sharedNotes, visualInWords } from './visualWords';
import type { VisualData } from '../backend/types';

beforeEach(() => setLocale('en-GB'));

const answer = (more: Partial<VisualData>): VisualData => ({ id: 'v', result: null, spark: null, follows: '', subtitle: '', fault: null, ...more });

describe('colours', () => {
  it('give later states of a category lighter steps, whatever they are called', () => {
    const states = dimension({
      field: 'Work items[State]', role: 'state',
      members: [
        { value: 'Doing', label: 'Doing', category: 'InProgress' },
        { value: 'Checking', label: 'Checking', category: 'InProgress' },
        { value: 'Waiting', label: 'Waiting', category: 'InProgress' },
        { value: 'Gone', label: 'Gone', category: 'Elsewhere' },
      ],
    });
    const book = new ColorBook();
    const { stateCategory, neutral, categorical } = light.color;
    expect(states.members.map((_, i) => memberPaint(states, i, light, book).color)).toEqual([
      stateCategory.inProgress,
      stateCategory.inProgress2,
      mix(stateCategory.inProgress, neutral.card, 0.65),
      categorical.other,
    ]);
  });
  it('mix two colours', () => expect(mix('#000000', '#FFFFFF', 0.5)).toBe('#808080'));
  it('keep a place once given, also when the model is met again in another order', () => {
    const book = new ColorBook();
    book.meet('repo', ['a', 'b', null]);
    book.meet('repo', ['c', 'a']);
    expect(['a', 'b', 'c'].map((m) => book.place('repo', m))).toEqual([0, 1, 2]);
  });
});

describe('picking', () => {
  const area = (...values: string[]) => ({ field: 'A', op: 'in' as const, values });
  const state = (...values: string[]) => ({ field: 'S', op: 'in' as const, values });
  it('adds a member of the same field and takes it away again', () => {
    const two = togglePicked([area('x')], [area('y')]);
    expect(two).toEqual([area('x', 'y')]);
    expect(togglePicked(two, [area('x')])).toEqual([area('y')]);
    expect(togglePicked([area('y')], [area('y')])).toEqual([]);
  });
  it('of one of two people of one name mean that person only', () => {
    const people = dimension({
      field: 'Work items[Assigned to]', role: 'person',
      members: [
        { value: 'ana@contoso.com', label: 'Ana Sousa', detail: 'ana@contoso.com' },
        { value: 'Ana Sousa <7c2>', label: 'Ana Sousa', detail: '7c2' },
      ],
    });
    const [first = [], second = []] = people.members.map((m) => memberFilters(people, m));
    expect(second).toEqual([{ field: 'Work items[Assigned to]', op: 'in', values: ['Ana Sousa <7c2>'] }]);
    expect(isPicked(first, second)).toBe(false);
    expect(isPicked(second, second)).toBe(true);
  });
  it('starts anew with a mark of another kind', () => expect(togglePicked([area('x')], [area('x'), state('p')])).toEqual([area('x'), state('p')]));
  it('knows what is picked', () => {
    expect(isPicked([area('x'), state('p')], [area('x', 'y')])).toBe(true);
    expect(isPicked([area('x')], [area('x'), state('p')])).toBe(false);
    expect(isPicked([area('x')], [])).toBe(false);
    expect(sameFilters([area('x', 'y')], [area('y', 'x')])).toBe(true);
  });
});

describe('value axes', () => {
  it.each([
    [[0, 51], 4, true, [0, 20, 40, 60]],
    [[151], 3, true, [0, 40, 80, 120, 160]],
    [[3], 4, true, [0, 1, 2, 3]],
    [[0.93], 4, false, [0, 0.25, 0.5, 0.75, 1]],
    [[-4, 9], 4, true, [-5, 0, 5, 10]],
    [[], 4, true, [0, 1]],
    [[null, 0], 4, true, [0, 1]],
  ])('%j in %d parts', (values, parts, whole, ticks) => expect(niceScale(values, parts, whole).ticks).toEqual(ticks));
  it('never splits a count', () => expect(niceScale([2], 4, true).interval).toBe(1));
});

describe('time axes', () => {
  it('write every week that fits and keep both ends', () => {
    const axis = weeks('2026-09-20', '2026-09-27', '2026-10-04', '2026-10-11', '2026-10-18', '2026-10-25', '2026-11-01', '2026-11-08', '2026-11-15');
    expect(timeLabels(axis, 270, '2026-11-18').filter(Boolean)).toEqual(['20 Sept', '4 Oct', '18 Oct', '1 Nov', '15 Nov']);
  });
  it('name months when the weeks are many', () => {
    const axis = weeks(...Array.from({ length: 26 }, (_, i) => new Date(Date.UTC(2026, 4, 24 + 7 * i)).toISOString().slice(0, 10)));
    expect(timeLabels(axis, 400, '2026-11-18').filter(Boolean)).toEqual(['Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov']);
  });
  it('name the year where it is another one', () => {
    const axis = { ...days('2025-11-01', 1), grain: 'month' as const };
    axis.members = ['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01'].map((start) => ({ value: start, label: start, start, end: start }));
    expect(timeLabels(axis, 600, '2026-11-18')).toEqual(['Nov 2025', 'Dec', 'Jan 2026', 'Feb']);
  });
  it('keep the first and the last label when no step divides the axis', () => {
    const out = thin(Array.from({ length: 12 }, (_, i) => `${i} Nov`), 28);
    expect(out[0]).toBe('0 Nov');
    expect(out[11]).toBe('11 Nov');
    expect(out.filter(Boolean).length).toBeLessThan(8);
  });
});

describe('labels', () => {
  it('move apart, keep their order and stay inside', () => {
    expect(spread([10, 12, 14], 15, 0, 100)).toEqual([10, 25, 40]);
    expect(spread([98, 99], 15, 0, 100)).toEqual([85, 100]);
    expect(spread([50, 10], 15, 0, 100)).toEqual([50, 10]);
  });
  it('are cut with one mark and broken between words', () => {
    expect(cut('Accounts and billing', 60)).toMatch(/^Accounts…$|^Account…$|^Accoun…$/);
    expect(cut('Area', 60)).toBe('Area');
    expect(wrap('8–30 days', 40)).toBe('8–30\ndays');
  });
});

describe('a grid', () => {
  const id = dimension({ field: 'Work items[Id]', name: 'Id', type: 'integer', role: 'workItemId', members: members(17, 4) });
  const title = dimension({ field: 'Work items[Title]', name: 'Title', role: 'title', members: members('Cart', 'Search') });
  const age = measure('Age in days', { format: 'integer', unit: 'days' });
  const of = result({ rows: [id, title], values: [age], cells: [[[0, 0], [67]], [[1, 1], [null]]] });

  it('has its groups and then its values, each in its manner', () => {
    expect(gridColumns(of, ['Age in days']).map((c) => [c.head, c.kind, c.barOf])).toEqual([
      ['Id', 'id', null],
      ['Title', 'title', null],
      ['Age in days', 'number', 67],
    ]);
  });
  it('sorts numbers as numbers and leaves null for the end', () => {
    const [idColumn, , ageColumn] = gridColumns(of);
    const rows = gridRows(of);
    expect(rows.map((r) => idColumn && sortKey(idColumn, r))).toEqual([17, 4]);
    expect(rows.map((r) => ageColumn && sortKey(ageColumn, r))).toEqual([67, undefined]);
    expect(rows.map((r) => ageColumn && cellText(ageColumn, r))).toEqual(['67', '(Blank)']);
  });
  it('shows the selected part in a column of its own', () => {
    const lit = result({ rows: [title], cells: [[[0], [9], [2]]] });
    expect(gridColumns(lit).map((c) => c.head)).toEqual(['Title', 'Open bugs, selected', 'Open bugs']);
  });
  it('shows the total of a visual without groups', () => {
    const card = result({ total: { keys: [], values: [126] } });
    expect(gridRows(card).map((r) => gridColumns(card).map((c) => cellText(c, r)))).toEqual([['126']]);
  });
  it('gives up bars, then names, before it scrolls, and fills what it has', () => {
    const who = dimension({ field: 'Work items[Assigned to]', name: 'Assigned to', role: 'person', members: members('Mira Okafor the younger') });
    const wide = result({ rows: [id, title, who], values: [age], cells: [[[0, 0, 0], [67]]] });
    const columns = gridColumns(wide, ['Age in days']);
    const at = (width: number) => layoutGrid(columns, gridRows(wide), width);
    expect(at(900).density).toBe('full');
    expect(at(260).density).toBe('noNames');
    expect(at(900).widths.reduce((a, b) => a + b, 0)).toBeCloseTo(900, 5);
  });
});

describe('the head of a table', () => {
  const ageInDays = measure('Age in days');
  const titles = dimension({ field: 'Work items[Title]', name: 'Title', role: 'title', members: members('b', 'c', 'a') });
  const table = result({ rows: [titles], values: [ageInDays], cells: [[[0], [5]], [[1], [null]], [[2], [40]]] });
  const [name, age] = gridColumns(table) as [GridColumn, GridColumn];
  it('lets numbers fall first and names rise first, then turns round, then goes back to the author', () => {
    expect(nextSort(age, null, false)).toEqual([{ by: ageInDays.name, descending: true }]);
    expect(nextSort(age, true, true)).toEqual([{ by: ageInDays.name, descending: false }]);
    expect(nextSort(age, false, true)).toBeNull();
    expect(nextSort(name, null, false)).toEqual([{ by: 'Work items[Title]', descending: false }]);
    // By the author's own column the first click turns round.
    expect(nextSort(age, true, false)).toEqual([{ by: ageInDays.name, descending: false }]);
  });
  it('leaves rows without a value last both ways', () => {
    const numbers = (descending: boolean) => sortRows(gridRows(table), age, descending).map((r) => r.row.values[0]);
    expect(numbers(true)).toEqual([40, 5, null]);
    expect(numbers(false)).toEqual([5, 40, null]);
  });
});

describe('a matrix', () => {
  const people = dimension({ field: 'Work items[Assigned to]', name: 'Assigned to', members: members('Ana', 'Ben') });
  const cells: [number[], number[]][] = [[[0, 0], [3]], [[0, 2], [1]], [[1, 1], [5]]];

  it('turns rows and columns and adds up what adds up', () => {
    const { columns, lines } = pivot(result({ rows: [people], columns: [stateCategories], cells, total: { keys: [], values: [9] } }));
    expect(columns.map((c) => c.label)).toEqual(['Proposed', 'In progress', 'Resolved', 'Total']);
    expect(lines.map((l) => [l.member.label, ...l.cells])).toEqual([
      ['Ana', 3, null, 1, 4],
      ['Ben', null, 5, null, 5],
      ['Total', 3, 5, 1, 9],
    ]);
  });
  it('takes the totals of the program where it gives them', () => {
    const of = result({
      rows: [people], columns: [stateCategories], cells, values: [measure('Age', { additive: false, format: 'days' })], total: { keys: [], values: [2.5] },
      more: {
        rowTotals: [{ keys: [0], values: [2] }, { keys: [1], values: [5] }],
        columnTotals: [{ keys: [0], values: [3] }, { keys: [1], values: [5] }, { keys: [2], values: [1] }],
      },
    });
    expect(pivot(of).lines.map((l) => l.cells)).toEqual([
      [3, null, 1, 2],
      [null, 5, null, 5],
      [3, 5, 1, 2.5],
    ]);
  });
  it('leaves totals of averages blank rather than adding them up', () => {
    const of = result({ rows: [people], columns: [stateCategories], cells, values: [measure('Age', { additive: false })] });
    expect(pivot(of).columns.map((c) => c.label)).toEqual(['Proposed', 'In progress', 'Resolved']);
    expect(pivot(of).lines.map((l) => l.cells).at(-1)).toEqual([null, null, null]);
  });
  it('gives up dots, then pictures, then breaks heads, before names are cut', () => {
    const data = pivot(result({ rows: [people], columns: [stateCategories], cells, total: { keys: [], values: [9] } }));
    const plan = (width: number) => {
      const { heads, pictures } = layoutMatrix(data, width, 'Assigned to', 27, true);
      return `${heads}${pictures ? ' with pictures' : ''}`;
    };
    expect([700, 392, 370, 150].map(plan)).toEqual(['line with pictures', 'plain with pictures', 'plain', 'broken']);
  });
});

describe('a card', () => {
  const spark = result({ rows: [days('2026-11-16', 3)], cells: [[[0], [123]], [[1], [null]], [[2], [126]]] });
  const card = visual('card', { title: 'Active bugs', sparkLabel: 'in 30 days' });

  it('says value and change with the sign, worse when more bugs', () => {
    const text = cardText(card, answer({ result: result({ total: { keys: [], values: [126] } }), spark }));
    expect(text).toMatchObject({ figure: { text: '126', unit: '' }, change: { text: '+3', rises: true, tone: 'worse', label: 'in 30 days' } });
    expect(cardInWords(card, text)).toBe('Active bugs: 126, +3 in 30 days.');
  });
  it('says how much of the whole is selected, and not how it changed', () => {
    const text = cardText(card, answer({ result: result({ total: { keys: [], values: [126], parts: [21] } }), spark }));
    expect(text).toMatchObject({ figure: { text: '21' }, whole: '126', change: null });
  });
  it('shows 0 of a count of which nothing is selected', () => {
    expect(cardText(card, answer({ result: result({ total: { keys: [], values: [126], parts: [null] } }) })).figure.text).toBe('0');
  });
  it('is (Blank) for null and 0 for nothing', () => {
    expect(cardText(card, answer({ result: result({ total: { keys: [], values: [null] } }) })).isBlank).toBe(true);
    expect(cardText(card, answer({ result: result({ total: { keys: [], values: [0] } }) }))).toMatchObject({ isBlank: false, figure: { text: '0' } });
  });
  it('writes a rate with its sign and a long number short, with the exact one at hand', () => {
    const rate = result({ values: [measure('Pass rate', { format: 'percent', unit: '' })], total: { keys: [], values: [0.932] } });
    expect(cardText(card, answer({ result: rate })).figure).toEqual({ text: '93.2', unit: '%' });
    const many = cardText(card, answer({ result: result({ total: { keys: [], values: [12_345] } }) }));
    expect([many.figure.text, many.exact]).toEqual(['12.3 K', '12,345 bugs']);
  });
  it('knows good news from bad', () => {
    expect(toneOf(3, 'upIsBetter')).toBe('better');
    expect(toneOf(-3, 'upIsWorse')).toBe('better');
    expect(toneOf(3, 'neutral')).toBe('neutral');
    expect(toneOf(0, 'upIsWorse')).toBe('neutral');
  });
});

describe('a small line', () => {
  it('changes from its first to its last value, gaps left out', () => {
    expect(sparkChange([null, 5, null, 8, null])).toBe(3);
    expect(sparkChange([null, 5])).toBeNull();
  });
  it('is interrupted by null and ends in its last value', () => {
    const path = sparkPath([1, 2, null, 4], { width: 100, height: 40 });
    expect(path.line.match(/M/g)).toHaveLength(2);
    expect(path.end).toEqual({ x: 95, y: 5 });
  });
  it('runs through the middle when nothing changes', () => expect(sparkPath([3, 3], { width: 100, height: 40 }).end?.y).toBe(21));
});

describe('words', () => {
  const bars = result({ rows: [dimension({ members: members('Checkout', 'iOS') })], cells: [[[0], [21]], [[1], [8]]] });
  it('say a chart in one sentence', () => {
    expect(visualInWords(visual('bar'), answer({ result: bars }))).toBe('Bar chart of open bugs by area, 2 in all: highest Checkout with 21, lowest iOS with 8.');
  });
  it('say a line by its ends', () => {
    const of = result({ rows: [days('2026-11-17', 2)], cells: [[[0], [3]], [[1], [5]]] });
    expect(visualInWords(visual('line'), answer({ result: of }))).toBe('Line chart of open bugs by date: 3 on Tue 17 Nov 2026, 5 on Wed 18 Nov 2026.');
  });
  it('say why there is nothing', () => {
    expect(visualInWords(visual('bar'), answer({ fault: { code: 'x', message: 'No such column.', hint: '', facts: [], actions: [] } }))).toBe('No such column.');
    expect(visualInWords(visual('bar'), undefined)).toBe('Bar chart, loading.');
  });
  it('put caveats of one visual under it and those of all into one place', () => {
    const noted = (...notes: string[]) => answer({ result: { ...bars, notes } });
    const both = [noted('Partial history.'), noted('Partial history.', 'The last week is not finished.')];
    expect(sharedNotes(both)).toEqual(['Partial history.']);
    expect(footOf(visual('bar'), both[1], sharedNotes(both))).toBe('The last week is not finished');
    expect(footOf(visual('table'), answer({ result: { ...bars, truncated: 19 } }))).toBe('2 of 21 shown');
  });
});
