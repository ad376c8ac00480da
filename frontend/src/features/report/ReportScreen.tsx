// A report: its bar, the open page, its tabs.
import { ArrowRedo20Regular } from '@fluentui/react-icons/svg/arrow-redo';
import { ArrowReset20Regular } from '@fluentui/react-icons/svg/arrow-reset';
import { ArrowUndo20Regular } from '@fluentui/react-icons/svg/arrow-undo';
import { Pin20Regular } from '@fluentui/react-icons/svg/pin';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { FullScreenMinimize20Regular } from '@fluentui/react-icons/svg/full-screen-minimize';
import { useEffect, useState } from 'react';
import { faultOf } from '../../backend/call';
import { useRefreshing } from '../../backend/refreshing';
import { connectionAgain, hasEnded, useSignIn } from '../../backend/signingIn';
import type { Page, ReportView } from '../../backend/types';
import { texts as pinning } from '../../pinning/texts';
import { usePinning } from '../../pinning/usePinning';
import { RefusalBanner } from '../../refusals/RefusalBanner';
import { ActionBar } from '../../ui/ActionBar';
import { Button } from '../../ui/Button';
import { FaultCard } from '../../ui/FaultCard';
import { useMedia } from '../../ui/media';
import { navigate } from '../../ui/navigation';
import { RefreshState } from '../../ui/RefreshState';
import { SignInBanner } from '../../ui/SignInBanner';
import { useFit } from './fit';
import { KeysDialog } from './KeysDialog';
import { withTabs } from './pageOrder';
import { PageTabs } from './PageTabs';
import { isUnread } from './pageState';
import { ReportPage } from './ReportPage';
import styles from './ReportScreen.module.css';
import { texts } from './texts';
import { useReport } from './usePage';
import { useFullScreen } from './useFullScreen';
import { useHistory } from './useHistory';
import { usePageState } from './usePageState';
import { useScreenKeys } from './useScreenKeys';
import { ViewMenu } from './ViewMenu';

/** The report `id`, open at `pageId`, or at its first page. */
export function ReportScreen({ id, pageId }: { id: string; pageId?: string }) {
  const { data: report, error } = useReport(id);
  if (error) {
    return (
      <div className={styles.fault}>
        <FaultCard fault={faultOf(error)} tone="danger" icon={<ErrorCircle20Regular />} />
      </div>
    );
  }
  if (!report) return <div className={styles.screen} aria-busy="true" />;
  const page = report.pages.find((p) => p.id === pageId) ?? (pageId ? undefined : (report.pages.find((p) => !p.hidden) ?? report.pages[0]));
  if (!page) return <NoPage report={report} />;
  return <OpenReport report={report} page={page} />;
}

function OpenReport({ report, page }: { report: ReportView; page: Page }) {
  const { reading, step, memory } = usePageState(report.id, page.id, report.dataset.generation);
  const { dataset } = report;
  const refreshing = useRefreshing(dataset.id);
  const signIn = useSignIn();
  const ended = hasEnded({ state: dataset.signIn });
  const brief = useMedia('(max-width: 1023px)');
  const history = useHistory(report.id, memory);
  const [fit, chooseFit] = useFit();
  const [full, setFull] = useFullScreen();
  const [keys, setKeys] = useState(false);
  usePageKeys(report, page);
  useScreenKeys({ fullScreen: () => setFull(!full), keys: () => setKeys(true), refresh: refreshing.start });
  const pin = usePinning(report.id, page, reading.state);
  return (
    <div className={`${styles.screen} ${full ? styles.full : ''}`}>
      {full && (
        <Button className={styles.leave} icon={<FullScreenMinimize20Regular />} onClick={() => setFull(false)}>
          {texts.leaveFullScreen}
        </Button>
      )}
      {keys && <KeysDialog close={() => setKeys(false)} />}
      <ActionBar title={report.name}>
        <RefreshState
          last={dataset.lastRefresh}
          next={dataset.nextRefresh}
          error={dataset.lastError}
          running={refreshing.running}
          percent={refreshing.progress?.percent ?? 0}
          partial={dataset.state === 'partial' || dataset.state === 'loading'}
          onRefresh={refreshing.start}
          brief={brief}
        />
        <ViewMenu fit={fit} brief={brief} onFit={chooseFit} onFullScreen={() => setFull(true)} onKeys={() => setKeys(true)} />
        <Button look="subtle" icon={<Pin20Regular />} onClick={() => pin.ask('')} aria-label={pinning.pinPage} title={pinning.pinPage} />
        <Button look="subtle" icon={<ArrowUndo20Regular />} disabled={!memory.canUndo()} onClick={history.undo} aria-label={texts.undo} title={`${texts.undo} (Ctrl+Z)`} />
        <Button look="subtle" icon={<ArrowRedo20Regular />} disabled={!memory.canRedo()} onClick={history.redo} aria-label={texts.redo} title={`${texts.redo} (Ctrl+Y)`} />
        <Button look="subtle" icon={<ArrowReset20Regular />} disabled={isUnread(reading)} onClick={() => step({ type: 'reset' })} aria-label={texts.reset}>
          {brief ? undefined : texts.reset}
        </Button>
      </ActionBar>
      {ended ? (
        <SignInBanner person={dataset.person} sentence={dataset.signInSentence} last={dataset.lastRefresh} signIn={() => signIn(connectionAgain(dataset.id))} />
      ) : (
        refreshing.refused && <RefusalBanner datasetId={dataset.id} fault={refreshing.refused} again={refreshing.start} />
      )}
      <ReportPage key={page.id} report={report} page={page} reading={reading} step={step} fit={fit} pin={pin.ask} />
      {pin.dialog}
      <PageTabs reportId={report.id} pages={report.pages} absent={report.absent} open={page.id} />
    </div>
  );
}

function NoPage({ report }: { report: ReportView }) {
  return (
    <div className={styles.screen}>
      <ActionBar title={report.name}>{null}</ActionBar>
      <p className={styles.none}>{report.pages.length > 0 ? texts.notThere : texts.empty}</p>
      <PageTabs reportId={report.id} pages={report.pages} absent={report.absent} open="" />
    </div>
  );
}

// Ctrl+Page up and Ctrl+Page down turn the pages.
function usePageKeys(report: ReportView, page: Page): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.ctrlKey || (event.key !== 'PageDown' && event.key !== 'PageUp')) return;
      const tabs = withTabs(report.pages, false, page.id);
      const to = tabs[tabs.findIndex((p) => p.id === page.id) + (event.key === 'PageDown' ? 1 : -1)];
      event.preventDefault();
      if (to) navigate({ screen: 'report', id: report.id, pageId: to.id });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [report, page]);
}
