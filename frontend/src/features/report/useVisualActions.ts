// What the tools and marks of a page's visuals do, as one object that stays the same while the page is open.
import { useEffect, useMemo, useRef, useState } from 'react';
import { reports } from '../../backend/api';
import { saveMade } from '../../backend/saving';
import type { Filter, Page, PageState } from '../../backend/types';
import { offerDownload } from '../../ui/download';
import type { AffectedBy, VisualActions } from '../../visuals/VisualFrame';
import { expand, into, nextLevel, up } from './drill';
import type { MeantMark } from './MarkMenu';
import type { PageStep, Reading } from './pageState';
import { texts } from './texts';

type Say = (text: string, tone?: 'plain' | 'danger') => void;

interface Asked {
  reportId: string;
  page: Page;
  reading: Reading;
  step: (step: PageStep) => void;
  say: Say;
  /** Everything that affects a visual, in words. */
  affecting: (visual: string) => AffectedBy[];
}

/** `drilling` are the visuals in drill mode, `menu` the mark whose menu is open. */
export function useVisualActions(asked: Asked) {
  const [drilling, setDrilling] = useState<readonly string[]>([]);
  const [menu, setMenu] = useState<MeantMark | null>(null);
  const current = useRef({ ...asked, drilling });
  useEffect(() => {
    current.current = { ...asked, drilling };
  });
  const { step } = asked;
  const actions = useMemo<VisualActions>(
    () => ({
      asTable: (visual, show) => step({ type: 'table', visual, show }),
      focus: (visual, alone) => step({ type: 'focus', visual: alone ? visual : '' }),
      spotlight: (visual, on) => step({ type: 'spotlight', visual: on ? visual : '' }),
      sort: (visual, sort) => step({ type: 'sort', visual, sort }),
      pick: (visual, filters, add) => {
        performance.mark('click');
        const now = current.current;
        if (filters.length > 0 && now.drilling.includes(visual) && drillInto(now.page, now.reading.state, visual, filters, step)) return;
        step({ type: 'pick', visual, filters, add });
      },
      drill: (visual, way) => {
        if (way === 'mode') {
          setDrilling((before) => (before.includes(visual) ? before.filter((v) => v !== visual) : [...before, visual]));
          return;
        }
        const at = current.current.reading.state.drill?.[visual];
        step({ type: 'drill', visual, drill: { up, next: nextLevel, expand }[way](at) });
      },
      menu: (visual, mark, at) => setMenu({ ...mark, visual, at }),
      affecting: (visual) => current.current.affecting(visual),
      exportCsv: (visual) => void exportCsv(current.current.reportId, current.current.page.id, visual, current.current.reading.state, current.current.say),
    }),
    [step],
  );
  return { actions, drilling, menu, closeMenu: () => setMenu(null) };
}

/** Goes into what a mark stands for; false when there is no level below it. */
export function drillInto(page: Page, state: PageState, id: string, filters: readonly Filter[], step: (step: PageStep) => void): boolean {
  const visual = page.visuals.find((v) => v.id === id);
  const drill = visual ? into(visual, filters, state.drill?.[id]) : null;
  if (!drill) return false;
  step({ type: 'drill', visual: id, drill });
  return true;
}

async function exportCsv(reportId: string, pageId: string, visual: string, state: PageState, say: Say): Promise<void> {
  const saved = await saveMade(() => reports.csv(reportId, pageId, visual, state));
  if ('path' in saved) say(texts.saved(saved.path));
  if ('refused' in saved) say(saved.refused, 'danger');
  if ('offer' in saved) {
    offerDownload(saved.offer.name, saved.offer.text);
    say(texts.offered(saved.offer.name));
  }
}
