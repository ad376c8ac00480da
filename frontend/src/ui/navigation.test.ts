import { act, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { href, navigate, parseRoute, useRoute, type Route } from './navigation';

const routes: Route[] = [
  { screen: 'start' },
  { screen: 'home' },
  { screen: 'getData' },
  { screen: 'registration' },
  { screen: 'services' },
  { screen: 'services', connector: 'azure-devops' },
  { screen: 'services', connector: 'sample', connect: true },
  { screen: 'dashboard', id: '1f' },
  { screen: 'report', id: '2e' },
  { screen: 'report', id: 'a/b c', pageId: 'open bugs?' },
  { screen: 'dataset', id: '3d' },
  { screen: 'loading', id: '4c' },
];

describe('an address', () => {
  it.each(routes)('leads back to its route: $screen $id$connector', (route) => {
    expect(parseRoute(href(route))).toEqual(route);
  });

  it.each(['', '#', '#/', '#/nowhere', '#/dashboard', '#/report/', '#/report/%E0%A4%A', '#/help', '#/help/else'])('that cannot be read is the start: %s', (hash) => {
    expect(parseRoute(hash)).toEqual({ screen: 'start' });
  });
});

describe('navigation', () => {
  beforeEach(() => window.history.replaceState(null, '', '#/home'));

  it('draws again where the person went, and a replaced step is not kept for Back', async () => {
    const { result } = renderHook(() => useRoute());
    const steps = window.history.length;
    act(() => navigate({ screen: 'dataset', id: '7' }, { replace: true }));
    expect(result.current).toEqual({ screen: 'dataset', id: '7' });
    expect(window.history.length).toBe(steps);
  });
});
