import { describe, expect, it } from 'vitest';
import type { ItemState, NavItem, ShellView } from '../backend/types';
import { crumbs, itemRoute, openItem, startRoute } from './places';

const item = (id: string, state: ItemState, datasetId = 's'): NavItem => ({ id, name: `name of ${id}`, datasetId, new: false, state, percent: 0 });

function shellOf(...states: ItemState[]): ShellView {
  const of = (letter: string) => states.map((state, i) => item(`${letter}${i}`, state, `s${i}`));
  return { version: '1', face: 'serve', theme: 'system', background: false, notifications: 'failed', accounts: [], dashboards: of('d'), reports: of('r'), datasets: of('s') };
}

describe('the first screen', () => {
  it('is Home while there is nothing', () => expect(startRoute(shellOf())).toEqual({ screen: 'home' }));
  it('is the first dashboard', () => expect(startRoute(shellOf('ready', 'ready'))).toEqual({ screen: 'dashboard', id: 'd0' }));
  it('is a first load that goes on, before any dashboard', () => {
    expect(startRoute(shellOf('ready', 'loading'))).toEqual({ screen: 'loading', id: 's1' });
    expect(startRoute(shellOf('partial'))).toEqual({ screen: 'loading', id: 's0' });
  });
  it('passes over a load that was stopped, unless there is nothing else', () => {
    expect(startRoute(shellOf('paused', 'ready'))).toEqual({ screen: 'dashboard', id: 'd1' });
    expect(startRoute(shellOf('paused'))).toEqual({ screen: 'loading', id: 's0' });
  });
});

describe('a click in the navigation', () => {
  it.each<[ItemState, string]>([
    ['ready', 'report'],
    ['partial', 'report'],
    ['loading', 'loading'],
    ['paused', 'loading'],
    ['failed', 'loading'],
  ])('on a report that is %s opens %s', (state, screen) => {
    expect(itemRoute('report', item('r', state)).screen).toBe(screen);
  });
  it.each<[ItemState, string]>([
    ['ready', 'dataset'],
    ['failed', 'dataset'],
    ['paused', 'dataset'],
    ['loading', 'loading'],
    ['partial', 'loading'],
  ])('on a dataset that is %s opens %s', (state, screen) => {
    expect(itemRoute('dataset', item('s', state)).screen).toBe(screen);
  });
});

describe('the bar', () => {
  it('says the group and the name of the open item; a load belongs to its dataset', () => {
    const state = shellOf('loading');
    expect(crumbs(state, { screen: 'report', id: 'r0' }).map((c) => c.text)).toEqual(['Reports', 'name of r0']);
    expect(openItem(state, { screen: 'loading', id: 's0' })?.kind).toBe('dataset');
  });
  it('says nothing of an item that is gone', () => {
    expect(crumbs(shellOf(), { screen: 'dataset', id: 'gone' })).toEqual([]);
  });
});
