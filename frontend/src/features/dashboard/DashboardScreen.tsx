// A dashboard: its bar and its tiles.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { useEffect } from 'react';
import { dashboards, reports } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { useRefreshing } from '../../backend/refreshing';
import { saveMade } from '../../backend/saving';
import { connectionAgain, hasEnded, useSignIn } from '../../backend/signingIn';
import type { DashboardView, Tile } from '../../backend/types';
import { clock, day, dayOf } from '../../format/dates';
import { RefusalBanner } from '../../refusals/RefusalBanner';
import { ActionBar } from '../../ui/ActionBar';
import { offerDownload } from '../../ui/download';
import { FaultCard } from '../../ui/FaultCard';
import { useMedia } from '../../ui/media';
import type { Route } from '../../ui/navigation';
import { RefreshState } from '../../ui/RefreshState';
import { SignInBanner } from '../../ui/SignInBanner';
import { useSaying } from '../../ui/Saying';
import { colorBookOf } from '../../visuals/colorBook';
import { withDistinctLabels } from '../../visuals/distinct';
import styles from './DashboardScreen.module.css';
import { gridRows, leastHeight, narrowOrder, narrowPlace, tilePlace } from './layout';
import { texts } from './texts';
import { TileView } from './TileView';

/** The dashboard `id`. */
export function DashboardScreen({ id }: { id: string }) {
  const { data: view, error } = useQuery({ queryKey: ['dashboard', id], queryFn: () => dashboards.dashboard(id) });
  if (error) return <Refused error={error} />;
  if (!view) return <div className={styles.screen} aria-busy="true" />;
  return <OpenDashboard key={id} view={view} />;
}

function OpenDashboard({ view }: { view: DashboardView }) {
  const { dataset } = view;
  const answer = useQuery({
    queryKey: ['dashboardData', view.id, dataset.generation],
    queryFn: async () => {
      const data = await dashboards.data(view.id);
      return { ...data, tiles: data.tiles.map((t) => ({ ...t, result: withDistinctLabels(t.result) })) };
    },
    placeholderData: keepPreviousData,
  });
  useReportAtHand(dataset.reportId);
  const refreshing = useRefreshing(dataset.id);
  const signIn = useSignIn();
  const ended = hasEnded({ state: dataset.signIn });
  const narrow = useMedia('(max-width: 899px)');
  const { say, saying } = useSaying();
  const colors = colorBookOf(dataset.id);
  const exportCsv = async (tile: Tile) => {
    const saved = await saveMade(() => dashboards.csv(view.id, tile.id));
    if ('path' in saved) say(texts.saved(saved.path));
    if ('refused' in saved) say(saved.refused, 'danger');
    if ('offer' in saved) {
      offerDownload(saved.offer.name, saved.offer.text);
      say(texts.offered(saved.offer.name));
    }
  };
  const tiles = narrow ? narrowOrder(view.tiles) : view.tiles;
  const layout = narrow ? undefined : { gridTemplateRows: gridRows(tiles), minHeight: leastHeight(tiles) };
  return (
    <div className={styles.screen}>
      <ActionBar title={view.name} heading>
        <RefreshState
          last={dataset.lastRefresh}
          next={dataset.nextRefresh}
          error={dataset.lastError}
          running={refreshing.running}
          percent={refreshing.progress?.percent ?? 0}
          partial={dataset.state === 'partial' || dataset.state === 'loading'}
          onRefresh={refreshing.start}
          brief={narrow}
        />
      </ActionBar>
      {ended ? (
        <SignInBanner person={dataset.person} sentence={dataset.signInSentence} last={dataset.lastRefresh} signIn={() => signIn(connectionAgain(dataset.id))} />
      ) : (
        refreshing.refused && <RefusalBanner datasetId={dataset.id} fault={refreshing.refused} again={refreshing.start} />
      )}
      <div className={styles.scroll} data-region tabIndex={-1} aria-busy={answer.isFetching}>
        {answer.error && !answer.data ? (
          <Refused error={answer.error} />
        ) : tiles.length === 0 ? (
          <p className={styles.none}>{texts.empty}</p>
        ) : (
          <div className={`${styles.grid} ${narrow ? styles.narrow : ''}`} style={layout}>
            {tiles.map((tile) => (
              <TileView
                key={tile.id}
                tile={tile}
                data={answer.data?.tiles.find((t) => t.id === tile.id)}
                colors={colors}
                page={pageOf(view, tile)}
                refreshed={refreshedAt(dataset.lastRefresh)}
                onExport={() => void exportCsv(tile)}
                style={narrow ? narrowPlace(tile) : tilePlace(tile)}
              />
            ))}
          </div>
        )}
      </div>
      {saying}
    </div>
  );
}

// A click on a tile opens its page at once: what the page is made of is there already, only its numbers are asked for.
function useReportAtHand(reportId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    if (reportId) void client.prefetchQuery({ queryKey: ['report', reportId], queryFn: () => reports.report(reportId) });
  }, [client, reportId]);
}

function pageOf(view: DashboardView, tile: Tile): Route {
  const id = view.dataset.reportId;
  return tile.pageId ? { screen: 'report', id, pageId: tile.pageId } : { screen: 'report', id };
}

// On the person's own clock; the day stands with it when it is not today.
function refreshedAt(instant: string): string {
  if (!instant) return '';
  const now = new Date().toISOString();
  return dayOf(instant) === dayOf(now) ? clock(instant) : `${day(instant, now)}, ${clock(instant)}`;
}

function Refused({ error }: { error: unknown }) {
  return (
    <div className={styles.fault}>
      <FaultCard fault={faultOf(error)} tone="danger" icon={<ErrorCircle20Regular />} />
    </div>
  );
}
