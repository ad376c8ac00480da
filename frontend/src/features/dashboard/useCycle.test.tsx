import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { enterFullScreen, leaveFullScreen } from './fullScreen';
import { useCycle } from './useCycle';

beforeEach(() => {
  vi.useFakeTimers();
  window.history.replaceState(null, '', '#/dashboard/a');
});
afterEach(() => {
  cleanup();
  leaveFullScreen();
  vi.useRealTimers();
});

function shown(id: string) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(['shell'], { dashboards: ['a', 'b'].map((d) => ({ id: d, name: d, datasetId: 'ds', new: false, state: 'ready', percent: 100 })) });
  return renderHook(() => useCycle(id), { wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> });
}
const press = (key: string) => act(() => void window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
const wait = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));

it('shows the next dashboard after the interval, and the first one after the last', () => {
  shown('a');
  act(() => enterFullScreen(10));
  wait(9.9);
  expect(window.location.hash).toBe('#/dashboard/a');
  wait(0.2);
  expect(window.location.hash).toBe('#/dashboard/b');
  cleanup();
  shown('b');
  wait(10.1);
  expect(window.location.hash).toBe('#/dashboard/a');
});

it('stays while it is paused, and when Esc left', () => {
  const { result } = shown('a');
  act(() => enterFullScreen(10));
  press(' ');
  wait(60);
  expect(result.current.paused).toBe(true);
  expect(window.location.hash).toBe('#/dashboard/a');
  press(' ');
  press('Escape');
  wait(60);
  expect(result.current.on).toBe(false);
  expect(window.location.hash).toBe('#/dashboard/a');
});

it('ends when a report is opened', () => {
  const first = shown('a');
  act(() => enterFullScreen(0));
  window.history.replaceState(null, '', '#/report/r');
  first.unmount();
  expect(shown('a').result.current.on).toBe(false);
});
