// Keys that work everywhere: Ctrl+F finds in the navigation, Ctrl+F6 walks the regions of the window.
import { useEffect, useRef } from 'react';

const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex]:not([tabindex="-1"])';

// The region after the one that holds the focus, from top to bottom as they stand in the page.
function nextRegion(back: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const step = at < 0 ? 0 : (at + (back ? -1 : 1) + regions.length) % regions.length;
  const region = regions[step];
  (region?.querySelector<HTMLElement>(focusable) ?? region)?.focus();
}

/** Hears the keys of the frame for as long as it is on screen. A dialog keeps them to itself. */
export function useFrameKeys(find: () => void): void {
  const findNow = useRef(find);
  useEffect(() => {
    findNow.current = find;
  });
  useEffect(() => {
    const hear = (e: KeyboardEvent) => {
      if (!e.ctrlKey || e.altKey || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      if (e.key.toLowerCase() === 'f' && !e.shiftKey) {
        e.preventDefault();
        findNow.current();
      } else if (e.key === 'F6') {
        e.preventDefault();
        nextRegion(e.shiftKey);
      }
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
