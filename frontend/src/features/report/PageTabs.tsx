import { ChevronLeft16Regular } from '@fluentui/react-icons/svg/chevron-left';
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right';
import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { AbsentPage, Page } from '../../backend/types';
import { href, navigate } from '../../ui/navigation';
import styles from './PageTabs.module.css';
import { withTabs } from './pageOrder';
import { PageTabsMenu } from './PageTabsMenu';
import { texts } from './texts';

interface PageTabsProps {
  reportId: string;
  pages: readonly Page[];
  absent?: readonly AbsentPage[];
  open: string;
}
const none: readonly AbsentPage[] = [];

/** The pages of a report, at the foot of the window; the open one carries the yellow edge. */
export const PageTabs = memo(function PageTabs({ reportId, pages: all, absent = none, open }: PageTabsProps) {
  const [showHidden, setShowHidden] = useState(false);
  const pages = withTabs(all, showHidden, open);
  const strip = useRef<HTMLDivElement>(null);
  const at = pages.findIndex((p) => p.id === open);
  useEffect(() => {
    strip.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  });
  const typed = (event: KeyboardEvent) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: pages.length - 1 }[event.key];
    const page = to === undefined ? undefined : pages[to];
    if (!page) return;
    event.preventDefault();
    navigate({ screen: 'report', id: reportId, pageId: page.id });
    strip.current?.querySelectorAll<HTMLElement>('[role="tab"]')[to ?? 0]?.focus();
  };
  const scroll = (by: number) => strip.current?.scrollBy({ left: by, behavior: 'smooth' });
  return (
    <div className={styles.tabs} data-region tabIndex={-1}>
      {pages.length > 1 && (
        <>
          <button type="button" className={styles.arrow} aria-label={texts.earlier} onClick={() => scroll(-240)}>
            <ChevronLeft16Regular />
          </button>
          <button type="button" className={styles.arrow} aria-label={texts.later} onClick={() => scroll(240)}>
            <ChevronRight16Regular />
          </button>
        </>
      )}
      <div ref={strip} className={styles.strip} role="tablist" tabIndex={-1} aria-label={texts.pages} onKeyDown={typed}>
        {pages.map((page) => (
          <a
            key={page.id}
            role="tab"
            href={href({ screen: 'report', id: reportId, pageId: page.id })}
            aria-selected={page.id === open}
            tabIndex={page.id === open ? 0 : -1}
            className={`${styles.tab} ${page.id === open ? styles.open : ''} ${page.hidden ? styles.away : ''}`}
            aria-label={page.hidden ? texts.hiddenPage(page.name) : undefined}
          >
            {page.name}
          </a>
        ))}
      </div>
      <PageTabsMenu reportId={reportId} pages={all} tabs={pages} absent={absent} open={open} showHidden={showHidden} onShowHidden={setShowHidden} />
    </div>
  );
});
