// A dashboard: its bar and its tiles.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { lazy, Suspense, useEffect, useState, type CSSProperties } from 'react';
import { dashboards, reports } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { useRefreshing } from '../../backend/refreshing';
import { saveMade } from '../../backend/saving';
import { connectionAgain, hasEnded, useSignIn } from '../../backend/signingIn';
import type { DashboardView, Tile } from '../../backend/types';
import { clock, day, dayOf } from '../../format/dates';
import { RefusalBanner } from '../../refusals/RefusalBanner';
import { ActionBar } from '../../ui/ActionBar';
import { Button } from '../../ui/Button';
import { offerDownload } from '../../ui/download';
import { FaultCard } from '../../ui/FaultCard';
import { useMedia } from '../../ui/media';
import type { Route } from '../../ui/navigation';
import { RefreshState } from '../../ui/RefreshState';
import { SignInBanner } from '../../ui/SignInBanner';
import { useSaying } from '../../ui/Saying';
import { colorBookOf } from '../../visuals/colorBook';
import { withDistinctLabels } from '../../visuals/distinct';
import { added, without, type Board } from './board';
import { BoardTools } from './BoardTools';
import styles from './DashboardScreen.module.css';
import { leaveFullScreen, pauseCycle } from './fullScreen';
import { gridRows, leastHeight, narrowOrder, narrowPlace, tilePlace } from './layout';
import { texts } from './texts';
import { newTile, TileDialog } from './TileDialog';
import { titleOf } from './tileTitle';
import { TileView } from './TileView';
import { useBoard } from './useBoard';
import { useCycle } from './useCycle';

const EditGrid = lazy(() => import('./EditGrid').then((m) => ({ default: m.EditGrid })));

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
  const brief = useMedia('(max-width: 1179px)');
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
  const { board, change, undo, canUndo } = useBoard(view, say);
  const [arranging, setArranging] = useState(false);
  const [open, setOpen] = useState<{ tile: Tile; isNew: boolean } | null>(null);
  const full = useCycle(view.id);
  const editing = arranging && !narrow && !full.on;
  const tiles = narrow ? narrowOrder(board.tiles, board.narrow) : board.tiles;
  useDrawn(answer.data);
  const remove = (tile: Tile) => {
    change(without(board, tile.id));
    say(texts.deleted(titleOf(tile)));
  };
  const draw = (tile: Tile, style?: CSSProperties) => (
    <TileView
      key={tile.id}
      tile={tile}
      data={answer.data?.tiles.find((t) => t.id === tile.id)}
      pageData={answer.data?.pages[tile.id]}
      colors={colors}
      page={pageOf(view, tile)}
      refreshed={refreshedAt(dataset.lastRefresh)}
      actions={{ exportCsv: () => void exportCsv(tile), edit: () => setOpen({ tile, isNew: false }), remove: () => remove(tile) }}
      editing={editing}
      {...(style ? { style } : {})}
    />
  );
  const layout = narrow ? undefined : { gridTemplateRows: gridRows(tiles), minHeight: leastHeight(tiles) };
  return (
    <div className={`${styles.screen} ${full.on ? styles.full : ''}`}>
      <ActionBar title={view.name} heading>
        {full.on ? <LeaveFull {...full} /> : <BoardTools editing={editing} onEdit={narrow ? null : setArranging} undo={canUndo ? undo : null} add={(type) => setOpen({ tile: newTile(type, dataset.id), isNew: true })} brief={brief} />}
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
        ) : editing ? (
          <Suspense fallback={null}>
            <p className={styles.hint}>{texts.arranging}</p>
            <EditGrid tiles={tiles} place={(after) => change({ ...board, tiles: after })} remove={remove} say={say} draw={draw} />
          </Suspense>
        ) : (
          <div className={`${styles.grid} ${narrow ? styles.narrow : ''}`} style={layout}>
            {tiles.map((tile) => draw(tile, narrow ? narrowPlace(tile) : tilePlace(tile)))}
          </div>
        )}
      </div>
      {saying}
      {open && (
        <TileDialog
          {...open}
          close={() => setOpen(null)}
          apply={(tile) => {
            change(open.isNew ? added(board, tile) : replaced(board, tile));
            setOpen(null);
          }}
        />
      )}
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

function pageOf(view: DashboardView, { pageId, source, visual }: Tile): Route | null {
  if (source) return { screen: 'report', id: source.reportId, pageId: source.pageId };
  const id = view.dataset.reportId;
  if (pageId) return { screen: 'report', id, pageId };
  return visual.type === 'text' || visual.type === 'image' ? null : { screen: 'report', id };
}

function replaced(board: Board, tile: Tile): Board {
  return { ...board, tiles: board.tiles.map((t) => (t.id === tile.id ? tile : t)) };
}

/** Marks in the timeline of the browser when the numbers of a dashboard stand on the screen, for who measures. */
function useDrawn(data: unknown): void {
  useEffect(() => {
    if (!data) return;
    const frame = requestAnimationFrame(() => performance.mark('dashboard drawn'));
    return () => cancelAnimationFrame(frame);
  }, [data]);
}

function LeaveFull({ every, paused }: { every: number; paused: boolean }) {
  return (
    <>
      <span className={styles.fullHint}>{texts.fullHint}</span>
      {every > 0 && (
        <Button look="subtle" onClick={() => pauseCycle(!paused)}>
          {paused ? texts.goOn : texts.pause}
        </Button>
      )}
      <Button look="subtle" onClick={leaveFullScreen}>
        {texts.leaveFull}
      </Button>
    </>
  );
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
