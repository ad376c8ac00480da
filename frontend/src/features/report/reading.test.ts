import { beforeEach, describe, expect, it } from 'vitest';
import type { Filter, Page, Slicer, Visual } from '../../backend/types';
import { filtersOf, formOf, isTicked, relativeFilter, relativeOf, tick } from './advanced';
import { paneCards, visualCards } from './cards';
import { canGoDown, canGoUp, expand, into, nextLevel, up } from './drill';
import { including } from './including';
import { pickMember } from './MemberList';
import { forgetMemories, memoryOf, mostSteps } from './memory';
import { rangeOf } from './RangeSlicer';
import { slicerText } from './Slicer';
import { slicerFilter } from './slicing';

const state = 'Work items[State category]';
const keeps = (...values: string[]): Filter[] => [{ field: state, op: 'in', values }];

beforeEach(() => {
  window.localStorage.clear();
  forgetMemories();
});

describe('what a mark stands for', () => {
  const visual = { id: 'v', type: 'bar', title: '', place: { x: 0, y: 0, w: 1, h: 1 }, options: {}, query: { values: [], rows: [{ field: state }] } } as Visual;
  const of = (mark: Filter[], cards: Record<string, Filter[]> = {}) => including(visual, mark, { cards }).map((c) => [c.card, c.include, c.exclude]);
  it('is included alone, or excluded with what was excluded before', () => {
    expect(of(keeps('New'))).toEqual([[`v/${state}`, keeps('New'), [{ field: state, op: 'notIn', values: ['New'] }]]]);
    const before = { [`v/${state}`]: [{ field: state, op: 'notIn' as const, values: ['Old'] }] };
    expect(of(keeps('New'), before)[0]?.[2]).toEqual([{ field: state, op: 'notIn', values: ['Old', 'New'] }]);
  });
  it('is taken out of a list that was kept', () => expect(of(keeps('a'), { [`v/${state}`]: keeps('a', 'b') })[0]?.[2]).toEqual(keeps('b')));
  it('turns Other round, and says nothing of columns without a card', () => {
    expect(of([{ field: state, op: 'notIn', values: ['a'] }])[0]?.[2]).toEqual(keeps('a'));
    expect(of([{ field: 'Areas[Area path]', op: 'in', values: ['x'] }])).toEqual([]);
  });
});

describe('what is done is undone', () => {
  const pick = (value: string) => ({ type: 'pick' as const, visual: 'v', filters: keeps(value), add: false });
  it('step by step, on the page where it happened, and done again', () => {
    const memory = memoryOf('r');
    memory.step('one', pick('a'));
    memory.step('two', { type: 'slice', slicer: 's', values: [1] });
    memory.step('one', { type: 'table', visual: 'v', show: true });
    expect(memory.undo()).toBe('one');
    expect(memory.reading('one').view.tables).toBeUndefined();
    expect(memory.reading('one').state.selection?.filters).toEqual(keeps('a'));
    expect(memory.undo()).toBe('two');
    expect(memory.reading('two').state).toEqual({});
    expect(memory.undo()).toBe('one');
    expect(memory.undo()).toBeNull();
    expect([memory.redo(), memory.redo(), memory.redo(), memory.redo()]).toEqual(['one', 'two', 'one', null]);
    expect(memory.reading('two').state.slicers).toEqual({ s: [1] });
    expect(memory.reading('one').view.tables).toEqual(['v']);
  });
  it('for at least a hundred steps', () => {
    const memory = memoryOf('r');
    for (let n = 0; n < mostSteps + 50; n++) memory.step('one', pick(`m${n}`));
    for (let n = 0; n < mostSteps; n++) expect(memory.undo()).toBe('one');
    expect(mostSteps).toBeGreaterThanOrEqual(100);
    expect(memory.undo()).toBeNull();
    expect(memory.reading('one').state.selection?.filters).toEqual(keeps('m49'));
  });
  it('and what lay ahead is gone after another step', () => {
    const memory = memoryOf('r');
    memory.step('one', pick('a'));
    memory.undo();
    memory.step('one', pick('b'));
    expect(memory.canRedo()).toBe(false);
  });
  it('while a step that changes nothing is none', () => {
    const memory = memoryOf('r');
    memory.step('one', { type: 'clearSelection' });
    memory.step('one', { type: 'card', card: 'page/x', filters: null });
    memory.step('one', { type: 'reset' });
    expect(memory.canUndo()).toBe(false);
  });
  it('and the days of a slider that is dragged are one step', () => {
    const memory = memoryOf('r');
    for (const day of ['2026-10-01', '2026-10-02', '2026-10-03']) memory.step('one', { type: 'asOf', asOf: day });
    memory.step('one', { type: 'asOf', asOf: '' });
    expect(memory.undo()).toBe('one');
    expect(memory.reading('one').state.asOf).toBe('2026-10-03');
    memory.undo();
    expect(memory.reading('one').state.asOf).toBeUndefined();
  });
  it('cards of all pages included, which hold on every page', () => {
    const memory = memoryOf('r');
    memory.step('one', { type: 'card', card: 'report/type', filters: keeps('x') });
    memory.step('one', { type: 'card', card: 'page/type', filters: [] });
    expect(memory.reading('two').state.cards).toEqual({ 'report/type': keeps('x') });
    forgetMemories();
    expect(memoryOf('r').reading('one').state.cards).toEqual({ 'report/type': keeps('x'), 'page/type': [] });
    expect(memoryOf('other').reading('one').state).toEqual({});
    memory.step('two', { type: 'reset' });
    expect(memory.reading('one').state.cards).toEqual({ 'page/type': [] });
    memory.undo();
    expect(memory.reading('one').state.cards?.['report/type']).toEqual(keeps('x'));
  });
});

