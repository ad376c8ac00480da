import { describe, expect, it } from 'vitest';
import type { Filter, PageState, Visual } from '../../backend/types';
import { gridPlace, gridRows, leastHeight, narrowOrder, narrowPlace } from './layout';
import { branches } from './MemberList';
import { isUntouched, pageStep, untouched, type PageStep } from './pageState';
import { countOf, fieldName, joined, labelsOf, restate } from './restatement';
import { boxText } from './Slicer';
import { readState } from './storedState';
import { workItemUrl } from './workItemLink';

const area = (...values: string[]): Filter[] => [{ field: 'Areas[Area path]', op: 'in', values }];
const pick = (visual: string, filters: Filter[], add = false): PageStep => ({ type: 'pick', visual, filters, add });
const after = (...steps: PageStep[]): PageState => steps.reduce(pageStep, untouched);

describe('the selection', () => {
  it('is the mark that was clicked', () => expect(after(pick('a', area('x'))).selection).toEqual({ visual: 'a', filters: area('x') }));
  it('is gone with a second click on the same mark', () => expect(after(pick('a', area('x')), pick('a', area('x'))).selection).toBeNull());
  it('moves to another mark', () => expect(after(pick('a', area('x')), pick('a', area('y'))).selection?.filters).toEqual(area('y')));
  it('grows and shrinks with Ctrl', () => {
    const two = after(pick('a', area('x')), pick('a', area('y'), true));
    expect(two.selection?.filters).toEqual(area('x', 'y'));
    expect(pageStep(two, pick('a', area('x'), true)).selection?.filters).toEqual(area('y'));
  });
  it('starts anew in another visual, with Ctrl or without', () => {
    expect(after(pick('a', area('x')), pick('b', area('y'), true)).selection).toEqual({ visual: 'b', filters: area('y') });
  });
  it('is cleared by a click beside the marks of its own visual only', () => {
    const picked = after(pick('a', area('x')));
    expect(pageStep(picked, pick('a', [])).selection).toBeNull();
    expect(pageStep(picked, pick('b', []))).toBe(picked);
  });
  it('is cleared, and slicers stay', () => {
    const both = after({ type: 'slice', slicer: 's', values: ['p'] }, pick('a', area('x')), { type: 'clearSelection' });
    expect(both).toEqual({ slicers: { s: ['p'] }, selection: null });
  });
});

describe('slicers', () => {
  it('keep what was picked and forget an empty list', () => {
    const one = after({ type: 'slice', slicer: 's', values: ['p', null] });
    expect(one.slicers).toEqual({ s: ['p', null] });
    expect(pageStep(one, { type: 'slice', slicer: 's', values: [] }).slicers).toEqual({});
  });
  it('say what is picked', () => {
    const members = [{ value: 'a\\b', label: 'b' }, { value: null, label: '(Blank)' }];
    expect(boxText(members, [])).toBe('All');
    expect(boxText(members, ['a\\b'])).toBe('b');
    expect(boxText(members, [null])).toBe('(Blank)');
    expect(boxText(members, ['a\\b', null])).toBe('2 selected');
  });
});

describe('paths in a slicer', () => {
  const paths = (...values: string[]) => values.map((value) => ({ value, label: value }));
  it('stand under the nearest node that is listed, by what they add to it', () => {
    expect(branches(paths('Fleet', 'Fleet\\Routing', 'Fleet\\Telematics\\Gateway', 'Data\\Ingest'))).toEqual([
      { depth: 0, name: 'Fleet' },
      { depth: 1, name: 'Routing' },
      { depth: 1, name: 'Telematics\\Gateway' },
      { depth: 0, name: 'Data\\Ingest' },
    ]);
  });
  it('are no tree when they are no paths', () => expect(branches([{ value: 1, label: '1' }, { value: null, label: '(Blank)' }]).map((b) => b.name)).toEqual(['1', '(Blank)']));
});

describe('the state of a page', () => {
  it('is untouched at first, after a reset, and when all was cleared by hand', () => {
    expect(isUntouched(untouched)).toBe(true);
    const touched = after({ type: 'slice', slicer: 's', values: ['p'] }, pick('a', area('x')));
    expect(isUntouched(touched)).toBe(false);
    expect(isUntouched(pageStep(touched, { type: 'reset' }))).toBe(true);
    expect(isUntouched(after(pick('a', area('x')), pick('a', area('x'))))).toBe(true);
  });
  it('is read back as it was stored', () => {
    const touched = after({ type: 'slice', slicer: 's', values: ['p'] }, pick('a', area('x')));
    expect(readState(JSON.stringify(touched))).toEqual(touched);
  });
  it.each([null, '', '{', '[]', '7', '{"slicers":{"s":"p"}}', '{"selection":{"visual":3,"filters":[]}}', '{"cards":{"page/a":[{"field":3}]}}', '{"drill":{"v":{"level":"1"}}}', '{"sort":{"v":[{}]}}'])('is untouched when %j was stored', (text) => {
    expect(readState(text)).toEqual({});
  });
});

