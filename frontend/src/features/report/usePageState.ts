// The state of a page, kept on this computer per report and page, so that it is there after leaving.
import { useCallback, useState } from 'react';
import type { PageState } from '../../backend/types';
import { isUntouched, pageStep, readState, type PageStep } from './pageState';

const keyOf = (reportId: string, pageId: string) => `sightline.page.${reportId}.${pageId}`;

// Storage may be refused (a private window, a full disk): the page then forgets, and works.
function load(key: string): PageState {
  try {
    return readState(window.localStorage.getItem(key));
  } catch {
    return readState(null);
  }
}

function keep(key: string, state: PageState): void {
  try {
    if (isUntouched(state)) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, JSON.stringify(state));
  } catch {
    // Not kept; nothing is lost but a convenience.
  }
}

/** The state of one page and the function that steps it. Another page has another state at once. */
export function usePageState(reportId: string, pageId: string): [PageState, (step: PageStep) => void] {
  const key = keyOf(reportId, pageId);
  const [held, setHeld] = useState(() => ({ key, state: load(key) }));
  let current = held;
  if (held.key !== key) {
    current = { key, state: load(key) };
    setHeld(current);
  }
  const step = useCallback(
    (next: PageStep) =>
      setHeld((before) => {
        const state = pageStep(before.state, next);
        if (state === before.state) return before;
        keep(before.key, state);
        return { key: before.key, state };
      }),
    [],
  );
  return [current.state, step];
}