describe('levels', () => {
  const visual = { id: 'v', levels: [{ field: 'A[1]' }, { field: 'A[2]' }, { field: 'A[3]' }] } as Visual;
  const web: Filter[] = [{ field: 'A[1]', values: ['Web'] }, { field: 'State', values: ['New'] }];
  it('go down for all, and up again', () => {
    const one = nextLevel();
    expect(one).toEqual({ level: 1, expanded: false });
    expect(canGoDown(visual, nextLevel(one))).toBe(false);
    expect(up(one)).toMatchObject({ level: 0, path: [] });
    expect(canGoUp(up(one))).toBe(false);
  });
  it('go into what a mark stands for, by its axis only', () => {
    const inside = into(visual, web);
    expect(inside).toEqual({ level: 1, path: [{ field: 'A[1]', values: ['Web'] }] });
    const deeper = into(visual, [{ field: 'A[2]', values: ['Shop'] }], inside ?? undefined);
    expect(deeper?.path).toHaveLength(2);
    expect(into(visual, [{ field: 'A[3]', values: ['Cart'] }], deeper ?? undefined)).toBeNull();
    expect(up(deeper ?? undefined)).toEqual({ level: 1, expanded: false, path: [{ field: 'A[1]', values: ['Web'] }] });
    expect(into(visual, [{ field: 'State', values: ['New'] }])).toBeNull();
  });
  it('expand and fold one by one', () => {
    const two = expand(expand());
    expect(two).toEqual({ level: 2, expanded: true });
    expect(up(two)).toEqual({ level: 1, expanded: true });
    expect(up(up(two))).toMatchObject({ level: 0, expanded: false });
  });
});

describe('a basic filter', () => {
  it('ticks members of everything, of a list and of an exclusion', () => {
    expect(tick(state, [], 'a', true)).toEqual(keeps('a'));
    expect(tick(state, keeps('a'), 'b', true)).toEqual(keeps('a', 'b'));
    expect(tick(state, keeps('a'), 'a', false)).toEqual([]);
    const without = (...values: string[]): Filter[] => [{ field: state, op: 'notIn', values }];
    expect(tick(state, without('a', 'b'), 'a', true)).toEqual(without('b'));
    expect(tick(state, without('b'), 'b', true)).toEqual([]);
    expect(tick(state, without('b'), 'c', false)).toEqual(without('b', 'c'));
    expect([isTicked(without('b'), 'a'), isTicked(without('b'), 'b'), isTicked(keeps('a'), 'a'), isTicked([], 'a')]).toEqual([true, false, true, false]);
  });
});

describe('an advanced filter', () => {
  it('joins two conditions by And or Or, and is read back', () => {
    const form = { first: { op: 'contains' as const, text: 'a' }, join: 'or' as const, second: { op: 'isBlank' as const, text: '' } };
    const either = filtersOf('T[x]', form, 'text');
    expect(either).toEqual([{ field: 'T[x]', any: [{ field: 'T[x]', op: 'contains', values: ['a'] }, { field: 'T[x]', op: 'isBlank' }] }]);
    expect(formOf(either ?? [], 'text')).toEqual(form);
    const both = filtersOf('T[x]', { ...form, join: 'and' }, 'text');
    expect(both).toHaveLength(2);
    expect(formOf(both ?? [], 'text')?.join).toBe('and');
  });
  it('takes what fits the column only', () => {
    const one = (op: '<' | '>', text: string) => ({ first: { op, text }, join: 'and' as const, second: { op: '<' as const, text: '' } });
    expect(filtersOf('T[n]', one('<', '5'), 'integer')).toEqual([{ field: 'T[n]', op: '<', values: [5] }]);
    expect(filtersOf('T[n]', one('<', 'five'), 'integer')).toBeNull();
    expect(filtersOf('T[d]', one('>', '2026-11-18'), 'date')).toEqual([{ field: 'T[d]', op: '>', values: ['2026-11-18'] }]);
    expect(filtersOf('T[d]', one('>', '18.11.'), 'date')).toBeNull();
    expect(filtersOf('T[n]', one('<', ' '), 'integer')).toEqual([]);
  });
  it('is no list and no Top N', () => {
    expect(formOf([{ field: 'T[x]', values: ['a', 'b'] }], 'text')).toBeNull();
    expect(formOf([{ field: 'T[x]', op: 'top', values: [5] }], 'text')).toBeNull();
  });
});

