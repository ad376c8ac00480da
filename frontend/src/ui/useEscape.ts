import { useEffect, useRef, type RefObject } from 'react';

/** Hears Esc pressed anywhere inside an element while `active`. A menu or dialog above it has its own. */
export function useEscape(within: RefObject<HTMLElement | null>, active: boolean, leave: () => void): void {
  const leaveNow = useRef(leave);
  useEffect(() => {
    leaveNow.current = leave;
  });
  useEffect(() => {
    const element = within.current;
    if (!active || !element) return;
    const hear = (e: KeyboardEvent) => {
      if (e.key === 'Escape' && !e.defaultPrevented) leaveNow.current();
    };
    element.addEventListener('keydown', hear);
    return () => element.removeEventListener('keydown', hear);
  }, [within, active]);
}