describe('filters in words', () => {
  const plain = labelsOf(undefined, { id: 'p', name: '', title: '', slicers: [], visuals: [] });
  it.each<[Filter, string]>([
    [{ field: 'Work items[State category]', op: 'notIn', values: ['Completed', 'Removed'] }, 'State category is not Completed or Removed'],
    [{ field: 'Areas[Area path]', values: ['Web\\Checkout'] }, 'Area is Checkout'],
    [{ field: 'Work items[Is bug]', values: [true] }, 'Is bug is Yes'],
    [{ field: 'Work items[Assigned to]', values: [null] }, 'Assigned to is (Blank)'],
    [{ field: 'Dates[Date]', op: 'last', values: [30, 'day'] }, 'Date is in the last 30 days'],
    [{ field: 'Dates[Date]', op: 'last', values: [7, 'day', false] }, 'Date is in the last 7 days without today'],
    [{ field: 'Dates[Date]', op: 'lastCalendar', values: [2, 'month'] }, 'Date is in the last 2 calendar months'],
    [{ field: 'Dates[Date]', op: 'this', values: [1, 'week'] }, 'Date is in this week'],
    [{ field: 'Work items[Title]', any: [{ field: '', op: 'startsWith', values: ['Log'] }, { field: '', op: 'notContains', values: ['x'] }] }, 'Title starts with Log or does not contain x'],
    [{ field: 'Work items[Priority]', op: '<=', values: [2] }, 'Priority is less than or equal to 2'],
    [{ field: 'Work items[Created date]', op: '>=', values: ['2026-10-01'] }, 'Created date is on or after 2026-10-01'],
    [{ field: 'Work items[Assigned to]', op: 'top', values: [5], by: { measure: 'Open bugs' } }, 'Assigned to is one of the top 5 by Open bugs'],
    [{ field: 'Work items[Age]', op: 'between', values: [1, 5] }, 'Age is between 1 and 5'],
    [{ field: 'Iterations[Iteration]', op: 'current' }, 'Iteration is the current one'],
    [{ field: 'Tags[Tag]', op: 'isBlank' }, 'Tag is blank'],
  ])('%j', (filter, words) => {
    const { name, verb, values, join } = restate(filter, plain);
    expect([name, verb, joined(values, join)].filter(Boolean).join(' ')).toBe(words);
  });
  it('use the names that the page shows', () => {
    const dimension = { field: 'Work items[Assigned to]', name: 'Assigned to', type: 'text', members: [{ value: 'mira@x', label: 'Mira Okafor' }] };
    const result = { dimensions: [dimension], rowGroups: 1, values: [], rows: [], total: { keys: [], values: [] }, asOf: '', timeZone: 'UTC', generation: 1 };
    const labelOf = labelsOf(
      { generation: 1, asOf: '', slicers: [], restatement: '', part: null, whole: null, millis: 0, visuals: [{ id: 'v', result, spark: null, follows: '', subtitle: '', fault: null }] },
      { id: 'p', name: '', title: '', slicers: [], visuals: [] },
    );
    expect(labelOf('Work items[Assigned to]', 'mira@x')).toBe('Mira Okafor');
    expect(labelOf('Work items[State]', 'InProgress')).toBe('In progress');
  });
  it('shorten long lists', () => expect(joined(['a', 'b', 'c', 'd', 'e', 'f'], 'or')).toBe('a, b, c or 3 more'));
  it('name a field', () => expect([fieldName('Areas[Area path]'), fieldName('Priority')]).toEqual(['Area', 'Priority']));
  it('count what is selected, none of it too, and say nothing where a page counts nothing', () => {
    expect(countOf({ part: 21, whole: 12_600 }, 'open bugs')).toBe('21 of 12,600 open bugs');
    expect(countOf({ part: 0, whole: 126 }, 'open bugs')).toBe('0 of 126 open bugs');
    expect(countOf({ part: null, whole: null }, 'open bugs')).toBe('');
  });
});

describe('the layout', () => {
  const at = (id: string, type: Visual['type'], x: number, y: number, w: number, h: number): Visual => ({ id, type, title: id, place: { x, y, w, h }, query: { values: [] }, options: {} });
  const page = [at('bar', 'bar', 0, 2, 6, 3), at('card', 'card', 0, 0, 3, 2), at('table', 'table', 6, 2, 6, 3)];
  it('gives rows of cards 84 px with their gap and shares the rest', () => {
    expect(gridRows(page)).toBe('36px 36px minmax(28px, 1fr) minmax(28px, 1fr) minmax(28px, 1fr)');
    expect(leastHeight(page)).toBe(2 * 36 + 3 * 28 + 4 * 12);
  });
  it('places a visual by its document', () => expect(gridPlace(page[2] as Visual)).toEqual({ gridColumn: '7 / span 6', gridRow: '3 / span 3' }));
  it('puts cards first in a narrow window, then the rest as it stands on the page', () => {
    expect(narrowOrder(page).map((v) => v.id)).toEqual(['card', 'bar', 'table']);
    expect(narrowPlace(page[1] as Visual, 3).gridColumn).toBe('span 2');
    expect(narrowPlace(page[1] as Visual, 4).gridColumn).toBe('span 3');
    expect(narrowPlace(page[0] as Visual, 3).gridColumn).toBe('span 6');
  });
});

it('links a work item by the address of its organization', () => {
  expect(workItemUrl('https://dev.azure.com/harborline/', 17)).toBe('https://dev.azure.com/harborline/_workitems/edit/17');
});
