import { useEffect, useRef } from 'react';
import type { PageStep } from './pageState';

/**
 * Esc leaves focus mode, else clears the selection; Ctrl+Shift+C clears it from anywhere, as in Power BI.
 * A menu, a slicer or a tooltip that was closed by the same key has said so already.
 */
export function useLeavingKeys(focused: boolean, leave: () => void, step: (step: PageStep) => void): void {
  const latest = useRef({ focused, leave, step });
  useEffect(() => {
    latest.current = { focused, leave, step };
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const now = latest.current;
      const clears = event.ctrlKey && event.shiftKey && event.key.toLowerCase() === 'c';
      if (event.defaultPrevented || !(clears || event.key === 'Escape')) return;
      event.preventDefault();
      if (now.focused && !clears) now.leave();
      else now.step({ type: 'clearSelection' });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
