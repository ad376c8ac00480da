// What the tools and marks of a page's visuals do, as one object that stays the same while the page is open.
import { useEffect, useMemo, useRef } from 'react';
import { reports } from '../../backend/api';
import { saveMade } from '../../backend/saving';
import type { PageState } from '../../backend/types';
import { offerDownload } from '../../ui/download';
import type { VisualActions } from '../../visuals/VisualFrame';
import type { PageStep, Reading } from './pageState';
import { texts } from './texts';

type Say = (text: string, tone?: 'plain' | 'danger') => void;

export function useVisualActions(reportId: string, pageId: string, reading: Reading, step: (step: PageStep) => void, say: Say): VisualActions {
  const current = useRef(reading);
  useEffect(() => {
    current.current = reading;
  });
  return useMemo<VisualActions>(
    () => ({
      asTable: (visual, show) => step({ type: 'table', visual, show }),
      focus: (visual, alone) => step({ type: 'focus', visual: alone ? visual : '' }),
      pick: (visual, filters, add) => {
        performance.mark('click');
        step({ type: 'pick', visual, filters, add });
      },
      exportCsv: (visual) => void exportCsv(reportId, pageId, visual, current.current.state, say),
    }),
    [reportId, pageId, step, say],
  );
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
