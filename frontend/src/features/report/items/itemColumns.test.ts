import { describe, expect, it } from 'vitest';
import type { ItemsColumn, ItemsView } from '../../../backend/types';
import { cellText, copiedText, joinParts, onlyColumns } from './itemColumns';
import { itemUrl } from './itemLinks';
import { agreement } from './ItemsPane';

const column = (name: string, more: Partial<ItemsColumn> = {}): ItemsColumn => ({
  name, field: '', type: 'text', role: '', format: '', unit: '', folder: '', amount: false, time: 'then', members: [], ...more,
});
const state = (...labels: string[]) => column('State', { role: 'state', members: labels.map((label) => ({ value: label, label })) });
const view = (more: Partial<ItemsView>): ItemsView => ({
  table: 'Work items', value: null, number: null, count: 0, found: 0, sum: null, same: false, asOf: '', past: false, key: 'Id', orderBy: '', descending: false,
  generation: 1, facts: [], filters: [], columns: [], keys: [], rows: [], next: '', ...more,
});

describe('a list in parts', () => {
  it('keeps every cell with its own member', () => {
    const list = joinParts([
      view({ columns: [state('New', 'Active')], keys: [1, 2], rows: [[1], [0]] }),
      view({ columns: [state('Closed')], keys: [3], rows: [[0]] }),
    ]);
    expect(list.keys).toEqual([1, 2, 3]);
    expect(list.rows.map((r) => list.columns[0] && cellText(list.columns[0], r[0], 'UTC'))).toEqual(['Active', 'New', 'Closed']);
  });
});

describe('a cell', () => {
  it('is written by its type', () => {
    expect(cellText(column('Age in days', { type: 'integer', format: 'days' }), 223, 'UTC')).toBe('223');
    expect(cellText(column('Story points', { type: 'number', format: 'decimal1' }), 2.5, 'UTC')).toBe('2.5');
    expect(cellText(column('Changed date', { type: 'dateTime' }), '2020-11-12T09:58:00Z', 'Asia/Tokyo')).toBe('Nov 12 2020, 06:58 PM');
    expect(cellText(column('Is draft', { type: 'boolean' }), true, 'UTC')).toBe('Yes');
    expect(cellText(column('Title'), null, 'UTC')).toBe('');
  });
});

describe('copied rows', () => {
  it('keep one line each, whatever their texts hold', () => {
    const list = { columns: [column('Title')], keys: [7, 8], rows: [['a\tb\r\nc'], ['d']] };
    expect(copiedText(list, 'Id', new Set(), 'UTC')).toBe('Id\tTitle\n7\ta b c\n8\td');
    expect(copiedText(list, 'Id', new Set([8]), 'UTC')).toBe('Id\tTitle\n8\td');
  });
});

describe('columns that only an address needs', () => {
  it('are not shown, and what each row adds stays', () => {
    const list = { columns: [column('Title'), column('Project'), column('Estimate', { amount: true })], keys: [1], rows: [['t', 'p', 3]] };
    expect(onlyColumns(list, ['Title'])).toEqual({ columns: [column('Title'), column('Estimate', { amount: true })], keys: [1], rows: [['t', 3]] });
  });
});

describe('the page of a row', () => {
  const where = [column('Project'), column('Repository')];
  it('is told by its table', () => {
    expect(itemUrl('https://dev.azure.com/lumen/', 'Work items', 17, [], [])).toBe('https://dev.azure.com/lumen/_workitems/edit/17');
    expect(itemUrl('https://dev.azure.com/lumen', 'Pull requests', 5, where, ['Lumen Web', 'web/app'])).toBe('https://dev.azure.com/lumen/Lumen%20Web/_git/web%2Fapp/pullrequest/5');
    expect(itemUrl('https://dev.azure.com/lumen', 'Pipeline runs', 9, where, ['Lumen Web', null])).toBe('https://dev.azure.com/lumen/Lumen%20Web/_build/results?buildId=9');
  });
  it('is none where a part of it is not known', () => {
    expect(itemUrl('https://dev.azure.com/lumen', 'Commits', 'abc', where, ['Lumen Web', null])).toBe('');
    expect(itemUrl('https://dev.azure.com/lumen', 'Deployments', 4, where, ['Lumen Web', 'x'])).toBe('');
  });
});

describe('the foot of a list', () => {
  const bugs = { name: 'Open bugs', unit: 'bugs', format: 'integer', additive: true, direction: 'upIsWorse' as const };
  it('says how the rows make the number', () => {
    expect(agreement(view({ value: bugs, number: 21, count: 21, sum: 21, same: true }), 'mark')).toBe('21 work items, the same as the mark');
    expect(agreement(view({ value: { ...bugs, name: 'Estimate', unit: 'points' }, number: 40, count: 12, sum: 40 }), 'mark')).toBe('12 work items, together 40 points: Estimate of the mark');
    expect(agreement(view({ value: { ...bugs, name: 'Average age', unit: '', format: 'days', additive: false }, number: 4.25, count: 1 }), 'mark')).toBe('Average age of the mark: 4.3 days, over 1 work item');
    expect(agreement(view({ value: bugs, number: 20, count: 21, sum: 21 }), 'mark')).toBe('21 work items; the mark shows Open bugs 20 bugs');
  });
});
