// Opens What changed? over the page, and closes it where the focus was.
import { useCallback, useRef, useState, type ReactNode } from 'react';
import type { Page, PageState, ReportView, Span } from '../../../backend/types';
import type { ItemsSubject } from '../items/useItemList';
import type { PageStep } from '../pageState';
import { ChangesPane, usualCompare } from './ChangesPane';

interface UseWhatChanged {
  report: ReportView;
  page: Page;
  state: PageState;
  step: (step: PageStep) => void;
  /** Undefined while it is not known which days there are. */
  span: Span | undefined;
  zone: string;
  /** Opens the items of a step. */
  show: (subject: ItemsSubject) => void;
  say: (text: string, tone?: 'plain' | 'danger') => void;
}

export function useWhatChanged({ report, page, state, step, span, zone, show, say }: UseWhatChanged) {
  const [open, setOpen] = useState(false);
  const before = useRef<HTMLElement | null>(null);
  const ask = useCallback(() => {
    before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpen(true);
    if (span && !state.compareWith) step({ type: 'compare', compareWith: usualCompare(state, span) });
  }, [span, state, step]);
  const close = useCallback(() => {
    setOpen(false);
    const back = before.current;
    // What lay beneath is inert until the page was drawn without the explanation.
    window.setTimeout(() => back?.isConnected && back.focus());
  }, []);
  const between = (from: string, to: string) => {
    step({ type: 'asOf', asOf: to });
    step({ type: 'compare', compareWith: from === '' ? (span?.last ?? '') : from });
  };
  const pane: ReactNode = open && span && (
    <ChangesPane report={report} page={page} state={state} span={span} zone={zone} between={between} close={close} show={show} say={say} />
  );
  return { ask, open: open && span !== undefined, close, pane };
}
