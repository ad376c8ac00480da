// Undo and redo of everything that was done on the pages of a report: by buttons, Ctrl+Z and Ctrl+Y. Each goes to the page
// where it happened.
import { useEffect, useMemo } from 'react';
import { navigate } from '../../ui/navigation';
import type { ReportMemory } from './memory';

/** Whether a key belongs to a field in which a person types. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"])');
}

/** Dialogs and menus keep the keys to themselves. */
export const isElsewhere = () => document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null;

export function useHistory(reportId: string, memory: ReportMemory): { undo: () => void; redo: () => void } {
  const history = useMemo(() => {
    const go = (pageId: string | null) => {
      if (pageId !== null) navigate({ screen: 'report', id: reportId, pageId });
    };
    return { undo: () => go(memory.undo()), redo: () => go(memory.redo()) };
  }, [reportId, memory]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || isTyping(event.target) || isElsewhere()) return;
      const key = event.key.toLowerCase();
      const step = key === 'z' && !event.shiftKey ? history.undo : key === 'y' || (key === 'z' && event.shiftKey) ? history.redo : null;
      if (!step) return;
      event.preventDefault();
      step();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [history]);
  return history;
}
