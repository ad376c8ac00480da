// A double click on a mark, or Alt+Enter, opens the rows behind it. Both pick the mark first, so the pick that came last
// says which one is meant; two picks of one mark leave the selection as it was.
import { useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Filter } from '../../../backend/types';
import type { VisualActions } from '../../../visuals/VisualFrame';

export function useItemGestures(actions: VisualActions, showItems: (visual: string, filters: Filter[], value: number) => void) {
  const last = useRef<{ visual: string; filters: Filter[]; at: number } | null>(null);
  return useMemo(() => {
    const pick: VisualActions['pick'] = (visual, filters, add) => {
      if (filters.length > 0) last.current = { visual, filters, at: performance.now() };
      actions.pick(visual, filters, add);
    };
    const meant = (target: EventTarget) => {
      const visual = target instanceof Element ? target.closest<HTMLElement>('[data-visual]')?.dataset.visual : undefined;
      const picked = last.current;
      if (visual === undefined) return null;
      return picked?.visual === visual && performance.now() - picked.at < 1_000 ? picked : { visual, filters: [] };
    };
    const isControl = (target: EventTarget) => target instanceof Element && target.closest('button, input, a, [role="menuitem"], [role="toolbar"]') !== null;
    return {
      actions: { ...actions, pick },
      hear: {
        onDoubleClick: (event: MouseEvent) => {
          const mark = isControl(event.target) ? null : meant(event.target);
          if (mark) showItems(mark.visual, mark.filters, 0);
        },
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== 'Enter' || !event.altKey || isControl(event.target)) return;
          const mark = meant(event.target);
          if (!mark) return;
          event.preventDefault();
          if (mark.filters.length > 0) actions.pick(mark.visual, mark.filters, false);
          showItems(mark.visual, mark.filters, 0);
        },
      },
    };
  }, [actions, showItems]);
}
