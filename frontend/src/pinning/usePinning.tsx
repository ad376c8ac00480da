import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Page, PageState } from '../backend/types';
import { PinDialog, type PinDialogProps } from './PinDialog';

/** `ask` opens the dialog for a visual of the page, with '' for the whole page, as it is read at that moment. */
export function usePinning(reportId: string, page: Page, state: PageState): { ask: (visual: string) => void; dialog: ReactNode } {
  const [asked, setAsked] = useState<Omit<PinDialogProps, 'close'> | null>(null);
  const now = useRef({ reportId, page, state });
  useEffect(() => {
    now.current = { reportId, page, state };
  });
  const ask = useCallback((visual: string) => {
    const { page: at, state: read, reportId: of } = now.current;
    const source = { reportId: of, pageId: at.id, ...(visual ? { visualId: visual } : {}) };
    setAsked({ source, state: read, title: at.visuals.find((v) => v.id === visual)?.title || at.title });
  }, []);
  return { ask, dialog: asked && <PinDialog {...asked} close={() => setAsked(null)} /> };
}
