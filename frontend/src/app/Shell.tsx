// The frame of the window: bar, navigation, and the screen of the route between them.
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { dashboards, refreshes, shell } from '../backend/api';
import type { NavItem, ShellView } from '../backend/types';
import { DeleteDatasetDialog } from '../features/dataset';
import { navigate, useRoute, type Route } from '../ui/navigation';
import { useEscape } from '../ui/useEscape';
import { TopBar } from './bar/TopBar';
import { useFolding } from './folding';
import { useFrameKeys } from './keyboard';
import { DashboardDialogs, type DashboardAsked } from './nav/DashboardDialogs';
import { LeftNav } from './nav/LeftNav';
import type { RowActions } from './nav/NavRow';
import { Rail } from './nav/Rail';
import { RenameDialog } from './nav/RenameDialog';
import { crumbs, openItem, startRoute } from './places';
import { preloadCharts, Screen } from './routes';
import styles from './Shell.module.css';
import type { ItemKind } from './shellState';
import { bar, nav } from './texts';

export function Shell({ state }: { state: ShellView }) {
  const route = useStartedRoute(state);
  const open = openItem(state, route);
  const trail = crumbs(state, route);
  const folding = useFolding(route.screen === 'report');
  const findBox = useRef<HTMLInputElement>(null);
  const over = useRef<HTMLDivElement>(null);
  const [renaming, setRenaming] = useState<{ kind: ItemKind; item: NavItem } | null>(null);
  const [removing, setRemoving] = useState<NavItem | null>(null);
  const [asked, setAsked] = useState<DashboardAsked | null>(null);
  const duplicate = useMutation({ mutationFn: (item: NavItem) => dashboards.duplicate(item.id), onSuccess: (made) => navigate({ screen: 'dashboard', id: made.dashboardId }) });
  const refresh = useMutation({ mutationFn: (item: NavItem) => refreshes.start(item.id) });
  const actions: RowActions = {
    rename: (kind, item) => setRenaming({ kind, item }),
    remove: setRemoving,
    duplicate: (item) => duplicate.mutate(item),
    removeDashboard: (item) => setAsked({ what: 'delete', item }),
    make: state.datasets.length > 0 ? () => setAsked({ what: 'new' }) : null,
    refresh: (item) => refresh.mutate(item, { onSuccess: () => navigate({ screen: 'loading', id: item.id }) }),
  };
  useFrameKeys(() => {
    flushSync(folding.unfold);
    findBox.current?.focus();
    findBox.current?.select();
  });
  usePreloaded();
  // Watching a load is not yet opening what it makes.
  useOpenedMark(route.screen === 'loading' ? null : open);
  const title = [trail[trail.length - 1]?.text, bar.product].filter(Boolean).join(' – ');
  const onGetData = route.screen === 'getData' || route.screen === 'services';
  const closeOver = folding.shape === 'over' ? folding.fold : undefined;
  useEscape(over, closeOver !== undefined, folding.fold);
  return (
    <div className={styles.app}>
      <title>{title}</title>
      <TopBar state={state} trail={trail} open={open} folded={folding.shape === 'rail'} fold={folding.toggle} />
      <div className={styles.row}>
        {folding.shape !== 'full' && <Rail state={state} open={open} onGetData={onGetData} actions={actions} />}
        {folding.shape !== 'rail' && (
          <div ref={over} className={closeOver ? styles.over : styles.beside}>
            <LeftNav state={state} open={open} onGetData={onGetData} findBox={findBox} actions={actions} opened={closeOver} />
          </div>
        )}
        {closeOver && <button type="button" className={styles.veil} tabIndex={-1} aria-label={nav.collapse} onClick={closeOver} />}
        <main className={styles.main} data-region tabIndex={-1}>
          <Screen route={route} state={state} />
        </main>
      </div>
      {renaming && <RenameDialog {...renaming} close={() => setRenaming(null)} />}
      {asked && <DashboardDialogs asked={asked} datasets={state.datasets} close={() => setAsked(null)} />}
      {removing && <DeleteDatasetDialog {...deletion(state, removing)} close={() => setRemoving(null)} />}
    </div>
  );
}

/** What a deletion takes along, for the dialog that asks. */
function deletion(state: ShellView, dataset: NavItem) {
  const of = (items: readonly NavItem[]) => items.filter((i) => i.datasetId === dataset.id).map((i) => i.name);
  return { id: dataset.id, name: dataset.name, dashboards: of(state.dashboards), reports: of(state.reports) };
}

// The start is left at once for the place where the person should begin, without a step for Back.
function useStartedRoute(state: ShellView): Route {
  const route = useRoute();
  const started = route.screen === 'start' ? startRoute(state) : route;
  useEffect(() => {
    if (route.screen === 'start') navigate(started, { replace: true });
  });
  return started;
}

// The first screen is drawn before the code of the next ones is fetched.
function usePreloaded() {
  useEffect(() => {
    const idle = setTimeout(preloadCharts, 250);
    return () => clearTimeout(idle);
  }, []);
}

// Opening an item takes its asterisk away.
function useOpenedMark(open: ReturnType<typeof openItem>) {
  const mark = useMutation({ mutationFn: ({ kind, id }: { kind: ItemKind; id: string }) => shell.markOpened(kind, id) });
  const { mutate } = mark;
  const kind = open?.kind;
  const id = open?.item.id;
  const isNew = open?.item.new ?? false;
  useEffect(() => {
    if (kind && id && isNew) mutate({ kind, id });
  }, [kind, id, isNew, mutate]);
}
