// What the tools and marks of a page's visuals do, as one object that stays the same while the page is open.
import { useEffect, useMemo, useRef, useState } from 'react';
import { reports } from '../../backend/api';
import { saveMade } from '../../backend/saving';
import type { PageState } from '../../backend/types';
import { offerDownload } from '../../ui/download';
import type { VisualActions } from '../../visuals/VisualFrame';
import type { PageStep } from './pageState';
import { texts } from './texts';

type Say = (text: string, tone?: 'plain' | 'danger') => void;

/** `tables` are the visuals shown as tables; `focus` is the one that fills the page, or ''. */
export function useVisualActions(reportId: string, pageId: string, state: PageState, step: (step: PageStep) => void, say: Say) {
  const [tables, setTables] = useState<ReadonlySet<string>>(new Set());
  const [focus, setFocus] = useState('');
  const current = useRef(state);
  useEffect(() => {
    current.current = state;
  });
  const actions = useMemo<VisualActions>(
    () => ({
      asTable: (visual, show) => setTables((before) => new Set(show ? [...before, visual] : [...before].filter((v) => v !== visual))),
      focus: (visual, alone) => setFocus(alone ? visual : ''),
      pick: (visual, filters, add) => step({ type: 'pick', visual, filters, add }),
      exportCsv: (visual) => void exportCsv(reportId, pageId, visual, current.current, say),
    }),
    [reportId, pageId, step, say],
  );
  return { tables, focus, actions };
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
