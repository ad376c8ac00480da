// Keys of the whole report: full screen, the list of keys, refresh now, and into the visual that has the focus.
import { useEffect, useRef } from 'react';
import { isElsewhere, isTyping } from './useHistory';

export interface ScreenKeys {
  fullScreen: () => void;
  keys: () => void;
  refresh: () => void;
}

/** The first mark or cell of the visual that holds the focus. */
function intoVisual(): boolean {
  const inside = document.activeElement?.closest('[data-visual]')?.querySelector<HTMLElement>('[role="option"][tabindex="0"], [data-cell][tabindex="0"]');
  inside?.focus();
  return inside !== null && inside !== undefined;
}

export function useScreenKeys(does: ScreenKeys): void {
  const latest = useRef(does);
  useEffect(() => {
    latest.current = does;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere()) return;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      const ctrl = event.ctrlKey && !event.altKey && !event.shiftKey;
      const step =
        plain && event.key === 'F11' && !event.shiftKey ? latest.current.fullScreen
        : plain && event.key === '?' && !isTyping(event.target) ? latest.current.keys
        : ctrl && event.key.toLowerCase() === 'r' ? latest.current.refresh
        : null;
      if (step) {
        event.preventDefault();
        step();
      } else if (ctrl && event.key === 'ArrowRight' && !isTyping(event.target) && intoVisual()) event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