describe('relative days', () => {
  it.each<Filter>([
    { field: 'D', op: 'last', values: [30, 'day'] },
    { field: 'D', op: 'last', values: [2, 'month', false] },
    { field: 'D', op: 'lastCalendar', values: [2, 'month'] },
    { field: 'D', op: 'nextCalendar', values: [1, 'year'] },
    { field: 'D', op: 'this', values: [1, 'week'] },
  ])('%j is read and written', (filter) => {
    const form = relativeOf(filter);
    expect(form && relativeFilter('D', form)).toEqual(filter);
  });
  it('are no list', () => expect(relativeOf({ field: 'D', values: ['2026-11-18'] })).toBeNull());
});

describe('the pane', () => {
  const visual = {
    id: 'v', query: { values: [], rows: [{ field: 'Areas[Area]' }], filters: [{ field: 'Work items[Is bug]', values: [true] }] },
    cards: [{ id: 'c', field: 'Work items[Priority]', filters: [{ field: 'Work items[Priority]', values: [1] }] }],
  } as unknown as Visual;
  const page: Page = {
    id: 'p', name: 'P', title: 'P', slicers: [], visuals: [visual], filters: [{ field: 'Work items[Is bug]', values: [true] }],
    cards: [{ id: 'a', field: state, filters: keeps('Proposed') }, { id: 'b', field: state, hidden: true }, { id: 'l', field: state, filters: keeps('x'), locked: true }],
  };
  it('has a card for every group of the visual and those of its author', () => {
    expect(visualCards(visual).map((c) => c.id)).toEqual(['c', 'Areas[Area]']);
  });
  it('shows what a reader chose, what is locked, and nothing that is hidden', () => {
    const shown = paneCards(page, [{ id: 'r', field: state }], visual, { cards: { 'page/a': [], 'page/l': [], 'v/Areas[Area]': [{ field: 'Areas[Area]', values: ['Web'] }] } });
    expect(shown.page.map((c) => [c.key, c.filters.length, c.locked])).toEqual([['page/a', 0, false], ['', 1, true], ['', 1, true]]);
    expect(shown.visual.map((c) => [c.key, c.filters.length])).toEqual([['v/c', 1], ['v/Areas[Area]', 1], ['', 1]]);
    expect(shown.report.map((c) => c.key)).toEqual(['report/r']);
  });
});

describe('slicers', () => {
  const slicer = (more: Partial<Slicer>): Slicer => ({ id: 's', title: 'S', field: 'T[x]', ...more });
  it('say what they keep', () => {
    const sprint = slicer({ default: { field: 'T[x]', op: 'current' } });
    expect(slicerText(sprint, undefined, {})).toBe('Current');
    expect(slicerText(sprint, undefined, { slicers: { s: [] } })).toBe('All');
    expect(slicerText(slicer({ kind: 'relative' }), undefined, { slicers: { s: ['last', 90, 'day'] } })).toBe('Last 90 days');
    expect(slicerText(slicer({ kind: 'between' }), undefined, { slicers: { s: [5, null] } })).toBe('From 5');
    expect(slicerText(slicer({ kind: 'between' }), undefined, { slicers: { s: [5, 30] } })).toBe('5 – 30');
  });
  it('keep what the program compiles of them', () => {
    expect(slicerFilter(slicer({ kind: 'between' }), { slicers: { s: [null, 30] } })).toEqual({ field: 'T[x]', op: '<=', values: [30] });
    expect(slicerFilter(slicer({ single: true }), { slicers: { s: [1, 2] } })).toEqual({ field: 'T[x]', values: [1] });
    expect(slicerFilter(slicer({ op: 'under' }), { slicers: { s: ['a', null] } })).toEqual({ field: 'T[x]', values: ['a', null] });
  });
  it('pick one, or add with Ctrl', () => {
    expect(pickMember(['a'], 'b', { one: true, add: false })).toEqual(['b']);
    expect(pickMember(['a'], 'b', { one: true, add: true })).toEqual(['a', 'b']);
    expect(pickMember(['a'], 'a', { one: true, add: false })).toEqual([]);
    expect(pickMember(['a'], 'b', { add: false })).toEqual(['a', 'b']);
    expect(pickMember(['a'], 'b', { single: true, add: true })).toEqual(['b']);
  });
  it('have two ends, of which either may be open', () => {
    expect([rangeOf('5', '', false), rangeOf('', '2026-11-18', true), rangeOf('', '', false)]).toEqual([[5, null], [null, '2026-11-18'], []]);
  });
});
