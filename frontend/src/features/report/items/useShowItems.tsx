// Opens the rows behind a mark over the page, and closes them again where the focus was.
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Filter, Page, PageState, ReportView } from '../../../backend/types';
import type { LabelOf } from '../restatement';
import { ItemsPane, type ItemsPaneProps } from './ItemsPane';
import type { ItemsSubject } from './useItemList';

export interface ShowItems {
  /** Opens the rows behind the value of a visual, narrowed to a mark by its filters; the same all along. */
  showItems: (visual: string, filters: Filter[], value: number) => void;
  /** Opens the rows that something else on the page stands for. */
  show: (subject: ItemsSubject) => void;
  close: () => void;
  open: boolean;
  /** Stands over the page; what lies beneath is inert meanwhile. */
  pane: ReactNode;
}

interface UseShowItems {
  report: ReportView;
  page: Page;
  state: PageState;
  zone: string;
  labelOf: LabelOf;
  say: ItemsPaneProps['say'];
  onExport?: ItemsPaneProps['onExport'];
}

export function useShowItems({ report, page, state, zone, labelOf, say, onExport }: UseShowItems): ShowItems {
  const [subject, setSubject] = useState<ItemsSubject | null>(null);
  const before = useRef<HTMLElement | null>(null);
  const latest = useRef({ state, labelOf });
  useEffect(() => {
    latest.current = { state, labelOf };
  });
  const show = useCallback((next: ItemsSubject) => {
    before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setSubject(next);
  }, []);
  const showItems = useCallback(
    (visual: string, filters: Filter[], value: number) => {
      const named = filters.map((f) => (f.values ?? []).map((v) => latest.current.labelOf(f.field, v)).join(' or ')).filter(Boolean);
      const name = named.join(', ') || (page.visuals.find((v) => v.id === visual)?.title ?? page.title);
      show({ reportId: report.id, pageId: page.id, state: latest.current.state, name, visual, filters, value });
    },
    [report.id, page, show],
  );
  const close = useCallback(() => {
    setSubject(null);
    const back = before.current;
    // What lay beneath is inert until the page was drawn without the list.
    window.setTimeout(() => back?.isConnected && back.focus());
  }, []);
  const pane = useMemo(
    () =>
      subject && (
        <ItemsPane
          key={JSON.stringify(subject)}
          report={report}
          pageName={page.name}
          subject={subject}
          zone={zone}
          labelOf={labelOf}
          lit={!!subject.state.selection && 'visual' in subject && subject.state.selection.visual !== subject.visual}
          close={close}
          say={say}
          {...(onExport ? { onExport } : {})}
        />
      ),
    [subject, report, page.name, zone, labelOf, close, say, onExport],
  );
  return { showItems, show, close, open: subject !== null, pane };
}
