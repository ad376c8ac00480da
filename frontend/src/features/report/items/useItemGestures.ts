// A double click on a mark, or Alt+Enter, opens the rows behind it. Both pick the mark first, so a pick says which one is
// meant; two picks of one mark leave the selection as it was. The first click may move what is drawn, so that the second
// one lies on another mark: the first counts, and the second pick is taken back.
import { useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Filter } from '../../../backend/types';
import { sameFilters } from '../../../visuals/filters';
import type { VisualActions } from '../../../visuals/VisualFrame';

interface Pick {
  visual: string;
  filters: Filter[];
  at: number;
}

const recent = (picks: readonly Pick[], visual: string) => picks.filter((p) => p.visual === visual && performance.now() - p.at < 1_000);

export function useItemGestures(actions: VisualActions, showItems: (visual: string, filters: Filter[], value: number) => void) {
  const picks = useRef<Pick[]>([]);
  return useMemo(() => {
    const pick: VisualActions['pick'] = (visual, filters, add) => {
      if (filters.length > 0) picks.current = [...recent(picks.current, visual), { visual, filters, at: performance.now() }].slice(-2);
      actions.pick(visual, filters, add);
    };
    const meant = (target: EventTarget) => {
      const visual = target instanceof Element ? target.closest<HTMLElement>('[data-visual]')?.dataset.visual : undefined;
      if (visual === undefined) return null;
      const own = recent(picks.current, visual);
      picks.current = [];
      const [first, second] = own;
      if (first && second && !sameFilters(first.filters, second.filters)) actions.pick(visual, second.filters, false);
      return first ?? { visual, filters: [] };
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
          picks.current = picks.current.slice(-1);
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
