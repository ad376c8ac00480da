import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Page, PageState } from '../../../backend/types';
import { ExportDialog, type ExportDialogProps } from './ExportDialog';

/** `exportData` opens the dialog for a visual of the page as it is read at that moment; it is the same all along. */
export function useExporting(reportId: string, page: Page, state: PageState, say: ExportDialogProps['say']): { exportData: (visual: string) => void; dialog: ReactNode } {
  const [asked, setAsked] = useState<Omit<ExportDialogProps, 'close' | 'say'> | null>(null);
  const now = useRef({ reportId, page, state });
  useEffect(() => {
    now.current = { reportId, page, state };
  });
  const exportData = useCallback((visualId: string) => {
    const { page: at, ...read } = now.current;
    setAsked({ ...read, pageId: at.id, visualId, title: at.visuals.find((v) => v.id === visualId)?.title ?? at.title });
  }, []);
  return { exportData, dialog: asked && <ExportDialog {...asked} say={say} close={() => setAsked(null)} /> };
}
